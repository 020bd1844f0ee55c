/** With `strictNullChecks`, the compiler says `Object` of a property that may be null, and TypeORM takes that for its type. Each on its own is refused. */
import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

class Address {
  @Column()
  street!: string | undefined;
}

abstract class Named {
  @Column()
  nickname!: string | null;
}

@Entity()
export class Customer extends Named {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ nullable: true })
  born!: Date | null;

  @Column({ default: true })
  active = true;

  @Column()
  number!: string | number;

  @Column()
  settings!: { theme: string };

  @Column(() => Address)
  address!: Address;

  @ManyToOne(() => Customer)
  invitedBy!: Customer | null;
}

@Entity()
export class Supplier extends Named {
  @PrimaryGeneratedColumn()
  id!: number;
}
