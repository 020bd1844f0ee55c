/** Loops whose turns ask a query builder for a number; lookups by a query builder, or by one that throws, in helpers and arrow functions. */
import type { MendApp } from './apps';

/** A loop over books in the order of their keys. */
function ofBooks(turn: string): string {
  return `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
${turn.replace(/^/gm, '  ')}
}
return out;`;
}

const HELPER = `async function published(ds: DataSource, bookId: number): Promise<number> {
  return ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :bookId', { bookId }).andWhere('r.published = :is', { is: true }).getCount();
}`;

export const builderApps: readonly MendApp[] = [
  {
    id: 'builder: getCount',
    what: 'a query builder counts for each row, with a filter',
    source:
      ofBooks(`const reviews = await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).andWhere('r.rating > 2').getCount();
out.push([book.title, reviews]);`),
  },
  {
    id: 'builder: getCount of joined rows',
    what: 'a query builder counts rows that a join repeats',
    source: `const authors = await ds.getRepository(Author).find({ order: { id: 'ASC' } });
return Promise.all(
  authors.map(async (author) => ({
    name: author.name,
    reviewed: await ds
      .getRepository(Book)
      .createQueryBuilder('book')
      .innerJoin('book.reviews', 'review', 'review.published = :published', { published: true })
      .where('book.authorId = :author', { author: author.id })
      .getCount(),
  })),
);`,
  },
  {
    id: 'builder: getExists',
    what: 'a query builder says whether there are rows, deleted ones too',
    source:
      ofBooks(`if (!(await ds.getRepository(Note).createQueryBuilder('n').withDeleted().where('n.bookId = :id', { id: book.id }).andWhere('n.id > 615').getExists())) continue;
out.push(book.title);`),
  },
  {
    id: 'builder: getCount by an EntityManager',
    what: 'an EntityManager’s query builder counts by an object of conditions',
    source: ofBooks(`out.push(await ds.manager.createQueryBuilder(Note, 'note').where({ bookId: book.id }).getCount());`),
  },
  {
    id: 'builder: getCount in a helper',
    what: 'a helper counts by a query builder: it is handed the counts',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push([book.title, await published(ds, book.id)]);
  return out;
}

${HELPER}`,
  },
  {
    id: 'builder: getOne in a helper',
    what: 'a helper looks a row up by a query builder: it is handed the rows',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).createQueryBuilder('p').where('p.id = :id', { id }).getOne();
  return publisher?.name ?? '?';
}`,
  },
  {
    id: 'builder: service',
    what: 'a service asks for rows and for their number by query builders: it gets a method for all keys of each',
    files: {
      'reviews-by-builder.ts': `export class Reviews {
  constructor(private readonly reviews: Repository<Review>) {}

  async best(bookId: number): Promise<Review[]> {
    return this.reviews
      .createQueryBuilder('review')
      .where('review.bookId = :bookId', { bookId })
      .andWhere('review.rating > :least', { least: 2 })
      .orderBy('review.id', 'DESC')
      .getMany();
  }

  async number(bookId: number): Promise<number> {
    return this.reviews
      .createQueryBuilder('review')
      .where('review.bookId = :bookId', { bookId })
      .getCount();
  }
}`,
    },
    source: `import { Reviews } from './reviews-by-builder';

export async function run(ds: DataSource): Promise<unknown> {
  const service = new Reviews(ds.getRepository(Review));
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
    const best = await service.best(book.id);
    const number = await service.number(book.id);
    out.push([book.title, best.map((review) => review.rating), number]);
  }
  return out;
}`,
  },
  {
    id: 'builder: another limit in each turn',
    what: 'the helper’s query builder needs more of the row than its key',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await above(ds, book.id, book.authorId - 100));
  return out;
}

async function above(ds: DataSource, bookId: number, least: number): Promise<number> {
  return ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :bookId', { bookId }).andWhere('r.rating > :least', { least }).getCount();
}`,
    declined: /needs more of the loop’s turn than its key/,
  },
  {
    id: 'builder: count of alternatives',
    what: 'a query builder counts rows of the key or others',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).orWhere('r.rating = 5').getCount());`,
    ),
    declined: /orWhere\(\) would count for all keys together/,
  },
  {
    id: 'builder: grouped already',
    what: 'a query builder groups by something else and counts',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).groupBy('r.rating').getCount());`,
    ),
    declined: /groupBy\(\) would count for all keys together/,
  },
  {
    id: 'builder: counts what it changes',
    what: 'the turn writes what the next one counts',
    source: ofBooks(`out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getCount());
await ds.getRepository(Review).update({ bookId: book.id + 1 }, { bookId: 301 });`),
    declined: /The loop (writes|does more than write)/,
  },
  {
    id: 'builder: joined rows of two keys',
    what: 'a query builder counts joined rows that have a key of two columns',
    source: `const out: unknown[] = [];
for (const house of [1, 2, 3, 4])
  out.push(await ds.getRepository(Room).createQueryBuilder('room').innerJoin(Book, 'b', 'b.id > room.door').where('room.house = :house', { house }).getCount());
return out;`,
    declined: /a key of several columns/,
  },
  // Arrow functions that throw
  {
    id: 'OrFail: arrow helper',
    what: 'a helper in an arrow function hands on the promise of a lookup that throws: it becomes async',
    source: `const publisherOf = (id: number): Promise<Publisher> => ds.getRepository(Publisher).findOneByOrFail({ id });
const out: unknown[] = [];
for (const id of [201, 202, 299, 201]) {
  try {
    const publisher = await publisherOf(id);
    out.push(publisher.name);
  } catch (error) {
    out.push((error as Error).name, (error as Error).message);
  }
}
return out;`,
  },
  {
    id: 'OrFail: arrow of a class',
    what: 'the same in a property of the class, where others call it too, and more is made of the row',
    source: `class Names {
  constructor(private readonly ds: DataSource) {}

  private nameOf = async (id: number): Promise<string> =>
    (await this.ds.getRepository(Publisher).findOneOrFail({ where: { id } })).name.toUpperCase();

  async all(): Promise<unknown[]> {
    const visits = await this.ds.getRepository(Visit).find({ order: { id: 'ASC' } });
    const names = await Promise.all(visits.map(async (visit) => visit.id + (await this.nameOf(visit.publisherId))));
    return [...names, await this.nameOf(299).catch((error: Error) => error.message)];
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Names(ds).all();
}`,
  },
  {
    id: 'OrFail: arrow in Promise.all',
    what: 'a callback makes an object with the row of a lookup that throws',
    source: `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
return Promise.all(
  visits.map(async ({ id, publisherId }) => ({ id, name: (await ds.getRepository(Publisher).findOneByOrFail({ id: publisherId })).name })),
);`,
  },
  {
    id: 'OrFail: arrow, not always',
    what: 'a helper in an arrow function looks up only what it does not know',
    source: `const nameOf = async (id: number): Promise<string> => (id === 105 ? 'known' : (await ds.getRepository(Author).findOneByOrFail({ id })).name);
const out: unknown[] = [];
for (const id of [101, 102, 103, 104, 105]) out.push(await nameOf(id));
return out;`,
    declined: /throws where there is no row/,
  },
  // The same row twice
  {
    id: 'rows: each twice',
    what: 'the list has each row twice, and the turn takes something away from what it has found',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (const book of [...books, ...books]) {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id }, order: { id: 'ASC' } });
  out.push(reviews.pop()?.id, reviews.length);
}
return out;`,
    declined: /turns with the same key would share it/,
  },
  {
    id: 'rows: each once',
    what: 'the same where the list has each of them once',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (const book of books) {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id }, order: { id: 'ASC' } });
  out.push(reviews.pop()?.id, reviews.length);
}
return out;`,
  },
  {
    id: 'numbers: an entity with an order',
    what: 'counts of an entity that says an order for all of its queries',
    source: `const out: unknown[] = [];
for (const country of await ds.getRepository(Country).find({ order: { id: 'ASC' } })) out.push(await ds.getRepository(Town).countBy({ countryId: country.id }));
return out;`,
  },
];
