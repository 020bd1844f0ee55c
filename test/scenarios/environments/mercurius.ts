import fastify from 'fastify';
import mercurius from 'mercurius';
import { ask, type Author, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const app = fastify();
  app.register(mercurius, {
    schema: 'type Book { title: String } type Author { name: String books: [Book] } type Query { authors: [Author] }',
    resolvers: {
      Query: {
        authors: () => library.getRepository(Authors).find(), // J4 mercurius parent
      },
      Author: {
        books: (author: unknown) => (author as Author).books, // J4 mercurius site
      },
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  // From the third time on, mercurius may compile a query; what it executes is the same.
  await ask(app.server, '/graphql', { query: 'query Shelves { authors { books { title } } }' });
  await app.close();
})();
