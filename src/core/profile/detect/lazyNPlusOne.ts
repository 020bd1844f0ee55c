import { areRowsHandedOn } from '../advise/handedOn';
import { adviseLoading, costOf } from '../advise/loadRelations';
import { noAdvice } from '../advise/plainAdvice';
import type { Call } from '../evidence';
import { isToMany } from '../metadataIndex';
import type { Advice, FindingParent } from '../queryProfile';
import { askedByClient } from './askedByClient';
import type { Detector, Draft, Judging, Loading, LoopPattern } from './judging';
import { noteMissingIndex } from './missingIndex';
import { isInWholeLoop } from '../listLoop';
import { isListOfOne } from './loopOfOne';
import { describeParent, entitiesOf } from './parentOf';
import { isFromOrigin, isSameOrSubclass, originOf, type Origin } from './paths';
import { placeOf } from './sites';
import { counted, nounOf, percent, relationName, times } from './words';

/** One lazy relation read on row after row: a query for each. The parent is known from hydration, not guessed. */
export const lazyNPlusOne: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    if (pattern.api !== 'lazy') continue;
    if (ownersOf(pattern) < judging.thresholds.repeats) {
      const predicted = predictedFromOne(judging, pattern);
      if (predicted) drafts.push(predicted);
      continue;
    }
    judging.covered.add(pattern);
    drafts.push(isChain(judging, pattern) ? chain(judging, pattern) : fromList(judging, pattern));
  }
  return drafts;
};

/**
 * A list that happened to have one row, and a loop over it in the source: one query today, one more for each row to come (case A12). Told as
 * information only where both are certain: hydration proves the parent, and the line stands in a loop over rows.
 */
function predictedFromOne(judging: Judging, pattern: LoopPattern): Draft | null {
  if (pattern.calls !== 1 || judging.scope.endMs === null) return null;
  const origin = originOf(judging, pattern);
  const operation = origin?.call.operation;
  if (!origin || !operation || origin.path.length > 0 || !isListOfOne(judging, origin.call)) return null;
  const site = pattern.stack?.site ?? null;
  if (!isInWholeLoop(site, judging.sourceLine)) return null;
  const name = relationName(pattern.entity, pattern.relation);
  const place = placeOf(operation.stack?.site ?? null, judging.root);
  return {
    key: `lazy|${pattern.key}`,
    kind: 'lazy-n-plus-one',
    severity: 'info',
    entity: pattern.entity,
    relation: pattern.relation,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: describeParent(origin.call, true),
    advice: noAdvice(`Load ${pattern.relation ?? 'it'} with the list, unless it can only ever have one row.`),
    message: `${name} is loaded in a loop over what ${place ?? 'a query'} returned. It was one ${nounOf(pattern.entity)} this time; each further one costs a query more.`,
    pattern,
    loading: null,
  };
}

/** Distinct entities it was read on; one that was read twice is a duplicate, not a list. */
function ownersOf(pattern: LoopPattern): number {
  return new Set(pattern.samples.map(({ operation }, index) => `${operation?.ownerKey ?? index}`)).size;
}

/** Each level was loaded by the level before: `category.parent.parent` (case B15). */
function isChain(judging: Judging, pattern: LoopPattern): boolean {
  const steps = pattern.samples.slice(1);
  const own = steps.filter(({ operation }, index) => operation?.owner?.call === pattern.samples[index]).length;
  return steps.length > 0 && own >= steps.length * judging.thresholds.provenShare;
}

function fromList(judging: Judging, pattern: LoopPattern): Draft {
  const origin = originOf(judging, pattern);
  const known = pattern.samples.filter(({ operation }) => operation?.owner).length;
  const proven = origin !== null && known >= pattern.samples.length * judging.thresholds.provenShare;
  const parent = origin === null ? null : describeParent(origin.call, proven);
  const share = origin === null ? null : usedShare(judging, pattern, origin.call);
  const isRare = share !== null && share < judging.thresholds.usedShare;
  const inverse = inverseKnown(pattern);
  const unreachable = origin === null || isRare ? null : onlyOfSubclass(pattern, origin);
  const loading = isRare || inverse !== null || unreachable !== null || origin === null ? null : loadingOf(judging, pattern, origin);
  const isVisible = loading !== null && areRowsHandedOn(judging, pattern);
  return {
    key: `lazy|${pattern.key}`,
    kind: 'lazy-n-plus-one',
    severity: isRare || isAskedByClient(judging, pattern) ? 'info' : 'warning',
    entity: pattern.entity,
    relation: pattern.relation,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site: pattern.stack?.site ?? null,
    parent,
    advice: isRare
      ? noAdvice(
          `Only ${percent(share)} of the ${counted(entitiesOf(origin?.call), 'row')} were followed: loading the relation for all would cost more than it saves.`,
        )
      : (inverse ??
        unreachable ??
        (isVisible ? byHand(pattern, adviseLoading(judging, loading, pattern.relation)) : adviseLoading(judging, loading, pattern.relation))),
    message: `${messageOf(judging, pattern, parent, origin?.path ?? [])}${isRare ? '' : noteMissingIndex(pattern.source, pattern.source?.findRelation(pattern.entity, pattern.relation))}${isRare ? ` That is ${percent(share)} of them.` : ''}`,
    pattern,
    loading: isVisible ? null : loading,
  };
}

/** Each read on what a call of its own returned, in an answer of its own: one query more for each row that the client asks for, and no list. */
function isAskedByClient(judging: Judging, pattern: LoopPattern): boolean {
  const owners = new Set(pattern.samples.map(({ operation }) => operation?.owner?.call));
  return owners.size === pattern.samples.length && askedByClient(judging, pattern) !== null;
}

/** Loading it is right, but shows in what is sent: somebody has to want that. */
function byHand({ entity, relation }: LoopPattern, advice: Advice): Advice {
  const name = `${relation ?? ''}`;
  return {
    ...advice,
    editable: false,
    whyNot: `${entity ?? 'The rows'} is sent or copied whole, and holds what was loaded as __${name}__: loading ${name} with the query changes that. Send fields of your own, then load it.`,
  };
}

/** Single-table inheritance: a query for the base class cannot name what only a subclass has (case E6). */
function onlyOfSubclass(pattern: LoopPattern, { call, path }: Origin): ReturnType<typeof noAdvice> | null {
  const queried = call.operation?.entity ?? null;
  // TypeORM's metadata of the base lists the subclasses' relations as well; that some subclass lacks it tells whose it is.
  const subclasses = pattern.source?.event.entities.filter(({ parent }) => parent !== null && parent === queried) ?? [];
  if (path.length > 0 || subclasses.every(({ relations }) => relations.some(({ property }) => property === pattern.relation))) return null;
  return noAdvice(
    `${pattern.relation} is a relation of the subclass only, so a query for ${queried} cannot load it: ask for the subclass by itself, or read the related rows with one \`In(ids)\`.`,
  );
}

function loadingOf(judging: Judging, pattern: LoopPattern, origin: Origin): Loading {
  const relation = pattern.source?.findRelation(pattern.entity, pattern.relation);
  const cost = costOf(pattern, [...origin.path, pattern.relation ?? ''], relation);
  // A function that calls itself goes on with what was loaded, and other queries' rows may go through the loop as well: their loads stay.
  const stay = pattern.samples.filter((load) => !isFromOrigin(judging, load, origin));
  return {
    call: origin.call,
    cost: { ...cost, loads: cost.loads - stay.length, queries: cost.queries - stay.reduce((sum, { queries }) => sum + queries.length, 0) },
  };
}

/** The part of the parent's entities whose relation was read; null where the parent returned others than those. */
function usedShare(judging: Judging, pattern: LoopPattern, call: Call): number | null {
  const metadata = pattern.source;
  const { operation } = call;
  // While the loop runs, the rows that it has not come to yet are no rows left out.
  if (judging.scope.endMs === null) return null;
  if (!metadata || !operation || operation.entity === null || pattern.entity === null) return null;
  if (!isSameOrSubclass(metadata, operation.entity, pattern.entity)) return null;
  const calls = new Set(
    pattern.samples
      .map((sample) => sample.operation?.owner?.call)
      .filter((owner) => owner !== undefined && judging.patternOf(owner) === judging.patternOf(call)),
  );
  const available = [...calls].reduce((sum, owner) => sum + (owner?.operation?.roots ?? 0), 0);
  return available > 0 ? Math.min(1, pattern.calls / available) : null;
}

/** @param path relations on the way from the parent's entity to the pattern's */
function messageOf(judging: Judging, pattern: LoopPattern, parent: FindingParent | null, path: readonly string[]): string {
  const name = relationName(pattern.entity, pattern.relation);
  const place = placeOf(parent?.site ?? null, judging.root);
  const source = place === null ? '' : path.length > 0 ? `, of ${path.join('.')} of what ${place} returned` : ` that ${place} returned`;
  const relation = pattern.source?.findRelation(pattern.entity, pattern.relation)?.relation;
  const empty = relation && !isToMany(relation) ? pattern.samples.filter((call) => call.queries.every(({ rows }) => rows === 0)).length : 0;
  const note = empty > 0 ? ` For ${empty === pattern.samples.length ? 'all' : empty} of them there was nothing to load.` : '';
  return `${name} was loaded ${times(pattern.calls)}, once for each ${nounOf(pattern.entity)}${source}.${note}`;
}

/** `comment.post` where the comments came from `post.comments`: TypeORM does not set the inverse side itself (case A19). */
function inverseKnown(pattern: LoopPattern): ReturnType<typeof noAdvice> | null {
  const owner = pattern.samples[0]?.operation?.owner;
  if (!owner || owner.api !== 'lazy') return null;
  const loaded = pattern.source?.findRelation(owner.entity, owner.relation)?.relation;
  if (!loaded || loaded.inverse !== pattern.relation) return null;
  return noAdvice(
    `The ${nounOf(pattern.entity)} came from ${relationName(owner.entity, owner.relation)}, so its ${pattern.relation} is already at hand: use the object the loop started from.`,
  );
}

function chain(judging: Judging, pattern: LoopPattern): Draft {
  const name = relationName(pattern.entity, pattern.relation);
  const first = pattern.samples[0]?.operation?.owner?.call ?? null;
  return {
    key: `lazy|${pattern.key}`,
    kind: 'lazy-n-plus-one',
    severity: 'warning',
    entity: pattern.entity,
    relation: pattern.relation,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site: pattern.stack?.site ?? null,
    parent: first === null ? null : describeParent(first, true),
    advice: noAdvice(
      'Each level is loaded by the one before, so no depth of `relations` is enough: use a tree entity (`TreeRepository.findAncestorsTree`) or one recursive CTE.',
    ),
    message: `${name} was followed ${counted(pattern.calls, 'level')} deep, a query for each${placeNote(judging, first)}.`,
    pattern,
    loading: null,
  };
}

function placeNote(judging: Judging, call: Call | null): string {
  const place = placeOf(call?.stack?.site ?? null, judging.root);
  return place === null ? '' : `, starting from what ${place} returned`;
}
