/** What a run found, while the sources go on changing: an edit is made from the texts of now, in whichever files they are. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import type { EditContext } from '../../../src/core/edits/editContext';
import { applyEdits } from '../../../src/core/edits/sourceText';
import { codeActions } from '../../../src/service/codeActions';
import { createFindingStore } from '../../../src/service/findings';
import { aFinding, anAdvice, aParent, aSite } from '../builders/findingBuilder';
import { aShop } from '../builders/graphBuilder';

const USERS = `import { Repository } from 'typeorm';
import { User } from './entities';
export class Users {
  constructor(private readonly repo: Repository<User>) {}
  one(id: number): Promise<User | null> {
    return this.repo.findOneBy({ id });
  }
}
`;
const LOOP = `import { Users } from './users';
async function all(users: Users) {
  const orders = await orderRepo.find();
  for (const o of orders) {
    show(await users.one(o.buyerId));
  }
}
`;
/** A helper of the loop's own file, which asks. */
const HELPER = LOOP.replace('users.one(o.buyerId)', 'one(o.buyerId)').concat(
  'const repo: Repository<User> = make();\nasync function one(id: number) {\n  return repo.findOneBy({ id });\n}\n',
);

function opened(texts: Record<string, string>) {
  const files = new Map(Object.entries(texts));
  const readFile = (file: string): string | undefined => files.get(file);
  const context: EditContext = {
    typescript: ts,
    graph: aShop(),
    readFile,
    resolve: (_, specifier) => (specifier === './users' ? '/app/users.ts' : null),
  };
  const store = createFindingStore(readFile);
  const asking = texts['/app/users.ts'] ? '/app/users.ts' : '/app/loop.ts';
  const line = (texts[asking] ?? '').split('\n').findIndex((each) => each.includes('findOneBy')) + 1;
  const site = (file: string, at: number, column: number, fn: string) => aSite({ file, line: at, column, function: fn });
  const finding = aFinding({
    kind: 'loop-n-plus-one',
    entity: 'User',
    relation: null,
    site: site('/app/loop.ts', 5, 22, 'all'),
    parent: aParent({ api: 'Repository.find', entity: 'Order', site: site('/app/loop.ts', 3, 34, 'all') }),
    advice: {
      ...anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 2, currentQueryCount: 101 }),
      innermost: site(asking, line, 22, 'one'),
    },
  });
  store.replace('1', [finding], []);
  const edited = (): Record<string, string> => {
    const [located] = store.located(context);
    const edits = located?.edit.kind === 'edit' ? located.edit.edits : [];
    return Object.fromEntries([...files].map(([file, text]) => [file, applyEdits(ts, file, text, edits)]));
  };
  return { files, store, context, edited };
}

test('an edit of another file holds for the text that this has now', () => {
  const { files, edited } = opened({ '/app/users.ts': USERS, '/app/loop.ts': LOOP });
  const before = edited()['/app/users.ts'];
  expect(before).toContain('async usersById(');
  files.set('/app/users.ts', `// Of the shop.\n\n${USERS}`);
  expect(edited()['/app/users.ts']).toBe(`// Of the shop.\n\n${before}`);
});

test('nothing is offered any more once another file says something else', () => {
  const { files, store, context } = opened({ '/app/users.ts': USERS, '/app/loop.ts': LOOP });
  expect(store.located(context)[0]?.edit.kind).toBe('edit');
  files.set('/app/users.ts', USERS.replace('findOneBy({ id })', 'query(`SELECT 1`)'));
  expect(store.located(context)[0]?.edit.kind).toBe('declined');
});

test('the line of a helper that asks moves with its text', () => {
  const { files, edited } = opened({ '/app/loop.ts': HELPER });
  const before = edited()['/app/loop.ts'];
  expect(before).toContain('one(o.buyerId, userById)');
  files.set('/app/loop.ts', HELPER.replace('const repo', '// The shop’s.\nconst repo'));
  expect(edited()['/app/loop.ts']).toBe(before?.replace('const repo', '// The shop’s.\nconst repo'));
});

test('a quick fix is the preferred one, says the count, and stands on the loop’s line as on the query’s', () => {
  const { store, context } = opened({ '/app/users.ts': USERS, '/app/loop.ts': LOOP });
  const on = (line: number) =>
    codeActions({
      file: '/app/loop.ts',
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      findings: store.located(context),
      problems: [],
      source: () => null,
      documentationOf: () => null,
    });
  expect(on(0)).toEqual([]);
  for (const line of [2, 4])
    expect(on(line)).toMatchObject([
      {
        title: 'Ask for all User rows at once in Users: 101 → 2 queries',
        kind: 'quickfix',
        isPreferred: true,
        edit: { changes: { 'file:///app/users.ts': expect.anything() } },
      },
    ]);
});
