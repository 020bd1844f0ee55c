import { Router } from 'express';
import { In, type DataSource } from 'typeorm';
import { Book } from '../catalog/book.entity';
import { Customer } from '../people/customer.entity';
import { Order } from './order.entity';

interface NewOrder {
  customerId: number;
  lines: { bookId: number; quantity: number }[];
}

export function orderRoutes(dataSource: DataSource): Router {
  const router = Router();
  const orders = dataSource.getRepository(Order);
  const customers = dataSource.getRepository(Customer);

  /** The latest orders, each with its customer's name. */
  router.get('/orders', async (_request, response) => {
    const latest = await orders.find({ order: { id: 'DESC' }, take: 40 });
    const page = [];
    for (const order of latest) {
      const customer = await customers.findOneBy({ id: order.customerId });
      page.push({ id: order.id, status: order.status, customer: customer?.name });
    }
    response.json(page);
  });

  router.get('/orders/:id', async (request, response) => {
    const order = await orders.findOne({
      where: { id: Number(request.params.id) },
      relations: { customer: true, lines: { book: true } },
      order: { lines: { id: 'ASC' } },
    });
    if (order === null) {
      response.status(404).json({ error: 'no such order' });
      return;
    }
    response.json({
      id: order.id,
      customer: order.customer.name,
      lines: order.lines.map((line) => ({ title: line.book.title, quantity: line.quantity, priceInCents: line.priceInCents })),
    });
  });

  router.post('/orders', async (request, response) => {
    const wanted = request.body as NewOrder;
    const order = await dataSource.transaction(async (manager) => {
      const books = await manager.findBy(Book, { id: In(wanted.lines.map((line) => line.bookId)) });
      const priceOf = new Map(books.map((book) => [book.id, book.priceInCents]));
      return manager.save(
        manager.create(Order, {
          customerId: wanted.customerId,
          lines: wanted.lines.map(({ bookId, quantity }) => ({ book: { id: bookId }, quantity, priceInCents: priceOf.get(bookId) ?? 0 })),
        }),
      );
    });
    response.status(201).json({ id: order.id });
  });

  return router;
}
