import Module from 'module';
import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import type { Order } from './order';

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Module.createRequire(`${__dirname}/`)('./order').Order, 'customer')
  orders: Order[];
}
