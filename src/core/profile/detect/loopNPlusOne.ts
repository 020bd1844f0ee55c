import { isWriteApi } from './apis';
import { adviseBatching, batchFacts, loadingInstead } from '../advise/batch';
import { adviseLoading } from '../advise/loadRelations';
import { noAdvice } from '../advise/plainAdvice';
import type { Call } from '../evidence';
import type { Detector, Draft, Judging, LoopPattern } from './judging';
import { factsOf } from './judging';
import { mainQuery, type VaryingKey, varyingKey } from './keys';
import { noteMissingIndex } from './missingIndex';
import { describeParent, entitiesOf } from './parentOf';
import { findParent, type FoundParent } from './parents';
import { isSameOrSubclass } from './paths';
import { loopSite, placeOf } from './sites';
import { nounOf, percent, relationName, times } from './words';

/** The same question asked with one key after the other, from the same line. */
export const loopNPlusOne: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const key = isRead(judging, pattern) ? varyingKey(judging, pattern) : null;
    if (key === null || key.valuesPerCall >= 2 || key.distinct.size < judging.thresholds.repeats) continue;
    const draft = judge(judging, pattern, key);
    if (draft === null) continue;
    judging.covered.add(pattern);
    drafts.push(draft);
  }
  return drafts;
};

/** Reads but lazy loads, which have their own detector, and workers that lock what they take (case F19). */
function isRead(judging: Judging, pattern: LoopPattern): boolean {
  const first = pattern.samples[0];
  const query = first && mainQuery(first);
  return (
    pattern.calls >= 2 &&
    pattern.api !== 'lazy' &&
    !isWriteApi(pattern.api) &&
    query?.kind === 'select' &&
    !/stream$/i.test(pattern.api) &&
    !factsOf(judging, query).locking
  );
}

function judge(judging: Judging, pattern: LoopPattern, key: VaryingKey): Draft | null {
  const parent = findParent(judging, pattern, key);
  if (parent === null && isChain(judging, pattern, key)) return chain(judging, pattern);
  if (parent === null && (pattern.stack === null || key.distinct.size < judging.thresholds.repeats)) return null;
  const share = parent === null ? null : usedShare(judging, parent, key);
  const isRare = share !== null && share < judging.thresholds.usedShare;
  const stopsEarly = endsAtFirstMatch(judging, pattern) && (share ?? 0) < judging.thresholds.provenShare;
  const isFew = parent === null && (key.distinct.size < judging.thresholds.unprovenRepeats || countsUpBriefly(key));
  const relation = parent?.kinship.kind === 'relation' ? (parent.kinship.relation ?? parent.kinship.declared) : null;
  const { site, via } = loopSite(pattern.stack, parent?.call.stack ?? null);
  const described = parent === null ? null : describeParent(parent.call, parent.proven);
  const isWasteful = isRare || stopsEarly;
  const loading = isWasteful ? null : loadingInstead(judging, pattern, key, parent);
  return {
    key: `loop|${pattern.key}`,
    kind: 'loop-n-plus-one',
    severity: isWasteful || isFew ? 'info' : 'warning',
    entity: relation?.entity.name ?? pattern.entity,
    relation: relation?.relation.property ?? null,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: described,
    advice: isWasteful
      ? few(share)
      : loading
        ? { ...adviseLoading(judging, loading, null), ...batchFacts(judging, pattern, key, parent) }
        : adviseBatching(judging, pattern, key, parent),
    message:
      messageOf(
        judging.root,
        pattern,
        parent,
        relation && relationName(relation.entity.name, relation.relation.property),
        placeOf(via, judging.root),
      ) + (isWasteful ? '' : noteMissingIndex(pattern.source, relation ?? undefined)),
    pattern,
    loading,
  };
}

/** 1, 2, 3 (or 0, 1, 2): a loop bounded by a literal, not by data (case B18). */
function countsUpBriefly({ distinct }: VaryingKey): boolean {
  const keys = [...distinct].map(Number);
  const [first = NaN] = keys;
  return keys.length < 5 && (first === 0 || first === 1) && keys.every((key, index) => key === first + index);
}

function few(share: number | null): ReturnType<typeof noAdvice> {
  const part = share === null ? 'The loop ended at the first match' : `Only ${percent(share)} of the rows were followed`;
  return noAdvice(`${part}: one query for all would fetch more than is used.`);
}

/** The part of the parent's rows that was asked about; null where that is not a matter of rows. */
function usedShare(judging: Judging, parent: FoundParent, key: VaryingKey): number | null {
  // While the loop runs, the rows that it has not come to yet are no rows left out.
  if (judging.scope.endMs === null) return null;
  const available = parent.calls.reduce((sum, call) => sum + entitiesOf(call), 0);
  if (available === 0 || parent.kinship.kind !== 'relation') return null;
  const { operation } = parent.call;
  const isRoot = operation?.source && operation.entity !== null && isSameOrSubclass(operation.source, operation.entity, parent.kinship.entity.name);
  return isRoot ? Math.min(1, key.keys.length / available) : null;
}

/** Nothing, nothing, nothing, found: a search that ends at the first match (case F23). */
function endsAtFirstMatch({ scope }: Judging, pattern: LoopPattern): boolean {
  // A loop that still runs has found its first match, and may well go on.
  if (scope.endMs === null) return false;
  const rows = pattern.samples.map((call) => mainQuery(call)?.rows ?? 0);
  return rows.length >= 2 && (rows.at(-1) ?? 0) > 0 && rows.slice(0, -1).every((count) => count === 0);
}

/** Each key stood in the result before: parents of parents, read by explicit queries (case B15). */
function isChain(judging: Judging, pattern: LoopPattern, key: VaryingKey): boolean {
  const results = new Map(judging.resultsOf(pattern).map((result) => [result.call, result]));
  const steps = pattern.samples.slice(1).map((_, index) => {
    const values = results.get(pattern.samples[index] as Call)?.values;
    return values !== undefined && [...values.values()].some((list) => list.includes(key.keys[index + 1] ?? ''));
  });
  return steps.length > 0 && steps.filter(Boolean).length >= steps.length * judging.thresholds.provenShare;
}

function chain(judging: Judging, pattern: LoopPattern): Draft {
  const site = pattern.stack?.site ?? null;
  return {
    key: `loop|${pattern.key}`,
    kind: 'loop-n-plus-one',
    severity: pattern.calls >= judging.thresholds.unprovenRepeats ? 'warning' : 'info',
    entity: pattern.entity,
    relation: null,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: noAdvice(
      'Each query needs the answer of the one before: use a tree entity (`TreeRepository`) or one recursive CTE to read the whole chain at once.',
    ),
    message: `${placeOf(site, judging.root) ?? 'A loop'} followed a chain of ${nounOf(pattern.entity)} rows with ${pattern.count} queries, each for what the one before had found.`,
    pattern,
    loading: null,
  };
}

function messageOf(root: string, pattern: LoopPattern, parent: FoundParent | null, relation: string | null, via: string | null): string {
  const subject = relation ?? (pattern.entity === null ? 'The same query' : pattern.entity);
  const verb = relation !== null ? 'was loaded' : pattern.entity === null ? 'ran' : 'was queried';
  const through = via === null ? '' : ` through ${via}`;
  const head = `${subject} ${verb} ${times(pattern.calls)} in a loop${through}`;
  if (parent === null) return `${head}, each time with another key; the keys did not come from an earlier query of this scope.`;
  const place = placeOf(parent.call.stack?.site ?? null, root);
  const owner = parent.kinship.kind === 'relation' ? parent.kinship.entity.name : (parent.call.operation?.entity ?? null);
  return `${head}, once for each ${nounOf(owner)}${place === null ? '' : ` that ${place} returned`}.`;
}
