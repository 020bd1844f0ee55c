/**
 * Turns what the hooks see into events, gives out ids, and counts exactly what had to be left out. One per process, active only
 * while a collector listens.
 */
import { types } from 'node:util';
import type { ProbeEvent, SourceMapEvent } from '../protocol/probe';
import { captureSite, type CapturedSite } from './callSite';
import { now } from './clock';
import type { OperationStart, OperationState, ProbeContext, ScopeFacts, ScopeState } from './context';
import { EventLog, type QueryEntry } from './eventLog';
import { endOpenScopes } from './openEndedScopes';
import type { ColumnValues } from './resultValues';
import { SiteStreak } from './siteStreak';
import type { Importance, Transport } from './transport';
import { leaveVitestScope } from './vitestScope';
import { copyParameters } from './values';

const MAX_SQL_TEXTS = 5_000;
/** So many of those are recognised without being hashed, none of which is long: they are kept a second time. */
const RECENT_SQL_TEXTS = 256;
const LONG_SQL_TEXT = 8_192;
/** Calls and queries that wait to be put into words, at most. */
const MAX_LOGGED = 2_000;
/** A context outlives its request where the app started something in it that never ends (a timer): that is no part of the request. */
const LATE_MS = 60_000;

/** Segments of a path that are somebody's key: numbers, UUIDs and their like. */
const KEYS_IN_PATH = /\/(\d+|[\da-f-]{16,})(?=\/|$)/gi;

export interface QueryOutcome {
  readonly rows: number;
  readonly values: ColumnValues | undefined;
  readonly error: string | null;
  /** Milliseconds that it waited for a connection before it was sent. */
  readonly waitMs: number;
  /** With replication: who answered. */
  readonly target: string | undefined;
}

export class Recorder {
  /** False once nobody listens any more: hooks then pass through. */
  active = true;
  /** How many tests have begun. */
  tests = 0;
  /** Last words about a scope, and about the process. */
  beforeScopeEnd: ((scope: ScopeState) => void) | undefined;
  /** A scope is about to end whose answer goes to the code around it: `outer`, or to that of no scope. */
  beforeHandBack: ((scope: ScopeState, answer: unknown, outer: ScopeState | null) => void) | undefined;
  beforeBye: (() => void) | undefined;
  private lastId = { scope: 0, operation: 0, query: 0, site: 0, sql: 0 };
  private readonly sqlIds = new Map<string, number>();
  /** By their lengths' remainders. TypeORM puts every text together anew: to hash it takes five times as long as to compare it with the last one. */
  private readonly recentSql = new Array<{ readonly text: string; readonly id: number } | undefined>(RECENT_SQL_TEXTS).fill(undefined);
  private readonly log = new EventLog();
  /** Of calls outside of every scope. */
  private readonly streak = new SiteStreak();
  private readonly filesSeen = new Set<string>();
  private readonly dropped = new Map<number, { queries: number; ms: number; rows: number }>();
  private readonly faults = new Set<string>();

  constructor(
    private readonly transport: Transport,
    private readonly sourceMapOf: (file: string) => string | undefined,
  ) {}

  /** An event without which others make no sense: it goes out ahead of the calls that wait to be put into words. */
  define(event: ProbeEvent): boolean {
    return this.transport.send(JSON.stringify(event) + '\n', 'definition');
  }

  /** An event in its place among calls and queries; left out where there is no room. */
  detail(event: ProbeEvent): void {
    this.log.line(JSON.stringify(event) + '\n');
    this.transport.wake(now());
  }

  /** Puts into words what waits. Called by the transport, whenever it is about to write. */
  fill(): void {
    if (this.dropped.size > 0) this.flushDropped('detail');
    if (this.log.length > 0) this.log.drain(this.sendLine, this.countDropped);
  }

  startScope(kind: ScopeState['kind'], name: string, path: string | null, facts: ScopeFacts = {}): ScopeState {
    const scope = this.expectScope(kind, name, path, facts);
    this.begin(scope);
    return scope;
  }

  /** A scope that begins with the first call in it; where none comes, only a test does, with its end. */
  expectScope(kind: ScopeState['kind'], name: string, path: string | null = null, facts: ScopeFacts = {}): ScopeState {
    const t = now();
    if (kind === 'test') this.tests++;
    return {
      id: ++this.lastId.scope,
      kind,
      name,
      isTold: false,
      endedAt: undefined,
      findName: undefined,
      isNamed: false,
      lastSeen: t,
      unbegun: { path, t, facts },
      streak: new SiteStreak(),
    };
  }

  /** What was before does not count: a scope that has not begun does so from now on, at the earliest. */
  restart({ unbegun }: ScopeState): void {
    if (unbegun) unbegun.t = now();
  }

  private begin(scope: ScopeState): void {
    const { unbegun } = scope;
    if (!unbegun) return;
    scope.unbegun = undefined;
    this.log.scope({ began: scope, ...unbegun });
    this.logged(unbegun.t);
  }

  renameScope(scope: ScopeState, name: string): void {
    if (name === scope.name) return;
    scope.name = name;
    if (scope.isTold) this.define({ e: 'scopeName', id: scope.id, name });
  }

  endScope(scope: ScopeState, status: number | null, responseHash: string | null, endedAt = now()): void {
    if (scope.endedAt !== undefined) return;
    if (scope.kind === 'test') this.begin(scope);
    if (scope.unbegun) return void (scope.endedAt = endedAt);
    this.improveName(scope);
    scope.findName = undefined;
    this.beforeScopeEnd?.(scope);
    scope.endedAt = endedAt;
    this.fill();
    this.define({ e: 'scopeEnd', id: scope.id, t: scope.endedAt, status, responseHash });
    // A test's process may be killed, and a script end by a signal of its own, as soon as it is over; servers answer on and on.
    if (scope.kind === 'test' || scope.kind === 'custom') this.transport.flush();
    else this.transport.flushSoon(scope.kind === 'http');
  }

  /** The site of the current call, seen from the caller of `below`; 0 where no user code is on the stack. */
  site(below: object): number {
    return this.idOf(captureSite(below));
  }

  /** The calls among which one in this context is. */
  streakOf(context: ProbeContext | undefined): SiteStreak {
    return context?.scope?.streak ?? this.streak;
  }

  /** Before the first call of a request: what requests of its route are called, each by its own path where no framework tells the route. */
  openingOf(context: ProbeContext | undefined): string | undefined {
    const scope = context?.scope;
    if (!scope?.streak.isNew) return undefined;
    if (scope.findName && !scope.isNamed) this.improveName(scope);
    return scope.isNamed ? scope.name : scope.name.replace(KEYS_IN_PATH, '/:');
  }

  /** Under which a site is told; 0 for none. */
  idOf(site: CapturedSite | undefined): number {
    return site ? site.id || this.defineSite(site) : 0;
  }

  startOperation(start: OperationStart, scope: ScopeState | null, parent: OperationState | null, site: number): OperationState {
    const t = now();
    const livingScope = scope?.endedAt !== undefined && t - scope.endedAt > LATE_MS ? null : scope;
    if (livingScope?.findName && !livingScope.isNamed) this.improveName(livingScope);
    if (livingScope) this.begin(livingScope);
    const operation: OperationState = {
      id: ++this.lastId.operation,
      start,
      scope: livingScope,
      parent: parent?.id ?? 0,
      site,
      source: start.source,
      t,
      entities: 0,
      roots: 0,
      returned: false,
      lazyLoader: undefined,
    };
    this.log.start(operation);
    this.logged(t);
    return operation;
  }

  endOperation(operation: OperationState, error: unknown): void {
    const t = now();
    if (operation.scope) operation.scope.lastSeen = t;
    this.log.end(operation, t, error === undefined ? null : describeError(error));
    this.logged(t);
  }

  query(operation: OperationState, sqlText: string, parameters: unknown, t: number, ms: number, outcome: QueryOutcome): void {
    const sql = this.sql(sqlText);
    const { rows, values, error, waitMs, target } = outcome;
    // Spreading the outcome would take as long as all the rest of this.
    this.log.query({ operation, id: ++this.lastId.query, sql, parameters: copyParameters(parameters), t, ms, rows, values, error, waitMs, target });
    this.logged(t + ms);
  }

  /** Says once that something of the probe itself went wrong; the app goes on without it. */
  fault(where: string, error: unknown): void {
    const message = `${where}: ${describeError(error)}`;
    if (this.faults.has(message) || this.faults.size >= 100) return;
    this.faults.add(message);
    this.define({ e: 'notice', message });
  }

  /** Sends what waits, as far as that goes without waiting. */
  flush(): void {
    this.transport.flush();
  }

  /** The last words of the process. */
  bye(): void {
    this.beforeBye?.();
    leaveVitestScope(this);
    endOpenScopes(this);
    this.fill();
    this.flushDropped('last');
    this.transport.send(JSON.stringify({ e: 'bye', t: now() } satisfies ProbeEvent) + '\n', 'last');
    this.transport.flushAtExit();
  }

  private readonly sendLine = (line: string, importance: Importance): boolean => this.transport.send(line, importance);

  private logged(t: number): void {
    if (this.log.length >= MAX_LOGGED) this.fill();
    this.transport.wake(t);
  }

  private improveName(scope: ScopeState): void {
    const name = scope.findName?.();
    if (!name) return;
    scope.isNamed = true;
    this.renameScope(scope, name);
  }

  private defineSite(site: CapturedSite): number {
    const { frames } = site;
    for (const { file } of frames) this.defineSourceMap(file);
    const id = this.lastId.site + 1;
    // A SiteEvent, put together from words that are there already.
    const words = frames.map(({ json }) => json).join();
    if (!this.transport.send(`{"e":"site","id":${id},"frames":[${words}]}\n`, 'definition')) return 0;
    this.lastId.site = id;
    site.id = id;
    site.frames = [];
    return id;
  }

  private defineSourceMap(file: string): void {
    if (this.filesSeen.has(file)) return;
    const map = this.sourceMapOf(file);
    const event: SourceMapEvent | undefined = map === undefined ? undefined : { e: 'map', file, map };
    if (!event || this.define(event)) this.filesSeen.add(file);
  }

  private sql(text: string): number | string {
    const place = text.length < LONG_SQL_TEXT ? text.length % RECENT_SQL_TEXTS : undefined;
    const recent = place === undefined ? undefined : this.recentSql[place];
    if (recent?.text === text) return recent.id;
    const id = this.sqlIds.get(text) ?? this.defineSql(text);
    if (id === undefined) return text;
    if (place !== undefined) this.recentSql[place] = { text, id };
    return id;
  }

  private defineSql(text: string): number | undefined {
    if (this.sqlIds.size >= MAX_SQL_TEXTS) return undefined;
    const id = this.lastId.sql + 1;
    if (!this.define({ e: 'sql', id, text })) return undefined;
    this.lastId.sql = id;
    this.sqlIds.set(text, id);
    return id;
  }

  private readonly countDropped = ({ operation, ms, rows }: QueryEntry): void => {
    const scope = operation.scope?.id ?? 0;
    const count = this.dropped.get(scope) ?? { queries: 0, ms: 0, rows: 0 };
    this.dropped.set(scope, { queries: count.queries + 1, ms: count.ms + Math.round(ms * 1000) / 1000, rows: count.rows + rows });
  };

  private flushDropped(importance: Importance): void {
    for (const [scope, count] of this.dropped) {
      if (!this.transport.send(JSON.stringify({ e: 'dropped', scope, ...count } satisfies ProbeEvent) + '\n', importance)) return;
      this.dropped.delete(scope);
    }
  }
}

/** Also those of another realm (Jest's). */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

export function describeError(error: unknown): string {
  try {
    return isError(error) ? `${error.name}: ${error.message}`.slice(0, 2_000) : String(error).slice(0, 2_000);
  } catch {
    return 'unknown error';
  }
}
