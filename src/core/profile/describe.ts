/** Records → the plain data of the contract. */
import type { OperationRecord, QueryRecord, ScopeRecord } from './evidence';
import type { Operation, Query, QueryGroup } from './queryProfile';

export function describeOperation(operation: OperationRecord): Operation {
  return {
    id: operation.id,
    scope: operation.scope.id,
    parent: operation.parent?.id ?? null,
    api: operation.api,
    entity: operation.entity,
    relation: operation.relation,
    site: operation.stack?.site ?? null,
    offsetMs: operation.startMs - operation.scope.startMs,
    durationMs: Math.max(0, (operation.endMs ?? operation.call.endMs) - operation.startMs),
    queryCount: operation.queryCount,
    rawRows: operation.rawRows,
    entities: operation.entities,
  };
}

export function describeQuery(query: QueryRecord, scope: ScopeRecord): Query {
  return {
    id: query.id,
    scope: scope.id,
    operation: query.operation?.id ?? null,
    sql: query.sql,
    shape: query.shape,
    kind: query.kind,
    ...(query.parameters === null ? {} : { parameters: query.parameters }),
    offsetMs: query.startMs - scope.startMs,
    durationMs: query.durationMs,
    ...(query.waitMs > 0 ? { waitMs: query.waitMs } : {}),
    ...(query.target === null ? {} : { target: query.target }),
    rows: query.rows,
    error: query.error,
    site: query.stack?.site ?? null,
  };
}

export function groupsOf(scope: ScopeRecord): QueryGroup[] {
  return [...scope.groups.values()].map(({ shape, kind, stack, count, rows, dbTimeMs, queryIds }) => ({
    shape,
    kind,
    site: stack?.site ?? null,
    count,
    rows,
    dbTimeMs,
    queryIds: [...queryIds],
  }));
}
