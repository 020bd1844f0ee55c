/** However much an app asks: counts stay exact, details are bounded, and what was left out is counted. */
import { describe, expect, it } from 'vitest';
import { bounds } from '../../../../src/core/profile/evidence';
import { ProfiledApp, rows } from '../../builders/profiledApp';

const SCOPES = 6_000;
const PATTERNS = 2;

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
