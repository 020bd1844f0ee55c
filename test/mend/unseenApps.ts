/** Ways of asking in loops that applications were seen to have, each with a twin that looks alike and must be left alone; run like the others. */
import type { MendApp } from './apps';

export const unseenApps: readonly MendApp[] = [
  // Keys
  {
    id: 'key: made',
    what: 'a key that is made from the element',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const code of ['p0 ', ' P1', 'p9', 'P0']) {
  const publisher = await publishers.findOneBy({ code: code.trim().toUpperCase() });
  out.push(publisher?.name ?? null);
}
return out;`,
  },
  {
    id: 'key: cast',
    what: 'texts that are said to be numbers: a Map would not find them',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const id of '201,202,201,203'.split(',')) {
  const publisher = await publishers.findOneBy({ id: id as unknown as number });
  out.push(publisher?.name ?? null);
}
return out;`,
    declined: /cast from another type/,
  },
  {
    id: 'key: text',
    what: 'keys of a request that turn out to be texts',
    source: `const publishers = ds.getRepository(Publisher);
const ids = JSON.parse('["201","202","201","203"]') as number[];
const out: unknown[] = [];
for (const id of ids) {
  const publisher = await publishers.findOneBy({ id });
  out.push(publisher?.name ?? null);
}
return out;`,
    declined: /asked with texts/,
  },
  {
    id: 'key: default',
    what: 'a key with a fallback for rows that have none',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const publisher = await publishers.findOneBy({ id: book.publisherId ?? -1 });
  out.push([book.title, publisher?.name ?? 'nobody']);
}
return out;`,
  },
  {
    id: 'key: null',
    what: 'the same where nobody looks whether there is a key',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const publisher = await publishers.findOneBy({ id: book.publisherId! });
  out.push([book.title, publisher?.name ?? 'nobody']);
}
return out;`,
    declined: /is null, the lookup answers otherwise/,
  },
  {
    id: 'key: one of two',
    what: 'a composite key of which one part is the same for all',
    source: `const rooms = ds.getRepository(Room);
const out: unknown[] = [];
for (const door of [1, 2, 3, 1]) {
  const room = await rooms.findOneBy({ house: 1, door });
  out.push(room ? room.name : null);
}
return out;`,
  },
  // Loops in loops
  {
    id: 'nest: rows of rows',
    what: 'a lookup for each row of each row: asked for once, before both loops',
    source: `const publishers = await ds.getRepository(Publisher).find({ relations: { books: true }, order: { id: 'ASC', books: { id: 'ASC' } } });
const out: unknown[] = [];
for (const publisher of publishers) {
  for (const book of publisher.books ?? []) {
    const author = await ds.getRepository(Author).findOneBy({ id: book.authorId });
    out.push([publisher.name, book.title, author?.name]);
  }
}
return out;`,
  },
  {
    id: 'nest: in an expression',
    what: 'the same by Promise.all within Promise.all',
    source: `const publishers = await ds.getRepository(Publisher).find({ relations: { books: true }, order: { id: 'ASC', books: { id: 'ASC' } } });
return Promise.all(
  publishers.map(async (publisher) => ({
    name: publisher.name,
    authors: await Promise.all((publisher.books ?? []).map(async (book) => (await ds.getRepository(Author).findOneBy({ id: book.authorId }))?.name)),
  })),
);`,
  },
  {
    id: 'nest: pages',
    what: 'page by page: one query for each page',
    source: `const visits = ds.getRepository(Visit);
const out: unknown[] = [];
let page = 0;
while (true) {
  const rows = await visits.find({ order: { id: 'ASC' }, skip: page * 3, take: 3 });
  if (rows.length === 0) break;
  for (const visit of rows) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    out.push([visit.id, publisher?.name]);
  }
  page++;
}
return out;`,
  },
  {
    id: 'nest: slices',
    what: 'slice by slice, as somebody meant it',
    source: `const ids = [201, 202, 203, 201, 202];
const out: unknown[] = [];
for (let i = 0; i < ids.length; i += 2) {
  const found = await Promise.all(ids.slice(i, i + 2).map((id) => ds.getRepository(Publisher).findOneBy({ id })));
  out.push(...found.map((publisher) => publisher?.name ?? null));
}
return out;`,
    declined: /inside of another one/,
  },
  // Rows
  {
    id: 'rows: found, changed, saved',
    what: 'each row is looked up, changed and saved: asked for and written at once',
    source: `const visits = ds.getRepository(Visit);
for (const { id, counter } of [{ id: 702, counter: 4 }, { id: 705, counter: 6 }, { id: 799, counter: 7 }, { id: 703, counter: 8 }]) {
  const visit = await visits.findOneBy({ id });
  if (!visit) continue;
  visit.counter = counter;
  await visits.save(visit);
}
return visits.count();`,
  },
  {
    id: 'rows: found, another saved',
    what: 'the loop saves another row than the one it looked up',
    source: `const visits = ds.getRepository(Visit);
const out: unknown[] = [];
for (const id of [702, 705, 799, 703]) {
  const visit = await visits.findOneBy({ id });
  out.push(visit?.counter ?? null);
  await visits.save({ publisherId: 201, counter: id });
}
return out;`,
    declined: /The loop writes/,
  },
  {
    id: 'rows: sent whole',
    what: 'rows that are sent whole with what was loaded of them',
    source: `const authors = await ds.getRepository(Author).find({ order: { id: 'ASC' } });
const counts: number[] = [];
for (const author of authors) counts.push((await author.books).length);
return JSON.stringify({ authors, counts });`,
    declined: /sent or copied whole/,
  },
  {
    id: 'rows: sent in part',
    what: 'the same rows, of which fields are sent',
    source: `const authors = await ds.getRepository(Author).find({ order: { id: 'ASC' } });
const counts: number[] = [];
for (const author of authors) counts.push((await author.books).length);
return JSON.stringify({ names: authors.map(({ name }) => name), counts });`,
  },
  {
    id: 'place: helper row',
    what: 'a helper that is given the row',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) out.push(await publisherOf(ds, visit));
  return out;
}

async function publisherOf(ds: DataSource, visit: Visit): Promise<string | null> {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  return publisher ? publisher.name : null;
}`,
  },
  // Writes
  {
    id: 'H11 twice',
    what: 'increments by keys that may come twice, and count twice',
    source: `const visits = ds.getRepository(Visit);
for (const id of [702, 705, 702, 703]) await visits.increment({ id }, 'counter', 1);
return visits.count();`,
    declined: /comes twice/,
  },
  {
    id: 'H2 lists',
    what: 'rows saved list by list',
    source: `const visits = ds.getRepository(Visit);
const rows = [201, 202, 201, 202, 201].map((publisherId) => visits.create({ publisherId }));
for (const part of [rows.slice(0, 2), rows.slice(2, 4), rows.slice(4)]) await visits.save(part);
return visits.count();`,
    declined: /list of rows already|save no query/,
  },
];
