import type { ScopeMeasure, ScopeSummary } from '../../protocol/collector';

/** Points of the sparkline. */
const MAX_HISTORY = 20;

interface EarlierRun {
  readonly scopes: ReadonlyMap<number, ScopeSummary>;
}

/**
 * A scope with its comparison filled in: each debug session has a collector of its own, so that only here the runs before it are
 * known. What the collector itself compared with stays.
 *
 * @param earlier runs, oldest first
 */
export function withEarlierRuns(scope: ScopeSummary, earlier: readonly EarlierRun[]): ScopeSummary {
  if (scope.kind === 'unattributed') return scope;
  const ofThisName = earlier.map(({ scopes }) => [...scopes.values()].filter((other) => isSameWork(other, scope)));
  const measured = ofThisName.filter(({ length }) => length > 0);
  const before = measured.at(-1);
  return {
    ...scope,
    previous: scope.previous ?? (before ? measureOf(closest(before, scope), scope) : null),
    history: scope.history.length > 0 ? scope.history : measured.map((scopes) => scopes.at(-1)!.queryCount).slice(-MAX_HISTORY),
  };
}

function isSameWork(other: ScopeSummary, scope: ScopeSummary): boolean {
  return !other.live && other.kind === scope.kind && other.name === scope.name;
}

/** The same path where there is one (`/authors/7` with `/authors/7`), else the latest of that route. */
function closest(candidates: readonly ScopeSummary[], scope: ScopeSummary): ScopeSummary {
  return candidates.findLast(({ path }) => path === scope.path) ?? candidates.at(-1)!;
}

function measureOf(before: ScopeSummary, scope: ScopeSummary): ScopeMeasure {
  const { queryCount, dbTimeMs, rowCount, durationMs, path, responseHash } = before;
  const comparable = path === scope.path && responseHash !== null && scope.responseHash !== null;
  return { queryCount, dbTimeMs, rowCount, durationMs, responseEqual: comparable ? responseHash === scope.responseHash : null };
}
