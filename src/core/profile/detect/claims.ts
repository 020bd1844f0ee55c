/** Workers that ask for the next row, write it, and ask again: which row comes next is not known before the one before it is written. */
import type { Call, ResultSample } from '../evidence';
import type { Judging, LoopPattern } from './judging';
import { signatureOf } from './keys';

/**
 * Whether each of the writes was of a row that the same question had just been answered with, and the next one's was not among that answer yet.
 * @param keyOf the one key by which a write names its row; null where it names none, or several
 */
export function claimsOneByOne(judging: Judging, writes: LoopPattern, keyOf: (write: Call) => string | null): boolean {
  const keys = writes.samples.map(keyOf);
  return (
    !keys.includes(null) && judging.patterns.some((asking) => asking !== writes && feedsOneByOne(judging.resultsOf(asking), writes.samples, keys))
  );
}

function feedsOneByOne(results: readonly ResultSample[], writes: readonly Call[], keys: readonly (string | null)[]): boolean {
  let behind = 0;
  return writes.every(({ startMs }, index) => {
    const from = behind;
    while ((results[behind]?.query.startMs ?? Infinity) <= startMs) behind++;
    const answer = behind > from ? results[behind - 1] : undefined;
    return answer !== undefined && isSameQuestion(answer, results[0]) && isOnlyOf(answer, keys[index], keys[index + 1]);
  });
}

function isSameQuestion({ query }: ResultSample, first: ResultSample | undefined): boolean {
  return first !== undefined && query.shapeId === first.query.shapeId && signatureOf(query) === signatureOf(first.query);
}

function isOnlyOf({ values }: ResultSample, key: string | null | undefined, next: string | null | undefined): boolean {
  return [...values.values()].some((list) => list.includes(key ?? '') && !list.includes(next ?? ''));
}
