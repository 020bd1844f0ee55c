/** What a case expects, in the words of a finding. */
import type { Finding } from '../../../src/core/profile/queryProfile';

export interface Expected {
  readonly kind: Finding['kind'];
  /** Default: a warning. */
  readonly severity?: Finding['severity'];
  /** `Author.books`, or `Author` where no relation is meant; null where nothing is. */
  readonly of: string | null;
  readonly count: number;
  /** Mark of the parent's line, proven. Default: the case's own. False where none may be named, `'any'` where it is of no matter. */
  readonly parent?: boolean | string;
  /** Mark of the finding's line. Default: the case's own. `'any'` where it has none. */
  readonly site?: string;
  readonly advice: Finding['advice']['kind'];
  readonly relations?: readonly string[];
  readonly strategy?: 'join' | 'query';
  readonly after?: number;
  /** What its message must say; with `!` in front, what it must not say. */
  readonly note?: string;
}

/** A numbered case. The lines of its program are marked `// A1 site`, `// A1 parent`. */
export interface Case {
  /** Its number, and a word where a number has several. */
  readonly name: string;
  /** What the program does, in a few words. */
  readonly what: string;
  /** All findings; none where the profiler must be silent. */
  readonly expected: readonly Expected[];
  /** Where PostgreSQL differs. */
  readonly onPostgres?: readonly Expected[];
  /** What it needs is there on PostgreSQL only: elsewhere nothing happens in it. */
  readonly only?: 'postgres';
  /** Slow queries that must not be said to wait for one another for nothing; in other cases a busy machine may have made them slow enough for that. */
  readonly isAboutSequence?: true;
  /** Figures depend on what ran before. */
  readonly looseCounts?: true;
}

type More = Partial<Expected>;

export const lazy = (of: string, count: number, more: More = {}): Expected => ({
  kind: 'lazy-n-plus-one',
  of,
  count,
  advice: 'load-relations',
  ...more,
});
export const loop = (of: string, count: number, more: More = {}): Expected => ({
  kind: 'loop-n-plus-one',
  of,
  count,
  advice: 'load-relations',
  ...more,
});
export const write = (of: string, count: number, more: More = {}): Expected => ({
  kind: 'write-n-plus-one',
  of,
  count,
  parent: false,
  advice: 'bulk-write',
  ...more,
});
export const fanOut = (of: string, count: number, more: More = {}): Expected => ({
  kind: 'orm-fan-out',
  of,
  count,
  parent: false,
  advice: 'bulk-write',
  ...more,
});
export const duplicate = (of: string | null, count: number, more: More = {}): Expected => ({
  kind: 'duplicate-query',
  of,
  count,
  parent: 'any',
  advice: 'hoist',
  ...more,
});
/** The parent is the very call that loaded it. */
export const unused = (name: string, of: string, count: number, relations: readonly string[], more: More = {}): Expected => ({
  kind: 'unused-eager-load',
  of,
  count,
  parent: `${name} site`,
  advice: 'remove-relation',
  relations,
  ...more,
});
export const columns = (name: string, of: string, count: number, more: More = {}): Expected => ({
  kind: 'over-fetched-columns',
  of,
  count,
  parent: `${name} site`,
  advice: 'select-columns',
  ...more,
});
export const rows = (of: string, count: number, more: More = {}): Expected => ({ kind: 'unbounded-result', of, count, advice: 'paginate', ...more });
export const multiplied = (of: string, count: number): Expected => ({
  kind: 'row-multiplication',
  of,
  count,
  parent: false,
  advice: 'query-strategy',
  strategy: 'query',
});
export const byQuery = (relation: string, after: number): More => ({ relations: [relation], strategy: 'query', after });
export const byJoin = (relation: string, after: number): More => ({ relations: [relation], strategy: 'join', after });
export const batched = (after: number): More => ({ advice: 'batch-in', relations: [], after });
export const info: More = { severity: 'info' };
