/**
 * Between probe and collector, calls and their queries are arrays, for they are many; the collector turns them into the events of probe.ts
 * before anybody sees them, in recordings too (src/collector/compactLines.ts). Times are whole microseconds here.
 */
import type { QueryEvent } from './probe';

/** `c` is a call with all its queries, in one line because nothing else happened in between. */
export type CompactLine =
  | readonly ['o', ...CompactStart]
  | readonly ['q', op: number, scope: number, source: number, site: number, ...CompactQuery]
  | readonly ['e', op: number, ...CompactEnd]
  | readonly ['c', ...CompactStart, CompactEnd, ...(readonly CompactQuery[])];

export type CompactStart = readonly [
  id: number,
  scope: number,
  parent: number,
  api: string,
  entity: string | null,
  relation: string | null,
  site: number,
  source: number,
  t: number,
  /** −1: it is no lazy load. */
  ownerOperation: number,
  ownerKey: readonly unknown[] | null,
];

export type CompactQuery = readonly [
  id: number,
  sql: number | string,
  params: readonly unknown[] | null,
  t: number,
  duration: number,
  rows: number,
  error: string | null,
  values?: QueryEvent['values'] | null,
  wait?: number,
  target?: string | null,
];

export type CompactEnd = readonly [t: number, entities: number, roots: number, error: string | null];
