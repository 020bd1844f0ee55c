import { once } from 'node:events';
import express from 'express';
import { ask, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const router = express.Router();
  router.get('/:shelf', async (_request, response) => {
    const authors = await library.getRepository(Authors).find(); // J1 parent
    for (const author of authors) await author.books; // J1 site
    response.json(authors);
  });
  const server = express().use('/shelves', router).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await ask(server, '/shelves/7?page=2');
  server.close();
})();
