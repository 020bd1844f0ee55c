import { type DataSource, ViewColumn, ViewEntity } from 'typeorm';
import { Book } from '../catalog/book.entity';
import { OrderLine } from './order-line.entity';

/** Read only: the database computes it. */
@ViewEntity({
  expression: (dataSource: DataSource) =>
    dataSource
      .createQueryBuilder()
      .select('book.id', 'bookId')
      .addSelect('book.title', 'title')
      .addSelect('SUM(line.quantity)', 'sold')
      .from(OrderLine, 'line')
      .innerJoin(Book, 'book', 'book.id = line.bookId')
      .groupBy('book.id'),
})
export class BestSeller {
  @ViewColumn()
  bookId: number;

  @ViewColumn()
  title: string;

  @ViewColumn()
  sold: number;
}
