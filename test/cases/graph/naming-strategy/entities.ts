import { Column, Entity, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

class MoneyAmount {
  @Column()
  inCents: number;
}

@Entity()
export class OrderEntity {
  @PrimaryGeneratedColumn()
  orderId: number;

  @Column({ name: 'givenName' })
  named: string;

  @Column(() => MoneyAmount)
  totalPrice: MoneyAmount;

  @ManyToOne(() => OrderEntity)
  parentOrder: OrderEntity;

  @ManyToMany(() => OrderEntity)
  @JoinTable()
  relatedOrders: OrderEntity[];
}

@Entity('customers', { schema: 'crm' })
export class CustomerEntity {
  @PrimaryGeneratedColumn()
  id: number;
}
