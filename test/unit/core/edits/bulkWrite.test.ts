import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, expectDeclined, expectEdit, type LoadCase } from './loadEdits';

const written: LoadCase = {
  finding: {
    kind: 'write-n-plus-one',
    entity: 'User',
    relation: null,
    parent: null,
    count: 5,
    advice: anAdvice({
      kind: 'bulk-write',
      relations: [],
      strategy: null,
      predictedQueryCount: 1,
      currentQueryCount: 20,
      statementsPerRow: 1,
      driver: 'better-sqlite3',
    }),
  },
};
const HEAD = "import { In } from 'typeorm';\nconst repo: Repository<User> = make();\n";
const code = (text: string): string => `import { Repository } from 'typeorm';\nconst repo: Repository<User> = make();\n${text}|`;
const mended = (text: string, ...names: string[]): string =>
  `import { ${[...names, 'Repository'].sort().join(', ')} } from 'typeorm';\nconst repo: Repository<User> = make();\n${text}`;

describe('one call writes all rows', () => {
  test.each([
    [
      'rows written out are inserted',
      'for (const name of names) await repo.¦save({ name });\n',
      'await repo.insert(names.map((name) => ({ name })));\n',
      [],
    ],
    [
      'create() too',
      'for (const name of names) {\n  await repo.¦save(repo.create({ name }));\n}\n',
      'await repo.insert(names.map((name) => repo.create({ name })));\n',
      [],
    ],
    [
      'with a key it may be an update, and stays a save',
      'for (const u of list) await repo.¦save({ id: u.id, name: u.name });\n',
      'await repo.save(list.map((u) => ({ id: u.id, name: u.name })));\n',
      [],
    ],
    ['entities are saved as they are', 'for (const u of users) await repo.¦save(u);\n', 'await repo.save(users);\n', []],
    ['remove', 'for (const u of await repo.find()) await repo.¦remove(u);\n', 'await repo.remove(await repo.find());\n', []],
    [
      'delete by key',
      'for (const { id, name } of users) await repo.¦delete(id);\n',
      'await repo.delete({ id: In(users.map(({ id }) => id)) });\n',
      ['In'],
    ],
    [
      'delete by condition',
      'for (const id of ids) await repo.¦delete({ id, active: false });\n',
      'await repo.delete({ id: In(ids), active: false });\n',
      ['In'],
    ],
    [
      'an update of one value',
      "for (const u of users) await repo.¦update(u.id, { name: '' });\n",
      "await repo.update({ id: In(users.map((u) => u.id)) }, { name: '' });\n",
      ['In'],
    ],
    [
      'increments',
      "const users = await repo.find();\nfor (const u of users) await repo.¦increment({ id: u.id }, 'age', 1);\n",
      "const users = await repo.find();\nawait repo.increment({ id: In(users.map((u) => u.id)) }, 'age', 1);\n",
      ['In'],
    ],
    ['Promise.all', 'await Promise.all(users.map((u) => repo.¦remove(u)));\n', 'await repo.remove(users);\n', []],
  ])('%s', (_, before, after, names) => expectEdit(code(before), written, mended(after, ...names)));

  test('a loop that does more keeps doing it; its rows are written after it', () => {
    expectEdit(
      code('for (const name of names) {\n  const user = repo.create({ name });\n  log(name);\n  if (name) await repo.¦save(user);\n}\n'),
      written,
      mended(
        'const usersToSave = [];\nfor (const name of names) {\n  const user = repo.create({ name });\n  log(name);\n  if (name) usersToSave.push(user);\n}\nawait repo.insert(usersToSave);\n',
      ),
    );
    expectEdit(
      code('for (const u of await repo.find()) {\n  u.name = u.name.trim();\n  await repo.¦save(u);\n}\n'),
      written,
      mended('const users = await repo.find();\nfor (const u of users) {\n  u.name = u.name.trim();\n}\nawait repo.save(users);\n'),
    );
  });

  test('the predicted count is that of the call that is written: SQLite saves row by row, PostgreSQL at once', () => {
    const save = code('for (const u of users) await repo.¦save(u);\n');
    const on = (driver: string): LoadCase => ({
      ...written,
      finding: { ...written.finding, advice: { ...anAdvice(written.finding?.advice), driver } },
    });
    expect(editOf(save, on('better-sqlite3')).result).toMatchObject({ kind: 'edit', predicted: 7 });
    expect(editOf(save, on('postgres')).result).toMatchObject({ kind: 'edit', predicted: 3 });
  });
});

describe('declined, with the reason', () => {
  test.each([
    ['values of each row', 'for (const u of users) await repo.¦update(u.id, { name: u.name });\n', /values of its own/],
    ['a place in the order', 'let place = 0;\nfor (const u of users) await repo.¦update(u.id, { place: place++ });\n', /values of its own/],
    ['a value made for each', 'for (const u of users) await repo.¦update(u.id, { token: randomUUID() });\n', /values of its own/],
    ['the answer is used', 'for (const u of users) {\n  const saved = await repo.¦save(u);\n  out.push(saved);\n}\n', /returns is used/],
    ['the row goes on', 'for (const u of users) {\n  await repo.¦save(u);\n  out.push(u.id);\n}\n', /goes on with the row/],
    [
      'each turn asks again',
      'for (const u of users) {\n  if (await repo.existsBy({ id: u.id })) continue;\n  await repo.¦save(u);\n}\n',
      /asks the database/,
    ],
    ['errors of each row', 'for (const u of users) {\n  try {\n    await repo.¦save(u);\n  } catch {\n    n++;\n  }\n}\n', /error handling/],
    ['a way out', 'for (const u of users) {\n  if (!u) throw new Error();\n  await repo.¦save(u);\n}\n', /may end the function/],
    ['not waited for', 'users.forEach((u) => repo.¦save(u));\n', /not waited for/],
    ['a counting loop', 'for (let i = 0; i < 9; i++) await repo.¦save(users[i]);\n', /The loop counts/],
    ['raw SQL', 'for (const u of users) await ds.¦query(sql, [u.id]);\n', /calls a function|raw SQL/],
    [
      'the write of one row stands in a helper',
      'const add = async (user: User) => {\n  await repo.¦save(user);\n};\nfor (const u of users) await add(u);\n',
      /stands in a function of its own/,
    ],
  ])('%s', (_, text, reason) => expectDeclined(code(text), written, reason));
});

test.each([
  ['codes', 'postgres', 'declined'],
  ["['a', 'b']", 'postgres', 'edit'],
  ["['a', 'a']", 'postgres', 'declined'],
  ['new Set(codes)', 'postgres', 'edit'],
  ['codes', 'better-sqlite3', 'edit'],
])('upserts of %s on %s: %s', (list, driver, kind) => {
  const finding = written.finding && { ...written.finding, advice: anAdvice({ ...written.finding.advice, driver }) };
  const { result } = editOf(code(`for (const name of ${list}) await repo.¦upsert({ name }, ['name']);\n`), {
    ...written,
    ...(finding ? { finding } : {}),
  });
  expect(result).toMatchObject({ kind });
});

test('the import of In is put where there is none of typeorm', () => {
  const { after } = editOf('const repo: Repository<User> = make();\nfor (const id of ids) await repo.¦delete(id);\n|', written);
  expect(after).toBe(`${HEAD.replace('\nconst', '\n\nconst')}await repo.delete({ id: In(ids) });\n`);
});
