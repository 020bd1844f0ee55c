import { describe, expect, test } from 'vitest';
import type { SiteScope } from '../../../src/core/profile/queryProfile';
import { createQueryHints } from '../../../src/service/queryHints';

const FILE = '/app/a.ts';
const SOURCE = ['const found = await authors.find();', 'for (const author of found) {', '  await author.books; ', '}'].join('\n');
const EVERYWHERE = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const aScope = (name: string, queries: number, others: Partial<SiteScope> = {}): SiteScope => ({
  scope: 7,
  name,
  queries,
  rows: queries * 3,
  dbTimeMs: 46.2,
  ...others,
});

function hintsAfter(now: string, stats = [{ file: FILE, line: 3, scopes: [aScope('GET /authors', 100)] }], range = EVERYWHERE) {
  let text = SOURCE;
  const hints = createQueryHints((file) => (file === FILE ? text : undefined));
  hints.replace('run 1', stats);
  text = now;
  return hints.of(FILE, range);
}

describe('a line that ran queries', () => {
  test('says at its end what one request ran there, and leads to it', () => {
    const [hint] = hintsAfter(SOURCE);
    expect(hint).toMatchObject({ position: { line: 2, character: 21 }, label: '100 queries · 300 rows · 46 ms', paddingLeft: true });
    const link = `command:relationLens.openProfiler?${encodeURIComponent('[{"runId":"run 1","scope":7}]')}`;
    expect(hint?.tooltip).toEqual({
      kind: 'markdown',
      value: `- \`GET /authors\` ran 100 queries · 300 rows · 46 ms here – [Show in Queries](${link})`,
    });
  });

  test('says the most that a route ran there, and lists them all', () => {
    const scopes = [aScope('GET /names', 1, { rows: 1, dbTimeMs: 0.4 }), aScope('POST /orders', 2, { rows: 0 })];
    const [hint] = hintsAfter(SOURCE, [{ file: FILE, line: 1, scopes }]);
    expect(hint?.label).toBe('2 queries · 46 ms');
    expect(hint?.tooltip).toMatchObject({
      value: expect.stringMatching(/GET \/names` ran 1 query · 1 row · 0.4 ms here.*\n- `POST \/orders/) as string,
    });
  });

  test('takes its count along when it moves', () => expect(hintsAfter(`// new\n${SOURCE}`)[0]?.position.line).toBe(3));

  test('says nothing any more once it was rewritten', () =>
    expect(hintsAfter(SOURCE.replace('await author.books', 'await author.reviews'))).toEqual([]));

  test('says nothing where it is not in sight, or of another file', () => {
    expect(hintsAfter(SOURCE, undefined, { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } })).toEqual([]);
    expect(hintsAfter(SOURCE, [{ file: '/app/b.ts', line: 3, scopes: [aScope('GET /authors', 100)] }])).toEqual([]);
  });
});
