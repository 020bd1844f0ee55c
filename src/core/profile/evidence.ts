/**
 * What the builder remembers of a run while it goes on: the profile's raw material, mutable, never leaving this room.
 * Tallies are exact whatever the volume; lists hold what the bounds allow.
 */
import type { RequestFacts, SiteFrame } from '../../protocol/probe';
import type { ReadNode } from '../../protocol/probeReads';
import type { RelationKind } from '../model/relationGraph';
import type { MetadataIndex } from './metadataIndex';
import type { QueryKind, ScopeKind, Site } from './queryProfile';
import type { StatementFacts } from './sql/statementFacts';

/** Details kept of one run; beyond them only counts grow. */
export const bounds = {
  /** Queries and operations listed per scope. */
  detailsPerScope: 2_000,
  /** Queries listed over all scopes; the oldest scopes' are dropped first. */
  detailsPerRun: 20_000,
  /** Calls of one pattern whose keys are compared with possible parents. */
  samplesPerPattern: 1_000,
  /** The same for all patterns of a scope together. */
  samplesPerScope: 5_000,
  /** Statements remembered one by one within a call. */
  queriesPerCall: 64,
  /** Different shapes counted apart within a call. */
  shapesPerCall: 100,
  /** Scopes of what goes on after a response, in a process, that are open at once. */
  openAfterwards: 200,
  /** Ended scopes that can still be judged again when a late event arrives. */
  openEvidence: 60,
  scopes: 50_000,
  /** Findings kept over all scopes; of the oldest scopes only their number is kept. */
  findings: 2_000,
  /** Different shapes told apart. */
  shapes: 50_000,
} as const;

/** A call stack in user code, the same object wherever it is the same. */
export interface CallStack {
  readonly id: number;
  readonly key: string;
  /** Innermost first. */
  readonly frames: readonly SiteFrame[];
  readonly site: Site;
  /** Where one of its functions, which `frames` names once, was seen to call itself; null as long as none was. */
  recursion: SelfCall | null;
}

export interface SelfCall {
  /** Of the innermost turn. */
  readonly frame: SiteFrame;
  /** Where the function calls itself. */
  readonly from: SiteFrame;
}

export interface QueryRecord {
  readonly id: number;
  readonly operation: OperationRecord | null;
  readonly source: MetadataIndex | null;
  readonly sql: string;
  readonly shape: string;
  /** The same for the same shape, within a run. */
  readonly shapeId: number;
  readonly kind: QueryKind;
  readonly housekeeping: boolean;
  readonly parameters: readonly unknown[] | null;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Before `startMs`: for a connection. */
  readonly waitMs: number;
  /** With replication: who answered, `master` or `replica` and its host. */
  readonly target: string | null;
  readonly rows: number;
  readonly error: string | null;
  readonly stack: CallStack | null;
}

export interface OperationRecord {
  readonly id: number;
  readonly scope: ScopeRecord;
  readonly parent: OperationRecord | null;
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly stack: CallStack | null;
  readonly source: MetadataIndex | null;
  readonly startMs: number;
  endMs: number | null;
  queryCount: number;
  rawRows: number;
  entities: number;
  roots: number;
  /** Time in the driver. */
  dbTimeMs: number;
  error: string | null;
  /** Lazy load: the operation that hydrated the entity it was read on. */
  readonly owner: OperationRecord | null;
  readonly ownerKey: string | null;
  /** The call it belongs to: its own, or where it is only a step inside TypeORM the outer one's. */
  readonly call: Call;
}

export interface Tally {
  count: number;
  rows: number;
  dbTimeMs: number;
}

export interface ShapeTally extends Tally {
  readonly shape: string;
  readonly kind: QueryKind;
  readonly first: QueryRecord;
  last: QueryRecord;
}

/** One call of TypeORM's API by the user's code (or a bare query), with all statements it led to. */
export interface Call {
  operation: OperationRecord | null;
  readonly stack: CallStack | null;
  /** Statements but transaction control, by shape. */
  readonly shapes: Map<number, ShapeTally>;
  /** The first of them, in order. */
  readonly queries: QueryRecord[];
  readonly startMs: number;
  endMs: number;
  pattern: CallPattern | null;
  /** Statements around them that TypeORM runs for its own ends: reads and writes of the result cache. */
  housekeeping: number;
  /** Whether its statements are remembered; else they are only counted. */
  isSampled: boolean;
}

/** Calls of the same API for the same thing from the same place. */
export interface CallPattern extends Tally {
  readonly key: string;
  /** The key without the outer frames: patterns of one base may be one loop seen through differently deep stacks. */
  readonly base: string;
  readonly stack: CallStack | null;
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly source: MetadataIndex | null;
  calls: number;
  /** The calls' housekeeping, which is not in the count. */
  housekeeping: number;
  /** Statements that write, of all of its statements. */
  writes: number;
  /** Order of first appearance within the scope. */
  readonly order: number;
  readonly samples: Call[];
}

export interface GroupRecord extends Tally {
  readonly shapeId: number;
  readonly shape: string;
  readonly kind: QueryKind;
  readonly stack: CallStack | null;
  readonly queryIds: number[];
  /** Of its slowest query; no more of it, so that a group keeps nothing else alive. */
  slowestMs: number;
  slowestRows: number;
  /** Longest wait for a connection before one of its queries. */
  longestWaitMs: number;
  readonly entity: string | null;
  readonly source: MetadataIndex | null;
}

export interface ScopeRecord extends Tally {
  readonly id: number;
  readonly kind: ScopeKind;
  name: string;
  readonly path: string | null;
  readonly request: RequestFacts | undefined;
  /** What its client asks for several times, and how often (`ScopeStartEvent`). */
  readonly asked: Readonly<Record<string, number>> | undefined;
  /** Whether it is a request for operations that have scopes of their own. */
  carries: boolean;
  readonly startMs: number;
  endMs: number | null;
  lastMs: number;
  /** Whether it was the first of its name to end. */
  isFirst: boolean;
  /** Its queries' waits for a connection, together. */
  waitMs: number;
  status: number | null;
  responseHash: string | null;
  /** What is listed (`listedQueries.ts`), in order; null once dropped. */
  queries: QueryRecord[] | null;
  /** Of those, what is listed though it came when the list was full. */
  readonly late: { newGroups: number; readonly slowest: { readonly query: QueryRecord; readonly group: GroupRecord | null }[] };
  operations: OperationRecord[] | null;
  readonly groups: Map<string, GroupRecord>;
  /** What findings are made from; null once dropped. */
  evidence: ScopeEvidence | null;
}

export interface ScopeEvidence {
  /** Of the scope that this one goes on from (its request's, the step's before), whose results may have given its keys. */
  readonly earlier: ScopeEvidence | null;
  readonly patterns: Map<string, CallPattern>;
  /** Housekeeping of calls that have run nothing else: the result cache answered them. By `placeOfCall`. */
  readonly answeredByCache: Map<string, number>;
  /** Calls in order, as far as sampled. */
  readonly calls: Call[];
  /** Statements that write, in order: a repeat after one is no duplicate. */
  readonly writes: QueryRecord[];
  /** BEGIN, COMMIT and their like, in order. */
  readonly transactions: QueryRecord[];
  /** What queries returned, in order. */
  readonly results: ResultSample[];
  /** Call paths whose results were watched, with their latest operation in this scope. */
  readonly reads: Map<PathReads, OperationRecord>;
  readonly unloaded: UnloadedReads[];
  readonly unsaved: UnsavedObjects[];
  /** Facts already read; kept here so that they go when the evidence goes. */
  readonly facts: Map<QueryRecord | string, StatementFacts>;
}

/** What is known of how the app read what one call path returned, over all of its runs. */
export interface PathReads {
  /** The same call from other stacks shares this list, this path included. */
  readonly siblings: PathReads[];
  runs: number;
  nodes: readonly ReadNode[];
  /** As of when scopes were judged by it that it was not seen in: what was read how, and in how many runs. */
  told: { readonly reads: string; readonly runs: number };
  /** Scopes that may still be judged again. */
  readonly scopes: Set<ScopeRecord>;
}

/** Relations read though they were not loaded, on what one operation returned. */
export interface UnloadedReads {
  readonly operation: OperationRecord;
  readonly entity: string;
  readonly relation: string;
  readonly path: string;
  readonly stack: CallStack | null;
  readonly count: number;
}

/** New objects in a relation that does not cascade inserts, in one call of save. */
export interface UnsavedObjects {
  readonly operation: OperationRecord;
  readonly entity: string;
  readonly relation: string;
  readonly target: string;
  readonly kind: RelationKind;
  readonly count: number;
}

export interface ResultSample {
  readonly query: QueryRecord;
  readonly call: Call;
  /** Key-like values by result column, as text. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export function emptyEvidence(earlier: ScopeEvidence | null): ScopeEvidence {
  return {
    earlier,
    patterns: new Map(),
    answeredByCache: new Map(),
    calls: [],
    writes: [],
    transactions: [],
    results: [],
    reads: new Map(),
    unloaded: [],
    unsaved: [],
    facts: new Map(),
  };
}
