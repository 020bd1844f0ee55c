import { expect, test } from 'vitest';
import { ScopeHistoryFile } from '../../../src/collector/scopeHistory';
import { adviceKey } from '../../../src/core/profile/provenAdvice';
import type { ScopeSummary } from '../../../src/core/profile/queryProfile';
import { aFinding } from '../builders/findingBuilder';

const finding = aFinding();

function aScope(queryCount: number, responseHash: string | null, startedAtMs: number): ScopeSummary {
  return {
    id: 1,
    runId: 'run',
    kind: 'http',
    name: 'GET /authors',
    path: '/authors',
    startedAtMs,
    durationMs: 12,
    dbTimeMs: 5,
    queryCount,
    rowCount: 10,
    status: 200,
    live: false,
    warnings: 0,
    infos: 0,
    previous: null,
    history: [],
    responseHash,
  };
}

test('the times of a run’s first request outlive it beside those of its latest', () => {
  const history = new ScopeHistoryFile(null);
  const first = { ...aScope(101, 'a', 1), durationMs: 260, isFirst: true } as const;
  history.addRun('app', [first, { ...aScope(101, 'a', 2), id: 2 }], []);
  history.addRun('app', [first], []);
  history.addRun('app', [aScope(101, 'a', 2)], []);
  const measures = history.measuresOf('app')('GET /authors');
  expect(measures.map(({ durationMs, first: times }) => [durationMs, times])).toEqual([
    [12, { dbTimeMs: 5, durationMs: 260 }],
    [260, null],
    [12, undefined],
  ]);
});

test('what an edit came to outlives the runs, and advice that was disproved stays withdrawn', () => {
  const history = new ScopeHistoryFile(null);
  history.addRun('app', [aScope(101, 'a', 1)], [finding]);
  expect(history.measuresOf('app')('GET /authors').at(-1)?.open).toEqual([adviceKey(finding)]);
  // The edit was made: the finding is gone, but the answer is another.
  history.addRun('app', [aScope(3, 'b', 2)], []);
  history.addRun('app', [aScope(101, 'a', 3)], [finding]);
  const measures = history.measuresOf('app')('GET /authors');
  expect(measures.map(({ atMs, queryCount }) => [atMs, queryCount])).toEqual([
    [1, 101],
    [2, 3],
    [3, 101],
  ]);
  expect(measures.at(-1)?.withdrawn).toEqual({ [adviceKey(finding)]: 'the response changed (101 → 3 queries)' });
});
