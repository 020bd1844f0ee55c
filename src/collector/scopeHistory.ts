/**
 * What earlier runs measured, by scope name: the sparkline and before → after. One small file per storage folder, shared by
 * whatever collects there; the latest run is last.
 */
import fs from 'node:fs';
import path from 'node:path';
import { groupBy } from '../core/model/groupBy';
import { judgeAdvice, type ProofRecord } from '../core/profile/provenAdvice';
import type { EarlierMeasure } from '../core/profile/compareWithEarlier';
import type { ScopeHistory } from '../core/profile/profileBuilder';
import type { Finding, ScopeSummary, ScopeTimes } from '../core/profile/queryProfile';
import { makeFolder } from './makeFolder';

const KEPT_RUNS = 20;
const KEPT_NAMES = 1_000;
/** Relations per scope name and run that it was advised to load. */
const KEPT_ADVICE = 20;

type Measure = EarlierMeasure &
  Omit<ProofRecord, 'queryCount' | 'responseHash'> & {
    readonly advised?: readonly string[];
    /** When the scope began; absent in histories of before this was kept. */
    readonly atMs?: number;
  };

type Measures = ReadonlyMap<string, readonly Measure[]>;

export class ScopeHistoryFile {
  private earlier: Measures;

  /** @param folder null: history is kept in memory only */
  constructor(private readonly folder: string | null) {
    this.earlier = this.read();
  }

  /** What the runs until now said of scope names; later runs do not change the answer. */
  lookup(runName: string): (scopeName: string) => ScopeHistory | null {
    const { earlier } = this;
    return (scopeName) => toHistory(earlier.get(keyOf(runName, scopeName)) ?? []);
  }

  /** The same as a run of the past knew it, for its recording. */
  lookupBefore(runName: string, startedAtMs: number): (scopeName: string) => ScopeHistory | null {
    const { earlier } = this;
    return (scopeName) => toHistory((earlier.get(keyOf(runName, scopeName)) ?? []).filter(({ atMs }) => atMs !== undefined && atMs < startedAtMs));
  }

  /** What the runs until now measured, oldest first: the history of a route, and what its advice is judged by. */
  measuresOf(runName: string): (scopeName: string) => readonly Measure[] {
    const { earlier } = this;
    return (scopeName) => earlier.get(keyOf(runName, scopeName)) ?? [];
  }

  /** Adds a finished run: of each name, its last scope. */
  addRun(
    runName: string,
    scopes: Iterable<ScopeSummary>,
    findings: readonly Finding[],
    suppressedIn: (scope: number) => readonly Finding[] = () => [],
  ): void {
    const advised = advisedByScope(findings);
    const found = groupBy(findings, ({ scope }) => scope);
    const latest = new Map<string, Measure>();
    const firsts = new Map<string, ScopeTimes>();
    for (const scope of scopes) {
      if (scope.live) continue;
      if (scope.isFirst) firsts.set(scope.name, { dbTimeMs: scope.dbTimeMs, durationMs: scope.durationMs });
      const relations = [...(advised.get(scope.name) ?? [])].slice(0, KEPT_ADVICE);
      const key = keyOf(runName, scope.name);
      const { open, withdrawn } = judgeAdvice(this.earlier.get(key)?.at(-1) ?? null, scope, found.get(scope.id) ?? [], suppressedIn(scope.id));
      latest.set(key, {
        ...measureOf(scope),
        ...firstOf(scope, firsts),
        ...(relations.length > 0 ? { advised: relations } : {}),
        ...(open.length > 0 ? { open: open.slice(0, KEPT_ADVICE) } : {}),
        ...(Object.keys(withdrawn).length > 0 ? { withdrawn } : {}),
      });
    }
    if (latest.size === 0) return;
    // Another collector may have written meanwhile.
    const measures = this.folder === null ? new Map(this.earlier) : this.read();
    for (const [key, measure] of latest) {
      const before = measures.get(key) ?? [];
      // Moved to the end: the names that were not used longest are forgotten first.
      measures.delete(key);
      measures.set(key, [...before, measure].slice(-KEPT_RUNS));
    }
    this.earlier = new Map([...measures].slice(-KEPT_NAMES));
    this.write();
  }

  private get file(): string | null {
    return this.folder && path.join(this.folder, 'scope-history.json');
  }

  private read(): Map<string, readonly Measure[]> {
    if (this.file === null) return new Map();
    try {
      const content = JSON.parse(fs.readFileSync(this.file, 'utf8')) as { version?: unknown; scopes?: unknown };
      return content.version === 1 && Array.isArray(content.scopes) ? new Map(content.scopes as [string, Measure[]][]) : new Map();
    } catch {
      return new Map();
    }
  }

  private write(): void {
    if (this.file === null) return;
    try {
      makeFolder(path.dirname(this.file));
      const temporary = `${this.file}.${process.pid}`;
      fs.writeFileSync(temporary, JSON.stringify({ version: 1, scopes: [...this.earlier] }), { mode: 0o600 });
      fs.renameSync(temporary, this.file);
    } catch {
      // A disk that refuses costs the comparison with later runs, nothing else.
    }
  }
}

function toHistory(measures: readonly Measure[]): ScopeHistory | null {
  if (measures.length === 0) return null;
  const advised = [...new Set(measures.flatMap((measure) => measure.advised ?? []))];
  return { previous: measures.at(-1) ?? null, queryCounts: measures.map(({ queryCount }) => queryCount), advised };
}

/** What was advised to be loaded must not be called superfluous by a later run. */
function advisedByScope(findings: readonly Finding[]): Map<string, Set<string>> {
  const advised = new Map<string, Set<string>>();
  for (const { advice, scopeName, entity, relation } of findings) {
    if (advice.kind !== 'load-relations' || entity === null || relation === null) continue;
    const relations = advised.get(scopeName) ?? new Set();
    advised.set(scopeName, relations.add(`${entity}.${relation}`));
  }
  return advised;
}

/** Routes are the same whatever starts the app; what a script does outside of requests is its own. */
function keyOf(runName: string, scopeName: string): string {
  return /^[A-Z]+ \//.test(scopeName) ? scopeName : `${runName}: ${scopeName}`;
}

function measureOf({ queryCount, dbTimeMs, rowCount, durationMs, responseHash, status, path: at, startedAtMs }: ScopeSummary): Measure {
  return { queryCount, dbTimeMs, rowCount, durationMs, responseHash, status, path: at, atMs: startedAtMs };
}

/** Its run's first of that name, unless that is gone. */
function firstOf({ isFirst, name }: ScopeSummary, firsts: ReadonlyMap<string, ScopeTimes>): Pick<Measure, 'first'> {
  if (isFirst) return { first: null };
  const first = firsts.get(name);
  return first ? { first } : {};
}
