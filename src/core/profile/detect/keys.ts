import type { Call, QueryRecord } from '../evidence';
import type { ColumnReference, Comparison } from '../sql/statementFacts';
import { factsOf, type Judging, type LoopPattern } from './judging';

/** What differs from one call of a pattern to the next. */
export interface VaryingKey {
  /** The compared columns that vary; empty where values vary in a place that was not recognised. */
  readonly columns: readonly ColumnReference[];
  /** One key per sampled call, in order; several columns are joined by `|`. */
  readonly keys: readonly string[];
  /** When each of them was asked for, in epoch milliseconds. */
  readonly askedMs: readonly number[];
  readonly distinct: ReadonlySet<string>;
  /** Values asked for at once, on average: more than one means batches. */
  readonly valuesPerCall: number;
  /** Conditions that stay the same from call to call (a filter besides the key). */
  readonly filters: readonly Comparison[];
}

/** The statement a call is about: its first. */
export function mainQuery(call: Call): QueryRecord | undefined {
  return call.queries[0];
}

/** Null where nothing that could be a key varies: the same question again, or another page of it. */
export function varyingKey(judging: Judging, pattern: LoopPattern): VaryingKey | null {
  const calls = pattern.samples.filter((call) => mainQuery(call) !== undefined && mainQuery(call)?.error === null);
  const rows = calls.map((call) => factsOf(judging, mainQuery(call) as QueryRecord).comparisons);
  const first = rows[0];
  if (first === undefined || calls.length < 2) return null;
  const equalities = first.map((_, slot) => slot).filter((slot) => rows.every((row) => isKeyComparison(row[slot])));
  const varying = equalities.filter(
    (slot) => new Set(rows.map((row) => keyOf(row[slot]))).size > 1 && !rows.every((row) => isPageBoundary(row, slot)),
  );
  if (varying.length === 0) return unrecognisedKey(judging, pattern, calls, rows);
  const keys = rows.map((row) => varying.map((slot) => keyOf(row[slot])).join('|'));
  const total = rows.reduce((sum, row) => sum + Math.max(...varying.map((slot) => row[slot]?.values.length ?? 0)), 0);
  return {
    columns: varying.map((slot) => first[slot] as Comparison),
    keys,
    askedMs: calls.map(({ startMs }) => startMs),
    distinct: new Set(keys),
    valuesPerCall: total / rows.length,
    filters: first.filter((comparison, slot) => comparison.clause === 'where' && !varying.includes(slot) && !isRepeatOf(comparison, varying, first)),
  };
}

/** The values of lists, each by itself. */
export function singleKeys(key: VaryingKey): VaryingKey {
  const lists = key.keys.map((list) => (list.split('|')[0] ?? '').split(','));
  const keys = lists.flat();
  const askedMs = lists.flatMap((list, call) => list.map(() => key.askedMs[call] ?? 0));
  return { ...key, columns: key.columns.slice(0, 1), keys, askedMs, distinct: new Set(keys), valuesPerCall: 1 };
}

function isKeyComparison(comparison: Comparison | undefined): boolean {
  return comparison !== undefined && comparison.operator !== 'other' && comparison.values.length > 0;
}

function keyOf(comparison: Comparison | undefined): string {
  return comparison?.values.join(',') ?? '';
}

/** `a > 1 OR (a = 1 AND b > 2)`: where the next page begins, in two columns. */
function isPageBoundary(row: readonly Comparison[], slot: number): boolean {
  const equality = row[slot];
  return row.some(
    (other) => other.operator === 'other' && other.column === equality?.column && other.alias === equality.alias && keyOf(other) === keyOf(equality),
  );
}

/** `(a = 1 AND b = 2) OR (a = 3 AND b = 4)` compares the same columns again. */
function isRepeatOf(comparison: Comparison, varying: readonly number[], all: readonly Comparison[]): boolean {
  return varying.some((slot) => all[slot]?.column === comparison.column && all[slot]?.alias === comparison.alias);
}

/** Values that vary somewhere else: inside a function call, in JSON. Pages and ranges are no keys. */
function unrecognisedKey(
  judging: Judging,
  pattern: LoopPattern,
  calls: readonly Call[],
  rows: readonly (readonly Comparison[])[],
): VaryingKey | null {
  const query = mainQuery(calls[0] as Call) as QueryRecord;
  const facts = factsOf(judging, query);
  const ranges = rows.some((row) => row.some(({ operator }) => operator === 'other'));
  if (
    ranges ||
    /\bOFFSET\b|\)\s*[<>]=?\s*\(|\bI?LIKE\b|\bREGEXP\b|\bMATCH\b|@@/i.test(query.shape) ||
    !facts.hasWhere ||
    rows.some((row) => row.length > 0) ||
    pattern.stack === null
  )
    return null;
  const keys = calls.map((call) => signatureOf(mainQuery(call) as QueryRecord));
  const distinct = new Set(keys);
  return distinct.size < 2 ? null : { columns: [], keys, askedMs: calls.map(({ startMs }) => startMs), distinct, valuesPerCall: 1, filters: [] };
}

/** Equal for two statements that ask exactly the same. */
export function signatureOf(query: QueryRecord): string {
  return `${query.sql}\n${query.parameters && query.parameters.length > 0 ? JSON.stringify(query.parameters) : ''}`;
}
