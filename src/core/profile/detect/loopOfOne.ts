/**
 * A list that happened to have one row, and a query for it in a loop over the list: one query today, one more for each row to come. Told as information
 * only where all of it is certain: TypeORM's metadata connects the key with the list's column, and the source shows the loop over that very list.
 */
import { noAdvice } from '../advise/plainAdvice';
import type { Call, QueryRecord } from '../evidence';
import { isInWholeLoop, isLoopOver } from '../listLoop';
import type { Site } from '../queryProfile';
import type { Comparison } from '../sql/statementFacts';
import { isAggregateApi, isCreateApi, isListApi, isWriteApi } from './apis';
import { factsOf, type Draft, type Judging, type LoopPattern } from './judging';
import { mainQuery } from './keys';
import { type ColumnKinship, kinshipOf } from './kinship';
import { describeParent } from './parentOf';
import { loopSite, placeOf, toSite } from './sites';
import { nounOf, relationName } from './words';

type Related = Extract<ColumnKinship, { readonly kind: 'relation' }>;

/** Of a scope that is over; while it runs, more of each may come. */
export function loopsOfOne(judging: Judging): Draft[] {
  if (judging.scope.endMs === null || judging.sourceLine === undefined) return [];
  const lists = judging.evidence.calls.filter((call) => isListOfOne(judging, call));
  if (lists.length === 0) return [];
  return judging.patterns.flatMap((pattern) => loopOfOne(judging, pattern, lists) ?? []);
}

/** Null where the query may well stay the only one. */
function loopOfOne(judging: Judging, pattern: LoopPattern, lists: readonly Call[]): Draft | null {
  const [call] = pattern.samples;
  const query = call && mainQuery(call);
  if (pattern.calls !== 1 || call === undefined || query?.kind !== 'select' || !isLookup(judging, pattern, query)) return null;
  for (const list of lists) {
    if (list === call || list.startMs > call.startMs) continue;
    const kinship = fedBy(judging, pattern, query, list);
    if (kinship === null) continue;
    const { site } = loopSite(pattern.stack, list.stack, judging.sourceLine);
    if (isInWholeLoop(site, judging.sourceLine) && isOverList(judging, site, list)) return draftOf(judging, pattern, list, kinship);
  }
  return null;
}

/** The list may come from a helper: then a frame further out has the statement that gives it a name. */
function isOverList(judging: Judging, site: Site | null, { stack }: Call): boolean {
  return stack?.frames.some((frame) => isLoopOver(site, toSite(frame), judging.sourceLine)) ?? false;
}

function isLookup(judging: Judging, { api }: LoopPattern, query: QueryRecord): boolean {
  return api !== 'lazy' && !isWriteApi(api) && !isCreateApi(api) && query.error === null && !factsOf(judging, query).locking;
}

/** One row came, and others could have. */
export function isListOfOne(judging: Judging, { operation, queries: [query] }: Call): boolean {
  return (
    operation?.roots === 1 &&
    isListApi(operation.api) &&
    query !== undefined &&
    !/\bLIMIT 1\b/i.test(query.sql) &&
    !asksForOne(judging, query, operation.entity)
  );
}

/** It compares a key that no two rows share. */
function asksForOne(judging: Judging, query: QueryRecord, name: string | null): boolean {
  const entity = query.source?.findEntity(name);
  if (!entity) return false;
  const { comparisons, tables } = factsOf(judging, query);
  const equal = comparisons.filter((one) => one.clause === 'where' && isOneValue(one) && one.table === tables[0]?.table).map(({ column }) => column);
  const properties = entity.columns.filter(({ column }) => equal.includes(column)).map(({ property }) => property);
  const primary = entity.columns.filter((column) => column.primary).map(({ property }) => property);
  const unique = (entity.indices ?? []).filter((index) => index.unique).map(({ columns }) => columns);
  return [primary, ...unique, ...(entity.uniques ?? [])].some((key) => key.length > 0 && key.every((property) => properties.includes(property)));
}

function isOneValue({ operator, values }: Comparison): boolean {
  return operator === 'equals' && values.length === 1;
}

/** How the key it asks for is related with the list's row that holds it; null where it is not, or where it asks for a list of keys, as loaders do. */
function fedBy(judging: Judging, { source: metadata }: LoopPattern, query: QueryRecord, list: Call): Related | null {
  const { comparisons, tables } = factsOf(judging, query);
  const results = judging.evidence.results.filter((result) => result.call === list && result.query.source === query.source);
  for (const child of comparisons.filter((one) => one.clause === 'where' && isOneValue(one))) {
    for (const result of results) {
      for (const [resultColumn, parent] of factsOf(judging, result.query).resultColumns) {
        if (!result.values.get(resultColumn)?.includes(child.values[0] ?? '')) continue;
        const kinship = kinshipOf({ metadata, child, childTables: tables, parent, resultColumn });
        if (kinship.kind === 'relation') return kinship;
      }
    }
  }
  return null;
}

function draftOf(judging: Judging, pattern: LoopPattern, list: Call, { relation, declared }: Related): Draft {
  const { entity, relation: told } = relation ?? declared;
  const place = placeOf(list.stack?.site ?? null, judging.root);
  const name = relation === null ? (pattern.entity ?? entity.name) : relationName(entity.name, told.property);
  return {
    key: `loop|${pattern.key}`,
    kind: 'loop-n-plus-one',
    severity: 'info',
    entity: entity.name,
    relation: told.property,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site: loopSite(pattern.stack, list.stack, judging.sourceLine).site,
    parent: describeParent(list, true),
    advice: noAdvice(
      isAggregateApi(pattern.api)
        ? 'Ask once for all rows of the list, with `GROUP BY`, unless it can only ever have one.'
        : `${relation === null ? 'Ask once with `In(keys)`' : `Load \`${told.property}\` with the list, or ask once with \`In(keys)\``}, unless it can only ever have one row.`,
    ),
    message: `${name} is asked for in a loop over what ${place ?? 'a query'} returned. It was one ${nounOf(list.operation?.entity ?? null)} this time; each further one costs a query more.`,
    pattern,
    loading: null,
  };
}
