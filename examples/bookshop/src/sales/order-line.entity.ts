import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { Book } from '../catalog/book.entity';
import { Order } from './order.entity';

/** Links an order with a book and carries data of its own. */
@Entity()
@Unique(['order', 'book'])
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Order, (order) => order.lines, { nullable: false, onDelete: 'CASCADE', orphanedRowAction: 'delete' })
  order: Order;

  @ManyToOne(() => Book, { nullable: false, onDelete: 'RESTRICT' })
  book: Book;

  @Column({ type: 'int' })
  quantity: number;

  /** The price on the day of the order. */
  @Column({ type: 'int' })
  priceInCents: number;
}
