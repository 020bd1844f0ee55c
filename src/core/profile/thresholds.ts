/** What counts as too much. Every number a detector compares with stands here, so that a run can be judged again with others. */
export interface Thresholds {
  /** Loads of one relation (or repeats of one query) with different keys from which a finding is made. */
  readonly repeats: number;
  /** The same, where no parent could be proven and chance plays a larger part. */
  readonly unprovenRepeats: number;
  /** The same, where a trace does not tell the keys. */
  readonly unknownRepeats: number;
  /** Part of a parent's rows that must have been followed; below it a finding is only information (case A20). */
  readonly usedShare: number;
  /** Part of the child keys that must occur in a parent's result before it is called proven. */
  readonly provenShare: number;
  /** Statements of one shape from one call of TypeORM's API. */
  readonly fanOut: number;
  /** One query's time in milliseconds. */
  readonly slowMs: number;
  /** Quick runs of a statement from which it has a usual time. */
  readonly usualRuns: number;
  /** Part of `slowMs` up to which that time is far from slow. */
  readonly usuallyQuick: number;
  /** Part of its runs up to which a statement is slow only now and then. */
  readonly seldomSlow: number;
  /** Different queries in one scope, where no budget is set for it. */
  readonly distinctQueries: number;
  /** Rows hydrated from a query without a limit or a condition. */
  readonly unboundedRows: number;
  /** Raw rows for each hydrated entity. */
  readonly rowFactor: number;
  /** Raw rows below which multiplication is not worth a word. */
  readonly rowFactorRows: number;
  /** Rows that a table is known to have from which searching it without an index matters. */
  readonly indexRows: number;
  /** Shortest query in milliseconds worth running beside another. */
  readonly sequentialMs: number;
  /** Pause in milliseconds between equal questions from which they look like waiting for something to change (case B14). */
  readonly pollingMs: number;
  /** Runs of a call path without a read from which something it loads counts as unused; fewer are only information. */
  readonly unusedRuns: number;
  /** Bytes of one result that nobody read from which its columns are worth a word. */
  readonly unreadBytes: number;
  /** Rows of one result from which it matters that most of them were not looked at. */
  readonly unreadRows: number;
  /** Bytes of parent columns that a join repeated. */
  readonly repeatedBytes: number;
  /** Query budgets by scope name (`GET /authors` → 5). */
  readonly budgets: Readonly<Record<string, number>>;
}

export const defaultThresholds: Thresholds = {
  repeats: 2,
  unprovenRepeats: 3,
  unknownRepeats: 5,
  usedShare: 0.1,
  provenShare: 0.9,
  fanOut: 3,
  slowMs: 200,
  usualRuns: 10,
  usuallyQuick: 0.25,
  seldomSlow: 0.1,
  distinctQueries: 12,
  unboundedRows: 1000,
  rowFactor: 2,
  rowFactorRows: 100,
  indexRows: 1000,
  sequentialMs: 30,
  pollingMs: 20,
  unusedRuns: 3,
  unreadBytes: 16_384,
  unreadRows: 100,
  repeatedBytes: 262_144,
  budgets: {},
};
