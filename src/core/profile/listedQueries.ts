/**
 * Which queries of a scope are listed one by one: the first, and of the rest what stands out, so that it can be looked at however many there are.
 * All of them are counted in their groups.
 */
import { bounds, type GroupRecord, type OperationRecord, type QueryRecord, type ScopeRecord } from './evidence';

/** Of what comes after the first: the slowest queries, and one for each statement and line that was not seen before. */
const SLOWEST = 100;
const NEW_GROUPS = 100;

/** Adds it to the scope's list and its group where it belongs there; answers by how many the list is longer, or null where it is not listed. */
export function listQuery({ queries, late }: ScopeRecord, query: QueryRecord, group: GroupRecord | null): 0 | 1 | null {
  if (queries === null) return null;
  const isFirst = queries.length < bounds.detailsPerScope - SLOWEST - NEW_GROUPS;
  const isNew = !isFirst && group?.queryIds.length === 0 && late.newGroups < NEW_GROUPS;
  const given = isFirst || isNew ? undefined : late.slowest.length < SLOWEST ? null : quickestOf(late.slowest);
  if (given && given.query.durationMs >= query.durationMs) return null;
  if (isNew) late.newGroups++;
  if (given) {
    queries.splice(queries.lastIndexOf(given.query), 1);
    late.slowest.splice(late.slowest.indexOf(given), 1);
    given.group?.queryIds.splice(given.group.queryIds.lastIndexOf(given.query.id), 1);
  }
  if (given !== undefined) late.slowest.push({ query, group });
  queries.push(query);
  group?.queryIds.push(query.id);
  return given ? 0 : 1;
}

/** The first operations of a scope, and those of its listed queries. */
export function listedOperations({ operations, queries }: ScopeRecord): readonly OperationRecord[] {
  if (operations === null || operations.length < bounds.detailsPerScope) return operations ?? [];
  const lastId = operations.at(-1)?.id ?? 0;
  const late = new Set<OperationRecord>();
  for (const { operation } of queries ?? []) {
    for (let each = operation; each !== null && each.id > lastId; each = each.parent) late.add(each);
  }
  return [...operations, ...[...late].sort((a, b) => a.id - b.id)];
}

function quickestOf<T extends { readonly query: QueryRecord }>(slowest: readonly T[]): T | undefined {
  let quickest = slowest[0];
  for (const each of slowest) if (quickest === undefined || each.query.durationMs < quickest.query.durationMs) quickest = each;
  return quickest;
}
