import { describe, expect, it } from 'vitest';
import { describeLastRequest } from '../../../src/extension/profile/lastRequest';
import { aScope } from './builders';

const before = { queryCount: 101, dbTimeMs: 46, rowCount: 400, durationMs: 90, responseEqual: true };

describe('describeLastRequest', () => {
  it('puts the count first, in words that fit it', () => {
    expect(describeLastRequest(aScope()).text).toBe('$(telescope) GET /authors 1 query');
    expect(describeLastRequest(aScope({ queryCount: 7 })).text).toBe('$(telescope) GET /authors 7 queries');
  });

  it('warns with a mark as well as a colour where there is a finding', () => {
    const { text, tooltip, warning } = describeLastRequest(aScope({ queryCount: 101, warnings: 1 }));
    expect(text).toBe('$(warning) GET /authors 101 queries');
    expect(tooltip).toContain('1 finding needs a look.');
    expect(warning).toBe(true);
  });

  it('shows both counts where the last run differed, and that the response did not', () => {
    const { text, tooltip, warning } = describeLastRequest(aScope({ queryCount: 2, previous: before }));
    expect(text).toBe('$(telescope) GET /authors 101 → 2 queries');
    expect(tooltip).toContain('The response is the same as before.');
    expect(warning).toBe(false);
  });

  it('shows one count where nothing changed', () => {
    expect(describeLastRequest(aScope({ queryCount: 101, previous: before })).text).toBe('$(telescope) GET /authors 101 queries');
  });

  it('says what it cost', () => {
    expect(describeLastRequest(aScope()).tooltip).toMatch(/^GET \/authors: 1 query, 4\.3 ms in the database, 300 rows, 61 ms in all\.$/m);
  });

  it('draws no icon that a path happens to spell', () => {
    expect(describeLastRequest(aScope({ name: 'GET /$(bug)' })).text).not.toContain('$(bug)');
  });
});
