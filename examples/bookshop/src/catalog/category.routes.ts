import { Router } from 'express';
import type { DataSource } from 'typeorm';
import { Category } from './category.entity';

export function categoryRoutes(dataSource: DataSource): Router {
  const router = Router();

  /** The whole tree. TypeORM itself asks once more for every root. */
  router.get('/categories', async (_request, response) => {
    response.json(await dataSource.getTreeRepository(Category).findTrees());
  });

  return router;
}
