/** A loop asks a function that another file exports: what both files say after the edit, or why there is none. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { FindingEdit } from '../../../../src/core/edits/editContext';
import { editForFinding } from '../../../../src/core/edits/editForFinding';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import { aFinding, anAdvice, aParent, aSite } from '../../builders/findingBuilder';
import { aShop } from '../../builders/graphBuilder';

const HEAD = "import { Repository } from 'typeorm';\nimport { User } from './entities';\n";
const ONE = 'export function one(repo: Repository<User>, id: number): Promise<User | null> {\n  return repo.findOneBy({ id });\n}';

interface Asked {
  readonly fn?: string;
  readonly call?: string;
  readonly imports?: string;
  readonly home?: string;
  readonly after?: string;
  readonly others?: string;
  /** What the module that names what it passes on says besides. */
  readonly index?: string;
}

function ask({
  fn = ONE,
  call = 'one(repo, o.buyerId)',
  imports = "import { one } from './users';",
  home = 'users.ts',
  after = '',
  others = '',
  index = '',
}: Asked = {}) {
  const loop = `${imports}\nasync function all(repo) {\n  const orders = await orderRepo.find();\n  for (const o of orders) {\n    show(await ${call});${after}\n  }\n}\n`;
  const files = new Map([
    [`/app/${home}`, `${HEAD}${fn}\n`],
    ['/app/index.ts', `export { one, one as each } from './users';\n${index}`],
    ['/app/names.ts', "export { one } from './index';\n"],
    ['/app/stars.ts', "export * from './users';\nexport * from './others';\n"],
    ['/app/others.ts', `${others}\n`],
    ['/app/loop.ts', loop],
  ]);
  const site = (file: string, line: number, column: number, name: string) => aSite({ file: `/app/${file}`, line, column, function: name });
  const asking = `${HEAD}${fn}`.split('\n').findIndex((line) => line.includes('.find')) + 1;
  const finding = aFinding({
    kind: 'loop-n-plus-one',
    entity: 'User',
    relation: null,
    site: site('loop.ts', 5, 16, 'all'),
    parent: aParent({ api: 'Repository.find', entity: 'Order', site: site('loop.ts', 3, 34, 'all') }),
    advice: {
      ...anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 2, currentQueryCount: 101 }),
      innermost: site(home, asking, 15, 'one'),
    },
  });
  const resolve = (_: string, specifier: string): string | null =>
    ({ './users': `/app/${home}`, './index': '/app/index.ts', './names': '/app/names.ts', './stars': '/app/stars.ts', './others': '/app/others.ts' })[
      specifier
    ] ?? null;
  const answer = (): FindingEdit => editForFinding({ typescript: ts, graph: aShop(), readFile: (file) => files.get(file), resolve }, finding);
  const edit = answer();
  if (edit.kind === 'edit') for (const [file, text] of files) files.set(file, applyEdits(ts, file, text, edit.edits));
  return {
    edit,
    home: files.get(`/app/${home}`) ?? '',
    loop: files.get('/app/loop.ts') ?? '',
    index: files.get('/app/index.ts') ?? '',
    again: answer,
  };
}

describe('a function of another file', () => {
  test('gets one beside it that takes all keys, which the loop’s file imports', () => {
    const { edit, home, loop, again } = ask();
    expect(edit).toMatchObject({ title: expect.stringMatching(/^Ask for all User rows at once in users\.ts: 101 → \d+ quer/) });
    expect(home).toContain(
      `${ONE}\n\nexport async function findUsersById(repo: Repository<User>, ids: readonly number[]): Promise<ReadonlyMap<User['id'], User>> {\n  const users = await repo.findBy({ id: In(ids) });\n  return new Map(users.map((user) => [user.id, user]));\n}\n`,
    );
    expect(loop).toContain("import { findUsersById, one } from './users';");
    expect(loop).toContain('const userById = await findUsersById(repo, orders.map((o) => o.buyerId));');
    expect(loop).toContain('show(userById.get(o.buyerId) ?? null);');
    expect(again()).toEqual({ kind: 'mended' });
  });

  test.each([
    ['one', "export { one, findUsersById, one as each } from './users';\n"],
    ['each', "export { one, one as each, findUsersById } from './users';\n"],
  ])('is passed on as %s is, by the module that names both', (name, wanted) => {
    const { index, loop, again } = ask({ imports: `import { ${name} } from './index';`, call: `${name}(repo, o.buyerId)` });
    expect(index).toBe(wanted);
    expect(loop).toContain('findUsersById');
    expect(loop).toContain("from './index';");
    expect(again()).toEqual({ kind: 'mended' });
  });

  test.each([
    ['a module that passes on all of it', { imports: "import { one } from './stars';" }, "import { findUsersById, one } from './stars';"],
    ['a namespace', { imports: "import * as users from './users';", call: 'users.one(repo, o.buyerId)' }, 'await users.findUsersById(repo, '],
    ['an alias', { imports: "import { one as find } from './users';", call: 'find(repo, o.buyerId)' }, 'one as find, findUsersById }'],
    ['a default', { imports: "import one from './users';", fn: ONE.replace('export', 'export default') }, "import { findUsersById } from './users';"],
    [
      'a function in a constant',
      { fn: 'export const one = (repo: Repository<User>, id: number) => repo.findOneBy({ id });' },
      'await findUsersById(repo, ',
    ],
    [
      'the key comes first',
      { fn: ONE.replace(/\(repo: .*?, id: number\)/, '(id: number, repo: Repository<User>)'), call: 'one(o.buyerId, repo)' },
      'o.buyerId), repo)',
    ],
    ['a name that is taken', { fn: `${ONE}\nexport const findUsersById = 1;` }, 'await findAllUsersById(repo, '],
  ])('by %s', (_, asked, wanted) => {
    const { loop, again } = ask(asked);
    expect(loop).toContain(wanted);
    expect(again()).toEqual({ kind: 'mended' });
  });

  test.each([
    [
      'that throws',
      { fn: ONE.replace('return repo', 'const user = repo').replace('});\n', '});\n  if (!user) throw new Error();\n  return user;\n') },
      /^The function one\(\) does more/,
    ],
    [
      'that is passed on with all of two modules, of which the other one has the name',
      { imports: "import { one } from './stars';", others: 'export const findUsersById = 1;' },
      /by way of another module/,
    ],
    ['that is passed on by name, twice', { imports: "import { one } from './names';" }, /by way of another module/],
    [
      'that is passed on by name, beside another one of the name',
      { imports: "import { one } from './index';", index: "export { findUsersById } from './others';\n", others: 'export const findUsersById = 1;' },
      /by way of another module/,
    ],
    [
      'that takes more of the turn',
      { fn: ONE.replace('id: number', 'id: number, old: boolean'), call: 'one(repo, o.buyerId, o.old)' },
      /takes more than a key/,
    ],
    ['whose other argument is made in each turn', { call: 'one(repoOf(), o.buyerId)' }, /takes more than a key/],
    ['whose other argument the loop changes', { after: ' repo = other;' }, /more of the loop’s turn/],
    ['that prepares its lookup', { fn: ONE.replace('return repo', 'const { users } = repo;\n  return users') }, /prepares what its lookup needs/],
    ['of JavaScript', { home: 'users.js' }, /stands in JavaScript/],
    ['of any type', { fn: ONE.replace('one(', 'one<T>(') }, /no plain type/],
  ])('is left alone %s', (_, asked, reason) => {
    expect(ask(asked).edit).toMatchObject({ kind: 'declined', reason: expect.stringMatching(reason) });
  });
});
