import type { SiteFrame } from '../../protocol/probe';
import { graphPath } from '../model/graphPath';
import { bounds, type CallStack, emptyEvidence, type GroupRecord, type QueryRecord, type ScopeRecord, type SelfCall } from './evidence';
import { foldAwaiter } from './foldAwaiter';
import { listQuery } from './listedQueries';
import type { ScopeKind } from './queryProfile';

/** Name of the scope of what no request, job or test claims. */
export const OUTSIDE_NAME = 'outside of any request';

/** What all processes of a run share: ids, scopes in order, interned call stacks, and the bounds on details. */
export class RunRecord {
  readonly scopes = new Map<number, ScopeRecord>();
  readonly typeormVersions = new Set<string>();
  readonly drivers = new Set<string>();
  readonly notices: string[] = [];
  dropped = 0;
  /** A scope's evidence is gone: what was found in it is final. */
  onSettled: ((scope: ScopeRecord) => void) | undefined;
  /** A scope is gone altogether. */
  onForgotten: ((scope: ScopeRecord) => void) | undefined;
  /** The app's folder with a slash at its end; empty until a process has said hello. */
  root = '';
  private lastId = { scope: 0, operation: 0, query: 0, shape: 0 };
  private unattributed: ScopeRecord | null = null;
  private readonly stacks = new Map<string, CallStack>();
  private readonly shapes = new Map<string, number>();
  private readonly changed = new Set<ScopeRecord>();
  private readonly unjudged = new Set<ScopeRecord>();
  /** Judged, but for what has been seen in other scopes since. */
  private readonly reconsidered = new Set<ScopeRecord>();
  private listedQueries = 0;
  private oldestListed = 1;
  /** Names of scopes that have ended, in the whole run: what is cleared away has still been there. */
  private readonly endedNames = new Set<string>();
  private readonly endedWithEvidence: ScopeRecord[] = [];

  setRoot(folder: string): void {
    this.root = `${graphPath(folder).replace(/\/$/, '')}/`;
  }

  /**
   * @param detailedQueries queries listed over all scopes
   * @param keptScope the scope whose list gives way to none
   */
  constructor(
    private readonly detailedQueries: number,
    private readonly keptScope: number | null = null,
  ) {}

  nextId(of: 'scope' | 'operation' | 'query'): number {
    return ++this.lastId[of];
  }

  openScope(
    kind: ScopeKind,
    name: string,
    path: string | null,
    startMs: number,
    facts: Partial<Pick<ScopeRecord, 'request' | 'asked'>> = {},
    goesOnFrom: ScopeRecord | null = null,
  ): ScopeRecord {
    const scope: ScopeRecord = {
      id: this.nextId('scope'),
      kind,
      name,
      path,
      request: facts.request,
      asked: facts.asked,
      carries: false,
      startMs,
      endMs: null,
      lastMs: startMs,
      isFirst: false,
      waitMs: 0,
      status: null,
      responseHash: null,
      count: 0,
      rows: 0,
      dbTimeMs: 0,
      queries: [],
      late: { newGroups: 0, slowest: [] },
      operations: [],
      groups: new Map(),
      evidence: emptyEvidence(goesOnFrom?.evidence ?? null),
    };
    this.scopes.set(scope.id, scope);
    this.forgetOldestScope();
    this.touch(scope);
    return scope;
  }

  /** Where everything goes that no request, job or test claims. */
  unattributedScope(startMs: number): ScopeRecord {
    return (this.unattributed ??= this.openScope('unattributed', OUTSIDE_NAME, null, startMs));
  }

  endUnattributed(): void {
    if (this.unattributed) this.endScope(this.unattributed, this.unattributed.lastMs);
  }

  /** What nothing claims from now on has a scope of its own: none of it is a repeat of what came before. */
  renewUnattributed(): void {
    this.endUnattributed();
    this.unattributed = null;
  }

  endScope(scope: ScopeRecord, endMs: number): void {
    if (scope.endMs !== null) return;
    scope.endMs = endMs;
    scope.isFirst = this.isFirstOfName(scope.name);
    this.touch(scope);
    this.endedWithEvidence.push(scope);
  }

  private isFirstOfName(name: string): boolean {
    if (this.endedNames.has(name) || this.endedNames.size >= bounds.scopes) return false;
    this.endedNames.add(name);
    return true;
  }

  touch(scope: ScopeRecord): void {
    this.changed.add(scope);
    this.unjudged.add(scope);
  }

  /** What was seen in another scope may change what is found in this one; judged again when that is asked for, or at once where it is news. */
  reconsider(scope: ScopeRecord, isNews: boolean): void {
    (isNews ? this.unjudged : this.reconsidered).add(scope);
  }

  /** Something else is told of it, though nothing happened in it. */
  show(scope: ScopeRecord): void {
    this.changed.add(scope);
  }

  takeChanged(): ScopeRecord[] {
    const scopes = [...this.changed];
    this.changed.clear();
    return scopes;
  }

  /** Scopes to be judged, in the order of their start; also those that may only have been seen in another light since. */
  unjudgedScopes(isExact: boolean): readonly ScopeRecord[] {
    return [...new Set([...this.unjudged, ...(isExact ? this.reconsidered : [])])].sort((a, b) => a.id - b.id);
  }

  /** Whether the scope, or what is seen in it, changed since it was last judged; asking marks it judged. */
  takeUnjudged(scope: ScopeRecord): boolean {
    const isReconsidered = this.reconsidered.delete(scope);
    const isUnjudged = this.unjudged.delete(scope) || isReconsidered;
    if (isUnjudged && scope.endMs !== null) this.dropOldEvidence();
    return isUnjudged;
  }

  /** Lists a query of a scope where it is one to be listed, at the cost of the oldest scopes' lists. */
  list(scope: ScopeRecord, query: QueryRecord, group: GroupRecord | null): void {
    const added = listQuery(scope, query, group);
    if (added !== 1) this.dropped++;
    this.listedQueries += added ?? 0;
    while (this.listedQueries > this.detailedQueries && this.oldestListed < scope.id) this.dropDetails(this.oldestListed++);
  }

  shapeId(shape: string): number {
    let id = this.shapes.get(shape);
    if (id === undefined) {
      // An app that never asks the same thing twice must not fill the memory; shapes seen before then count as new ones.
      if (this.shapes.size >= bounds.shapes) this.shapes.clear();
      this.shapes.set(shape, (id = ++this.lastId.shape));
    }
    return id;
  }

  callStack(frames: readonly SiteFrame[]): CallStack | null {
    const unfolded = foldAwaiter(frames);
    const folded = foldRecursion(unfolded);
    const first = folded[0];
    if (first === undefined) return null;
    const key = folded.map(({ file, line, column }) => `${file}:${line}:${column}`).join('|');
    let stack = this.stacks.get(key);
    if (stack === undefined) {
      stack = {
        id: this.stacks.size + 1,
        key,
        frames: folded,
        site: { file: graphPath(first.file), line: first.line, column: first.column, function: first.function },
        recursion: null,
      };
      this.stacks.set(key, stack);
    }
    if (folded.length < unfolded.length) stack.recursion ??= selfCallIn(folded, unfolded);
    return stack;
  }

  clear(): void {
    this.scopes.clear();
    this.changed.clear();
    this.unjudged.clear();
    this.reconsidered.clear();
    this.endedWithEvidence.length = 0;
    this.unattributed = null;
    this.dropped = 0;
    this.listedQueries = 0;
    this.oldestListed = this.lastId.scope + 1;
  }

  private dropDetails(id: number): void {
    if (id === this.keptScope) return;
    const scope = this.scopes.get(id);
    const count = scope?.queries?.length ?? 0;
    if (scope === undefined || count === 0) return;
    this.listedQueries -= count;
    this.dropped += count;
    scope.queries = null;
    scope.late.slowest.length = 0;
    scope.operations = null;
    for (const group of scope.groups.values()) group.queryIds.length = 0;
    if (scope.evidence === null) scope.groups.clear();
  }

  /** Ended scopes that must be judged now because their evidence has to go. */
  overdue(): readonly ScopeRecord[] {
    if (this.endedWithEvidence.length <= bounds.openEvidence) return [];
    return this.endedWithEvidence.slice(0, this.endedWithEvidence.length - bounds.openEvidence);
  }

  private dropOldEvidence(): void {
    while (this.endedWithEvidence.length > bounds.openEvidence) {
      const oldest = this.endedWithEvidence[0];
      if (oldest === undefined || this.unjudged.has(oldest) || this.reconsidered.has(oldest)) return;
      oldest.evidence = null;
      if (oldest.queries === null) oldest.groups.clear();
      this.endedWithEvidence.shift();
      this.onSettled?.(oldest);
    }
  }

  private forgetOldestScope(): void {
    if (this.scopes.size <= bounds.scopes) return;
    for (const scope of this.scopes.values()) {
      if (scope.endMs === null) continue;
      this.dropDetails(scope.id);
      this.scopes.delete(scope.id);
      this.onForgotten?.(scope);
      this.changed.delete(scope);
      this.unjudged.delete(scope);
      this.reconsidered.delete(scope);
      return;
    }
  }
}

/**
 * A recursion's levels have stacks of different depth; each named function is kept once, innermost, so that all levels look alike (case B15).
 */
function foldRecursion(frames: readonly SiteFrame[]): readonly SiteFrame[] {
  const seen = new Set<string>();
  return frames.filter(({ file, line, column, function: name }) => {
    const place = name === null ? `${file}:${line}:${column}` : `${file} ${name}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** The innermost function that stands in a stack several times. */
function selfCallIn(folded: readonly SiteFrame[], unfolded: readonly SiteFrame[]): SelfCall | null {
  for (const frame of folded) {
    const from = unfolded.find(
      (other) => other !== frame && other.function !== null && other.function === frame.function && other.file === frame.file,
    );
    if (from) return { frame, from };
  }
  return null;
}
