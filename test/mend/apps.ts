/**
 * Small apps with a loading mistake each, as users write them. Each is profiled, mended by what the profiler found, and run again; what comes of it
 * stands in docs/edits.md. `declined` names why there is no edit; `versions` those that can run it.
 */
export const DATABASES = ['SQLite', 'PostgreSQL'] as const;
export type Database = (typeof DATABASES)[number];

export interface MendApp {
  readonly id: string;
  /** In the users' words, for the table. */
  readonly what: string;
  readonly source: string;
  /** Other files that it needs, by their names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Matches the reason given; absent where the app is mended. */
  readonly declined?: RegExp;
  readonly versions?: readonly string[];
  /** The same, where it is a matter of the database. */
  readonly declinedOnly?: Readonly<Partial<Record<Database, RegExp>>>;
}

/** Matches why there is no edit on a database; undefined where there is one. */
export function declinedOn({ declined, declinedOnly }: MendApp, database: Database): RegExp | undefined {
  return declined ?? declinedOnly?.[database];
}

export const apps: readonly MendApp[] = [
  // Lazy relations
  {
    id: 'A1',
    what: 'a lazy collection in a loop, no options yet',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find()) out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'A1 options',
    what: 'the same with where and order',
    source: `const repo = ds.getRepository(Author);
const authors = await repo.find({
  where: { bio: IsNull() },
  order: { name: 'DESC' },
});
const out: unknown[] = [];
for (const author of authors) out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'A2',
    what: 'a lazy many-to-one',
    source: `const books = await ds.getRepository(Book).find();
const out: unknown[] = [];
for (const book of books) out.push([book.title, (await book.author).name]);
return out;`,
  },
  {
    id: 'A3',
    what: 'a lazy one-to-one, owning side',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ order: { id: 'ASC' } })) out.push((await author.profile).motto);
return out;`,
  },
  {
    id: 'A4',
    what: 'a lazy one-to-one, inverse side',
    source: `const out: unknown[] = [];
for (const profile of await ds.getRepository(Profile).find()) out.push([profile.motto, (await profile.author).name]);
return out;`,
  },
  {
    id: 'A5',
    what: 'a lazy many-to-many, owning side',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push((await book.tags).map((tag) => tag.word));
return out;`,
  },
  {
    id: 'A6',
    what: 'a lazy many-to-many, inverse side',
    source: `const out: unknown[] = [];
for (const tag of await ds.getRepository(Tag).find()) out.push((await tag.books).map((book) => book.title));
return out;`,
  },
  {
    id: 'A7',
    what: 'all at once through Promise.all, EntityManager',
    source: `const books = await ds.manager.find(Book);
return Promise.all(books.map(async (book) => [book.title, (await book.author).name]));`,
  },
  {
    id: 'A15',
    what: 'read by a serializer in another function',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const authors = await ds.getRepository(Author).find();
  return Promise.all(authors.map(present));
}

async function present(author: Author) {
  return { name: author.name, books: (await author.books).length };
}`,
  },
  {
    id: 'A16',
    what: 'a lazy many-to-one that is null for some',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find()) out.push((await author.country)?.name ?? null);
return out;`,
  },
  {
    id: 'E9',
    what: 'a composite foreign key',
    source: `const out: unknown[] = [];
for (const chair of await ds.getRepository(Chair).find()) out.push((await chair.room).name);
return out;`,
    declined: /compares one column/,
  },
  {
    id: 'E11',
    what: 'soft-deleted rows stay away',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push((await book.notes).map((note) => note.text));
return out;`,
  },
  {
    id: 'E11 withDeleted',
    what: 'a query with soft-deleted rows would load deleted notes too',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ withDeleted: true })) out.push((await book.notes).map((note) => note.text));
return out;`,
    declined: /soft-deleted/,
  },
  {
    id: 'active record',
    what: 'Active Record: Shelf.find()',
    source: `Shelf.useDataSource(ds);
Slot.useDataSource(ds);
const out: unknown[] = [];
for (const shelf of await Shelf.find()) out.push([shelf.label, (await shelf.slots).map((slot) => slot.width)]);
return out;`,
  },
  {
    id: 'K8 callers',
    what: 'options from callers, who want different things',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  return [await list(ds, { order: { id: 'ASC' } }), await list(ds, { where: { bio: IsNull() } })];
}

async function list(ds: DataSource, options: FindManyOptions<Author>) {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find(options)) out.push((await author.books).length);
  return out;
}`,
    declined: /come from the caller/,
  },
  // Nested and sibling relations
  {
    id: 'D1',
    what: 'nested lazy relations, one edit',
    source: `const out: unknown[] = [];
for (const country of await ds.getRepository(Country).find())
  for (const author of await country.authors) out.push([country.name, author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'D2',
    what: 'the outer relation loaded, the inner one lazy',
    source: `const out: unknown[] = [];
const books = await ds.getRepository(Book).find({ relations: { notes: true } });
for (const book of books) for (const note of await book.notes) out.push([note.text, (await note.marks).map((mark) => mark.page)]);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'D2 to-one',
    what: 'the outer relation loaded, the inner one to-one',
    source: `const out: unknown[] = [];
const countries = await ds.getRepository(Country).find({ relations: { authors: true } });
for (const country of countries) for (const author of await country.authors) out.push([author.name, (await author.profile).motto]);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'D2 ordered',
    what: 'the outer relation loaded in an order of its own, the inner one lazy',
    source: `const out: unknown[] = [];
const countries = await ds.getRepository(Country).find({ relations: { authors: true }, order: { id: 'ASC', authors: { id: 'ASC' } } });
for (const country of countries) for (const author of await country.authors) out.push([author.name, (await author.profile).motto]);
return out;`,
  },
  {
    id: 'D2 unindexed',
    what: 'the outer relation joined in SQLite’s own order, the inner one a collection',
    source: `const out: unknown[] = [];
const countries = await ds.getRepository(Country).find({ relations: { authors: true } });
for (const country of countries) for (const author of await country.authors) out.push((await author.books).map((book) => book.title));
return out;`,
    declinedOnly: { SQLite: /sorts it its own way/, PostgreSQL: /Say its order first/ },
  },
  {
    id: 'D4',
    what: 'two sibling relations, one edit',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push([(await book.author).name, (await book.tags).map((tag) => tag.word)]);
return out;`,
  },
  {
    id: 'D5',
    what: 'one sibling loaded, the other lazy',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { publisher: true } })) out.push([book.publisher?.name, (await book.author).name]);
return out;`,
  },
  {
    id: 'D11',
    what: 'beneath a single row: findOneByOrFail',
    source: `const author = await ds.getRepository(Author).findOneByOrFail({ id: 102 });
const out: unknown[] = [];
for (const book of await author.books) out.push([book.title, (await book.tags).map((tag) => tag.word)]);
return out;`,
  },
  // Where the call's options are
  {
    id: 'K5',
    what: 'string arrays of 0.3 stay string arrays',
    versions: ['typeorm-0.3'],
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ relations: ['books'] }))
  for (const book of await author.books) out.push((await book.tags).length);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'K5 ordered',
    what: 'string arrays of 0.3 stay string arrays, beside an order',
    versions: ['typeorm-0.3'],
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ relations: ['books'], order: { id: 'ASC', books: { id: 'ASC' } } }))
  for (const book of await author.books) out.push((await book.tags).length);
return out;`,
  },
  {
    id: 'K6',
    what: 'findBy becomes find',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).findBy({ bio: IsNull() })) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'K6 manager',
    what: 'findBy of an EntityManager, where in a variable',
    source: `const where = { bio: Not(IsNull()) };
const out: unknown[] = [];
for (const author of await ds.manager.findBy(Author, where)) out.push((await author.profile).motto);
return out;`,
  },
  {
    id: 'K7',
    what: 'a select stays as it is',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ select: { id: true, name: true } })) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'K7 key',
    what: 'a select without the key, which the query strategy needs',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ select: { title: true, id: true }, order: { id: 'ASC' } })) out.push((await book.tags).length);
return out;`,
  },
  {
    id: 'K8',
    what: 'options in a variable',
    source: `const options: FindManyOptions<Author> = { order: { id: 'ASC' } };
const authors = await ds.getRepository(Author).find(options);
const out: unknown[] = [];
for (const author of authors) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'K8 spread',
    what: 'options that spread others: relations may hide in them',
    source: `const base: FindManyOptions<Author> = { order: { id: 'ASC' } };
const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ ...base, where: { bio: IsNull() } })) out.push((await author.books).length);
return out;`,
  },
  {
    id: 'K8 function',
    what: 'options returned by a function of the same file',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find(byName())) out.push((await author.books).length);
  return out;
}

function byName(): FindManyOptions<Author> {
  return { order: { name: 'ASC' } };
}`,
  },
  {
    id: 'K8 parameter',
    what: 'options from the function’s only caller',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  return list(ds, { order: { id: 'ASC' } });
}

async function list(ds: DataSource, options: FindManyOptions<Author>) {
  const out: unknown[] = [];
  for (const author of await ds.getRepository(Author).find(options)) out.push((await author.books).length);
  return out;
}`,
  },
  {
    id: 'custom repository',
    what: 'a repository of one’s own: this.find()',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const authors = ds.getRepository(Author).extend({
    byName(this: Repository<Author>) {
      return this.find({ order: { name: 'ASC' } });
    },
  });
  const out: unknown[] = [];
  for (const author of await authors.byName()) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'repository class',
    what: 'a class that extends Repository',
    source: `class Authors extends Repository<Author> {
  async list(): Promise<Author[]> {
    return this.find({ order: { name: 'ASC' } });
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const author of await new Authors(Author, ds.manager).list()) out.push([author.name, (await author.books).length]);
  return out;
}`,
  },
  {
    id: 'service',
    what: 'a service with an injected repository',
    source: `class AuthorService {
  constructor(private readonly authors: Repository<Author>) {}

  async titles(): Promise<string[]> {
    const authors = await this.authors.find();
    const books = await Promise.all(authors.map((author) => author.books));
    return books.flat().map(({ title }) => title);
  }
}

export async function run(ds: DataSource): Promise<unknown> {
  return new AuthorService(ds.getRepository(Author)).titles();
}`,
  },
  {
    id: 'transaction',
    what: 'inside of a transaction',
    source: `return ds.transaction(async (manager) => {
  const out: unknown[] = [];
  for (const author of await manager.find(Author)) out.push((await author.books).length);
  return out;
});`,
  },
  {
    id: 'K10',
    what: 'a second collection beside a joined one',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { reviews: true } }))
  out.push([book.reviews.map((review) => review.rating), (await book.tags).map((tag) => tag.word)]);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'K10 indexed',
    what: 'a second collection beside a joined one whose foreign key is indexed',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { notes: true } }))
  out.push([(await book.notes).map((note) => note.text), (await book.marks).map((mark) => mark.page)]);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'K10 ordered',
    what: 'a second collection beside one that is joined in an order of its own',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { reviews: true }, order: { id: 'ASC', reviews: { id: 'ASC' } } }))
  out.push([book.reviews.map((review) => review.rating), (await book.tags).map((tag) => tag.word)]);
return out;`,
  },
  {
    id: 'K11',
    what: 'a page (take, skip) of rows with a collection',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).find({ order: { name: 'ASC' }, take: 3, skip: 1 })) out.push([author.name, (await author.books).length]);
return out;`,
  },
  {
    id: 'K11 count',
    what: 'findAndCount of a page',
    source: `const [authors, total] = await ds.getRepository(Author).findAndCount({ order: { name: 'ASC' }, take: 3 });
const out: unknown[] = [total];
for (const author of authors) out.push((await author.books).map((book) => book.title));
return out;`,
  },
  // Query builders
  {
    id: 'K9',
    what: 'a query builder; the collection keeps its order',
    source: `const authors = await ds
  .getRepository(Author)
  .createQueryBuilder('author')
  .orderBy('author.name')
  .getMany();
const out: unknown[] = [];
for (const author of authors) out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'K9 unordered',
    what: 'a query builder without an order',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).createQueryBuilder('a').getMany()) out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'K9 to-one',
    what: 'a query builder in a variable, a to-one relation',
    source: `const query = ds.getRepository(Book).createQueryBuilder('book').where('book.title > :title', { title: 'book 2' });
query.orderBy('book.title', 'DESC');
const out: unknown[] = [];
for (const book of await query.getMany()) out.push([book.title, (await book.author).name]);
return out;`,
  },
  {
    id: 'K9 alias',
    what: 'the alias is taken by another join',
    source: `const books = await ds
  .getRepository(Book)
  .createQueryBuilder('book')
  .leftJoin('book.publisher', 'author')
  .where("author.name = 'publisher 1'")
  .orderBy('book.id')
  .getMany();
const out: unknown[] = [];
for (const book of books) out.push([book.title, (await book.author).name]);
return out;`,
  },
  {
    id: 'K9 page',
    what: 'a page of a query builder',
    source: `const out: unknown[] = [];
for (const author of await ds.getRepository(Author).createQueryBuilder('author').orderBy('author.name').take(3).getMany())
  out.push([author.name, (await author.books).map((book) => book.title)]);
return out;`,
    declinedOnly: { SQLite: /SQLite would sort it its own way/ },
  },
  {
    id: 'K9 page indexed',
    what: 'the same where the foreign key is indexed',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).createQueryBuilder('book').orderBy('book.title').take(4).getMany())
  out.push([book.title, (await book.notes).map((note) => note.text)]);
return out;`,
  },
  {
    id: 'K9 many-to-many',
    what: 'a query builder, a many-to-many',
    source: `const out: unknown[] = [];
for (const tag of await ds.getRepository(Tag).createQueryBuilder('tag').orderBy('tag.word', 'DESC').getMany())
  out.push([tag.word, (await tag.books).map((book) => book.title)]);
return out;`,
  },
  {
    id: 'K9 filter',
    what: 'a join that filters the collection',
    source: `const authors = await ds
  .getRepository(Author)
  .createQueryBuilder('author')
  .innerJoin('author.books', 'book')
  .where("book.title = 'book 3' OR book.title = 'book 4'")
  .getMany();
const out: unknown[] = [];
for (const author of authors) out.push((await author.books).length);
return out;`,
    declined: /filters 'author.books'/,
  },
  // Lookups in loops
  {
    id: 'B1',
    what: 'findOneBy by the foreign key becomes the relation; null stays null',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) {
  if (book.publisherId === null) continue;
  const publisher: Publisher | null = await publishers.findOneBy({ id: book.publisherId });
  out.push([book.title, publisher === null ? 'nobody' : publisher.name]);
}
return out;`,
  },
  {
    id: 'B1 inverse',
    what: 'findBy of the collection',
    source: `const reviews = ds.getRepository(Review);
const out: unknown[] = [];
const books = await ds.getRepository(Book).find({ order: { title: 'ASC' } });
for (const book of books) {
  const found = await reviews.findBy({ bookId: book.id });
  out.push([book.title, found.map((review) => review.rating)]);
}
return out;`,
  },
  {
    id: 'B1 few',
    what: 'two turns: by a query of its own the relation would take as many, joined it takes one',
    source: `const books = ds.getRepository(Book);
const out: unknown[] = [];
const publishers = await ds.getRepository(Publisher).find();
for (const publisher of publishers) {
  const found = await books.findBy({ publisherId: publisher.id });
  out.push([publisher.name, found.map((book) => book.title)]);
}
return out;`,
  },
  {
    id: 'B1 where relation',
    what: 'find through the relation',
    source: `const out: unknown[] = [];
const books = await ds.getRepository(Book).find();
for (const book of books) {
  const reviews = await ds.getRepository(Review).find({ where: { book: { id: book.id } } });
  out.push([book.title, reviews.map((review) => review.rating)]);
}
return out;`,
  },
  {
    id: 'B1 handed on',
    what: 'the rows are returned whole: keys are asked for at once instead',
    source: `const books = await ds.getRepository(Book).find();
const names: (string | null)[] = [];
for (const book of books) {
  if (book.publisherId === null) continue;
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: book.publisherId });
  names.push(publisher?.name ?? null);
}
return { books, names };`,
  },
  {
    id: 'B2',
    what: 'no relation between the entities',
    source: `const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find()) {
  const publisher = await publishers.findOneBy({ id: visit.publisherId });
  out.push([visit.id, publisher?.name]);
}
return out;`,
  },
  {
    id: 'B3',
    what: 'a lookup that loads relations of its own',
    source: `const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find()) {
  const publisher = await ds.getRepository(Publisher).findOne({ where: { id: visit.publisherId }, relations: { books: true } });
  out.push([visit.id, publisher?.books?.map((book) => book.title)]);
}
return out;`,
  },
  {
    id: 'B4',
    what: 'a count for each row',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push(await ds.getRepository(Review).count({ where: { bookId: book.id } }));
return out;`,
  },
  {
    id: 'B5',
    what: 'an existence test for each row',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push(await ds.getRepository(Review).existsBy({ bookId: book.id, rating: 5 }));
return out;`,
  },
  {
    id: 'B7',
    what: 'the latest row of each: a relation would load all of them',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find())
  out.push(await ds.getRepository(Review).find({ where: { bookId: book.id }, order: { id: 'DESC' }, take: 1 }));
return out;`,
    declined: /'take'/,
  },
  {
    id: 'B8',
    what: 'a filter and an order beside the key are kept',
    source: `const out: unknown[] = [];
const books = await ds.getRepository(Book).find();
for (const book of books) {
  const reviews = await ds.getRepository(Review).find({ where: { bookId: book.id, published: true }, order: { rating: 'DESC', id: 'ASC' } });
  out.push([book.title, reviews.map((review) => review.rating)]);
}
return out;`,
  },
  {
    id: 'B9',
    what: 'a query builder in the loop',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find())
  out.push(await ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getMany());
return out;`,
  },
  {
    id: 'B10',
    what: 'raw SQL in the loop',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find()) out.push(await ds.query(\`SELECT rating FROM review WHERE "bookId" = \${book.id}\`));
return out;`,
    declined: /raw SQL/,
  },
  {
    id: 'B12',
    what: 'the lookup stands in a helper',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find()) out.push(await nameOf(ds, visit.publisherId));
  return out;
}

async function nameOf(ds: DataSource, id: number): Promise<string | undefined> {
  return (await ds.getRepository(Publisher).findOneBy({ id }))?.name;
}`,
  },
  {
    id: 'B16',
    what: 'ids from a request',
    source: `export async function run(ds: DataSource): Promise<unknown> {
  return titles(ds, [303, 301, 999, 305, 303]);
}

async function titles(ds: DataSource, ids: number[]) {
  const books = ds.getRepository(Book);
  const out: unknown[] = [];
  for (const id of ids) {
    const book = await books.findOneBy({ id });
    out.push(book ? book.title : null);
  }
  return out;
}`,
  },
  {
    id: 'B16 unique',
    what: 'codes from a request, a unique column',
    source: `const codes = ['P1', 'P7', 'P0'];
const found = await Promise.all(codes.map((code) => ds.getRepository(Publisher).findOneBy({ code })));
return found.map((publisher) => publisher?.name ?? 'unknown');`,
  },
  {
    id: 'B20',
    what: 'findOneByOrFail: where the Map has no row, the turn throws',
    source: `const out: unknown[] = [];
for (const visit of await ds.getRepository(Visit).find()) out.push((await ds.getRepository(Publisher).findOneByOrFail({ id: visit.publisherId })).name);
return out;`,
  },
  {
    id: 'B21',
    what: 'a row is looked up, changed and saved in each turn, some of them twice',
    source: `for (const visit of await ds.getRepository(Visit).find()) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  if (!publisher) continue;
  publisher.name += '!';
  await ds.getRepository(Publisher).save(publisher);
}
return null;`,
  },
  {
    id: 'C1',
    what: 'lookups through Promise.all',
    source: `const books = (await ds.getRepository(Book).find()).filter((book) => book.publisherId !== null);
const publishers = await Promise.all(books.map((book) => ds.getRepository(Publisher).findOneBy({ id: book.publisherId! })));
return publishers.map((publisher) => publisher?.name);`,
  },
  {
    id: 'C2',
    what: 'Promise.allSettled',
    source: `const visits = await ds.getRepository(Visit).find();
const settled = await Promise.allSettled(visits.map(async (visit) => await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId })));
return settled.map((each) => (each.status === 'fulfilled' ? each.value?.name : 'failed'));`,
  },
  {
    id: 'C5',
    what: 'promises collected by forEach',
    source: `const visits = await ds.getRepository(Visit).find();
const pending: Promise<Publisher | null>[] = [];
visits.forEach((visit) => pending.push(ds.getRepository(Publisher).findOneBy({ id: visit.publisherId })));
return (await Promise.all(pending)).map((publisher) => publisher?.name);`,
  },
  {
    id: 'D6',
    what: 'two lookups in one loop',
    source: `const out: unknown[] = [];
const books = await ds.getRepository(Book).find();
for (const book of books) {
  const author = await ds.getRepository(Author).findOneBy({ id: book.authorId });
  const reviews = await ds.getRepository(Review).findBy({ bookId: book.id });
  out.push([book.title, author?.name, reviews.length]);
}
return out;`,
  },
  // Writes in loops
  {
    id: 'H1',
    what: 'save of new rows written out: insert',
    source: `const visits = ds.getRepository(Visit);
for (const publisherId of [201, 202, 201, 202]) await visits.save({ publisherId });
return visits.count();`,
  },
  {
    id: 'H1 create',
    what: 'save(create(…)) of new rows',
    source: `const visits = ds.getRepository(Visit);
for (const publisherId of [201, 202, 201, 202]) {
  await visits.save(visits.create({ publisherId, counter: 3 }));
}
return visits.count();`,
  },
  {
    id: 'H1 collected',
    what: 'rows made in the loop are saved after it',
    source: `const visits = ds.getRepository(Visit);
const log: string[] = [];
for (const publisherId of [201, 202, 201, 202]) {
  const visit = visits.create({ publisherId });
  visit.counter = publisherId - 200;
  log.push(\`visit of \${publisherId}\`);
  await visits.save(visit);
}
return log;`,
  },
  {
    id: 'H1 all',
    what: 'saves through Promise.all: one transaction already, and SQLite writes row by row either way',
    source: `const visits = ds.getRepository(Visit);
const saved = await Promise.all([201, 201, 201].map((publisherId) => visits.save({ publisherId, counter: 1 })));
return saved.map((visit) => visit.publisherId);`,
    declinedOnly: { SQLite: /save no query/ },
  },
  {
    id: 'H2',
    what: 'changed rows are saved one by one',
    source: `const repo = ds.getRepository(Visit);
const visits = await repo.find();
for (const visit of visits) {
  visit.counter += 1;
  await repo.save(visit);
}
return visits.length;`,
  },
  {
    id: 'H6',
    what: 'remove in a loop',
    source: `const repo = ds.getRepository(Visit);
const visits = await repo.find({ order: { id: 'DESC' }, take: 4 });
for (const visit of visits) await repo.remove(visit);
return repo.count();`,
  },
  {
    id: 'H7',
    what: 'delete by id in a loop',
    source: `const repo = ds.getRepository(Visit);
const visits = await repo.find({ order: { id: 'DESC' }, take: 4 });
for (const { id } of visits) await repo.delete(id);
return repo.count();`,
  },
  {
    id: 'H7 all',
    what: 'deletes through Promise.all',
    source: `const repo = ds.getRepository(Visit);
await Promise.all([702, 703, 705].map((id) => repo.delete({ id })));
return repo.count();`,
  },
  {
    id: 'H7 soft',
    what: 'softDelete in a loop',
    source: `const notes = ds.getRepository(Note);
for (const id of [602, 603, 604]) await notes.softDelete(id);
return notes.count();`,
  },
  {
    id: 'H8',
    what: 'inserts within a transaction',
    source: `await ds.transaction(async (manager) => {
  for (const publisherId of [201, 202, 202]) await manager.insert(Visit, { publisherId });
});
return ds.getRepository(Visit).count();`,
  },
  {
    id: 'H9',
    what: 'update of the same value, row by row',
    source: `const repo = ds.getRepository(Visit);
for (const visit of await repo.find()) {
  await repo.update(visit.id, { counter: 9 });
}
return repo.findBy({ counter: 9 });`,
  },
  {
    id: 'H9 values',
    what: 'an update with a value of each row',
    source: `const repo = ds.getRepository(Visit);
for (const visit of await repo.find()) await repo.update(visit.id, { counter: visit.id % 7 });
return repo.find();`,
    declined: /values of its own/,
  },
  {
    id: 'H10',
    what: 'upserts in a loop',
    source: `const repo = ds.getRepository(Publisher);
for (const code of ['P1', 'P2', 'P3']) await repo.upsert({ code, name: \`house \${code}\` }, ['code']);
return repo.find();`,
  },
  {
    id: 'H11',
    what: 'increments in a loop',
    source: `const repo = ds.getRepository(Visit);
for (const visit of await repo.find({ take: 4 })) await repo.increment({ id: visit.id }, 'counter', 2);
return repo.find();`,
  },
  {
    id: 'H12',
    what: 'links of a many-to-many one by one',
    source: `for (const tag of [402, 403]) {
  await ds.createQueryBuilder().relation(Book, 'tags').of(302).remove(tag);
}
const wanted = [401, 402, 403];
for (const tag of wanted) await ds.createQueryBuilder().relation(Book, 'tags').of(302).add(tag);
return null;`,
  },
  {
    id: 'H20',
    what: 'the saved row’s key is used in the same turn',
    source: `const visits = ds.getRepository(Visit);
const ids: number[] = [];
for (const publisherId of [201, 202, 201]) {
  const visit = visits.create({ publisherId });
  await visits.save(visit);
  ids.push(visit.id);
}
return ids.length;`,
    declined: /goes on with the row/,
  },
  {
    id: 'H21',
    what: 'each write has an error handling of its own',
    source: `const publishers = ds.getRepository(Publisher);
let failed = 0;
for (const code of ['P3', 'P4', 'P5']) {
  try {
    await publishers.insert({ code, name: code });
  } catch {
    failed++;
  }
}
return failed;`,
    declined: /error handling/,
  },
  // Waste
  {
    id: 'G13',
    what: 'two collections in one join multiply each other',
    source: `await ds.getRepository(Review).insert(Array.from({ length: 60 }, (_, n) => ({ rating: n, bookId: 301 + (n % 10) })));
await ds.getRepository(Note).insert(Array.from({ length: 60 }, (_, n) => ({ text: \`more \${n}\`, bookId: 301 + (n % 10) })));
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { reviews: true, notes: true } }))
  out.push([book.title, book.reviews.map((review) => review.rating), (await book.notes).map((note) => note.text)]);
return out;`,
    declinedOnly: { SQLite: /sorts it its own way/, PostgreSQL: /Say its order first/ },
  },
  {
    id: 'G13 indexed',
    what: 'the same where both foreign keys are indexed',
    source: `await ds.getRepository(Note).insert(Array.from({ length: 90 }, (_, n) => ({ text: \`more \${n}\`, bookId: 301 + (n % 10) })));
const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { notes: true, marks: true } }))
  out.push([book.title, (await book.notes).map((note) => note.text), (await book.marks).map((mark) => mark.page)]);
return out;`,
    declinedOnly: { PostgreSQL: /Say its order first/ },
  },
  {
    id: 'G1',
    what: 'a relation that nobody reads',
    source: `const out: unknown[] = [];
for (const mark of await ds.getRepository(Mark).find({ relations: { note: true }, order: { id: 'ASC' } })) out.push(mark.page);
return out;`,
  },
  {
    id: 'G3',
    what: 'a nested relation that nobody reads, the outer one is used',
    source: `const out: unknown[] = [];
for (const mark of await ds.getRepository(Mark).find({ relations: { note: { book: true } } })) out.push([mark.page, (await mark.note).text]);
return out;`,
  },
  {
    id: 'G6',
    what: 'a join that only the condition needs: leftJoin',
    source: `const books = await ds
  .getRepository(Book)
  .createQueryBuilder('book')
  .leftJoinAndSelect('book.publisher', 'publisher')
  .where("publisher.code = 'P1'")
  .orderBy('book.id')
  .getMany();
return books.map((book) => book.title);`,
  },
];
