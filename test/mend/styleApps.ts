/** The same mistakes in other hands: loops, results, options, receivers and formatting as other people write them. */
import type { MendApp } from './apps';

export const styleApps: readonly MendApp[] = [
  // How a loop is written
  {
    id: 'loop: for await',
    what: 'for await over rows',
    source: `const out: unknown[] = [];
for await (const author of await ds.getRepository(Author).find()) out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'loop: for await lookup',
    what: 'a lookup in for await over rows',
    source: `const visits = await ds.getRepository(Visit).find();
const out: unknown[] = [];
for await (const visit of visits) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
}
return out;`,
  },
  {
    id: 'loop: then',
    what: 'a chain of then',
    source: `return ds
  .getRepository(Author)
  .find()
  .then((authors) => Promise.all(authors.map((author) => author.books.then((books) => [author.name, books.length]))));`,
  },
  {
    id: 'loop: then lookup',
    what: 'a lookup whose promise is chained',
    source: `const visits = await ds.getRepository(Visit).find();
return Promise.all(
  visits.map((visit) =>
    ds
      .getRepository(Publisher)
      .findOneBy({ id: visit.publisherId })
      .then((publisher) => publisher?.name ?? 'nobody'),
  ),
);`,
  },
  {
    id: 'loop: forEach async',
    what: 'forEach(async …), which nobody waits for',
    source: `const visits = await ds.getRepository(Visit).find();
const out: unknown[] = [];
visits.forEach(async (visit) => {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
});
const early = out.length;
while (out.length < visits.length) await new Promise((resolve) => setTimeout(resolve, 5));
return [early, out.sort()];`,
    declined: /waits for/,
  },
  {
    id: 'loop: reduce',
    what: 'a reduce that awaits its turn before',
    source: `const visits = await ds.getRepository(Visit).find();
return visits.reduce<Promise<string[]>>(async (before, visit) => {
  const names = await before;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  return [...names, publisher?.name ?? ''];
}, Promise.resolve([]));`,
  },
  {
    id: 'loop: reduce lazy',
    what: 'a lazy relation in a reduce',
    source: `const authors = await ds.getRepository(Author).find();
return authors.reduce(async (sum, author) => (await sum) + (await author.books).length, Promise.resolve(0));`,
  },
  {
    id: 'loop: index',
    what: 'a counting loop over an array',
    source: `const visits = await ds.getRepository(Visit).find();
const out: unknown[] = [];
for (let i = 0; i < visits.length; i++) {
  const visit = visits[i]!;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push([i, publisher?.name]);
}
return out;`,
  },
  {
    id: 'loop: entries',
    what: 'for … of entries()',
    source: `const visits = await ds.getRepository(Visit).find();
const out: unknown[] = [];
for (const [i, visit] of visits.entries()) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push([i, publisher?.name]);
}
return out;`,
  },
  {
    id: 'loop: map index',
    what: 'map with an index and a function expression',
    source: `const visits = await ds.getRepository(Visit).find();
return Promise.all(
  visits.map(async function (visit, i) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    return { i, name: publisher ? publisher.name : null };
  }),
);`,
  },
  {
    id: 'loop: while',
    what: 'a queue that grows while it is worked off',
    source: `const queue = [201, 202, 999];
const out: unknown[] = [];
while (queue.length > 0) {
  const id = queue.shift()!;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  if (!publisher && id === 999) queue.push(201);
  out.push(publisher?.name);
}
return out;`,
    declined: /How often the loop runs/,
  },
  // What is done with rows
  {
    id: 'rows: destructured',
    what: 'rows taken apart in the loop’s head',
    source: `const out: unknown[] = [];
for (const { name, books } of await ds.getRepository(Author).find()) out.push([name, (await books).length]);
return out;`,
  },
  {
    id: 'rows: destructured lookup',
    what: 'a lookup by a field taken apart in the parameters',
    source: `const visits = await ds.getRepository(Visit).find();
return Promise.all(visits.map(async ({ id, publisherId }) => ({ id, publisher: await ds.getRepository(Publisher).findOneBy({ id: publisherId }) })));`,
  },
  {
    id: 'rows: alias',
    what: 'a relation read through a constant of the loop',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) {
  const { author } = book;
  const writer = await author;
  out.push(writer.name);
}
return out;`,
  },
  {
    id: 'rows: shared row changed',
    what: 'the looked-up row is handed to a function that changes it',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find()) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    if (publisher) mark(publisher);
    out.push(publisher?.name);
  }
  return out;
}

function mark(publisher: Publisher): void {
  publisher.name += '!';
}`,
    declined: /changed in line/,
  },
  {
    id: 'rows: optional key',
    what: 'a key that may be missing, sifted by a condition',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const publisher = book.publisherId ? await ds.getRepository(Publisher).findOneBy({ id: book.publisherId }) : null;
  out.push({ ...book, house: publisher?.name ?? null });
}
return out;`,
  },
  {
    id: 'rows: found first',
    what: 'the loop ends at the first hit',
    source: `for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId, name: 'publisher 9' });
  if (publisher) return publisher.name;
}
return null;`,
  },
  // How a row is asked for
  {
    id: 'find: OrFail',
    what: 'findOneOrFail with options',
    source: `const author = await ds.getRepository(Author).findOneOrFail({ where: { id: 103 } });
const out: unknown[] = [author.name];
for (const book of await author.books) out.push((await book.tags).map((tag) => tag.word));
return out;`,
  },
  {
    id: 'find: OrFail lookup',
    what: 'a lookup that throws where there is no row',
    source: `const out: unknown[] = [];
try {
  for (const id of [201, 202, 201, 999, 202]) {
    const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id });
    out.push(publisher.name);
  }
} catch (error) {
  out.push(String(error));
}
return out;`,
  },
  {
    id: 'find: count by',
    what: 'countBy of each row',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push(await ds.getRepository(Review).countBy({ bookId: book.id, published: true }));
return out;`,
  },
  {
    id: 'find: sum',
    what: 'a sum for each row',
    source: `const reviews = ds.getRepository(Review);
const books = await ds.getRepository(Book).find();
return Promise.all(books.map(async (book) => ({ title: book.title, stars: await reviews.sum('rating', { bookId: book.id }) })));`,
  },
  {
    id: 'find: count map',
    what: 'count within Promise.all',
    source: `const books = await ds.getRepository(Book).find();
return Promise.all(books.map((book) => ds.manager.count(Review, { where: { bookId: book.id } })));`,
  },
  {
    id: 'find: count deleted',
    what: 'a count that leaves soft-deleted rows out',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) {
  const notes = await ds.getRepository(Note).countBy({ bookId: book.id });
  if (notes > 0) out.push([book.title, notes]);
}
return out;`,
  },
  {
    id: 'find: builder one',
    what: 'getOne of a query builder in the loop',
    source: `const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find()) {
  const publisher = await ds
    .getRepository(Publisher)
    .createQueryBuilder('p')
    .leftJoinAndSelect('p.books', 'books')
    .where('p.id = :id', { id: visit.publisherId })
    .getOne();
  out.push([publisher?.name, publisher?.books?.length]);
}
return out;`,
  },
  {
    id: 'find: builder many',
    what: 'getMany with a filter and an order',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) {
  const reviews = await ds
    .getRepository(Review)
    .createQueryBuilder('review')
    .where('review.rating > :least', { least: 1 })
    .andWhere('review.bookId = :bookId', { bookId: book.id })
    .orderBy('review.rating', 'DESC')
    .addOrderBy('review.id')
    .getMany();
  out.push(reviews.map(({ rating }) => rating));
}
return out;`,
  },
  {
    id: 'find: builder or',
    what: 'a query builder whose conditions are joined by or',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) {
  const reviews = await ds.getRepository(Review).createQueryBuilder('review').where('review.bookId = :id', { id: book.id }).orWhere('review.rating = 5').getMany();
  out.push(reviews.length);
}
return out;`,
    declined: /query builder/,
  },
  // Where the call stands
  {
    id: 'place: manager options',
    what: 'manager.find with options',
    source: `const authors = await ds.manager.find(Author, { where: { bio: IsNull() }, order: { id: 'ASC' } });
const out: unknown[] = [];
for (const author of authors) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'place: generic base',
    what: 'a service that inherits its find from a generic base',
    source: `abstract class BaseService<T extends { id: number }> {
  constructor(protected readonly repository: Repository<T>) {}

  list(): Promise<T[]> {
    return this.repository.find();
  }
}

class AuthorService extends BaseService<Author> {
  async titles(): Promise<string[]> {
    const out: string[] = [];
    for (const author of await this.list()) for (const book of await author.books) out.push(book.title);
    return out;
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new AuthorService(ds.getRepository(Author)).titles();
}`,
    declined: /any entity|generic/,
  },
  {
    id: 'place: helper method',
    what: 'a lookup in a method of the same service',
    source: `class VisitService {
  constructor(
    private readonly visits: Repository<Visit>,
    private readonly publishers: Repository<Publisher>,
  ) {}

  async list(): Promise<unknown> {
    const out: unknown[] = [];
    for (const visit of await this.visits.find()) {
      const publisher = await this.publisherOf(visit.publisherId);
      out.push([visit.id, publisher?.name]);
    }
    return out;
  }

  private async publisherOf(id: number): Promise<Publisher | null> {
    return this.publishers.findOneBy({ id });
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new VisitService(ds.getRepository(Visit), ds.getRepository(Publisher)).list();
}`,
  },
  {
    id: 'place: helper arrow',
    what: 'a lookup in a function in a constant, loop in Promise.all',
    source: `const publisherOf = async (ds: DataSource, id: number) => {
  const found = await ds.getRepository(Publisher).findOneBy({ id });
  return found === null ? 'nobody' : found.name;
};

export async function run(ds: DataSource): Promise<unknown> {
  const visits = await ds.getRepository(Visit).find();
  return Promise.all(visits.map(async (visit) => ({ id: visit.id, publisher: await publisherOf(ds, visit.publisherId) })));
}`,
  },
  {
    id: 'place: helper elsewhere',
    what: 'a lookup in a function of another file',
    files: {
      'publisher-names.ts': `export async function publisherName(ds: DataSource, id: number): Promise<string | undefined> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return publisher?.name;
}`,
    },
    source: `import { publisherName } from './publisher-names';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find()) out.push(await publisherName(ds, visit.publisherId));
  return out;
}`,
    declined: /function/,
  },
  {
    id: 'place: reader elsewhere',
    what: 'a lazy relation that a function of another file reads',
    files: {
      'author-titles.ts': `export async function titlesOf(author: Author): Promise<string[]> {
  return (await author.books).map((book) => book.title);
}`,
    },
    source: `import { titlesOf } from './author-titles';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find()) out.push([author.name, await titlesOf(author)]);
  return out;
}`,
  },
  {
    id: 'place: helper exported',
    what: 'the helper is exported: others may call it',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find()) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

export async function nameOf(ds: DataSource, id: number): Promise<string | undefined> {
  return (await ds.getRepository(Publisher).findOneBy({ id }))?.name;
}`,
    declined: /exported/,
  },
  {
    id: 'place: helper more',
    what: 'a helper that asks for more than its key',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find()) out.push(await ratings(ds, book.id, book.id % 2 === 0));
  return out;
}

async function ratings(ds: DataSource, bookId: number, published: boolean): Promise<number[]> {
  return (await ds.getRepository(Review).findBy({ bookId, published })).map((review) => review.rating);
}`,
    declined: /more than one value|needs more/,
  },
  {
    id: 'place: repository by name',
    what: 'the entity’s type imported, its repository by name',
    source: `import type { Author } from './entities';

export async function run(ds: DataSource): Promise<unknown> {
  const authors = await ds.getRepository<Author>('Author').find();
  const out: unknown[] = [];
  for (const author of authors) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'place: count by name',
    what: 'a lookup through a repository by name',
    source: `import type { Publisher, Visit } from './entities';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository<Visit>('Visit').find()) {
    const publisher = await ds.getRepository<Publisher>('Publisher').findOneBy({ id: visit.publisherId });
    out.push(publisher?.name);
  }
  return out;
}`,
  },
  // Where the options are
  {
    id: 'options: field',
    what: 'options in a private field of the class',
    source: `class Authors {
  private readonly options: FindManyOptions<Author> = { order: { name: 'ASC' } };

  constructor(private readonly repository: Repository<Author>) {}

  list(): Promise<Author[]> {
    return this.repository.find(this.options);
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await new Authors(ds.getRepository(Author)).list()) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'options: constant',
    what: 'options in a constant of the module',
    source: `const BY_NAME: FindManyOptions<Author> = { order: { name: 'ASC' } };

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find(BY_NAME)) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'options: as const',
    what: 'options as const satisfies a type',
    source: `const options = { order: { name: 'ASC' } } as const satisfies FindManyOptions<Author>;
const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find(options)) out.push([author.name, (await author.books).length]);
return out;`,
  },
  {
    id: 'options: shared',
    what: 'a constant that two queries share',
    source: `const BY_NAME: FindManyOptions<Author> = { order: { name: 'ASC' } };

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [(await ds.getRepository(Author).find(BY_NAME)).length];
  for (const author of await ds.getRepository(Author).find(BY_NAME)) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'options: imported',
    what: 'a constant of another file',
    files: { 'author-options.ts': "export const WRITTEN: FindManyOptions<Author> = { where: { bio: IsNull() }, order: { name: 'DESC' } };" },
    source: `import { WRITTEN } from './author-options';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find(WRITTEN)) out.push([author.name, (await author.books).map((book) => book.title)]);
  return out;
}`,
  },
  {
    id: 'options: imported with relations',
    what: 'a constant of another file that holds relations of its own',
    files: { 'book-options.ts': "export const PUBLISHED: FindManyOptions<Book> = { relations: { publisher: true }, order: { id: 'ASC' } };" },
    source: `import { PUBLISHED } from './book-options';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find(PUBLISHED)) out.push([book.publisher?.name, (await book.author).name]);
  return out;
}`,
    declined: /not built in this file/,
  },
  {
    id: 'options: relations variable',
    what: 'the relations in a variable of their own',
    source: `const relations = { profile: true };
const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ relations, order: { id: 'ASC' } })) out.push([(await author.profile).motto, (await author.country)?.name]);
return out;`,
  },
  {
    id: 'options: conditional',
    what: 'options chosen by a condition',
    source: `const sorted = true as boolean;
const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find(sorted ? { order: { name: 'ASC' } } : {})) out.push((await author.books).length);
return out;`,
    declined: /computed/,
  },
  {
    id: 'options: comments',
    what: 'comments among the options',
    source: `const authors = await ds.getRepository(Author).find({
  // only those who say nothing of themselves
  where: { bio: IsNull() }, // null, not empty
  /* by name */ order: { name: 'ASC' }, // and then?
  // relations: { books: true },
});
const out: unknown[] = [];
for (const author of authors) out.push((await author.books).length);
return out;`,
  },
];
