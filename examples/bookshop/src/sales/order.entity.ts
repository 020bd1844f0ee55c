import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { Customer } from '../people/customer.entity';
import { Timestamped } from '../timestamped';
import { OrderLine } from './order-line.entity';

export enum OrderStatus {
  Placed = 'placed',
  Paid = 'paid',
  Shipped = 'shipped',
}

@Entity({ name: 'orders' })
export class Order extends Timestamped {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'simple-enum', enum: OrderStatus, default: OrderStatus.Placed })
  status: OrderStatus;

  @Index()
  @Column()
  customerId: number;

  @ManyToOne(() => Customer, (customer) => customer.orders, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'customerId' })
  customer: Customer;

  @OneToMany(() => OrderLine, (line) => line.order, { cascade: ['insert', 'update'] })
  lines: OrderLine[];

  @VersionColumn()
  version: number;
}
