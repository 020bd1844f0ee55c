import { Router } from 'express';
import type { DataSource } from 'typeorm';
import { EventSchema } from './event.schema';

export function eventRoutes(dataSource: DataSource): Router {
  const router = Router();
  const events = dataSource.getRepository(EventSchema);

  router.get('/events', async (_request, response) => {
    const found = await events.find({ relations: { venue: true }, order: { startsOn: 'ASC' } });
    response.json(found.map((event) => ({ title: event.title, startsOn: event.startsOn, venue: event.venue.name })));
  });

  return router;
}
