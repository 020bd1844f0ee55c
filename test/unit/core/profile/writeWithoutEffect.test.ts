import { describe, expect, it } from 'vitest';
import { ProfiledApp, type Statement } from '../../builders/profiledApp';

function found(api: string, statements: readonly Statement[]) {
  const app = new ProfiledApp();
  app.request('POST /', () => void app.call(api, 'Visit', statements, { at: 'visits.ts:7 save' }));
  return app.findings();
}

const select = { sql: 'SELECT "Visit"."id" FROM "visit" "Visit" WHERE "Visit"."id" IN (?)', params: [1], rowCount: 1 };
const update = { sql: 'UPDATE "visit" SET "counter" = ? WHERE "id" IN (?)', params: [1, 2] };

describe('a write that changed nothing', () => {
  it.each([
    ['an update that meets no row', 'Repository.update', [{ ...update, rowCount: 0 }], '`update` of visit at visits.ts:7 met no row (once).'],
    [
      'a save of what is saved',
      'Repository.save',
      [select],
      '`save` of visit at visits.ts:7 found nothing to change, and read the rows only to compare (once).',
    ],
  ])('is told as information: %s', (_what, api, statements, message) => {
    expect(found(api, statements)).toMatchObject([{ kind: 'write-without-effect', severity: 'info', message }]);
  });

  it.each([
    ['an update that meets a row', 'Repository.update', [{ ...update, rowCount: 1 }]],
    ['a save that writes', 'Repository.save', [select, { ...update, rowCount: 1 }]],
    ['a save that fails', 'Repository.save', [{ ...select, error: 'gone' }]],
    ['a read that finds nothing', 'Repository.find', [{ ...select, rowCount: 0 }]],
  ])('is no matter for %s', (_what, api, statements) => {
    expect(found(api, statements)).toEqual([]);
  });
});
