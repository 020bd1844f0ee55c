import { Router } from 'express';
import type { DataSource } from 'typeorm';
import { Author } from './author.entity';

export function authorRoutes(dataSource: DataSource): Router {
  const router = Router();
  const authors = dataSource.getRepository(Author);

  /** Every author with the titles of their books. */
  router.get('/authors', async (_request, response) => {
    const found = await authors.find({ order: { name: 'ASC' } });
    const page = [];
    for (const author of found) {
      const books = await author.books;
      page.push({ name: author.name, books: books.map((book) => book.title).sort() });
    }
    response.json(page);
  });

  router.get('/authors/:id', async (request, response) => {
    const author = await authors.findOneBy({ id: Number(request.params.id) });
    if (author === null) {
      response.status(404).json({ error: 'no such author' });
      return;
    }
    const books = await author.books;
    response.json({ name: author.name, born: author.born, books: books.map((book) => book.title).sort() });
  });

  return router;
}
