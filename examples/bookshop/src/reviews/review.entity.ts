import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Book } from '../catalog/book.entity';
import { Customer } from '../people/customer.entity';

/** A customer reviews a book once: the key is made of both. */
@Entity()
export class Review {
  @PrimaryColumn()
  customerId: number;

  @PrimaryColumn()
  bookId: number;

  @ManyToOne(() => Customer, (customer) => customer.reviews, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customerId' })
  customer: Customer;

  @ManyToOne(() => Book, (book) => book.reviews, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bookId' })
  book: Book;

  @Column({ type: 'int' })
  stars: number;

  @Column({ type: 'text' })
  text: string;
}
