import type { OperationEndEvent, OperationStartEvent, ProbeEvent, QueryEvent, ScopeStartEvent } from '../../protocol/probe';
import { bounds, type Call, type CallStack, type OperationRecord, type QueryRecord, type ScopeRecord } from './evidence';
import { MetadataIndex } from './metadataIndex';
import { noteQuery, noteStreamed } from './noteQuery';
import { noteUnloaded, noteUnsaved, ReadsBook } from './noteReads';
import type { RunRecord } from './runRecord';
import { fingerprint } from './sql/fingerprint';
import { toKey } from './sql/statementFacts';
import type { UsualTimes } from './usualTimes';

/** Operations of a process that a late event can still name. */
const KEPT_OPERATIONS = 4_000;
/** Ended scopes that a late event can still name. */
const KEPT_ENDED_SCOPES = 2_000;
/** SQL texts of a process; the probe sends a text again as text once its own table is full. */
const KEPT_TEXTS = 20_000;

interface SqlText {
  readonly text: string;
  readonly shape: string;
  readonly shapeId: number;
  readonly kind: QueryRecord['kind'];
  readonly housekeeping: boolean;
}

/** Reads the events of one process: its ids are its own, and become the run's here. */
export class ProcessReader {
  private readonly sources = new Map<number, MetadataIndex>();
  private readonly stacks = new Map<number, CallStack | null>();
  private readonly texts = new Map<number, SqlText | string>();
  private readonly scopes = new Map<number, ScopeRecord>();
  private readonly operations = new Map<number, OperationRecord>();
  private readonly endedScopes: number[] = [];
  private readonly afterResponse = new Map<ScopeRecord, ScopeRecord>();
  /** Of those, the ones that have not ended, the oldest first. */
  private readonly openAfterwards: ScopeRecord[] = [];
  private readonly reads: ReadsBook;
  private timeOrigin = 0;
  /** Whether the process has loaded TypeORM 0.3. */
  private isBefore1 = false;
  private ended = false;

  constructor(
    private readonly run: RunRecord,
    private readonly id: string,
    private readonly times: UsualTimes,
  ) {
    this.reads = new ReadsBook(run);
  }

  add(event: ProbeEvent): void {
    switch (event.e) {
      case 'hello':
        this.timeOrigin = event.timeOrigin;
        if (this.run.root === '') this.run.setRoot(event.cwd);
        return;
      case 'typeorm':
        this.run.typeormVersions.add(event.version);
        this.isBefore1 ||= event.version.startsWith('0.');
        return;
      case 'metadata':
        this.sources.set(event.source, new MetadataIndex(event, this.id, !this.isBefore1));
        this.run.drivers.add(event.driver);
        return;
      case 'site':
        this.stacks.set(event.id, this.run.callStack(event.frames));
        return;
      case 'scope':
        // Between two tests run their hooks: what one does before every test is no loop.
        if (event.kind === 'test') this.run.renewUnattributed();
        this.openScope(event);
        return this.noteCarrier(event.within ?? 0);
      case 'scopeName':
        return this.rename(event.id, event.name);
      case 'scopeEnd':
        return this.endScope(event.id, event.t, event.status, event.responseHash);
      case 'op':
        return this.startOperation(event);
      case 'opEnd':
        return this.endOperation(event);
      case 'sql':
        if (this.texts.size >= KEPT_TEXTS) this.texts.delete(this.texts.keys().next().value as number);
        this.texts.set(event.id, event.text);
        return;
      case 'query':
        return this.query(event);
      case 'streamed': {
        const operation = this.operations.get(event.op);
        if (!operation) return;
        noteStreamed(operation, event.values);
        return this.run.touch(operation.scope);
      }
      case 'reads': {
        const operation = this.operations.get(event.op);
        if (operation) this.reads.note(operation, event);
        return;
      }
      case 'unloaded': {
        const operation = this.operations.get(event.op);
        if (operation) noteUnloaded(this.run, operation, event, this.stacks.get(event.site) ?? null);
        return;
      }
      case 'unsaved': {
        const operation = this.operations.get(event.op);
        if (operation) noteUnsaved(this.run, operation, event);
        return;
      }
      case 'dropped':
        return this.countDropped(event.scope, event.queries, event.rows, event.ms);
      case 'notice':
        if (this.run.notices.length < 100) this.run.notices.push(event.message);
        return;
      case 'bye':
        return this.end();
      case 'map':
        return;
    }
  }

  /** Ends what is open, at the last moment heard of it. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const scope of [...this.scopes.values(), ...this.afterResponse.values()]) this.run.endScope(scope, scope.lastMs);
    this.run.endUnattributed();
  }

  private epoch(t: number): number {
    return this.timeOrigin + t;
  }

  /** The run's id of one of the process's scopes; 0 where there is none. */
  scopeId(id: number): number {
    return this.scopes.get(id)?.id ?? 0;
  }

  private openScope(event: ScopeStartEvent): void {
    const goesOnFrom = this.scopes.get(event.follows ?? 0) ?? null;
    this.scopes.set(event.id, this.run.openScope(event.kind, event.name, event.path, this.epoch(event.t), event, goesOnFrom));
  }

  private noteCarrier(id: number): void {
    const scope = this.scopes.get(id);
    if (scope === undefined || scope.carries) return;
    scope.carries = true;
    this.run.show(scope);
  }

  private rename(id: number, name: string): void {
    const scope = this.scopes.get(id);
    if (scope === undefined || scope.name === name) return;
    scope.name = name;
    this.run.touch(scope);
  }

  private endScope(id: number, t: number, status: number | null, responseHash: string | null): void {
    const scope = this.scopes.get(id);
    if (scope === undefined) return;
    scope.status = status;
    scope.responseHash = responseHash;
    this.run.endScope(scope, this.epoch(t));
    this.endedScopes.push(id);
    if (this.endedScopes.length > KEPT_ENDED_SCOPES) this.forgetScope(this.endedScopes.shift() as number);
  }

  private forgetScope(id: number): void {
    const scope = this.scopes.get(id);
    if (scope) this.afterResponse.delete(scope);
    this.scopes.delete(id);
  }

  /** The scope of something that began at `startMs`; what begins after the response was sent has a bucket of its own (case J12). */
  private scopeAt(id: number, startMs: number): ScopeRecord {
    const scope = this.scopes.get(id);
    if (scope === undefined) return this.run.unattributedScope(startMs);
    if (scope.endMs === null || startMs <= scope.endMs) return scope;
    let after = this.afterResponse.get(scope);
    if (after === undefined) {
      after = this.run.openScope('unattributed', `after ${scope.name}`, scope.path, startMs, {}, scope);
      this.afterResponse.set(scope, after);
      this.endOldAfterwards(after);
    }
    return after;
  }

  /** Nobody tells when what goes on after a response is over: the oldest is taken to be, so that its evidence does not stay for good. */
  private endOldAfterwards(newest: ScopeRecord): void {
    this.openAfterwards.push(newest);
    if (this.openAfterwards.length <= bounds.openAfterwards) return;
    const oldest = this.openAfterwards.shift() as ScopeRecord;
    this.run.endScope(oldest, oldest.lastMs);
  }

  private startOperation(event: OperationStartEvent): void {
    const startMs = this.epoch(event.t);
    const parent = this.operations.get(event.parent) ?? null;
    const stack = this.stacks.get(event.site) ?? null;
    const scope = this.scopeAt(event.scope, startMs);
    const isStep = parent !== null && isStepInside(stack, parent, event.api);
    const call: Call = isStep ? parent.call : newCall(stack ?? parent?.stack ?? null, startMs);
    const operation: OperationRecord = {
      id: this.run.nextId('operation'),
      scope,
      parent,
      api: event.api,
      entity: event.entity,
      relation: event.relation,
      stack: stack ?? parent?.stack ?? null,
      source: this.sources.get(event.source) ?? null,
      startMs,
      endMs: null,
      queryCount: 0,
      rawRows: 0,
      entities: 0,
      roots: 0,
      dbTimeMs: 0,
      error: null,
      owner: this.operations.get(event.ownerOperation ?? 0) ?? null,
      ownerKey: event.ownerKey ? event.ownerKey.map((part) => toKey(part) ?? '').join('|') : null,
      call,
    };
    call.operation ??= operation;
    this.remember(event.id, operation);
    if (scope.operations !== null && scope.operations.length < bounds.detailsPerScope) scope.operations.push(operation);
    else this.run.dropped++;
  }

  private remember(id: number, operation: OperationRecord): void {
    this.operations.set(id, operation);
    if (this.operations.size <= KEPT_OPERATIONS) return;
    let excess = KEPT_OPERATIONS / 4;
    for (const [oldId, old] of this.operations) {
      if (old.endMs !== null) this.operations.delete(oldId);
      if (--excess === 0) return;
    }
  }

  private endOperation(event: OperationEndEvent): void {
    const operation = this.operations.get(event.id);
    if (operation === undefined) return;
    operation.endMs = this.epoch(event.t);
    operation.entities = event.entities;
    operation.roots = event.roots;
    operation.error = event.error;
    operation.call.endMs = Math.max(operation.call.endMs, operation.endMs);
    operation.scope.lastMs = Math.max(operation.scope.lastMs, operation.endMs);
    this.run.touch(operation.scope);
    this.reads.meet(operation);
  }

  private query(event: QueryEvent): void {
    const startMs = this.epoch(event.t);
    const operation = this.operations.get(event.op) ?? null;
    const scope = operation?.scope ?? this.scopeAt(event.scope, startMs);
    const source = this.sources.get(event.source) ?? null;
    const stack = this.stacks.get(event.site) ?? operation?.call.stack ?? null;
    const { text, ...statement } = this.text(event.sql, source);
    const query: QueryRecord = {
      id: this.run.nextId('query'),
      operation,
      source,
      sql: text,
      ...statement,
      parameters: event.params ?? null,
      startMs,
      durationMs: event.ms,
      waitMs: event.waitMs ?? 0,
      target: event.target ?? null,
      rows: event.rows,
      error: event.error,
      stack,
    };
    const call = operation?.call ?? newCall(stack, startMs);
    this.times.note(query);
    this.run.list(scope, query, noteQuery(scope, query, call, event.values ?? null));
    this.run.touch(scope);
  }

  private text(sql: number | string, source: MetadataIndex | null): SqlText {
    const known = typeof sql === 'string' ? sql : (this.texts.get(sql) ?? '');
    if (typeof known !== 'string') return known;
    const { shape, kind, housekeeping } = fingerprint(known, source?.dialect ?? null);
    const read = { text: known, shape, shapeId: this.run.shapeId(shape), kind, housekeeping };
    if (typeof sql === 'number') this.texts.set(sql, read);
    return read;
  }

  private countDropped(scopeId: number, queries: number, rows: number, ms: number): void {
    const scope = this.scopes.get(scopeId) ?? this.run.unattributedScope(this.timeOrigin);
    scope.count += queries;
    scope.rows += rows;
    scope.dbTimeMs += ms;
    this.run.dropped += queries;
    this.run.touch(scope);
  }
}

function newCall(stack: CallStack | null, startMs: number): Call {
  return { operation: null, stack, shapes: new Map(), queries: [], startMs, endMs: startMs, pattern: null, housekeeping: 0, isSampled: false };
}

/**
 * Whether an operation is TypeORM calling itself (`Repository.find` → `getMany`) rather than user code called back (a subscriber, the
 * callback of a transaction): its stack then enters TypeORM at the same place. A lazy load is always somebody's read.
 */
function isStepInside(stack: CallStack | null, parent: OperationRecord, api: string): boolean {
  if (api === 'lazy') return false;
  const inner = stack?.frames[0];
  const outer = parent.call.stack?.frames[0];
  if (inner === undefined) return true;
  return outer !== undefined && inner.file === outer.file && inner.line === outer.line && inner.column === outer.column;
}
