/** What services of applications ask in loops besides: rows told apart behind a relation, pairs, labels, builders of a function, rows saved and kept. */
import type { MendApp } from './apps';

export const serviceApps: readonly MendApp[] = [
  // Keys behind a relation
  {
    id: 'relation key: list',
    what: 'the foreign key is no property: rows are told apart by the related row, which is loaded with them',
    source: `const out: unknown[] = [];
for (const shelf of await ds.getRepository(Shelf).find({ order: { id: 'ASC' } })) {
  const slots = await ds.getRepository(Slot).find({ where: { shelf: { id: shelf.id } }, order: { width: 'DESC' } });
  const wide = slots.filter((slot) => slot.width > 2);
  out.push([shelf.label, wide.map(({ width }) => width), slots.length]);
}
return JSON.stringify(out);`,
  },
  {
    id: 'relation key: by',
    what: 'the same by findBy, whose rows had no order',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  let pages = '';
  for (const mark of await ds.getRepository(Mark).findBy({ book: { id: book.id } })) pages += mark.page + ' ';
  out.push([book.title, pages]);
}
return out;`,
  },
  {
    id: 'relation key: count',
    what: 'a count by a relation whose foreign key is no property',
    source: `const out: unknown[] = [];
for (const note of await ds.getRepository(Note).find({ order: { id: 'ASC' } }))
  out.push([note.text, await ds.getRepository(Mark).count({ where: { note: { id: note.id } } })]);
return out;`,
  },
  {
    id: 'relation key: whole',
    what: 'the same rows, sent whole: the loaded relation would show',
    source: `const out: unknown[] = [];
for (const note of await ds.getRepository(Note).find({ order: { id: 'ASC' } })) {
  const marks = await ds.getRepository(Mark).find({ where: { note: { id: note.id }, page: 7 }, order: { id: 'ASC' } });
  out.push({ text: note.text, marks });
}
return out;`,
    declined: /seen whole in line/,
  },
  {
    id: 'relation key: builder',
    what: 'a query builder by a foreign key that is no property',
    source: `const out: unknown[] = [];
for (const note of await ds.getRepository(Note).find({ order: { id: 'ASC' } })) {
  const marks = await ds.getRepository(Mark).createQueryBuilder('m').where('m.noteId = :id', { id: note.id }).orderBy('m.id').getMany();
  out.push([note.text, marks.length]);
}
return out;`,
    declined: /no property for the foreign key of note/,
  },
  {
    id: 'key: not selected',
    what: 'a select without the key by which the rows are told apart',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id }, select: { id: true, rating: true }, order: { id: 'ASC' } });
  out.push([book.title, reviews.map((review) => review.rating)]);
}
return out;`,
  },
  {
    id: 'key: of the turn',
    what: 'a condition that the turn takes out of its row',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
  const { title } = book;
  const twin = await ds.getRepository(Book).findOneBy({ id: book.id, title });
  out.push(twin?.authorId ?? null);
}
return out;`,
    declined: /more than/,
  },
  {
    id: 'key: optional',
    what: 'keys of a request that may be missing, looked at first',
    source: `const wanted: { code?: string }[] = [{ code: 'P0' }, {}, { code: 'P1' }, { code: 'P9' }, { code: 'P0' }];
const out: unknown[] = [];
for (const each of wanted) {
  const publisher = each.code ? await ds.getRepository(Publisher).findOneBy({ code: each.code }) : null;
  out.push(publisher && publisher.name);
}
return out;`,
  },
  // Loops
  {
    id: 'loop: pairs',
    what: 'a Map’s pairs of a key and its rows',
    source: `const byPublisher = new Map<number, string[]>();
for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } }))
  byPublisher.set(visit.publisherId + (visit.id % 3), [...(byPublisher.get(visit.publisherId + (visit.id % 3)) ?? []), String(visit.id)]);
const out: unknown[] = [];
for (const [id, visits] of byPublisher) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  out.push([publisher?.name ?? '?', visits]);
}
return out;`,
  },
  {
    id: 'loop: labelled',
    what: 'a loop with a label, which stays with it',
    source: `const out: unknown[] = [];
const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
next: for (const book of books) {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id, published: true }, order: { id: 'ASC' } });
  for (const review of reviews) if (review.rating === 5) continue next;
  out.push(book.title);
}
return out;`,
  },
  {
    id: 'loop: length',
    what: 'a counting loop that keeps the length',
    source: `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (let i = 0, n = visits.length; i < n; i++) {
  const visit = visits[i]!;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  out.push(publisher?.code);
}
return out;`,
  },
  // Places
  {
    id: 'place: builder function',
    what: 'a query builder that a function of the file returns',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const book of await written(ds, 101).getMany()) out.push([book.title, (await book.author).name]);
  for (const book of await written(ds, 102).getMany()) out.push(book.title);
  return out;
}

function written(ds: DataSource, since: number) {
  return ds.getRepository(Book).createQueryBuilder('b').where('b.authorId >= :since', { since }).orderBy('b.id', 'ASC');
}`,
  },
  {
    id: 'place: two helpers',
    what: 'a helper that asks for two things, beside another loop that asks for one of them',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const books = await ds.getRepository(Book).find({ order: { id: 'ASC' } });
  return Promise.all(books.map((book) => shown(ds, book)));
}

async function shown(ds: DataSource, book: Book): Promise<unknown> {
  const publisher = book.publisherId ? await ds.getRepository(Publisher).findOneBy({ id: book.publisherId }) : null;
  return [book.title, publisher && publisher.name];
}

export async function others(ds: DataSource): Promise<unknown> {
  const books = await ds.getRepository(Book).find();
  return Promise.all(books.map(async (book) => (await ds.getRepository(Publisher).findOneBy({ id: book.publisherId ?? 0 }))?.name));
}`,
  },
  // Writes
  {
    id: 'H1 kept',
    what: 'what each save gives back is kept in a list',
    source: `const rooms = ds.getRepository(Room);
const made: Room[] = [];
for (const door of [11, 12, 13, 14]) made.push(await rooms.save(rooms.create({ house: 7, door, name: 'new ' + door })));
return made.map((room) => room.door);`,
  },
  {
    id: 'H7 two',
    what: 'deletes in two tables',
    source: `for (const id of [601, 602, 603, 604]) {
  await ds.getRepository(Mark).delete({ note: { id } });
  await ds.getRepository(Note).delete(id);
}
return [await ds.getRepository(Note).count({ withDeleted: true }), await ds.getRepository(Mark).count()];`,
    declined: /one plain value|does more than write/,
  },
  {
    id: 'rows: found by code, saved',
    what: 'rows looked up by a unique column, changed and saved, one of them twice',
    source: `const publishers = ds.getRepository(Publisher);
for (const [code, name] of [['P0', 'first'], ['P9', 'nobody'], ['P1', 'second'], ['P0', 'third']] as [string, string][]) {
  const publisher = await publishers.findOneBy({ code });
  if (!publisher) continue;
  publisher.name += ' ' + name;
  await publishers.save(publisher);
}
return publishers.find({ order: { id: 'ASC' } });`,
  },
  {
    id: 'rows: found or made',
    what: 'a row that is made where none was found, for the next turn to find',
    source: `const publishers = ds.getRepository(Publisher);
const out: string[] = [];
for (const code of ['P0', 'N1', 'N1', 'P1', 'N2']) {
  let publisher = await publishers.findOneBy({ code });
  if (!publisher) {
    publisher = publishers.create({ code, name: 'new' });
    await publishers.save(publisher);
  }
  out.push(publisher.name);
}
return [out, await publishers.count()];`,
    declined: /The loop writes/,
  },
];
