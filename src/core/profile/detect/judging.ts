/** What every detector looks at, and what it answers with. */
import type { Call, CallPattern, CallStack, QueryRecord, ResultSample, ScopeEvidence, ScopeRecord } from '../evidence';
import type { LoadCost } from '../advise/loadRelations';
import type { SiteFrame } from '../../../protocol/probe';
import type { SourceLine } from '../ignoreComments';
import { placeOfCall } from '../noteQuery';
import type { Finding } from '../queryProfile';
import { templateOf } from '../sql/knownTemplates';
import { bindFacts, readTemplate, type StatementFacts } from '../sql/statementFacts';
import type { Thresholds } from '../thresholds';
import type { Statement } from '../usualTimes';
import { goesOnByItself } from './sites';

export interface Judging {
  readonly scope: ScopeRecord;
  readonly evidence: ScopeEvidence;
  readonly thresholds: Thresholds;
  /** The run was read from a trace, which holds no results. */
  readonly isTrace: boolean;
  /** Query count of this scope's name in an earlier run, or null. */
  readonly previousQueryCount: number | null;
  /** In order of first appearance; one loop is one pattern however deep its stacks. */
  readonly patterns: readonly LoopPattern[];
  readonly patternOf: (call: Call) => LoopPattern | undefined;
  /** What a pattern's queries returned, in order. */
  readonly resultsOf: (pattern: LoopPattern) => readonly ResultSample[];
  /** Patterns that a finding already speaks for: their repeats are no duplicates on top. */
  readonly covered: Set<LoopPattern>;
  /** Whether a finding of this run or an earlier one advised to load the relation: then nothing advises the contrary. */
  readonly wasAdvised: (entity: string, relation: string) => boolean;
  /** Lines of the app's sources, where they can be read. */
  readonly sourceLine?: SourceLine | undefined;
  /** The app's folder, for messages; with a slash at its end. */
  readonly root: string;
}

/** A pattern with those merged into it that differ only in how much of the outer stack was seen. */
export interface LoopPattern extends CallPattern {
  readonly parts: readonly CallPattern[];
  /** Reads of the result cache by calls that it answered, which are none of the pattern's. */
  readonly cacheReads: number;
}

export interface Loading {
  readonly call: Call;
  readonly cost: LoadCost;
}

export type Draft = Omit<Finding, 'id' | 'scope' | 'scopeName'> & {
  /** Names it within its scope, whenever it is found again. */
  readonly key: string;
  readonly pattern: LoopPattern | null;
  /** What an earlier call should have loaded, where that is the advice; several findings may share the call. */
  readonly loading: Loading | null;
  /** Of a slow query: its statement, whose usual time decides how it is told. */
  readonly statement?: Statement;
};

export type Detector = (judging: Judging) => Draft[];

export function startJudging(
  scope: ScopeRecord,
  evidence: ScopeEvidence,
  given: Pick<Judging, 'thresholds' | 'isTrace' | 'previousQueryCount' | 'root' | 'wasAdvised' | 'sourceLine'>,
): Judging {
  const patterns = mergePatterns(evidence, given.sourceLine);
  const homes = new Map(patterns.flatMap((pattern) => pattern.parts.map((part) => [part, pattern] as const)));
  const patternOf = (call: Call) => (call.pattern === null ? undefined : homes.get(call.pattern));
  const results = new Map<LoopPattern | undefined, ResultSample[]>();
  for (const result of evidence.results) {
    const pattern = patternOf(result.call);
    const list = results.get(pattern);
    if (list) list.push(result);
    else results.set(pattern, [result]);
  }
  return { ...given, scope, evidence, patterns, patternOf, resultsOf: (pattern) => results.get(pattern) ?? [], covered: new Set() };
}

export function factsOf(judging: Judging, query: QueryRecord): StatementFacts {
  const { facts } = judging.evidence;
  const isBound = query.parameters !== null && query.parameters.length > 0;
  // A text without parameters says all there is; with them, each run has its own values.
  const key = isBound ? query : query.sql;
  const known = facts.get(key);
  if (known !== undefined) return known;
  const dialect = query.source?.dialect ?? null;
  const read = bindFacts(isBound ? templateOf(query.sql, dialect) : readTemplate(query.sql, dialect), query.parameters);
  facts.set(key, read);
  return read;
}

/** A trace, or a recording without parameters, may not tell what a statement was run with: two runs of it are then not known to be the same. */
export function hasUnknownValues(judging: Judging, query: QueryRecord): boolean {
  return query.parameters === null && factsOf(judging, query).parametrised;
}

function mergePatterns(evidence: ScopeEvidence, sourceLine: SourceLine | undefined): LoopPattern[] {
  const byBase = new Map<string, CallPattern[]>();
  for (const pattern of evidence.patterns.values()) byBase.set(pattern.base, [...(byBase.get(pattern.base) ?? []), pattern]);
  const answered = new Map(evidence.answeredByCache);
  return [...byBase.values()]
    .flatMap((alike) => mergeAlike(alike, sourceLine))
    .sort((a, b) => a.order - b.order)
    .map((pattern) => ({ ...pattern, cacheReads: takeFrom(answered, placeOfCall(pattern)) }));
}

/** What the cache answered belongs to one of a place's patterns. */
function takeFrom(answered: Map<string, number>, place: string): number {
  const reads = answered.get(place) ?? 0;
  answered.delete(place);
  return reads;
}

/**
 * The first turn of a loop still stands on its synchronous callers; later turns, resumed after an await, show only who awaits them. So a stack
 * whose frames are found in another one of the same base, but for synchronous callers in between and at the end, belongs to it.
 */
function mergeAlike(patterns: readonly CallPattern[], sourceLine: SourceLine | undefined): LoopPattern[] {
  // What was resumed comes after what it may be the resumption of: answers of a database arrive in any order.
  const deepestFirst = [...patterns].sort(
    (a, b) => depthOf(b.stack) - depthOf(a.stack) || resumedIn(a.stack) - resumedIn(b.stack) || a.order - b.order,
  );
  const merged: CallPattern[][] = [];
  for (const pattern of deepestFirst) {
    const [home, ...others] = merged.filter(([deepest]) => deepest !== undefined && isResumptionOf(pattern.stack, deepest.stack));
    if (home === undefined) {
      merged.push([pattern]);
      continue;
    }
    // Several workers of one pool: each began from a place of its own, and they all went on as one.
    for (const other of others) home.push(...merged.splice(merged.indexOf(other), 1).flat());
    home.push(pattern);
  }
  return withNextTurns(merged, sourceLine).map(sumUp);
}

/** Turns that the answer of the turn before has led to belong to the one place that a first turn was called from. */
function withNextTurns(merged: CallPattern[][], sourceLine: SourceLine | undefined): CallPattern[][] {
  const isNextTurn = ([deepest]: CallPattern[]): boolean => goesOnByItself(deepest?.stack ?? null, sourceLine);
  const next = merged.length > 1 ? merged.filter(isNextTurn) : [];
  return merged.length - next.length === 1 ? [merged.flat()] : merged;
}

function depthOf(stack: CallStack | null): number {
  return stack?.frames.length ?? 0;
}

function resumedIn(stack: CallStack | null): number {
  return stack?.frames.filter((frame) => frame.async).length ?? 0;
}

function isResumptionOf(short: CallStack | null, long: CallStack | null): boolean {
  if (short === null || long === null) return short === long;
  let at = 0;
  for (const frame of short.frames) {
    while (frame.async && isLeftOut(long, at) && !isSameFrame(frame, long.frames[at])) at++;
    if (!isSameFrame(frame, long.frames[at])) return false;
    at++;
  }
  return true;
}

/** A frame that another turn of the same loop need not have: a synchronous caller, or in a reduce the turn that waits for this one (the last has none). */
function isLeftOut({ frames }: CallStack, at: number): boolean {
  const [leaf, frame] = [frames[0], frames[at]];
  if (leaf === undefined || frame === undefined) return false;
  return (
    !frame.async || (frame.function === null && leaf.function === null && frame.file === leaf.file && Math.abs(frame.line - leaf.line) <= AWAIT_LINES)
  );
}

/** Lines between a call (`scope(`) and the `await` before it, which is where the same frame stands once it has been resumed. */
const AWAIT_LINES = 5;

function isSameFrame(a: SiteFrame, b: SiteFrame | undefined): boolean {
  if (b === undefined || a.file !== b.file || a.function !== b.function) return false;
  if (a.async !== b.async) return Math.abs(a.line - b.line) <= AWAIT_LINES;
  return a.line === b.line && a.column === b.column;
}

function sumUp(patterns: readonly CallPattern[]): LoopPattern {
  const [first] = patterns as [CallPattern];
  const sum = (of: (pattern: CallPattern) => number) => patterns.reduce((total, pattern) => total + of(pattern), 0);
  return {
    ...first,
    parts: patterns,
    cacheReads: 0,
    order: Math.min(...patterns.map(({ order }) => order)),
    calls: sum(({ calls }) => calls),
    housekeeping: sum(({ housekeeping }) => housekeeping),
    count: sum(({ count }) => count),
    writes: sum(({ writes }) => writes),
    rows: sum(({ rows }) => rows),
    dbTimeMs: sum(({ dbTimeMs }) => dbTimeMs),
    samples: patterns.flatMap(({ samples }) => samples).sort((a, b) => a.startMs - b.startMs),
  };
}
