/** H, G and I: writes, waste, duplicates. */
import { type EntitySubscriberInterface, type InsertEvent, LessThan } from 'typeorm';
import { again, scenario } from './harness';
import { mappedSource, Tick } from './mappedSchema';
import { Authors, Books, Comments, Customers, dataSource, isPostgres, narrowSource, OrderLines, Orders, Tags, type Visit, Visits } from './schema';

const authors = dataSource.getRepository(Authors);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const tags = dataSource.getRepository(Tags);
const visits = dataSource.getRepository(Visits);

function each<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

scenario('H1', async () => {
  for (const visit of each(5, () => ({ customerId: 601 }))) await visits.save(visit); // H1 site
});

scenario('H2', async () => {
  for (const visit of await visits.find({ take: 5 })) await visits.save({ ...visit, counter: visit.counter + 1 }); // H2 site
});

scenario('H3', async () => {
  const list = await visits.find({ take: 6 });
  await visits.save(list.map((visit) => ({ ...visit, counter: visit.counter + 1 }))); // H3 site
});

scenario('H4', async () => {
  await visits.save(each(6, () => ({ customerId: 602 }))); // H4 site
});

scenario('H4 insert', async () => {
  await visits.insert(each(6, () => ({ customerId: 602 })));
});

scenario('H6', async () => {
  const list = await visits.find({ order: { id: 'DESC' }, take: 4 });
  await visits.remove(list);
});

scenario('H7', async () => {
  const list = await visits.find({ order: { id: 'DESC' }, take: 4 });
  for (const { id } of list) await visits.delete(id); // H7 site
});

scenario('H8', () =>
  dataSource.transaction(async (manager) => {
    for (let turn = 0; turn < 5; turn++) await manager.insert(Visits, { customerId: 603 }); // H8 site
  }),
);

scenario('H10', async () => {
  for (let id = 901; id < 906; id++) await visits.upsert({ id, customerId: 603, counter: 5 }, ['id']); // H10 site
});

scenario('H11', async () => {
  for (let id = 901; id < 906; id++) await visits.increment({ id }, 'counter', 1); // H11 site
});

scenario('H12', async () => {
  const add = (id: number) => dataSource.createQueryBuilder().relation(Books, 'tags').of(236).add(id); // H12 site
  for (let id = 301; id < 304; id++) await add(id);
});

scenario('H15', async () => {
  await orders.save({ customerId: 601, lines: each(5, (n) => ({ sku: `new ${n}` })) });
});

scenario('H22', async () => {
  await customers.save({ name: 'with orders', orders: [{}, {}] }); // H22 site
});

scenario('H22 cascade', async () => {
  await orders.save({ customerId: 611, lines: [{ sku: 'cascade 1' }, { sku: 'cascade 2' }] });
});

scenario('two writes are no loop', async () => {
  await tags.save({ name: 'p' });
  await tags.save({ name: 'q' });
});

async function currentCustomer() {
  return customers.findOneBy({ id: 605 });
}

scenario('I1', async () => {
  await currentCustomer(); // I1 first
  await orders.find();
  await currentCustomer(); // I1 second
});

scenario('I2', async () => {
  for (let turn = 0; turn < 5; turn++) await customers.findOneBy({ id: 605 }); // I2 site
});

scenario('G13 rows', async () => {
  const added = each(60, (n) => ({ text: `more ${n}`, bookId: 201 + (n % 3), published: true }));
  await dataSource.getRepository(Comments).insert(added);
});

scenario('G13', async () => {
  const list = dataSource.getRepository(Books);
  await list.find({ where: { id: LessThan(204) }, relations: { comments: true, tags: true, author: { books: true } } }); // G13 site
});

scenario('G20', async () => {
  await visits.insert(each(400, () => ({ customerId: 604 })));
  await visits.insert(each(400, () => ({ customerId: 604 })));
  await visits.insert(each(400, () => ({ customerId: 604 })));
  await visits.find(); // G20 site
  await visits.find({ take: 50 });
});

scenario('I4', async () => {
  for (let turn = 1; turn <= 14; turn++) {
    await authors
      .createQueryBuilder('a')
      .select(`a.id + ${'0 + '.repeat(turn)}1`, `n${turn}`)
      .where('a.id > 0')
      .getRawMany();
  }
});

scenario('H5', async () => {
  await mappedSource.getRepository(Tick).save(each(4, () => ({}))); // H5 site
});

scenario('H9', async () => {
  const added = each(8, () => ({ customerId: 606 }));
  await visits.save(added, { chunk: 4 }); // H9 site
});

/** Called by TypeORM for each row: queries from here belong to the call that caused them. */
class VisitSubscriber implements EntitySubscriberInterface<Visit> {
  isOn: 'insert' | 'load' | null = null;

  listenTo() {
    return 'Visit';
  }

  async afterInsert(event: InsertEvent<Visit>) {
    if (this.isOn === 'insert') await event.manager.findOneBy(Customers, { id: 600 + Number(event.entity.counter) }); // H13 site
  }

  async afterLoad(visit: Visit) {
    if (this.isOn === 'load') await customers.findOneBy({ id: visit.customerId }); // H14 site
  }
}
const subscriber = new VisitSubscriber();

scenario('H13', async () => {
  if (!dataSource.subscribers.includes(subscriber)) dataSource.subscribers.push(subscriber);
  subscriber.isOn = 'insert';
  await visits.insert(each(4, (n) => ({ customerId: 607, counter: 1 + n }))); // H13 parent
  subscriber.isOn = null;
});

scenario('H14', async () => {
  subscriber.isOn = 'load';
  await visits.find({ take: 6, order: { id: 'ASC' } }); // H14 parent
  subscriber.isOn = null;
});

scenario('H16', async () => {
  await visits.save({ customerId: 608 });
  await visits.save({ customerId: 609 });
});

scenario('H17', async () => {
  await visits.update(-5, { counter: 9 }); // H17 site
});

const lines = dataSource.getRepository(OrderLines);

scenario('H18', async () => {
  const { identifiers } = await orders.insert({ customerId: 610 });
  await lines.insert({ sku: 'split', orderId: Number(identifiers[0]?.['id']) }); // H18 site
});

scenario('H18 unrelated', async () => {
  await visits.insert({ customerId: 610 });
  await orders.insert({ customerId: 610 });
});

scenario('H18 transaction', () =>
  dataSource.transaction(async (manager) => {
    const { identifiers } = await manager.insert(Orders, { customerId: 610 });
    await manager.insert(OrderLines, { sku: 'together', orderId: Number(identifiers[0]?.['id']) });
  }),
);

scenario('H19', async () => {
  const visit = await visits.findOneByOrFail({ id: 901 });
  await visits.save(visit); // H19 site
});

scenario('I5', async () => {
  await orders.find({ take: 1 });
  await customers.find({ take: 1 });
});

scenario('I5 exceeded', async () => {
  await orders.find({ take: 1 });
  await customers.find({ take: 1 });
});

/** Twice what counts as slow. */
const SLEEP_MS = 400;
const sleep = `pg_sleep(${SLEEP_MS / 1000})`;

/** A busy machine makes quick things slow, which is then found rightly: what took much longer than the sleep in it is done again. */
async function around(sleeping: () => Promise<unknown>): Promise<typeof again | undefined> {
  const startedAt = performance.now();
  await sleeping();
  return performance.now() - startedAt > 1.25 * SLEEP_MS ? again : undefined;
}

function onPostgres(name: string, sleeping: () => Promise<unknown>): void {
  scenario(name, async () => (isPostgres ? around(sleeping) : undefined));
}

onPostgres('I6', async () => {
  await dataSource.query(`SELECT ${sleep}`); // I6 site
});

onPostgres('I6 pool', async () => {
  const slow = narrowSource.query(`SELECT ${sleep}`); // I6 pool slow
  await Promise.all([slow, narrowSource.getRepository(Customers).find({ take: 1 })]); // I6 pool waits
});

onPostgres('I6 transaction', () =>
  dataSource.transaction(async (manager) => {
    const slow = manager.query(`SELECT ${sleep}`); // I6 transaction slow
    await Promise.all([slow, manager.find(Customers, { take: 1 })]); // I6 transaction waits
  }),
);

onPostgres('I6 beside', async () => {
  const slow = dataSource.query(`SELECT ${sleep}`); // I6 beside site
  await Promise.all([slow, customers.find({ take: 1 })]);
});

onPostgres('I8 slow', async () => {
  const slowly = dataSource.getRepository(Comments).createQueryBuilder('c').where('c.bookId = :id', { id: 202 }).limit(1);
  await slowly.andWhere(`(SELECT ${sleep}) IS NOT NULL`).getRawMany(); // I8 slow site
});

scenario('I8 rows', async () => {
  const comments = dataSource.getRepository(Comments);
  for (const bookId of [231, 232, 233]) await comments.insert(each(400, () => ({ text: 'much said', bookId })));
});

scenario('I8 large', async () => {
  const comments = dataSource.getRepository(Comments);
  const list = await dataSource.getRepository(Books).find({ where: { id: LessThan(234) }, order: { id: 'DESC' }, take: 3 }); // I8 large parent
  for (const { id } of list) await comments.findBy({ bookId: id }); // I8 large site
});

scenario('I8 done', () => dataSource.getRepository(Comments).delete({ text: 'much said' }));
