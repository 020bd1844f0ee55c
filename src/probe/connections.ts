/**
 * What a query waited for before it was sent: for a connection of the pool, or for the statement before it on the same one (a connection runs one
 * at a time, so parallel calls within a transaction stand in line). That is no time of the database's.
 */
import { now } from './clock';
import { patchMethod } from './patch';
import { isPromise } from './promises';

/** Shorter ones are the event loop's own. Milliseconds. */
const SHORTEST_MS = 0.1;

interface RunnerLike {
  /** Set once the runner has a connection of its own; SQLite's runners share the one of their driver and have none. */
  readonly databaseConnection?: object;
  readonly mode?: string;
  readonly driver?: {
    readonly isReplicated?: boolean;
    readonly slaves?: readonly unknown[];
    readonly master?: Partial<PoolLike>;
    /** SQLite's only one. */
    readonly databaseConnection?: unknown;
  };
}

/** PostgreSQL's pool. */
interface PoolLike {
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** A query, as far as it waits. */
export interface Waiting {
  readonly startedAt: number;
  /** For a connection, in milliseconds. */
  waitMs: number;
}

/** The query that is being handed to its runner just now. */
let asking: Waiting | null = null;
const lastEnd = new WeakMap<object, number>();
/** Classes of runners that have none of their own, as their answered queries have shown. */
const withoutConnection = new WeakSet<object>();
/** Queries that have been asked and are not over. */
let underWay = 0;

/** Runners get their connection by `connect()`, which `query()` calls before anything else. */
export function hookConnect(prototype: object | undefined): void {
  patchMethod(
    prototype,
    'connect',
    (original) =>
      function (this: unknown, ...args) {
        const waiting = asking;
        const waitsForNobody = waiting === null || isAnyIdle(this as RunnerLike);
        const answer = original.apply(this, args);
        if (waitsForNobody || hasConnection(this) || !isPromise(answer)) return answer;
        const settled = () => void (waiting.waitMs += now() - waiting.startedAt);
        answer.then(settled, settled);
        return answer;
      },
  );
}

/** A runner's `query` is about to be called; `stopAsking` says that the call is over. What it waits for a connection is added to `query`. */
export function startAsking(runner: unknown, query: Waiting): void {
  underWay++;
  asking = hasConnection(runner) || withoutConnection.has(classOf(runner)) ? null : query;
}

export function stopAsking(): void {
  asking = null;
}

/** Milliseconds of `from … to` that the query was not with the database yet. To be asked once for each query, in the order of their ends. */
export function waitedMs(runner: unknown, { waitMs }: Waiting, from: number, to: number, isAnswered: boolean): number {
  const others = --underWay;
  if (isAnswered && !hasConnection(runner)) withoutConnection.add(classOf(runner));
  const line = hasConnection(runner) ? runner : sharedConnection(runner);
  if (!line) return 0;
  const inLine = Math.max(0, (lastEnd.get(line) ?? 0) - from);
  // Who is asked one thing after the other never asks for it: most runners are used once, and would fill the map.
  if (others > 0) lastEnd.set(line, to);
  const waited = Math.min(Math.max(waitMs, inLine), to - from);
  return waited < SHORTEST_MS ? 0 : waited;
}

/** When rows had come, where that is known better than by who waits for them: parallel statements of SQLite run behind one another before anybody hears of the first. */
const answeredAt = new WeakMap<object, number>();

/** A runner tells that a statement gave these rows, as it does right after it (`Broadcaster.broadcastAfterQueryEvent`). A single one is heard of at once. */
export function noteAnswer(runner: unknown, rows: unknown): void {
  if (underWay > 1 && typeof rows === 'object' && rows !== null && sharedConnection(runner)) answeredAt.set(rows, now());
}

/** When the rows of a result had come; undefined where nobody told. */
export function answeredSince(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null) return undefined;
  const raw: unknown = Array.isArray(result) ? result : (result as { readonly raw?: unknown }).raw;
  return typeof raw === 'object' && raw !== null ? answeredAt.get(raw) : undefined;
}

/** Whether all of a DataSource's statements stand in one line: who waits there waits for no connection of a pool. */
export function sharesConnection(runner: unknown): boolean {
  return !hasConnection(runner) && sharedConnection(runner) !== undefined;
}

function sharedConnection(runner: unknown): object | undefined {
  const connection = (runner as RunnerLike).driver?.databaseConnection;
  return typeof connection === 'object' && connection !== null ? connection : undefined;
}

/** With replication: who answered, `master db-1:5432` or `replica db-2:5432`. */
export function targetOf(runner: unknown): string | undefined {
  const { mode, driver, databaseConnection } = runner as RunnerLike;
  if (driver?.isReplicated !== true) return undefined;
  // Without any replica, TypeORM asks the master instead.
  const role = mode === 'slave' && driver.slaves?.length !== 0 ? 'replica' : 'master';
  const host = hostOf(databaseConnection);
  return host === undefined ? role : `${role} ${host}`;
}

/** Whether a connection of the pool has nothing to do and nobody else is about to get it: it is handed over with the next tick then. */
function isAnyIdle({ driver }: RunnerLike): boolean {
  const { idleCount, waitingCount } = driver?.master ?? {};
  return driver?.isReplicated === false && idleCount !== undefined && waitingCount !== undefined && idleCount > waitingCount;
}

function classOf(runner: unknown): object {
  return Reflect.getPrototypeOf(runner as object) ?? (runner as object);
}

function hasConnection(runner: unknown): runner is RunnerLike & { readonly databaseConnection: object } {
  const connection: unknown = (runner as RunnerLike).databaseConnection;
  return typeof connection === 'object' && connection !== null;
}

/** As the clients of PostgreSQL (`host`, `port`) and MySQL (`config`) tell. */
function hostOf(connection: unknown): string | undefined {
  const { host, port, config } = (connection ?? {}) as { host?: unknown; port?: unknown; config?: unknown };
  if (typeof host === 'string' && host !== '') return typeof port === 'number' ? `${host}:${port}` : host;
  return config === connection || typeof config !== 'object' ? undefined : hostOf(config);
}
