/** What the probe says of new objects that a save was given in relations that do not cascade inserts, and that the app does not notice. */
import { describe, expect, it } from 'vitest';
import { bothVersions, eventsOf, runApp, type TypeormPackage } from './app';

const shop = `
require('reflect-metadata');
const { DataSource, EntitySchema } = require('TYPEORM');
class Author { constructor(fields) { Object.assign(this, fields); } }
class Book { constructor(fields) { Object.assign(this, fields); } }
class Tag { constructor(fields) { Object.assign(this, fields); } }
const id = { type: Number, primary: true, generated: true };
const name = { type: String, nullable: true };
const AuthorSchema = new EntitySchema({ name: 'Author', target: Author, columns: { id, name },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' }, essays: { type: 'one-to-many', target: 'Book', inverseSide: 'essayist', cascade: ['insert'] } } });
const BookSchema = new EntitySchema({ name: 'Book', target: Book, columns: { id, name },
  relations: {
    author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: true },
    essayist: { type: 'many-to-one', target: 'Author', inverseSide: 'essays', joinColumn: true },
    publisher: { type: 'many-to-one', target: 'Author', joinColumn: true, lazy: true },
    tags: { type: 'many-to-many', target: 'Tag', joinTable: true } } });
const TagSchema = new EntitySchema({ name: 'Tag', target: Tag, columns: { slug: { type: String, primary: true } } });
`;

async function unsavedOf(typeorm: TypeormPackage, body: string) {
  const source = `${shop}
(async () => {
  const ds = await new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [AuthorSchema, BookSchema, TagSchema] }).initialize();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book);
${body}
  await ds.destroy();
})();
`;
  const [outcome, bare] = [await runApp({ source, typeorm }), await runApp({ source, typeorm, probe: 'none' })];
  expect([outcome.stdout, outcome.stderr, outcome.status]).toEqual([bare.stdout, bare.stderr, bare.status]);
  const at = (op: number) => outcome.operations.find((operation) => operation.id === op)?.at ?? null;
  return eventsOf(outcome.events, 'unsaved').map(
    ({ op, entity, relation, target, count }) => `${at(op)}: ${count} ${target} in ${entity}.${relation}`,
  );
}

describe.each(bothVersions)('new objects in relations that do not cascade, with %s', (typeorm) => {
  it.each([
    ['a collection', 'await authors.save(new Author({ books: [new Book({}), new Book({})] })); // @save', ['save: 2 Book in Author.books']],
    ['a manager', 'await ds.manager.save(new Author({ books: [new Book({})] })); // @save', ['save: 1 Book in Author.books']],
    ['a manager, by name', "await ds.manager.save('Author', { books: [{}] }); // @save", ['save: 1 Book in Author.books']],
    ['several entities', 'await authors.save([{ books: [{}] }, { books: [{}] }, {}]); // @save', ['save: 2 Book in Author.books']],
    [
      'a reference, whose error is what it was',
      'await books.save(new Book({ author: new Author({}) })).catch((error) => console.log(error.name, error.message)); // @save',
      ['save: 1 Author in Book.author'],
    ],
  ])('%s', async (_what, body, expected) => {
    expect(await unsavedOf(typeorm, body)).toEqual(expected);
  });

  it.each([
    ['a cascade', 'await authors.save(new Author({ essays: [new Book({})] }));'],
    [
      'rows that are there',
      'const author = await authors.save(new Author({})); await books.save(new Book({ author })); await books.save({ author: { id: author.id } });',
    ],
    ['one call for both', 'const author = new Author({}); await ds.manager.save([author, new Book({ author })]);'],
    ['a key of the app’s own', "await ds.manager.save(new Tag({ slug: 'x' })); await books.save(new Book({ tags: [new Tag({ slug: 'x' })] }));"],
    ['nothing, null and empty', 'await authors.save([new Author({}), new Author({ books: null }), new Author({ books: [] })]);'],
    ['a promise', 'const author = await authors.save(new Author({})); await books.save(new Book({ publisher: Promise.resolve(author) }));'],
    [
      'getters of the app’s',
      "const book = new Book({}); Object.defineProperty(book, 'author', { enumerable: true, get() { console.log('read'); return undefined; } }); await books.save(book);",
    ],
  ])('silent: %s', async (_what, body) => {
    expect(await unsavedOf(typeorm, body)).toEqual([]);
  });
});
