import { Column, Entity, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryColumn()
  region: string;

  @PrimaryColumn()
  number: number;

  @Column({ unique: true })
  email: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];
}

@Entity()
export class Order {
  @PrimaryColumn()
  id: number;

  /** Part of the composite foreign key; the other part has no column of its own. */
  @Column({ nullable: true })
  customerRegion: string;

  @ManyToOne(() => Customer, (customer) => customer.orders)
  customer: Customer;

  /** Listed against the order of the key. */
  @ManyToOne(() => Customer)
  @JoinColumn([
    { name: 'payer_number', referencedColumnName: 'number' },
    { name: 'payer_region', referencedColumnName: 'region' },
  ])
  payer: Customer;

  /** Decorators run bottom-up. */
  @OneToOne(() => Customer)
  @JoinColumn({ name: 'r_number', referencedColumnName: 'number' })
  @JoinColumn({ name: 'r_region', referencedColumnName: 'region' })
  receiver: Customer;

  @ManyToOne(() => Customer, { nullable: false })
  @JoinColumn({ referencedColumnName: 'email' })
  contact: Customer;
}

@Entity()
export class Line {
  /** Key and foreign key at once: no unique constraint, no second column. */
  @PrimaryColumn({ name: 'order_id' })
  orderKey: number;

  @OneToOne(() => Order)
  @JoinColumn({ name: 'order_id' })
  order: Order;

  /** `orderId` has another name in the database, so the join column of `previous` below is a second one. */
  @Column({ name: 'prev' })
  previousId: number;

  @ManyToOne(() => Order)
  previous: Order;

  /** Two relations share one column; it belongs to the first. */
  @ManyToOne(() => Order)
  @JoinColumn({ name: 'shared_id' })
  first: Order;

  @ManyToOne(() => Order, { nullable: false })
  @JoinColumn({ name: 'shared_id' })
  second: Order;

  /** Relation and referenced property have the same name. */
  @ManyToOne(() => Order)
  id: Order;
}
