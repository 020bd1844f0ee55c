/** Loops that are written oddly: what they do besides asking must be as before, or there is no edit. Run like the others. */
import type { MendApp } from './apps';

const VISITS = `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
`;
const BOOKS = `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
`;

export const oddApps: readonly MendApp[] = [
  {
    id: 'odd: throws in its turn',
    what: 'each turn catches what its own lookup throws',
    source: `${VISITS}for (const visit of visits) {
  try {
    const publisher = await publishers.findOneByOrFail({ id: visit.publisherId === 202 ? 999 : visit.publisherId });
    out.push(publisher.name);
  } catch { out.push('none'); }
}
return out;`,
    declined: /The key of the lookup is not a plain value/,
  },
  {
    id: 'odd: ends early',
    what: 'the loop ends at a row that it finds',
    source: `${VISITS}for (const visit of visits) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  if (publisher?.name === 'publisher 1') break;
  out.push(publisher?.name);
}
return out;`,
  },
  {
    id: 'odd: row changed',
    what: 'the row found is changed, and comes again for the next turn',
    source: `${VISITS}for (const visit of visits) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  if (!publisher) continue;
  publisher.name += '!';
  out.push(publisher.name);
}
return out;`,
    declined: /The row found is changed in line \d+/,
  },
  {
    id: 'odd: key that counts',
    what: 'a key that counts up where it is written',
    source: `${VISITS}let n = 200;
for (const _ of visits.slice(0, 4)) {
  const publisher = await publishers.findOneBy({ id: ++n });
  out.push(publisher?.name);
}
return out;`,
    declined: /hold more than one value of the loop’s element/,
  },
  {
    id: 'odd: key or undefined',
    what: 'a key that is undefined where the row has none',
    source: `${BOOKS}for (const book of books) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: book.publisherId ?? undefined });
  out.push(publisher?.name ?? null);
}
return out;`,
    declined: /The key of the lookup is not a plain value/,
  },
  {
    id: 'odd: same name within',
    what: 'another row of the same name in a block of the turn',
    source: `${VISITS}for (const visit of visits) {
  const row = { publisherId: 203 - (visit.publisherId - 200) };
  {
    const visit = row;
    const publisher = await publishers.findOneBy({ id: visit.publisherId });
    out.push(publisher?.name);
  }
  out.push(visit.id);
}
return out;`,
  },
  {
    id: 'odd: label',
    what: 'an inner loop that goes on with the outer one',
    source: `${VISITS}outer: for (const visit of visits) {
  for (const part of [1, 2]) {
    if (part === 2) continue outer;
    const publisher = await publishers.findOneBy({ id: visit.publisherId });
    out.push([publisher?.name, part]);
  }
}
return out;`,
    declined: /hold more than one value of the loop’s element/,
  },
  {
    id: 'odd: allSettled',
    what: 'some lookups fail, and the others are kept',
    source: `${VISITS}const results = await Promise.allSettled(visits.map(async (visit) => {
  const publisher = await publishers.findOneByOrFail({ id: visit.publisherId === 202 ? 999 : visit.publisherId });
  return publisher.name;
}));
return results.map((r) => r.status === 'fulfilled' ? r.value : 'failed');`,
    declined: /The key of the lookup is not a plain value/,
  },
  {
    id: 'odd: chain',
    what: 'a chain of promises made by reduce()',
    source: `${VISITS}await visits.reduce(async (before, visit) => {
  await before;
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
}, Promise.resolve());
return out;`,
  },
  {
    id: 'odd: first of each',
    what: 'the last row of each key, by take',
    source: `${BOOKS}for (const author of await ds.getRepository(Author).find({ order: { id: 'ASC' } })) {
  const latest = await ds.getRepository(Book).find({ where: { authorId: author.id }, order: { id: 'DESC' }, take: 1 });
  out.push(latest.map((b) => b.title));
}
return out.concat(books.length);`,
    declined: /would count for all keys together/,
  },
  {
    id: 'odd: struck ones too',
    what: 'rows that are struck are asked for as well',
    source: `${BOOKS}for (const book of books) {
  const notes = await ds.getRepository(Note).find({ where: { bookId: book.id }, withDeleted: true, order: { id: 'ASC' } });
  out.push(notes.map((note) => note.text));
}
return out;`,
  },
  {
    id: 'odd: key left out',
    what: 'a select without the key, whose rows are given back whole',
    source: `${BOOKS}for (const book of books) {
  const notes = await ds.getRepository(Note).find({ where: { bookId: book.id }, select: { text: true }, order: { id: 'ASC' } });
  out.push(notes);
}
return out;`,
    declined: /The lookup’s select leaves out bookId/,
  },
  {
    id: 'odd: first in an order',
    what: 'the first row of each key in an order',
    source: `${BOOKS}for (const author of await ds.getRepository(Author).find({ order: { id: 'ASC' } })) {
  const newest = await ds.getRepository(Book).findOne({ where: { authorId: author.id }, order: { title: 'DESC' } });
  out.push(newest?.title);
}
return out.concat(books.length);`,
    declined: /takes the first row of each authorId, in an order/,
  },
  {
    id: 'odd: list used up',
    what: 'a list that is taken from until nothing is left',
    source: `${VISITS}while (visits.length > 0) {
  const visit = visits.shift();
  if (!visit) break;
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
}
return out;`,
    declined: /How often the loop runs shows only while it runs/,
  },
  {
    id: 'odd: list replaced',
    what: 'the name of the list means another one in the end',
    source: `${VISITS}let chosen = visits;
for (const visit of chosen) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
  chosen = [];
}
return [out, chosen.length];`,
    declined: /changes the list that it runs over/,
  },
  {
    id: 'odd: written as SQL',
    what: 'each turn writes what it looks up, as SQL',
    source: `${VISITS}for (const visit of visits) {
  await ds.query("UPDATE publisher SET name = 'n' || id || '-' || " + visit.id + " WHERE id = " + visit.publisherId);
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push(publisher?.name);
}
return out;`,
    declined: /The loop writes \(query\(\)/,
  },
  {
    id: 'odd: transaction each',
    what: 'a transaction for each lookup',
    source: `${VISITS}for (const visit of visits) {
  await ds.transaction(async (manager) => {
    const publisher = await manager.findOneBy(Publisher, { id: visit.publisherId });
    out.push(publisher?.name);
  });
}
return out;`,
    declined: /stands in a function of its own/,
  },
  {
    id: 'odd: cache off',
    what: 'a lookup that says that it is not to be cached',
    source: `${VISITS}await ds.transaction(async (manager) => {
  for (const visit of visits) {
    const publisher = await manager.findOne(Publisher, { where: { id: visit.publisherId }, cache: false });
    out.push(publisher?.name);
  }
});
return out;`,
    declined: /The lookup has 'cache'/,
  },
  {
    id: 'odd: key tested before',
    what: 'a lookup only where there is a key',
    source: `${BOOKS}for (const book of books) {
  const publisher = book.publisherId ? await ds.getRepository(Publisher).findOneBy({ id: book.publisherId }) : null;
  out.push(publisher?.name ?? 'self');
}
return out;`,
  },
  {
    id: 'odd: key or row',
    what: 'the key itself where it is empty, else the row',
    source: `${BOOKS}for (const book of books) {
  const publisher = book.publisherId && (await ds.getRepository(Publisher).findOneBy({ id: book.publisherId }));
  out.push(publisher ? publisher.name : publisher);
}
return out;`,
  },
  {
    id: 'odd: twice in a turn',
    what: 'the same row twice in a turn, told apart as objects',
    source: `${VISITS}for (const visit of visits) {
  const a = await publishers.findOneBy({ id: visit.publisherId });
  const b = await publishers.findOneBy({ id: visit.publisherId });
  out.push([a?.name, b?.code, a === b]);
}
return out;`,
    declined: /is told from other objects/,
  },
  {
    id: 'odd: set of rows',
    what: 'rows in a Set, which holds each object once',
    source: `${VISITS}const seen = new Set<unknown>();
for (const visit of visits) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  seen.add(publisher);
}
return seen.size;`,
    declined: /is told from other objects/,
  },
  {
    id: 'odd: row removed',
    what: 'the row found is removed, and looked for again',
    source: `${VISITS}for (const visit of visits) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  if (publisher) { await ds.getRepository(Book).update({ publisherId: publisher.id }, { publisherId: null }); await publishers.remove(publisher); }
  out.push(publisher?.id ?? 'gone');
}
return out;`,
    declined: /The loop writes \(remove\(\)/,
  },
  {
    id: 'odd: texts',
    what: 'texts that differ in capitals and spaces',
    source: `${VISITS}for (const code of ['p0', 'P0', 'P1', 'P1 ']) {
  const publisher = await publishers.findOneBy({ code });
  out.push(publisher?.name ?? null);
}
return out.concat(visits.length);`,
  },
  {
    id: 'odd: taker stops',
    what: 'a generator whose taker stops',
    source: `${VISITS}async function* names() {
  for (const visit of visits) {
    const publisher = await publishers.findOneBy({ id: visit.publisherId });
    yield publisher?.name;
  }
}
for await (const name of names()) { out.push(name); if (out.length === 2) break; }
return out;`,
    declined: /calls a function that asks the database/,
  },
  {
    id: 'odd: for in',
    what: 'for … in over a list',
    source: `${VISITS}for (const index in visits) {
  const publisher = await publishers.findOneBy({ id: visits[index]!.publisherId });
  out.push([index, publisher?.name]);
}
return out;`,
  },
  {
    id: 'odd: forEach',
    what: 'forEach() whose promises are collected',
    source: `${VISITS}const waits: Promise<unknown>[] = [];
visits.forEach((visit, i) => {
  waits.push(publishers.findOneBy({ id: visit.publisherId }).then((publisher) => { out[i] = publisher?.name; }));
});
await Promise.all(waits);
return out;`,
    declined: /would be done before the code that follows them/,
  },
  {
    id: 'odd: rows rearranged',
    what: 'the rows of a key are turned round and shortened',
    source: `${BOOKS}for (const book of books) {
  const rows = await ds.getRepository(Review).find({ where: { bookId: book.id }, order: { id: 'ASC' } });
  rows.reverse();
  rows.pop();
  out.push(rows.map((r) => r.rating));
}
return out;`,
  },
  {
    id: 'odd: read again',
    what: 'a row is saved and read again',
    source: `${BOOKS}for (const book of books) {
  book.title = book.title + '*';
  await ds.getRepository(Book).save(book);
  const again = await ds.getRepository(Book).findOneBy({ id: book.id });
  out.push(again?.title);
}
return out;`,
    declined: /perhaps for what an earlier turn wrote/,
  },
  {
    id: 'odd: some skipped',
    what: 'a lazy relation of some of the rows',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ order: { id: 'ASC' } })) {
  if (author.bio) continue;
  out.push((await author.books).map((b) => b.title).sort());
}
return out;`,
  },
  {
    id: 'odd: relation set',
    what: 'a lazy relation that is set in some of the rows before it is read',
    source: `const out: unknown[] = [];
const other = await ds.getRepository(Author).findOneByOrFail({ id: 105 });
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  if (book.id % 2) book.author = Promise.resolve(other);
  out.push((await book.author).name);
}
return out;`,
  },
  {
    id: 'odd: keys of any type',
    what: 'texts, numbers and null as keys',
    source: `const out: unknown[] = [];
for (const id of JSON.parse('["301", 302, "303", null, 304]')) {
  const book = await ds.getRepository(Book).findOneBy({ id });
  out.push(book?.title ?? null);
}
return out;`,
    declined: /The loop asked with texts/,
  },
  {
    id: 'odd: default of a pattern',
    what: 'a default that null does not take',
    source: `${BOOKS}for (const { publisherId = 201, id } of books as { publisherId?: number; id: number }[]) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: publisherId });
  out.push([id, publisher?.name ?? null]);
}
return out;`,
    declined: /Where publisherId is null/,
  },
  {
    id: 'odd: rows counted',
    what: 'how many rows each update changed',
    source: `${VISITS}for (const visit of visits) {
  const result = await ds.getRepository(Visit).update({ id: visit.id }, { counter: 5 });
  out.push(result.affected);
}
return out;`,
    declined: /What the write returns is used in the loop/,
  },
  {
    id: 'odd: ids handed out',
    what: 'the ids that the database gives',
    source: `const out: unknown[] = [];
for (const name of ['a', 'b', 'c', 'd']) {
  const town = await ds.getRepository(Town).save({ name, countryId: 31 });
  out.push(town.id);
}
return out;`,
    declined: /What the write returns is used in the loop/,
  },
  {
    id: 'odd: counted after each',
    what: 'each turn saves, and counts what is there',
    source: `const out: unknown[] = [];
for (const name of ['a', 'b', 'c', 'd']) {
  await ds.getRepository(Town).save({ name, countryId: 31 });
  out.push(await ds.getRepository(Town).countBy({ countryId: 31 }));
}
return out;`,
    declined: /perhaps for what an earlier turn wrote/,
  },
  {
    id: 'odd: then',
    what: 'a lookup and what is made of its row, by then()',
    source: `${VISITS}const names = await Promise.all(visits.map((visit) => publishers.findOneBy({ id: visit.publisherId }).then((p) => p!.name)));
return names;`,
  },
  {
    id: 'odd: filter',
    what: 'rows that are kept where another table has one of them',
    source: `${BOOKS}const kept = [];
for (const book of books) if (await ds.getRepository(Review).existsBy({ bookId: book.id, rating: 5 })) kept.push(book.id);
return [kept, out];`,
  },
  {
    id: 'odd: tasks',
    what: 'functions that look up later',
    source: `${VISITS}const tasks: (() => Promise<unknown>)[] = [];
for (const visit of visits) tasks.push(async () => (await publishers.findOneBy({ id: visit.publisherId }))?.name);
for (const task of tasks) out.push(await task());
return out;`,
    declined: /stands in a function of its own/,
  },
  {
    id: 'odd: entries',
    what: 'entries() of a list, and work beside the lookup',
    source: `${VISITS}for (const [i, visit] of visits.entries()) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push([i, publisher?.name, await Promise.all([1, 2].map((x) => x * i))]);
}
return out;`,
  },
];
