/** What the user says no to while a run is there: counts, the relations' heat and the lists follow at once, of old requests too. */
import { describe, expect, test } from 'vitest';
import { bounds } from '../../../../src/core/profile/evidence';
import type { SuppressEntry } from '../../../../src/core/profile/suppressEntries';
import { listWithBooks, ProfiledApp, rows } from '../../builders/profiledApp';

const authors = rows(3, (n) => ({ id: 101 + n }));
const BOOKS: SuppressEntry = { finding: 'lazy-n-plus-one', entity: 'Author', relation: 'books', reason: 'three at most' };

function aRunOf(requests: number): ProfiledApp {
  const app = new ProfiledApp();
  for (let i = 0; i < requests; i++) app.request('GET /authors', () => listWithBooks(app));
  return app;
}

function stateOf({ builder }: ProfiledApp) {
  const scopes = builder.takeChangedScopes();
  return {
    warnings: scopes.map(({ warnings }) => warnings),
    findings: builder.findings().length,
    hot: builder.relationStats().map(({ loads, warning }) => [loads, warning]),
  };
}

const info = { id: 'run', name: 'app', startedAtMs: 0, state: 'ended', pids: [], typeormVersions: [], drivers: [], message: null } as const;
const suppressedOf = ({ builder }: ProfiledApp) => builder.profile(info).suppressedFindings?.map(({ by, reason }) => `${by}: ${reason}`);

describe.each([
  ['a request that is fresh', 1],
  ['requests so old that only their findings are left', bounds.openEvidence + 2],
])('the setting changes after %s', (_, count) => {
  test('the finding goes, with its count and the heat of its relation; and comes back', () => {
    const app = aRunOf(count);
    const before = stateOf(app);
    expect(before).toEqual({ warnings: Array(count).fill(1), findings: count, hot: [[3 * count, true]] });

    app.builder.suppress([BOOKS]);
    expect(stateOf(app)).toEqual({ warnings: Array(count).fill(0), findings: 0, hot: [[3 * count, false]] });
    expect(suppressedOf(app)).toEqual(Array(count).fill('setting: three at most'));

    app.builder.suppress([]);
    expect(stateOf(app)).toEqual(before);
    expect(suppressedOf(app)).toEqual([]);
  });

  test('an entry that fits nothing changes nothing', () => {
    const app = aRunOf(count);
    stateOf(app);
    app.builder.suppress([{ ...BOOKS, relation: 'awards' }]);
    expect(stateOf(app)).toMatchObject({ warnings: [], findings: count });
  });
});

describe('a comment that has just been written', () => {
  test('silences what happened at its line, and nothing else', () => {
    const app = aRunOf(2);
    app.request('GET /other', () => {
      const owner = app.find('Author', authors, { at: 'b.ts:20 list' });
      for (const { id } of authors) app.lazy('Author.books', owner, id as number, [], { at: 'b.ts:22 list' });
    });
    const [finding] = app.builder.findings();
    app.builder.suppressHere({ kind: 'lazy-n-plus-one', file: finding?.site?.file ?? '', line: 12, reason: 'few' });
    expect(app.builder.findings().map(({ scopeName }) => scopeName)).toEqual(['GET /other']);
    expect(suppressedOf(app)).toEqual(['comment: few', 'comment: few']);
  });

  test('holds for what the run finds later', () => {
    const app = aRunOf(1);
    const file = app.builder.findings()[0]?.site?.file ?? '';
    app.builder.suppressHere({ kind: 'lazy-n-plus-one', file, line: 12, reason: null });
    app.request('GET /authors', () => listWithBooks(app));
    expect(app.builder.findings()).toEqual([]);
    expect(suppressedOf(app)).toHaveLength(2);
  });
});

describe('comments in the sources', () => {
  const source = (lines: Readonly<Record<number, string>>) => (_file: string, line: number) => (line > 12 ? null : (lines[line] ?? ''));

  test.each([
    ['above the loop', { 11: '// relation-lens-ignore-next-line lazy-n-plus-one: few' }],
    ['above the query that returned the rows', { 9: '// relation-lens-ignore-next-line lazy-n-plus-one: few' }],
    ['for the file', { 1: '// relation-lens-ignore-file lazy-n-plus-one: few' }],
    [
      'above a statement over several lines',
      { 10: '// relation-lens-ignore-next-line lazy-n-plus-one: few', 11: 'show(', 12: '  await author.books,' },
    ],
  ])('%s', (_, lines) => {
    const app = new ProfiledApp({ sourceLine: source(lines) });
    app.request('GET /authors', () => listWithBooks(app));
    expect(app.builder.findings()).toEqual([]);
    expect(suppressedOf(app)).toEqual(['comment: few']);
  });

  test('of another kind are not meant', () => {
    const app = new ProfiledApp({ sourceLine: source({ 11: '// relation-lens-ignore-next-line slow-query: few' }) });
    app.request('GET /authors', () => listWithBooks(app));
    expect(app.builder.findings()).toHaveLength(1);
  });
});
