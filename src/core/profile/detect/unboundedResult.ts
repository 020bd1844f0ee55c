import { plainAdvice } from '../advise/plainAdvice';
import type { Call } from '../evidence';
import { factsOf, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { placeOf } from './sites';
import { counted } from './words';

/** A whole table read into memory: no condition, no limit, and many entities. */
export const unboundedResult: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const call = pattern.samples.find((candidate) => isUnbounded(judging, candidate));
    if (call) drafts.push(draftOf(judging, pattern, call));
  }
  return drafts;
};

function isUnbounded(judging: Judging, { operation, queries }: Call): boolean {
  const [first] = queries;
  if (!operation || first?.kind !== 'select' || operation.api === 'lazy' || operation.roots <= judging.thresholds.unboundedRows) return false;
  const facts = factsOf(judging, first);
  return !facts.hasWhere && !facts.hasLimit;
}

function draftOf(judging: Judging, pattern: LoopPattern, call: Call): Draft {
  const site = pattern.stack?.site ?? null;
  const roots = call.operation?.roots ?? 0;
  return {
    key: `unbounded|${pattern.key}`,
    kind: 'unbounded-result',
    severity: 'warning',
    entity: pattern.entity,
    relation: null,
    count: roots,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: plainAdvice(
      'paginate',
      null,
      'Page it with `take` and `skip` (or by the last key seen), narrow it with `where`, or `stream()` where all rows must be visited.',
    ),
    message: `${placeOf(site, judging.root) ?? pattern.api} read every ${pattern.entity ?? 'row'} there is: ${counted(roots, 'entity')}, with no condition and no limit.`,
    pattern,
    loading: null,
  };
}
