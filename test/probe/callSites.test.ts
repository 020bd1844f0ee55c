/** Where an operation was called from: the line in the user's code, whatever promises lie between. */
import { describe, expect, it } from 'vitest';
import { bothVersions, runApp, type SeenOperation, type TypeormPackage } from './app';
import { libraryApp } from './library';

async function operationsOf(typeorm: TypeormPackage, body: string): Promise<readonly SeenOperation[]> {
  const { operations, stderr, status } = await runApp({ ...libraryApp(body), typeorm });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return operations;
}

function places(operations: readonly SeenOperation[], api: string): (string | null)[] {
  return operations.filter((operation) => operation.api === api).map(({ at }) => at);
}

describe.each(bothVersions)('call sites on %s', (typeorm) => {
  it('names the line that reads a lazy relation in a loop, and the operation that hydrated its owner', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  const list = await authors.find(); // @find
  for (const author of list) {
    await author.books; // @lazy
  }`,
    );
    expect(places(operations, 'Repository.find')).toEqual(['find']);
    const lazy = operations.filter(({ api }) => api === 'lazy');
    expect(lazy.map(({ at, entity, relation }) => ({ at, entity, relation }))).toEqual(
      Array(3).fill({ at: 'lazy', entity: 'Author', relation: 'books' }),
    );
    expect(lazy.map(({ owner }) => owner?.at)).toEqual(['find', 'find', 'find']);
    expect(lazy.map(({ start }) => start.ownerKey)).toEqual([[1], [2], [3]]);
    expect(lazy.map(({ queries, entities }) => [queries.length, entities])).toEqual([
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
  });

  it('tells lazy relations that TypeORM reads while it creates objects from those that the app reads', async () => {
    const { operations, stdout } = await runApp({
      ...libraryApp(`
  const [ann, bob] = await authors.find(); // @find
  const made = books.create([{ title: 'new', author: ann }]); // @create
  await bob.books; // @read
  console.log(made.length, made[0] instanceof Book);
  await new Promise((resolve) => setTimeout(resolve, 50));`),
      typeorm,
    });
    const loads = operations.filter(({ relation }) => relation === 'books');
    expect(new Set(loads.map(({ api, at }) => `${api} ${at}`))).toEqual(new Set(['EntityManager.create create', 'lazy read']));
    expect(stdout).toBe('1 true\n');
  });

  it('names the line of a lazy relation read inside of Promise.all, with .then, and stored before it is awaited', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  const list = await authors.find();
  await Promise.all(list.map((author) => author.books)); // @all
  const again = await authors.find();
  await again[0].books.then((found) => found.length); // @then
  const stored = again[1].books; // @stored
  await Promise.all([stored, stored.then(() => 1)]);
  await again[1].books;`,
    );
    expect(places(operations, 'lazy')).toEqual(['all', 'all', 'all', 'then', 'stored']);
  });

  it('names the line of a query in a loop, however it is awaited', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  const rows = await books.find();
  for (const { authorId } of rows) await authors.findOneBy({ id: authorId }); // @loop
  await Promise.all(rows.map(({ authorId }) => authors.findOneBy({ id: authorId }))); // @parallel
  await rows.reduce((before, { authorId }) => before.then(() => authors.findOneBy({ id: authorId })), Promise.resolve()); // @chain
  async function* each() { for (const { authorId } of rows) yield await authors.findOneBy({ id: authorId }); } // @generator
  for await (const author of each()) author.name;
  const tail = (id) => authors.findOneBy({ id });
  for (const { authorId } of rows) await tail(authorId);`,
    );
    const found = places(operations, 'Repository.findOneBy');
    expect(found.slice(0, 16)).toEqual(['loop', 'parallel', 'chain', 'generator'].flatMap((mark) => Array<string>(4).fill(mark)));
  });

  it('shows the loop behind the helper', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  const helper = async (id) => {
    await null;
    return authors.findOneBy({ id }); // @helper
  };
  for (const id of [1, 2]) {
    await helper(id); // @caller
  }`,
    );
    const helped = operations.filter(({ at }) => at === 'helper');
    expect(helped.map(({ via }) => via.slice(0, 2))).toEqual([
      ['helper', 'caller'],
      ['helper', 'caller'],
    ]);
    expect(helped[0]?.frames.slice(0, 2).map(({ function: name, async }) => [name, async])).toEqual([
      ['helper', false],
      [null, true],
    ]);
  });

  it('names the lines inside of a transaction, as operations of their own within it', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  await ds.transaction(async (manager) => { // @transaction
    const list = await manager.find(Author); // @find
    for (const author of list) {
      await author.books; // @lazy
      await manager.findOneBy(Author, { id: author.id }); // @loop
    }
  });`,
    );
    const inside = operations.filter(({ parent }) => parent?.at === 'transaction');
    expect(inside.map(({ at }) => at)).toEqual(['find', 'lazy', 'loop', 'lazy', 'loop', 'lazy', 'loop']);
    const transaction = operations.find(({ at }) => at === 'transaction');
    expect(transaction?.api).toBe('DataSource.transaction');
    expect(transaction?.queries.map(({ text }) => text)).toEqual(['BEGIN TRANSACTION', 'COMMIT']);
    expect(inside.every(({ queries }) => queries.length === 1)).toBe(true);
  });

  it('names the listener and the subscriber that query, within the call that led to them', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  ds.subscribers.push({
    async afterInsert({ manager }) {
      await manager.countBy(Tag, { id: 1 }); // @subscriber
    },
    async afterLoad(entity) {
      if (entity instanceof Author) await entity.books; // @afterLoad
    },
  });
  await tags.save({ label: 'z' }); // @save
  await authors.find(); // @find`,
    );
    expect(operations.filter(({ parent }) => parent).map(({ at, parent }) => `${parent?.at} → ${at}`)).toEqual([
      'save → subscriber',
      'find → afterLoad',
      'find → afterLoad',
      'find → afterLoad',
    ]);
  });

  it('leaves packages out of the stack, and has no site where there is no code of the user', async () => {
    const { operations } = await runApp({
      typeorm,
      source: `require('./library.cjs').open().then((ds) => require('./node_modules/loader/index.cjs')(ds, () => ds.query('SELECT 2'))); // @user`,
      files: {
        ...libraryApp('').files,
        'node_modules/loader/index.cjs': `module.exports = async (ds, callback) => { await ds.query('SELECT 1'); await callback(); };`,
      },
    });
    const selects = operations.filter(({ api, queries }) => api === 'DataSource.query' && /SELECT \d/.test(queries[0]?.text ?? ''));
    expect(selects.map(({ at, frames }) => [at, frames.some(({ file }) => file.includes('node_modules'))])).toEqual([
      ['user', false],
      ['user', false],
    ]);
  });
});

describe('a loop of many calls', () => {
  it('is told apart from what the same helper, or the next line, asks afterwards', async () => {
    const { operations } = await runApp(
      libraryApp(`
  const lookUp = (id) => authors.findOneBy({ id }); // @helper
  for (let i = 0; i < 50; i++) await lookUp(1); // @loop
  await lookUp(2); // @after
  await authors.findOneBy({ id: 3 }); // @plain
  for (let i = 0; i < 50; i++) await (await authors.findOneBy({ id: 1 })).books; // @lazyLoop
  const author = await authors.findOneBy({ id: 2 });
  await author.books; // @lazyAfter`),
    );
    const found = operations.filter(({ at, via }) => at !== null || via.some((mark) => mark !== null));
    const counts = new Map<string, number>();
    for (const { api, via } of found) {
      const key = `${api} ${via.filter((mark) => mark !== null).join(' < ')}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts]).toEqual([
      ['Repository.findOneBy helper < loop', 50],
      ['Repository.findOneBy helper < after', 1],
      ['Repository.findOneBy plain', 1],
      ['Repository.findOneBy lazyLoop', 50],
      ['lazy lazyLoop', 50],
      ['lazy lazyAfter', 1],
    ]);
  });
});
