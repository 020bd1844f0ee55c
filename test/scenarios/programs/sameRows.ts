/** X, from 39 on: several parts of a request that read the same rows, and turns that call themselves. */
import { Between } from 'typeorm';
import { scenario } from './harness';
import { Customers, dataSource, Orders } from './schema';

const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

// Two parts at once have read the orders, in another order: one loops over its own.
scenario('X39', async () => {
  const showNames = async () => {
    const list = await orders.find({ order: { id: 'ASC' }, where: { id: Between(701, 706) } }); // X39 parent
    await turn();
    const keys = list.map(({ customerId }) => customerId).sort((a, b) => a - b);
    for (const id of keys) await customers.findOneBy({ id }); // X39 site
  };
  const count = async () => {
    await turn();
    return (await orders.find({ where: { id: Between(700, 707) }, order: { customerId: 'ASC' } })).length;
  };
  await Promise.all([showNames(), count()]);
});

// The same by one part after the other: the later one has read them in the order in which the first loops.
scenario('X39 handed', async () => {
  const load = () => orders.find({ order: { id: 'DESC' }, where: { id: Between(701, 706) } }); // X39 handed parent
  const show = async (keys: readonly number[]) => {
    for (const id of keys) await customers.findOneBy({ id }); // X39 handed site
  };
  const total = async () => (await orders.find({ where: { id: Between(701, 706) }, order: { customerId: 'ASC' } })).length;
  const part = async () => {
    const list = await load();
    await turn();
    await show(list.map(({ customerId }) => customerId).sort((a, b) => a - b));
  };
  await Promise.all([part(), total()]);
});

// Row by row, by a function that calls itself for the next one.
scenario('X40', async () => {
  const list = await orders.find({ where: { id: Between(701, 706) } }); // X40 parent
  const step = async (at: number): Promise<void> => {
    const order = list[at];
    if (order === undefined) return;
    await customers.findOneBy({ id: order.customerId }); // X40 site
    await step(at + 1);
  };
  await step(0);
});

scenario('X40 helper', async () => {
  const nameOf = async (id: number) => (await customers.findOneBy({ id }))?.name;
  const list = await orders.find({ where: { id: Between(701, 706) } }); // X40 helper parent
  const step = async ([first, ...others]: readonly number[]): Promise<void> => {
    if (first === undefined) return;
    await nameOf(first); // X40 helper site
    await step(others);
  };
  await step(list.map(({ customerId }) => customerId));
});
