import { ChildEntity, Column, Entity, Index, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';
import { Review } from '../reviews/review.entity';
import { Timestamped } from '../timestamped';
import { Author } from './author.entity';
import { Category } from './category.entity';
import { Publisher } from './publisher.entity';

/** One table for every kind of book; `format` says which class a row is. */
@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'format' } })
export class Book extends Timestamped {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 200 })
  title: string;

  @Column({ length: 13, unique: true })
  isbn: string;

  @Column({ type: 'int' })
  priceInCents: number;

  @Index()
  @ManyToOne(() => Author, (author) => author.books, { nullable: false, onDelete: 'CASCADE' })
  author: Author;

  @Index()
  @ManyToOne(() => Publisher, (publisher) => publisher.books, { onDelete: 'SET NULL' })
  publisher: Publisher | null;

  @ManyToMany(() => Category, (category) => category.books)
  @JoinTable({ name: 'book_category' })
  categories: Category[];

  @OneToMany(() => Review, (review) => review.book)
  reviews: Review[];
}

@ChildEntity('printed')
export class PrintedBook extends Book {
  @Column({ type: 'int' })
  pages: number;

  @Column({ type: 'int' })
  weightInGrams: number;
}

@ChildEntity('ebook')
export class EBook extends Book {
  @Column({ type: 'int' })
  sizeInKilobytes: number;

  @Column({ default: false })
  copyProtected: boolean;
}
