import { noAdvice } from '../advise/plainAdvice';
import type { QueryRecord } from '../evidence';
import { isWriteApi } from './apis';
import { factsOf, hasUnknownValues, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { mainQuery, varyingKey } from './keys';
import { describeParent } from './parentOf';
import { loopSite, placeOf } from './sites';
import { times } from './words';

/**
 * One statement again and again where a trace holds no results, and neither its values nor its place in the code: most likely a loop, never a proven one.
 * Runs one after the other count, and those side by side (`Promise.all`, GraphQL's resolvers) where their keys are told; where they are not, it takes more
 * of them, since a few may be what somebody put side by side, like the tiles of a page.
 */
export const repeatedStatement: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const query = pattern.samples[0] && mainQuery(pattern.samples[0]);
    if (query === undefined || judging.covered.has(pattern) || !isRepeatedLookup(judging, pattern, query)) continue;
    judging.covered.add(pattern);
    drafts.push(draftOf(judging, pattern, query));
  }
  return drafts;
};

function isRepeatedLookup(judging: Judging, pattern: LoopPattern, query: QueryRecord): boolean {
  if (query.kind !== 'select' || isWriteApi(pattern.api) || !(hasUnknownValues(judging, query) || asksForKeys(judging, pattern))) return false;
  const { comparisons, locking } = factsOf(judging, query);
  const isLookup = comparisons.some(({ clause, operator }) => clause === 'where' && operator === 'equals');
  if (!isLookup || locking || /\bOFFSET\b/.test(query.shape)) return false;
  const { unknownRepeats } = judging.thresholds;
  return (
    longestRow(pattern) >= unknownRepeats || pattern.calls >= (hasUnknownValues(judging, query) ? SIDE_BY_SIDE * unknownRepeats : unknownRepeats)
  );
}

/** So many times more are needed of what ran side by side with values unknown. */
const SIDE_BY_SIDE = 2;

/** A driver's instrumentation that tells the values (in the text as mysql2's does, or beside it), but not from where it was called. */
function asksForKeys(judging: Judging, pattern: LoopPattern): boolean {
  if (pattern.source !== null || pattern.stack !== null) return false;
  const key = varyingKey(judging, pattern);
  return key !== null && key.valuesPerCall === 1 && key.distinct.size >= judging.thresholds.unknownRepeats;
}

/** The most calls of which each began after the one before had ended. */
function longestRow({ samples }: LoopPattern): number {
  let [row, longest, end] = [0, 0, -Infinity];
  for (const { startMs, endMs } of samples) {
    row = startMs >= end ? row + 1 : 1;
    longest = Math.max(longest, row);
    end = Math.max(end, endMs);
  }
  return longest;
}

function draftOf(judging: Judging, pattern: LoopPattern, query: QueryRecord): Draft {
  const before = judging.patterns.filter((other) => other.order < pattern.order && other.samples[0]?.queries[0]?.kind === 'select').at(-1);
  const parent = before?.samples[0] ?? null;
  const { site } = loopSite(pattern.stack, parent?.stack ?? null, judging.sourceLine);
  const subject = pattern.entity ?? factsOf(judging, query).tables[0]?.table ?? null;
  const place = placeOf(site, judging.root);
  const isUnknown = hasUnknownValues(judging, query);
  const isInRow = longestRow(pattern) >= judging.thresholds.unknownRepeats;
  return {
    key: `repeated|${pattern.key}`,
    kind: pattern.api === 'lazy' ? 'lazy-n-plus-one' : 'loop-n-plus-one',
    severity: isInRow || !isUnknown ? 'warning' : 'info',
    entity: pattern.entity,
    relation: pattern.relation,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: parent === null ? null : describeParent(parent, false),
    advice: noAdvice(
      `${isUnknown ? 'The values are not in the trace' : 'The trace does not say from where'}: profile the route with \`relation-lens profile\` or in VS Code to prove what fed it, and to get the fix.`,
    ),
    message: `${subject === null ? 'The same query' : `The same query of ${subject}`} ran ${times(pattern.calls)}, ${isInRow ? 'one after the other' : 'side by side'}${place === null ? '' : `, at ${place}`}${isUnknown ? '; its values are not in the trace' : ', each time with another key'}.`,
    pattern,
    loading: null,
  };
}
