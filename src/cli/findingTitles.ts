import type { Finding } from '../core/profile/queryProfile';

/** What a kind of finding is called in a report. */
export const findingTitles: Readonly<Record<Finding['kind'], string>> = {
  'lazy-n-plus-one': 'N+1 by lazy relation',
  'loop-n-plus-one': 'N+1 by queries in a loop',
  'write-n-plus-one': 'N+1 writes',
  'orm-fan-out': 'Many statements from one call',
  'duplicate-query': 'Same query again',
  'unused-eager-load': 'Loaded, never read',
  'unloaded-relation-read': 'Read, never loaded',
  'row-multiplication': 'Multiplied rows',
  'over-fetched-columns': 'Columns never read',
  'unbounded-result': 'Whole table read',
  'query-budget': 'Many queries',
  'sequential-queries': 'One after the other',
  'slow-query': 'Slow query',
  'missing-index': 'Foreign key without an index',
  'split-write': 'Writes without a transaction',
  'write-without-effect': 'Write that changed nothing',
  'unsaved-relation': 'New objects that are not saved',
};
