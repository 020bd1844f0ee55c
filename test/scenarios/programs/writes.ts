/** H, G and I: writes, waste, duplicates. */
import { LessThan } from 'typeorm';
import { scenario } from './harness';
import { Authors, Books, Comments, Customers, dataSource, Orders, Tags, Visits } from './schema';

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
