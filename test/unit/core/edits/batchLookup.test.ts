import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { aColumn, anEntity, aGraph, anId } from '../../builders/graphBuilder';
import { editOf, expectDeclined, expectEdit, type LoadCase } from './loadEdits';

const batch = anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 2, currentQueryCount: 101 });
/** Users looked up for orders. */
const user: LoadCase = { of: 'Order', finding: { kind: 'loop-n-plus-one', entity: 'User', relation: null, advice: batch } };
/** Books of authors, asked for with a filter. */
const books: LoadCase = { of: 'Author', finding: { kind: 'loop-n-plus-one', entity: 'Author', relation: 'books', advice: batch } };
/** The relation would do, but for what stands around the lookup. */
const relation: LoadCase = { of: 'Order', load: ['user'], finding: { kind: 'loop-n-plus-one', entity: 'Order', relation: 'user' } };

const HEAD = "import { In } from 'typeorm';\nimport { Book, User } from './entities';\n";
const before = (text: string): string =>
  `import { Book, User } from './entities';\n${text}`.replace('import', "import { In } from 'typeorm';\nimport");

describe('one query for all keys', () => {
  test('a row by its key', () => {
    expectEdit(
      before(
        'const orders = await orderRepo.|find();\nfor (const order of orders) {\n  const user = await userRepo.¦findOneBy({ id: order.buyerId });\n}\n',
      ),
      user,
      `${HEAD}const orders = await orderRepo.find();\nconst users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });\nconst userById = new Map(users.map((user) => [user.id, user]));\nfor (const order of orders) {\n  const user = userById.get(order.buyerId) ?? null;\n}\n`,
    );
  });

  test('a row within an expression gets a constant, after which a missing one throws', () => {
    expectEdit(
      before(
        'const orders = await orderRepo.|find();\nfor (const order of orders) show((await userRepo.¦findOneByOrFail({ id: order.buyerId })).name);\n',
      ),
      user,
      `${HEAD.replace('{ In }', '{ EntityNotFoundError, In }')}const orders = await orderRepo.find();\nconst users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });\nconst userById = new Map(users.map((user) => [user.id, user]));\nfor (const order of orders) {\n  const user = userById.get(order.buyerId);\n  if (!user) throw new EntityNotFoundError(User, { id: order.buyerId });\n  show(user.name);\n}\n`,
    );
  });

  test('a row that an arrow function makes something of: the arrow gets a block, in which a missing one throws', () => {
    expectEdit(
      before(
        'const orders = await orderRepo.|find();\nshow(await Promise.all(orders.map(async (order) => ({ name: (await userRepo.¦findOneByOrFail({ id: order.buyerId })).name }))));\n',
      ),
      user,
      `${HEAD.replace('{ In }', '{ EntityNotFoundError, In }')}const orders = await orderRepo.find();\nconst users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });\nconst userById = new Map(users.map((user) => [user.id, user]));\nshow(await Promise.all(orders.map(async (order) => {\n  const user = userById.get(order.buyerId);\n  if (!user) throw new EntityNotFoundError(User, { id: order.buyerId });\n  return { name: user.name };\n})));\n`,
    );
  });

  test('an arrow function that hands on the promise becomes async', () => {
    expectEdit(
      before(
        'const orders = await orderRepo.|find();\nconst all = await Promise.all(orders.map((order) => userRepo.¦findOneByOrFail({ id: order.buyerId })));\n',
      ),
      user,
      `${HEAD.replace('{ In }', '{ EntityNotFoundError, In }')}const orders = await orderRepo.find();\nconst users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });\nconst userById = new Map(users.map((user) => [user.id, user]));\nconst all = await Promise.all(orders.map(async (order) => {\n  const user = userById.get(order.buyerId);\n  if (!user) throw new EntityNotFoundError(User, { id: order.buyerId });\n  return user;\n}));\n`,
    );
  });

  test('a query builder’s where() before the key’s condition is replaced by it, as it was', () => {
    const { result, after } = editOf(
      before(
        "const orders = await orderRepo.|find();\nfor (const order of orders) {\n  show(await userRepo.createQueryBuilder('u').where('u.old').where('u.id = :id', { id: order.buyerId }).¦getMany());\n}\n",
      ),
      user,
    );
    expect(result).toMatchObject({ kind: 'edit' });
    expect(after).toContain(".where('u.old').where({ id: In(orders.map((order) => order.buyerId)) }).getMany()");
  });

  test('keys that may be missing are sifted, a constant stands for what it was made from', () => {
    expectEdit(
      before(
        'for (const o of await orderRepo.|find()) {\n  const id = o.userId;\n  if (id === null) continue;\n  out.push((await userRepo.¦findOne({ where: { id, active: true } }))?.name);\n}\n',
      ),
      user,
      `${HEAD}const orders = await orderRepo.find();\nconst users = await userRepo.find({\n  where: { id: In(orders.flatMap((o) => o.userId ?? [])), active: true },\n});\nconst userById = new Map(users.map((user) => [user.id, user]));\nfor (const o of orders) {\n  const id = o.userId;\n  if (id === null) continue;\n  out.push(userById.get(id)?.name);\n}\n`,
    );
  });

  test.each([
    ['of one list', 'await names(a);', 2],
    ['of two lists', 'await names(a);\nawait names(b);', null],
    ['of a list each turn', 'for (const list of lists) await names(list);', null],
    ['of a list, by a function that is called twice', 'const both = async () => names(a);\nawait both();\nawait both();', null],
  ])('a function %s says how many queries there will be where that is told', (_, calls, predicted) => {
    const { result } = editOf(
      `async function names(ids: number[]) {\n  for (const id of ids) show(await userRepo.¦findOneBy({ id }));\n}\n${calls}\n`,
      { ...user, finding: { ...user.finding, parent: null, count: 100 } },
    );
    expect(result).toMatchObject({ kind: 'edit', predicted });
  });

  describe('keys that come from outside', () => {
    const given: LoadCase = { ...user, finding: { ...user.finding, parent: null } };

    describe('of a type whose field may be missing', () => {
      const ITEM = 'interface Item { buyerId?: number }\n';
      const loop = (over: string, body = 'show(await userRepo.¦findOneBy({ id: item.buyerId }));') => `for (const ${over}) {\n  ${body}\n}\n`;

      test.each([
        ['of a list', `${ITEM}async function all(items: Item[]) {\n${loop('item of items')}}\n`],
        ['of a readonly list', `${ITEM}async function all(items: readonly Item[]) {\n${loop('item of items')}}\n`],
        ['of a request', `${ITEM}class Order {\n  items!: Item[];\n}\nasync function all(order: Order) {\n${loop('item of order.items')}}\n`],
        ['of an alias', `type Item = { buyerId?: number };\nasync function all(items: Array<Item>) {\n${loop('item of items')}}\n`],
        [
          'taken apart',
          `${ITEM}async function all(items: Set<Item>) {\n${loop('{ buyerId } of items', 'show(await userRepo.¦findOneBy({ id: buyerId }));')}}\n`,
        ],
        ['of a callback', `${ITEM}const all = await Promise.all(items.map((item: Item) => userRepo.¦findOneBy({ id: item.buyerId })));\n`],
      ])('are left to the app where nobody looks whether they are there: %s', (_, text) =>
        expectDeclined(text, given, /the lookup answers otherwise than for a missing row/),
      );

      test.each([
        ['an interface', { './item': `export ${ITEM}` }],
        ['an alias that an index passes on', { './item': "export * from './types';\n", './types': 'export type Item = { buyerId?: number };\n' }],
        ['a type beside a value of its name', { './item': 'export const Item = schema();\nexport type Item = { buyerId: number | undefined };\n' }],
      ])('are left to the app where the type is imported: %s', (_, modules) =>
        expectDeclined(
          `import { type Item } from './item';\nasync function all(items: Item[]) {\n${loop('item of items')}}\n`,
          { ...given, modules },
          /the lookup answers otherwise than for a missing row/,
        ),
      );

      test('are asked for where the imported type has them always', () => {
        const modules = { './item': 'export interface Item { buyerId: number }\n' };
        const text = `import { type Item } from './item';\nasync function all(items: Item[]) {\n${loop('item of items')}}\n`;
        expect(editOf(text, { ...given, modules }).after).toContain('findBy({ id: In(items.map((item) => item.buyerId)) })');
      });

      test('are sifted where somebody does', () => {
        const checked = loop('item of items', 'if (item.buyerId) show(await userRepo.¦findOneBy({ id: item.buyerId }));');
        expect(editOf(`${ITEM}async function all(items: Item[]) {\n${checked}}\n`, given).after).toContain(
          'findBy({ id: In(items.flatMap((item) => item.buyerId ?? [])) })',
        );
      });

      test.each([
        ['a field that is always there', `interface Item { buyerId: number }\nasync function all(items: Item[]) {\n${loop('item of items')}}\n`],
        ['a type that names itself', `type Item = Other;\ntype Other = Item;\nasync function all(items: Item[]) {\n${loop('item of items')}}\n`],
      ])('are asked for: %s', (_, text) => expect(editOf(text, given).after).toContain('findBy({ id: In(items.map((item) => item.buyerId)) })'));
    });

    test.each([
      ['checked before the lookup', 'for (const id of ids) {\n  if (Number.isNaN(id)) continue;\n  await userRepo.¦findOneBy({ id });\n}\n'],
      ['checked around it', 'for (const id of ids) {\n  if (isUUID(id)) show(await userRepo.¦findOneBy({ id }));\n}\n'],
    ])('are left to the app where they are %s, since a database may refuse the others', (_, text) =>
      expectDeclined(text, given, /checks id before it asks.*filter the list first/),
    );

    test.each([
      ['the list holds only those that pass', 'for (const id of ids.filter(isUUID)) show(await userRepo.¦findOneBy({ id }));\n'],
      ['they are only looked for elsewhere', 'for (const id of ids) {\n  if (!known.has(id)) show(await userRepo.¦findOneBy({ id }));\n}\n'],
    ])('are asked for together where %s', (_, text) => {
      expect(editOf(text, given).result).toMatchObject({ kind: 'edit' });
    });

    test.each([
      ['a stream', 'Readable.from(orders)'],
      ['what is mapped of a stream', 'Readable.from(orders).filter(isOpen)'],
    ])('of %s are left alone', (_, list) =>
      expectDeclined(
        `const lines = ${list}.map(async (o) => show(await userRepo.¦findOneBy({ id: o.buyerId })));\n`,
        given,
        /one by one from a stream/,
      ),
    );

    test('of an array, with Array.from', () => {
      expect(editOf('for (const o of Array.from(orders)) show(await userRepo.¦findOneBy({ id: o.buyerId }));\n', given).after).toContain(
        '= Array.from(orders);',
      );
    });
  });

  test('says how many queries there will be where each call takes several', () => {
    const { result } = editOf(before('for (const o of await orderRepo.|find()) show(await userRepo.¦findOneBy({ id: o.userId }));\n'), {
      ...user,
      finding: { ...user.finding, advice: { ...batch, askedQueries: 100, batchQueries: 3 } },
    });
    expect(result).toMatchObject({ kind: 'edit', predicted: 4 });
  });

  test('a row by two columns: without a pair nothing is asked for', () => {
    const { after, result } = editOf(
      before(
        'const orders = await orderRepo.|find();\nfor (const o of orders) {\n  const at = { where: { id: o.buyerId, name: o.name } };\n  show(await userRepo.¦findOne(at));\n}\n',
      ),
      user,
    );
    expect(result).toMatchObject({ kind: 'edit', predicted: 2 });
    expect(after.slice(after.indexOf('const users'))).toBe(
      'const users = await (orders.length > 0 ? userRepo.find({ where: orders.map((o) => ({ id: o.buyerId, name: o.name })) }) : []);\nconst userByIdAndName = new Map(users.map((user) => [`${user.id}:${user.name}`, user]));\nfor (const o of orders) {\n  show(userByIdAndName.get(`${o.buyerId}:${o.name}`) ?? null);\n}\n',
    );
  });

  test('rows by two columns, in an order of their own', () => {
    const { after } = editOf(
      before(
        "const wanted = x.|find();\nfor (const wish of wanted) show(await userRepo.¦find({ where: { name: wish.name, age: wish.age }, order: { id: 'ASC' } }));\n",
      ),
      {
        ...user,
        of: 'Wish',
        graph: aGraph(
          anEntity('User', { columns: [anId(), aColumn('name'), aColumn('age', { type: 'int' })] }),
          anEntity('Wish', { columns: [anId(), aColumn('name'), aColumn('age', { type: 'int' })] }),
        ),
      },
    );
    expect(after.slice(after.indexOf('const users'))).toBe(
      "const users = await (wanted.length > 0 ? userRepo.find({ where: wanted.map((wish) => ({ name: wish.name, age: wish.age })), order: { id: 'ASC' } }) : []);\nconst usersByNameAndAge = new Map<string, User[]>();\nfor (const user of users) {\n  const group = usersByNameAndAge.get(JSON.stringify([user.name, user.age]));\n  if (group) group.push(user);\n  else usersByNameAndAge.set(JSON.stringify([user.name, user.age]), [user]);\n}\nfor (const wish of wanted) show(usersByNameAndAge.get(JSON.stringify([wish.name, wish.age])) ?? []);\n",
    );
  });

  test('numbers of several columns that come from elsewhere may be texts', () => {
    const app = (keys: string): string =>
      before(`x.|find();\nconst wanted = ${keys};\nfor (const { name, age } of wanted) show(await userRepo.¦findOneBy({ age, name }));\n`);
    const graph = aGraph(anEntity('User', { columns: [anId(), aColumn('name'), aColumn('age', { type: 'int' })], uniques: [['age', 'name']] }));
    expect(editOf(app("[{ name: 'a', age: 1 }]"), { ...user, graph }).after).toContain(
      'userRepo.findBy(wanted.map(({ name, age }) => ({ age, name })))',
    );
    expectDeclined(app('request.body'), { ...user, graph }, /type age is while the loop runs is not known/);
  });

  test.each([
    [
      'a place of the list',
      'for (let i = 0; i < orders.length; i++) {\n  orders[i]!.buyer = await userRepo.¦findOneBy({ id: orders[i]!.buyerId });\n}\n',
    ],
    ['a place by for in', 'for (const i in orders) {\n  orders[i]!.buyer = await userRepo.¦findOneBy({ id: orders[i]!.buyerId });\n}\n'],
  ])('an element without a name, %s', (_, loop) => {
    expectEdit(
      before(`const orders = await orderRepo.|find();\n${loop}`),
      user,
      `${HEAD}const orders = await orderRepo.find();\nconst users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });\nconst userById = new Map(users.map((user) => [user.id, user]));\n${loop.replace('await userRepo.¦findOneBy({ id: orders[i]!.buyerId })', 'userById.get(orders[i]!.buyerId) ?? null')}`,
    );
  });

  test('null and undefined are not told apart where the code does not', () => {
    const { after } = editOf(
      before('for (const o of await orderRepo.|find()) {\n  if (!(await userRepo.¦findOneBy({ id: o.buyerId }))) show(o);\n}\n'),
      user,
    );
    expect(after).toContain('  if (!userById.get(o.buyerId)) show(o);\n');
  });

  test('Promise.all', () => {
    expectEdit(
      before('async function all() {\n  return Promise.all((await orderRepo.|find()).map((o) => userRepo.¦findOneBy({ id: o.buyerId })));\n}\n'),
      user,
      `${HEAD}async function all() {\n  const orders = await orderRepo.find();\n  const users = await userRepo.findBy({ id: In(orders.map((o) => o.buyerId)) });\n  const userById = new Map(users.map((user) => [user.id, user]));\n  return Promise.all(orders.map((o) => userById.get(o.buyerId) ?? null));\n}\n`,
    );
  });

  test('lists of rows keep their filter and their order', () => {
    expectEdit(
      before(
        "const authors = await repo.|find();\nfor (const { id, name } of authors) {\n  show(name, await bookRepo.¦find({ where: { author: { id }, draft: false }, order: { title: 'ASC' } }));\n}\n",
      ),
      books,
      `${HEAD}const authors = await repo.find();\nconst booksByAuthorId = new Map<Book['authorId'], Book[]>();\nfor (const book of await bookRepo.find({\n  where: { author: { id: In(authors.map(({ id }) => id)) }, draft: false },\n  order: { title: 'ASC' },\n})) {\n  const group = booksByAuthorId.get(book.authorId);\n  if (group) group.push(book);\n  else booksByAuthorId.set(book.authorId, [book]);\n}\nfor (const { id, name } of authors) {\n  show(name, booksByAuthorId.get(id) ?? []);\n}\n`,
    );
  });

  test('keys from outside, an EntityManager, four spaces, no semicolons', () => {
    const { after, result } = editOf(
      "import { EntityManager } from 'typeorm'\nasync function names(manager: EntityManager, ids: number[]) {\n    for (const id of ids) {\n        const found = await manager.¦findOneBy(User, { id })\n        if (!found) continue\n    }\n}\nx.|find()\n",
      user,
    );
    expect(result).toMatchObject({ kind: 'edit', title: 'Ask for all User rows at once: 101 → 2 queries', predicted: 2 });
    expect(after).toContain(
      '    const users = await manager.findBy(User, { id: In(ids) })\n    const userById = new Map(users.map((user) => [user.id, user]))\n    for (const id of ids) {\n        const found = userById.get(id) ?? null\n',
    );
    expect(after).toContain("import { EntityManager, In } from 'typeorm'\n");
  });

  const inside = (loop: string): string => {
    const { after } = editOf(before(`const orders = await orderRepo.|find();\n${loop}\n`), user);
    return after.slice(after.indexOf('const userById'));
  };
  const MAP = 'const userById = new Map(users.map((user) => [user.id, user]));\n';

  test.each([
    [
      'counting over an array',
      'for (let i = 0; i < orders.length; i++) {\n  const o = orders[i]!;\n  show(i, await userRepo.¦findOneBy({ id: o.userId }));\n}',
      'for (let i = 0; i < orders.length; i++) {\n  const o = orders[i]!;\n  show(i, userById.get(o.userId) ?? null);\n}\n',
    ],
    [
      'counting over an array, with the counter read behind a sign',
      'for (let i = 0; i < orders.length; i++) {\n  const o = orders[i]!;\n  show(-i, !i, await userRepo.¦findOneBy({ id: o.userId }));\n}',
      'for (let i = 0; i < orders.length; i++) {\n  const o = orders[i]!;\n  show(-i, !i, userById.get(o.userId) ?? null);\n}\n',
    ],
    [
      'entries() of an array',
      'for (const [i, o] of orders.entries()) show(i, await userRepo.¦findOneBy({ id: o.userId }));',
      'for (const [i, o] of orders.entries()) show(i, userById.get(o.userId) ?? null);\n',
    ],
    [
      'for await over rows',
      'for await (const o of orders) show(await userRepo.¦findOneBy({ id: o.userId }));',
      'for await (const o of orders) show(userById.get(o.userId) ?? null);\n',
    ],
    [
      'a promise that is waited for later',
      'await Promise.all(orders.map((o) => userRepo.¦findOneBy({ id: o.userId }).then(show)));',
      'await Promise.all(orders.map((o) => Promise.resolve(userById.get(o.userId) ?? null).then(show)));\n',
    ],
  ])('%s', (_, loop, expected) => {
    expect(inside(loop)).toBe(MAP + expected);
  });

  test('a lookup that throws where there is no row throws in its turn', () => {
    expect(inside('for (const o of orders) {\n  const u = await userRepo.¦findOneByOrFail({ id: o.userId });\n  show(u);\n}')).toBe(
      `${MAP}for (const o of orders) {\n  const u = userById.get(o.userId);\n  if (!u) throw new EntityNotFoundError(User, { id: o.userId });\n  show(u);\n}\n`,
    );
  });

  test('rows of a query builder', () => {
    const { after } = editOf(
      "import { Book } from './entities';\nconst authors = await repo.|find();\nfor (const a of authors) show(await bookRepo.createQueryBuilder('b').where('b.authorId = :id', { id: a.id }).orderBy('b.title').¦getMany());\n",
      books,
    );
    expect(after).toContain(
      "for (const book of await bookRepo.createQueryBuilder('b').where({ authorId: In(authors.map((a) => a.id)) }).orderBy('b.title').getMany()) {\n",
    );
    expect(after).toContain('for (const a of authors) show(booksByAuthorId.get(a.id) ?? []);\n');
  });

  test('counts are grouped', () => {
    const { after, result } = editOf(
      "import { Book } from './entities';\nconst authors = await repo.|find();\nfor (const a of authors) show(await bookRepo.¦countBy({ authorId: a.id, draft: false }));\n",
      books,
    );
    expect(result).toMatchObject({ kind: 'edit', title: 'Ask for the count of all Book rows at once: 101 → 2 queries' });
    expect(after.slice(after.indexOf('const bookCounts'))).toBe(
      "const bookCounts = await bookRepo\n  .createQueryBuilder('book')\n  .setFindOptions({ where: { authorId: In(authors.map((a) => a.id)), draft: false } })\n  .select('book.authorId', 'authorId')\n  .addSelect('COUNT(*)', 'count')\n  .groupBy('book.authorId')\n  .getRawMany<{ authorId: Book['authorId']; count: number | string }>();\nconst bookCountByAuthorId = new Map(bookCounts.map((row) => [row.authorId, Number(row.count)]));\nfor (const a of authors) show(bookCountByAuthorId.get(a.id) ?? 0);\n",
    );
  });

  test('a query builder’s count, on one line', () => {
    expectEdit(
      "import { In } from 'typeorm';\nimport { Book } from './entities';\nconst authors = await repo.|find();\nfor (const a of authors) show(await bookRepo.createQueryBuilder('b').where('b.authorId = :id', { id: a.id }).andWhere('b.draft').¦getCount());\n",
      books,
      "import { In } from 'typeorm';\nimport { Book } from './entities';\nconst authors = await repo.find();\nconst bookCounts = await bookRepo\n  .createQueryBuilder('b')\n  .where({ authorId: In(authors.map((a) => a.id)) })\n  .andWhere('b.draft')\n  .select('b.authorId', 'authorId')\n  .addSelect('COUNT(*)', 'count')\n  .groupBy('b.authorId')\n  .getRawMany<{ authorId: Book['authorId']; count: number | string }>();\nconst bookCountByAuthorId = new Map(bookCounts.map((row) => [row.authorId, Number(row.count)]));\nfor (const a of authors) show(bookCountByAuthorId.get(a.id) ?? 0);\n",
    );
  });

  test('a query builder’s count of joined rows, as its author breaks it', () => {
    expectEdit(
      "import { In } from 'typeorm';\nimport { Book } from './entities';\nconst authors = await repo.|find();\nfor (const a of authors) {\n  const n = await bookRepo\n    .createQueryBuilder('b')\n    .innerJoin('b.tags', 'tag')\n    // of this author\n    .where('b.authorId = :id', { id: a.id })\n    .¦getCount();\n}\n",
      books,
      "import { In } from 'typeorm';\nimport { Book } from './entities';\nconst authors = await repo.find();\nconst bookCounts = await bookRepo\n  .createQueryBuilder('b')\n  .innerJoin('b.tags', 'tag')\n  // of this author\n  .where({ authorId: In(authors.map((a) => a.id)) })\n  .select('b.authorId', 'authorId')\n  .addSelect('COUNT(DISTINCT b.id)', 'count')\n  .groupBy('b.authorId')\n  .getRawMany<{ authorId: Book['authorId']; count: number | string }>();\nconst bookCountByAuthorId = new Map(bookCounts.map((row) => [row.authorId, Number(row.count)]));\nfor (const a of authors) {\n  const n = bookCountByAuthorId.get(a.id) ?? 0;\n}\n",
    );
  });

  test('existence is asked of all keys', () => {
    const { after, result } = editOf(
      'const authors = await repo.|find();\nfor (const a of authors) if (await bookRepo.¦existsBy({ authorId: a.id })) show(a);\n',
      books,
    );
    expect(result).toMatchObject({ title: 'Ask for the keys of all Book rows at once: 101 → 2 queries' });
    expect(after).toContain('const authorIdsWithBook = new Set(bookKeys.map((row) => row.authorId));\n');
    expect(after).toContain('if (authorIdsWithBook.has(a.id)) show(a);\n');
  });

  test('a helper that others call too gets its rows if there are any', () => {
    const { after } = editOf(
      "import { User } from './entities';\nconst orders = await orderRepo.|find();\nfor (const o of orders) show(await ¦nameOf(userRepo, o.userId));\nshow(await nameOf(userRepo, 1));\nasync function nameOf(users, id: number) {\n  const user = await users.findOneBy({ id });\n  return user?.name;\n}\n",
      user,
    );
    expect(after).toContain('const allUsers = await userRepo.findBy({ id: In(');
    expect(after).toContain('show(await nameOf(userRepo, o.userId, userById));\nshow(await nameOf(userRepo, 1));\n');
    expect(after).toContain("async function nameOf(users, id: number, userById?: ReadonlyMap<User['id'], User>) {\n");
    expect(after).toContain('const user = userById ? (userById.get(id) ?? null) : await users.findOneBy({ id });\n');
  });

  test.each([
    ['the elements are handed on whole', 'for (const o of orders) rows.push({ o, u: await userRepo.¦findOneBy({ id: o.userId }) });'],
    ['another condition stands beside the key', 'for (const o of orders) show(await userRepo.¦findOneBy({ id: o.userId, active: true }));'],
    ['the loop runs over something else', 'for (const o of pending) show(await userRepo.¦findOneBy({ id: o.userId }));'],
  ])('where the relation cannot be used: %s', (_, loop) => {
    const { result } = editOf(`const orders = await orderRepo.|find();\n${loop}\n`, relation);
    expect(result).toMatchObject({ kind: 'edit', title: 'Ask for all User rows at once: 101 → 2 queries', predicted: 2 });
  });
});

test('without semicolons, one that belongs to the next line stays with it', () => {
  const { after } = editOf(
    'const orders = await orderRepo.|find()\nconst out = []\n;(await Promise.all(orders.map((o) => userRepo.¦findOneBy({ id: o.userId })))).forEach(show)\n',
    user,
  );
  expect(after).toContain('[user.id, user]))\n;(await Promise.all(');
});

test('what a turn makes of the row may be frozen', () => {
  const { result } = editOf(
    before(
      'for (const o of await orderRepo.|find()) {\n  const u = await userRepo.¦findOneBy({ id: o.buyerId });\n  out.push(Object.freeze({ name: u?.name }));\n}\n',
    ),
    user,
  );
  expect(result).toMatchObject({ kind: 'edit' });
});

describe('a key that is said to be there', () => {
  const some: LoadCase = { ...user, finding: { ...user.finding, count: 3 } };
  const text = (key: string): string =>
    before(`for (const o of await orderRepo.|find()) {\n  const u = await userRepo.¦findOneBy({ id: ${key} });\n  out.push(u?.name);\n}\n`);

  test.each(['o.userId!', 'o.userId as number', '(o.userId as number)'])('by %s may be missing where the column is nullable', (key) =>
    expectDeclined(text(key), some, /^Where o\.userId.* is null, the lookup answers otherwise/),
  );

  test('as number is there where the column is not nullable', () => {
    expect(editOf(text('o.buyerId as number'), some).result).toMatchObject({ kind: 'edit' });
  });
});

describe('declined, with the reason', () => {
  const inLoop = (body: string): string => `const orders = await orderRepo.|find();\nfor (const o of orders) {\n  ${body}\n}\n`;

  test.each([
    [
      'a write in the loop',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId }); await userRepo.save({ name: o.name });'),
      /The loop writes \(save\(\) in line 3\)/,
    ],
    [
      'a write of nobody knows what',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId }); await anything.save(o.note);'),
      /The loop writes \(save\(\) in line 3\)/,
    ],
    [
      'a list that grows',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.buyerId });\n  if (u) orders.push(o.next);'),
      /changes the list that it runs over \(line 4\)/,
    ],
    [
      'a key that is changed before it is asked for',
      inLoop('o.buyerId += 1;\n  show(await userRepo.¦findOneBy({ id: o.buyerId }));'),
      /key is changed in line 3/,
    ],
    [
      'a condition that each turn changes',
      `let seen = 0;\n${inLoop('const u = await userRepo.¦findOneBy({ id: o.buyerId, seen });\n  seen += 1;\n  show(u);')}`,
      /more of the loop’s turn/,
    ],
    [
      'a row that is kept, and changed later',
      `${inLoop('const u = await userRepo.¦findOneBy({ id: o.buyerId });\n  kept.push({ o, u });')}const kept = [];\nfor (const each of kept) each.u.name = '';\n`,
      /changed in line 7/,
    ],
    [
      'a list of a row that is changed by another name',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.buyerId });\n  const { orders: own } = u;\n  own.push(o);'),
      /changed in line 5/,
    ],
    ['the row is changed', inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  u.name = o.name;'), /changed in line 4/],
    [
      'the lookup throws where an arrow function’s condition says whether it asks',
      'const orders = await orderRepo.|find();\nawait Promise.all(orders.map(async (o) => (o.open ? (await userRepo.¦findOneByOrFail({ id: o.buyerId })).name : null)));\n',
      /throws where there is no row/,
    ],
    ['the lookup throws', inLoop('await userRepo.¦findOneByOrFail({ id: o.userId });'), /throws where there is no row/],
    [
      'the lookup throws behind something else',
      inLoop('show(next(), (await userRepo.¦findOneByOrFail({ id: o.userId })).name);'),
      /throws where there is no row/,
    ],
    ['several rows may match', inLoop('await userRepo.¦findOneBy({ name: o.name });'), /Several rows may have the same name/],
    ['first rows of each key', inLoop("await userRepo.¦find({ where: { id: o.userId }, order: { name: 'ASC' }, take: 1 });"), /'take'/],
    [
      'two keys of which one may be missing',
      inLoop('await userRepo.¦findOneBy({ id: o.userId, name: o.name });'),
      /part of the key \(o\.userId\) may be missing/,
    ],
    ['a computed key', inLoop('await userRepo.¦findOneBy({ id: pick(o) });'), /not a plain value/],
    [
      'a loop within a loop',
      'for (const p of pages) for (const o of await orderRepo.|find()) await userRepo.¦findOneBy({ id: o.userId });\n',
      /no place before|inside of another/,
    ],
    [
      'a counter that the body moves',
      'const orders = await orderRepo.|find();\nfor (let i = 0; i < orders.length; i++) {\n  const o = orders[i]!;\n  show(await userRepo.¦findOneBy({ id: o.userId }), i--);\n}\n',
      /The loop counts/,
    ],
    ['a counting loop', 'x.|find();\nfor (let i = 0; i < 9; i++) await userRepo.¦findOneBy({ id: i });\n', /The loop counts/],
    ['the repository is of the turn', inLoop('const repo = repoOf(o); await repo.¦findOneBy({ id: o.userId });'), /more of the loop’s turn/],
    ['a count with a limit', inLoop('await userRepo.¦count({ where: { id: o.userId }, take: 2 });'), /more than conditions \(take\)/],
    ['a count by a decimal', inLoop('await userRepo.¦countBy({ [o.userId]: 1 });'), /computed|more than one value/],
    [
      'a query builder’s rows and their count',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).¦getManyAndCount();"),
      /group by the key/,
    ],
    [
      'a query builder’s count of groups',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).groupBy('u.name').¦getCount();"),
      /groupBy\(\) would count for all keys together/,
    ],
    [
      'a package that goes through the rows',
      'const orders = await orderRepo.|find();\nawait pMap(orders, async (o) => {\n  show(await userRepo.¦findOneBy({ id: o.userId }));\n});\n',
      /a function that pMap\(\) calls for each row/,
    ],
    ['raw SQL', inLoop('await ds.¦query(sql, [o.userId]);'), /raw SQL/],
    [
      'a query builder with or',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).orWhere('u.old').¦getOne();"),
      /orWhere/,
    ],
    [
      'a query builder whose condition is more than the key',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id AND u.old OR u.young', { id: o.userId }).¦getOne();"),
      /SQL text/,
    ],
    [
      'a query builder whose later where() replaces the key’s condition',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).where('u.old').¦getMany();"),
      /where\(\) behind the key’s condition replaces it/,
    ],
    [
      'a count of a query builder whose later where() replaces the key’s condition',
      inLoop("await userRepo.createQueryBuilder('u').andWhere('u.id = :id', { id: o.userId }).where('u.old').¦getCount();"),
      /where\(\) behind the key’s condition replaces it/,
    ],
    [
      'a query builder with an or of MySQL beside the key',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id AND u.old XOR u.young', { id: o.userId }).¦getOne();"),
      /SQL text/,
    ],
    [
      'a query builder with an or of MySQL in another condition',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).andWhere('u.old XOR u.young').¦getOne();"),
      /hold an OR/,
    ],
    [
      'a query builder whose parameters are spread',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId, ...given }).¦getOne();"),
      /SQL text/,
    ],
    [
      'a query builder whose key stands within parentheses',
      inLoop("await userRepo.createQueryBuilder('u').where('NOT (LOWER(u.name) = :n AND u.id = :id)', { id: o.userId, n: 'x' }).¦getOne();"),
      /SQL text/,
    ],
    [
      'a query builder with a page',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).take(1).¦getMany();"),
      /take\(\)/,
    ],
    [
      'callbacks that nobody waits for',
      'const orders = await orderRepo.|find();\norders.forEach(async (o) => {\n  await userRepo.¦findOneBy({ id: o.userId });\n});\n',
      /nobody waits/i,
    ],
    ['a Map’s pairs', 'x.|find();\nconst byId = new Map();\nfor (const pair of byId) await userRepo.¦findOneBy({ id: pair[0] });\n', /pairs/],
    [
      'the row goes to a function that changes it',
      `${inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  rename(u);')}function rename(u) {\n  u.name = '';\n}\n`,
      /changed in line 7/,
    ],
    [
      'a function of the loop writes',
      `${inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  await pay(o);')}async function pay(o) {\n  await userRepo.update(o.userId, {});\n}\n`,
      /calls pay\(\)/,
    ],
    ['a helper', inLoop('await ¦service.nameOf(o.userId);'), /calls a function/],
    [
      'the list grows by another name',
      `x.|find();\nconst ids = [1, 2];\nconst same = ids;\nfor (const id of ids) {\n  await userRepo.¦findOneBy({ id });\n  same.push(3);\n}\n`,
      /changes the list .*line 6/,
    ],
    [
      'the list grows in a function that is handed it',
      `x.|find();\nconst ids = [1, 2];\nfor (const id of ids) {\n  await userRepo.¦findOneBy({ id });\n  more(ids);\n}\nfunction more(list: number[]) {\n  list.push(3);\n}\n`,
      /changes the list .*line 8/,
    ],
    [
      'a Set grows in a function around the loop',
      `x.|find();\nconst ids = new Set([1, 2]);\nconst add = (id: number) => void ids.add(id);\nfor (const id of ids) {\n  await userRepo.¦findOneBy({ id });\n  add(3);\n}\n`,
      /changes the list .*line 3/,
    ],
    [
      'keys of other elements change',
      inLoop('await userRepo.¦findOneBy({ id: o.userId });\n  for (const other of orders) other.userId = 7;'),
      /key is changed in line 4/,
    ],
    [
      'a condition of a field that a method changes',
      'x.|find();\nclass Reader {\n  live = true;\n  async read(orders: Order[]) {\n    for (const o of orders) {\n      await userRepo.¦countBy({ id: o.userId, live: this.live });\n      this.flip();\n    }\n  }\n  flip() {\n    this.live = !this.live;\n  }\n}\n',
      /more of the loop’s turn/,
    ],
    [
      'a condition that a function around the loop changes',
      'x.|find();\nlet live = true;\nconst flip = () => {\n  live = !live;\n};\nfor (const o of orders) {\n  await userRepo.¦countBy({ id: o.userId, live });\n  flip();\n}\n',
      /more of the loop’s turn/,
    ],
    [
      'a generator that waits between its rows',
      'async function* all() {\n  for (const o of await orderRepo.|find()) yield await userRepo.¦findOneBy({ id: o.userId });\n}\n',
      /hands out its rows one by one \(yield in line 2\)/,
    ],
    [
      'a callback whose promise is waited for together with others',
      'x.|find();\nasync function all(hook: (id: number) => Promise<void>) {\n  for (const o of orders) {\n    show(await userRepo.¦findOneBy({ id: o.userId }));\n    await Promise.all([hook(o.id)]);\n  }\n}\n',
      /calls hook\(\) in line 5, which may write/,
    ],
    [
      'a callback whose promise is waited for after the loop',
      'x.|find();\nasync function all(hook: (id: number) => Promise<void>) {\n  const pending = [];\n  for (const o of orders) {\n    show(await userRepo.¦findOneBy({ id: o.userId }));\n    pending.push(hook(o.id));\n  }\n  await Promise.all(pending);\n}\n',
      /calls hook\(\) in line 6, which may write/,
    ],
    [
      'an event whose listener writes',
      "x.|find();\nevents.on('seen', (id: number) => userRepo.update(id, {}));\nfor (const o of orders) {\n  show(await userRepo.¦findOneBy({ id: o.userId }));\n  events.emit('seen', o.userId);\n}\n",
      /calls emit\(\) in line 5, which writes/,
    ],
    [
      'rows are told apart as objects',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  if (u === last) show(u.name);'),
      /told from other objects in line 4/,
    ],
    [
      'rows go into a Set',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  if (u) seen.add(u);'),
      /told from other objects in line 4/,
    ],
    [
      'a helper that calls itself',
      `${inLoop('await ¦nameOf(o.userId, 2);')}async function nameOf(id: number, depth: number) {\n  const u = await userRepo.findOneBy({ id });\n  return depth > 0 ? nameOf(7, depth - 1) : u;\n}\n`,
      /calls itself/,
    ],
    [
      'an inner list that the outer turn changes',
      'x.|find();\nfor (const s of shelves) {\n  for (const id of s.ids) show(await userRepo.¦findOneBy({ id }));\n  shelves[1].ids = [7];\n}\n',
      /changes the list .*line 4/,
    ],
    [
      'callbacks that run at once, seen before and behind the lookup',
      'const orders = await orderRepo.|find();\nawait Promise.all(orders.map(async (o) => {\n  out.push(o.id);\n  const u = await userRepo.¦findOneBy({ id: o.userId });\n  out.push(u?.name);\n}));\n',
      /before the lookup \(line 3\) and behind it \(line 5\)/,
    ],
    [
      'a query builder with or in a condition beside the key',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).andWhere('u.old OR u.gone').¦getOne();"),
      /hold an OR/,
    ],
    [
      'a row whose properties change places',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  [u.name, u.nick] = [u.nick, u.name];'),
      /row found is changed in line 4/,
    ],
    [
      'a row that takes a value out of another',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  ({ name: u.name } = o);'),
      /row found is changed in line 4/,
    ],
    [
      'a row that the head of a loop changes',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  for (u.name of names) show(u.name);'),
      /row found is changed in line 4/,
    ],
    [
      'a row that is changed by Reflect',
      inLoop("const u = await userRepo.¦findOneBy({ id: o.userId });\n  Reflect.set(u, 'name', '');"),
      /row found is changed in line 4/,
    ],
    [
      'a row that is frozen, which the next turn of its key could see',
      inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  show(Object.isFrozen(u));\n  Object.freeze(u);'),
      /row found is changed in line 5/,
    ],
    [
      'a row that a function of the file seals',
      `${inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  seal(u);')}const seal = (value) => Object.seal(value);\n`,
      /row found is changed in line 6/,
    ],
    [
      'a key that a pattern changes',
      inLoop('({ id: o.userId } = next());\n  show(await userRepo.¦findOneBy({ id: o.userId }));'),
      /key is changed in line 3/,
    ],
    [
      'two elements get one row, which is changed in one of them',
      `${inLoop('o.buyer = await userRepo.¦findOneBy({ id: o.userId });')}for (const each of orders) each.buyer.name += '!';\n`,
      /row found is changed in line 5/,
    ],
    [
      'a function puts the row into its element, and it is changed there',
      `${inLoop('put(o, await userRepo.¦findOneBy({ id: o.userId }));')}function put(order, user) {\n  order.buyer = user;\n}\norders[0].buyer.name = '';\n`,
      /row found is changed in line 8/,
    ],
    [
      'a generator of the file gives the keys',
      'x.|find();\nfunction* ids() {\n  yield 1;\n  yield 2;\n}\nfor (const id of ids()) show(await userRepo.¦findOneBy({ id }));\n',
      /one by one from a generator/,
    ],
    [
      'what the turn puts off runs while it waits',
      inLoop('show(await userRepo.¦findOneBy({ id: o.userId }));\n  queueMicrotask(() => out.push(o.id));'),
      /puts off \(line 4\)/,
    ],
    [
      'callbacks that are waited for later',
      'const orders = await orderRepo.|find();\nconst done = orders.map(async (o) => {\n  const u = await userRepo.¦findOneBy({ id: o.userId });\n  out.push(u?.name);\n});\nout.push(0);\nawait Promise.all(done);\n',
      /does not wait for them at once/,
    ],
    [
      'the file has another Map',
      `import { Map } from 'immutable';\n${inLoop('show(await userRepo.¦findOneBy({ id: o.userId }));')}`,
      /something else by Map/,
    ],
    ['the file has another In', `${inLoop('show(await userRepo.¦findOneBy({ id: o.userId }));')}function In() {}\n`, /something else by In/],
  ])('%s', (_, source, reason) => expectDeclined(source, user, reason));

  test.each([
    [
      'callbacks are waited for by the next statement',
      'const orders = await orderRepo.|find();\nconst done = orders.map(async (o) => {\n  const u = await userRepo.¦findOneBy({ id: o.userId });\n  out.push(u?.name);\n});\nawait Promise.all(done);\n',
    ],
    [
      'elements get rows that nobody changes',
      `${inLoop('o.buyer = await userRepo.¦findOneBy({ id: o.userId });')}for (const each of orders) show(each.buyer.name);\n`,
    ],
    ['a constant takes a property out of a row', inLoop('const { name } = await userRepo.¦findOneBy({ id: o.userId });\n  show([name]);')],
    [
      'another list grows',
      'x.|find();\nconst ids = [1, 2];\nfor (const id of ids) {\n  show(await userRepo.¦findOneBy({ id }));\n  seen.push(id);\n}\n',
    ],
    [
      'the list was filled before',
      'x.|find();\nconst ids: number[] = [];\nfor (const o of orders) ids.push(o.userId);\nfor (const id of ids) show(await userRepo.¦findOneBy({ id }));\n',
    ],
    [
      'callbacks that run at once are seen behind the lookup only',
      'const orders = await orderRepo.|find();\nawait Promise.all(orders.map(async (o) => {\n  const u = await userRepo.¦findOneBy({ id: o.userId });\n  out.push(u?.name);\n}));\n',
    ],
    ['a row is compared with nothing', inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  if (u === null) continue;')],
    ['what is read of rows goes into a Set', inLoop('const u = await userRepo.¦findOneBy({ id: o.userId });\n  if (u) seen.add(u.name);')],
    [
      'an alternative in parentheses',
      inLoop("await userRepo.createQueryBuilder('u').where('u.id = :id', { id: o.userId }).andWhere('(u.old OR u.gone)').¦getOne();"),
    ],
    [
      'a field that stays',
      'x.|find();\nclass Reader {\n  live = true;\n  async read(orders: Order[]) {\n    for (const o of orders) show(await userRepo.¦countBy({ id: o.userId, live: this.live }));\n  }\n}\n',
    ],
    [
      'a callback that gives no promise',
      'x.|find();\nasync function all(label: (id: number) => string) {\n  for (const o of orders) show(await userRepo.¦findOneBy({ id: o.userId }), label(o.id));\n}\n',
    ],
  ])('not where %s', (_, source) => expect(editOf(source, user).result).toMatchObject({ kind: 'edit' }));
});
