import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './entities';

/** Entities in namespaces; TypeORM finds them as it looks into what a module exports. */
export namespace Lending {
  @Entity()
  export class Reader {
    @PrimaryGeneratedColumn()
    id: number;

    @OneToMany(() => Loan, (loan) => loan.reader)
    loans: Loan[];
  }

  @Entity({ name: 'lent' })
  export class Loan {
    @PrimaryGeneratedColumn()
    id: number;

    @ManyToOne(() => Reader, (reader) => reader.loans)
    reader: Reader;

    @ManyToOne(() => Author, (author) => author.loans)
    author: Author;
  }

  export namespace Desk {
    abstract class Numbered {
      @PrimaryGeneratedColumn('uuid')
      id: string;
    }

    @Entity()
    export class Shelf extends Numbered {
      @Column({ unique: true })
      name: string;
    }
  }
}
