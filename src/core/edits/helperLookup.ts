/**
 * A lookup that stands in a helper which the loop calls: the rows of all keys are read before the loop and handed to the helper:
 *
 *     for (const visit of visits) { const customer = await this.customerOf(visit.customerId); … }
 *     private async customerOf(id: number) { return this.customers.findOneBy({ id }); }
 *
 *     const customers = await this.customers.findBy({ id: In(visits.map((visit) => visit.customerId)) });
 *     const customerById = new Map(customers.map((customer) => [customer.id, customer]));
 *     for (const visit of visits) { const customer = await this.customerOf(visit.customerId, customerById); … }
 *     private async customerOf(id: number, customerById: ReadonlyMap<Customer['id'], Customer>) { return customerById.get(id) ?? null; }
 *
 * Where others call the helper too, the Map is optional, and without it the helper asks as before.
 */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { counted } from './batchLookup';
import { codeOfTurn } from './codeOfTurn';
import { entityTypeImport } from './entityType';
import type { MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { holdsRows, questionOfSteps, stepsToLookup, type AskedBySteps } from './helperQuestion';
import { isSiftedWithin, missingKeyObstacle } from './keyGuard';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { calledFunction, isExported, isPrivate, memberOf, usesOfFunction, type LocalFunction } from './localFunction';
import { innerListsOf, loopsTogether, queriesInstead } from './loopNest';
import { obstacleInBody, sharedRow, writeWithin } from './loopObstacles';
import type { Asked, BatchRequest, LoopQuestion } from './loopQuestion';
import { canAwaitBefore, isNested, loopAround, NO_PLACE } from './loops';
import { columnOf, plainValues } from './lookupKey';
import { mapType, readOf, readRow, rowsByKey } from './mapOfRows';
import { isOrFail, readOrThrow, type GivenRows } from './readOrThrow';
import { refusedKeyObstacle } from './refusedKey';
import { detectStyle, indentAt } from './sourceStyle';
import { descendants, lineOf, movedLines, type Change, type SourceText } from './sourceText';

/**
 * The call on the site's line whose function, of the same file, looks the entity up, itself or by way of others of the file; `mended` where that function
 * takes a Map of its rows.
 *
 * @param asked where the query was seen to be asked
 */
export function findHelperCall(source: SourceText, site: Site, asked: Site | undefined, entity: string): AskedBySteps | 'mended' | null {
  const { typescript } = source;
  const onLine = new Set<ts.CallExpression>(callsOnLine(source, site));
  for (const call of descendants(source, source.tree)) {
    if (!typescript.isCallExpression(call) || lineOf(source, call) > site.line) continue;
    const isThere = onLine.has(call) || lineOf(source, call.expression) === site.line;
    const around = isThere ? loopAround(source, call) : null;
    const helper = calledFunction(source, call);
    if (!helper?.body || around?.kind !== 'loop') continue;
    const found = stepsToLookup(source, call, asked, entity);
    const index = helper.parameters.findIndex((parameter) => holdsRows(source, parameter, entity, found?.lookup ?? null));
    if (index >= 0 && call.arguments.length > index) return 'mended';
    if (found) return { ...found, loop: around.loop };
  }
  return null;
}

export function helperLookup(source: SourceText, found: AskedBySteps, request: BatchRequest): ChangeResult {
  const { loop, lookup } = found;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  const shared = sharingOf(source, found);
  if (shared.kind === 'declined') return shared;
  const asked = { source, loop, call: lookup, entity, request };
  const question = questionOfSteps(source, found, request);
  if (question.kind === 'declined') return question;
  const obstacle = obstacleTo(asked, found, question);
  if (obstacle) return declined(obstacle);
  const rows = rowsByKey(asked, question);
  const handed = handDown(source, found, shared.optional, { map: rows.map, type: mapType(question, entity.name), entity: entity.name });
  if (handed.kind === 'declined') return handed;
  const before = [...rows.imports, ...rows.before, ...handed.changes];
  // Another loop's edit has given the helper its Map.
  const queries = queriesInstead(source, loopsTogether(source, loop, question), request);
  if (handed.isKnown) return counted({ kind: 'changes', changes: before }, queries);
  const type = entityTypeImport(source, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in this file, and the helper's parameter needs it.`);
  const optional = shared.optional.at(-1) ?? true;
  const read = readInHelper(source, lookup, question, { map: rows.map, entity, optional });
  if (read.length === 0) return declined(MORE_THAN_WAIT);
  return counted({ kind: 'changes', changes: [...before, ...type, ...read, ...(optional ? [] : (question.leftover ?? []))] }, queries);
}

const MORE_THAN_WAIT = 'what the helper does with the lookup is more than to wait for it.';

interface Handed {
  readonly map: string;
  readonly type: string;
  readonly entity: string;
}

/** One argument more in each call, and a parameter for it where there is none yet. `isKnown`: the last function reads its rows from one already. */
function handDown(
  source: SourceText,
  { steps, lookup }: AskedBySteps,
  optional: readonly boolean[],
  { map, type, entity }: Handed,
): { readonly kind: 'handed'; readonly changes: readonly Change[]; readonly isKnown: boolean } | Declined {
  const changes: Change[] = [];
  let name = map;
  let isKnown = false;
  for (const [i, { call, fn }] of steps.entries()) {
    const place = fn.parameters.findIndex((each) => holdsRows(source, each, entity, lookup));
    const [argument, parameter] = [call.arguments.at(-1), fn.parameters.at(-1)];
    if (!argument || !parameter) return declined(MORE_THAN_WAIT);
    if (place >= 0 && (call.arguments.length !== place || (optional[i - 1] && !fn.parameters[place]?.questionToken)))
      return declined('the helper takes other rows before these; hand them in first.');
    changes.push({ start: argument.end, end: argument.end, newText: `, ${name}` });
    isKnown = place >= 0;
    name = isKnown ? (fn.parameters[place]?.name.getText(source.tree) ?? map) : map;
    if (!isKnown) changes.push({ start: parameter.end, end: parameter.end, newText: `, ${map}${optional[i] ? '?' : ''}: ${type}` });
  }
  return { kind: 'handed', changes, isKnown };
}

/** Of each function on the way whether it may go without the rows: others call it, or one before it may. */
function sharingOf(source: SourceText, { steps }: AskedBySteps): { readonly kind: 'shared'; readonly optional: readonly boolean[] } | Declined {
  const optional: boolean[] = [];
  for (const { fn } of steps) {
    const shared = sharing(source, fn);
    if (shared.kind === 'declined') return shared;
    optional.push(shared.optional || (optional.at(-1) ?? false));
  }
  return { kind: 'shared', optional };
}

/** Whether others call the helper, and whether it may get one more parameter at all. */
function sharing(source: SourceText, helper: LocalFunction): { readonly kind: 'shared'; readonly optional: boolean } | Declined {
  const { typescript } = source;
  if (isExported(source, helper))
    return declined('the lookup stands in an exported function, which others may call or hand on; ask for all keys in one of its own.');
  const uses = usesOfFunction(source, helper);
  if (uses.some((use) => !typescript.isCallExpression(use.parent) || use.parent.expression !== use))
    return declined('the function of the lookup is handed on as a value, which one more parameter could break.');
  if (helper.parameters.some(({ dotDotDotToken }) => dotDotDotToken)) return declined('the function of the lookup takes any number of arguments.');
  const member = memberOf(source, helper);
  if (member && (typescript.getDecorators(member)?.length ?? 0) > 0) return declined('the method of the lookup is decorated, so others call it too.');
  if (callsItself(source, helper)) return declined('the function of the lookup calls itself, perhaps with keys that the loop does not have.');
  return { kind: 'shared', optional: (member !== null && !isPrivate(source, helper)) || uses.length > 1 };
}

/** At once, or by way of another function. */
export function callsItself(source: SourceText, fn: LocalFunction): boolean {
  return !!fn.body && codeOfTurn(source, fn.body).some(({ node }) => node === fn);
}

function obstacleTo({ source, entity, request }: Asked, found: AskedBySteps, question: LoopQuestion): string | null {
  const { loop, steps, lookup } = found;
  const [{ call }] = steps;
  const bodies = steps.flatMap(({ fn: { body } }, i) => (body ? [{ body, next: steps[i + 1]?.call ?? lookup }] : []));
  const write = bodies
    .map(({ body, next }) => writeWithin(source, body, { ...request, known: [next, lookup], code: 'the helper' }))
    .find((reason) => reason !== null);
  if (write) return write;
  const nest = loopsTogether(source, loop, question);
  const [outermost] = nest;
  const innerLists = innerListsOf(nest);
  if (isNested(source, outermost))
    return outermost.isInline ? NO_PLACE : 'the loop runs inside of another one, so the query would still run once for each turn of that one.';
  if (!canAwaitBefore(source, outermost)) return 'the function around the loop is not async.';
  const isPlain = plainValues(entity, question, request);
  const type = columnOf(entity, question.property)?.type ?? null;
  const refused = bodies.map(({ body, next }) => {
    const within = { source, body, lookup: next, name: 'the helper' };
    return refusedKeyObstacle({ ...question, source, call, loop, outermost, type, request, within });
  });
  return (
    missingInHelper(source, found, question, request) ??
    refused.find((reason) => reason !== null) ??
    obstacleInBody(outermost, { ...question, source, call, request, innerLists, isPlain, isOwnKey: true, isByPrimaryKey: false }) ??
    (question.measure ? null : sharedRow({ ...question, source, isPlain }))
  );
}

/** A missing key is sifted where the loop calls the helper, or within that. */
function missingInHelper(source: SourceText, { loop, steps, lookup }: AskedBySteps, { key }: LoopQuestion, request: BatchRequest): string | null {
  const isSiftedInside = steps.some(
    ({ fn: { body } }, i) => body && isSiftedWithin(source, steps[i + 1]?.call ?? lookup, body, [key.ofElement, key.inLoop]),
  );
  // What the key is called within the helper says nothing of it in the loop.
  return isSiftedInside ? null : missingKeyObstacle(source, loop, steps[0].call, { ...key, inLoop: key.ofElement }, request);
}

/** The Map's row in the place of the lookup; nothing where something else than waiting is done with its promise. */
export function readInHelper(source: SourceText, lookup: MethodCall, question: LoopQuestion, given: GivenRows): Change[] {
  if (isOrFail(lookup)) return readOrThrow(source, question, given);
  const { typescript } = source;
  const { map, optional } = given;
  const awaited = typescript.isAwaitExpression(lookup.parent) ? lookup.parent : null;
  const whole: ts.Expression = awaited ?? lookup;
  const { parent } = whole;
  const isLast = typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === whole);
  if (!awaited && !isLast) return [];
  if (awaited && !optional) return readRow(source, question, map);
  const value = readOf(question, map);
  const isBare = isLast || typescript.isVariableDeclaration(parent) || typescript.isParenthesizedExpression(parent);
  const now = awaited || isInAsync(source, lookup) ? value : `Promise.resolve(${value})`;
  const text = optional ? eitherOf(source, whole, map, now) : now;
  return [{ start: whole.getStart(source.tree), end: whole.end, newText: isBare ? text : `(${text})` }];
}

/** `map ? (map.get(id) ?? null) : await …`, over three lines where what is asked for without the Map has several, or one is not enough. */
function eitherOf(source: SourceText, whole: ts.Expression, map: string, now: string): string {
  const { text, tree } = source;
  const { indent, newline, width } = detectStyle(source);
  const asked = whole.getText(tree);
  const start = whole.getStart(tree);
  const line = `${text.slice(text.lastIndexOf('\n', start - 1) + 1, start)}${map} ? (${now}) : ${asked};`;
  const isText = /`[^`]*\n/.test(asked);
  if (isText || (!asked.includes('\n') && line.length <= width)) return `${map} ? (${now}) : ${asked}`;
  const from = indentAt(text, start);
  const to = newline + from + indent;
  return `${map}${to}? (${now})${to}: ${movedLines(asked, from, from + indent + indent)}`;
}

function isInAsync({ typescript }: SourceText, node: ts.Node): boolean {
  for (let up = node.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined)
    if (typescript.isFunctionLike(up))
      return (
        typescript.canHaveModifiers(up) && (typescript.getModifiers(up)?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false)
      );
  return false;
}
