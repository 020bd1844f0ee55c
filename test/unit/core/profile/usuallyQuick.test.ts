/** A statement that was slow once among many quick runs, and its twins, which are slow for a reason of their own. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { bookshop, ProfiledApp } from '../../builders/profiledApp';

const byKey = 'SELECT "Book"."id" AS "Book_id" FROM "book" "Book" WHERE (("Book"."authorId" = $1))';

function anApp(): ProfiledApp {
  return new ProfiledApp({ driver: 'postgres', entities: bookshop, tellsIndices: true });
}

/** A request for each time, in milliseconds. */
function ask(app: ProfiledApp, times: readonly number[], source = 1): void {
  for (const ms of times) {
    app.request('GET /', () => app.call('Repository.findBy', 'Book', [{ sql: byKey, params: [1], ms }], { at: 'b.ts:3 list', source }));
  }
}

/** A second DataSource, as source 2. */
function reopen(app: ProfiledApp): void {
  app.send({ e: 'metadata', source: 2, driver: 'postgres', entities: bookshop, detailed: true });
}

function slow(app: ProfiledApp): readonly Finding[] {
  return app.findings().filter(({ kind }) => kind === 'slow-query');
}

const quick = (count: number): number[] => Array.from({ length: count }, () => 1.8);

describe('a slow query that is usually quick', () => {
  it('is information: what is usual, in how many other runs, and no index', () => {
    const app = anApp();
    ask(app, [...quick(30), 250, ...quick(28)]);
    expect(slow(app)).toMatchObject([
      {
        severity: 'info',
        relation: null,
        usual: { ms: 1.8, runs: 58 },
        advice: { kind: 'none', editable: false },
        message: 'A query of b.ts:3 took 250 ms and returned 0 rows; usually 1.8 ms, in 58 other runs.',
      },
    ]);
  });

  it('was the first of them: a warning until the others have run', () => {
    const app = anApp();
    ask(app, [250]);
    expect(slow(app)).toMatchObject([{ severity: 'warning', advice: { kind: 'add-index' } }]);
    app.builder.takeChangedScopes();
    ask(app, quick(12));
    expect(app.builder.takeChangedScopes().find(({ id }) => id === 1)).toMatchObject({ warnings: 0, infos: 1 });
    expect(slow(app)).toMatchObject([{ severity: 'info', usual: { runs: 12 } }]);
  });

  it('is told anew after its scope was settled, and keeps its id', () => {
    const app = anApp();
    ask(app, [250]);
    const [before] = slow(app);
    ask(app, quick(200));
    expect(slow(app)).toMatchObject([{ id: before?.id, severity: 'info', usual: { runs: 200 } }]);
    expect(app.builder.scopes()[0]).toMatchObject({ warnings: 0, infos: 1 });
  });

  it('was the first of a DataSource that was opened anew, as test runners do for each file', () => {
    const app = anApp();
    ask(app, quick(30));
    reopen(app);
    ask(app, [250], 2);
    expect(slow(app)).toMatchObject([{ severity: 'info', usual: { runs: 30 } }]);
  });

  it('becomes a warning again where it turns out to be slow often', () => {
    const app = anApp();
    ask(app, [...quick(12), 250]);
    expect(slow(app)).toMatchObject([{ severity: 'info' }]);
    ask(app, [250, 250]);
    expect(slow(app).map(({ severity, usual }) => ({ severity, usual }))).toEqual(
      Array.from({ length: 3 }, () => ({ severity: 'warning', usual: undefined })),
    );
  });
});

describe('stays a warning', () => {
  it.each<[string, readonly number[]]>([
    ['always slow', [250, 300, 280, 260]],
    ['slow once, but seldom run', [...quick(9), 250]],
    ['slow for one value in six', [...quick(10), 250, 260]],
    ['never far from slow', [...Array.from({ length: 20 }, () => 120), 250]],
  ])('%s', (_what, times) => {
    const app = anApp();
    ask(app, times);
    const found = slow(app);
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) expect(finding).toMatchObject({ severity: 'warning', advice: { kind: 'add-index' } });
  });

  it('always slow on another database of the same entities', () => {
    const app = anApp();
    ask(app, quick(30));
    reopen(app);
    ask(app, [250, 260], 2);
    expect(slow(app).map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });
});
