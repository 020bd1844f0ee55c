/** Before → after of one request: what fell, what grew, and how sure one may be that it got better. */
import type { ScopeSummary } from '../../src/core/profile/queryProfile';
import { formatCount } from './words';

export type Verdict = 'better' | 'fewer' | 'same' | 'worse' | 'different';

export interface Comparison {
  readonly verdict: Verdict;
  readonly before: number;
  readonly after: number;
  /** Whether the same answer was sent, in the panel's words. */
  readonly response: string;
  /** Whose times are compared, where that says something about them: a first request also pays for what an app does once. Else null. */
  readonly times: string | null;
  /** The whole comparison as a sentence, for tooltips and screen readers. */
  readonly sentence: string;
}

/**
 * Compares a request with the one of the same name in an earlier run; null where there was none. "Better" is said only of a finished
 * request with fewer queries and the same response: fewer queries alone may also mean that something is missing.
 */
export function compareWithPrevious(scope: ScopeSummary): Comparison | null {
  if (!scope.previous) return null;
  const before = scope.previous.queryCount;
  const after = scope.queryCount;
  const { responseEqual } = scope.previous;
  const response = responseEqual === null ? 'response not compared' : responseEqual ? 'response unchanged' : 'response changed';
  return {
    verdict: toVerdict(scope, before, after, responseEqual),
    before,
    after,
    response,
    times: timesOf(scope.kind, scope.isFirst === true, scope.previous.isFirst === true),
    sentence: `${formatCount(before)} queries before, ${formatCount(after)} now, ${response}`,
  };
}

function timesOf(kind: ScopeSummary['kind'], isFirst: boolean, wasFirst: boolean): string | null {
  if (kind !== 'http' && kind !== 'graphql') return null;
  if (isFirst) return wasFirst ? 'times: each the first of its run' : 'times: now the first of its run, before not';
  return wasFirst ? 'times: before the first of its run' : null;
}

function toVerdict(scope: ScopeSummary, before: number, after: number, responseEqual: boolean | null): Verdict {
  if (after > before) return 'worse';
  if (after === before) return 'same';
  if (responseEqual === false) return 'different';
  return responseEqual === true && !scope.live ? 'better' : 'fewer';
}

/** What ran outside of any request never ends, and so is no news. */
export function isRunning({ live, kind }: ScopeSummary): boolean {
  return live && kind !== 'unattributed';
}

/** How loudly a request's count speaks: what colour and mark it gets. */
export type Tone = 'warning' | 'info' | 'better' | 'quiet';

export function toneOf(scope: ScopeSummary): Tone {
  if (scope.warnings > 0) return 'warning';
  const verdict = compareWithPrevious(scope)?.verdict;
  if (verdict === 'worse') return 'warning';
  if (verdict === 'better') return 'better';
  return scope.infos > 0 || verdict === 'different' ? 'info' : 'quiet';
}
