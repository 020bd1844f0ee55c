/** F20, X4, X8: what was taken back and tried again is no loop. X12: neither are writes of many rows in pieces. */
import { describe, expect, it } from 'vitest';
import { ProfiledApp, type Statement } from '../../builders/profiledApp';

const insert: Statement = { sql: 'INSERT INTO "visit"("id", "customerId") VALUES (NULL, ?)', params: [601], rowCount: 1 };
const three: Statement = { sql: 'INSERT INTO "visit"("id", "customerId") VALUES (NULL, ?), (NULL, ?), (NULL, ?)', params: [1, 2, 3], rowCount: 3 };

function kindsOf(run: (app: ProfiledApp) => void): string[] {
  const app = new ProfiledApp();
  app.request('POST /', () => run(app));
  return app.findings().map(({ kind, count }) => `${kind} ×${count}`);
}

function attempts(app: ProfiledApp, count: number, ends: readonly [failed: string, done: string]): void {
  for (let attempt = 1; attempt <= count; attempt++) {
    app.call('DataSource.transaction', null, [{ sql: 'BEGIN TRANSACTION' }], { at: 'a.ts:1 run' });
    app.findBy('Customer', 'id', 601, [{ id: 601 }], { at: 'a.ts:2 run' });
    app.call('EntityManager.insert', 'Visit', [insert], { at: 'a.ts:3 run' });
    app.call('DataSource.transaction', null, [{ sql: attempt < count ? ends[0] : ends[1] }], { at: 'a.ts:1 run' });
  }
}

describe('attempts', () => {
  it.each(['ROLLBACK', 'ROLLBACK TO SAVEPOINT typeorm_1'])('silent: taken back by %s', (sql) => {
    expect(kindsOf((app) => attempts(app, 4, [sql, 'COMMIT']))).toEqual([]);
  });

  it('are told where each of them was committed', () => {
    expect(kindsOf((app) => attempts(app, 4, ['COMMIT', 'COMMIT']))).toEqual(['duplicate-query ×4', 'write-n-plus-one ×4']);
  });
});

describe('writes in a loop', () => {
  const writeAll = (statement: Statement) => (app: ProfiledApp) => {
    for (let turn = 0; turn < 4; turn++) app.call('Repository.insert', 'Visit', [statement], { at: 'a.ts:3 run' });
  };

  it('silent: several rows each time', () => {
    expect(kindsOf(writeAll(three))).toEqual([]);
  });

  it('are told where each writes one row', () => {
    expect(kindsOf(writeAll(insert))).toEqual(['write-n-plus-one ×4']);
  });
});
