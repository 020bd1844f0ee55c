/** Which earlier result fed a loop, where several hold its keys. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import type { MetaRelation } from '../../../../src/protocol/probe';
import { bookshop, entity, ProfiledApp, rows, toMany, toOne } from '../../builders/profiledApp';

const ids = [101, 102, 103, 104, 105];
const authors = ids.map((id) => ({ id }));

function loopAt(line: number, run: (app: ProfiledApp) => void, app = new ProfiledApp()): Finding | undefined {
  app.request('GET /', () => run(app));
  return app.findings().find(({ kind, site }) => kind === 'loop-n-plus-one' && site?.line === line);
}

describe('a result that was not there yet when the loop asked', () => {
  /** Every author's books and first visit, asked for at once; each answer with books names its author again. */
  const asked = (app: ProfiledApp, visitsAfterMs: number): void => {
    app.find('Author', authors, { at: 'list.ts:10 list' });
    for (const id of ids)
      app.call('SelectQueryBuilder.getMany', 'Book', [{ ...booksOf(id), ms: 50 }], { at: 'books.ts:5 booksOf', after: id === 101 ? 0.1 : -50 });
    for (const id of ids) app.findBy('Author', 'id', id, [{ id }], { at: 'visits.ts:7 again', after: id === 101 ? visitsAfterMs : 0.1 });
  };
  const booksOf = (id: number) => ({
    sql: `SELECT "b"."id" AS "b_id", "b"."authorId" AS "b_authorId" FROM "book" "b" WHERE "b"."authorId" = ${id}`,
    rows: rows(2, (n) => ({ b_id: 10 * id + n, b_authorId: id })),
  });

  it('gave no key: fields of a GraphQL object that are resolved side by side', () => {
    expect(loopAt(7, (app) => asked(app, -50))).toMatchObject({ entity: 'Author', relation: null, parent: { site: { line: 10 }, proven: true } });
  });

  it('did give it where it had come first', () => {
    expect(loopAt(7, (app) => asked(app, 5))).toMatchObject({ entity: 'Book', relation: 'author', parent: { site: { line: 5 }, proven: true } });
  });
});

describe('a row asked for again by its own key', () => {
  const entities = [...bookshop, entity('Translation', ['id', 'baseId'], [toOne('base', 'Author', null)])];
  const again = (app: ProfiledApp, first: string): void => {
    app.call('SelectQueryBuilder.getMany', 'Author', [{ sql: first, rows: rows(5, (n) => ({ a_id: 101 + n, t_id: 1 + n, t_baseId: 101 + n })) }], {
      at: 'list.ts:10 list',
    });
    for (const id of ids) app.findBy('Author', 'id', id, [{ id }], { at: 'list.ts:12 list' });
  };
  const columns = '"a"."id" AS "a_id", "t"."id" AS "t_id", "t"."baseId" AS "t_baseId"';

  it('is not the relation that leads back from a row that was joined to it', () => {
    const found = loopAt(
      12,
      (app) => again(app, `SELECT ${columns} FROM "author" "a" LEFT JOIN "translation" "t" ON "t"."baseId" = "a"."id"`),
      new ProfiledApp({ entities }),
    );
    expect(found).toMatchObject({ entity: 'Author', relation: null, advice: { kind: 'batch-in' }, parent: { site: { line: 10 }, proven: true } });
  });

  it('is the relation of the rows that were asked for, where the other was joined to them', () => {
    const found = loopAt(
      12,
      (app) => again(app, `SELECT ${columns} FROM "translation" "t" LEFT JOIN "author" "a" ON "t"."baseId" = "a"."id"`),
      new ProfiledApp({ entities }),
    );
    expect(found).toMatchObject({ entity: 'Translation', relation: 'base', parent: { site: { line: 10 }, proven: true } });
  });
});

describe('a many-to-one that names no inverse', () => {
  const booksOfEach = (relations: readonly MetaRelation[]): Finding | undefined => {
    const entities = [entity('Author', ['id'], relations), entity('Book', ['id', 'authorId', 'editorId'], [toOne('author', 'Author', null)])];
    return loopAt(
      12,
      (app) => {
        app.find('Author', authors, { at: 'list.ts:10 list' });
        for (const id of ids) app.findBy('Book', 'authorId', id, [{ id }], { at: 'list.ts:12 list' });
      },
      new ProfiledApp({ entities }),
    );
  };

  it('is loaded from the other end by the relation that names it there', () => {
    const found = booksOfEach([toMany('edited', 'Book', 'editor'), toMany('books', 'Book', 'author')]);
    expect(found).toMatchObject({ entity: 'Author', relation: 'books', advice: { kind: 'load-relations', relations: ['books'] } });
    expect(found?.message).toBe('Author.books was loaded 5 times in a loop, once for each author that list.ts:10 returned.');
  });

  it('is not loaded by a relation that names another one', () => {
    const found = booksOfEach([toMany('edited', 'Book', 'editor')]);
    expect(found).toMatchObject({ entity: 'Book', relation: 'author', advice: { kind: 'batch-in', relations: [] } });
    expect(found?.message).toBe('Book was queried 5 times in a loop by its author, once for each author that list.ts:10 returned.');
  });
});

describe('a listener that asks for each row', () => {
  it('is named by its own line, whoever waits for the call that loads the rows', () => {
    const found = loopAt(4, (app) => {
      const find = app.find('Author', authors, { at: 'list.ts:10 list < main.ts:3 main' });
      for (const id of ids) app.findBy('Visit', 'customerId', id, [{ id }], { at: 'sub.ts:4 afterLoad < ~main.ts:3 main', parent: find });
    });
    expect(found).toMatchObject({ entity: 'Visit', parent: { site: { line: 10 }, proven: true } });
  });

  it('is not taken for a helper that a loop calls', () => {
    const found = loopAt(3, (app) => {
      app.find('Author', authors, { at: 'list.ts:10 list < main.ts:2 main' });
      for (const id of ids) app.findBy('Visit', 'customerId', id, [{ id }], { at: 'help.ts:4 ofAuthor < ~main.ts:3 main' });
    });
    expect(found).toMatchObject({ entity: 'Visit', parent: { site: { line: 10 }, proven: true } });
  });
});

describe('rows of a stream, which come while the loop goes on', () => {
  const stream = (app: ProfiledApp, ids: readonly number[]): void => {
    const sql = 'SELECT "author"."id" AS "author_id", "author"."countryId" AS "author_countryId" FROM "author" "author"';
    const op = app.call('SelectQueryBuilder.stream', 'Author', [{ sql }], { at: 'list.ts:10 list' });
    for (const id of ids) {
      app.send({ e: 'streamed', op, values: { author_id: [id], author_countryId: [id + 500] } });
      app.findBy('Book', 'authorId', id, [{ id: id + 1000, authorId: id }], { at: 'list.ts:12 list', api: 'Repository.findBy' });
    }
  };

  it('gave its keys, and are not told to load the relation', () => {
    expect(loopAt(12, (app) => stream(app, ids))).toMatchObject({
      entity: 'Author',
      relation: 'books',
      severity: 'warning',
      parent: { api: 'SelectQueryBuilder.stream', site: { line: 10 }, proven: true },
      advice: { kind: 'batch-in' },
    });
  });

  it('are no parent of keys that they do not hold', () => {
    const found = loopAt(14, (app) => {
      stream(app, ids.slice(0, 1));
      for (const id of [201, 202, 203]) app.findBy('Book', 'authorId', id, [], { at: 'list.ts:14 list', api: 'Repository.findBy' });
    });
    expect(found).toMatchObject({ parent: null });
  });
});
