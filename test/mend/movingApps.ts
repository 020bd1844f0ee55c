/**
 * What must not be asked for earlier than it is, beside twins that may: keys and lists that change while the loop runs, writes that lie in other functions
 * and files, and rows that turns would share although one of them changes its own.
 */
import type { MendApp } from './apps';

const VISITS = "await ds.getRepository(Visit).find({ order: { id: 'ASC' } })";

export const movingApps: readonly MendApp[] = [
  // Writes in other functions and files
  {
    id: 'writes: service elsewhere',
    what: 'a service of another file writes what the next turn asks for',
    files: {
      'greeter.ts': `export class Greeter {
  constructor(private readonly publishers: Repository<Publisher>) {}

  async greet(visit: Visit): Promise<void> {
    await this.add(visit.publisherId, '!');
  }

  private async add(id: number, mark: string): Promise<void> {
    const { name } = await this.publishers.findOneByOrFail({ id });
    await this.publishers.update({ id }, { name: name + mark });
  }
}`,
    },
    source: `import { Greeter } from './greeter';

export async function run(ds: DataSource): Promise<unknown> {
  const greeter = new Greeter(ds.getRepository(Publisher));
  const out: unknown[] = [];
  for (const visit of ${VISITS}) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    await greeter.greet(visit);
    out.push(publisher?.name);
  }
  return out;
}`,
    declined: /calls greet\(\) in line \d+, which writes/,
  },
  {
    id: 'writes: service that reads',
    what: 'the same with a service that writes nothing',
    files: {
      'caller.ts': `export class Caller {
  async greet(name: string): Promise<string> {
    await Promise.resolve();
    return 'Hello, ' + name;
  }
}`,
    },
    source: `import { Caller } from './caller';

export async function run(ds: DataSource): Promise<unknown> {
  const caller = new Caller();
  const out: unknown[] = [];
  for (const visit of ${VISITS}) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    if (publisher) out.push(await caller.greet(publisher.name));
  }
  return out;
}`,
  },
  {
    id: 'writes: through closures',
    what: 'a function of the loop calls another one that writes',
    source: `const publishers = ds.getRepository(Publisher);
const rename = async (id: number) => {
  await publishers.update({ id }, { name: 'seen ' + id });
};
const touch = async (visit: Visit) => {
  await rename(visit.publisherId);
};
const out: unknown[] = [];
for (const visit of ${VISITS}) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  await touch(visit);
  out.push(publisher?.name);
}
return out;`,
    declined: /calls touch\(\) in line \d+, which writes/,
  },
  {
    id: 'writes: lazy, then written',
    what: 'a lazy relation that is written between its reads',
    source: `const authors = ds.getRepository(Author);
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const author = await book.author;
  await authors.update({ id: book.authorId }, { name: author.name + '!' });
  out.push(author.name);
}
return out;`,
    declined: /writes \(update\(\)|values of its own/,
  },
  {
    id: 'writes: before the loop',
    what: 'rows that are written between the query and the loop that looks them up',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
await ds.getRepository(Author).update({ id: 101 }, { name: 'renamed' });
const out: unknown[] = [];
for (const book of books) out.push((await book.author).name);
return out;`,
    declined: /The code writes \(update\(\)/,
  },
  {
    id: 'writes: another table',
    what: 'the loop writes rows that have nothing to do with the lookup',
    source: `const visits = ds.getRepository(Visit);
const out: unknown[] = [];
for (const visit of await visits.find({ order: { id: 'ASC' } })) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  visit.counter += publisher ? publisher.code.length : 0;
  await visits.save(visit);
  out.push(publisher?.code);
}
return out;`,
  },
  // Keys and lists that change
  {
    id: 'moving: condition',
    what: 'a condition that each turn changes for the next one',
    source: `const out: unknown[] = [];
let last = 'none';
for (const visit of ${VISITS}) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId, name: Not(last) });
  last = publisher?.name ?? 'none';
  out.push(last);
}
return out;`,
    declined: /more of the loop’s turn/,
  },
  {
    id: 'moving: queue',
    what: 'a list that grows while for … of runs over it',
    source: `const out: unknown[] = [];
const queue = [201];
for (const id of queue) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  if (id < 204) queue.push(id + 1);
  out.push(publisher?.name ?? id);
}
return out;`,
    declined: /changes the list that it runs over/,
  },
  {
    id: 'moving: key',
    what: 'a key that the turn corrects before it asks',
    source: `const out: unknown[] = [];
for (const visit of ${VISITS}) {
  if (visit.publisherId === 201) visit.publisherId = 209;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push(publisher?.name ?? 'nobody');
}
return out;`,
    declined: /The key is changed in line/,
  },
  {
    id: 'moving: key in a relation',
    what: 'a foreign key that the turn corrects, of a relation that could be loaded',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  if (book.publisherId === 202) book.publisherId = 201;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: book.publisherId ?? 0 });
  out.push(publisher && publisher.name);
}
return out;`,
    declined: /key is changed in line|more than the keys/,
  },
  {
    id: 'moving: element handed',
    what: 'a function that corrects the key of the row it is given',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of ${VISITS}) {
    correct(visit);
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    out.push(publisher?.name);
  }
  return out;
}

function correct(visit: Visit): void {
  visit.publisherId = 403 - visit.publisherId;
}`,
    declined: /The key is changed in line/,
  },
  {
    id: 'moving: another field',
    what: 'the turn changes another field of its row',
    source: `const out: unknown[] = [];
for (const visit of ${VISITS}) {
  visit.counter += 1;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push([publisher?.name, visit.counter]);
}
return out;`,
  },
  // Rows that turns would share
  {
    id: 'shared: collected, changed later',
    what: 'rows that are collected, and changed after the loop',
    source: `const found: Publisher[] = [];
for (const visit of ${VISITS}) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  if (publisher) found.push(publisher);
}
for (const publisher of found) publisher.name += '!';
return found;`,
    declined: /The row found is changed in line/,
  },
  {
    id: 'shared: collected, read later',
    what: 'rows that are collected, and read after the loop',
    source: `const found: { counter: number; publisher: Publisher | null }[] = [];
for (const visit of ${VISITS}) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  found.push({ counter: visit.counter, publisher });
}
for (const each of found) each.counter += 1;
return found;`,
  },
  {
    id: 'shared: alias',
    what: 'a row that is changed by another name',
    source: `const out: unknown[] = [];
for (const visit of ${VISITS}) {
  const found = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  const publisher = found!;
  publisher.name += '!';
  out.push(publisher.name);
}
return out;`,
    declined: /The row found is changed in line/,
  },
  {
    id: 'shared: given back by map',
    what: 'rows of a map that are changed one by one afterwards',
    source: `const visits = ${VISITS};
const publishers = await Promise.all(visits.map((visit) => ds.getRepository(Publisher).findOneBy({ id: visit.publisherId })));
publishers.forEach((publisher, i) => {
  if (publisher) publisher.name += i;
});
return publishers;`,
    declined: /The row found is changed in line/,
  },
  {
    id: 'shared: list',
    what: 'a list that each turn empties, of a key that comes twice',
    source: `const out: unknown[] = [];
for (const visit of ${VISITS}) {
  const books = await ds.getRepository(Book).find({ where: { publisherId: visit.publisherId }, order: { id: 'ASC' } });
  out.push(books.pop()?.title, books.length);
}
return out;`,
    declined: /The row found is changed in line/,
  },
  {
    id: 'shared: method',
    what: 'a method of the service changes the row that it is given',
    source: `class Service {
  constructor(private readonly ds: DataSource) {}

  async all(): Promise<unknown[]> {
    const ds = this.ds;
    const out: unknown[] = [];
    for (const visit of ${VISITS}) {
      const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
      if (publisher) out.push(this.marked(publisher));
    }
    return out;
  }

  private marked(publisher: Publisher): string {
    publisher.name += '*';
    return publisher.name;
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new Service(ds).all();
}`,
    declined: /The row found is changed in line/,
  },
  // Helpers, and errors
  {
    id: 'place: helper of two loops',
    what: 'a helper that two loops call: the first edit makes its parameter, the second one hands its rows in',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const names: string[] = [];
  for (const visit of ${VISITS}) names.push(await nameOf(ds, visit.publisherId));
  const others = await ds.getRepository(Visit).find({ order: { id: 'DESC' } });
  for (const other of others) names.push(await nameOf(ds, other.publisherId));
  return names;
}

async function nameOf(ds: DataSource, id: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return publisher ? publisher.name : 'nobody';
}`,
  },
  {
    id: 'place: helper, key optional',
    what: 'a helper whose key may be missing by its type',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const wanted: { id?: number }[] = [{ id: 201 }, { id: 202 }, { id: 209 }, { id: 201 }];
  const names: string[] = [];
  for (const each of wanted) names.push(await nameOf(ds, each.id));
  return names;
}

async function nameOf(ds: DataSource, id?: number): Promise<string> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  return publisher ? publisher.name : 'nobody';
}`,
    declined: /may be missing by its type|a function of its own/,
  },
  {
    id: 'find: OrFail caught',
    what: 'a lookup that throws, within the error handling of its turn',
    source: `const out: string[] = [];
for (const id of [201, 209, 202, 201]) {
  try {
    const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id });
    out.push(publisher.name);
  } catch (error) {
    out.push((error as Error).name);
  }
}
return out;`,
  },
  {
    id: 'H2 active',
    what: 'Active Record: each row is changed and saved',
    source: `for (const shelf of await Shelf.find({ order: { id: 'ASC' } })) {
  shelf.label += '!';
  await shelf.save();
}
return Shelf.find({ order: { id: 'ASC' } });`,
  },
  {
    id: 'H9 counted',
    what: 'an update that counts the rows as it goes',
    source: `const visits = ds.getRepository(Visit);
let place = 0;
for (const id of [705, 701, 704, 702]) await visits.update(id, { counter: ++place });
return visits.find({ order: { id: 'ASC' } });`,
    declined: /values of its own/,
  },
  {
    id: 'H7 two tables',
    what: 'deletes in two tables by one key',
    source: `const ids = [301, 302, 303, 304];
for (const id of ids) {
  await ds.getRepository(Review).delete({ bookId: id });
  await ds.getRepository(Visit).delete({ counter: id });
}
return [await ds.getRepository(Review).count(), await ds.getRepository(Visit).count()];`,
  },
];
