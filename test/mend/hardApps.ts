/** Loops that look like the others, in which asking at once would not be the same; and functions of other files, which are asked at once. Run like the others. */
import type { MendApp } from './apps';

const LOOKUP = `export async function publisherOf(ds: DataSource, id: number): Promise<Publisher | null> {
  return ds.getRepository(Publisher).findOneBy({ id });
}`;

const VISITS = `const publishers = ds.getRepository(Publisher);
const visits = await ds.getRepository(Visit).find({ order: { publisherId: 'ASC', id: 'ASC' } });
const out: unknown[] = [];
`;

export const hardApps: readonly MendApp[] = [
  {
    id: 'function: row',
    what: 'a function of another file finds a row: it gets one beside it for all keys',
    files: { 'row-lookup.ts': LOOKUP },
    source: `import { publisherOf } from './row-lookup';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
    const publisher = await publisherOf(ds, visit.publisherId);
    out.push(publisher?.name);
  }
  return out;
}`,
  },
  {
    id: 'function: rows',
    what: 'a function in a constant of another file gives the rows of a key',
    files: {
      'rows-lookup.ts': `export const reviewsOf = (reviews: Repository<Review>, bookId: number): Promise<Review[]> =>
  reviews.find({ where: { bookId }, order: { id: 'ASC' } });`,
    },
    source: `import * as lookups from './rows-lookup';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } }))
    out.push((await lookups.reviewsOf(ds.getRepository(Review), book.id)).map((review) => review.rating));
  return out;
}`,
  },
  {
    id: 'function: throws',
    what: 'a function of another file throws where there is no row',
    files: {
      'sure-lookup.ts': `export async function publisherOf(ds: DataSource, id: number): Promise<Publisher> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  if (!publisher) throw new Error('no publisher ' + id);
  return publisher;
}`,
    },
    source: `import { publisherOf } from './sure-lookup';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push((await publisherOf(ds, visit.publisherId)).name);
  return out;
}`,
    declined: /The function publisherOf\(\) does more than to return what it finds/,
  },
  {
    id: 'moving: list by another name',
    what: 'the list grows by another name that it has',
    source: `const ids = [301, 302, 303, 304];
const same = ids;
const out: unknown[] = [];
for (const id of ids) {
  const book = await ds.getRepository(Book).findOneBy({ id });
  out.push(book?.title);
  if (id === 302) same.push(309);
}
return out;`,
    declined: /changes the list that it runs over \(line 11\)/,
  },
  {
    id: 'moving: condition in a closure',
    what: 'a function around the loop changes a condition',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
let published = true;
const flip = (): void => {
  published = !published;
};
const out: unknown[] = [];
for (const book of books) {
  out.push(await ds.getRepository(Review).countBy({ bookId: book.id, published }));
  flip();
}
return out;`,
    declined: /more of the loop’s turn than its key/,
  },
  {
    id: 'moving: inner list',
    what: 'a turn changes the list that a later turn goes through',
    source: `const shelves = [{ ids: [301] }, { ids: [302, 303] }, { ids: [304] }];
const out: unknown[] = [];
for (const shelf of shelves) {
  for (const id of shelf.ids) out.push((await ds.getRepository(Book).findOneBy({ id }))?.title);
  const [, next] = shelves;
  if (next) next.ids = [305, 306];
}
return out;`,
    declined: /changes the list that it runs over/,
  },
  {
    id: 'writes: between yields',
    what: 'a generator whose taker writes between its rows',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for await (const name of names(ds)) {
    out.push(name);
    await ds.getRepository(Publisher).update(202, { name: 'changed ' + out.length });
  }
  return out;
}

async function* names(ds: DataSource): AsyncGenerator<string | undefined> {
  const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
  for (const visit of visits) yield (await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId }))?.name;
}`,
    declined: /hands out its rows one by one/,
  },
  {
    id: 'writes: waited for together',
    what: 'a callback that writes, whose promise is waited for together with others',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  return all(ds, (id) => ds.getRepository(Publisher).update(id, { name: 'seen ' + id }));
}

async function all(ds: DataSource, seen: (id: number) => Promise<unknown>): Promise<unknown> {
  const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
  const out: unknown[] = [];
  for (const visit of visits) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    out.push(publisher?.name);
    await Promise.all([seen(visit.publisherId)]);
  }
  return out;
}`,
    declined: /calls seen\(\) in line 14, which may write/,
  },
  {
    id: 'shared: compared',
    what: 'rows that are told apart as objects',
    source: `${VISITS}const seen = new Set<Publisher>();
for (const visit of visits) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  if (publisher) seen.add(publisher);
  out.push(publisher?.name);
}
return [out, seen.size];`,
    declined: /told from other objects in line 11/,
  },
  {
    id: 'shared: saved and kept',
    what: 'rows that are changed, saved and kept as they were then',
    source: `const publishers = ds.getRepository(Publisher);
const kept: Record<string, Publisher> = {};
let n = 0;
for (const id of [201, 202, 201, 202]) {
  const publisher = await publishers.findOneBy({ id });
  if (!publisher) continue;
  publisher.name += ' ' + n++;
  await publishers.save(publisher);
  kept['turn ' + n] = publisher;
}
return Object.values(kept).map((publisher) => publisher.name);`,
    declined: /The loop writes \(save\(\)/,
  },
  {
    id: 'order: callbacks at once',
    what: 'callbacks that run at once, and tell before and after they have asked',
    source: `${VISITS}await Promise.all(visits.map(async (visit) => {
  out.push('asked ' + visit.id);
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
}));
return out.slice(0, visits.length);`,
    declined: /callbacks run at once/,
  },
  {
    id: 'rows: names gone through',
    what: 'the names of a row’s properties are gone through',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ order: { id: 'ASC' } })) {
  const fields = Object.keys(author);
  out.push([fields, (await author.books).length]);
}
return out;`,
    declined: /gone through in line 7/,
  },
  {
    id: 'rows: saved with a collection',
    what: 'rows whose collection is read are saved',
    source: `const authors = ds.getRepository(Author);
const out: unknown[] = [];
for (const author of await authors.find({ order: { id: 'ASC' } })) {
  const { length } = await author.books;
  author.name += ' (' + length + ')';
  await authors.save(author);
  out.push(length);
}
return out;`,
    declined: /is saved in line 10/,
  },
  {
    id: 'find: builder with an or',
    what: 'a query builder’s condition beside the key holds an or',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const reviews = await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).andWhere('r.rating = 3 OR r.published = true').orderBy('r.id').getMany();
  out.push(reviews.length);
}
return out;`,
    declined: /hold an OR/,
  },
  {
    id: 'place: helper again',
    what: 'a helper that calls itself with other keys',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await names(ds, visit.publisherId, 1));
  return out;
}

async function names(ds: DataSource, id: number, depth: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return (publisher?.name ?? '-') + (depth > 0 ? await names(ds, id === 201 ? 202 : 201, depth - 1) : '');
}`,
    declined: /calls itself/,
  },
  {
    id: 'options: query strategy',
    what: 'a to-one relation of a query that loads its relations by queries of their own: it becomes one, too',
    source: `const authors = await ds.getRepository(Author).find({ relationLoadStrategy: 'query', relations: { books: true }, order: { id: 'ASC' } });
const out: unknown[] = [];
for (const author of authors) out.push([author.name, (await author.books).length, (await author.profile).motto]);
return out;`,
  },
  {
    id: 'options: spread order',
    what: 'the options spread a constant that says the order: it stays',
    source: `const lastFirst: FindManyOptions<Book> = { order: { title: 'DESC' } };
const books = await ds.getRepository(Book).find({ ...lastFirst, take: 5 });
const out: unknown[] = [];
for (const book of books) out.push([book.title, (await book.author).name]);
return out;`,
  },
  {
    id: 'writes: read back',
    what: 'rows are put out of sight one by one: where the database does not give back when, TypeORM reads it, row by row in one call too',
    source: `const notes = ds.getRepository(Note);
for (const note of await notes.find({ where: [{ bookId: 302 }, { bookId: 304 }], order: { id: 'ASC' } })) await notes.softRemove(note);
return (await notes.find({ order: { id: 'ASC' } })).map((note) => note.text);`,
  },
  {
    id: 'place: extended repository',
    what: 'a method that extends a repository finds a row by its key: the object gets one for all keys',
    source: `const publishers = ds.getRepository(Publisher).extend({
  ofKey(id: number) {
    return this.findOne({ where: { id } });
  },
});
const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
  const publisher = await publishers.ofKey(visit.publisherId);
  out.push([visit.id, publisher?.name ?? null]);
}
return out;`,
  },
  {
    id: 'place: extended repository, more than a key',
    what: 'the same method takes more than a key, and makes more of its lookup than to wait for it',
    source: `const publishers = ds.getRepository(Publisher).extend({
  ofKey(id: number, fallback: string) {
    return this.findOne({ where: { id } }).then((found) => found?.name ?? fallback);
  },
});
const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await publishers.ofKey(visit.publisherId, 'none'));
return out;`,
    declined: /more than to wait for it/,
  },
  {
    id: 'place: arrow property',
    what: 'the helper is an arrow function in a property of the class',
    source: `export class Visits {
  constructor(private readonly ds: DataSource) {}

  private nameOf = async (id: number): Promise<string | null> => {
    const publisher = await this.ds.getRepository(Publisher).findOneBy({ id });
    return publisher ? publisher.name : null;
  };

  list = async (): Promise<unknown> => {
    const out: unknown[] = [];
    for (const visit of await this.ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await this.nameOf(visit.publisherId));
    return out;
  };
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Visits(ds).list();
}`,
  },
  {
    id: 'place: arrow property with a type',
    what: 'the same with a type of its own, which names its parameters',
    source: `export class Visits {
  constructor(private readonly ds: DataSource) {}

  private nameOf: (id: number) => Promise<string | null> = async (id) => {
    const publisher = await this.ds.getRepository(Publisher).findOneBy({ id });
    return publisher ? publisher.name : null;
  };

  async list(): Promise<unknown> {
    const out: unknown[] = [];
    for (const visit of await this.ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await this.nameOf(visit.publisherId));
    return out;
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Visits(ds).list();
}`,
    declined: /stands in a function of its own, and the loop is elsewhere/,
  },
];
