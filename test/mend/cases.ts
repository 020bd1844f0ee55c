/**
 * Small apps with a loading mistake each: `|` before the query that returned the rows, `¦` before the read or lookup in the loop.
 * `run` answers what a route would send.
 */
import type { FindingKind, LoadStrategy } from '../../src/core/profile/queryProfile';

export interface MendCase {
  readonly name: string;
  readonly entity: string;
  readonly load: readonly string[];
  readonly strategy?: LoadStrategy;
  readonly kind?: FindingKind;
  readonly api?: string;
  /** Query counts before and after. */
  readonly queries: readonly [before: number, after: number];
  readonly versions?: readonly string[];
  readonly app: string;
}

const AUTHORS = 5;
const BOOKS = 10;
const PUBLISHERS = 2;

export const cases: readonly MendCase[] = [
  {
    name: 'A1: a lazy collection in a loop, by the query strategy',
    entity: 'Author',
    load: ['books'],
    strategy: 'query',
    queries: [1 + AUTHORS, 3],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|find()) out.push([author.name, (await author.¦books).map((book) => book.title)]);
return out;`,
  },
  {
    name: 'A1: the same joined, with options that exist',
    entity: 'Author',
    load: ['books'],
    queries: [4, 1],
    app: `const repo = ds.getRepository(Author);
const authors = await repo.|find({
  where: { bio: IsNull() },
  order: { name: 'DESC' },
});
const out: unknown[] = [];
for (const author of authors) out.push([author.name, (await author.¦books).length]);
return out;`,
  },
  {
    name: 'A7: a lazy to-one through Promise.all',
    entity: 'Book',
    load: ['author'],
    queries: [1 + BOOKS, 1],
    app: `const books = await ds.manager.|find(Book);
return Promise.all(books.map(async (book) => [book.title, (await book.¦author).name]));`,
    api: 'EntityManager.find',
  },
  {
    name: 'A5: a lazy many-to-many',
    entity: 'Book',
    load: ['tags'],
    queries: [1 + BOOKS, 1],
    app: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).|find()) out.push((await book.¦tags).map((tag) => tag.word));
return out;`,
  },
  {
    name: 'D1: nested lazy relations in one edit',
    entity: 'Author',
    load: ['books', 'books.tags'],
    queries: [1 + AUTHORS + BOOKS, 1],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|find()) for (const book of await author.¦books) out.push((await book.tags).length);
return out;`,
  },
  {
    name: 'K6: findBy becomes find',
    entity: 'Author',
    load: ['books'],
    queries: [4, 1],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|findBy({ bio: IsNull() })) out.push((await author.¦books).length);
return out;`,
  },
  {
    name: 'K7: a select stays as it is',
    entity: 'Author',
    load: ['books'],
    strategy: 'query',
    queries: [1 + AUTHORS, 3],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|find({ select: { id: true, name: true } })) out.push((await author.¦books).length);
return out;`,
  },
  {
    name: 'B8: where on the collection, of which all is read afterwards',
    entity: 'Author',
    load: ['books'],
    queries: [2, 3],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|find({ where: { books: { title: 'book 1' } } as never })) out.push((await author.¦books).map((book) => book.title));
return out;`,
  },
  {
    name: 'K8: options in a variable',
    entity: 'Author',
    load: ['books'],
    queries: [1 + AUTHORS, 1],
    app: `const options: FindManyOptions<Author> = { order: { id: 'ASC' } };
const authors = await ds.getRepository(Author).|find(options);
const out: unknown[] = [];
for (const author of authors) out.push((await author.¦books).length);
return out;`,
  },
  {
    name: 'K9: a query builder',
    entity: 'Author',
    load: ['books'],
    api: 'SelectQueryBuilder.getMany',
    queries: [1 + AUTHORS, 1],
    app: `const authors = await ds
  .getRepository(Author)
  .createQueryBuilder('author')
  .orderBy('author.id')
  .|getMany();
const out: unknown[] = [];
for (const author of authors) out.push((await author.¦books).map((book) => book.title));
return out;`,
  },
  {
    name: 'K4: string arrays of 0.3 stay string arrays',
    entity: 'Author',
    load: ['books', 'books.tags'],
    versions: ['typeorm-0.3'],
    queries: [1 + BOOKS, 1],
    app: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).|find({ relations: ['books'] })) for (const book of await author.books) out.push((await book.¦tags).length);
return out;`,
  },
  {
    name: 'B1: findOneBy in a loop becomes the relation; null stays null',
    entity: 'Book',
    load: ['publisher'],
    kind: 'loop-n-plus-one',
    queries: [1 + BOOKS - 2, 1],
    app: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).|find()) {
  if (book.publisherId === null) continue;
  const publisher: Publisher | null = await publishers.¦findOneBy({ id: book.publisherId });
  out.push([book.title, publisher === null ? 'nobody' : publisher.name]);
}
return out;`,
  },
  {
    name: 'B1: findBy of the collection in a loop',
    entity: 'Publisher',
    load: ['books'],
    kind: 'loop-n-plus-one',
    queries: [1 + PUBLISHERS, 1],
    app: `const books = ds.getRepository(Book);
const out: unknown[] = [];
const publishers = await ds.getRepository(Publisher).|find();
for (const publisher of publishers) {
  const found = await books.¦findBy({ publisherId: publisher.id });
  out.push([publisher.name, found.length]);
}
return out;`,
  },
  {
    name: 'C1: lookups through Promise.all',
    entity: 'Book',
    load: ['publisher'],
    kind: 'loop-n-plus-one',
    queries: [1 + BOOKS - 2, 1],
    app: `const books = (await ds.getRepository(Book).|find()).filter((book) => book.publisherId !== null);
const publishers = await Promise.all(books.map((book) => ds.getRepository(Publisher).¦findOneBy({ id: book.publisherId! })));
return publishers.map((publisher) => publisher?.name);`,
  },
  {
    name: 'E8: a relation inside an embedded value',
    entity: 'Author',
    load: ['address.city'],
    kind: 'unloaded-relation-read',
    queries: [1, 1],
    app: `const authors = await ds.getRepository(Author).|find();
return authors.map((author) => author.id + author.address.street);`,
  },
];
