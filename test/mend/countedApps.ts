/** Rows and their number by findAndCount() in a loop, and lists of rows that turns of the same key would share; run like the others. */
import type { MendApp } from './apps';

const BOOKS = `const reviews = ds.getRepository(Review);
const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
`;
const VISITS = `const books = ds.getRepository(Book);
const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
`;

/** A turn that asks for the books of a visit's publisher, which comes several times. */
function turn(code: string): string {
  return `for (const visit of visits) {
  const [rows, count] = await books.findAndCount({ where: { publisherId: visit.publisherId }, order: { id: 'ASC' } });
${code.replace(/^/gm, '  ')}
}`;
}

export const countedApps: readonly MendApp[] = [
  {
    id: 'counted: rows and count',
    what: 'findAndCount() for each row, with a filter and an order',
    source: `${BOOKS}for (const book of books) {
  const [rows, count] = await reviews.findAndCount({ where: { bookId: book.id, published: true }, order: { rating: 'DESC', id: 'ASC' } });
  out.push([rows.map((review) => review.rating), count]);
}
return out;`,
  },
  {
    id: 'counted: only the count',
    what: 'findAndCountBy() of which only the number is taken, in Promise.all',
    source: `${BOOKS}return Promise.all(
  books.map(async (book) => {
    const [, count] = await reviews.findAndCountBy({ bookId: book.id });
    return [book.id, count, out.length];
  }),
);`,
  },
  {
    id: 'counted: keys without rows',
    what: 'the same for keys of which some come twice and some have no rows, by an EntityManager in a transaction',
    source: `const out: unknown[] = [];
await ds.transaction(async (manager) => {
  for (const id of [301, 999, 302, 301, 998]) {
    const [rows, count] = await manager.findAndCount(Review, { where: { bookId: id }, order: { id: 'ASC' } });
    out.push([rows.length, count]);
  }
});
return out;`,
  },
  {
    id: 'counted: several rows of a join',
    what: 'rows with a collection joined: each counts once',
    source: `${VISITS}for (const visit of visits) {
  const [rows, count] = await books.findAndCount({ where: { publisherId: visit.publisherId }, relations: { reviews: true }, order: { id: 'ASC', reviews: { id: 'ASC' } } });
  out.push([rows.map((row) => row.reviews.length), count]);
}
return out;`,
  },
  {
    id: 'counted: a page',
    what: 'a page of rows of each key, and how many there are',
    source: `${BOOKS}for (const book of books) {
  const [rows, count] = await reviews.findAndCount({ where: { bookId: book.id }, order: { id: 'ASC' }, take: 1 });
  out.push([rows.length, count]);
}
return out;`,
    declined: /The lookup has 'take'/,
  },
  {
    id: 'counted: kept as a pair',
    what: 'the pair of rows and count goes on as it is',
    source: `${BOOKS}for (const book of books) out.push(await reviews.findAndCountBy({ bookId: book.id }));
return out;`,
    declined: /is not taken apart at once/,
  },
  {
    id: 'counted: helper',
    what: 'a function of its own asks for rows and count',
    source: `async function summed(bookId: number): Promise<number> {
  const [rows, count] = await ds.getRepository(Review).findAndCountBy({ bookId });
  return rows.reduce((sum, row) => sum + row.rating, count);
}
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await summed(book.id));
return out;`,
    declined: /is asked for in a function of its own/,
  },
  {
    id: 'counted: list shortened',
    what: 'each turn takes a row off the list that the next turn of the key gets',
    source: `${VISITS}${turn('rows.pop();\nout.push([rows.length, count]);')}
return out;`,
    declined: /The row found is changed in line \d+/,
  },
  {
    id: 'counted: copies shortened',
    what: 'each turn takes a row off a list of its own',
    source: `${VISITS}${turn('const [, ...others] = rows;\nothers.pop();\nconst copy = rows.slice();\ncopy.pop();\nout.push([others.length, copy.length, count]);')}
return out;`,
  },
  {
    id: 'shared: rows of a list compared',
    what: 'rows of lists in a Set, which holds each object once',
    source: `${VISITS}const seen = new Set<unknown>();
for (const visit of visits) {
  const rows = await books.findBy({ publisherId: visit.publisherId });
  seen.add(rows[0]);
  out.push(rows.length);
}
return [seen.size, out];`,
    declined: /is told from other objects/,
  },
  {
    id: 'shared: lists compared',
    what: 'a list is told from that of the turn before',
    source: `${VISITS}let last: unknown = null;
for (const visit of visits.sort((a, b) => a.publisherId - b.publisherId)) {
  const rows = await books.findBy({ publisherId: visit.publisherId });
  out.push(last === rows);
  last = rows;
}
return out;`,
    declined: /is told from other objects/,
  },
];
