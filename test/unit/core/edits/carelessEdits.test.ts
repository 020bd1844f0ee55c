/** Loops that look like those with one query for all keys, in which it would change what the app does: none of them gets an edit. */
import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, expectDeclined, type LoadCase } from './loadEdits';

const advice = anAdvice({
  kind: 'batch-in',
  relations: [],
  strategy: null,
  predictedQueryCount: 2,
  currentQueryCount: 101,
  driver: 'better-sqlite3',
});
/** Users looked up for orders. */
const user: LoadCase = { of: 'Order', finding: { kind: 'loop-n-plus-one', entity: 'User', relation: null, advice } };

const FIND = 'userRepo.¦findOneBy({ id: order.buyerId })';
const turn = (...lines: string[]): string =>
  ["import { User } from './entities';", 'const orders = await orderRepo.|find();', 'for (const order of orders) {', ...lines, '}', ''].join('\n');
/** The turn looks a user up by its key and one more condition. */
const besides = (condition: string): string =>
  turn(`  const user = await userRepo.¦findOneBy({ id: order.buyerId, ${condition} });`, '  show(user?.name);');

describe('what a lookup takes anew in each turn', () => {
  test.each([
    'age: n++',
    'age: --n',
    'age: (n += 1)',
    'name: `${n++}`',
    'name: names.shift()',
    'name: names.pop()!',
    'name: nextName()',
    'name: names.next().value',
    'age: Math.random()',
    'name: randomUUID()',
  ])('%s', (condition) => {
    expectDeclined(besides(condition), user, /gives each turn a value of its own/);
  });

  test.each(['repos.shift()!', 'repos[i++]', 'nextRepo()'])('the repository is %s', (repository) => {
    expectDeclined(turn(`  show((await ${repository}.¦findOneBy({ id: order.buyerId }))?.name);`), user, /gives each turn a value of its own/);
  });

  test.each(["name: 'Ann'", 'age: -n', 'name: this.name', 'name: names[0]', 'name: names.at(-1)', 'age: LessThan(limit)', 'name: name.trim()'])(
    '%s is the same in every turn',
    (condition) => {
      expect(editOf(besides(condition), user).result).toMatchObject({ kind: 'edit' });
    },
  );
});

describe('a write that goes on beside the loop', () => {
  const after = (...lines: string[]): string =>
    turn(`  const user = await ${FIND};`, '  show(user?.name);').replace('for (', `${lines.join('\n')}\nfor (`);

  test.each([
    "const done = userRepo.update({ id: 7 }, { name: 'Ann' });",
    "void userRepo.update({ id: 7 }, { name: 'Ann' });",
    "userRepo.update({ id: 7 }, { name: 'Ann' }).catch(log);",
    'const jobs = names.map((name) => userRepo.save({ name }));',
    'const jobs = names.map(async (name) => { await userRepo.save({ name }); });',
    'const done = (async () => { await userRepo.save({ id: 7 }); })();',
    'async function rename() {\n  await userRepo.save({ id: 7 });\n}\nconst done = rename();',
    'const done = this.users.renameAll();\nlater(async () => { await done; });',
  ])('%s', (begun) => {
    expectDeclined(after(begun), user, /is not waited for before the loop/);
  });

  test.each([
    "await userRepo.update({ id: 7 }, { name: 'Ann' });",
    'await Promise.all(names.map((name) => userRepo.save({ name })));',
    'for (const name of names) {\n  await userRepo.save({ name });\n}',
    'async function rename() {\n  await userRepo.save({ id: 7 });\n}\nawait rename();',
    // Declared, and run by nobody here.
    'const rename = () => userRepo.save({ id: 7 });',
    // Of a table that has nothing to do with it.
    "const done = dataSource.getRepository(Tag).update({ id: 7 }, { name: 'new' });",
    'seen.clear();\nconst all = userRepo.count();',
  ])('not: %s', (waited) => {
    expect(editOf(after(waited.replace('seen.clear()', 'const seen = new Set();\nseen.clear()')), user).result).toMatchObject({ kind: 'edit' });
  });
});

describe('a lookup that runs against others', () => {
  test('or against the time', () => {
    expectDeclined(turn(`  const user = await Promise.race([${FIND}, timeout(100)]);`, '  show(user?.name);'), user, /takes part in a Promise\.race/);
  });

  test.each(['race', 'any'])('Promise.%s of all of them', (name) => {
    const app = `import { User } from './entities';\nconst orders = await orderRepo.|find();\nshow(await Promise.${name}(orders.map((order) => ${FIND})));\n`;
    expectDeclined(app, user, new RegExp(`takes part in a Promise\\.${name}`));
    expect(editOf(app.replace(`Promise.${name}`, 'Promise.all'), user).result).toMatchObject({ kind: 'edit' });
  });
});

describe('keys that cannot be read for each element', () => {
  const byCode = '  const user = await userRepo.¦findOneBy({ id: order.code.toLowerCase() });';
  const byParent = '  const user = await userRepo.¦findOneBy({ id: order.parent.buyerId });';

  test('what the key is made of is looked at before', () => {
    expectDeclined(turn('  if (!order.code) continue;', byCode), user, /checks order\.code before it asks/);
    expectDeclined(turn('  if (order.code) {', byCode, '  }'), user, /checks order\.code before it asks/);
  });

  test('what a text is made of is looked at before', () => {
    const app = (guard: string): string =>
      turn(guard, '  const user = await userRepo.¦findOneBy({ id: code.trim() });', '  show(user?.name);')
        .replace('const orders = await orderRepo.|find();', 'const codes: (string | null)[] = await orderRepo.|find();')
        .replace('const order of orders', 'const code of codes');
    expectDeclined(app('  if (!code) continue;'), user, /checks code before it asks/);
    expect(editOf(app(''), user).result).toMatchObject({ kind: 'edit' });
  });

  test.each(['  if (!hasParent(order)) continue;', "  if (order.state !== 'open') continue;"])(
    'a condition of another name may say that they can: %s',
    (guard) => {
      expect(editOf(turn(guard, byParent), user).after).toContain('orders.flatMap((order) => order.parent?.buyerId ?? [])');
      expect(editOf(turn(byParent), user).after).toContain('orders.map((order) => order.parent.buyerId)');
    },
  );

  test('another condition says nothing of the key', () => {
    expect(editOf(turn('  if (order.hidden) continue;', byCode), user).result).toMatchObject({ kind: 'edit' });
  });

  test('the turn handles the error of reading it', () => {
    expectDeclined(
      turn('  try {', byParent, '  } catch {', '    show("none");', '  }'),
      user,
      /order\.parent\.buyerId would be read before the loop/,
    );
    expectDeclined(
      turn('  try {', byCode, '  } catch {', '    show("none");', '  }'),
      user,
      /order\.code\.toLowerCase\(\) would be read before the loop/,
    );
  });

  test('a property of the element can always be read', () => {
    expect(editOf(turn('  try {', `  show((await ${FIND})?.name);`, '  } catch {', '    show("none");', '  }'), user).result).toMatchObject({
      kind: 'edit',
    });
    expect(editOf(turn('  if (!order.parent) continue;', byParent), user).result).toMatchObject({ kind: 'edit' });
  });
});
