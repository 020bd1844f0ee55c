/**
 * What the probe tells the collector: NDJSON over a Unix socket or named pipe, one event a line. A recording file holds the same
 * lines (its first line is a RecordingHeader; `hello.token` is blanked).
 *
 * `t` is milliseconds with a fraction since the process's time origin (`hello.timeOrigin` is that origin in epoch milliseconds).
 * Ids (scope, op, query, site, sql, source) are positive integers counted per process; 0 means "none".
 * A scope 0 is "unattributed". Several processes of one run write several streams; the collector keeps them apart.
 */

import type { Pause, PauseOn } from './pauses';
import type { ReadsEvent, UnloadedReadEvent } from './probeReads';

export const PROBE_PROTOCOL = 1;

/** Environment variables through which a launcher hands the probe its address and secret. Without them the probe does nothing. */
export const PROBE_SOCKET_ENV = 'RELATION_LENS_SOCKET';
export const PROBE_TOKEN_ENV = 'RELATION_LENS_TOKEN';

/** `1`: also watch which properties of entities the app reads. */
export const PROBE_WATCH_ENV = 'RELATION_LENS_WATCH_READS';

export interface RecordingHeader {
  readonly e: 'recording';
  readonly version: 1;
  readonly name: string;
  readonly startedAtMs: number;
  readonly cwd: string;
}

/** First event of a process. */
export interface HelloEvent {
  readonly e: 'hello';
  readonly protocol: number;
  readonly token: string;
  readonly pid: number;
  readonly ppid: number;
  readonly node: string;
  readonly cwd: string;
  readonly argv: readonly string[];
  readonly timeOrigin: number;
  /** Id of the worker thread; absent in the main one. */
  readonly thread?: number;
}

/**
 * Where a process that ends leaves what its reader did not take in time: in the socket's folder, the same bytes as would have followed in the
 * socket. Whoever listens reads it when the connection has ended.
 */
export function leftBehindFile(socketPath: string, { pid, thread = 0 }: Pick<HelloEvent, 'pid' | 'thread'>): string {
  return `${socketPath}.${pid}.${thread}`;
}

/** A copy of TypeORM was loaded and hooked. */
export interface TypeormEvent {
  readonly e: 'typeorm';
  readonly version: string;
  readonly path: string;
}

/** What TypeORM built when a DataSource was initialised: ground truth for keys and relations. */
export interface MetadataEvent {
  readonly e: 'metadata';
  /** DataSource id. */
  readonly source: number;
  readonly driver: string;
  readonly entities: readonly MetaEntity[];
  /** True where the fields marked "detail" are told; what they leave out is then TypeORM's default. Absent in recordings of earlier probes. */
  readonly detailed?: true;
  /** The DataSource's own name, where it has one. Detail. */
  readonly name?: string;
}

export interface MetaEntity {
  readonly name: string;
  readonly table: string;
  readonly schema: string | null;
  readonly type: string;
  readonly parent: string | null;
  readonly columns: readonly MetaColumn[];
  readonly relations: readonly MetaRelation[];
  /** Details, absent for none. `base`: of a child in a shared table, its nearest base class that is an entity. */
  readonly base?: string;
  readonly discriminatorValue?: string | number;
  readonly tree?: string;
  readonly indices?: readonly { readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly uniques?: readonly (readonly string[])[];
}

export interface MetaColumn {
  readonly property: string;
  readonly column: string;
  readonly primary: boolean;
  readonly generated: boolean;
  readonly nullable: boolean;
  readonly type: string;
  /** Details. `constructed`: `type` is a JavaScript constructor's name in lower case; `relation`: the relation whose join column alone it is. */
  readonly constructed?: true;
  readonly array?: true;
  readonly strategy?: string;
  /** A flag of TypeORM's column (`isCreateDate` …); absent for a regular one. */
  readonly flag?: string;
  readonly relation?: string;
  readonly length?: string;
}

export interface MetaRelation {
  readonly property: string;
  readonly kind: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';
  readonly target: string;
  readonly inverse: string | null;
  readonly owner: boolean;
  readonly lazy: boolean;
  readonly eager: boolean;
  readonly nullable: boolean;
  /** Of the owning side (for a non-owner: the inverse's). `references` is the column on the other table. */
  readonly joinColumns: readonly { readonly column: string; readonly references: string }[];
  /** Many-to-many only: of the join table, towards the inverse side. */
  readonly inverseJoinColumns?: readonly { readonly column: string; readonly references: string }[];
  readonly joinTable: string | null;
  /** Details, absent for TypeORM's defaults. `junction`: the join table as its owner sees it, on both sides. */
  readonly junction?: { readonly table: string; readonly ownerColumns: readonly string[]; readonly inverseColumns: readonly string[] };
  readonly cascade?: readonly string[];
  readonly onDelete?: string;
  readonly onUpdate?: string;
  readonly orphanedRowAction?: string;
  readonly tree?: 'parent' | 'children';
  readonly foreignKey?: false;
}

/** A file's source map, sent before the first site that names the file. */
export interface SourceMapEvent {
  readonly e: 'map';
  /** Absolute path of the generated file as stacks name it. */
  readonly file: string;
  /** A `data:` URL, or an absolute path of the map. */
  readonly map: string;
}

/**
 * A call stack's frames in user code (no node_modules, no Node internals), innermost first, at most 12, generated positions, 1-based.
 * Where none of it is the user's: the frames of packages other than TypeORM, at most 6.
 */
export interface SiteEvent {
  readonly e: 'site';
  readonly id: number;
  readonly frames: readonly SiteFrame[];
}

export interface SiteFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string | null;
  /** True where the frame was reached through an await. */
  readonly async: boolean;
}

export interface ScopeStartEvent {
  readonly e: 'scope';
  readonly id: number;
  readonly kind: 'http' | 'graphql' | 'job' | 'test' | 'custom';
  readonly name: string;
  readonly path: string | null;
  readonly t: number;
  /** Where the app answers requests, as it was reached: `http://127.0.0.1:3000`. Absent where it is no request over a socket. */
  readonly origin?: string;
  /** What the request was sent with; absent where that is nothing that asking again would need. */
  readonly request?: RequestFacts;
  /** The scope of the request that carries it, of a GraphQL operation. */
  readonly within?: number;
  /** The scope that this one goes on from, with what that has read: the step of a scenario before. */
  readonly follows?: number;
  /** What it asks for several times, and how often: procedures in a batch of tRPC, fields of a GraphQL operation under aliases. Absent for nothing. */
  readonly asked?: Readonly<Record<string, number>>;
}

/** How a request may be asked again. */
export interface RequestFacts {
  /** Headers that say how the answer is to look (`accept`, `accept-language`, `x-requested-with`), and a body's `content-type`, by their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of other headers that may matter (`cookie`, `authorization`, the app's own); their values are not told. */
  readonly withheld: readonly string[];
  /** Whether it had a body, which is not told either. */
  readonly hasBody: boolean;
}

/** A better name was learnt (the route's pattern). */
export interface ScopeNameEvent {
  readonly e: 'scopeName';
  readonly id: number;
  readonly name: string;
}

export interface ScopeEndEvent {
  readonly e: 'scopeEnd';
  readonly id: number;
  readonly t: number;
  readonly status: number | null;
  /** Hash of the response body, where it was small enough to be hashed. */
  readonly responseHash: string | null;
}

/** One call of TypeORM's API begins, or a lazy relation is first read. */
export interface OperationStartEvent {
  readonly e: 'op';
  readonly id: number;
  readonly scope: number;
  /** The operation that it runs inside of; 0 for none. */
  readonly parent: number;
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly site: number;
  readonly source: number;
  readonly t: number;
  /** Lazy load: the operation that hydrated the entity it was read on (0 unknown), and that entity's primary key. */
  readonly ownerOperation?: number;
  readonly ownerKey?: readonly unknown[];
}

export interface OperationEndEvent {
  readonly e: 'opEnd';
  readonly id: number;
  readonly t: number;
  /** Entities hydrated (distinct root and joined ones). */
  readonly entities: number;
  /** Root entities returned. */
  readonly roots: number;
  readonly error: string | null;
}

/** SQL text, sent once; `query.sql` then names its id. */
export interface SqlEvent {
  readonly e: 'sql';
  readonly id: number;
  readonly text: string;
}

export interface QueryEvent {
  readonly e: 'query';
  readonly id: number;
  readonly op: number;
  readonly scope: number;
  readonly source: number;
  /** Id of an SqlEvent, or the text itself where the probe's table of texts is full. */
  readonly sql: number | string;
  readonly params?: readonly unknown[];
  readonly site: number;
  readonly t: number;
  /** When it was sent (`t`), and how long the database then took, in milliseconds. */
  readonly ms: number;
  /** Before `t`: for a connection of the pool, or for the statement before it on the same one. Absent for not at all. */
  readonly waitMs?: number;
  /** With replication: `master` or `replica`, and its host where that is known. */
  readonly target?: string;
  readonly rows: number;
  readonly error: string | null;
  /** Key-like values of the result by result column (numbers and short strings), for proving which result fed later queries. Bounded. */
  readonly values?: { readonly [column: string]: readonly (string | number)[] };
}

/** Rows that the app has been handed by a stream since: they are not in its query's count. */
export interface StreamedEvent {
  readonly e: 'streamed';
  /** The operation that the stream's query belongs to. */
  readonly op: number;
  /** As a query's. */
  readonly values: { readonly [column: string]: readonly (string | number)[] };
}

/** A `save` was given new objects in a relation that does not cascade inserts: they are not saved. Sent when the call begins. */
export interface UnsavedEvent {
  readonly e: 'unsaved';
  readonly op: number;
  readonly entity: string;
  readonly relation: string;
  /** The entity of the new objects. */
  readonly target: string;
  readonly kind: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';
  /** How many, on all entities of the call that were looked at. */
  readonly count: number;
}

/** Events that the probe had to drop (slow reader, bound reached); their queries are still counted in `queries`. */
export interface DroppedEvent {
  readonly e: 'dropped';
  readonly scope: number;
  readonly queries: number;
  readonly ms: number;
  readonly rows: number;
}

/** A quiet diagnostic of the probe about itself (a hook that could not be placed). */
export interface NoticeEvent {
  readonly e: 'notice';
  readonly message: string;
}

/** What the database answered to an `ExplainRequest`. */
export interface AnswerEvent {
  readonly e: 'answer';
  readonly id: number;
  readonly rows: readonly unknown[];
  readonly error: string | null;
}

/** The other way: a line from the collector to a probe. How would the database run this statement (an EXPLAIN)? */
export interface ExplainRequest {
  readonly q: 'explain';
  readonly id: number;
  /** DataSource id. */
  readonly source: number;
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** What the app shall be paused at from now on; it has no answer. */
export interface PauseOnRequest {
  readonly q: 'pauseOn';
  readonly id: 0;
  readonly on: PauseOn;
}

export type ToProbe = ExplainRequest | PauseOnRequest;

/** The app is about to pause in its debugger. */
export interface PauseEvent extends Pause {
  readonly e: 'pause';
}

/**
 * The thread stood still in a debugger: no time of the app's. The collector takes it out of the times of all that comes after, so that
 * recordings and profiles hold none of it.
 */
export interface StoodStillEvent {
  readonly e: 'stoodStill';
  readonly from: number;
  readonly to: number;
}

export interface ByeEvent {
  readonly e: 'bye';
  readonly t: number;
}

export type ProbeEvent =
  | HelloEvent
  | TypeormEvent
  | MetadataEvent
  | SourceMapEvent
  | SiteEvent
  | ScopeStartEvent
  | ScopeNameEvent
  | ScopeEndEvent
  | OperationStartEvent
  | OperationEndEvent
  | SqlEvent
  | QueryEvent
  | ReadsEvent
  | UnloadedReadEvent
  | StreamedEvent
  | UnsavedEvent
  | DroppedEvent
  | NoticeEvent
  | PauseEvent
  | StoodStillEvent
  | AnswerEvent
  | ByeEvent;
