/** What to do about explicit queries in a loop: use the relation where one is declared and nothing else is asked, else ask for all keys at once. */
import type { MetaRelation } from '../../../protocol/probe';
import { isAggregateApi, isPlainFindApi, isRawApi, isRelationLoad } from '../detect/apis';
import { factsOf, type Judging, type Loading, type LoopPattern } from '../detect/judging';
import { mainQuery, type VaryingKey } from '../detect/keys';
import type { FoundParent } from '../detect/parents';
import { hasSelected, isSameOrSubclass, pathWithin } from '../detect/paths';
import type { QueryRecord } from '../evidence';
import { isAskedByResolver, loopSiteBelow } from '../detect/sites';
import type { Advice } from '../queryProfile';
import { costOf, allStatementsOf } from './loadRelations';
import { editableAdvice } from './plainAdvice';

type BatchFacts = Pick<Advice, 'asked' | 'askedQueries' | 'batchQueries' | 'innermost' | 'parentCalls' | 'keyTypes'>;

export function adviseBatching(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): Advice {
  const reason = reasonFor(judging, pattern, key, parent);
  const advice = editableAdvice({
    kind: 'batch-in',
    predictedQueryCount: judging.scope.count - queriesOf(judging, pattern) + batchesOf(parent) * statementsOfBatch(pattern),
    currentQueryCount: judging.scope.count,
    reason,
    site: loopSiteBelow(pattern, parent, judging.sourceLine).site,
    driver: pattern.source?.driver ?? null,
  });
  const told = isAskedByResolver(pattern, judging.sourceLine) ? { ...advice, ...byDataLoader(pattern, reason) } : advice;
  return { ...told, ...batchFacts(judging, pattern, key, parent) };
}

/** There is no loop in the app to take the query out of, and loading the rows elsewhere would not keep the resolver from asking. */
function byDataLoader({ stack }: LoopPattern, reason: string): Pick<Advice, 'editable' | 'whyNot' | 'reason'> {
  const caller = stack?.frames.at(-1)?.function ?? null;
  // What a DataLoader calls its batch function.
  if (caller === '_batchLoadFn') {
    return {
      editable: false,
      whyNot: 'There is a data loader for each row; where to make one for all of them is for you to say.',
      reason: `The data loader is made anew for each row, so it has one key to ask for: make one for each request. ${reason}`,
    };
  }
  return {
    editable: false,
    whyNot: 'The GraphQL library calls this resolver for one row at a time; the DataLoader that asks for all of them has to be written by hand.',
    reason: `GraphQL calls ${caller === null ? 'this resolver' : `\`${caller}\``} for one row at a time: let a DataLoader (one for each request) collect the keys. ${reason}`,
  };
}

/** One for each result whose rows the loop runs over: page by page, or in a loop around both. */
function batchesOf(parent: FoundParent | null): number {
  return Math.max(1, parent?.calls.length ?? 1);
}

/**
 * As many as a call of the loop takes: what is read for each row set (counts, relations by queries of their own) is read for the one as well, and a
 * cached query is looked up before and stored after. Only a limit's page of keys (`"distinctAlias"`) falls away.
 */
function statementsOfBatch({ calls, housekeeping, samples }: LoopPattern): number {
  const most = Math.max(1, ...samples.map(({ queries }) => queries.filter(({ sql }) => !/\bdistinctAlias\b/.test(sql)).length));
  return most + Math.round(housekeeping / Math.max(1, calls));
}

/** What an edit that asks for all keys at once has to know of the loop, whatever the first advice is. */
export function batchFacts(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): BatchFacts {
  const keyTypes = typesOf(pattern, key);
  const { via } = loopSiteBelow(pattern, parent, judging.sourceLine);
  return {
    ...(keyTypes.length > 0 ? { keyTypes } : {}),
    askedQueries: queriesOf(judging, pattern),
    batchQueries: statementsOfBatch(pattern),
    ...(via === null ? {} : { innermost: via }),
    ...(pattern.entity === null ? {} : { asked: pattern.entity }),
    ...(parent === null ? {} : { parentCalls: { all: parent.pattern.calls, fed: parent.calls.length } }),
  };
}

/** `'4'` and 4 are one key to the database, and two to a Map. */
function typesOf({ samples }: LoopPattern, { distinct }: VaryingKey): readonly string[] {
  const asked = samples.flatMap((call) => mainQuery(call)?.parameters?.filter((value) => distinct.has(String(value))) ?? []);
  return [...new Set(asked.map(typeOfKey))].sort();
}

/** PostgreSQL takes a uuid in braces, and with other hyphens or none (its docs, 8.12): no row is found by that spelling in a Map. */
function typeOfKey(value: unknown): string {
  if (typeof value !== 'string') return typeof value;
  const isOtherUuid = /^\{?[\da-f]{4}(-?[\da-f]{4}){7}\}?$/i.test(value) && !/^[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}$/i.test(value);
  return isOtherUuid ? 'uuid spelt otherwise' : 'string';
}

/** Of the pattern, and of the same callback by another stack: in a reduce, whose turns wait for each other, the first and last have their own. */
function queriesOf({ patterns }: Judging, pattern: LoopPattern): number {
  const [leaf] = pattern.stack?.frames ?? [];
  if (!leaf || leaf.function !== null) return allStatementsOf(pattern);
  const isSame = ({ api, entity, stack }: LoopPattern): boolean => {
    const [frame] = stack?.frames ?? [];
    return api === pattern.api && entity === pattern.entity && frame?.file === leaf.file && frame.line === leaf.line && frame.column === leaf.column;
  };
  return patterns.filter((other) => other === pattern || isSame(other)).reduce((sum, other) => sum + allStatementsOf(other), 0);
}

function reasonFor(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): string {
  const query = pattern.samples[0] && mainQuery(pattern.samples[0]);
  const facts = query && factsOf(judging, query);
  const column = key.columns[0]?.column;
  if (isAggregateApi(pattern.api) || facts?.aggregate)
    return `Ask once for all keys: one query with \`GROUP BY ${column ?? 'the key'}\` answers for every row.`;
  if (facts?.hasLimit && facts.ordered && !namesOneRow(pattern, key))
    return 'The loop takes the first rows of each key: one query with a window function (or DISTINCT ON, LATERAL) reads them for all keys; loading the relation would read every row.';
  if (key.filters.length > 0) {
    const names = [...new Set(key.filters.map((filter) => filter.column))].join(', ');
    return `Ask once with \`In(keys)\` and keep the filter on ${names}; loading the relation alone would drop it.`;
  }
  if (/^TreeRepository\./.test(pattern.api))
    return `\`${pattern.api.replace('TreeRepository.', '')}()\` answers for one row: read the rows of the tree with one \`find()\` and link them in memory, or ask once by a query builder for all keys.`;
  const keep = 'and keep the rows in a Map by key';
  if (parent === null)
    return `Ask once with \`In(keys)\` ${keep}; where they come from (a request, a file, a column of another meaning) was not seen, so there is no query to load a relation with.`;
  if (parent.isForeign) return `Ask once with \`In(keys)\` ${keep}; the rows are of another database, where no relation leads.`;
  if (parent.kinship.kind === 'relation') return `Ask once with \`In(keys)\` ${keep}.`;
  return `Ask once with \`In(keys)\` ${keep}; with a relation declared between the two entities it could be loaded with the first query.`;
}

/** By its primary key: `findOne` limits a query that joins to one row, and orders it for that, but there is no other row for the key. */
function namesOneRow({ source, entity }: LoopPattern, { columns }: VaryingKey): boolean {
  const asked = source?.findEntity(entity);
  const primary = asked?.columns.filter((column) => column.primary) ?? [];
  return primary.length > 0 && primary.every((own) => columns.some(({ table, column }) => table === asked?.table && column === own.column));
}

/** Null where loading the relation would not answer the same question. */
export function loadingInstead(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): Loading | null {
  // What another scope reads is not changed for the sake of this one, whose queries are what is counted.
  if (parent === null || parent.isEarlier || !parent.proven || parent.kinship.kind !== 'relation' || parent.kinship.relation === null) return null;
  const { entity, relation } = parent.kinship.relation;
  // Totals and single columns are no entities that a relation could be loaded into (case X31).
  if (parent.call.operation !== null && isRawApi(parent.call.operation.api)) return null;
  // A list of keys may be a part of those that the relation holds.
  if (key.valuesPerCall > 1) return null;
  const isNamed = isRelationLoad(pattern.api);
  if ((!isNamed && !isPlainFindApi(pattern.api)) || key.filters.length > 0 || key.columns.length !== 1) return null;
  const query = pattern.samples[0] && mainQuery(pattern.samples[0]);
  const isCollection = relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
  if (query && isCollection && factsOf(judging, query).hasLimit) return null;
  if (query && readsDeletedRows(query, relation)) return null;
  // Rows that belong to the same one as the parent's do: the relation leads away from them.
  if (!isNamed && pattern.entity && pattern.source && !isSameOrSubclass(pattern.source, pattern.entity, relation.target)) return null;
  if (hasSelected(judging, parent.call, parent.kinship.relation)) return null;
  const path = parent.call.operation?.entity ? pathWithin(judging, parent.call, entity.name) : null;
  return path === null ? null : { call: parent.call, cost: costOf(pattern, [...path, relation.property], parent.kinship.relation) };
}

/** `withDeleted: true`: a loaded relation would leave out the rows that were softly deleted (case E11). */
function readsDeletedRows(query: QueryRecord, { target }: MetaRelation): boolean {
  const flagged = query.source?.findEntity(target)?.columns.find(({ flag }) => flag === 'isDeleteDate')?.column;
  return (
    flagged !== undefined && !new RegExp(`["\`\\]]?${flagged}["\`\\]]? IS NULL`).test(query.sql.slice(Math.max(0, query.sql.search(/\bWHERE\b/i))))
  );
}
