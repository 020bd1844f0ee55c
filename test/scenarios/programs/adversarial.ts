/** X: what a sceptic would try, to have us say something false. */
import { Brackets, In, MoreThan } from 'typeorm';
import type { EntitySubscriberInterface, InsertEvent } from 'typeorm';
import { scenario } from './harness';
import { Authors, Books, type Customer, Customers, dataSource, isPostgres, OrderLines, Orders, type Visit, Visits } from './schema';

const authors = dataSource.getRepository(Authors);
const books = dataSource.getRepository(Books);
const customers = dataSource.getRepository(Customers);
const orders = dataSource.getRepository(Orders);
const lines = dataSource.getRepository(OrderLines);
const visits = dataSource.getRepository(Visits);

const scopeOf = <T>(name: string, run: () => T): T => {
  const lens = (globalThis as Record<symbol, unknown>)[Symbol.for('relation-lens')] as { scope<R>(name: string, run: () => R): R };
  return lens.scope(name, run);
};
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

// Three requests take turns on one event loop: one loops, one loads eagerly, one asks once.
scenario('X1', async () => {
  const looping = scopeOf('X1 looping', async () => {
    const list = await authors.find({ order: { id: 'ASC' }, take: 4 }); // X1 looping parent
    for (const author of list) {
      await turn();
      await author.books; // X1 looping site
    }
  });
  const eager = scopeOf('X1 eager', async () => {
    for (const author of await authors.find({ relations: { books: true }, take: 4 })) {
      await turn();
      await author.books;
    }
  });
  const single = scopeOf('X1 single', async () => {
    const [author] = await authors.find({ take: 4 });
    await turn();
    await author?.books;
  });
  await Promise.all([looping, eager, single]);
});

// A cache of promises: one query for each author, however many books share them.
scenario('X2', async () => {
  const known = new Map<number, Promise<unknown>>();
  const authorOf = (id: number) => {
    const cached = known.get(id) ?? authors.findOneBy({ id }); // X2 helper
    known.set(id, cached);
    return cached;
  };
  const list = await books.find(); // X2 parent
  for (const book of list) {
    await authorOf(book.authorId); // X2 site
  }
});

// The same cache where all ask for one author.
scenario('X2 shared', async () => {
  let known: Promise<unknown> | null = null;
  const list = await books.find({ where: { authorId: 101 } });
  await Promise.all(list.map(({ authorId }) => (known ??= authors.findOneBy({ id: authorId }))));
});

/** A data loader in a few lines: keys of one tick make a batch. */
function loaderOf<T extends { id: number }>(load: (ids: number[]) => Promise<T[]>, largest: number) {
  let waiting: { id: number; done: (found: T | undefined) => void }[] = [];
  const flush = async () => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += largest) {
      const batch = all.slice(at, at + largest);
      const found = await load(batch.map(({ id }) => id));
      for (const { id, done } of batch) done(found.find((each) => each.id === id));
    }
  };
  return (id: number) =>
    new Promise<T | undefined>((done) => {
      if (waiting.length === 0) process.nextTick(() => void flush());
      waiting.push({ id, done });
    });
}

scenario('X3', async () => {
  const load = loaderOf<Customer>((ids) => customers.findBy({ id: In(ids) }), 5);
  const list = await orders.find();
  await Promise.all(list.map(({ customerId }) => load(customerId)));
});

// Set up wrongly: batches of one are a loop.
scenario('X3 of one', async () => {
  const load = loaderOf<Customer>((ids) => customers.findBy({ id: In(ids) }), 1); // X3 of one site
  const list = await orders.find(); // X3 of one parent
  await Promise.all(list.map(({ customerId }) => load(customerId)));
});

// A key that is taken: the next one is tried.
scenario('X4', async () => {
  for (let id = 901; ; id += 50_000) {
    try {
      await visits.insert({ id, customerId: 611 });
      return;
    } catch {
      // Taken.
    }
  }
});

// A transaction that is rolled back and run again reads again what it needs.
scenario('X4 transaction', async () => {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const failed = await dataSource
      .transaction(async (manager) => {
        const customer = await manager.findOneByOrFail(Customers, { id: 605 });
        await manager.insert(Visits, { customerId: customer.id });
        if (attempt < 3) throw new Error('could not serialize access');
      })
      .then(() => false)
      .catch(() => true);
    if (!failed) return;
  }
});

// Pages by the last key, of the rows of one parent.
scenario('X5', async () => {
  for (let last = 0; ;) {
    const page = await books.find({ where: { authorId: 101, id: MoreThan(last) }, order: { id: 'ASC' }, take: 1 });
    last = page.at(-1)?.id ?? Infinity;
    if (page.length === 0) return;
  }
});

// Pages by the last key in two columns, and what belongs to each page at once.
scenario('X5 related', async () => {
  let last = { customerId: 0, id: 0 };
  for (let pages = 0; pages < 4; pages++) {
    const page = await orders
      .createQueryBuilder('o')
      .where(new Brackets((where) => where.where('o.customerId > :customerId', last).orWhere('o.customerId = :customerId AND o.id > :id', last)))
      .orderBy('o.customerId')
      .addOrderBy('o.id')
      .limit(3)
      .getMany();
    await lines.findBy({ orderId: In(page.map(({ id }) => id)) });
    last = page.at(-1) ?? last;
  }
});

// The same as databases write it shortest: by comparing rows.
scenario('X5 rows', async () => {
  let last = { customerId: 0, id: 0 };
  for (let pages = 0; pages < 4; pages++) {
    const page = await orders
      .createQueryBuilder('o')
      .where('(o.customerId, o.id) > (:customerId, :id)', last)
      .orderBy('o.customerId')
      .addOrderBy('o.id')
      .limit(3)
      .getMany();
    last = page.at(-1) ?? last;
  }
});

// A loop over a stream, whose rows come while the app asks.
scenario('X6', async () => {
  if (!isPostgres) return;
  const stream = await orders.createQueryBuilder('o').orderBy('o.id').stream(); // X6 parent
  for await (const row of stream) {
    await customers.findOneBy({ id: (row as { o_customerId: number }).o_customerId }); // X6 site
  }
});

// One job starts before its last run is done.
scenario('X7', async () => {
  const job = (customerId: number) =>
    scopeOf('X7 job', async () => {
      const customer = await customers.findOneByOrFail({ id: customerId });
      await turn();
      await visits.update({ id: 903 }, { counter: customer.id });
      await visits.findOneBy({ id: 903 });
    });
  await Promise.all([job(601), job(602), job(603), job(604)]);
});

// A savepoint for each row, within one transaction.
scenario('X8', () =>
  dataSource.transaction(async (manager) => {
    for (let row = 0; row < 4; row++) {
      await manager.transaction(async (inner) => {
        await inner.insert(Visits, { customerId: 612 }); // X8 site
      });
    }
  }),
);

// A subscriber asks the same for each of the rows that one call inserts.
class TariffSubscriber implements EntitySubscriberInterface<Visit> {
  isOn = false;

  listenTo() {
    return 'Visit';
  }

  async beforeInsert(event: InsertEvent<Visit>) {
    if (this.isOn) await event.manager.findOneBy(Customers, { name: 'tariff' }); // X9 site
  }
}
const tariffs = new TariffSubscriber();

scenario('X9', async () => {
  if (!dataSource.subscribers.includes(tariffs)) dataSource.subscribers.push(tariffs);
  tariffs.isOn = true;
  await visits.insert([{ customerId: 613 }, { customerId: 614 }, { customerId: 615 }, { customerId: 616 }]); // X9 parent
  tariffs.isOn = false;
});

// Targets of several kinds, by kind and in one query each.
scenario('X10', async () => {
  const mentions = [
    { kind: 'author', id: 101 },
    { kind: 'book', id: 201 },
    { kind: 'author', id: 102 },
    { kind: 'book', id: 202 },
    { kind: 'author', id: 103 },
  ] as const;
  for (const [kind, repository] of [
    ['author', authors],
    ['book', books],
  ] as const) {
    const ids = mentions.filter((mention) => mention.kind === kind).map(({ id }) => id);
    await repository.findBy({ id: In(ids) });
  }
});

// Two lists hold the same keys: only one of them was looped over.
scenario('X11', async () => {
  const list = await customers.find(); // X11 parent
  await orders.find();
  for (const { id } of list) await orders.findBy({ customerId: id }); // X11 site
});

// Numbers of another kind that happen to be the keys which a request then asks for.
scenario('X11 chance', async () => {
  await dataSource.query('SELECT "id" - 100 AS "total" FROM "orders"');
  for (const id of [601, 602, 603, 604]) await customers.findOneBy({ id }); // X11 chance site
});

// Large writes in chunks are no rows one by one.
scenario('X12', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => ({ customerId: 617, counter: at }));
  for (let at = 0; at < rows.length; at += 20) await visits.insert(rows.slice(at, at + 20));
  const ids = (await visits.findBy({ customerId: 617 })).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 20) await visits.delete({ id: In(ids.slice(at, at + 20)) });
});

scenario('X12 saved', async () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({ customerId: 618, counter: at }));
  for (let at = 0; at < rows.length; at += 4) await visits.insert(rows.slice(at, at + 4)); // X12 saved rows
  const list = await visits.findBy({ customerId: 618 });
  for (const visit of list.slice(0, 3)) await visits.delete({ id: visit.id }); // X12 saved site
});

// A savepoint that is taken back, and the next attempt with another key.
scenario('X8 retry', () =>
  dataSource.transaction(async (manager) => {
    for (let attempt = 1; attempt <= 4; attempt++) {
      await manager
        .transaction(async (inner) => {
          const customer = await inner.findOneByOrFail(Customers, { id: 606 });
          await inner.insert(Visits, { customerId: customer.id, counter: attempt });
          if (attempt < 4) throw new Error('taken');
        })
        .catch(() => undefined);
    }
  }),
);
