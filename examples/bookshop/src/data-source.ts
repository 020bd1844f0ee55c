import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { Author } from './catalog/author.entity';
import { Book, EBook, PrintedBook } from './catalog/book.entity';
import { Category } from './catalog/category.entity';
import { Publisher } from './catalog/publisher.entity';
import { EventSchema, VenueSchema } from './events/event.schema';
import { Customer } from './people/customer.entity';
import { LoyaltyCard } from './people/loyalty-card.entity';
import { Review } from './reviews/review.entity';
import { BestSeller } from './sales/best-seller.view';
import { OrderLine } from './sales/order-line.entity';
import { Order } from './sales/order.entity';

/** In memory unless BOOKSHOP_DATABASE names a file: every start begins with the same books. */
export const dataSource = new DataSource({
  type: 'better-sqlite3',
  database: process.env['BOOKSHOP_DATABASE'] ?? ':memory:',
  synchronize: true,
  entities: [
    Author,
    Book,
    PrintedBook,
    EBook,
    Category,
    Publisher,
    Customer,
    LoyaltyCard,
    Review,
    Order,
    OrderLine,
    BestSeller,
    VenueSchema,
    EventSchema,
  ],
});
