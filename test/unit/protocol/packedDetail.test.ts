/** A request's details arrive as they were sent, in a fraction of the bytes. */
import { describe, expect, it } from 'vitest';
import type { Query, ScopeDetail } from '../../../src/core/profile/queryProfile';
import { packDetail, unpackDetail, type PackedDetail } from '../../../src/protocol/packedDetail';
import { bookshop, listWithBooks, ProfiledApp, rows } from '../builders/profiledApp';

function overTheWire(detail: ScopeDetail): { readonly bytes: number; readonly arrived: ScopeDetail } {
  const wire = JSON.stringify(packDetail(detail));
  return { bytes: wire.length, arrived: unpackDetail(JSON.parse(wire) as PackedDetail) };
}

function detailOf(run: (app: ProfiledApp) => void): ScopeDetail {
  const app = new ProfiledApp({ driver: 'postgres', entities: bookshop });
  app.request('GET /authors', () => run(app));
  return app.builder.scopeDetail(1)!;
}

describe('details of a request', () => {
  it('arrive as they were sent', () => {
    const detail = detailOf((app) => {
      listWithBooks(app);
      app.call('query', null, [{ sql: 'SELECT 1', params: [null, 'a', { b: [2] }], ms: 0.125, waitMs: 3 }], { at: '' });
      app.call('Repository.findOneBy', 'Author', [{ sql: 'SELECT nothing', error: 'no such column: nothing' }]);
    });
    expect(overTheWire(detail).arrived).toEqual(detail);
  });

  it('arrive where statements hold their values, one longer than the other, equal, or empty', () => {
    const statements = ['SELECT 7', 'SELECT 77', 'SELECT 7', 'SELECT 777 ', '', 'SELECT 1', 'SELECT 11 + 11', 'SELECT 1 + 1'];
    const detail = detailOf((app) => {
      for (const sql of statements) app.call('query', null, [{ sql }]);
    });
    const { arrived } = overTheWire(detail);
    expect(arrived).toEqual(detail);
    expect(arrived.queries.map(({ sql }) => sql)).toEqual(statements);
  });

  it('arrive where a statement was redacted to its shape', () => {
    const detail = detailOf(listWithBooks);
    const queries = detail.queries.map((query): Query => ({ ...query, sql: query.shape }));
    expect(overTheWire({ ...detail, queries }).arrived.queries).toEqual(queries);
  });

  it('take less than a tenth where a loop asks a hundred times', () => {
    const columns = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`column${n}`, n]));
    const detail = detailOf((app) => {
      for (let id = 0; id < 100; id++)
        app.findBy(
          'Book',
          'id',
          id,
          rows(1, () => ({ id, ...columns })),
          { at: 'a.ts:12 list' },
        );
    });
    const { bytes, arrived } = overTheWire(detail);
    expect(arrived).toEqual(detail);
    expect(bytes).toBeLessThan(JSON.stringify(detail).length / 10);
  });
});
