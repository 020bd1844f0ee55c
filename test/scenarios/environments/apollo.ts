import { ApolloServer } from '@apollo/server';
import { type Author, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const server = new ApolloServer({
    typeDefs: 'type Book { title: String } type Author { name: String books: [Book] } type Query { authors: [Author] }',
    resolvers: {
      Query: {
        authors: () => library.getRepository(Authors).find(), // J4 Apollo parent
      },
      Author: {
        books: (author: Author) => author.books, // J4 Apollo site
      },
    },
  });
  await server.executeOperation({ query: 'query Shelves { authors { books { title } } }' });
  await server.stop();
})();
