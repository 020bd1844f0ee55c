/** What the lightbulb says: what is loaded where, and what that saves. */
import type { Finding } from '../profile/queryProfile';

/** `Load Author.books here: 101 → 2 queries (relations + query strategy)` */
export function loadTitle(finding: Finding): string {
  const { advice, parent, kind } = finding;
  const names = advice.relations.map((path) => `${parent?.entity ?? finding.entity ?? ''}.${path}`);
  const what = names.length > 2 ? `${names.length} relations of ${parent?.entity ?? ''}` : names.join(' and ');
  const how = advice.strategy === 'query' && !parent?.api.startsWith('SelectQueryBuilder') ? ' (relations + query strategy)' : '';
  const use = kind === 'loop-n-plus-one' ? ' and use it in the loop' : ' here';
  return `Load ${what}${use}${saving(advice.currentQueryCount, advice.predictedQueryCount)}${how}`;
}

/** `: 101 → 2 queries`, or what is left where the count before is not known. */
export function saving(before: number | undefined, after: number | null): string {
  if (after === null) return '';
  const queries = after === 1 ? 'query' : 'queries';
  return before === undefined ? `: ${after} ${queries}` : `: ${before} → ${after} ${queries}`;
}
