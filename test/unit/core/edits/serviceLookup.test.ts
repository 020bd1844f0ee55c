/** A loop asks a method of another file's class: what both files say after the edit, or why there is none. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { editForFinding } from '../../../../src/core/edits/editForFinding';
import type { FindingEdit } from '../../../../src/core/edits/editContext';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import { aFinding, anAdvice, aParent, aSite } from '../../builders/findingBuilder';
import { aShop } from '../../builders/graphBuilder';

const HEAD = "import { Repository } from 'typeorm';\nimport { User } from './entities';\n";

interface Asked {
  /** The class's file up to its members, and the members. */
  readonly members: string;
  readonly above?: string;
  readonly call?: string;
  readonly home?: string;
  /** The file whose class was seen to ask. */
  readonly seen?: string;
  /** Text of `base.ts`, whose class Users extends. */
  readonly base?: string;
}

function ask({ members, above = '', call = 'users.one(o.buyerId)', home = 'users.ts', base, seen = base ? 'base.ts' : home }: Asked): {
  readonly edit: FindingEdit;
  readonly home: string;
  readonly loop: string;
  readonly again: () => FindingEdit;
} {
  const service = `${HEAD}${above}export class Users${base ? ' extends Base<User>' : ''} {\n  constructor(private readonly repo: Repository<User>) {}\n${members}\n}\n`;
  const loop = `import { Users } from './users';\nasync function all(users: Users) {\n  const orders = await orderRepo.find();\n  for (const o of orders) {\n    show(await ${call});\n  }\n}\n`;
  const files = new Map([[`/app/${home}`, service], ['/app/loop.ts', loop], ...(base ? [['/app/base.ts', base] as const] : [])]);
  const site = (file: string, line: number, column: number, fn: string) => aSite({ file: `/app/${file}`, line, column, function: fn });
  const finding = aFinding({
    kind: 'loop-n-plus-one',
    entity: 'User',
    relation: null,
    site: site('loop.ts', 5, 22, 'all'),
    parent: aParent({ api: 'Repository.find', entity: 'Order', site: site('loop.ts', 3, 34, 'all') }),
    advice: {
      ...anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 2, currentQueryCount: 101 }),
      innermost: site(seen, (base ?? service).split('\n').findIndex((line) => /\.find/.test(line)) + 1, 22, 'one'),
    },
  });
  const resolve = (_: string, specifier: string): string | null => (specifier === './users' ? `/app/${home}` : null);
  const answer = (): FindingEdit => editForFinding({ typescript: ts, graph: aShop(), readFile: (file) => files.get(file), resolve }, finding);
  const edit = answer();
  if (edit.kind === 'edit') for (const [file, text] of files) files.set(file, applyEdits(ts, file, text, edit.edits));
  return { edit, home: files.get(`/app/${home}`) ?? '', loop: files.get('/app/loop.ts') ?? '', again: answer };
}

const ONE = '  one(id: number): Promise<User | null> {\n    return this.repo.findOneBy({ id });\n  }';
const THROWS =
  '  async one(id: number): Promise<User> {\n    const user = await this.repo.findOneBy({ id });\n    if (!user) throw new Error();\n    return user;\n  }';
const NAMED =
  '  async one(id: number, name: string): Promise<User | null> {\n    const user = await this.repo.findOneBy({ id, name });\n    return user;\n  }';
const LISTED = NAMED.replace('name: string', 'names: string[]').replace('{ id, name }', '{ id, name: In(names) }');

describe('a service that the loop asks', () => {
  test('gets a method for all keys, and the loop reads its Map', () => {
    const { edit, home, loop, again } = ask({ members: ONE });
    expect(edit).toMatchObject({ title: expect.stringMatching(/^Ask for all User rows at once in Users: 101 → \d+ quer/) });
    expect(home).toContain(
      `${ONE}\n\n  async usersById(ids: readonly number[]): Promise<ReadonlyMap<User['id'], User>> {\n    const users = await this.repo.findBy({ id: In(ids) });\n    return new Map(users.map((user) => [user.id, user]));\n  }\n`,
    );
    expect(loop).toContain('const userById = await users.usersById(orders.map((o) => o.buyerId));');
    expect(loop).toContain('show(userById.get(o.buyerId) ?? null);');
    expect(again()).toEqual({ kind: 'mended' });
  });

  test('stays asked where it does more than to return the row', () => {
    const { home, loop, again } = ask({ members: THROWS });
    expect(home).toContain("one(id: number, userById?: ReadonlyMap<User['id'], User>): Promise<User>");
    expect(home).toContain('const user = userById ? (userById.get(id) ?? null) : await this.repo.findOneBy({ id });');
    expect(loop).toContain('show(await users.one(o.buyerId, userById));');
    expect(again()).toEqual({ kind: 'mended' });
  });

  test('throws the same error, where its lookup throws', () => {
    const { home, loop, again } = ask({ members: '  one(id: number): Promise<User> {\n    return this.repo.findOneByOrFail({ id });\n  }' });
    expect(home).toContain("import { EntityNotFoundError, In, Repository } from 'typeorm';");
    expect(home).toContain(
      "  async one(id: number, userById?: ReadonlyMap<User['id'], User>): Promise<User> {\n    const user = userById ? userById.get(id) : await this.repo.findOneBy({ id });\n    if (!user) throw new EntityNotFoundError(User, { id });\n    return user;\n  }",
    );
    expect(loop).toContain('show(await users.one(o.buyerId, userById));');
    expect(again()).toEqual({ kind: 'mended' });
  });

  test.each([
    [
      'a method that does something else before',
      '  one(id: number): Promise<User> {\n    check(id);\n    return this.repo.findOneByOrFail({ id });\n  }',
    ],
    [
      'a try that the promise leaves',
      '  async one(id: number) {\n    try {\n      return this.repo.findOneByOrFail({ id });\n    } catch {\n      throw new Error();\n    }\n  }',
    ],
  ])('stays as it is where its lookup throws: %s', (_, members) => {
    expect(ask({ members }).edit).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/throws where there is no row/) });
  });

  test('stays asked where its type promises a row', () => {
    const sure = '  async one(id: number): Promise<User> {\n    return (await this.repo.findOneBy({ id }))!;\n  }';
    expect(ask({ members: sure }).loop).toContain('show(await users.one(o.buyerId, userById));');
  });

  test('is handed what else it takes, where that is the same in every turn', () => {
    const { home, loop, again } = ask({ members: NAMED, call: "users.one(o.buyerId, 'Ann')" });
    expect(home).toContain("async usersById(ids: readonly number[], name: string): Promise<ReadonlyMap<User['id'], User>>");
    expect(home).toContain('const users = await this.repo.findBy({ id: In(ids), name });');
    expect(loop).toContain("const userById = await users.usersById(orders.map((o) => o.buyerId), 'Ann');");
    expect(loop).toContain("show(await users.one(o.buyerId, 'Ann', userById));");
    expect(again()).toEqual({ kind: 'mended' });
    expect(ask({ members: LISTED, call: "users.one(o.buyerId, ['Ann'])" }).home).toContain('findBy({ id: In(ids), name: In(names) })');
  });

  test('takes names that are free', () => {
    const { home } = ask({ members: `${ONE}\n  usersById() {}`, above: 'const users = new Set<number>();\n' });
    expect(home).toContain('async allUsersById(ids: readonly number[])');
    expect(home).toContain('const allUsers = await this.repo.findBy({ id: In(ids) });');
  });

  test('is static where the other method is', () => {
    const { home } = ask({ members: ONE.replace('one', 'static one').replace('this.repo', 'User'), call: 'Users.one(o.buyerId)' });
    expect(home).toContain('static async usersById(ids: readonly number[])');
  });

  test.each([
    ['a method that takes more of the turn', { members: NAMED, call: 'users.one(o.buyerId, o.name)' }, /takes more than a key/],
    [
      'a method that changes what else it takes',
      { members: NAMED.replace('const user', 'name = name.trim();\n    const user'), call: "users.one(o.buyerId, 'Ann')" },
      /prepares what its lookup needs/,
    ],
    [
      'a method that adds to what else it takes',
      { members: LISTED.replace('const user', "names.push('');\n    const user"), call: "users.one(o.buyerId, ['Ann'])" },
      /prepares what its lookup needs/,
    ],
    ['a key without a type', { members: ONE.replace('id: number', 'id') }, /has no plain type/],
    ['a key that may be missing', { members: ONE.replace('id: number', 'id?: number') }, /may be missing by its type/],
    ['a decorator', { members: ONE.replace('  one', '  @Cached()\n  one') }, /is decorated/],
    ['JavaScript', { members: ONE, home: 'users.js' }, /stands in JavaScript/],
    ['a service that may be missing', { members: ONE, call: 'users?.one(o.buyerId)' }, /may be missing/],
    ['a write', { members: THROWS.replace('return user', 'await this.repo.save(user);\n    return user') }, /Users\.one\(\) writes/],
    [
      'a base of any entity',
      {
        members: '',
        base: 'export abstract class Base<T> {\n  async one(id: number): Promise<T | null> {\n    return this.repo.findOneBy({ id } as never);\n  }\n}\n',
      },
      /^Base\.one\(\) serves any entity; give the class for User a method/,
    ],
    ['another class that was seen to ask', { members: ONE, seen: 'cached-users.ts' }, /calls a function that asks|function of its own/],
  ])('is declined for %s', (_, asked, reason) => {
    expect(ask(asked).edit).toMatchObject({ kind: 'declined', reason: expect.stringMatching(reason) });
  });
});
