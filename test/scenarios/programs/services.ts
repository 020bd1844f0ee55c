/** X, from 24 on: loops as services write them, whose keys come by ways of their own: from another database, by a natural key, through a tree. */
import { DataSource, EntitySchema, type EntitySchemaColumnOptions, type EntitySubscriberInterface, In, type UpdateEvent } from 'typeorm';
import { scenario } from './harness';
import { Folder, mappedSource } from './mappedSchema';
import { Authors, Books, Comments, Customers, dataSource, Orders, postgresUrl, Tags, type Visit, Visits } from './schema';

interface Contact {
  id: number;
  customerId: number;
  email: string;
}
interface Invitation {
  id: number;
  inviteeEmail: string;
}
interface Shelf {
  id: number;
  name: string;
  parent: Shelf | null;
  children: Shelf[];
}

const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: true };
const Contacts = new EntitySchema<Contact>({
  name: 'Contact',
  columns: { id, customerId: { type: Number }, email: { type: String, unique: true } },
});
const Invitations = new EntitySchema<Invitation>({ name: 'Invitation', columns: { id, inviteeEmail: { type: String } } });
const Shelves = new EntitySchema<Shelf>({
  name: 'Shelf',
  columns: { id, name: { type: String } },
  relations: {
    parent: { type: 'many-to-one', target: 'Shelf', treeParent: true, nullable: true },
    children: { type: 'one-to-many', target: 'Shelf', inverseSide: 'parent', treeChildren: true },
  },
  trees: [{ type: 'materialized-path' }],
});

/** Of another service: it knows customers by their numbers, and has no table of them. */
const crmSource = new DataSource({
  ...(postgresUrl === undefined ? { type: 'better-sqlite3', database: ':memory:' } : { type: 'postgres', url: postgresUrl, extra: { max: 2 } }),
  synchronize: true,
  entities: [Contacts, Invitations, Shelves],
});

const books = dataSource.getRepository(Books);
const comments = dataSource.getRepository(Comments);
const tags = dataSource.getRepository(Tags);
const authors = dataSource.getRepository(Authors);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const visits = dataSource.getRepository(Visits);
const contacts = crmSource.getRepository(Contacts);
const invitations = crmSource.getRepository(Invitations);

export async function openServices(): Promise<() => Promise<void>> {
  await crmSource.initialize();
  const numbers = Array.from({ length: 12 }, (_, at) => at);
  await contacts.insert(numbers.map((at) => ({ id: 601 + at, customerId: 612 - at, email: `contact${at}@example.org` })));
  await invitations.insert(numbers.map((at) => ({ inviteeEmail: `contact${(at * 5) % 12}@example.org` })));
  return () => crmSource.destroy();
}

// Rows of one database, a query to another for each.
scenario('X24', async () => {
  const list = await customers.find({ order: { id: 'ASC' } }); // X24 parent
  for (const customer of list) await contacts.findOneBy({ customerId: customer.id }); // X24 site
});

scenario('X24 once', async () => {
  const list = await customers.find();
  await contacts.findBy({ customerId: In(list.map((customer) => customer.id)) });
});

// Numbers from a request, which happen to be keys in the other database too.
scenario('X25', async () => {
  await customers.find();
  for (const key of [601, 602, 603, 604]) await contacts.findOneBy({ id: key }); // X25 site
});

// Looked up by an address, which no relation knows.
scenario('X26', async () => {
  const list = await invitations.find({ order: { id: 'ASC' }, take: 8 }); // X26 parent
  for (const { inviteeEmail } of list) await contacts.findOneBy({ email: inviteeEmail }); // X26 site
});

scenario('X26 once', async () => {
  const list = await invitations.find({ order: { id: 'ASC' }, take: 8 });
  await contacts.findBy({ email: In(list.map(({ inviteeEmail }) => inviteeEmail)) });
});

// Keys that were made out of what was read.
scenario('X27', async () => {
  const list = await customers.find({ order: { id: 'ASC' }, take: 5 });
  for (const { name } of list) await contacts.findOneBy({ email: `contact${name.slice(-1)}@example.org` }); // X27 site
});

// Ancestors of one leaf after the other, in a closure table.
scenario('X28', async () => {
  const folders = mappedSource.getTreeRepository(Folder);
  const list = await folders.find({ order: { id: 'ASC' }, take: 6 }); // X28 parent
  for (const folder of list) await folders.findAncestors(folder); // X28 site
});

/** Asks for the customer of each visit that is changed. */
class TariffCheck implements EntitySubscriberInterface<Visit> {
  isOn = false;

  listenTo() {
    return 'Visit';
  }

  async beforeUpdate(event: UpdateEvent<Visit>) {
    if (this.isOn) await event.manager.findOneBy(Customers, { id: event.entity?.['customerId'] as number }); // X29 asks
  }
}
const check = new TariffCheck();

async function checked(run: () => Promise<unknown>): Promise<void> {
  if (!dataSource.subscribers.includes(check)) dataSource.subscribers.push(check);
  check.isOn = true;
  await run();
  check.isOn = false;
}

// Not in the scope: what it writes is no matter of the case.
scenario('X29 rows', () => visits.insert([601, 603, 605, 607].map((customerId) => ({ customerId, counter: 290 }))));

scenario('X29', () =>
  checked(async () => {
    const list = await visits.find({ where: { counter: 290 }, order: { id: 'ASC' } }); // X29 parent
    for (const visit of list) {
      visit.counter += 5;
      await visits.save(visit); // X29 site
    }
  }),
);

scenario('X29 once', () =>
  checked(async () => {
    const visit = await visits.findOneByOrFail({ id: 903 });
    visit.counter += 5;
    await visits.save(visit);
  }),
);

// Nodes of a tree, one below the other.
scenario('X30', async () => {
  const shelves = crmSource.getTreeRepository(Shelves);
  const root = await shelves.save(shelves.create({ name: 'root' }));
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
    await shelves.save(shelves.create({ name, parent: root })); // X30 site
  }
});

// Totals by key, then the row of each key.
scenario('X31', async () => {
  const totals = await orders
    .createQueryBuilder('o')
    .select('o.customerId', 'customer')
    .addSelect('COUNT(*)', 'count')
    .groupBy('o.customerId')
    .orderBy('o.customerId')
    .getRawMany<{ customer: number }>(); // X31 parent
  for (const { customer } of totals) await customers.findOneBy({ id: customer }); // X31 site
});

// Turns that wait for each other.
scenario('X32', async () => {
  const list = await authors.find({ order: { id: 'ASC' } }); // X32 parent
  await list.reduce(async (before, author) => {
    const sum = await before;
    const books = await author.books; // X32 site
    return sum + books.length;
  }, Promise.resolve(0));
});

// The tags of each comment's book: asked for by a key that the comment has, though they are no relation of its.
scenario('X33', async () => {
  const list = await comments.find({ order: { id: 'ASC' }, take: 9 }); // X33 parent
  for (const { bookId } of list) await tags.find({ where: { books: { id: bookId } } }); // X33 site
});

scenario('X33 itself', async () => {
  const list = await comments.find({ order: { id: 'ASC' }, take: 9 }); // X33 itself parent
  for (const { bookId } of list) await books.findOneBy({ id: bookId }); // X33 itself site
});

scenario('X33 again', async () => {
  const list = await comments.find({ order: { id: 'ASC' }, take: 9, relations: { book: true } }); // X33 again parent
  for (const { bookId } of list) await books.findOne({ where: { id: bookId }, relations: { tags: true } }); // X33 again site
});
