import { Entity, ManyToMany, ManyToOne, PrimaryColumn } from 'typeorm';
import { Book } from './book';

@Entity()
export class Tag {
  @PrimaryColumn()
  name: string;

  @ManyToMany(() => Book, ({ labels }) => labels)
  books: Promise<Book[]>;

  @ManyToMany(() => Book)
  withoutTable: Book[];

  /** Names a column, which TypeORM accepts and ignores. */
  @ManyToOne(() => Book, (book) => book.title)
  favourite: Book;
}
