import http from 'node:http';
import { once } from 'node:events';
import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { ask, type Author, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const BookType = new GraphQLObjectType({ name: 'Book', fields: { id: { type: GraphQLInt }, title: { type: GraphQLString } } });
  const AuthorType = new GraphQLObjectType<Author>({
    name: 'Author',
    fields: {
      name: { type: GraphQLString },
      books: {
        type: new GraphQLList(BookType),
        resolve: (author) => author.books, // J4 site
      },
    },
  });
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: {
      authors: {
        type: new GraphQLList(AuthorType),
        resolve: () => library.getRepository(Authors).find(), // J4 parent
      },
    },
  });
  const handle = createHandler({ schema: new GraphQLSchema({ query }) });
  const server = http.createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await ask(server, '/', { query: 'query Shelves { authors { name books { title } } }' });
  server.close();
})();
