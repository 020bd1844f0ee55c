/**
 * When other detectors speak of an N+1, modelled from what their documentation and sources say. The rule, not the product: what each of
 * them does to see the queries is left out, and all get the same traces, with the same fingerprints and parameters.
 */
export interface TracedQuery {
  readonly shape: string;
  readonly kind: string;
  /** Everything that varies: parameters, and literals in the text. */
  readonly values: string;
  /** The whole call stack in user code. */
  readonly stack: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly inTransaction: boolean;
}

export interface Rival {
  readonly name: string;
  readonly rule: string;
  /** Whether it would speak of an N+1 in this request. */
  readonly speaks: (queries: readonly TracedQuery[]) => boolean;
}

export const rivals: readonly Rival[] = [
  {
    name: 'nplusone 0.8',
    rule: 'the same shape 5 times with at least 3 different values',
    speaks: (queries) => groups(queries, ({ shape }) => shape).some((group) => group.length >= 5 && different(group) >= 3),
  },
  {
    name: 'Prosopite',
    rule: 'the same SELECT twice from the same stack',
    speaks: (queries) => groups(queries.filter(isSelect), ({ shape, stack }) => `${shape}\n${stack}`).some(({ length }) => length >= 2),
  },
  {
    name: 'queryguard',
    rule: 'the same shape twice, outside of transactions, not at the same time',
    speaks: (queries) =>
      groups(
        queries.filter(({ inTransaction }) => !inTransaction),
        ({ shape }) => shape,
      ).some((group) => withoutOverlaps(group) >= 2),
  },
  {
    name: 'nest-profiler',
    rule: 'the same shape twice',
    speaks: (queries) => groups(queries, ({ shape }) => shape).some(({ length }) => length >= 2),
  },
  {
    name: 'NHibernaut',
    rule: 'the same SELECT 10 times',
    speaks: (queries) => groups(queries.filter(isSelect), ({ shape }) => shape).some(({ length }) => length >= 10),
  },
  { name: 'Sentry', rule: 'a query, then the same SELECT 5 times in a row (its gate of 50 ms left out)', speaks: hasRunAfterSource },
];

function isSelect({ kind }: TracedQuery): boolean {
  return kind === 'select';
}

function groups(queries: readonly TracedQuery[], keyOf: (query: TracedQuery) => string): TracedQuery[][] {
  const found = new Map<string, TracedQuery[]>();
  for (const query of queries) found.set(keyOf(query), [...(found.get(keyOf(query)) ?? []), query]);
  return [...found.values()];
}

function different(queries: readonly TracedQuery[]): number {
  return new Set(queries.map(({ values }) => values)).size;
}

/** Queries that began after the one before had ended. */
function withoutOverlaps(queries: readonly TracedQuery[]): number {
  let end = -Infinity;
  let count = 0;
  for (const { startMs, endMs } of queries) {
    if (startMs >= end) count++;
    end = Math.max(end, endMs);
  }
  return count;
}

function hasRunAfterSource(queries: readonly TracedQuery[]): boolean {
  let length = 0;
  for (const [index, query] of queries.entries()) {
    const before = queries[index - 1];
    const continues = before !== undefined && before.shape === query.shape && query.startMs >= before.endMs && isSelect(query);
    length = continues ? length + 1 : 1;
    if (length >= 5 && index - length >= 0) return true;
  }
  return false;
}
