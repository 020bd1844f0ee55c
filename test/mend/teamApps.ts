/** Loops as teams write them in services: rows behind rows, helpers of other services, conditions in constants, counting loops; run like the others. */
import type { MendApp } from './apps';

const SERVICE = `export class NotFound extends Error {}

export function Cached(): MethodDecorator {
  return () => undefined;
}

export class Publishers {
  constructor(private readonly publishers: Repository<Publisher>) {}

  findOne(id: number): Promise<Publisher | null> {
    return this.publishers.findOneBy({ id });
  }

  async get(id: number): Promise<Publisher> {
    const publisher = await this.publishers.findOne({ where: { id } });
    if (!publisher) {
      throw new NotFound('no publisher ' + id);
    }
    return publisher;
  }

  async of(book: Book): Promise<Publisher | null> {
    if (!book.publisherId) return null;
    return this.publishers.findOneBy({ id: book.publisherId });
  }

  @Cached()
  cached(id: number): Promise<Publisher | null> {
    return this.publishers.findOneBy({ id });
  }

  async seen(id: number): Promise<Publisher | null> {
    const publisher = await this.publishers.findOneBy({ id });
    await this.publishers.update({ id }, { name: 'seen ' + id });
    return publisher;
  }

  named(id: number, name: string): Promise<Publisher | null> {
    return this.publishers.findOneBy({ id, name });
  }

  async sure(id: number): Promise<Publisher> {
    return this.publishers.findOneByOrFail({ id });
  }

  handed(id: number): Promise<Publisher> {
    return this.publishers.findOneOrFail({ where: { id } });
  }

  async caught(id: number): Promise<Publisher> {
    try {
      return await this.publishers.findOneByOrFail({ id });
    } catch {
      throw new NotFound('no publisher ' + id);
    }
  }

  async tried(id: number): Promise<Publisher> {
    try {
      return this.publishers.findOneByOrFail({ id });
    } catch {
      throw new NotFound('no publisher ' + id);
    }
  }

  async chained(id: number): Promise<Publisher> {
    return this.publishers.findOneByOrFail({ id }).catch(() => {
      throw new NotFound('no publisher ' + id);
    });
  }
}`;

/** A service that loops over visits and asks another one for the publisher of each. */
function asking(file: string, turn: string): string {
  return `import { Publishers } from './${file}';

class Visits {
  constructor(
    private readonly visits: Repository<Visit>,
    private readonly publishers: Publishers,
  ) {}

  async all(): Promise<unknown[]> {
    const out: unknown[] = [];
    for (const visit of await this.visits.find({ order: { id: 'ASC' } })) {
${turn.replace(/^/gm, '      ')}
    }
    return out;
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Visits(ds.getRepository(Visit), new Publishers(ds.getRepository(Publisher))).all();
}`;
}

export const teamApps: readonly MendApp[] = [
  {
    id: 'find: OrFail struck',
    what: 'a lookup that throws, by a foreign key whose row was softly deleted: the relation would be null',
    source: `const notes = ds.getRepository(Note);
const out: string[] = [];
try {
  for (const reply of await ds.getRepository(Reply).find({ order: { id: 'ASC' } })) {
    const note = await notes.findOneByOrFail({ id: reply.noteId });
    out.push(reply.text + ' to ' + note.text);
  }
} catch (error) {
  out.push((error as Error).name);
}
return out;`,
  },
  {
    id: 'key: behind a relation',
    what: 'a key of a related row, which not every row has',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { publisher: true }, order: { id: 'ASC' } })) {
  const visits = book.publisher ? await ds.getRepository(Visit).find({ where: { publisherId: book.publisher.id }, order: { id: 'ASC' } }) : [];
  out.push([book.title, visits.length]);
}
return out;`,
  },
  // Loops
  {
    id: 'loop: while counting',
    what: 'a while loop that counts over a list',
    source: `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
let i = 0;
while (i < visits.length) {
  const visit = visits[i]!;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push([i, publisher?.name]);
  i++;
}
return out;`,
  },
  {
    id: 'loop: while jumping',
    what: 'a while loop that leaves elements out',
    source: `const visits = [...(await ds.getRepository(Visit).find({ order: { id: 'ASC' } })), ...(await ds.getRepository(Visit).find({ order: { id: 'DESC' } }))];
const out: unknown[] = [];
let i = 0;
while (i < visits.length) {
  const visit = visits[i]!;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  if (publisher?.code === 'P0') i++;
  out.push([i, publisher?.name]);
  i++;
}
return out;`,
    declined: /shows only while it runs/,
  },
  {
    id: 'loop: for in',
    what: 'a loop over the names of an object’s properties',
    source: `const wanted: Record<string, number> = { a: 201, b: 202, c: 209, d: 201 };
const out: unknown[] = [];
for (const name in wanted) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: wanted[name] ?? 0 });
  out.push([name, publisher?.name]);
}
return out;`,
    declined: /Object\.entries/,
  },
  // Services and repositories of one's own
  {
    id: 'service: row',
    what: 'another service finds a row by its key: it gets a method for all keys',
    files: { 'row-publishers.ts': SERVICE },
    source: asking('row-publishers', `const publisher = await this.publishers.findOne(visit.publisherId);\nout.push(publisher?.name ?? null);`),
  },
  {
    id: 'service: throws',
    what: 'another service throws where there is no row: it is called as before, and handed the rows',
    files: { 'throwing-publishers.ts': SERVICE },
    source: asking('throwing-publishers', `const publisher = await this.publishers.get(visit.publisherId);\nout.push([visit.id, publisher.name]);`),
  },
  {
    id: 'service: given a row',
    what: 'another service is given the row, and looks whether it has a key',
    files: { 'given-publishers.ts': SERVICE },
    source: `import { Publishers } from './given-publishers';

export async function run(ds: DataSource): Promise<unknown> {
  const publishers = new Publishers(ds.getRepository(Publisher));
  const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
  return Promise.all(books.map(async (book) => ({ title: book.title, publisher: (await publishers.of(book))?.name })));
}`,
  },
  {
    id: 'service: two loops',
    what: 'two loops ask the same service: they share its method for all keys',
    files: { 'shared-publishers.ts': SERVICE },
    source: `import { Publishers } from './shared-publishers';

export async function run(ds: DataSource): Promise<unknown> {
  const publishers = new Publishers(ds.getRepository(Publisher));
  return [await visited(ds, publishers), await written(ds, publishers)];
}

async function visited(ds: DataSource, publishers: Publishers): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
    const publisher = await publishers.findOne(visit.publisherId);
    out.push(publisher?.name);
  }
  return out;
}

async function written(ds: DataSource, publishers: Publishers): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
    const publisher = book.publisherId ? await publishers.findOne(book.publisherId) : null;
    out.push([book.title, publisher?.code]);
  }
  return out;
}`,
  },
  {
    id: 'service: repository class',
    what: 'a method of a class that extends Repository gives the rows of one key',
    files: {
      'reviews.ts': `export class Reviews extends Repository<Review> {
  /** The best ones first. */
  ofBook(bookId: number): Promise<Review[]> {
    return this.find({
      where: { bookId, published: true },
      order: { rating: 'DESC', id: 'ASC' },
    });
  }
}`,
    },
    source: `import { Reviews } from './reviews';

export async function run(ds: DataSource): Promise<unknown> {
  const reviews = new Reviews(Review, ds.manager);
  const out: unknown[] = [];
  const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
  for (const book of books) {
    const found = await reviews.ofBook(book.id);
    out.push([book.title, found.map((review) => review.rating)]);
  }
  return out;
}`,
  },
  {
    id: 'service: row changed',
    what: 'the row that another service gives is changed',
    files: { 'changed-publishers.ts': SERVICE },
    source: asking(
      'changed-publishers',
      `const publisher = await this.publishers.get(visit.publisherId);\npublisher.name += '!';\nout.push(publisher.name);`,
    ),
    declined: /The row found is changed in line/,
  },
  {
    id: 'service: writes',
    what: 'the method of another service writes what it has read',
    files: { 'seen-publishers.ts': SERVICE },
    source: asking('seen-publishers', `const publisher = await this.publishers.seen(visit.publisherId);\nout.push(publisher?.name);`),
    declined: /Publishers\.seen\(\) writes/,
  },
  {
    id: 'service: decorated',
    what: 'the method of another service is decorated',
    files: { 'cached-publishers.ts': SERVICE },
    source: asking('cached-publishers', `const publisher = await this.publishers.cached(visit.publisherId);\nout.push(publisher?.name);`),
    declined: /is decorated/,
  },
  {
    id: 'service: more than a key',
    what: 'the method of another service takes more than a key',
    files: { 'named-publishers.ts': SERVICE },
    source: asking(
      'named-publishers',
      `const publisher = await this.publishers.named(visit.publisherId, 'publisher ' + (visit.id % 2));\nout.push(publisher?.name);`,
    ),
    declined: /takes more than a key/,
  },
  {
    id: 'service: OrFail',
    what: 'the method of another service throws by TypeORM’s own lookup: it is handed the rows, and throws the same error',
    files: { 'sure-publishers.ts': SERVICE },
    source: asking('sure-publishers', `const publisher = await this.publishers.sure(visit.publisherId);\nout.push(publisher.name);`),
  },
  {
    id: 'service: OrFail, not async',
    what: 'the same where the method hands on the promise: it becomes async',
    files: { 'handing-publishers.ts': SERVICE },
    source: asking('handing-publishers', `const publisher = await this.publishers.handed(visit.publisherId);\nout.push(publisher.name);`),
  },
  {
    id: 'service: OrFail caught by itself',
    what: 'the same where the method makes another error of it',
    files: { 'catching-publishers.ts': SERVICE },
    source: asking('catching-publishers', `const publisher = await this.publishers.caught(visit.publisherId);\nout.push(publisher.name);`),
  },
  {
    id: 'service: OrFail handed on from a try',
    what: 'a promise that is returned out of a try, whose catch would get what is thrown',
    files: { 'trying-publishers.ts': SERVICE },
    source: asking('trying-publishers', `const publisher = await this.publishers.tried(visit.publisherId);\nout.push(publisher.name);`),
    declined: /throws where there is no row/,
  },
  {
    id: 'service: OrFail chained',
    what: 'a promise with a catch of its own',
    files: { 'chaining-publishers.ts': SERVICE },
    source: asking('chaining-publishers', `const publisher = await this.publishers.chained(visit.publisherId);\nout.push(publisher.name);`),
    declined: /throws where there is no row/,
  },
  {
    id: 'place: helper OrFail',
    what: 'a helper of the same file that throws where there is no row: so it does once it is handed the rows',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const id of [201, 202, 209, 201, 202]) {
    try {
      out.push(await nameOf(ds, id));
    } catch (error) {
      out.push((error as Error).name);
    }
  }
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id });
  return publisher.name;
}`,
  },
  {
    id: 'place: helper OrFail of rows',
    what: 'the same for rows of a query',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id });
  return publisher.name;
}`,
  },
];
