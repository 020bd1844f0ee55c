/** Lookups that p-limit runs, and pairs of rows and their number: asked for at once where that is the same, declined with the reason elsewhere. */
import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, expectDeclined, type LoadCase } from './loadEdits';

const batch = anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 2, currentQueryCount: 101 });
const user: LoadCase = { of: 'Order', finding: { kind: 'loop-n-plus-one', entity: 'User', relation: null, advice: batch } };
const IMPORTS = "import { In } from 'typeorm';\nimport pLimit from 'p-limit';\nimport { Book, User } from './entities';\n";
const ORDERS = 'const orders = await orderRepo.|find();\n';
const LIMIT = 'const limit = pLimit(5);\n';
const ASKED = 'const users = await userRepo.findBy({ id: In(orders.map((order) => order.buyerId)) });';

describe('a limiter of p-limit', () => {
  test('runs its function within the turn: the row takes the lookup’s place', () => {
    const { after } = editOf(
      `${IMPORTS}${ORDERS}${LIMIT}const found = await Promise.all(orders.map((order) => limit(() => userRepo.¦findOneBy({ id: order.buyerId }))));\n`,
      user,
    );
    expect(after).toContain(ASKED);
    expect(after).toContain('orders.map((order) => limit(() => Promise.resolve(userById.get(order.buyerId) ?? null)))');
  });

  test('and an async one', () => {
    const { after } = editOf(
      `${IMPORTS}${ORDERS}${LIMIT}const names = await Promise.all(orders.map((order) => limit(async () => (await userRepo.¦findOneBy({ id: order.buyerId }))?.name)));\n`,
      user,
    );
    expect(after).toContain(ASKED);
    expect(after).toContain('limit(async () => userById.get(order.buyerId)?.name)');
  });

  const turn = 'limit(() => userRepo.¦findOneBy({ id: order.buyerId }))';
  test.each([
    ['does other work too', `${LIMIT}void limit(() => clean());\nawait Promise.all(orders.map((order) => ${turn}));\n`],
    ['is another file’s too', `export ${LIMIT}await Promise.all(orders.map((order) => ${turn}));\n`],
    ['may be another one', `let limit = pLimit(5);\nawait Promise.all(orders.map((order) => ${turn}));\n`],
    ['is waited for later', `${LIMIT}const all = Promise.all(orders.map((order) => ${turn}));\nawait clean();\nawait all;\n`],
    ['is waited for one by one', `${LIMIT}const all = orders.map((order) => ${turn});\nfor (const each of all) await each;\n`],
    ['races', `${LIMIT}await Promise.race(orders.map((order) => ${turn}));\n`],
    ['hands on arguments', `${LIMIT}await Promise.all(orders.map((order) => limit((id: number) => userRepo.¦findOneBy({ id }), order.buyerId)));\n`],
    ['is a function of one’s own', `const limit = throttled(5);\nawait Promise.all(orders.map((order) => ${turn}));\n`],
  ])('is left alone where it %s', (_, code) => {
    expectDeclined(`${IMPORTS}${ORDERS}${code}`, user, /a function that limit\(\) calls for each row|stands in a function of its own/);
  });

  test('is left alone where its turn writes', () => {
    expectDeclined(
      `${IMPORTS}${ORDERS}${LIMIT}await Promise.all(orders.map((order) => limit(async () => {\n  const user = await userRepo.¦findOneBy({ id: order.buyerId });\n  await userRepo.save({ name: order.name });\n})));\n`,
      user,
      /The loop writes \(save\(\)/,
    );
  });
});

describe('findAndCount() in a loop', () => {
  const books: LoadCase = { of: 'Author', finding: { kind: 'loop-n-plus-one', entity: 'Author', relation: 'books', advice: batch } };
  const HEAD = "import { In } from 'typeorm';\nimport { Book, User } from './entities';\nconst authors = await authorRepo.|find();\n";

  test('gives the rows of the key, and how many they are', () => {
    const { after } = editOf(
      `${HEAD}for (const author of authors) {\n  const [rows, count] = await bookRepo.¦findAndCountBy({ authorId: author.id });\n  show(rows, count);\n}\n`,
      books,
    );
    expect(after).toContain('await bookRepo.findBy({ authorId: In(authors.map((author) => author.id)) })');
    expect(after).toContain('const [rows, count] = [booksByAuthorId.get(author.id) ?? [], booksByAuthorId.get(author.id)?.length ?? 0];');
  });

  test.each([
    ['not taken apart', 'const pair = await bookRepo.¦findAndCountBy({ authorId: author.id });\n  show(pair);'],
    ['taken as a whole', 'const [...pair] = await bookRepo.¦findAndCountBy({ authorId: author.id });\n  show(pair);'],
    ['assigned', '[rows, count] = await bookRepo.¦findAndCountBy({ authorId: author.id });'],
  ])('is left alone where the pair is %s', (_, code) => {
    expectDeclined(`${HEAD}for (const author of authors) {\n  ${code}\n}\n`, books, /is not taken apart at once/);
  });
});
