import { Router } from 'express';
import { Like, MoreThan, type DataSource } from 'typeorm';
import { BestSeller } from '../sales/best-seller.view';
import { Book } from './book.entity';

export function bookRoutes(dataSource: DataSource): Router {
  const router = Router();
  const books = dataSource.getRepository(Book);

  /** A page of books with their authors and publishers: two queries, whatever the size of the page. */
  router.get('/books', async (request, response) => {
    const page = Number(request.query['page'] ?? 1);
    const found = await books.find({ relations: { author: true, publisher: true }, order: { title: 'ASC' }, take: 20, skip: (page - 1) * 20 });
    response.json(found.map((book) => ({ title: book.title, author: book.author.name, publisher: book.publisher?.name ?? null })));
  });

  router.get('/books/:id', async (request, response) => {
    const book = await books.findOne({
      where: { id: Number(request.params.id) },
      relations: { author: true, categories: true, reviews: { customer: true } },
      relationLoadStrategy: 'query',
    });
    if (book === null) {
      response.status(404).json({ error: 'no such book' });
      return;
    }
    response.json({
      title: book.title,
      author: book.author.name,
      categories: book.categories.map((category) => category.name).sort(),
      reviews: book.reviews.map((review) => ({ stars: review.stars, text: review.text, by: review.customer.name })),
    });
  });

  router.get('/search', async (request, response) => {
    const found = await books.find({ where: { title: Like(`%${request.query['q'] ?? ''}%`) }, order: { title: 'ASC' }, take: 10 });
    response.json(found.map((book) => ({ id: book.id, title: book.title })));
  });

  /** Lowers the price of every dear book, one row at a time. */
  router.post('/discount', async (_request, response) => {
    const dear = await books.findBy({ priceInCents: MoreThan(3000) });
    for (const book of dear) {
      book.priceInCents -= 500;
      await books.save(book);
    }
    response.json({ discounted: dear.length });
  });

  router.get('/bestsellers', async (_request, response) => {
    response.json(await dataSource.getRepository(BestSeller).find({ order: { sold: 'DESC', bookId: 'ASC' }, take: 10 }));
  });

  return router;
}
