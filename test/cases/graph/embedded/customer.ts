import { Column, Entity, Index, ManyToMany, ManyToOne, JoinTable, OneToOne, JoinColumn, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity()
export class Country {
  @PrimaryColumn()
  code: string;

  @ManyToMany(() => Customer, (customer) => customer.address.visited)
  visitors: Customer[];
}

export class Position {
  @Column('float')
  latitude: number;

  @Column({ name: 'long' })
  longitude: number;
}

@Unique(['zip', 'street'])
export class Address extends Position {
  @Column({ nullable: true })
  street: string;

  @Index()
  @Column()
  zip: string;

  @Column((type) => Position, { prefix: 'gps' })
  exact: Position;

  @Column(() => Position, { prefix: false })
  rough: Position;

  @ManyToOne(() => Country)
  country: Country;

  @OneToOne(() => Country, { nullable: false })
  @JoinColumn({ name: 'origin_code' })
  origin: Country;

  @ManyToMany(() => Country, (country) => country.visitors)
  @JoinTable()
  visited: Country[];
}

export class Key {
  @PrimaryColumn()
  tenant: string;

  @PrimaryGeneratedColumn()
  number: number;
}

@Entity()
export class Customer {
  @Column(() => Key, { prefix: '' })
  key: Key;

  @Column(() => Address)
  address: Address;

  @Column(() => Address, { prefix: 'bill' })
  billing: Address;

  @Column(() => Position, { array: true })
  stops: Position[];
}
