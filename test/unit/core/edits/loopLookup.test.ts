import { describe, expect, test } from 'vitest';
import { editOf, expectDeclined, expectEdit, type LoadCase } from './loadEdits';

const user: LoadCase = { of: 'Order', load: ['user'], finding: { kind: 'loop-n-plus-one', entity: 'Order', relation: 'user' } };
const buyer: LoadCase = { ...user, load: ['buyer'], finding: { ...user.finding, relation: 'buyer' } };

describe('a lookup in a loop becomes the loaded relation (B1, K13)', () => {
  test('findOneBy in for … of', () => {
    expectEdit(
      `async function list() {
  const orders = await orderRepo.|find();
  const lines = [];
  for (const o of orders) {
    const user = await userRepo.¦findOneBy({ id: o.userId });
    if (!user) continue;
    lines.push(o.id + user.name);
  }
  return lines;
}
`,
      user,
      `async function list() {
  const orders = await orderRepo.find({ relations: { user: true } });
  const lines = [];
  for (const o of orders) {
    const user = o.user;
    if (!user) continue;
    lines.push(o.id + user.name);
  }
  return lines;
}
`,
    );
  });

  test('C1: Promise.all over map', () => {
    expectEdit(
      'const orders = await orderRepo.|find();\nconst users = await Promise.all(orders.map((o) => userRepo.¦findOneBy({ id: o.userId })));\n',
      user,
      'const orders = await orderRepo.find({ relations: { user: true } });\nconst users = await Promise.all(orders.map((o) => o.user));\n',
    );
  });

  test('findOne with where, through a filtered list', () => {
    expectEdit(
      'const orders = await orderRepo.|find({ take: 3 });\nfor (const o of orders.filter((x) => x.id > 3)) {\n  show((await userRepo.¦findOne({ where: { id: o.userId } }))?.name);\n}\n',
      user,
      'const orders = await orderRepo.find({ take: 3, relations: { user: true } });\nfor (const o of orders.filter((x) => x.id > 3)) {\n  show(o.user?.name);\n}\n',
    );
  });

  test('a lazy relation keeps its await', () => {
    expectEdit(
      'for (const o of await orderRepo.|find()) {\n  const user = await userRepo.¦findOneBy({ id: o.userId });\n}\n',
      { ...user, load: ['lazyUser'] },
      'for (const o of await orderRepo.find({ relations: { lazyUser: true } })) {\n  const user = await o.lazyUser;\n}\n',
    );
  });

  test('findOneByOrFail only where the relation is never null', () => {
    expectEdit(
      'for (const o of await orderRepo.|find()) {\n  const user = await userRepo.¦findOneByOrFail({ id: o.buyerId });\n}\n',
      buyer,
      'for (const o of await orderRepo.find({ relations: { buyer: true } })) {\n  const user = o.buyer;\n}\n',
    );
    expectDeclined(
      'for (const o of await orderRepo.|find()) {\n  await userRepo.¦findOneByOrFail({ id: o.userId });\n}\n',
      user,
      /throws where there is no User/,
    );
  });

  test('the collection behind findBy', () => {
    const books: LoadCase = { strategy: 'query', finding: { kind: 'loop-n-plus-one' } };
    const after = (): string =>
      "const authors = await repo.find({ relations: { books: true }, relationLoadStrategy: 'query' });\nfor (const a of authors) {\n  const books = a.books;\n}\n";
    expectEdit(
      'const authors = await repo.|find();\nfor (const a of authors) {\n  const books = await bookRepo.¦findBy({ authorId: a.id });\n}\n',
      books,
      after(),
    );
    expectEdit(
      'const authors = await repo.|find();\nfor (const a of authors) {\n  const books = await bookRepo.¦find({ where: { author: { id: a.id } } });\n}\n',
      books,
      after(),
    );
  });

  test('the query may be a query builder', () => {
    expectEdit(
      "const orders = await orderRepo.createQueryBuilder('o').|getMany();\nfor (const o of orders) {\n  const user = await userRepo.¦findOneBy({ id: o.userId });\n}\n",
      user,
      "const orders = await orderRepo.createQueryBuilder('o').leftJoinAndSelect('o.user', 'user').getMany();\nfor (const o of orders) {\n  const user = o.user;\n}\n",
    );
  });

  test('an element spread under a property of the same name changes nothing', () => {
    expectEdit(
      'const orders = await orderRepo.|find();\nconst out = [];\nfor (const o of orders) {\n  out.push({ ...o, user: await userRepo.¦findOneBy({ id: o.userId }) });\n}\n',
      user,
      'const orders = await orderRepo.find({ relations: { user: true } });\nconst out = [];\nfor (const o of orders) {\n  out.push({ ...o, user: o.user });\n}\n',
    );
  });
});

describe('declined, with the reason', () => {
  const loop = (body: string): string => `const orders = await orderRepo.|find();\nfor (const o of orders) {\n  ${body}\n}\n`;

  test.each([
    ['other options stand beside where', loop('const u = await userRepo.¦findOne({ where: { id: o.userId }, cache: true });'), /has 'cache'/],
    ['the lookup is used as a promise', loop('jobs.push(userRepo.¦findOneBy({ id: o.userId }));'), /used as a promise/],
  ])('%s', (_, source, reason) => expectDeclined(source, user, reason));

  test('the lookup stands in another file', () => {
    const { result } = editOf('const orders = await orderRepo.|find();\n', {
      ...user,
      finding: { ...user.finding, site: { file: '/app/other.ts', line: 1, column: 1, function: null } },
    });
    expect(result).toMatchObject({ kind: 'declined', reason: expect.stringContaining('another file') });
  });

  test('a place that is gone is told apart from one that is declined', () => {
    expect(editOf('nothing.|here();\n', { api: 'Repository.find' }).result).toEqual({ kind: 'gone' });
  });
});
