/**
 * What statements usually take, over a whole run: one that was slow once among many quick ones met a lock, a cold cache or a busy machine, and its
 * plan is not to blame. Statements are told apart by shape and DataSource.
 */
import type { QueryRecord } from './evidence';
import type { UsualTime } from './queryProfile';
import type { Thresholds } from './thresholds';

/** Latest times kept of a statement, of which the median is taken. */
const KEPT = 32;
/** More DataSources than a process has. */
const SOURCES = 4096;
/** Statements told apart; an app that never asks the same thing twice has no usual times. */
const STATEMENTS = 10_000;

interface Times {
  runs: number;
  slow: number;
  readonly latest: number[];
}

export type StatementKey = number;

export class UsualTimes {
  private readonly statements = new Map<StatementKey, Times>();

  constructor(private readonly thresholds: Thresholds) {}

  note({ shapeId, source, durationMs, error, kind }: QueryRecord): void {
    if (error !== null || kind === 'transaction' || kind === 'ddl') return;
    const key = statementKey(shapeId, source?.event.source);
    let times = this.statements.get(key);
    if (times === undefined) {
      if (this.statements.size >= STATEMENTS) return;
      this.statements.set(key, (times = { runs: 0, slow: 0, latest: [] }));
    }
    times.latest[times.runs++ % KEPT] = durationMs;
    if (durationMs >= this.thresholds.slowMs) times.slow++;
  }

  /** The time of its other runs; null where it ran too seldom to tell, is slow more often than now and then, or is never far from slow. */
  of(key: StatementKey): UsualTime | null {
    const { slowMs, usualRuns, usuallyQuick, seldomSlow } = this.thresholds;
    const times = this.statements.get(key);
    if (times === undefined || times.runs - times.slow < usualRuns || times.slow > times.runs * seldomSlow) return null;
    const sorted = [...times.latest].sort((a, b) => a - b);
    const ms = sorted[(sorted.length - 1) >> 1] ?? slowMs;
    return ms <= slowMs * usuallyQuick ? { ms, runs: times.runs - times.slow } : null;
  }

  clear(): void {
    this.statements.clear();
  }
}

export function statementKey(shapeId: number, source: number | undefined): StatementKey {
  return shapeId * SOURCES + (source ?? 0);
}
