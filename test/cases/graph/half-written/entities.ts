import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Missing } from './missing';
import { External } from 'some-package';

@Entity()
export class Order extends External {
  @PrimaryGeneratedColumn()
  id: number;

  @Column
  forgotten: string;

  @ManyToOne(() => Missing, (missing) => missing.orders)
  lost: Missing;

  @OneToMany(() => Line, (line) => line.)
  lines: Line[];

  @Column(type => )
  price: Money;
}

@Entity()
export class Line {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Order, (order) => order.lines)
  order: Order;

  @Column({ type: 'varchar', nul
  note: string;

  @ManyToOne(() =>
