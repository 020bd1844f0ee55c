/** Loops that ran once, what a result cache adds to a loop, and numbers that messages have to get right. */
import { In } from 'typeorm';
import { scenario } from './harness';
import { Books, cachingSource, Customers, dataSource, isPostgres, Orders, Tags, Visits } from './schema';

const books = dataSource.getRepository(Books);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const tags = dataSource.getRepository(Tags);
const one = { name: 'customer 3' };

scenario('X34', async () => {
  const list = await customers.findBy(one); // X34 parent
  for (const { id } of list) await orders.findBy({ customerId: id }); // X34 site
});

const countOf = (customerId: number): Promise<number> => orders.countBy({ customerId });

scenario('X34 helper', async () => {
  const [page] = await customers.findAndCount({ where: one, take: 10 }); // X34 helper parent
  return Promise.all(
    page.map(async (customer) => {
      const open = await countOf(customer.id); // X34 helper site
      return { ...customer, open };
    }),
  );
});

// The loop ends with the first row, however many there are.
scenario('X34 leaves', async () => {
  const list = await customers.findBy(one);
  for (const { id } of list) {
    const first = await orders.findOneBy({ customerId: id });
    if (first) return first;
  }
  return null;
});

// There can never be a second row.
scenario('X34 key', async () => {
  const list = await customers.find({ where: { id: 604 } });
  for (const { id } of list) await orders.findBy({ customerId: id });
});

scenario('X34 take', async () => {
  const list = await customers.find({ where: one, take: 1 });
  for (const { id } of list) await orders.findBy({ customerId: id });
});

// Loops over something else: what is written out, and what is asked once for all.
scenario('X34 other', async () => {
  const list = await customers.findBy(one);
  for (const kind of ['open']) if (kind === 'open') await orders.findBy({ customerId: list[0]?.id ?? 0 });
});

scenario('X34 batch', async () => {
  const list = await customers.findBy(one);
  for (const page of [list]) await orders.findBy({ customerId: In(page.map(({ id }) => id)) });
});

// Not in the scope: on PostgreSQL the rows are those of the other cases.
scenario('X35 rows', async () => {
  if (isPostgres) return;
  const ids = [1, 2, 3, 4, 5, 6];
  await cachingSource.getRepository(Customers).insert(ids.map((id) => ({ id: 600 + id, name: `customer ${id - 1}` })));
  await cachingSource.getRepository(Orders).insert(ids.map((id) => ({ id: 706 + id, customerId: 607 - id })));
});

scenario('X35', async () => {
  const list = await cachingSource.getRepository(Orders).findBy({ id: In([707, 708, 709, 710, 711, 712]) }); // X35 parent
  for (const { customerId } of list) await cachingSource.getRepository(Customers).findOne({ where: { id: customerId }, cache: 60_000 }); // X35 site
});

scenario('X35 once', async () => {
  const list = await cachingSource.getRepository(Orders).findBy({ id: In([707, 708]) });
  await cachingSource.getRepository(Customers).find({ where: { id: In(list.map(({ customerId }) => customerId)) }, cache: 60_000 });
});

// New rows, and what hangs on them.
scenario('X36', async () => {
  await orders.save(['a', 'b', 'c', 'd'].map((sku) => ({ customerId: 611, lines: [{ sku }, { sku: `${sku}${sku}` }] }))); // X36 site
});

scenario('X37', async () => {
  const list = await books.createQueryBuilder('b').loadRelationIdAndMap('b.tagIds', 'b.tags').orderBy('b.id').limit(6).getMany(); // X37 parent
  for (const book of list) {
    for (const id of (book as unknown as { tagIds: number[] }).tagIds) await tags.findOneBy({ id }); // X37 site
  }
});

scenario('X38', async () => {
  const table = dataSource.getMetadata(Visits).tableName;
  for (const id of [901, 902, 903, 904]) await dataSource.query(`UPDATE "${table}" SET "counter" = "counter" + 1 WHERE "id" = ${id}`); // X38 site
});
