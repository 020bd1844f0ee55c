/** However much an app asks: counts stay exact, details are bounded, and what was left out is counted. */
import { describe, expect, it } from 'vitest';
import { bounds } from '../../../../src/core/profile/evidence';
import { ProfiledApp, rows } from '../../builders/profiledApp';

const SCOPES = 6_000;
const PATTERNS = 2;

describe('a request of a hundred thousand queries', () => {
  const QUERIES = 100_000;
  const app = new ProfiledApp();
  app.request('POST /import', () => {
    for (let n = 1; n <= QUERIES; n++) {
      const isSlow = n % 9_000 === 0;
      app.call('query', null, [{ sql: `SELECT * FROM author WHERE id = ${n}`, ms: isSlow ? 50 + n / 1_000 : 0.1 }], { at: 'import.ts:3 run' });
      if (n === 95_000) app.call('query', null, [{ sql: 'SELECT 1 FROM country' }], { at: 'import.ts:9 end' });
      if (n === 96_000) app.find('Book', [], { at: 'import.ts:12 last' });
    }
  });
  const detail = app.builder.scopeDetail(1);

  it('is counted to the last, by groups too', () => {
    expect(detail?.groups.map(({ count, site }) => [site?.line, count])).toEqual([
      [3, QUERIES],
      [9, 1],
      [12, 1],
    ]);
    const slow = Array.from({ length: 11 }, (_, at) => 50 + 9 * (at + 1)).reduce((sum, ms) => sum + ms, 0);
    expect(detail?.groups[0]?.dbTimeMs).toBeCloseTo((QUERIES - 11) * 0.1 + slow, 3);
  });

  it('lists the first, every slow one and one of each group, in order', () => {
    const queries = detail?.queries ?? [];
    expect(queries.length).toBeLessThanOrEqual(bounds.detailsPerScope);
    expect(queries.slice(0, 1_000).map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 1));
    expect(queries.filter(({ durationMs }) => durationMs > 1).map(({ sql }) => Number(/\d+$/.exec(sql)?.[0]))).toEqual(
      Array.from({ length: 11 }, (_, at) => 9_000 * (at + 1)),
    );
    expect(queries.filter(({ site }) => site?.line !== 3)).toHaveLength(2);
    expect(queries.map(({ id }) => id)).toEqual(queries.map(({ id }) => id).sort((a, b) => a - b));
  });

  it('says how many are not listed, and each group names those that are', () => {
    const { queries = [], droppedQueries = 0, groups = [] } = detail ?? {};
    expect(queries.length + droppedQueries).toBe(QUERIES + 2);
    expect(groups.flatMap(({ queryIds }) => queryIds).sort((a, b) => a - b)).toEqual(queries.map(({ id }) => id));
  });

  it('lists what the listed queries belong to', () => {
    const listed = new Set(detail?.operations.map(({ id }) => id));
    expect(detail?.queries.filter(({ operation }) => operation !== null && !listed.has(operation))).toEqual([]);
    expect(detail?.operations.filter(({ entity }) => entity === 'Book')).toMatchObject([{ api: 'Repository.find', queryCount: 1 }]);
  });
});

describe('thousands of requests', () => {
  const app = new ProfiledApp();
  for (let n = 0; n < SCOPES; n++) {
    app.request(`GET /${n % 7}`, () => {
      const op = app.find(
        'Author',
        rows(3, (id) => ({ id: 101 + id })),
        { at: 'a.ts:1 list' },
      );
      for (let key = 0; key < 3; key++) app.lazy('Author.books', op, 101 + key, [], { at: 'a.ts:2 list' });
      for (let key = 0; key < 3; key++) app.lazy('Author.country', op, 101 + key, [], { at: 'a.ts:3 list' });
    });
  }
  const profile = app.builder.profile({
    id: 'run',
    name: '',
    startedAtMs: 0,
    state: 'ended',
    pids: [],
    typeormVersions: [],
    drivers: [],
    message: null,
  });

  it('are all counted', () => {
    expect(profile.scopes).toHaveLength(SCOPES);
    expect(profile.scopes.reduce((sum, { queryCount }) => sum + queryCount, 0)).toBe(SCOPES * 7);
    expect(profile.scopes.every(({ warnings }) => warnings === PATTERNS)).toBe(true);
    expect(profile.relationStats.map(({ relation, loads }) => [relation, loads])).toEqual([
      ['books', SCOPES * 3],
      ['country', SCOPES * 3],
    ]);
  });

  it('keep the latest details, and say how many are gone', () => {
    expect(profile.queries.length).toBeLessThanOrEqual(bounds.detailsPerRun);
    expect(profile.findings.length).toBeLessThanOrEqual(bounds.findings + bounds.openEvidence * PATTERNS);
    expect(profile.findings.at(-1)?.scope).toBe(SCOPES);
    expect(profile.dropped).toBe(SCOPES * 7 - profile.queries.length + SCOPES * PATTERNS - profile.findings.length);
  });
});
