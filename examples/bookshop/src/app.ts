import express, { type Express } from 'express';
import type { DataSource } from 'typeorm';
import { authorRoutes } from './catalog/author.routes';
import { bookRoutes } from './catalog/book.routes';
import { categoryRoutes } from './catalog/category.routes';
import { eventRoutes } from './events/event.routes';
import { customerRoutes } from './people/customer.routes';
import { orderRoutes } from './sales/order.routes';

export function createApp(dataSource: DataSource): Express {
  const app = express();
  app.use(express.json());
  app.use(authorRoutes(dataSource));
  app.use(bookRoutes(dataSource));
  app.use(categoryRoutes(dataSource));
  app.use(customerRoutes(dataSource));
  app.use(eventRoutes(dataSource));
  app.use(orderRoutes(dataSource));
  return app;
}
