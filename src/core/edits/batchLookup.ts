/**
 * Questions that a loop asks the database in each turn → one query for all keys before the loop, and a Map in their place:
 *
 *     for (const visit of visits) { const customer = await customers.findOneBy({ id: visit.customerId }); … }
 *
 *     const found = await customers.findBy({ id: In(visits.map((visit) => visit.customerId)) });
 *     const customerById = new Map(found.map((customer) => [customer.id, customer]));
 *     for (const visit of visits) { const customer = customerById.get(visit.customerId) ?? null; … }
 *
 * Several rows a turn get a Map of lists, counts and sums one grouped query. Declined where asking before the loop could give another answer
 * than asking in it.
 */
import { missingKeyObstacle } from './keyGuard';
import { dependsOnTurn } from './loopKey';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult } from './loadRelations';
import type { Asked, BatchRequest, LoopQuestion } from './loopQuestion';
import { columnOf, plainValues } from './lookupKey';
import { innerListsOf, loopsTogether, queriesInstead } from './loopNest';
import { canAwaitBefore, loopAround, NO_PLACE, type Loop } from './loops';
import { obstacleInBody } from './loopObstacles';
import { mapOfRows } from './mapOfRows';
import { asksForNumber, questionOf } from './questionOf';
import { refusedKeyObstacle } from './refusedKey';
import type { SourceText } from './sourceText';

/** SQL Server takes 2,100 parameters a statement, the other databases more. */
const MAX_KEYS = 2000;

export function batchLookup(source: SourceText, call: MethodCall, request: BatchRequest): ChangeResult {
  const around = loopAround(source, call);
  if (around.kind === 'other') return declined(around.reason);
  if (around.kind === 'none')
    return declined('the lookup stands in a function of its own, and the loop is elsewhere; ask for all keys where the loop is.');
  const { loop } = around;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  if (request.keys > MAX_KEYS) return declined(`the loop asked for ${request.keys} keys, more than one In() takes on every database; ask in chunks.`);
  const asked = { source, loop, call, entity, request };
  const question = questionOf(asked);
  if (question.kind === 'declined') return question;
  const obstacle = obstacleTo(asked, question, asksForNumber(call));
  if (obstacle) return declined(obstacle);
  return counted(mapOfRows(asked, question), queriesInstead(source, loopsTogether(source, loop, question), request));
}

/** One query was predicted. */
export function counted(result: ChangeResult, queries: number | 'untold' | null): ChangeResult {
  if (result.kind === 'declined' || queries === null) return result;
  return queries === 'untold' ? { ...result, isUntold: true } : { ...result, extraQueries: queries - 1 };
}

function obstacleTo({ source, loop, entity, request }: Asked, question: LoopQuestion, isNumber: boolean): string | null {
  if (question.fixed.some((node) => dependsOnTurn(source, loop, node))) return 'the lookup needs more of the loop’s turn than its key.';
  const nest = loopsTogether(source, loop, question);
  const [outermost] = nest;
  if (queriesInstead(source, nest, request) === null)
    return outermost.isInline ? NO_PLACE : 'the loop runs inside of another one, so the query would still run once for each turn of that one.';
  if (!canAwaitBefore(source, outermost)) return 'the function around the loop is not async.';
  return (
    missingKeyObstacle(source, loop, question.call, question.key, request) ??
    refusedKeyObstacle({ ...question, source, loop, outermost, type: columnOf(entity, question.property)?.type ?? null, request }) ??
    obstacleInBody(outermost, {
      ...question,
      source,
      request,
      innerLists: innerListsOf(nest),
      isPlain: plainValues(entity, question, request),
      isOwnKey: isNumber || isPrimaryKey(request, question),
      isByPrimaryKey: isByPrimaryKey(source, outermost, request, question),
    })
  );
}

/** Whether each key has a row of its own: one of a unique column too, where the loop does not change it. */
function isByPrimaryKey(source: SourceText, loop: Loop, { graph, entity }: BatchRequest, { one, property }: LoopQuestion): boolean {
  const column = graph.entities.find(({ name }) => name === entity)?.columns.find((each) => each.property === property);
  if (!one || !column) return false;
  return column.primary || (column.unique && !new RegExp(`\\.${property}\\s*=[^=]|\\b(assign|merge)\\(`).test(loop.body.getText(source.tree)));
}

/** Whether each turn has a key of its own, so that no two of them share what was found. */
function isPrimaryKey({ graph, elementEntity, isRepeated }: BatchRequest, { key }: LoopQuestion): boolean {
  const keys = graph.entities.find(({ name }) => name === elementEntity)?.columns.filter(({ primary }) => primary) ?? [];
  return !isRepeated && keys.length === 1 && key.ofElement.split('.').at(-1) === keys[0]?.property;
}
