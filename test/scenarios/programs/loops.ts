/** B and C: explicit queries in loops. */
import { In } from 'typeorm';
import { scenario } from './harness';
import { Authors, Books, Categories, Comments, Customers, dataSource, isPostgres, OrderLines, Orders, Visits } from './schema';

const authors = dataSource.getRepository(Authors);
const books = dataSource.getRepository(Books);
const comments = dataSource.getRepository(Comments);
const categories = dataSource.getRepository(Categories);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const lines = dataSource.getRepository(OrderLines);
const visits = dataSource.getRepository(Visits);

scenario('B1', async () => {
  const list = await orders.find(); // B1 parent
  for (const order of list) await customers.findOneBy({ id: order.customerId }); // B1 site
});

scenario('B1 inverse', async () => {
  const list = await orders.find(); // B1 inverse parent
  for (const order of list) await lines.findBy({ orderId: order.id }); // B1 inverse site
});

scenario('B1 where relation', async () => {
  const list = await orders.find(); // B1 where relation parent
  for (const order of list) await lines.find({ where: { order: { id: order.id } } }); // B1 where relation site
});

scenario('B2', async () => {
  const list = await visits.find(); // B2 parent
  for (const visit of list) await customers.findOneBy({ id: visit.customerId }); // B2 site
});

scenario('B3', async () => {
  const list = await orders.find(); // B3 parent
  for (const order of list) await customers.findOne({ where: { id: order.customerId }, relations: { orders: true } }); // B3 site
});

scenario('B4', async () => {
  const list = await books.find(); // B4 parent
  for (const book of list) await comments.count({ where: { bookId: book.id } }); // B4 site
});

scenario('B5', async () => {
  const list = await books.find(); // B5 parent
  for (const book of list) await comments.existsBy({ bookId: book.id }); // B5 site
});

scenario('B6', async () => {
  const list = await books.find(); // B6 parent
  for (const book of list) await comments.sum('id', { bookId: book.id }); // B6 site
});

scenario('B7', async () => {
  const list = await books.find(); // B7 parent
  for (const book of list) await comments.find({ where: { book: { id: book.id } }, order: { id: 'DESC' }, take: 1 }); // B7 site
});

scenario('B8', async () => {
  const list = await books.find(); // B8 parent
  for (const book of list) await comments.find({ where: { bookId: book.id, published: true } }); // B8 site
});

scenario('B9', async () => {
  const list = await books.find(); // B9 parent
  for (const book of list) await comments.createQueryBuilder('c').where('c.bookId = :id', { id: book.id }).getMany(); // B9 site
});

const byId = `SELECT * FROM customer WHERE id = ${isPostgres ? '$1' : '?'}`;

scenario('B10', async () => {
  const list = await orders.find(); // B10 parent
  for (const order of list) await dataSource.query(byId, [order.customerId]); // B10 site
});

scenario('B11', async () => {
  const list = await orders.find(); // B11 parent
  for (const order of list) await dataSource.query(`SELECT * FROM customer WHERE id = ${order.customerId}`); // B11 site
});

async function nameOf(id: number): Promise<string | undefined> {
  const customer = await customers.findOneBy({ id }); // B12 via
  return customer?.name;
}

scenario('B12', async function listNames() {
  const list = await orders.find(); // B12 parent
  const names = [];
  for (const order of list) names.push(await nameOf(order.customerId)); // B12 site
});

scenario('B13', async () => {
  await nameOf(601);
  await nameOf(602);
  await nameOf(603);
});

scenario('B14', async () => {
  for (let turn = 0; turn < 4; turn++) {
    await visits.findOneBy({ id: 901 }); // B14 site
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
});

async function ancestors(id: number): Promise<number> {
  const category = await categories.findOneBy({ id }); // B15 site
  return category?.parentId ? 1 + (await ancestors(category.parentId)) : 0;
}

scenario('B15', () => ancestors(501));

scenario('B16', async () => {
  for (const id of [603, 605, 608, 611]) await customers.findOneBy({ id }); // B16 site
});

scenario('B18', async () => {
  for (let id = 1; id <= 3; id++) await customers.findOneBy({ id }); // B18 site
});

scenario('B17', async () => {
  const list = await orders.find();
  const all = await customers.find();
  for (const order of list) all.find(({ id }) => id === order.customerId);
});

scenario('B19', async () => {
  const ids = (await books.find()).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 9) await comments.findBy({ bookId: In(ids.slice(at, at + 9)) });
});

scenario('C1', async () => {
  const list = await orders.find(); // C1 parent
  await Promise.all(list.map((order) => customers.findOneBy({ id: order.customerId }))); // C1 site
});

scenario('C2', async () => {
  const list = await orders.find(); // C2 parent
  await Promise.allSettled(list.map(async (order) => await customers.findOneBy({ id: order.customerId }))); // C2 site
});

scenario('C3', async () => {
  async function* each() {
    for (const order of await orders.find()) yield order; // C3 parent
  }
  for await (const order of each()) await customers.findOneBy({ id: order.customerId }); // C3 site
});

scenario('C5', async () => {
  const list = await orders.find(); // C5 parent
  const pending: Promise<unknown>[] = [];
  list.forEach((order) => pending.push(customers.findOneBy({ id: order.customerId }))); // C5 site
  await Promise.all(pending);
});

scenario('C6', async () => {
  const list = await orders.find(); // C6 parent
  await list.reduce<Promise<unknown>>(
    (before, order) => before.then(() => customers.findOneBy({ id: order.customerId })), // C6 site
    Promise.resolve(),
  );
});

scenario('C9', () => Promise.all([orders.find(), customers.find(), books.find()]));

scenario('D6', async () => {
  const list = await books.find(); // D6 parent
  for (const book of list) {
    await authors.findOneBy({ id: book.authorId }); // D6 first site
    await comments.findBy({ bookId: book.id }); // D6 site
  }
});

scenario('D10', async () => {
  const list = await authors.find(); // D10 parent
  for (const author of list) {
    const written = await books.findBy({ authorId: author.id }); // D10 middle
    for (const book of written) await comments.findBy({ bookId: book.id }); // D10 site
  }
});

/** Runs at most three at a time, as p-limit does. */
async function pooled<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all([worker(), worker(), worker()]);
}

scenario('C4', async () => {
  const list = await orders.find(); // C4 parent
  await pooled(list, (order) => customers.findOneBy({ id: order.customerId })); // C4 site
});

/** As RxJS does: each value is passed on by a callback, from a stack that knows nothing of who subscribed. */
function mergeMap<T>(items: readonly T[], project: (item: T) => Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = items.length;
    const next = (item: T) => project(item).then(() => --open === 0 && resolve(), reject);
    for (const item of items) setImmediate(next, item);
  });
}

scenario('C7', async () => {
  const list = await orders.find(); // C7 parent
  await mergeMap(list, (order) => customers.findOneBy({ id: order.customerId })); // C7 site
});

scenario('C8', async () => {
  const list = await orders.find();
  const { Worker } = await import('node:worker_threads');
  // Another thread is another process of the run: what it asks is not this scope's.
  const worker = new Worker(workerSource, { eval: true, workerData: list.map(({ customerId }) => customerId) });
  await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
});

const workerSource = `
const { workerData } = require('node:worker_threads');
const { DataSource } = require(${JSON.stringify(require.resolve('typeorm'))});
(async () => {
  const own = await new DataSource({ type: 'better-sqlite3', database: ':memory:' }).initialize();
  await globalThis[Symbol.for('relation-lens')]?.scope('C8 thread', async () => {
    for (const id of workerData) await own.query('SELECT ' + id + ' AS id');
  });
  await own.destroy();
})();
`;

scenario('C10', async () => {
  if (!isPostgres) return;
  await dataSource.query('SELECT count(*), pg_sleep(0.05) FROM "customer"'); // C10 site
  await dataSource.query('SELECT count(*), pg_sleep(0.05) FROM "orders"');
  await dataSource.query('SELECT count(*), pg_sleep(0.05) FROM "book"');
});

scenario('C11', async () => {
  if (!isPostgres) return;
  const [found] = await dataSource.query<{ id: number }[]>('SELECT pg_sleep(0.05), 601 AS "id"');
  const [then] = await dataSource.query<{ id: number }[]>('SELECT pg_sleep(0.05), "id" + 100 AS "id" FROM "customer" WHERE "id" = $1', [found?.id]);
  await dataSource.query('SELECT pg_sleep(0.05), "id" FROM "orders" WHERE "id" = $1', [then?.id]);
});

scenario('C12', async () => {
  const lens = (globalThis as Record<symbol, { scope<T>(name: string, run: () => T): T }>)[Symbol.for('relation-lens')];
  const visit = (name: string) =>
    lens?.scope(name, async () => {
      for (const order of await orders.find({ take: 3, order: { id: 'ASC' } })) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        void order.id;
      }
      await customers.count();
    });
  await Promise.all([visit('C12 left'), visit('C12 right')]);
});

const lostJobs: (() => Promise<unknown>)[] = [];
const lostDone = new Promise<void>((resolve) => {
  // Started outside of every scope, and there it stays: what it runs belongs to nobody's request.
  setTimeout(async function work() {
    const job = lostJobs.shift();
    if (job === undefined) return void setTimeout(work, 5);
    await job();
    resolve();
  }, 5);
});

scenario('C13', async () => {
  lostJobs.push(async () => {
    for (const id of [601, 602, 603]) await customers.findOneBy({ id });
  });
  await lostDone;
});

scenario('D7', async () => {
  const list = await orders.find(); // D7 parent
  for (const [at, order] of list.entries()) {
    await customers.findOneBy({ id: order.customerId }); // D7 site
    if (at < list.length - 1) await lines.findBy({ orderId: order.id }); // D7 second site
  }
});

scenario('D8', async () => {
  const list = await books.find(); // D8 parent
  for (const book of list) await authors.findOneBy({ id: book.authorId }); // D8 first site
  const all = await comments.find({ take: 36, order: { id: 'ASC' } }); // D8 second parent
  for (const comment of all) await books.findOneBy({ id: comment.bookId }); // D8 site
});

scenario('I8', async () => {
  const list = await books.find(); // I8 parent
  for (const book of list) await comments.findBy({ bookId: book.id }); // I8 site
});
