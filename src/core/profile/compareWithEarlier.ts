/**
 * A scope beside what an earlier run measured of its name. Counts are those of the latest there. Times are compared like with like: the first
 * request to a route also pays for what an app does once (code compiled, connections opened), so a first one stands beside a first one.
 */
import type { ScopeRecord } from './evidence';
import type { ScopeMeasure, ScopeTimes } from './queryProfile';

/** What an earlier run measured of a scope name: its latest scope there. */
export interface EarlierMeasure extends ScopeTimes {
  readonly queryCount: number;
  readonly rowCount: number;
  readonly responseHash: string | null;
  /** Times of the first of that name in that run; null where the latest is the first; absent where that is not known. */
  readonly first?: ScopeTimes | null;
}

/** The response counts as equal or not where both were seen; times are in milliseconds. */
export function compareWithEarlier({ isFirst, responseHash }: Pick<ScopeRecord, 'isFirst' | 'responseHash'>, earlier: EarlierMeasure): ScopeMeasure {
  const { queryCount, rowCount, first } = earlier;
  const ofFirst = isFirst && first ? first : null;
  const { dbTimeMs, durationMs } = ofFirst ?? earlier;
  const responseEqual = earlier.responseHash !== null && responseHash !== null ? earlier.responseHash === responseHash : null;
  return { queryCount, dbTimeMs, rowCount, durationMs, responseEqual, ...(ofFirst || first === null ? { isFirst: true } : {}) };
}
