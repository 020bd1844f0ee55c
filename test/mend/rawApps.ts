/** Loops whose turns ask a query builder for one raw row of numbers: `select('SUM(r.rating)', 'total')…getRawOne()`. */
import type { MendApp } from './apps';

/** A loop over books in the order of their keys. */
function ofBooks(turn: string): string {
  return `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
${turn.replace(/^/gm, '  ')}
}
return out;`;
}

/** Half of the books have no such reviews. @param row of type `type`, from which `read` takes something */
function ofReviews(select: string, read: string, { more = '', type = '', row = 'row' } = {}): string {
  return ofBooks(`const ${row} = await ds
  .getRepository(Review)
  .createQueryBuilder('r')
  .select(${select})
  .where('r.bookId = :id', { id: book.id })
  .andWhere('r.id > :least', { least: 515 })${more}
  .getRawOne${type}();
out.push(${read});`);
}

export const rawApps: readonly MendApp[] = [
  {
    id: 'raw: sum',
    what: 'a query builder sums up for each row, of which some have nothing',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'book.title, Number(row.total ?? 0), row.total === null'),
  },
  {
    id: 'raw: sum or zero',
    what: 'the same where the code reads nothing as zero',
    source: ofReviews(`'SUM(r.rating)', 'total'`, `parseFloat(row?.total || '0')`),
  },
  {
    id: 'raw: row taken apart',
    what: 'the row is taken apart at once',
    source: ofReviews(`'MAX(r.rating)', 'best'`, '[book.title, best]', { row: '{ best }' }),
  },
  {
    id: 'raw: row as it is',
    what: 'the row goes into the answer as it is',
    source: ofReviews(`'SUM(r.rating)', 'total'`, '{ title: book.title, numbers: row }', { more: `\n  .addSelect('MIN(r.id)', 'first')` }),
  },
  {
    id: 'raw: average and count',
    what: 'an average and a count, made numbers of',
    source: ofReviews(
      `'AVG(r.rating)', 'average'`,
      `{ average: row?.average ? Number(row.average).toFixed(1) : null, count: parseInt(row.count, 10) }`,
      {
        more: `\n  .addSelect('COUNT(r.id)', 'count')`,
      },
    ),
  },
  {
    id: 'raw: coalesce',
    what: 'a sum that SQL makes zero of nothing',
    source: ofReviews(`'COALESCE(SUM(r.rating), 0)', 'sum'`, '+row.sum'),
  },
  {
    id: 'raw: typed',
    what: 'the code says what the row is',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'row!.total === null ? null : Number(row!.total)', { type: '<{ total: string | null }>' }),
  },
  {
    id: 'raw: typed without null',
    what: 'the same where its type leaves out that a sum may be null, as does what reads it',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'Number(row?.total ?? 0)', { type: '<{ total: string }>' }),
  },
  {
    id: 'raw: named in SQL',
    what: 'names within the SQL, in a list',
    source: ofReviews(`['SUM(r.rating) AS total', 'MIN(r.rating) as "lowest"']`, 'row.total, row.lowest'),
  },
  {
    id: 'raw: joined rows, deleted ones left out',
    what: 'numbers of joined rows, of which some are softly deleted',
    source: `const authors = await ds.getRepository(Author).find({ order: { id: 'ASC' } });
return Promise.all(
  authors.map(async (author) => {
    const { notes, last } = await ds.manager
      .createQueryBuilder(Book, 'book')
      .leftJoin('book.notes', 'note')
      .select('COUNT(DISTINCT note.id)', 'notes')
      .addSelect('MAX(note.id)', 'last')
      .where('book.author = :author', { author: author.id })
      .getRawOne();
    return [author.name, Number(notes), last];
  }),
);`,
  },
  {
    id: 'raw: helper',
    what: 'a helper sums up: it is handed the sums',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push([book.title, await totalOf(ds, book.id)]);
  return out;
}

async function totalOf(ds: DataSource, bookId: number): Promise<number> {
  const result = await ds.getRepository(Review).createQueryBuilder('r').select('SUM(r.rating)', 'total').where('r.bookId = :bookId', { bookId }).getRawOne();
  return parseFloat(result.total) || 0;
}`,
  },
  {
    id: 'raw: service',
    what: 'a service makes numbers of the row: it is handed the rows',
    files: {
      'raw-reviews.ts': `export class RawReviews {
  constructor(private readonly reviews: Repository<Review>) {}

  async stats(bookId: number): Promise<{ average: number; count: number }> {
    const { average, count } = await this.reviews
      .createQueryBuilder('review')
      .select('AVG(review.rating)', 'average')
      .addSelect('COUNT(review.id)', 'count')
      .where('review.bookId = :bookId', { bookId })
      .andWhere('review.id > 512')
      .getRawOne();
    return { average: Number(average ?? 0), count: Number(count) };
  }
}`,
    },
    source: `import { RawReviews } from './raw-reviews';

export async function run(ds: DataSource): Promise<unknown> {
  const service = new RawReviews(ds.getRepository(Review));
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await service.stats(book.id));
  return out;
}`,
  },
  {
    id: 'raw: count as it is',
    what: 'a raw count is sent as the driver gives it',
    source: ofReviews(`'COUNT(*)', 'count'`, 'row.count'),
    declined: /A raw count of 0 is a number or a text/,
  },
  {
    id: 'raw: count or one',
    what: 'the code asks whether a raw count is falsy, which the text of a zero is not',
    source: ofReviews(`'COUNT(*)', 'count'`, 'Number(row.count || 1)'),
    declined: /A raw count of 0 is a number or a text/,
  },
  {
    id: 'raw: typed without null, read as it is',
    what: 'the row’s type leaves out that a sum may be null, and the code relies on it',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'Number(row!.total)', { type: '<{ total: string }>' }),
    declined: /says nothing of keys that have no rows/,
  },
  {
    id: 'raw: made of two sums',
    what: 'a quotient of two sums',
    source: ofReviews(`'SUM(r.rating) / COUNT(*)', 'mean'`, 'row.mean'),
    declined: /more than sums, counts and the like/,
  },
  {
    id: 'raw: a column',
    what: 'a column of whichever row comes first',
    source: ofReviews(`'r.rating', 'rating'`, 'row?.rating'),
    declined: /more than sums, counts and the like/,
  },
  {
    id: 'raw: key named twice',
    what: 'what is summed up names the key as well',
    source: ofReviews(`'SUM(CASE WHEN r.bookId = :id THEN 1 ELSE 2 END)', 'total'`, 'row.total'),
    declined: /names :id in more places/,
  },
  {
    id: 'raw: having',
    what: 'a condition on the sum, without which there is no row',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'row === undefined', { more: `\n  .having('SUM(r.rating) > 2')` }),
    declined: /having\(\) would count for all keys together/,
  },
  {
    id: 'raw: grouped already',
    what: 'the query builder groups by the key, so that there is no row where there is nothing',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'row === undefined', { more: `\n  .groupBy('r.bookId')` }),
    declined: /groupBy\(\) would count for all keys together/,
  },
  {
    id: 'raw: named like the key',
    what: 'something is selected by the name of the key',
    source: ofReviews(`'MAX(r.bookId)', 'bookId'`, 'row.bookId'),
    declined: /selects something else as bookId/,
  },
  {
    id: 'raw: row changed',
    what: 'the row is changed, and turns with the same key would share it',
    source: `const out: unknown[] = [];
for (const id of [301, 302, 301, 399]) {
  const row = await ds.getRepository(Review).createQueryBuilder('r').select('SUM(r.rating)', 'total').where('r.bookId = :id', { id }).getRawOne();
  row.total = Number(row.total) + 1;
  out.push(row.total);
}
return out;`,
    declined: /turns with the same key would share it/,
  },
  {
    id: 'raw: sums what it changes',
    what: 'the turn writes what the next one sums up',
    source:
      ofBooks(`const row = await ds.getRepository(Review).createQueryBuilder('r').select('SUM(r.rating)', 'total').where('r.bookId = :id', { id: book.id }).getRawOne();
await ds.getRepository(Review).update({ bookId: book.id + 1 }, { rating: row.total });`),
    declined: /The loop (writes|does more than write)/,
  },
  {
    id: 'raw: distinct',
    what: 'the query builder asks for different rows',
    source: ofReviews(`'SUM(r.rating)', 'total'`, 'row.total', { more: '\n  .distinct(true)' }),
    declined: /distinct\(\) would count for all keys together/,
  },
  {
    id: 'builder: key named twice',
    what: 'a query builder counts by the key and by another condition that names it',
    source:
      ofBooks(`const count = await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).andWhere('r.id > :id').getCount();
out.push(count);`),
    declined: /names :id in more places/,
  },
  // Conditions that one call joins to the key's
  {
    id: 'builder: two conditions in one call',
    what: 'a query builder says the key’s condition and another one in one call: the other one gets a call of its own',
    source: ofBooks(`const best = await ds
  .getRepository(Review)
  .createQueryBuilder('r')
  .where('r.bookId = :id AND (r.rating > :least OR r.rating = 0)', { id: book.id, least: 2 })
  .orderBy('r.id', 'DESC')
  .getMany();
out.push(best.map((review) => review.id));`),
  },
  {
    id: 'builder: two conditions counted',
    what: 'the same where the rows are counted, and the key is named last',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.published = :is and r.bookId = :id', { is: true, id: book.id }).getCount());`,
    ),
  },
  {
    id: 'builder: an or in one call',
    what: 'an or stands beside the key’s condition in one call',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id AND r.rating > :least OR r.rating = 0', { id: book.id, least: 2 }).getCount());`,
    ),
    declined: /conditions are SQL text/,
  },
  {
    id: 'builder: between in one call',
    what: 'an and that belongs to BETWEEN',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id AND r.rating BETWEEN :a AND :b', { id: book.id, a: 1, b: 3 }).getCount());`,
    ),
    declined: /conditions are SQL text/,
  },
  {
    id: 'builder: not both',
    what: 'a NOT around both conditions',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('NOT (r.bookId = :id AND r.rating > 2)', { id: book.id }).getCount());`,
    ),
    declined: /conditions are SQL text/,
  },
  {
    id: 'builder: both in parentheses',
    what: 'parentheses within those around both conditions',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('NOT ((r.rating > 2) AND r.bookId = :id)', { id: book.id }).getCount());`,
    ),
    declined: /conditions are SQL text/,
  },
  {
    id: 'builder: parentheses in one call',
    what: 'the conditions stand in parentheses, each in its own',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where('(r.bookId = :id) AND NOT (r.rating > 2)', { id: book.id }).getCount());`,
    ),
  },
  {
    id: 'builder: quotes in one call',
    what: 'an AND in quotes',
    source: ofBooks(
      `out.push(await ds.getRepository(Review).createQueryBuilder('r').where("r.bookId = :id AND r.rating || ' and ' <> ''", { id: book.id }).getCount());`,
    ),
    declined: /conditions are SQL text/,
  },
  {
    id: 'builder: two conditions, one moved',
    what: 'the other condition’s value changes from turn to turn',
    source: `const out: unknown[] = [];
let least = 0;
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id AND r.rating > :least', { id: book.id, least }).getCount());
  least++;
}
return out;`,
    declined: /needs more of the loop’s turn than its key/,
  },
  {
    id: 'called: properties named as parameters',
    what: 'a helper’s conditions are called as its parameters are, and the loop calls them otherwise',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const [most, rating] = [2, true];
  const out: unknown[] = [];
  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) out.push(await number(ds, book.id, most + 1, rating));
  return out;
}

async function number(ds: DataSource, bookId: number, rating: number, published: boolean): Promise<number> {
  return ds.getRepository(Review).countBy({ bookId, rating, published });
}`,
  },
];
