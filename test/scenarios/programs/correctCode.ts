/** F, and the silent cases of I: code that is right, and must hear nothing. */
import { In, MoreThan } from 'typeorm';
import { scenario } from './harness';
import { Authors, Books, cachingSource, Comments, Customers, dataSource, isPostgres, Orders, Visits } from './schema';

const authors = dataSource.getRepository(Authors);
const books = dataSource.getRepository(Books);
const comments = dataSource.getRepository(Comments);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const visits = dataSource.getRepository(Visits);
/** With TypeORM's result cache, whose own table has traffic, too. */
const cached = cachingSource;

scenario('F1', async () => {
  for (const order of await orders.find({ relations: { customer: true } })) void order.customer.name;
});

scenario('F2', () => orders.find({ relations: { customer: true, lines: true }, relationLoadStrategy: 'query' }));

scenario('F3', () => authors.find({ relations: { books: { comments: true, tags: true }, country: true }, relationLoadStrategy: 'query' }));

scenario('F4', () => orders.find({ relations: { lines: true }, take: 5 }));

scenario('F5', async () => {
  await orders.findAndCount({ take: 5 });
  await books.createQueryBuilder('b').take(5).getManyAndCount();
});

scenario('F6', () => customers.findOne({ where: { id: 601 }, relations: { orders: true } }));

scenario('F7', async () => {
  const list = await orders.find();
  await customers.findBy({ id: In(list.map(({ customerId }) => customerId)) });
});

scenario('F8', async () => {
  const list = await authors.find();
  const written = await books.findBy({ authorId: In(list.map(({ id }) => id)) });
  await comments.findBy({ bookId: In(written.map(({ id }) => id)) });
});

/** Loads what was asked for within one tick with one query. */
function batchedCustomers() {
  let ids: number[] = [];
  let batch: Promise<unknown> | undefined;
  return (id: number) => {
    ids.push(id);
    batch ??= Promise.resolve().then(() => {
      const asked = ids;
      ids = [];
      batch = undefined;
      return customers.findBy({ id: In(asked) });
    });
    return batch;
  };
}

scenario('F9', async () => {
  const load = batchedCustomers();
  const list = await orders.find();
  await Promise.all(list.slice(0, 6).map(({ customerId }) => load(customerId)));
  await Promise.all(list.slice(6).map(({ customerId }) => load(customerId)));
});

scenario('F10', async () => {
  for (let page = 0; page < 4; page++) await books.find({ order: { id: 'ASC' }, take: 9, skip: page * 9 });
});

scenario('F11', async () => {
  let last = 0;
  for (;;) {
    const page = await books.find({ where: { id: MoreThan(last) }, order: { id: 'ASC' }, take: 9 });
    if (page.length === 0) break;
    last = page.at(-1)?.id ?? 0;
  }
});

scenario('F12', async () => {
  // TypeORM does not stream from better-sqlite3.
  if (!isPostgres) return;
  const stream = await books.createQueryBuilder('b').stream();
  for await (const row of stream) void row;
});

scenario(
  'F13',
  async () => {
    await customers.findOneBy({ id: 601 });
    await orders.find({ take: 1 });
  },
  20,
);

scenario('F16', async () => {
  for (const name of ['a new name']) if (await customers.existsBy({ name })) throw new Error('taken');
});

scenario('F18 fixtures', async () => {
  for (let n = 0; n < 4; n++) await visits.insert({ customerId: 605, counter: n });
});

scenario('F18', async () => {
  await visits.find({ take: 5 });
});

scenario('F19', async () => {
  if (!isPostgres) return;
  for (let turn = 0; turn < 4; turn++) {
    await dataSource.transaction((manager) =>
      manager.query(`SELECT "id" FROM "visit" WHERE "counter" = ${turn} ORDER BY "id" LIMIT 1 FOR UPDATE SKIP LOCKED`),
    );
  }
});

scenario('F21', async () => {
  for (let turn = 0; turn < 4; turn++) await cached.getRepository(Customers).find({ cache: 60_000 });
});

scenario('F24', async () => {
  const list = await orders.find();
  for (const order of list) {
    // relation-lens-ignore-next-line: an administrator's script, run once a year
    await customers.findOneBy({ id: order.customerId });
  }
});

scenario('F14', async () => {
  for (let turn = 0; turn < 3; turn++) await dataSource.transaction(async () => {});
});

scenario('F15', async () => {
  for (let turn = 0; turn < 3; turn++) await dataSource.query('SELECT 1');
  for (const table of ['book', 'author', 'tag'])
    await dataSource.query(`SELECT * FROM ${isPostgres ? 'pg_catalog.pg_tables WHERE tablename' : 'sqlite_master WHERE name'} = '${table}'`);
});

scenario('F17', () => orders.find({ relations: { customer: { orders: true }, lines: { order: true } }, relationLoadStrategy: 'query' }));

scenario('F20', async () => {
  for (let turn = 0; turn < 3; turn++) {
    try {
      await dataSource.query('SELECT * FROM nowhere WHERE id = 5');
    } catch {
      continue;
    }
  }
});

scenario('F22', async () => {
  const none = await orders.findBy({ id: -1 });
  for (const order of none) await customers.findOneBy({ id: order.customerId });
});

scenario('F23', async () => {
  for (const author of await authors.find()) {
    const found = await books.findBy({ authorId: author.id, title: 'book 5' });
    if (found.length > 0) break;
  }
});

scenario('G14', () => books.find({ relations: { author: { country: true, profile: true } } }));

scenario('I3', async () => {
  await visits.findOneBy({ id: 901 });
  await visits.update(901, { counter: 1 });
  await visits.findOneBy({ id: 901 });
});
