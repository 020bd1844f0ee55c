import { Router } from 'express';
import type { DataSource } from 'typeorm';
import { Customer } from './customer.entity';

export function customerRoutes(dataSource: DataSource): Router {
  const router = Router();
  const customers = dataSource.getRepository(Customer);

  /** Two collections joined into one query: every order is repeated for every follower. */
  router.get('/customers', async (_request, response) => {
    const found = await customers.find({ relations: { followers: true, orders: true }, order: { id: 'ASC' } });
    response.json(
      found.map((customer) => ({
        name: customer.name,
        city: customer.address.city,
        followers: customer.followers.length,
        orders: customer.orders.length,
      })),
    );
  });

  router.get('/customers/:id', async (request, response) => {
    const customer = await customers.findOne({ where: { id: Number(request.params.id) }, relations: { loyaltyCard: true } });
    if (customer === null) {
      response.status(404).json({ error: 'no such customer' });
      return;
    }
    response.json({ name: customer.name, level: customer.loyaltyCard?.level ?? null });
  });

  /** Keeps the row for the sake of the orders. */
  router.delete('/customers/:id', async (request, response) => {
    await customers.softDelete({ id: Number(request.params.id) });
    response.status(204).end();
  });

  return router;
}
