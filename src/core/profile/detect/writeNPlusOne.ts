import { adviseBulkWrite } from '../advise/bulkWrite';
import { noAdvice } from '../advise/plainAdvice';
import type { Advice } from '../queryProfile';
import { lastingCalls } from './attempts';
import { askedByClient, forClient } from './askedByClient';
import { claimsOneByOne } from './claims';
import type { Call, QueryRecord } from '../evidence';
import type { MetadataIndex } from '../metadataIndex';
import { describeParent } from './parentOf';
import { factsOf, hasUnknownValues, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { isOverWrittenNames } from '../sourceLoop';
import { loopSite, placeOf } from './sites';
import type { Comparison } from '../sql/statementFacts';
import { namedRows } from '../sql/writtenRows';
import { treeAdvice, writesTree } from './trees';
import { counted, nounOf, relationName, times } from './words';

/** Names in a list that is written out, up to which a seed writes them one by one. */
const FEW_NAMES = 6;

/** Rows written one by one from the same line. */
export const writeNPlusOne: Detector = (judging) =>
  judging.patterns
    .filter((pattern) => writes(pattern) && pattern.calls - takenBack(judging, pattern) >= judging.thresholds.unprovenRepeats)
    .filter((pattern) => !writesInChunks(pattern) && rowsWritten(judging, pattern) >= judging.thresholds.unprovenRepeats)
    .filter((pattern) => !claimsOneByOne(judging, pattern, (call) => rowOf(judging, call, pattern.source)))
    .map((pattern) => judge(judging, pattern));

/** Whether a call ends in a write; a save first reads what it is about to change. */
function writes(pattern: LoopPattern): boolean {
  return pattern.samples.length > 0 && pattern.samples.every((call) => call.queries.some(({ kind, error }) => isWrite(kind) && error === null));
}

/** Attempts of a transaction that was run again. */
function takenBack(judging: Judging, { samples }: LoopPattern): number {
  return samples.length - lastingCalls(judging, samples).length;
}

/**
 * Different rows that the calls wrote, as their conditions name them. One row that is written again and again (progress, a heartbeat, a version that
 * was taken by another) is no list, and neither is a worker that claims "the next one" until none is left (case X16).
 */
function rowsWritten(judging: Judging, { samples, source }: LoopPattern): number {
  const rows = samples.map(({ queries }, index) => {
    const query = queries.find(({ kind, error }) => isWrite(kind) && error === null);
    return query === undefined || query.kind === 'insert' ? index : conditionOf(judging, query, source);
  });
  return new Set(rows).size;
}

/** The one key by which a call's write names its row. */
function rowOf(judging: Judging, { queries }: Call, source: MetadataIndex | null): string | null {
  const query = queries.find(({ kind, error }) => (kind === 'update' || kind === 'delete') && error === null);
  const compared = query === undefined ? [] : primaryOf(judging, query, source);
  const [value, ...others] = compared.flatMap(({ values }) => values);
  return value === undefined || others.length > 0 ? null : value;
}

/** The primary key that it compares, where it does; else all that it compares. Null where that is nothing. */
function conditionOf(judging: Judging, query: QueryRecord, source: MetadataIndex | null): string | null {
  if (hasUnknownValues(judging, query)) return `${query.id}`;
  const compared = conditionsOf(judging, query);
  const primary = primaryOf(judging, query, source);
  const key = primary.some(({ values }) => values.length > 0) ? primary : compared;
  return key.length === 0 ? null : key.map(({ column, values }) => `${column} ${values.join()}`).join('|');
}

function conditionsOf(judging: Judging, query: QueryRecord): readonly Comparison[] {
  return factsOf(judging, query).comparisons.filter(({ clause }) => clause === 'where');
}

function primaryOf(judging: Judging, query: QueryRecord, source: MetadataIndex | null): readonly Comparison[] {
  const [table] = factsOf(judging, query).tables;
  return conditionsOf(judging, query).filter(({ column }) => source?.findColumn(table?.table ?? '', column)?.column.primary === true);
}

/** Samples that tell whether a loop writes row by row. */
const LOOKED_AT = 20;

/** Several rows with each call: a large write in pieces, which one call could not take (case X12). */
function writesInChunks({ samples, source }: LoopPattern): boolean {
  const looked = samples.slice(0, LOOKED_AT);
  const rows = looked.map(({ queries }) => {
    const [first, ...others] = queries.filter(({ kind }) => isWrite(kind));
    // What a cascade writes to other tables makes no chunk.
    const own = first === undefined ? [] : [first, ...others.filter(({ shapeId }) => shapeId === first.shapeId)];
    return own.reduce((sum, { sql }) => sum + namedRows(sql, source?.dialect ?? null), 0);
  });
  return rows.reduce((sum, count) => sum + count, 0) >= 2 * looked.length;
}

function isWrite(kind: string): boolean {
  return kind === 'insert' || kind === 'update' || kind === 'delete';
}

function judge(judging: Judging, pattern: LoopPattern): Draft {
  judging.covered.add(pattern);
  const tree = writesTree(pattern);
  const outer = enclosing(pattern);
  const inTransaction = isInsideTransaction(judging, pattern, pattern.samples[0]);
  // The transaction that a save opens for its own rows is none that the app chose (case H13).
  const isChosen = inTransaction && (outer === null || isInsideTransaction(judging, pattern, outer));
  const { site } = loopSite(pattern.stack, null, judging.sourceLine);
  const place = placeOf(site, judging.root);
  const asked = askedByClient(judging, pattern);
  const cause = placeOf(outer?.stack?.site ?? null, judging.root);
  return {
    key: `write|${pattern.key}`,
    kind: 'write-n-plus-one',
    severity: tree || isChosen || asked !== null || (pattern.calls < FEW_NAMES && isOverWrittenNames(site, judging.sourceLine)) ? 'info' : 'warning',
    entity: pattern.entity,
    relation: pattern.relation,
    count: pattern.writes,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: outer === null ? null : describeParent(outer, true),
    advice: tree ? treeAdvice() : asked !== null ? byClient() : adviseBulkWrite(judging, pattern, { inTransaction, calledBy: outer }),
    message:
      `${subjectOf(judging, pattern)} ${times(pattern.calls)}, ${asked === null ? `one ${nounOf(pattern.relation === null ? pattern.entity : null)} at a time` : forClient(asked)}${place === null ? '' : `, by ${place}`}${cause === null ? '' : ` for ${cause}`}: ` +
      `${counted(statementsOf(pattern), 'statement')}${inTransaction ? ' within one transaction' : ''}.`,
    pattern,
    loading: null,
  };
}

function byClient(): Advice {
  return noAdvice('Nothing in the app loops: a mutation that takes a list of rows would write them together.');
}

function subjectOf(judging: Judging, pattern: LoopPattern): string {
  // `InsertQueryBuilder.execute`: the builder's name says what was done.
  const verb = (pattern.api.endsWith('.execute') ? null : /\w+$/.exec(pattern.api)?.[0]) ?? pattern.api;
  const written = pattern.entity ?? entityWritten(judging, pattern);
  return written === null
    ? `${pattern.api === 'query' ? 'The same write' : pattern.api} ran`
    : `${relationName(written, pattern.relation)} was written by \`${verb}\``;
}

/** Of SQL by hand: the one entity whose table it names. */
function entityWritten(judging: Judging, { samples, source }: LoopPattern): string | null {
  const query = samples[0]?.queries.find(({ kind }) => isWrite(kind));
  const table = query && factsOf(judging, query).tables[0]?.table;
  const [entity, ...others] = table === undefined ? [] : (source?.entitiesOfTable(table) ?? []);
  return entity && others.length === 0 ? entity.name : null;
}

/** Statements of all calls, transaction control included: counted on the samples. */
export function statementsOf(pattern: LoopPattern): number {
  const sampled = pattern.samples.reduce((sum, { operation, queries }) => sum + (operation?.queryCount ?? queries.length), 0);
  return Math.round((sampled / Math.max(1, pattern.samples.length)) * pattern.calls);
}

/** The operation whose subscriber or listener writes (case H13). */
function enclosing(pattern: LoopPattern): Call | null {
  const outer = pattern.samples[0]?.operation?.parent;
  if (!outer || /transaction/i.test(outer.api)) return null;
  return pattern.samples.every(({ operation }) => operation?.parent?.call === outer.call) ? outer.call : null;
}

/** One BEGIN before `from` (not its own) and no end before the last write: the loop pays no commit for each row (case H8). */
function isInsideTransaction(judging: Judging, { samples }: LoopPattern, from: Call | undefined): boolean {
  const last = samples.at(-1);
  if (!from || !last) return false;
  const before = judging.evidence.transactions.filter(({ startMs, operation }) => startMs <= from.startMs && operation?.call !== from);
  const isOpen = before.reduce(
    (open, { sql }) => (/^\s*(BEGIN|START)/i.test(sql) ? true : /^\s*(COMMIT|ROLLBACK(?!\s+TO)|END)/i.test(sql) ? false : open),
    false,
  );
  return (
    isOpen &&
    !judging.evidence.transactions.some(
      ({ sql, startMs }) => startMs > from.startMs && startMs < last.startMs && /^\s*(COMMIT|ROLLBACK(?!\s+TO)|END)/i.test(sql),
    )
  );
}
