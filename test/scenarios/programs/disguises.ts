/** X, from 13 on: loops in disguise, each beside correct code that looks like it. */
import { In, IsNull } from 'typeorm';
import { scenario } from './harness';
import { Books, Categories, type Category, Comments, Customers, dataSource, isPostgres, Orders, Tags, Visits } from './schema';

const books = dataSource.getRepository(Books);
const categories = dataSource.getRepository(Categories);
const comments = dataSource.getRepository(Comments);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const tags = dataSource.getRepository(Tags);
const visits = dataSource.getRepository(Visits);

const asked = (names: string): string[] => names.split(',');

/** Three branches with two leaves each, below the root of the chain. */
async function growTree(): Promise<void> {
  const branches = await categories.save([0, 1, 2].map((at) => categories.create({ name: `branch ${at}`, parentId: 507 })));
  await categories.insert(branches.flatMap(({ id }) => [0, 1].map((at) => ({ name: `leaf ${at}`, parentId: id }))));
}
// Not in the scope: what it writes is no matter of the case.
scenario('X13 rows', growTree);

// Down a tree, one branch after the other.
scenario('X13', async () => {
  const below = async (parentId: number): Promise<number> => {
    let count = 0;
    for (const child of await categories.find({ where: { parentId }, order: { id: 'ASC' } })) count += 1 + (await below(child.id)); // X13 site
    return count;
  };
  await below(507);
});

// The same with all branches at once.
scenario('X13 at once', async () => {
  const below = async (parent: Category): Promise<unknown> => {
    const children = await categories.createQueryBuilder('c').where('c.parentId = :id', { id: parent.id }).getMany(); // X13 at once site
    return Promise.all(children.map(below));
  };
  await below(await categories.findOneByOrFail({ parentId: IsNull() }));
});

// Up from several leaves, one after the other.
scenario('X13 up', async () => {
  const up = async (id: number): Promise<number> => {
    const { parentId } = await categories.findOneByOrFail({ id }); // X13 up site
    return parentId === null ? 1 : 1 + (await up(parentId));
  };
  for (const { id } of await categories.findBy({ name: 'leaf 1' })) await up(id);
});

// A level at a time.
scenario('X13 levels', async () => {
  for (let level = [507]; level.length > 0;) level = (await categories.findBy({ parentId: In(level) })).map(({ id }) => id);
});

// Keys of a many-to-many, then a query for each row's.
scenario('X14', async () => {
  const list = await books.createQueryBuilder('b').loadRelationIdAndMap('b.tagIds', 'b.tags').orderBy('b.id').limit(12).getMany(); // X14 parent
  for (const book of list) {
    await tags.findBy({ id: In((book as unknown as { tagIds: number[] }).tagIds) }); // X14 site
  }
});

// The same keys in chunks.
scenario('X14 chunks', async () => {
  const list = await books.createQueryBuilder('b').loadRelationIdAndMap('b.tagIds', 'b.tags').orderBy('b.id').limit(12).getMany();
  const ids = [...new Set(list.flatMap((book) => (book as unknown as { tagIds: number[] }).tagIds))];
  for (let at = 0; at < ids.length; at += 2) await tags.findBy({ id: In(ids.slice(at, at + 2)) });
});

// TypeORM's relation loader, row by row.
scenario('X15', async () => {
  const list = await books.find({ where: { authorId: 103 }, order: { id: 'ASC' } }); // X15 parent
  for (const book of list) {
    await dataSource.createQueryBuilder().relation(Books, 'tags').of(book).loadMany(); // X15 site
  }
});

scenario('X15 to one', async () => {
  const list = await comments.find({ order: { id: 'ASC' }, take: 4 }); // X15 to one parent
  for (const comment of list) {
    await dataSource.createQueryBuilder().relation(Comments, 'book').of(comment).loadOne(); // X15 to one site
  }
});

scenario('X15 once', async () => {
  const [book] = await books.find({ where: { authorId: 103 }, order: { id: 'ASC' } });
  await dataSource.createQueryBuilder().relation(Books, 'tags').of(book).loadMany();
});

// Progress of one job.
scenario('X16', async () => {
  for (let counter = 10; counter <= 50; counter += 10) await visits.update(901, { counter });
});

// A version that another one took: the row is read and tried again.
scenario('X16 lock', async () => {
  for (let attempt = 0; attempt < 4; attempt++) {
    const visit = await visits.findOneByOrFail({ id: 902 });
    if (attempt < 3) await visits.increment({ id: 902 }, 'counter', 1);
    const { affected } = await visits.update({ id: 902, counter: visit.counter }, { counter: visit.counter + 1 });
    if (affected === 1) return;
  }
});

// A worker claims the next one until none is left.
scenario('X16 claims', async () => {
  const next = `SELECT "id" FROM "visit" WHERE "counter" = 77 ORDER BY "id" LIMIT 1${isPostgres ? ' FOR UPDATE SKIP LOCKED' : ''}`;
  await visits.insert([1, 2, 3, 4].map(() => ({ customerId: 619, counter: 77 })));
  for (;;) {
    const claimed: unknown[] = await dataSource.query(`UPDATE "visit" SET "counter" = 78 WHERE "id" = (${next}) RETURNING "id"`);
    if ((isPostgres ? (claimed[0] as unknown[]) : claimed).length === 0) return;
  }
});

// As many rows, each written once.
scenario('X16 rows', async () => {
  for (const visit of await visits.find({ where: { customerId: 619 } })) await visits.update(visit.id, { counter: visit.counter + 1 }); // X16 rows site
});

// A name that nobody has.
scenario('X17', async () => {
  let name = 'customer 0';
  for (let count = 1; await customers.existsBy({ name }); count++) name = `customer ${count}`; // X17 site
});

// Names from a request, the last of them unknown.
scenario('X17 list', async () => {
  for (const name of asked('customer 3,customer 5,customer 7,nobody')) await customers.findOneBy({ name }); // X17 list site
});

// A list that is written out.
scenario('X18', () => Promise.all(['customer 1', 'customer 2', 'customer 4'].map((name) => customers.findOneBy({ name })))); // X18 site

scenario('X18 writes', async () => {
  const names = ['admin', 'editor', 'reader'];
  for (const name of names) {
    await tags.insert({ name }); // X18 writes site
  }
});

// Pages of one list, whose count is asked for with each.
scenario('X19', async () => {
  for (let skip = 0; skip < 6; skip += 3) await orders.findAndCount({ order: { id: 'ASC' }, skip, take: 3 });
});

scenario('X19 same', async () => {
  const page = () => orders.findAndCount({ order: { id: 'ASC' }, skip: 3, take: 3 });
  await page();
  await page(); // X19 same site
});

// Page by page, and a query for each row: what loads the relation runs with each page.
scenario('X20', async () => {
  for (let skip = 0; ; skip += 2) {
    const page = await books.find({ where: { authorId: In([101, 102]) }, order: { id: 'ASC' }, skip, take: 2 }); // X20 parent
    for (const book of page) await dataSource.manager.findOneBy('Author', { id: book.authorId }); // X20 site
    if (page.length === 0) return;
  }
});

scenario('X20 counts', async () => {
  for (let skip = 0; ; skip += 2) {
    const page = await books.find({ where: { authorId: In([101, 102]) }, order: { id: 'ASC' }, skip, take: 2 }); // X20 counts parent
    for (const book of page) await comments.countBy({ bookId: book.id }); // X20 counts site
    if (page.length === 0) return;
  }
});

scenario('X20 loaded', async () => {
  for (let skip = 0; ; skip += 2) {
    const page = await books.find({ where: { authorId: In([101, 102]) }, order: { id: 'ASC' }, skip, take: 2, relations: { author: true } });
    for (const book of page) await book.author;
    if (page.length === 0) return;
  }
});

// Resolvers: the book of each comment, then the author of each book.
scenario('X21', async () => {
  const list = await comments.find({ order: { id: 'ASC' }, take: 4 }); // X21 parent
  for (const { bookId } of list) {
    const book = await books.findOneByOrFail({ id: bookId }); // X21 middle
    await dataSource.manager.findOneBy('Author', { id: book.authorId }); // X21 site
  }
});

// What hangs on each of a list, saved one by one.
scenario('X22', async () => {
  const list = await orders.find({ where: { id: In([701, 702, 703, 704]) }, relations: { lines: true } });
  for (const order of list) {
    order.lines.push({ sku: 'gift' } as (typeof order.lines)[number]);
    await orders.save(order); // X22 site
  }
});

scenario('X22 together', async () => {
  const list = await orders.find({ where: { id: In([705, 706, 707, 708]) }, relations: { lines: true } });
  for (const order of list) order.lines.push({ sku: 'gift' } as (typeof order.lines)[number]);
  await orders.save(list);
});

// Two saves that only write what links rows.
scenario('X23', async () => {
  const book = await books.findOneByOrFail({ id: 212 });
  const tag = await tags.findOneByOrFail({ id: 301 });
  book.tags = Promise.resolve([...(await book.tags), tag]);
  await books.save(book);
  await comments.save({ text: 'linked', bookId: book.id } as never);
});
