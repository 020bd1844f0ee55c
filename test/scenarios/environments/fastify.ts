import fastify from 'fastify';
import { ask, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const app = fastify();
  app.get('/shelves/:shelf', async () => {
    const authors = await library.getRepository(Authors).find(); // J3 parent
    return Promise.all(authors.map(async (author) => (await author.books).length)); // J3 site
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  await ask(app.server, '/shelves/7');
  await app.close();
})();
