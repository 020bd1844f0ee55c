/** H18: a row and one that refers to it, written apart. */
import { describe, expect, it } from 'vitest';
import { ProfiledApp, type Statement } from '../../builders/profiledApp';

const insert = (table: string): Statement => ({ sql: `INSERT INTO "${table}"("id") VALUES (NULL)`, rowCount: 1 });
const remove = (table: string): Statement => ({ sql: `DELETE FROM "${table}" WHERE "id" = ?`, params: [1], rowCount: 1 });
const both = (app: ProfiledApp) => {
  app.call('Repository.insert', 'Author', [insert('author')], { at: 'a.ts:2 add' });
  app.call('Repository.insert', 'Book', [insert('book')], { at: 'a.ts:3 add' });
};

function splitsOf(run: (app: ProfiledApp) => void): readonly string[] {
  const app = new ProfiledApp();
  app.request('POST /', () => run(app));
  return app
    .findings()
    .filter(({ kind }) => kind === 'split-write')
    .map(({ severity, message }) => `${severity}: ${message}`);
}

describe('two writes that belong together', () => {
  it('are information without a transaction', () => {
    expect(splitsOf(both)).toEqual([
      'info: Author (a.ts:2) and Book (a.ts:3) were inserted one after the other, without a transaction: where the second fails, the first stays.',
    ]);
  });

  it('also where the row that refers goes before the one referred to', () => {
    const found = splitsOf((app) => {
      app.call('Repository.delete', 'Book', [remove('book')], { at: 'a.ts:2 drop' });
      app.call('Repository.delete', 'Author', [remove('author')], { at: 'a.ts:3 drop' });
    });
    expect(found).toHaveLength(1);
  });

  it.each<[string, (app: ProfiledApp) => void]>([
    [
      'within a transaction',
      (app) => {
        app.call('DataSource.transaction', null, [{ sql: 'BEGIN TRANSACTION' }]);
        both(app);
        app.call('DataSource.transaction', null, [{ sql: 'COMMIT' }]);
      },
    ],
    [
      'saves that only write pairs of a many-to-many',
      (app) => {
        app.call('Repository.save', 'Author', [insert('author_prizes_prize')], { at: 'a.ts:2 add' });
        app.call('Repository.save', 'Book', [insert('book_tags_tag')], { at: 'a.ts:3 add' });
      },
    ],
    [
      'unrelated entities',
      (app) => {
        app.call('Repository.insert', 'Author', [insert('author')], { at: 'a.ts:2 add' });
        app.call('Repository.insert', 'Visit', [insert('visit')], { at: 'a.ts:3 add' });
      },
    ],
    [
      'the row that refers first: the other is no part of it',
      (app) => {
        app.call('Repository.insert', 'Book', [insert('book')], { at: 'a.ts:2 add' });
        app.call('Repository.insert', 'Author', [insert('author')], { at: 'a.ts:3 add' });
      },
    ],
    [
      'another function',
      (app) => {
        app.call('Repository.insert', 'Author', [insert('author')], { at: 'a.ts:2 add' });
        app.call('Repository.insert', 'Book', [insert('book')], { at: 'b.ts:3 log' });
      },
    ],
  ])('silent: %s', (_what, run) => {
    expect(splitsOf(run)).toEqual([]);
  });
});
