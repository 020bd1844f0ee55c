import { Column } from 'typeorm';

/** An embedded value: its columns lie in the owner's table. */
export class Address {
  @Column()
  street: string;

  @Column()
  city: string;

  @Column({ length: 2 })
  country: string;
}
