/** SQLite runs one statement after the other, however many are awaited at once: none of them took the time of those before it. */
import { describe, expect, it } from 'vitest';
import { bothVersions, runApp } from './app';
import { libraryApp } from './library';

describe.each(bothVersions)('%s', (typeorm) => {
  it('times parallel statements of SQLite one behind the other', async () => {
    const { operations, stderr } = await runApp({
      ...libraryApp(`
  const counted = (id) => authors.createQueryBuilder('author')
    .where('author.id = :id AND (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) SELECT count(*) FROM n) > 0', { id })
    .getMany();
  await counted(1);
  await Promise.all([1, 2, 3, 1, 2, 3].map(counted));`),
      typeorm,
    });
    expect(stderr).toBe('');
    const queries = operations.flatMap((operation) => operation.queries).filter(({ text }) => text.includes('RECURSIVE'));
    expect(queries).toHaveLength(7);
    // Whichever of them it takes first.
    queries.sort((left, right) => left.t - right.t);
    const ends = queries.map(({ t, ms }) => t + ms);
    for (const [index, { t, waitMs }] of queries.entries()) {
      // As exact as the events' own times.
      expect(t).toBeGreaterThan((ends[index - 1] ?? 0) - 0.02);
      // There is no pool whose connections they could have waited for.
      expect(waitMs).toBeUndefined();
    }
  });
});
