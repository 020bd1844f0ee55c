/** What a client asks for several times in one request is no loop of the app's; a loop beside it, or within an answer, is. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp } from '../../builders/profiledApp';

const source = [
  'const resolvers = {',
  '  author: (_, { id }) => authors.findOneBy({ id }),',
  '  authors: () => authors.find(),',
  '  books: (author) => books.findBy({ author }),',
  '  rename: (_, { id, name }) => authors.update(id, { name }),',
  '  several: async (_, { ids }) => {',
  '    for (const id of ids) found.push(await authors.findOneBy({ id }));',
  '  },',
  '};',
];
const ids = [11, 12, 13, 14, 15, 16];

function run(
  kind: 'http' | 'graphql',
  asked: Readonly<Record<string, number>> | undefined,
  calls: (app: ProfiledApp) => void,
  canRead = true,
): readonly Finding[] {
  const app = new ProfiledApp(canRead ? { sourceLine: (_file, line) => source[line - 1] ?? null } : {});
  const id = app.openRequest(kind === 'http' ? 'GET /author.get' : 'GraphQL query Six', kind, asked);
  calls(app);
  app.closeRequest(id);
  return app.findings();
}

const one = (app: ProfiledApp, id: number) => app.findBy('Author', 'id', id, [{ id }], { at: 'api.ts:2.26 author' });
const six = (app: ProfiledApp) => ids.forEach((id) => one(app, id));

describe.each([
  ['http', 'author.get'],
  ['graphql', 'author'],
] as const)('a request (%s) that asks for `%s` six times', (kind, name) => {
  it('is told as that, and not as a loop', () => {
    const [finding, ...others] = run(kind, { [name]: 6 }, six);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'loop-n-plus-one', severity: 'info', count: 6, parent: null, site: { line: 2 } });
    expect(finding?.message).toBe(`Author was queried 6 times, once for each time that the request asks for \`${name}\`; nothing in the app loops.`);
    expect(finding?.advice).toMatchObject({ kind: 'batch-in', editable: false, predictedQueryCount: 1, currentQueryCount: 6 });
    expect(finding?.advice.reason).toContain('DataLoader');
  });

  it('leaves a loop within one answer a loop', () => {
    const findings = run(kind, { [name]: 6 }, (app) => {
      ids.forEach((id) => app.findBy('Author', 'id', id, [{ id }], { at: 'api.ts:7.47 several' }));
    });
    expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', severity: 'warning', site: { line: 7 } }]);
    expect(findings[0]?.message).toContain('in a loop');
  });

  it('leaves what is called more or less often than it was asked for a loop', () => {
    for (const times of [5, 7]) expect(run(kind, { [name]: times }, six)).toMatchObject([{ severity: 'warning' }]);
  });

  it('leaves what nobody asks for several times, and what cannot be looked up in the source, a loop', () => {
    expect(run(kind, undefined, six)).toMatchObject([{ severity: 'warning' }]);
    expect(run(kind, { [name]: 6 }, six, false)).toMatchObject([{ severity: 'warning' }]);
  });

  it('has six writes told as what it asked for', () => {
    const findings = run(kind, { rename: 6 }, (app) => {
      ids.forEach((id) =>
        app.call('Repository.update', 'Author', [{ sql: `UPDATE "author" SET "name" = 'x' WHERE "id" = ${id}` }], { at: 'api.ts:5.32 rename' }),
      );
    });
    expect(findings).toMatchObject([{ kind: 'write-n-plus-one', severity: 'info', advice: { kind: 'none' } }]);
    expect(findings[0]?.message).toContain('once for each time that the request asks for `rename`');
  });

  it('has a lazy relation of each of six rows told as information', () => {
    const findings = run(kind, { [name]: 6 }, (app) => {
      for (const id of ids) app.lazy('Author.books', one(app, id), id, [{ id: id * 10 }], { at: 'api.ts:4.32 books' });
    });
    expect(findings.filter(({ kind: found }) => found === 'lazy-n-plus-one')).toMatchObject([{ severity: 'info' }]);
  });
});

it('of a list’s resolver stays an N+1, however often another field is asked for', () => {
  const findings = run('graphql', { author: 6 }, (app) => {
    app.find(
      'Author',
      ids.map((id) => ({ id })),
      { at: 'api.ts:3.22 authors' },
    );
    ids.forEach((id) => app.findBy('Book', 'authorId', id, [{ id: id * 10, authorId: id }], { at: 'api.ts:4.30 books' }));
  });
  expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', severity: 'warning', site: { line: 4 }, parent: { proven: true, site: { line: 3 } } }]);
});

it('of a list’s resolver stays an N+1 beside as many rows that were asked for one by one', () => {
  const findings = run('graphql', { author: 6 }, (app) => {
    const rows = ids.map((id) => ({ id }));
    app.find('Author', rows, { at: 'api.ts:3.22 authors' });
    six(app);
    ids.forEach((id) => app.findBy('Book', 'authorId', id, [{ id: id * 10, authorId: id }], { at: 'api.ts:4.30 books' }));
  });
  expect(findings.find(({ site }) => site?.line === 4)).toMatchObject({ kind: 'loop-n-plus-one', severity: 'warning' });
});

it('is told of what a resolver reads for each of the rows that were asked for one by one', () => {
  const findings = run('graphql', { author: 6 }, (app) => {
    for (const id of ids) {
      one(app, id);
      app.findBy('Book', 'authorId', id, [{ id: id * 10, authorId: id }], { at: 'api.ts:4.30 books' });
    }
  });
  expect(findings).toMatchObject([
    { severity: 'info', entity: 'Author', site: { line: 2 } },
    { severity: 'info', entity: 'Book', parent: null, site: { line: 4 } },
  ]);
});

it('has a lazy relation of one list stay an N+1, however often another field is asked for', () => {
  const findings = run('graphql', { author: 6 }, (app) => {
    const owner = app.find(
      'Author',
      ids.map((id) => ({ id })),
      { at: 'api.ts:3.22 authors' },
    );
    for (const id of ids) app.lazy('Author.books', owner, id, [{ id: id * 10 }], { at: 'api.ts:4.32 books' });
  });
  expect(findings).toMatchObject([{ kind: 'lazy-n-plus-one', severity: 'warning', parent: { proven: true } }]);
});

it('knows no parent in a batch of procedures, though another one listed the same keys', () => {
  const findings = run('http', { 'author.get': 6 }, (app) => {
    app.find(
      'Author',
      ids.map((id) => ({ id })),
      { at: 'api.ts:3.22 authors' },
    );
    six(app);
  });
  expect(findings).toMatchObject([{ severity: 'info', parent: null, site: { line: 2 } }]);
});
