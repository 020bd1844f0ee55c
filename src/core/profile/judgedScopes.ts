/** What was found in each scope. Findings of the oldest scopes are forgotten where there are too many; how many there were is not. */
import { bounds, type ScopeRecord } from './evidence';
import type { Finding, ScopeFindings, SuppressedFinding } from './queryProfile';

export interface JudgedScope {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly warnings: number;
  readonly infos: number;
}

const NOTHING: JudgedScope = { findings: [], suppressed: [], warnings: 0, infos: 0 };

export class JudgedScopes {
  /** Findings that are only counted any more. */
  forgotten = 0;
  private readonly byScope = new Map<number, JudgedScope>();
  /** Of scopes that may be judged again: a finding found again keeps its id. */
  private readonly ids = new Map<number, Map<string, number>>();
  /** Told of each scope whose findings are forgotten. */
  onForgotten: ((scope: number) => void) | undefined;
  /** Settled scopes with findings, oldest first. */
  private readonly settled: number[] = [];
  /** Scopes whose findings are others than were told last. */
  private readonly changed = new Set<number>();
  private kept = 0;
  private lastId = 0;

  of(scope: ScopeRecord): JudgedScope {
    return this.byScope.get(scope.id) ?? NOTHING;
  }

  /** Its findings, suppressed ones last. */
  allOf(scope: ScopeRecord): Finding[] {
    const { findings, suppressed } = this.of(scope);
    return [...findings, ...suppressed.map(({ finding }) => finding)];
  }

  /** @returns whether the findings are others than before */
  note(scope: ScopeRecord, findings: readonly Finding[], suppressed: readonly SuppressedFinding[]): boolean {
    const before = this.of(scope);
    this.kept += findings.length + suppressed.length - countOf(before);
    const isNews = !areSame(findings, before.findings);
    if (isNews) this.changed.add(scope.id);
    const warnings = findings.filter(({ severity }) => severity === 'warning').length;
    this.byScope.set(scope.id, { findings, suppressed, warnings, infos: findings.length - warnings });
    return isNews;
  }

  /** Of the scopes whose findings changed since the last call. */
  takeChanged(): ScopeFindings[] {
    const changed = [...this.changed].map((scope) => ({ scope, findings: this.byScope.get(scope)?.findings ?? [] }));
    this.changed.clear();
    return changed;
  }

  idOf(scope: ScopeRecord, key: string): number {
    let ids = this.ids.get(scope.id);
    if (ids === undefined) this.ids.set(scope.id, (ids = new Map()));
    const id = ids.get(key) ?? ++this.lastId;
    ids.set(key, id);
    return id;
  }

  /** The scope will not be judged again. */
  settle(scope: ScopeRecord): void {
    this.ids.delete(scope.id);
    if (countOf(this.of(scope)) > 0) this.settled.push(scope.id);
    while (this.kept > bounds.findings && this.settled.length > 0) this.forgetFindings(this.settled.shift() as number);
  }

  forget(scope: ScopeRecord): void {
    this.forgetFindings(scope.id);
    this.byScope.delete(scope.id);
    this.ids.delete(scope.id);
  }

  suppressed(): SuppressedFinding[] {
    return [...this.byScope.values()].flatMap(({ suppressed }) => suppressed);
  }

  clear(): void {
    this.byScope.clear();
    this.ids.clear();
    this.settled.length = 0;
    this.changed.clear();
    this.kept = 0;
    this.forgotten = 0;
  }

  private forgetFindings(id: number): void {
    const judged = this.byScope.get(id);
    if (!judged || countOf(judged) === 0) return;
    if (judged.findings.length > 0) this.changed.add(id);
    this.kept -= countOf(judged);
    this.forgotten += countOf(judged);
    this.byScope.set(id, { ...judged, findings: [], suppressed: [] });
    this.onForgotten?.(id);
  }
}

/** Suppressed ones are kept as well: the user may change his mind. */
function countOf({ findings, suppressed }: JudgedScope): number {
  return findings.length + suppressed.length;
}

/** A scope that is judged again has findings made anew, though most often of the same content. */
function areSame(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === b.length && a.every((finding, index) => finding === b[index] || JSON.stringify(finding) === JSON.stringify(b[index]));
}
