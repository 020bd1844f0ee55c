import { createRequire } from 'node:module';
import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Customer } from './customer';

const load = createRequire(__filename);

@Entity()
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(load('./sizes').note)
  note: string;

  @ManyToOne(() => load('./customer').Customer, 'orders')
  customer: Customer;
}
