import { indexAdvice } from '../advise/indexAdvice';
import { noAdvice } from '../advise/plainAdvice';
import type { GroupRecord } from '../evidence';
import { readTemplate } from '../sql/statementFacts';
import { referringWithoutIndex, searchedWithoutIndex, type UnindexedKey } from './foreignKeys';
import type { Detector, Draft, Judging } from './judging';
import { placeOf } from './sites';
import { counted, milliseconds, times } from './words';

/** Statements that took long by themselves, and those that only waited for a connection: their remedies have nothing in common. */
export const slowQuery: Detector = (judging) => {
  const groups = [...judging.scope.groups.entries()].filter(([, { kind }]) => kind !== 'ddl');
  const { slowMs } = judging.thresholds;
  return [
    ...groups.filter(([, { slowestMs, kind }]) => slowestMs >= slowMs && kind !== 'transaction').map(([key, group]) => slow(judging, key, group)),
    ...groups.filter(([, { longestWaitMs }]) => longestWaitMs >= slowMs).map(([key, group]) => waiting(judging, key, group)),
  ];
};

function slow(judging: Judging, key: string, group: GroupRecord): Draft {
  const { slowestMs, slowestRows, entity, stack, count, dbTimeMs } = group;
  const place = placeOf(stack?.site ?? null, judging.root);
  const unindexed = unindexedKeyOf(group);
  return {
    ...draftOf(group),
    key: `slow|${key}`,
    statement: group,
    severity: 'warning',
    entity: unindexed?.entity.name ?? entity,
    relation: unindexed?.relation.property ?? null,
    rows: slowestRows,
    dbTimeMs: slowestMs,
    advice: unindexed
      ? indexAdvice(unindexed)
      : noAdvice('Look at its plan (EXPLAIN): a sequential scan over many rows wants an index, many returned rows want a limit or fewer columns.'),
    message:
      `A query${place === null ? '' : ` of ${place}`} took ${milliseconds(slowestMs)}${judging.isTrace && slowestRows === 0 ? '' : rowsOf(group)}` +
      `${count > 1 ? ` (it ran ${times(count)}, ${milliseconds(dbTimeMs)} in all)` : ''}.`,
  };
}

function rowsOf({ kind, slowestRows }: GroupRecord): string {
  return ` and ${kind === 'select' ? 'returned' : 'met'} ${counted(slowestRows, 'row')}`;
}

/** The foreign key without an index that it searches by; of a deletion, one that refers to the table. */
function unindexedKeyOf({ source, shape, kind }: GroupRecord): UnindexedKey | null {
  if (source === null) return null;
  // A shape has `?` for every value, whatever the database writes.
  const facts = readTemplate(shape, null);
  const table = facts.tables[0]?.table;
  const referring = kind === 'delete' && table !== undefined ? referringWithoutIndex(source, table) : [];
  return searchedWithoutIndex(source, facts) ?? referring[0] ?? null;
}

function waiting(judging: Judging, key: string, group: GroupRecord): Draft {
  const { longestWaitMs, slowestMs, stack } = group;
  const place = placeOf(stack?.site ?? null, judging.root);
  return {
    ...draftOf(group),
    key: `wait|${key}`,
    severity: 'info',
    advice: noAdvice(
      'Its connection was busy. Within a transaction statements run one after the other, however they are awaited; else all connections of the pool were in use: hold them shorter (transactions, query runners that are released late), or let the pool have more of them (`poolSize`).',
    ),
    message: `A query${place === null ? '' : ` of ${place}`} waited ${milliseconds(longestWaitMs)} for a connection; the database then took at most ${milliseconds(slowestMs)}.`,
  };
}

function draftOf({ slowestRows, entity, stack, dbTimeMs }: GroupRecord): Omit<Draft, 'key' | 'severity' | 'advice' | 'message'> {
  return {
    kind: 'slow-query',
    entity,
    relation: null,
    count: 1,
    rows: slowestRows,
    dbTimeMs,
    site: stack?.site ?? null,
    parent: null,
    pattern: null,
    loading: null,
  };
}
