/** Lazy relations in loops through which rows of several queries go, or whose rows are written before they are read; run like the others. */
import type { MendApp } from './apps';

const AUTHORS = `const repo = ds.getRepository(Author);
const authors = await repo.find({ order: { id: 'ASC' } });
const out: unknown[] = [];
`;
const BOOKS = `const repo = ds.getRepository(Book);
const books = await repo.find({ order: { id: 'ASC' } });
const out: unknown[] = [];
`;

export const rowsOfOthersApps: readonly MendApp[] = [
  {
    id: 'rows: another one added',
    what: 'a row of another query is added to the list before the loop, and goes on loading its own',
    source: `${AUTHORS}authors.push(await repo.findOneByOrFail({ id: 101 }));
for (const author of authors) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'rows: one replaced',
    what: 'a row of the list is replaced by one of another query',
    source: `${AUTHORS}authors[0] = await repo.findOneByOrFail({ id: 101 });
for (const author of authors) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'rows: of two queries',
    what: 'rows of two queries in one loop: the query of most of them loads the relation',
    source: `${AUTHORS}const others = await repo.findBy({ id: 102 });
for (const author of [...others, ...authors]) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'rows: of two queries, to-one',
    what: 'the same for a to-one relation, and lists of rows',
    source: `${BOOKS}books[0] = await repo.findOneByOrFail({ id: 310 });
books.push(...(await repo.findBy({ id: 305 })));
for (const book of books) out.push((await book.author).name);
return out;`,
  },
  {
    id: 'rows: some read anew',
    what: 'the loop’s variable is given a row that is read anew, in some turns',
    source: `${AUTHORS}for (let author of authors) {
  if (author.id === 104) author = await repo.findOneByOrFail({ id: author.id });
  out.push((await author.books).length);
}
return out;`,
  },
  {
    id: 'rows: nested, of two queries',
    what: 'relations of relations, where a row of another query is among the first ones',
    source: `${AUTHORS}authors.push(await repo.findOneByOrFail({ id: 101 }));
for (const author of authors) for (const book of await author.books) out.push((await book.tags).length);
return out;`,
  },
  {
    id: 'rows: read anew in each turn',
    what: 'the loop’s variable is given a row that is read anew in each turn: what the list’s query loads would not be read',
    source: `${AUTHORS}const reload = (author: Author) => repo.findOneByOrFail({ id: author.id });
for (let author of authors) {
  author = await reload(author);
  out.push((await author.books).length);
}
return out;`,
    declined: /The key is changed in line \d+ before it is asked for/,
  },
  {
    id: 'rows: most read anew',
    what: 'the same in most turns, by a query that loads a row each',
    source: `${AUTHORS}for (let author of authors) {
  if (author.id % 2) [author] = (await repo.find({ where: { id: author.id }, take: 1 })) as [Author];
  out.push((await author.books).length);
}
return out;`,
    declined: /would count for all keys together/,
  },
  {
    id: 'writes: own foreign key',
    what: 'the turn changes the foreign key of its row and saves it: the lazy read sees that',
    source: `${BOOKS}for (const book of books) {
  book.authorId = 101;
  await repo.save(book);
  out.push((await book.author).name);
}
return out;`,
    declined: /The loop writes \(save\(\)/,
  },
  {
    id: 'writes: own foreign key by a helper',
    what: 'the same in a function that the turn calls',
    source: `async function move(book: Book): Promise<void> {
  Object.assign(book, { authorId: 105 });
  await ds.getRepository(Book).save(book);
}
${BOOKS}for (const book of books) {
  await move(book);
  out.push((await book.author).name);
}
return out;`,
    declined: /The loop calls move\(\)/,
  },
];
