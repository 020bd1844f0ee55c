import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Timestamped } from '../timestamped';
import { Book } from './book.entity';

@Entity()
export class Author extends Timestamped {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 120 })
  name: string;

  @Column({ type: 'int', nullable: true })
  born: number | null;

  /** Lazy: the first `await author.books` runs a query. */
  @OneToMany(() => Book, (book) => book.author)
  books: Promise<Book[]>;
}
