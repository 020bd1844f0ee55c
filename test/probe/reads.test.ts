/** What the probe says of the properties that an app reads on its entities. */
import { describe, expect, it } from 'vitest';
import type { ReadsEvent, UnloadedReadEvent } from '../../src/protocol/probeReads';
import { bothVersions, eventsOf, runApp, type ProbedOutcome, type TypeormPackage } from './app';
import { readingApp, watching } from './readsApp';

/** Runs the body in a scope and gives the last word on each call path: `books: code`, by the path's marked line. */
async function readsOf(typeorm: TypeormPackage, body: string) {
  const outcome = await runApp({ ...readingApp(`await lens.scope('it', async () => {\n${body}\n});`), typeorm, env: watching });
  expect(outcome.stderr).toBe('');
  expect(eventsOf(outcome.events, 'notice')).toEqual([]);
  const at = (op: number) => outcome.operations.find(({ id }) => id === op)?.at ?? null;
  const last = new Map<string | null, ReadsEvent>();
  for (const event of eventsOf(outcome.events, 'reads')) last.set(at(event.op), event);
  return { outcome, at, last, unloaded: eventsOf(outcome.events, 'unloaded') };
}

/** How authors' books were read, by what was told one after the other. */
function readsOfBooks({ events }: ProbedOutcome): unknown[] {
  return eventsOf(events, 'reads').flatMap(({ nodes }) => nodes.filter(({ path }) => path === '').map(({ relations }) => relations['books']?.by));
}

async function relationsAfter(typeorm: TypeormPackage, use: string): Promise<Record<string, string | null>> {
  const { last } = await readsOf(typeorm, `const list = await authors.find({ relations: { books: true, profile: true } }); // @find\n${use}`);
  const nodes = last.get('find')?.nodes ?? [];
  return Object.fromEntries(
    nodes.flatMap(({ path, relations }) => Object.entries(relations).map(([name, { by }]) => [[path, name].filter(Boolean).join('.'), by])),
  );
}

/** What the app does with the list, and how `books` counts as read then. */
const uses: readonly (readonly [what: string, code: string, books: string | null])[] = [
  ['nothing', '', null],
  ['other properties', 'for (const author of list) void author.name;', null],
  ['the relation on one row of many', 'void list[2].books;', 'code'],
  ['the relation in a destructuring', 'const [{ books: theirs }] = list; void theirs;', 'code'],
  ['JSON', 'JSON.stringify(list);', 'serialised'],
  ['JSON, then code', 'JSON.stringify(list); void list[1].books;', 'code'],
  ['a spread', 'list.map((author) => ({ ...author }));', 'copied'],
  ['Object.assign', 'list.map((author) => Object.assign({}, author));', 'copied'],
  ['Object.entries', 'list.map((author) => Object.entries(author));', 'copied'],
  ['structuredClone', 'list.map((author) => structuredClone(author));', 'copied'],
  ['a loop over the keys', 'for (const author of list) for (const key in author) void author[key];', 'copied'],
  ['console.log', 'console.debug(require("util").inspect(list));', 'copied'],
  ['descriptors', 'list.map((author) => Object.getOwnPropertyDescriptors(author));', 'copied'],
  [
    'a field of a GraphQL query that has no resolver',
    `const { graphql, buildSchema } = require('graphql');
     const schema = buildSchema('type Query { authors: [Author] } type Author { name: String books: [Book] } type Book { title: String }');
     await graphql({ schema, source: '{ authors { name books { title } } }', rootValue: { authors: list } });`,
    'resolved',
  ],
  [
    'a field of a GraphQL query, then JSON',
    `const { graphql, buildSchema } = require('graphql');
     const schema = buildSchema('type Query { authors: [Author] } type Author { books: [Book] } type Book { title: String }');
     await graphql({ schema, source: '{ authors { books { title } } }', rootValue: { authors: list } });
     JSON.stringify(list);`,
    'serialised',
  ],
  [
    'a field of a query that a GraphQL library compiles',
    `const compile = require('vm').runInThisContext('(body) => new Function("list", body)', { filename: '/app/node_modules/graphql-jit/dist/execution.js' });
     compile('return list.map(function field(parent) { return { books: parent.books }; })')(list);`,
    'resolved',
  ],
  ['code that the app compiles', 'new Function("list", "return list.map((author) => author.books)")(list);', 'copied'],
  ['a merge', 'authors.merge(new Author(), list[0]);', 'orm'],
  ['a save', 'list[0].name = "New"; await authors.save(list[0]);', 'orm'],
  ['an assignment only', 'for (const author of list) author.books = [];', null],
];

describe.each(bothVersions)('property reads with %s', (typeorm) => {
  it.each(uses)('%s', async (_what, code, books) => {
    expect(await relationsAfter(typeorm, code)).toMatchObject({ books });
  });

  it('are told of relations loaded by queries of their own, of lazy ones, and of those of relations', async () => {
    const { last } = await readsOf(
      typeorm,
      `const list = await authors.find({ relations: { books: { author: true } }, relationLoadStrategy: 'query' }); // @find
       for (const author of list) for (const book of author.books) void book.title;`,
    );
    const [root, nested] = last.get('find')?.nodes ?? [];
    expect(root).toMatchObject({ path: '', entity: 'Author', entities: 3, relations: { books: { by: 'code', filled: 2 } } });
    expect(nested).toMatchObject({
      path: 'books',
      entity: 'Book',
      entities: 3,
      relations: { author: { by: null, filled: 3 } },
      columns: { title: { by: 'code' } },
    });
  });

  it('measure how wide the columns are', async () => {
    const { last } = await readsOf(typeorm, `const list = await authors.find(); // @find\nfor (const author of list) void author.name;`);
    expect(last.get('find')?.nodes[0]?.columns).toMatchObject({
      name: { by: 'code', filled: 3, bytes: 9 },
      bio: { by: null, filled: 2, bytes: 9 },
    });
  });

  it('are added up over the runs of a call path, and later reads are told', async () => {
    const { last } = await readsOf(
      typeorm,
      `const kept = [];
       await null;
       for (let run = 0; run < 4; run++) await lens.scope('run', async () => {
         kept.push(await authors.find({ relations: { books: true } })); // @find
       });
       await lens.scope('later', async () => void kept[1][0].books);`,
    );
    expect(last.get('find')).toMatchObject({ runs: 4, nodes: [{ entities: 12, relations: { books: { by: 'code' } } }, {}] });
  });

  it.each([
    ['rows', 'answer'],
    ['{ items: rows, total: rows.length }', 'answer.items'],
    ['new Map(rows.map((row) => [row.id, row]))', '[...answer.values()]'],
    ['{ page: { first: rows[0] } }', '[answer.page.first]'],
  ])('of what a scope hands back wait for what its caller does with it: %s', async (answer, back) => {
    for (const [use, by] of [
      ['JSON.stringify(list)', 'serialised'],
      ['void list[0].books', 'code'],
      ['void list.length', null],
    ] as const) {
      const { outcome } = await readsOf(
        typeorm,
        `await null;
         const answer = await lens.scope('inner', async () => { const rows = await authors.find({ relations: { books: true } }); return ${answer}; });
         const list = ${back};
         await new Promise((done) => setTimeout(done, 5));
         ${use};`,
      );
      expect(readsOfBooks(outcome)).toEqual([by]);
    }
  });

  it.each([
    ['a number', '', 'rows.length', [null]],
    ['copies', '', 'rows.map((row) => ({ id: row.id }))', [null]],
    ['one of two results', 'await books.find({ relations: { author: true } }); ', 'rows', [null, 'code']],
  ])('are told with the end of a scope that does not hand them back: %s', async (_what, first, answer, expected) => {
    const { outcome } = await readsOf(
      typeorm,
      `await null;
       const answer = await lens.scope('inner', async () => { ${first}const rows = await authors.find({ relations: { books: true } }); return ${answer}; });
       await authors.count();
       void answer[0]?.books;`,
    );
    const told = outcome.events.findIndex(({ e }) => e === 'reads');
    expect(told).toBeGreaterThan(-1);
    expect(told).toBeLessThan(outcome.events.findIndex(({ e }) => e === 'scopeEnd'));
    expect(eventsOf(outcome.events, 'reads').map(({ nodes }) => Object.values(nodes[0]?.relations ?? {})[0]?.by)).toEqual(expected);
  });

  it('of what a scope hands back to none are told once nobody can read it any more, or at the end', async () => {
    const app = (body: string) =>
      readingApp(`
        require('node:v8').setFlagsFromString('--expose-gc');
        const gc = require('node:vm').runInNewContext('gc');
        const job = () => lens.scope('job', () => authors.find({ relations: { books: true } }));
        ${body}
        for (let turn = 0; turn < 20; turn++) { gc(); await new Promise(setImmediate); }
        await lens.scope('last', async () => 0);
        if (globalThis.kept) void kept[0].books;`);
    const forgotten = await runApp({ ...app('await job();'), typeorm, env: watching });
    const kept = await runApp({ ...app('globalThis.kept = await job();'), typeorm, env: watching });
    const lastEnd = (events: typeof kept.events) => events.findLastIndex(({ e }) => e === 'scopeEnd');
    const told = (events: typeof kept.events) => events.findIndex(({ e }) => e === 'reads');
    expect(readsOfBooks(forgotten)).toEqual([null]);
    expect(told(forgotten.events)).toBeLessThan(lastEnd(forgotten.events));
    expect(readsOfBooks(kept)).toEqual(['code']);
    expect(told(kept.events)).toBeGreaterThan(lastEnd(kept.events));
  });

  it('after the last scope are told with the end of the process', async () => {
    const { outcome } = await readsOf(
      typeorm,
      `globalThis.kept = await authors.find({ relations: { books: true } });
       setTimeout(() => void kept[0].books, 5);`,
    );
    expect(readsOfBooks(outcome)).toEqual([null, 'code']);
  });

  it('end after enough runs of a call path', async () => {
    const { outcome } = await readsOf(typeorm, `for (let run = 0; run < 50; run++) await authors.find({ relations: { books: true } }); // @find`);
    expect(eventsOf(outcome.events, 'reads').at(-1)?.runs).toBe(20);
  });

  it('are seen in listeners for loaded entities', async () => {
    const { last } = await readsOf(
      typeorm,
      `ds.subscribers.push({ listenTo: () => Author, afterLoad: (author) => { author.total = author.books?.length; } });
       await authors.find({ relations: { books: true } }); // @find`,
    );
    expect(last.get('find')?.nodes[0]?.relations).toMatchObject({ books: { by: 'code' } });
  });

  it('of plain objects without a class are not watched', async () => {
    const { outcome } = await readsOf(
      typeorm,
      `const Plain = new typeorm.EntitySchema({ name: 'Plain', columns: { id: { type: Number, primary: true } } });
       const own = await new typeorm.DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Plain] }).initialize();
       await own.getRepository('Plain').save({ id: 1 });
       console.log(JSON.stringify(Object.getOwnPropertyDescriptors((await own.getRepository('Plain').find())[0])));
       await own.destroy();`,
    );
    expect(JSON.parse(outcome.stdout)).toEqual({ id: { value: 1, writable: true, enumerable: true, configurable: true } });
  });
});

/** What the app does with books (nothing loaded) and accounts (fields declared, nothing loaded), and what it missed there. */
const missing: readonly (readonly [what: string, code: string, missed: Partial<UnloadedReadEvent>[]])[] = [
  ['a read', 'for (const book of list) void book.author; // @read', [{ entity: 'Book', relation: 'author', count: 3 }]],
  ['optional chaining', 'for (const book of list) void book.author?.name;', [{ relation: 'author', count: 3 }]],
  ['a declared field', 'for (const account of declared) void account.entries;', [{ entity: 'Account', relation: 'entries', count: 2 }]],
  ['two reads on one row', 'void list[0].author; void list[0].author;', [{ count: 1 }]],
  ['a read of a name that is no relation', 'void list[0].publisher;', []],
  ['in and hasOwn', '"author" in list[0]; Object.hasOwn(list[0], "author");', []],
  ['JSON', 'JSON.stringify([list, declared]);', []],
  ['a spread', '[...list, ...declared].map((one) => ({ ...one }));', []],
  ['printing', 'require("util").inspect([list, declared]);', []],
  ['a clone', 'structuredClone(list); structuredClone(declared);', []],
  ['a loop over the keys', 'for (const one of declared) for (const key of Object.keys(one)) void one[key];', []],
  ['a save', 'await books.save(list); await accounts.save(declared);', []],
  ['a read after it was assigned', 'for (const book of list) { book.author = undefined; void book.author; }', []],
  ['a read that fills it', 'for (const book of list) if (!book.author) book.author = await authors.findOneBy({ id: book.authorId });', []],
  ['a read that fills a declared field', 'for (const account of declared) account.entries ??= [];', []],
  ['a loaded relation that is empty', 'for (const author of await authors.find({ relations: { profile: true } })) void author.profile;', []],
  ['an object that was not loaded', 'void new Book().author; void books.create({ title: "x" }).author;', []],
];

describe.each(bothVersions)('relations read though not loaded with %s', (typeorm) => {
  it.each(missing)('%s', async (_what, code, missed) => {
    const { unloaded } = await readsOf(typeorm, `const list = await books.find(), declared = await accounts.find();\n${code}`);
    expect(unloaded).toMatchObject(missed);
  });

  it('name the line that read, and the call that returned the rows', async () => {
    const { unloaded, at, outcome } = await readsOf(
      typeorm,
      `const list = await books.find(); // @find
       void list[0].author; // @read`,
    );
    expect(at(unloaded[0]?.op ?? 0)).toBe('find');
    const site = eventsOf(outcome.events, 'site').find(({ id }) => id === unloaded[0]?.site);
    expect(site?.frames[0]?.line).toBeGreaterThan(0);
  });
});

describe('classes', () => {
  const collecting = `
    require('node:v8').setFlagsFromString('--expose-gc');
    const gc = require('node:vm').runInNewContext('gc');
    const isPlain = () => Object.getPrototypeOf(Book.prototype) === Object.prototype;
    const collect = async (turns) => { for (let turn = 0; turn < turns && !isPlain(); turn++) { gc(); await new Promise(setImmediate); } };
    const look = async () => { for (const book of await books.find()) void book.title; };
    await look();
    console.log(isPlain());`;

  it('are as they were once nothing is left of what was watched, and watched again with the next result', async () => {
    const { outcome, unloaded } = await readsOf(
      'typeorm',
      `${collecting}
       await collect(500);
       console.log(isPlain());
       const [next] = await books.find();
       void next.author;
       console.log(isPlain());`,
    );
    expect(outcome.stdout.split('\n').slice(0, 3)).toEqual(['false', 'true', 'false']);
    expect(unloaded).toMatchObject([{ count: 1 }]);
  });

  it('stay watched as long as one entity is left', async () => {
    const { outcome, unloaded } = await readsOf(
      'typeorm',
      `const [kept] = await books.find();
       ${collecting}
       await collect(30);
       console.log(isPlain());
       void kept.author;`,
    );
    expect(outcome.stdout.split('\n').slice(0, 2)).toEqual(['false', 'false']);
    expect(unloaded).toMatchObject([{ count: 1 }]);
  });
});

it('nothing is watched unless the launcher asks for it', async () => {
  const { events } = await runApp(
    readingApp(`const [author] = await authors.find({ relations: { books: true } }); void author.books; void author.nothing;`),
  );
  expect(eventsOf(events, 'reads')).toEqual([]);
});
