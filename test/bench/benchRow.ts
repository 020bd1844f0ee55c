/** One line of `npm run bench`: a measurement beside what the design wants to reach. A file `<name>.bench.ts` exports `rows(): Promise<BenchRow[]>`. */
export interface BenchRow {
  /** What is measured, with its size: `graph of 1,600 entities, cold`. */
  readonly what: string;
  /** The figure with its unit, and the yardstick it was measured beside: `1.31 × (412 ms against 314 ms)`. */
  readonly measured: string;
  /** `≤ 1.5 ×` */
  readonly reach: string;
}
