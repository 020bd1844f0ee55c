/**
 * Which earlier result fed a loop's keys. Values alone mislead where two tables count from 1, so what TypeORM's metadata says
 * about the two columns decides first; a result whose column is known to mean something else is never named.
 */
import type { Call, ResultSample } from '../evidence';
import { isRelationLoad } from './apis';
import { enclosingWrites } from './calledBack';
import { factsOf, type Judging, type LoopPattern, startJudging } from './judging';
import type { VaryingKey } from './keys';
import type { ColumnReference } from '../sql/statementFacts';
import { type ColumnKinship, kinshipOf } from './kinship';
import { isSameOrSubclass } from './paths';
import { distanceTo } from './sites';

export interface FoundParent {
  readonly call: Call;
  readonly pattern: LoopPattern;
  /** All calls of the pattern that fed keys. */
  readonly calls: readonly Call[];
  readonly proven: boolean;
  readonly kinship: ColumnKinship;
  /** Its rows are of another DataSource than what they were asked for: no relation leads there. */
  readonly isForeign: boolean;
  /** The keys are those of its first rows, one after the other. */
  readonly fromFirstOn: boolean;
  /** The loop is TypeORM's own, within this call: a subscriber or listener asks for each of its rows. */
  readonly callsBack?: true;
  /** It ran in the scope that this one goes on from. */
  readonly isEarlier?: true;
}

interface Candidate extends FoundParent {
  readonly share: number;
  readonly inOrder: boolean;
  /** From the loop to the innermost function that also made its call; infinite where it holds not all of the keys. */
  readonly distance: number;
  readonly extra: number;
  readonly rank: number;
  /** Which of the statement's tables the column is of; -1 where that is not known. */
  readonly table: number;
}

/** What times lose on their way here, in milliseconds. */
const ROUNDED_MS = 0.01;

const KINSHIP_RANK = { relation: 3, named: 2, same: 2, unknown: 1, unrelated: 0 } as const;

/** Null where no earlier result of the scope, or of those that it goes on from, holds the keys. */
export function findParent(judging: Judging, pattern: LoopPattern, key: VaryingKey): FoundParent | null {
  return enclosingOperation(judging, pattern) ?? nearestParent(judging, judging, pattern, key) ?? earlierParent(judging, pattern, key);
}

/**
 * Of a scope that goes on from another one: a query of that, the nearest such scope first. Only where the two columns are known to have to do with each
 * other, for many more numbers have been read by then.
 */
function earlierParent(judging: Judging, pattern: LoopPattern, key: VaryingKey): FoundParent | null {
  for (let { earlier } = judging.evidence; earlier !== null; { earlier } = earlier) {
    const found = nearestParent(startJudging(judging.scope, earlier, judging), judging, pattern, key);
    if (found !== null && found.rank > KINSHIP_RANK.unknown && found.proven) return { ...found, isEarlier: true };
  }
  return null;
}

/** @param among whose results may have given the keys */
function nearestParent(among: Judging, judging: Judging, pattern: LoopPattern, key: VaryingKey): Candidate | null {
  const column = key.columns[0];
  if (column === undefined) return null;
  const firstStart = pattern.samples[0]?.startMs ?? 0;
  const askedMs = lastAskedMs(key);
  const within = enclosingWrites(judging, pattern);
  const candidates: Candidate[] = [];
  for (const source of among.patterns) {
    if (source === pattern || source === within) continue;
    const results = among.resultsOf(source);
    if (results[0] === undefined || results[0].query.startMs > firstStart) continue;
    candidates.push(...candidatesOf(judging, pattern, source, results, column, askedMs));
  }
  const isOwnKey = column.table !== null && pattern.source?.findColumn(column.table, column.column)?.column.primary === true;
  const others = isOwnKey ? withoutJoinedOnto(candidates) : candidates;
  return others.sort(compareCandidates)[0] ?? null;
}

/** The first column's keys, in the order in which they were first asked for, with the time at which each was asked for last. */
function lastAskedMs({ keys, askedMs }: VaryingKey): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [call, tuple] of keys.entries()) {
    const key = tuple.split('|')[0] ?? '';
    last.set(key, Math.max(last.get(key) ?? 0, askedMs[call] ?? 0));
  }
  return last;
}

/** Code called back from within an operation (a subscriber, a listener) was caused by that operation. */
function enclosingOperation(judging: Judging, pattern: LoopPattern): FoundParent | null {
  const outer = pattern.samples[0]?.operation?.parent;
  if (!outer || /transaction/i.test(outer.api) || !pattern.samples.every(({ operation }) => operation?.parent?.call === outer.call)) return null;
  const source = judging.patternOf(outer.call);
  return source
    ? {
        call: outer.call,
        calls: [outer.call],
        pattern: source,
        proven: true,
        kinship: { kind: 'unknown' },
        isForeign: false,
        fromFirstOn: false,
        callsBack: true,
      }
    : null;
}

function candidatesOf(
  judging: Judging,
  child: LoopPattern,
  source: LoopPattern,
  results: readonly ResultSample[],
  column: VaryingKey['columns'][number],
  askedMs: ReadonlyMap<string, number>,
): Candidate[] {
  const candidates: Candidate[] = [];
  const keys = [...askedMs.keys()];
  const isForeign = source.source?.event.source !== child.source?.event.source;
  for (const [resultColumn, values] of unionOfColumns(results)) {
    const found = keys.filter((key) => (values.get(key) ?? Infinity) <= (askedMs.get(key) ?? 0) + ROUNDED_MS);
    if (found.length < keys.length * judging.thresholds.provenShare) continue;
    const feeding = results.find((result) => keys.some((key) => result.values.get(resultColumn)?.includes(key)));
    const origin = feeding ?? (results[0] as ResultSample);
    const facts = factsOf(judging, origin.query);
    const parent = facts.resultColumns.get(resultColumn) ?? guessOrigin(facts.tables, resultColumn);
    const kinship =
      ofRelationLoad(child, parent) ??
      kinshipOf({ metadata: isForeign ? null : child.source, child: column, childTables: childTables(judging, child), parent, resultColumn });
    if (kinship.kind === 'unrelated' || (isForeign && !leadsAcross(kinship, origin, resultColumn, keys))) continue;
    candidates.push({
      call: origin.call,
      calls: [...new Set(results.filter((result) => keys.some((key) => result.values.get(resultColumn)?.includes(key))).map(({ call }) => call))],
      pattern: source,
      proven: kinship.kind !== 'unknown' || keys.length >= 3,
      kinship,
      isForeign,
      fromFirstOn: startsWith([...values.keys()], keys),
      share: found.length / keys.length,
      inOrder: isInOrder(keys, [...values.keys()]),
      distance: found.length === keys.length ? distanceTo(child.stack, origin.call.stack, judging.sourceLine) : Infinity,
      extra: values.size - found.length,
      rank: KINSHIP_RANK[kinship.kind],
      table: facts.tables.findIndex(({ alias }) => alias === parent?.alias),
    });
  }
  return candidates;
}

/**
 * `translation.baseId` of products that were joined with their translations: the key is the product's own, which the result holds as well, and
 * proves as much.
 */
function withoutJoinedOnto(candidates: readonly Candidate[]): Candidate[] {
  const ownKey = (pattern: LoopPattern) => candidates.find((each) => each.pattern === pattern && each.kinship.kind === 'same' && each.table !== -1);
  const joined = candidates.filter(({ pattern, kinship, table }) => kinship.kind === 'relation' && (ownKey(pattern)?.table ?? Infinity) < table);
  const instead = new Set(joined.map(({ pattern }) => ownKey(pattern)));
  return candidates
    .filter((candidate) => !joined.includes(candidate))
    .map((candidate) => (instead.has(candidate) ? { ...candidate, rank: KINSHIP_RANK.relation } : candidate));
}

/** From one database to another only names lead, or a list of the same rows there: small numbers are keys in every database (case X25). */
function leadsAcross({ kind }: ColumnKinship, origin: ResultSample, resultColumn: string, keys: readonly string[]): boolean {
  const fed = new Set(origin.values.get(resultColumn)?.filter((value) => keys.includes(value)));
  return kind === 'named' || (kind === 'same' && fed.size > 1);
}

/** The call says which relation it follows, and from whom: rows of that entity fed it by their key. */
function ofRelationLoad({ api, entity, relation, source }: LoopPattern, parent: ColumnReference | undefined): ColumnKinship | null {
  const found = isRelationLoad(api) ? source?.findRelation(entity, relation) : undefined;
  const origin = !parent || parent.table === null ? undefined : source?.findColumn(parent.table, parent.column);
  if (!source || !found || !origin?.column.primary || !isSameOrSubclass(source, origin.entity.name, found.entity.name)) return null;
  return { kind: 'relation', entity: found.entity, relation: found, declared: found };
}

function childTables(judging: Judging, child: LoopPattern): readonly { readonly table: string; readonly alias: string }[] {
  const query = child.samples[0]?.queries[0];
  return query ? factsOf(judging, query).tables : [];
}

/** `SELECT * FROM orders`: the result's columns are the only table's. */
function guessOrigin(tables: readonly { readonly table: string; readonly alias: string }[], column: string) {
  const [only] = tables;
  return only && tables.length === 1 ? { table: only.table, alias: only.alias, column } : undefined;
}

/** Values by column, each with the time at which a result first held it. */
function unionOfColumns(results: readonly ResultSample[]): Map<string, Map<string, number>> {
  const columns = new Map<string, Map<string, number>>();
  for (const { query, values } of results) {
    const endMs = query.startMs + query.durationMs;
    for (const [column, list] of values) {
      const union = columns.get(column) ?? new Map<string, number>();
      columns.set(column, union);
      for (const value of list) union.set(value, Math.min(union.get(value) ?? Infinity, endMs));
    }
  }
  return columns;
}

function startsWith(values: readonly string[], keys: readonly string[]): boolean {
  return keys.every((key, index) => values[index] === key);
}

/** Whether the keys were asked for in the order in which the result holds them. */
function isInOrder(keys: readonly string[], values: readonly string[]): boolean {
  let at = 0;
  for (const key of keys) {
    while (at < values.length && values[at] !== key) at++;
    if (at++ >= values.length) return false;
  }
  return true;
}

/** Kinship first, then the same database, then the function that the loop stands in, then the keys' order, then the nearest result, then the one with the least besides. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.rank - a.rank ||
    Number(a.isForeign) - Number(b.isForeign) ||
    compareNumbers(a.distance, b.distance) ||
    Number(b.inOrder) - Number(a.inOrder) ||
    b.share - a.share ||
    b.pattern.order - a.pattern.order ||
    a.extra - b.extra
  );
}

/** Infinity minus itself is no number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
