/**
 * Advice to load relations with the query that fed the loop, and whether by join or by a query each.
 *
 * The rule: joins for to-one relations; `relationLoadStrategy: "query"` for collections, because a join repeats the parent's columns for every
 * child; but a many-to-many is joined, because only so its rows keep their order. Query counts are those of TypeORM 0.3 and 1.1 (RelationIdLoader): strategy "query" runs two statements for a relation, one for its rows and
 * one for the pairs of keys, where it cannot do without the second; a join runs none, but makes a query with `take` run twice.
 */
import type { MetaRelation } from '../../../protocol/probe';
import { factsOf, type Judging, type Loading, type LoopPattern } from '../detect/judging';
import { entitiesOf } from '../detect/parentOf';
import type { Call } from '../evidence';
import { type EntityRelation, isToMany } from '../metadataIndex';
import type { Advice, LoadStrategy } from '../queryProfile';
import { noAdvice } from './plainAdvice';
import { eagerStatements, joinedEagerStatements, statementsByQuery } from './queryStrategy';
import { whyNotEditable } from './whyNotEditable';

/** What the loads of one relation cost, as advice needs it. */
export interface LoadCost {
  /** Property paths of the relations, from the call's entity. */
  readonly path: readonly string[];
  readonly relation: MetaRelation | undefined;
  readonly loads: number;
  readonly rows: number;
  /** Statements that the advice makes unnecessary. */
  readonly queries: number;
  /** Statements that strategy "query" runs for it. */
  readonly queryStrategyStatements: number;
  /** How many rows there are is not known: nothing was loaded yet. */
  readonly isUnmeasured?: true;
}

/** @param loading null where the query that returned the rows is not known. */
export function adviseLoading(judging: Judging, loading: Loading | null, relation: string | null): Advice {
  if (loading === null)
    return noAdvice(`Load ${relation ?? 'the relation'} with the query that returned these rows; which one that was is not known.`);
  return adviseFor(judging, loading.call, [loading.cost]);
}

/** @param path property paths of the relations, from the entity of the call that should load them. */
export function costOf(pattern: LoopPattern, path: readonly string[], found: EntityRelation | undefined): LoadCost {
  const queryStrategyStatements = pattern.rows === 0 ? 1 : statementsByQuery(found);
  return { path, relation: found?.relation, loads: pattern.calls, rows: pattern.rows, queries: allStatementsOf(pattern), queryStrategyStatements };
}

/** All that goes with the calls: the query result cache is read before each of their queries, and written after it where it had no answer. */
export function allStatementsOf({ count, housekeeping, cacheReads }: LoopPattern): number {
  return count + housekeeping + cacheReads;
}

/** The cost of a relation that was missed rather than loaded row by row. */
export function costOfLoading(path: readonly string[], found: EntityRelation | undefined, loads: number): LoadCost {
  return { path, relation: found?.relation, loads, rows: 0, queries: 0, queryStrategyStatements: statementsByQuery(found), isUnmeasured: true };
}

/** One advice for all relations that the same call should have loaded. */
export function adviseFor(judging: Judging, call: Call, found: readonly LoadCost[]): Advice {
  const costs = [...found.map((cost) => withStrays(judging, call, cost)), ...loadsOnTheWay(judging, call, found)];
  const saved = costs.reduce((sum, { queries }) => sum + queries, 0);
  const before = judging.scope.count;
  const after = (strategy: LoadStrategy) => Math.max(1, before - saved + callsWithRows(judging, call) * extraQueries(judging, call, costs, strategy));
  const { strategy, reason } = chooseStrategy(judging, call, costs, (by) => after(by) < before);
  const predicted = after(strategy);
  const whyNot =
    whyNotEditable(call.stack?.site ?? null) ?? (saved === 0 || predicted < before ? null : `It would save no query here: ${before} → ${predicted}.`);
  return {
    kind: 'load-relations',
    relations: withPrefixes(costs.map(({ path }) => path)),
    strategy,
    predictedQueryCount: predicted,
    currentQueryCount: before,
    editable: whyNot === null,
    whyNot,
    reason,
    ...(call.operation?.source ? { driver: call.operation.source.driver } : {}),
  };
}

/** `author.books` was lazily loaded once, to reach `books.tags`: loading the path makes that load unnecessary too. */
function loadsOnTheWay(judging: Judging, call: Call, found: readonly LoadCost[]): LoadCost[] {
  const known = new Set(found.map(({ path }) => path.join('.')));
  const onTheWay = withPrefixes(found.map(({ path }) => path)).filter((path) => !known.has(path));
  return onTheWay.flatMap((path) => {
    const steps = path.split('.');
    const pattern = judging.patterns.find(
      ({ api, relation, samples }) => api === 'lazy' && relation === steps.at(-1) && samples.some(({ operation }) => operation?.owner?.call === call),
    );
    if (!pattern) return [];
    const cost = costOf(pattern, steps, pattern.source?.findRelation(pattern.entity, pattern.relation));
    const stay = pattern.samples.filter(({ operation }) => operation?.owner && judging.patternOf(operation.owner.call) !== judging.patternOf(call));
    return [{ ...cost, queries: cost.queries - stay.reduce((sum, { queries }) => sum + queries.length, 0) }];
  });
}

/**
 * Loads of the same relation on the same rows from other lines, or from the same line by another way: the first turn of a reduce has the caller's
 * stack, later ones have an await's. They become unnecessary as well.
 */
function withStrays(judging: Judging, call: Call, cost: LoadCost): LoadCost {
  const property = cost.path.at(-1);
  const owner = cost.path.length === 1 ? call.operation?.entity : undefined;
  const loads = judging.patterns.filter(
    ({ api, entity, relation, samples }) =>
      api === 'lazy' && relation === property && entity === owner && samples.every(({ operation }) => operation?.owner?.call === call),
  );
  const queries = loads.reduce((sum, load) => sum + allStatementsOf(load), 0);
  return queries > cost.queries ? { ...cost, queries } : cost;
}

/** @param saves whether anything would be saved with a strategy */
function chooseStrategy(
  judging: Judging,
  call: Call,
  costs: readonly LoadCost[],
  saves: (strategy: LoadStrategy) => boolean,
): { readonly strategy: LoadStrategy; readonly reason: string } {
  const collections = costs.filter(({ relation }) => relation !== undefined && isToMany(relation));
  if (collections.length === 0) return { strategy: 'join', reason: 'A to-one relation adds no rows when joined.' };
  if (isQueryBuilder(call)) {
    return { strategy: 'join', reason: `A query builder loads relations by joining: ${collections.map(describeFan).join(', ')}.` };
  }
  // RelationIdLoader groups the rows of one query, so a many-to-many would come back in the order of all parents together.
  if (collections.some(({ relation }) => relation?.kind === 'many-to-many'))
    return { strategy: 'join', reason: `${collections.map(describeFan).join(', ')}: a many-to-many keeps its order only when it is joined.` };
  if (collections.length === 1 && !saves('query') && saves('join'))
    return {
      strategy: 'join',
      reason: `${collections.map(describeFan).join(', ')}: for so few parents a join takes fewer queries than one for each relation.`,
    };
  const many =
    collections.length > 1
      ? 'several collections in one join would multiply each other'
      : 'a join would repeat the parent’s columns for each of them';
  const limit = isLimited(judging, call) ? ', and with a limit TypeORM would run a joined query twice' : '';
  return { strategy: 'query', reason: `${collections.map(describeFan).join(', ')}: ${many}${limit}.` };
}

function fanOf({ rows, loads }: LoadCost): number {
  return rows / Math.max(1, loads);
}

function describeFan(cost: LoadCost): string {
  if (cost.isUnmeasured) return `how many rows ${cost.path.join('.')} has per parent is not known`;
  const fan = fanOf(cost);
  return `${cost.path.join('.')} has ${fan < 10 ? fan.toFixed(1).replace(/\.0$/, '') : Math.round(fan)} rows per parent`;
}

/** Page by page, or in a loop of its own: each of the line's calls that returns rows will load their relations. */
function callsWithRows(judging: Judging, call: Call): number {
  const calls = judging.patternOf(call)?.samples ?? [];
  return Math.max(1, calls.filter((each) => entitiesOf(each) > 0).length);
}

function extraQueries(judging: Judging, call: Call, costs: readonly LoadCost[], strategy: LoadStrategy): number {
  if (strategy === 'join') return isLimited(judging, call) && !joinsAlready(judging, call) ? 1 : 0;
  const named = new Set(costs.map(({ path }) => path.join('.')));
  const own = costs.reduce((sum, { queryStrategyStatements }) => sum + queryStrategyStatements, 0);
  const below = costs.reduce((sum, { path, relation, rows, isUnmeasured }) => {
    const target = rows > 0 || isUnmeasured ? relation?.target : undefined;
    return sum + eagerStatements(call.operation?.source ?? null, target ?? null, (eager) => named.has([...path, eager].join('.')));
  }, 0);
  return own + below + joinedEagerStatements(judging, call, named);
}

function isQueryBuilder(call: Call): boolean {
  return /QueryBuilder/.test(call.operation?.api ?? '');
}

function isLimited(judging: Judging, call: Call): boolean {
  return call.queries.some((query) => factsOf(judging, query).hasLimit);
}

function joinsAlready(judging: Judging, call: Call): boolean {
  // The pairs of keys that a @RelationId is read by are joined as well, in a query without the limit.
  return call.queries.map((query) => factsOf(judging, query)).some(({ tables, hasLimit }) => tables.length > 1 && hasLimit);
}

/** `a.b` needs `a`; sorted, each once. */
function withPrefixes(paths: readonly (readonly string[])[]): string[] {
  const all = new Set(paths.flatMap((path) => path.map((_, index) => path.slice(0, index + 1).join('.'))));
  return [...all].sort();
}
