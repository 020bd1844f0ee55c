import { compareWithEarlier } from './compareWithEarlier';
import type { ScopeRecord } from './evidence';
import type { ScopeHistory } from './profileBuilder';
import type { ScopeSummary } from './queryProfile';

/** Earlier runs whose counts are told. */
const mostEarlier = 20;

/**
 * A scope as lists show it.
 * @param judged how many findings of each severity it has
 * @param history what earlier runs measured for its name; null where there are none
 */
export function summariseScope(
  scope: ScopeRecord,
  runId: string,
  judged: { readonly warnings: number; readonly infos: number },
  history: ScopeHistory | null,
): ScopeSummary {
  return {
    id: scope.id,
    runId,
    kind: scope.kind,
    name: scope.name,
    path: scope.path,
    startedAtMs: scope.startMs,
    durationMs: durationOf(scope),
    dbTimeMs: scope.dbTimeMs,
    ...(scope.waitMs > 0 ? { waitMs: scope.waitMs } : {}),
    queryCount: scope.count,
    rowCount: scope.rows,
    status: scope.status,
    live: scope.endMs === null,
    warnings: judged.warnings,
    infos: judged.infos,
    previous: history?.previous ? compareWithEarlier(scope, history.previous) : null,
    history: history?.queryCounts.slice(-mostEarlier) ?? [],
    responseHash: scope.responseHash,
    ...(scope.request ? { request: scope.request } : {}),
    ...(scope.carries ? { carries: true } : {}),
    ...(scope.isFirst ? { isFirst: true } : {}),
  };
}

function durationOf(scope: ScopeRecord): number {
  return Math.max(0, (scope.endMs ?? scope.lastMs) - scope.startMs);
}
