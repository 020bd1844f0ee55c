/**
 * What statements usually take, over a whole run: one that was slow once among many quick ones met a lock, a cold cache or a busy machine, and its
 * plan is not to blame. Statements are told apart by shape and DataSource.
 */
import type { QueryRecord } from './evidence';
import type { MetadataIndex } from './metadataIndex';
import type { UsualTime } from './queryProfile';
import type { Thresholds } from './thresholds';

/** Latest times kept of a statement, of which the median is taken. */
const KEPT = 32;
/** More DataSources than a process has. */
const SOURCES = 4096;
/** Statements told apart; an app that never asks the same thing twice has no usual times. */
const STATEMENTS = 20_000;

interface Times {
  runs: number;
  slow: number;
  readonly latest: number[];
}

export type Statement = Pick<QueryRecord, 'shapeId' | 'source'>;

/** A statement of one DataSource, and of all that map the same tables (a test runner opens one for each file, a restart another). */
interface Keys {
  readonly own: number;
  readonly alike: number;
}

export class UsualTimes {
  private readonly statements = new Map<number, Times>();
  private readonly schemas = new Map<string, number>();
  private readonly schemaOf = new WeakMap<MetadataIndex, number>();

  constructor(private readonly thresholds: Thresholds) {}

  note(query: QueryRecord): void {
    if (query.error !== null || query.kind === 'transaction' || query.kind === 'ddl') return;
    const { own, alike } = this.keysOf(query);
    this.count(own, query.durationMs);
    this.count(alike, query.durationMs);
  }

  /**
   * The time of its other runs; null where it ran too seldom to tell, is slow more often than now and then, or is never far from slow. What a
   * DataSource shows by itself counts before what others like it show, which may be other databases.
   */
  of(statement: Statement): UsualTime | null {
    const { own, alike } = this.keysOf(statement);
    const times = this.statements.get(own);
    const isTelling = times !== undefined && (times.runs >= this.thresholds.usualRuns || times.slow > 1);
    return this.usual(isTelling ? times : this.statements.get(alike));
  }

  clear(): void {
    this.statements.clear();
  }

  private keysOf({ shapeId, source }: Statement): Keys {
    return { own: shapeId * SOURCES + (source?.event.source ?? 0), alike: -(shapeId * SOURCES + (source ? this.schema(source) : 0)) };
  }

  private usual(times: Times | undefined): UsualTime | null {
    const { slowMs, usualRuns, usuallyQuick, seldomSlow } = this.thresholds;
    if (times === undefined || times.runs - times.slow < usualRuns || times.slow > times.runs * seldomSlow) return null;
    const sorted = [...times.latest].sort((a, b) => a - b);
    const ms = sorted[(sorted.length - 1) >> 1] ?? slowMs;
    return ms <= slowMs * usuallyQuick ? { ms, runs: times.runs - times.slow } : null;
  }

  private count(key: number, durationMs: number): void {
    let times = this.statements.get(key);
    if (times === undefined) {
      if (this.statements.size >= STATEMENTS) return;
      this.statements.set(key, (times = { runs: 0, slow: 0, latest: [] }));
    }
    times.latest[times.runs++ % KEPT] = durationMs;
    if (durationMs >= this.thresholds.slowMs) times.slow++;
  }

  private schema(source: MetadataIndex): number {
    const known = this.schemaOf.get(source);
    if (known !== undefined) return known;
    const text = `${source.driver} ${source.event.entities.map(({ schema, table }) => `${schema}.${table}`).join()}`;
    const id = this.schemas.get(text) ?? this.schemas.size + 1;
    this.schemas.set(text, id);
    this.schemaOf.set(source, id);
    return id;
  }
}
