/**
 * Turns what the hooks see into events, gives out ids, and counts exactly what had to be left out. One per process, active only
 * while a collector listens.
 */
import type { ProbeEvent, SourceMapEvent } from '../protocol/probe';
import { captureSite, type CapturedSite } from './callSite';
import { now } from './clock';
import type { OperationState, ScopeState } from './context';
import type { ColumnValues } from './resultValues';
import type { Transport } from './transport';
import { copyParameters } from './values';

const MAX_SQL_TEXTS = 5_000;
const MAX_NAMES = 10_000;
/** A context outlives its request where the app started something in it that never ends (a timer): that is no part of the request. */
const LATE_MS = 60_000;

export interface QueryOutcome {
  readonly rows: number;
  readonly values: ColumnValues | undefined;
  readonly error: string | null;
}

export interface OperationStart {
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly source: number;
  readonly ownerOperation?: number;
  readonly ownerKey?: readonly unknown[];
}

export class Recorder {
  /** False once nobody listens any more: hooks then pass through. */
  active = true;
  /** Last words about a scope, and about the process. */
  beforeScopeEnd: ((scope: ScopeState) => void) | undefined;
  beforeBye: (() => void) | undefined;
  private lastId = { scope: 0, operation: 0, query: 0, site: 0, sql: 0 };
  private readonly sqlIds = new Map<string, number>();
  /** Names as JSON, which hot events are put together from. */
  private readonly quoted = new Map<string, string>();
  private readonly filesSeen = new Set<string>();
  private readonly dropped = new Map<number, { queries: number; ms: number; rows: number }>();
  private readonly faults = new Set<string>();

  constructor(
    private readonly transport: Transport,
    private readonly sourceMapOf: (file: string) => string | undefined,
  ) {}

  /** Events that are rare and without which the others make no sense. */
  define(event: ProbeEvent): boolean {
    return this.transport.send(JSON.stringify(event) + '\n', 'definition');
  }

  startScope(kind: ScopeState['kind'], name: string, path: string | null): ScopeState {
    const scope: ScopeState = { id: ++this.lastId.scope, kind, name, endedAt: undefined, findName: undefined };
    this.define({ e: 'scope', id: scope.id, kind, name, path, t: now() });
    return scope;
  }

  endScope(scope: ScopeState, status: number | null, responseHash: string | null): void {
    if (scope.endedAt !== undefined) return;
    this.improveName(scope);
    scope.findName = undefined;
    this.beforeScopeEnd?.(scope);
    scope.endedAt = now();
    this.define({ e: 'scopeEnd', id: scope.id, t: scope.endedAt, status, responseHash });
    this.transport.flush();
  }

  /** The site of the current call, seen from the caller of `below`; 0 where no user code is on the stack. */
  site(below: object): number {
    const site = captureSite(below);
    return site ? site.id || this.defineSite(site) : 0;
  }

  startOperation(start: OperationStart, scope: ScopeState | null, parent: OperationState | null, site: number): OperationState {
    const id = ++this.lastId.operation;
    const t = now();
    const livingScope = scope?.endedAt !== undefined && t - scope.endedAt > LATE_MS ? null : scope;
    if (livingScope) this.improveName(livingScope);
    // Put together by hand, as the other events of every query: JSON.stringify would cost as much as all the rest.
    this.detail(
      `{"e":"op","id":${id},"scope":${livingScope?.id ?? 0},"parent":${parent?.id ?? 0},"api":${this.quote(start.api)},"entity":${this.quote(start.entity)},` +
        `"relation":${this.quote(start.relation)},"site":${site},"source":${start.source},"t":${t}${ownerOf(start)}}\n`,
    );
    return { id, scope: livingScope, site, source: start.source, entities: 0, roots: 0, returned: false };
  }

  endOperation({ id, entities, roots }: OperationState, error: unknown): void {
    const text = error === undefined ? 'null' : JSON.stringify(describeError(error));
    this.detail(`{"e":"opEnd","id":${id},"t":${now()},"entities":${entities},"roots":${roots},"error":${text}}\n`);
  }

  query(
    operation: OperationState,
    sqlText: string,
    parameters: unknown,
    startedAt: number,
    duration: number,
    { rows, values, error }: QueryOutcome,
  ): void {
    const ms = Math.round(duration * 1000) / 1000;
    const sql = this.sql(sqlText);
    const params = copyParameters(parameters);
    const scope = operation.scope?.id ?? 0;
    const kept = this.detail(
      `{"e":"query","id":${++this.lastId.query},"op":${operation.id},"scope":${scope},"source":${operation.source},` +
        `"sql":${typeof sql === 'number' ? sql : JSON.stringify(sql)}${params ? `,"params":${JSON.stringify(params)}` : ''},"site":${operation.site},` +
        `"t":${startedAt},"ms":${ms},"rows":${rows},"error":${error === null ? 'null' : JSON.stringify(error)}` +
        `${values ? `,"values":${JSON.stringify(values)}` : ''}}\n`,
    );
    if (!kept) this.countDropped(scope, ms, rows);
  }

  /** Says once that something of the probe itself went wrong; the app goes on without it. */
  fault(where: string, error: unknown): void {
    const message = `${where}: ${describeError(error)}`;
    if (this.faults.has(message) || this.faults.size >= 100) return;
    this.faults.add(message);
    this.define({ e: 'notice', message });
  }

  /** The last words of the process. */
  bye(): void {
    this.beforeBye?.();
    this.flushDropped();
    this.define({ e: 'bye', t: now() });
    this.transport.flushAtExit();
  }

  private detail(line: string): boolean {
    if (this.dropped.size > 0) this.flushDropped();
    return this.transport.send(line, 'detail');
  }

  private quote(text: string | null): string {
    if (text === null) return 'null';
    let quoted = this.quoted.get(text);
    if (quoted === undefined) {
      quoted = JSON.stringify(text);
      if (this.quoted.size < MAX_NAMES) this.quoted.set(text, quoted);
    }
    return quoted;
  }

  private improveName(scope: ScopeState): void {
    const name = scope.findName?.();
    if (!name || name === scope.name) return;
    scope.name = name;
    this.define({ e: 'scopeName', id: scope.id, name });
  }

  private defineSite(site: CapturedSite): number {
    const { frames } = site;
    for (const { file } of frames) this.defineSourceMap(file);
    const id = this.lastId.site + 1;
    if (!this.define({ e: 'site', id, frames })) return 0;
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
    const known = this.sqlIds.get(text);
    if (known !== undefined) return known;
    if (this.sqlIds.size >= MAX_SQL_TEXTS) return text;
    const id = this.lastId.sql + 1;
    if (!this.define({ e: 'sql', id, text })) return text;
    this.lastId.sql = id;
    this.sqlIds.set(text, id);
    return id;
  }

  private countDropped(scope: number, ms: number, rows: number): void {
    const count = this.dropped.get(scope) ?? { queries: 0, ms: 0, rows: 0 };
    this.dropped.set(scope, { queries: count.queries + 1, ms: count.ms + ms, rows: count.rows + rows });
  }

  private flushDropped(): void {
    for (const [scope, count] of this.dropped) {
      if (!this.transport.send(JSON.stringify({ e: 'dropped', scope, ...count } satisfies ProbeEvent) + '\n', 'detail')) return;
      this.dropped.delete(scope);
    }
  }
}

function ownerOf({ ownerOperation, ownerKey }: OperationStart): string {
  if (ownerOperation === undefined) return '';
  return `,"ownerOperation":${ownerOperation}${ownerKey ? `,"ownerKey":${JSON.stringify(ownerKey)}` : ''}`;
}

export function describeError(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 2_000) : String(error).slice(0, 2_000);
  } catch {
    return 'unknown error';
  }
}
