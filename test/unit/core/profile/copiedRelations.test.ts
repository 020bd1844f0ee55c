/** Lazy relations that TypeORM reads itself, of the objects that `create` is handed. */
import { describe, expect, it } from 'vitest';
import { ProfiledApp, rows } from '../../builders/profiledApp';

/** Two relations of three objects each, some of them twice. */
function copied(api: string) {
  const app = new ProfiledApp();
  app.request('POST /', () => {
    for (const key of [1, 2, 3, 1]) {
      for (const relation of ['books', 'country']) {
        const sql = `SELECT "x"."id" AS "x_id" FROM "${relation}" "x" WHERE "x"."ownerId" IN (${key})`;
        app.call(api, 'Author', [{ sql, rows: rows(1, (n) => ({ x_id: n })) }], { relation, at: 'seed.ts:5 seed' });
      }
    }
  });
  return app.findings();
}

describe('lazy relations that TypeORM reads', () => {
  it('are one piece of information for each place that calls `create`', () => {
    expect(copied('EntityManager.create')).toMatchObject([
      {
        kind: 'orm-fan-out',
        severity: 'info',
        count: 8,
        site: { file: '/app/seed.ts', line: 5 },
        parent: null,
        advice: { kind: 'none', editable: false },
        message:
          '`create` at seed.ts:5 read lazy relations of the objects that it was handed (Author.books, Author.country): 8 queries whose answers nobody waits for.',
      },
    ]);
  });

  it('are a loop where the app reads them', () => {
    expect(copied('lazy').map(({ severity, kind }) => `${severity} ${kind}`)).toContain('warning lazy-n-plus-one');
  });
});
