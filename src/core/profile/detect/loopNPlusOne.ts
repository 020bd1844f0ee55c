import { isAggregateApi, isCreateApi, isWriteApi } from './apis';
import { adviseBatching, batchFacts, loadingInstead } from '../advise/batch';
import { adviseLoading } from '../advise/loadRelations';
import { noAdvice } from '../advise/plainAdvice';
import type { EntityRelation } from '../metadataIndex';
import type { Advice, Site } from '../queryProfile';
import { mayEndEarly } from '../listLoop';
import { isInLoop, isInSearchLoop, isOverWrittenNames } from '../sourceLoop';
import { adviseClientReads, type AskedByClient, forClient, readsAskedByClient } from './askedByClient';
import { enclosingWrites } from './calledBack';
import { chainOf } from './chains';
import type { Detector, Draft, Judging, Loading, LoopPattern } from './judging';
import { factsOf } from './judging';
import { loopsOfOne } from './loopOfOne';
import { mainQuery, singleKeys, type VaryingKey, varyingKey } from './keys';
import { noteMissingIndex } from './missingIndex';
import { describeParent, entitiesOf } from './parentOf';
import { findParent, type FoundParent } from './parents';
import { isSameOrSubclass } from './paths';
import { isAskedByResolver, loopSiteBelow, placeOf } from './sites';
import { counted, nounOf, percent, relationName, times } from './words';

/** The same question asked with one key after the other, from the same line. */
export const loopNPlusOne: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const key = isRead(judging, pattern) ? varyingKey(judging, pattern) : null;
    if (key === null || key.distinct.size < judging.thresholds.repeats) continue;
    const draft = key.valuesPerCall > 1 ? judgeLists(judging, pattern, key) : judge(judging, pattern, key, findParent(judging, pattern, key));
    if (draft === null) continue;
    judging.covered.add(pattern);
    drafts.push(draft);
  }
  return [...drafts, ...loopsOfOne(judging)];
};

/** Names in a list that is written out, up to which asking for one after the other is a matter of taste (case X18). */
const FEW_NAMES = 6;

/** Reads but lazy loads, which have their own detector, and workers that lock what they take (case F19). */
function isRead(judging: Judging, pattern: LoopPattern): boolean {
  const first = pattern.samples[0];
  const query = first && mainQuery(first);
  return (
    pattern.calls >= 2 &&
    pattern.api !== 'lazy' &&
    !isWriteApi(pattern.api) &&
    !isCreateApi(pattern.api) &&
    query?.kind === 'select' &&
    !/stream$/i.test(pattern.api) &&
    !factsOf(judging, query).locking
  );
}

/**
 * `In(row.labelIds)` for one row after the other: lists of keys, and still a query for each row (case X14). Chunks, pages and batches of a data
 * loader ask for the keys of many rows at once, so there are fewer of them than rows.
 */
function judgeLists(judging: Judging, pattern: LoopPattern, key: VaryingKey): Draft | null {
  const single = singleKeys(key);
  const parent = findParent(judging, pattern, single);
  if (parent === null || !parent.proven || pattern.calls < judging.thresholds.unprovenRepeats) return null;
  const rows = parent.calls.reduce((sum, call) => sum + entitiesOf(call), 0);
  if (rows === 0 || pattern.calls < rows * judging.thresholds.provenShare || areChunks(key)) return null;
  return judge(judging, pattern, key, parent);
}

/** As many keys each time, and none of them twice: one long list in pieces. */
function areChunks({ keys }: VaryingKey): boolean {
  const lists = keys.map((list) => list.split(','));
  const all = lists.flat();
  return new Set(all).size === all.length && lists.slice(0, -1).every(({ length }) => length === lists[0]?.length);
}

function judge(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): Draft | null {
  const chain = parent === null ? chainOf(judging, pattern, key) : null;
  if (chain !== null) return chain;
  const asked = readsAskedByClient(judging, pattern, key, parent);
  if (asked !== null) return forEachAsking(judging, pattern, asked);
  if (parent === null && (pattern.stack === null || key.distinct.size < judging.thresholds.repeats)) return null;
  const share = parent === null ? null : usedShare(judging, parent, key);
  const isRare = share !== null && share < judging.thresholds.usedShare;
  const { site, via } = loopSiteBelow(pattern, parent, judging.sourceLine);
  const isLeft = share !== null && parent?.fromFirstOn === true && mayEndEarly(site, judging.sourceLine);
  const stopsEarly = (isLeft || endsAtFirstMatch(judging, pattern)) && (share ?? 0) < judging.thresholds.provenShare;
  const isTwice = key.distinct.size < judging.thresholds.unprovenRepeats;
  const isFixed = parent === null && key.distinct.size < FEW_NAMES && isOverWrittenNames(site, judging.sourceLine);
  if (isFixed && isTwice) return null;
  const isFew = parent === null && (isTwice || isFixed || (countsUpBriefly(key) && !isInLoop(site, judging.sourceLine)));
  const relation = parent?.kinship.kind === 'relation' ? (parent.kinship.relation ?? parent.kinship.declared) : null;
  const described = parent === null ? null : describeParent(parent.call, parent.proven);
  const isSearch = parent === null && endsAtFirstFree(judging, pattern, site);
  const isWasteful = isRare || stopsEarly || isSearch;
  const within = enclosingWrites(judging, pattern);
  const isField = within === null && isAskedByResolver(pattern, judging.sourceLine);
  const loading = isWasteful || within !== null || isField ? null : loadingInstead(judging, pattern, key, parent);
  const advice = isWasteful
    ? few(share, isSearch)
    : within !== null
      ? withinWrites(judging, within)
      : adviceFor(judging, pattern, key, parent, loading);
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
    advice,
    message:
      messageOf(judging, pattern, {
        parent,
        relation: relation && relationName(relation.entity.name, relation.relation.property),
        asked: parent?.kinship.kind === 'relation' && parent.kinship.relation === null ? parent.kinship.declared : null,
        via: placeOf(via, judging.root),
        isWrittenOut: isFixed,
      }) + (isWasteful ? '' : noteMissingIndex(pattern.source, relation ?? undefined)),
    pattern,
    loading: advice.kind === 'load-relations' ? loading : null,
  };
}

/** Worth a word, since one query would do, and no fault of the code. */
function forEachAsking(judging: Judging, pattern: LoopPattern, asked: AskedByClient): Draft {
  const entity = pattern.entity;
  return {
    key: `loop|${pattern.key}`,
    kind: 'loop-n-plus-one',
    severity: 'info',
    entity,
    relation: null,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site: pattern.stack?.site ?? null,
    parent: null,
    advice: adviseClientReads(judging, pattern, asked),
    message: `${entity ?? 'The same query'} ${verbOf(pattern.api, entity)} ${times(pattern.calls)}, ${forClient(asked)}; nothing in the app loops.`,
    pattern,
    loading: null,
  };
}

function verbOf(api: string, entity: string | null): string {
  return wanted(api) ?? (entity === null ? 'ran' : 'was queried');
}

function adviceFor(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null, loading: Loading | null): Advice {
  const advice = loading
    ? { ...adviseLoading(judging, loading, null), ...batchFacts(judging, pattern, key, parent) }
    : adviseBatching(judging, pattern, key, parent);
  if (parent === null || parent.isEarlier || parent.pattern.calls < 2) return advice;
  // As many rows fed it as it asks for, one by one: to ask once for each of them is what is done already.
  const gainsNothing = (advice.predictedQueryCount ?? 0) >= judging.scope.count || (loading === null && parent.calls.length >= pattern.calls);
  if (!gainsNothing) return advice;
  const place = placeOf(parent.call.stack?.site ?? null, judging.root);
  return noAdvice(
    `Its keys come one by one out of another loop${place === null ? '' : ` (${place})`}: mend that one first, then there are rows to load this with.`,
  );
}

function withinWrites(judging: Judging, { api, stack }: LoopPattern): Advice {
  const method = /(\w+)$/.exec(api)?.[1] ?? api;
  const place = placeOf(stack?.site ?? null, judging.root);
  return noAdvice(
    `A subscriber or listener asks this within each \`${method}\`${place === null ? '' : ` at ${place}`}: have what it needs on the entity that is written, or look it up once before the loop.`,
  );
}

/** 1, 2, 3 (or 0, 1, 2): a loop bounded by a literal, not by data (case B18). */
function countsUpBriefly({ distinct }: VaryingKey): boolean {
  const keys = [...distinct].map(Number);
  const [first = NaN] = keys;
  return keys.length < 5 && (first === 0 || first === 1) && keys.every((key, index) => key === first + index);
}

function few(share: number | null, isSearch: boolean): Advice {
  if (isSearch) return noAdvice('The loop ended at the first that is not taken: which ones it has to ask about is not known beforehand.');
  const part = share === null ? 'The loop ended at the first match' : `Only ${percent(share)} of the rows were followed`;
  return noAdvice(`${part}: one query for all would fetch more than is used.`);
}

/** The part of the parent's rows that was asked about; null where that is not a matter of rows. */
function usedShare(judging: Judging, parent: FoundParent, key: VaryingKey): number | null {
  // While the loop runs, the rows that it has not come to yet are no rows left out.
  // What goes on after a response may have begun before it: which rows were left out shows in neither scope.
  if (judging.scope.endMs === null || parent.isEarlier) return null;
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

/** Taken, taken, free: `slug`, `slug-1`, `slug-2`, until a name is left (case X17). Lists that are worked off end at their last key instead. */
function endsAtFirstFree({ scope, sourceLine }: Judging, pattern: LoopPattern, site: Site | null): boolean {
  if (scope.endMs === null || pattern.samples.length < 2) return false;
  const rows = pattern.samples.map((call) => mainQuery(call)?.rows ?? 0);
  if (rows.at(-1) !== 0 || !rows.slice(0, -1).every((count) => count > 0)) return false;
  return /\.(exist|exists|existsBy|getExists)$/.test(pattern.api) || isInSearchLoop(site, sourceLine);
}

interface Told {
  readonly parent: FoundParent | null;
  readonly relation: string | null;
  /** The relation that the loop asks by, where only the rows that it asks for have it. */
  readonly asked: EntityRelation | null;
  /** The helper that asks. */
  readonly via: string | null;
  /** The keys are a list in the source. */
  readonly isWrittenOut: boolean;
}

function messageOf(judging: Judging, pattern: LoopPattern, { parent, relation, asked, via, isWrittenOut }: Told): string {
  const entity = asked?.entity.name ?? pattern.entity;
  const subject = (asked === null ? relation : null) ?? entity ?? 'The same query';
  const verb = subject === relation ? (wanted(pattern.api) ?? 'was loaded') : verbOf(pattern.api, entity);
  const by = asked === null ? '' : ` by its ${asked.relation.property}`;
  const through = via === null ? '' : ` through ${via}`;
  const head = `${subject} ${verb} ${times(pattern.calls)} in a loop${by}${through}`;
  if (isWrittenOut) return `${head}, each time with another key of a list that is written out in the source.`;
  if (parent === null) return `${head}, each time with another key; no result of this scope is known to have given them.`;
  const place = placeOf(parent.call.stack?.site ?? null, judging.root);
  return `${head}, ${forWhom(pattern, parent)}${place === null ? '' : ` that ${place} returned`}.`;
}

/** What TypeORM's method says about what was wanted, where that is no row. */
function wanted(api: string): string | null {
  const [method] = /(?<=\.)\w+$/.exec(api) ?? [];
  if (method === undefined || !isAggregateApi(api)) return null;
  if (/^(exist|getExists)/.test(method)) return 'was looked for';
  return /count$|^count|^getCount/i.test(method) ? 'was counted' : `was asked for its ${method}`;
}

/** Once for each row, or as many rows as there were where some share a key, have several or were left out. */
function forWhom(pattern: LoopPattern, { call, calls, kinship }: FoundParent): string {
  const { operation } = call;
  const owner = kinship.kind === 'relation' ? kinship.entity.name : (operation?.entity ?? null);
  const rows = calls.reduce((sum, each) => sum + entitiesOf(each), 0);
  const isRoot = operation?.source && operation.entity !== null && owner !== null && isSameOrSubclass(operation.source, operation.entity, owner);
  const isCounted = isRoot === true && pattern.calls === pattern.samples.length && rows !== pattern.calls && rows > 1;
  return isCounted ? `for ${counted(rows, nounOf(owner))}` : `once for each ${nounOf(owner)}`;
}
