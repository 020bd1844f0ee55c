/**
 * What a profiled run amounts to: scopes (requests, jobs, tests), the operations in them (calls of TypeORM's API, lazy loads),
 * the queries those ran, and the findings. Plain data, the same for the panel, the CLI report and the editor.
 *
 * Durations are milliseconds with a fraction, `…AtMs` are epoch milliseconds, `offsetMs` counts from the scope's start.
 * File paths are absolute with forward slashes here; the CLI makes them relative when it prints.
 */

import type { RequestFacts } from '../../protocol/probe';

export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string | null;
}

export type ScopeKind = 'http' | 'graphql' | 'job' | 'test' | 'custom' | 'unattributed';

export type QueryKind = 'select' | 'insert' | 'update' | 'delete' | 'transaction' | 'ddl' | 'other';

export type FindingKind =
  | 'lazy-n-plus-one'
  | 'loop-n-plus-one'
  | 'write-n-plus-one'
  | 'orm-fan-out'
  | 'duplicate-query'
  | 'unused-eager-load'
  | 'unloaded-relation-read'
  | 'row-multiplication'
  | 'over-fetched-columns'
  | 'unbounded-result'
  | 'query-budget'
  | 'sequential-queries'
  | 'slow-query'
  | 'missing-index'
  | 'split-write'
  | 'write-without-effect'
  | 'unsaved-relation';

export type AdviceKind =
  | 'load-relations'
  | 'batch-in'
  | 'bulk-write'
  | 'query-strategy'
  | 'remove-relation'
  | 'select-columns'
  | 'paginate'
  | 'hoist'
  | 'add-index'
  | 'none';

export type LoadStrategy = 'join' | 'query';

/** One process of the user's app from start to end; before → after compares runs. */
export interface RunInfo {
  readonly id: string;
  /** The launch configuration's name or the command line. */
  readonly name: string;
  readonly startedAtMs: number;
  readonly state: 'waiting' | 'connected' | 'ended';
  readonly pids: readonly number[];
  /** TypeORM versions seen, e.g. `["1.1.1"]`; empty until the app has loaded TypeORM. */
  readonly typeormVersions: readonly string[];
  /** Database drivers of the initialised DataSources, e.g. `["better-sqlite3"]`. */
  readonly drivers: readonly string[];
  /** What the panel says beneath the header when there is something to say (why nothing arrives, what was dropped). */
  readonly message: string | null;
  /** File name of the recording that this was read from; absent where it was seen as it happened. */
  readonly recording?: string;
}

export interface ScopeSummary {
  readonly id: number;
  readonly runId: string;
  readonly kind: ScopeKind;
  /** `GET /authors/:id`: the route's pattern where the framework tells it, else the path. */
  readonly name: string;
  /** The concrete path of this request (`/authors/7?page=2`), or null where the scope is no request. */
  readonly path: string | null;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly dbTimeMs: number;
  /** What its queries waited for connections, together; no part of `dbTimeMs`. Absent for not at all. */
  readonly waitMs?: number;
  readonly queryCount: number;
  readonly rowCount: number;
  /** HTTP status, or null. */
  readonly status: number | null;
  /** True until the scope has ended; the counts are then "at least". */
  readonly live: boolean;
  readonly warnings: number;
  readonly infos: number;
  /** The latest scope of the same name in an earlier run: what before → after compares with. */
  readonly previous: ScopeMeasure | null;
  /** Query counts of this name in earlier runs, oldest first, at most 20: the sparkline. */
  readonly history: readonly number[];
  /** Hash of the response body (volatile fields masked), or null where none was seen. */
  readonly responseHash: string | null;
  /** Advice that was followed before this run and is disproved by it, each as `Author.books: the response changed (…)`. */
  readonly disproved?: readonly string[];
  /** Where the app answers requests (`http://127.0.0.1:3000`), for asking again; absent where it is not known. */
  readonly origin?: string;
  /** What a request was sent with, for asking again; absent where that is nothing out of the ordinary, or in recordings of before this was kept. */
  readonly request?: RequestFacts;
  /** Present where it was the first of its name to end in its run: its times include what the app does once. */
  readonly isFirst?: true;
  /** Present where it is a request for operations (GraphQL's) that have scopes of their own. */
  readonly carries?: true;
}

/** One run's measure of a route, for its history. */
export interface RouteRun {
  readonly atMs: number;
  readonly queryCount: number;
  readonly dbTimeMs: number;
  readonly rowCount: number;
  readonly durationMs: number;
}

export interface ScopeTimes {
  readonly dbTimeMs: number;
  readonly durationMs: number;
}

export interface ScopeMeasure extends ScopeTimes {
  readonly queryCount: number;
  readonly rowCount: number;
  /** Whether the response equalled this scope's; null where not both were seen. */
  readonly responseEqual: boolean | null;
  /** Present where the times are of the first scope of that name in its run. */
  readonly isFirst?: true;
}

export interface Operation {
  readonly id: number;
  readonly scope: number;
  /** The operation it ran inside of, or null. */
  readonly parent: number | null;
  /** `Repository.find`, `EntityManager.save`, `SelectQueryBuilder.getMany`, `lazy` … */
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly site: Site | null;
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly queryCount: number;
  readonly rawRows: number;
  readonly entities: number;
}

export interface Query {
  readonly id: number;
  readonly scope: number;
  readonly operation: number | null;
  readonly sql: string;
  readonly shape: string;
  readonly kind: QueryKind;
  /** Absent when redacted. */
  readonly parameters?: readonly unknown[];
  readonly offsetMs: number;
  /** Time in the database; `offsetMs` is when it was sent there. */
  readonly durationMs: number;
  /** How long it waited for a connection before that: for one of the pool, or for the statement before it on the same one. Absent for not at all. */
  readonly waitMs?: number;
  /** With replication: who answered, `master` or `replica` with its host. */
  readonly target?: string;
  readonly rows: number;
  readonly error: string | null;
  readonly site: Site | null;
}

export interface Advice {
  readonly kind: AdviceKind;
  /** Property paths from the parent's entity. */
  readonly relations: readonly string[];
  readonly strategy: LoadStrategy | null;
  /** Query count of the scope after the change. */
  readonly predictedQueryCount: number | null;
  /** Query count of the scope as it was measured, which the prediction compares with; absent where nothing is predicted. */
  readonly currentQueryCount?: number;
  readonly editable: boolean;
  readonly whyNot: string | null;
  /** Why this strategy, in a sentence with the measured numbers. */
  readonly reason: string | null;
  /** For `select-columns`: property paths of the entity that were read, which a `select` has to name. */
  readonly columns?: readonly string[];
  /** For edits that differ by database: the driver that the finding was seen on (`better-sqlite3`). */
  readonly driver?: string;
  /** For `batch-in`: queries of the scope that ask for one key each, of whatever stacks. */
  readonly askedQueries?: number;
  /** For `batch-in`: statements that asking once takes: more than one where TypeORM reads counts or relations of the rows by further queries. */
  readonly batchQueries?: number;
  /** For `batch-in`: the line that asks, where it stands in a function that the finding's line calls. */
  readonly innermost?: Site;
  /** For `batch-in`: the entity that each turn asks for, where a finding of a relation is named by another. */
  readonly asked?: string;
  /** For `batch-in`: how often the query ran whose rows the loop runs over, and how often it gave a key; for loops within loops. */
  readonly parentCalls?: { readonly all: number; readonly fed: number };
  /** For `batch-in`: of which types the keys were when they were asked for, as `typeof` names them, and `uuid spelt otherwise` for one in braces or with other hyphens; absent where the recording does not tell. */
  readonly keyTypes?: readonly string[];
  /** For `bulk-write`: statements that each row takes besides its transaction where a database writes new rows one by one. */
  readonly statementsPerRow?: number;
  /** For `bulk-write`: the loop runs within one transaction, so that one call opens none of its own. */
  readonly inTransaction?: true;
  /** Where it was followed and an earlier run disproved it: what that run found. */
  readonly withdrawn?: string;
}

/** What a statement takes in its other runs of the same recording. */
export interface UsualTime {
  /** Median, in milliseconds. */
  readonly ms: number;
  readonly runs: number;
}

export interface FindingParent {
  readonly operation: number;
  readonly api: string;
  readonly entity: string | null;
  /** How many entities it returned. */
  readonly entities: number;
  readonly site: Site | null;
  readonly proven: boolean;
}

export interface Finding {
  readonly id: number;
  readonly kind: FindingKind;
  readonly severity: 'warning' | 'info';
  readonly scope: number;
  readonly scopeName: string;
  readonly entity: string | null;
  readonly relation: string | null;
  /** How many queries (or rows, or columns) the finding is about. */
  readonly count: number;
  readonly rows: number;
  readonly dbTimeMs: number;
  readonly site: Site | null;
  readonly parent: FindingParent | null;
  readonly advice: Advice;
  readonly message: string;
  /** Of a slow query that is quick as a rule, and therefore only information. It may come, change and go while the run goes on. */
  readonly usual?: UsualTime;
}

/** All findings of one scope, in place of what was told of it before; an empty list where they are gone. */
export interface ScopeFindings {
  readonly scope: number;
  readonly findings: readonly Finding[];
}

/** A finding that the user has said no to: by a comment at its line, or by the setting `relationLens.suppress`. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: 'comment' | 'setting';
  /** As the user wrote it; null where none is given. */
  readonly reason: string | null;
}

/** Queries of a scope folded by shape and call site, in order of first appearance: one row of the panel's list. */
export interface QueryGroup {
  readonly shape: string;
  readonly kind: QueryKind;
  readonly site: Site | null;
  readonly count: number;
  readonly rows: number;
  readonly dbTimeMs: number;
  readonly queryIds: readonly number[];
}

export interface ScopeDetail {
  readonly scope: ScopeSummary;
  readonly operations: readonly Operation[];
  /**
   * At most 2,000 per scope: the first 1,800, of the rest the slowest 100 and up to 100 of statements and lines that were not seen before. `droppedQueries`
   * counts what is not listed (the summary's counts stay exact).
   */
  readonly queries: readonly Query[];
  readonly droppedQueries: number;
  readonly groups: readonly QueryGroup[];
  readonly findings: readonly Finding[];
  /** Earlier runs of the same name, oldest first. */
  readonly runs?: readonly RouteRun[];
  /** Findings of this scope that the user has said no to. */
  readonly suppressed?: readonly SuppressedFinding[];
}

/** How a relation was loaded over a run: what hover and the diagram's heat show. */
export interface RelationLoadStats {
  readonly entity: string;
  readonly relation: string;
  readonly loads: number;
  readonly queries: number;
  readonly rows: number;
  readonly dbTimeMs: number;
  /** The scope where it was loaded most often. */
  readonly worstScope: string | null;
  readonly warning: boolean;
  readonly sites: readonly Site[];
}

/** What a line of the user's code asked the database: what the editor shows at that line. */
export interface SiteStats {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Of each route the latest scope that came by, the newest first. */
  readonly scopes: readonly SiteScope[];
}

export interface SiteScope {
  readonly scope: number;
  readonly name: string;
  readonly queries: number;
  readonly rows: number;
  readonly dbTimeMs: number;
}

/** Everything a run amounts to, in one piece: what a report prints and a recording replays to. */
export interface QueryProfile {
  readonly version: 1;
  readonly run: RunInfo;
  /** Events whose details could not be kept; counts stay exact. */
  readonly dropped: number;
  /** Findings that comments in the sources silence (`relation-lens-ignore-next-line`). */
  readonly suppressed?: number;
  /** Those findings, and those that the setting `relationLens.suppress` silences, with the reasons given. */
  readonly suppressedFindings?: readonly SuppressedFinding[];
  readonly scopes: readonly ScopeSummary[];
  readonly queries: readonly Query[];
  readonly operations: readonly Operation[];
  readonly findings: readonly Finding[];
  readonly relationStats: readonly RelationLoadStats[];
}
