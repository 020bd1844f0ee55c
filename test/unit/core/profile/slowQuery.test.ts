/** I6 and I8: what took long, what only waited, and the foreign keys that no index begins with. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import type { MetaEntity } from '../../../../src/protocol/probe';
import { bookshop, ProfiledApp, type Row, rows, type Statement } from '../../builders/profiledApp';

const withIndex = (name: string, columns: readonly string[]): MetaEntity[] =>
  bookshop.map((each) => (each.name === name ? { ...each, indices: [{ columns, unique: false }] } : each));

function slowOf(statement: Statement, entities: readonly MetaEntity[] = bookshop, driver = 'postgres'): readonly Finding[] {
  const app = new ProfiledApp({ driver, entities, tellsIndices: true });
  app.request('GET /', () => app.call('Repository.findBy', null, [statement], { at: 'b.ts:3 list' }));
  return app.findings().filter(({ kind }) => kind === 'slow-query');
}

const byKey = 'SELECT "Book"."id" AS "Book_id" FROM "book" "Book" WHERE (("Book"."authorId" = $1))';

describe('I6 a slow statement', () => {
  it('waited for a connection: information, and the database is not blamed', () => {
    expect(slowOf({ sql: byKey, params: [1], ms: 3, waitMs: 450 }, withIndex('Book', ['author']))).toMatchObject([
      {
        severity: 'info',
        site: { line: 3 },
        message: 'A query of b.ts:3 waited 450 ms for a connection; the database then took at most 3.0 ms.',
        advice: { kind: 'none', reason: expect.stringContaining('poolSize') as string },
      },
    ]);
  });

  it('silent: short waits', () => {
    expect(slowOf({ sql: byKey, params: [1], ms: 3, waitMs: 120 })).toEqual([]);
  });

  it('says both of one that waited and was slow', () => {
    const severities = slowOf({ sql: byKey, params: [1], ms: 300, waitMs: 450 }).map(({ severity }) => severity);
    expect(severities).toEqual(['warning', 'info']);
  });

  it('a BEGIN that waits tells of the pool as well', () => {
    expect(slowOf({ sql: 'START TRANSACTION', ms: 0.2, waitMs: 900 })).toMatchObject([{ severity: 'info' }]);
  });
});

describe('I8 a slow statement that searches a foreign key without an index', () => {
  it('advises to add one, at the property that owns the key', () => {
    expect(slowOf({ sql: byKey, params: [1], ms: 600 })).toMatchObject([
      { severity: 'warning', entity: 'Book', relation: 'author', advice: { kind: 'add-index', relations: ['author'], editable: true, whyNot: null } },
    ]);
  });

  const joined =
    'SELECT "Book"."id" AS "Book_id" FROM "book" "Book" LEFT JOIN "author" "Book__Book_author" ON "Book__Book_author"."id"="Book"."authorId" WHERE (("Book__Book_author"."id" = $1))';

  it('knows it where the condition is on the key of the joined row', () => {
    expect(slowOf({ sql: joined, params: [1], ms: 600 })).toMatchObject([{ entity: 'Book', relation: 'author', advice: { kind: 'add-index' } }]);
    expect(slowOf({ sql: joined, params: [1], ms: 600 }, withIndex('Book', ['author']))).toMatchObject([{ advice: { kind: 'none' } }]);
    expect(slowOf({ sql: joined.replace('"Book__Book_author"."id" = $1', '"Book__Book_author"."name" = $1'), params: [1], ms: 600 })).toMatchObject([
      { advice: { kind: 'none' } },
    ]);
  });

  it('knows it by its place in an update, too', () => {
    expect(slowOf({ sql: 'UPDATE "book" SET "title" = $1 WHERE "authorId" = $2', params: ['x', 1], ms: 600 })).toMatchObject([
      { entity: 'Book', relation: 'author', advice: { kind: 'add-index' } },
    ]);
  });

  it('of a deletion, looks for foreign keys that refer to the table', () => {
    expect(slowOf({ sql: 'DELETE FROM "author" WHERE "id" IN ($1)', params: [1], ms: 600 })).toMatchObject([
      { entity: 'Book', relation: 'author', advice: { kind: 'add-index' } },
    ]);
    expect(slowOf({ sql: 'DELETE FROM "author" WHERE "id" IN ($1)', params: [1], ms: 600 }, withIndex('Book', ['author']))).toMatchObject([
      { entity: null, advice: { kind: 'none' } },
    ]);
  });

  it.each<[string, string, readonly MetaEntity[], string]>([
    ['an index on the relation', byKey, withIndex('Book', ['author']), 'postgres'],
    ['a composite index that begins with it', byKey, withIndex('Book', ['authorId', 'title']), 'postgres'],
    ['MySQL, which makes one itself', byKey.replaceAll('"', '`').replace('$1', '?'), bookshop, 'mysql'],
    ['another condition that an index serves', `${byKey} AND "Book"."id" = $2`, bookshop, 'postgres'],
    ['no condition at all', 'SELECT "Book"."id" AS "Book_id" FROM "book" "Book"', bookshop, 'postgres'],
    ['a column that is no foreign key', byKey.replace('authorId', 'title'), bookshop, 'postgres'],
  ])('silent: %s', (_what, sql, entities, driver) => {
    expect(slowOf({ sql, params: [1, 2], ms: 600 }, entities, driver)).toMatchObject([{ relation: null, advice: { kind: 'none' } }]);
  });

  it('a MySQL foreign key that is not enforced has no index either', () => {
    const entities = bookshop.map((each) =>
      each.name === 'Book' ? { ...each, relations: each.relations.map((relation) => ({ ...relation, foreignKey: false as const })) } : each,
    );
    expect(slowOf({ sql: byKey.replaceAll('"', '`').replace('$1', '?'), params: [1], ms: 600 }, entities, 'mysql')).toMatchObject([
      { advice: { kind: 'add-index' } },
    ]);
  });

  it('silent: recordings that do not tell of indices', () => {
    const app = new ProfiledApp({ driver: 'postgres' });
    app.request('GET /', () => app.call('Repository.findBy', 'Book', [{ sql: byKey, params: [1], ms: 600 }]));
    expect(app.findings()).toMatchObject([{ kind: 'slow-query', advice: { kind: 'none' } }]);
  });
});

describe('I8 an N+1 that searches a foreign key without an index', () => {
  const books = (count: number): Row[] => rows(count, (n) => ({ id: 5000 + n }));

  function missing(each: number, entities: readonly MetaEntity[] = bookshop): readonly Finding[] {
    const app = new ProfiledApp({ entities, tellsIndices: true });
    app.request('GET /', () => {
      app.find(
        'Author',
        rows(6, (n) => ({ id: 101 + n })),
        { at: 'a.ts:3 list' },
      );
      for (let key = 101; key <= 106; key++) app.findBy('Book', 'authorId', key, books(each), { api: 'Repository.findBy', at: 'a.ts:5 list' });
    });
    return app.findings().filter(({ kind }) => kind === 'missing-index');
  }

  it('is information of its own where the queries met many rows', () => {
    expect(missing(200)).toMatchObject([
      {
        severity: 'info',
        entity: 'Book',
        relation: 'author',
        count: 6,
        rows: 1200,
        site: { line: 5 },
        advice: { kind: 'add-index', relations: ['author'], editable: true },
        message: '6 queries of a.ts:5 looked for book.authorId among at least 1,200 rows, and no index is declared on it.',
      },
    ]);
  });

  it('silent: a tiny table', () => {
    expect(missing(20)).toEqual([]);
  });

  it('silent: an index, by column or by relation, alone or as the first of several', () => {
    for (const columns of [['authorId'], ['author'], ['authorId', 'title'], ['author', 'title']]) {
      expect(missing(200, withIndex('Book', columns))).toEqual([]);
    }
  });

  it('speaks up where an index holds it in the second place only', () => {
    expect(missing(200, withIndex('Book', ['title', 'authorId']))).toHaveLength(1);
  });
});
