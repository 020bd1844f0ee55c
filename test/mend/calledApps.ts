/** Loops that call what asks: by its name alone, through functions that share a name, and for numbers instead of rows. */
import type { MendApp } from './apps';

const SERVICE = `export class Counts {
  constructor(
    private readonly reviews: Repository<Review>,
    private readonly publishers: Repository<Publisher>,
  ) {}

  ofBook(bookId: number): Promise<number> {
    return this.reviews.count({ where: { bookId, published: true } });
  }

  async isPublisher(id: number): Promise<boolean> {
    return this.publishers.exists({ where: { id } });
  }

  async isCode(code: string): Promise<boolean> {
    return this.publishers.existsBy({ code });
  }

  async stars(bookId: number): Promise<string> {
    const sum = await this.reviews.sum('rating', { bookId });
    return sum === null ? 'none' : sum + ' stars';
  }

  async hidden(bookId: number): Promise<number> {
    return this.reviews.count({ where: { bookId }, withDeleted: true });
  }
}`;

/** @param name of the service's file */
function counting(name: string, turns: string): Pick<MendApp, 'source' | 'files'> {
  return {
    files: { [`${name}.ts`]: SERVICE },
    source: `import { Counts } from './${name}';

export async function run(ds: DataSource): Promise<unknown> {
  const counts = new Counts(ds.getRepository(Review), ds.getRepository(Publisher));
  const out: unknown[] = [];
${turns.replace(/^/gm, '  ')}
  return out;
}`,
  };
}

/** A class whose `all` goes through visits by a function that it only names. */
function shownBy(loop: string, method: string): string {
  return `class Shown {
  constructor(private readonly ds: DataSource) {}

  async all(): Promise<unknown[]> {
    const visits = await this.ds.getRepository(Visit).find({ order: { id: 'ASC' } });
    return Promise.all(${loop});
  }

${method.replace(/^/gm, '  ')}
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Shown(ds).all();
}`;
}

const ROW = `const publisher = await this.ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  return { id: visit.id, publisher: publisher?.name ?? null };`;

const NAME_OF = `private async nameOf(id: number): Promise<string> {
  const publisher = await this.ds.getRepository(Publisher).findOneBy({ id });
  return publisher?.name ?? '?';
}`;

export const calledApps: readonly MendApp[] = [
  {
    id: 'called: method by its name',
    what: 'map is given a method and what it belongs to',
    source: shownBy('visits.map(this.shown, this)', `private async shown(visit: Visit): Promise<unknown> {\n  ${ROW}\n}`),
  },
  {
    id: 'called: arrow by its name',
    what: 'map is given a function of a property',
    source: shownBy('visits.map(this.shown)', `private shown = async (visit: Visit): Promise<unknown> => {\n  ${ROW}\n};`),
  },
  {
    id: 'called: method that takes the place',
    what: 'map is given a method that takes an element’s place too',
    source: shownBy(
      'visits.map(this.shown, this)',
      `private async shown(visit: Visit, place: number): Promise<unknown> {\n  ${ROW.replace('visit.id', 'visit.id + place')}\n}`,
    ),
    declined: /calls a function that asks the database/,
  },
  {
    id: 'called: method that writes',
    what: 'map is given a method that writes what it found',
    source: shownBy(
      'visits.map(this.seen, this)',
      `private async seen(visit: Visit): Promise<unknown> {
  const publisher = await this.ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  await this.ds.getRepository(Publisher).update({ id: visit.publisherId }, { name: 'seen' });
  return publisher?.code;
}`,
    ),
    declined: /The helper writes/,
  },
  {
    id: 'called: name of others too',
    what: 'a property elsewhere has the function’s name',
    source: `const nameOf = async (id: number): Promise<string | undefined> => (await ds.getRepository(Publisher).findOneBy({ id }))?.name;
const words = { nameOf: 'named' };
const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
  const name = await nameOf(visit.publisherId);
  out.push([words.nameOf, name]);
}
return out;`,
  },
  {
    id: 'called: name of two functions',
    what: 'two functions have one name, each within another function',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  return [await one(ds), await all(ds)];
}

async function one(ds: DataSource): Promise<unknown> {
  const nameOf = async (id: number): Promise<string> => (await ds.getRepository(Publisher).findOneBy({ id, code: 'P1' }))?.name ?? '-';
  return nameOf(202);
}

async function all(ds: DataSource): Promise<unknown> {
  const nameOf = async (id: number): Promise<string> => (await ds.getRepository(Publisher).findOneBy({ id }))?.name ?? '?';
  const out: string[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(visit.publisherId));
  return out;
}`,
  },
  {
    id: 'called: parameter of that name',
    what: 'a parameter has the function’s name, and another function is handed in',
    source: `async function nameOf(ds: DataSource, id: number): Promise<string> {
  return (await ds.getRepository(Publisher).findOneBy({ id }))?.name ?? '?';
}

async function loud(ds: DataSource, id: number): Promise<string> {
  return (await ds.getRepository(Publisher).findOneBy({ id }))?.name.toUpperCase() ?? '!';
}

async function all(ds: DataSource, nameOf: typeof loud): Promise<unknown> {
  const out: string[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

export async function run(ds: DataSource): Promise<unknown> {
  return [await nameOf(ds, 201), await all(ds, loud)];
}`,
    declined: /a function of its own, and the loop is elsewhere/,
  },
  {
    id: 'called: count of a service',
    what: 'a service counts for each row',
    ...counting(
      'counts-of-books',
      `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
const counted = await Promise.all(books.map(async (book) => ({ title: book.title, reviews: await counts.ofBook(book.id) })));
out.push(...counted);`,
    ),
  },
  {
    id: 'called: exists of a service',
    what: 'a service says whether there is a row for each key of a request',
    ...counting(
      'counts-that-exist',
      `for (const id of JSON.parse('[201, 299, 202, 201]') as number[]) {
  const isThere = await counts.isPublisher(id);
  if (!isThere) out.push(id);
}`,
    ),
  },
  {
    id: 'called: sum of a service',
    what: 'a service makes a text of a sum: it is called as before, and handed the sums',
    ...counting(
      'counts-of-stars',
      `for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push([book.title, await counts.stars(book.id)]);`,
    ),
  },
  {
    id: 'called: exists, else written',
    what: 'a service says whether there is a row, and the turn writes one where there is none',
    ...counting(
      'counts-and-writes',
      `for (const code of ['P0', 'N1', 'N1', 'N2']) {
  if (await counts.isCode(code)) continue;
  await ds.getRepository(Publisher).insert({ code, name: 'new' });
  out.push(code);
}`,
    ),
    declined: /The loop writes/,
  },
  {
    id: 'called: count with more options',
    what: 'a service counts with an option that a grouped query has not',
    ...counting(
      'counts-of-hidden',
      `for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await counts.hidden(book.id));`,
    ),
    declined: /more than conditions/,
  },
  {
    id: 'called: rows and their count',
    what: 'a helper asks for rows of a key and counts others of it: it gets both',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await rated(ds, book));
  return out;
}

async function rated(ds: DataSource, book: Book): Promise<unknown> {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id }, order: { id: 'ASC' } });
  const published = await ds.getRepository(Review).count({ where: { bookId: book.id, published: true } });
  return [book.title, reviews.map((review) => review.rating), published];
}`,
  },
  {
    id: 'called: count of a list each time',
    what: 'each turn of an outer loop counts for a list from before it, once it has written',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const publishers = await ds.getRepository(Publisher).find({ order: { id: 'ASC' } });
  const visits = ds.getRepository(Visit);
  const out: unknown[] = [];
  for (const visit of await visits.find({ where: { publisherId: 202 }, order: { id: 'ASC' } })) {
    const loads: number[] = [];
    for (const publisher of publishers) loads.push(await load(ds, publisher.id));
    visit.publisherId = 201;
    await visits.save(visit);
    out.push(loads);
  }
  return out;
}

async function load(ds: DataSource, publisherId: number): Promise<number> {
  return ds.getRepository(Visit).countBy({ publisherId });
}`,
    declined: /runs inside of another one/,
  },
  {
    id: 'called: repository in a constant',
    what: 'a helper puts the repository into a constant first',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publishers = ds.getRepository(Publisher);
  const publisher = await publishers.findOneBy({ id });
  return publisher?.name ?? '?';
}`,
  },
  {
    id: 'called: repository of the turn',
    what: 'the repository in the constant is another one for each key',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const manager = id > 0 ? ds.manager : ds.createEntityManager();
  const publishers = manager.getRepository(Publisher);
  const publisher = await publishers.findOneBy({ id });
  return publisher?.name ?? '?';
}`,
    declined: /prepares what its lookup needs/,
  },
  {
    id: 'function: repository in a constant',
    what: 'a function of another file does the same',
    files: {
      'publisher-with.ts': `export async function publisherWith(ds: DataSource, id: number): Promise<Publisher | null> {
  const repository = ds.getRepository(Publisher);
  return repository.findOneBy({ id });
}`,
    },
    source: `import { publisherWith } from './publisher-with';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
    const publisher = await publisherWith(ds, visit.publisherId);
    out.push(publisher?.name);
  }
  return out;
}`,
  },
  // By way of a function between
  {
    id: 'between: a method',
    what: 'the method that the loop calls asks by another one: both are handed the rows',
    source: shownBy(
      'visits.map((visit) => this.shown(visit))',
      `private async shown(visit: Visit): Promise<string> {\n  return visit.id + ' ' + (await this.nameOf(visit.publisherId));\n}\n\n${NAME_OF}`,
    ),
  },
  {
    id: 'between: by its name, and for others',
    what: 'map is given the method by its name, and others ask by the one behind it',
    source: shownBy(
      'visits.map(this.shown, this)',
      `private async shown(visit: Visit): Promise<string> {
  const id = visit.publisherId;
  return visit.id + ' ' + (await this.nameOf(id));
}

${NAME_OF}

async first(): Promise<string> {
  return this.nameOf(201);
}`,
    ),
  },
  {
    id: 'between: another thing in each turn',
    what: 'what the method between hands on beside the key is made from the row',
    source: shownBy(
      'visits.map((visit) => this.shown(visit))',
      `private async shown(visit: Visit): Promise<boolean> {
  const code = 'P' + (visit.id % 2);
  return this.isCode(visit.publisherId, code);
}

private async isCode(id: number, code: string): Promise<boolean> {
  const publisher = await this.ds.getRepository(Publisher).findOneBy({ id, code });
  return publisher !== null;
}`,
    ),
    declined: /needs more of the loop’s turn than its key/,
  },
  {
    id: 'between: writes',
    what: 'the method between writes what the next turn asks for',
    source: shownBy(
      'visits.map((visit) => this.shown(visit))',
      `private async shown(visit: Visit): Promise<string> {
  const code = await this.codeOf(visit.publisherId);
  await this.ds.getRepository(Publisher).update({ id: visit.publisherId }, { name: 'seen' });
  return code;
}

private async codeOf(id: number): Promise<string> {
  const publisher = await this.ds.getRepository(Publisher).findOneBy({ id });
  return publisher?.code ?? '?';
}`,
    ),
    declined: /The helper writes/,
  },
  {
    id: 'between: name of another variable',
    what: 'what the lookup takes from around its function is called as something else at the loop',
    source: `const code = 'P1';
const nameOf = async (id: number): Promise<string> => {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id, code: Not(code) });
  return publisher?.name ?? '-';
};
const shown = async (visit: Visit): Promise<string> => visit.id + ' ' + (await nameOf(visit.publisherId));
const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: string[] = [];
{
  const code = 'P0';
  for (const visit of visits) out.push(code + (await shown(visit)));
}
return out;`,
    declined: /prepares what its lookup needs/,
  },
  {
    id: 'called: key that an order names',
    what: 'a key that may be null, of which only the order of another query speaks',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const books = await ds.getRepository(Book).find({ order: { id: 'ASC', publisherId: 'ASC' } });
  const out: unknown[] = [];
  for (const book of books) out.push(await nameOf(ds, book.publisherId!).catch(() => 'none'));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return publisher?.name ?? '?';
}`,
    declined: /skip those first/,
  },
  {
    id: 'between: taken apart',
    what: 'the method between takes its row apart, and hands on more of it than the key',
    source: shownBy(
      'visits.map((visit) => this.shown(visit))',
      `private async shown(visit: Visit): Promise<boolean> {
  const { id } = visit;
  return this.isCode(visit.publisherId, 'P' + (id % 2));
}

private async isCode(id: number, code: string): Promise<boolean> {
  const publisher = await this.ds.getRepository(Publisher).findOneBy({ id, code });
  return publisher !== null;
}`,
    ),
    declined: /needs more of the loop’s turn than its key/,
  },
  {
    id: 'called: parameter changed',
    what: 'a helper corrects the key that it is given before it asks',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await nameOf(ds, visit.id));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  id = 201 + (id % 2);
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return publisher?.name ?? '?';
}`,
    declined: /The key is changed in line/,
  },
  {
    id: 'service: parameter changed',
    what: 'a service does the same',
    files: {
      'shifting-publishers.ts': `export class Shifting {
  constructor(private readonly publishers: Repository<Publisher>) {}

  async nameOf(id: number): Promise<string> {
    id = 201 + (id % 2);
    const publisher = await this.publishers.findOneBy({ id });
    return publisher?.name ?? '?';
  }
}`,
    },
    source: `import { Shifting } from './shifting-publishers';

export async function run(ds: DataSource): Promise<unknown> {
  const shifting = new Shifting(ds.getRepository(Publisher));
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await shifting.nameOf(visit.id));
  return out;
}`,
    declined: /The key is changed in line/,
  },
  {
    id: 'between: row changed',
    what: 'the method between puts another row in the place of its parameter',
    source: shownBy(
      'visits.map((visit) => this.shown(visit))',
      `private async shown(visit: Visit): Promise<string> {
  visit = this.ds.getRepository(Visit).create({ ...visit, publisherId: 203 - (visit.id % 2) });
  return this.nameOf(visit.publisherId);
}

${NAME_OF}`,
    ),
    declined: /The key is changed in line/,
  },
  // What a lookup throws, and where its row goes
  {
    id: 'OrFail: in an expression',
    what: 'a lookup that throws within an expression: its row gets a constant before the statement',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
try {
  for (const id of [201, 202, 201, 299, 202]) {
    out.push({ id, name: (await publishers.findOneByOrFail({ id })).name.toUpperCase() });
  }
} catch (error) {
  out.push((error as Error).name, (error as Error).message);
}
return out;`,
  },
  {
    id: 'OrFail: behind something else',
    what: 'the same where the statement does something else before it asks',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
try {
  for (const id of [201, 202, 299, 201]) {
    out.push(out.push(id), (await publishers.findOneByOrFail({ id })).name);
  }
} catch (error) {
  out.push((error as Error).name);
}
return out;`,
    declined: /put the row into a constant of its own first/,
  },
  {
    id: 'OrFail: not always',
    what: 'the same where a condition says whether it asks',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const id of [201, 202, 299, 201, 202]) {
  out.push(id < 299 ? (await publishers.findOneByOrFail({ id })).name : null);
}
return out;`,
    declined: /put the row into a constant of its own first/,
  },
  {
    id: 'rows: handed to create',
    what: 'the rows found go to create(), which makes objects of its own of them',
    source: `const books = ds.getRepository(Book);
const made: Book[] = [];
for (const { title, code } of [{ title: 'a', code: 'P0' }, { title: 'b', code: 'P1' }, { title: 'c', code: 'P0' }, { title: 'd', code: 'P9' }, { title: 'e', code: 'P1' }]) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ code });
  if (!publisher) continue;
  made.push(books.create({ title, authorId: 101, publisher }));
}
for (const [i, book] of made.entries()) book.publisher!.name += i;
return made.map((book) => [book.title, book.publisher?.name]);`,
  },
  {
    id: 'rows: handed to create and changed',
    what: 'the same where the row found is changed as well',
    source: `const books = ds.getRepository(Book);
const made: Book[] = [];
for (const { title, code } of [{ title: 'a', code: 'P0' }, { title: 'b', code: 'P1' }, { title: 'c', code: 'P0' }, { title: 'd', code: 'P9' }, { title: 'e', code: 'P1' }]) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ code });
  if (!publisher) continue;
  publisher.name += title;
  made.push(books.create({ title, authorId: 101, publisher }));
}
return made.map((book) => [book.title, book.publisher?.name]);`,
    declined: /The row found is changed in line/,
  },
];
