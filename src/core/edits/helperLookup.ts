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
import { AGGREGATES, aggregateQuestion, isAggregate } from './aggregateQuestion';
import { codeOfTurn } from './codeOfTurn';
import { entityTypeImport } from './entityType';
import { isMethodCall, type MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { findQuestion } from './findQuestion';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { calledFunction, isExported, memberOf, usesOfFunction, type LocalFunction } from './localFunction';
import { localRepository, usesLocal, type LocalRepository } from './localRepository';
import { dependsOnTurn, readKey, type LoopKey } from './loopKey';
import { LOOKUP_METHODS } from './loopLookup';
import type { Asked, BatchRequest, LoopQuestion } from './loopQuestion';
import { columnOf, isPlainColumn } from './lookupKey';
import { isSifted, missingKeyObstacle } from './keyGuard';
import { innerListsOf, loopsTogether } from './loopNest';
import { canAwaitBefore, isNested, loopAround, NO_PLACE, type Loop } from './loops';
import { obstacleInBody, sharedRow, writeWithin } from './loopObstacles';
import { mapType, readOf, readRow, rowsByKey } from './mapOfRows';
import { receiverEntity } from './receiverEntity';
import { refusedKeyObstacle } from './refusedKey';
import { descendants, isPropertyName, lineOf, type Change, type SourceText } from './sourceText';

const METHODS = new Set([...LOOKUP_METHODS, ...AGGREGATES]);

export interface HelperCall {
  /** The call in the loop. */
  readonly call: ts.CallExpression;
  readonly loop: Loop;
  readonly helper: LocalFunction;
  readonly lookup: MethodCall;
}

/**
 * The call on the site's line whose function, of the same file, looks the entity up; `mended` where that function takes a Map of its rows.
 *
 * @param asked where the query was seen to be asked
 */
export function findHelperCall(source: SourceText, site: Site, asked: Site | undefined, entity: string): HelperCall | 'mended' | null {
  const { typescript } = source;
  const calls = [...descendants(source, source.tree)].filter((node) => typescript.isCallExpression(node) && lineOf(source, node) <= site.line);
  const onLine = new Set<ts.CallExpression>(callsOnLine(source, site));
  for (const call of calls.filter((node): node is ts.CallExpression => typescript.isCallExpression(node))) {
    const isThere = onLine.has(call) || lineOf(source, call.expression) === site.line;
    const around = isThere ? loopAround(source, call) : null;
    const helper = calledFunction(source, call);
    if (!helper?.body || around?.kind !== 'loop') continue;
    const lookup = lookupIn(source, helper, asked, entity);
    const index = helper.parameters.findIndex((parameter) => holdsRows(source, parameter, entity, lookup));
    if (index >= 0 && call.arguments.length > index) return 'mended';
    if (lookup) return { call, loop: around.loop, helper, lookup };
  }
  return null;
}

/** The only place where a function asks for rows of the entity, outside of its own loops, or the one of several that was seen to be asked. */
export function lookupIn(source: SourceText, { body }: LocalFunction, asked: Site | undefined, entity: string): MethodCall | null {
  const lookups = (body ? [body, ...descendants(source, body)] : []).filter(
    (node): node is MethodCall =>
      isMethodCall(source, node) &&
      METHODS.has(node.expression.name.text) &&
      [null, entity].includes(receiverEntity(source, node)) &&
      loopAround(source, node).kind === 'none',
  );
  const there = lookups.filter(({ expression }) => asked?.file === source.file && lineOf(source, expression.name) === asked.line);
  const [lookup, ...more] = lookups.length > 1 ? there : lookups;
  return lookup && more.length === 0 ? lookup : null;
}

/** `customerById: ReadonlyMap<Customer['id'], Customer>`. @param lookup what the function asks: rows or a number; either is meant where it asks nothing any more */
export function holdsRows(source: SourceText, { type }: ts.ParameterDeclaration, entity: string, lookup: MethodCall | null): boolean {
  const text = type?.getText(source.tree) ?? '';
  if (!new RegExp(`(Map|Set)<${entity}\\b`).test(text)) return false;
  return !lookup || isAggregate(lookup) === /Set<|, number( \| null)?>$/.test(text);
}

export function helperLookup(source: SourceText, found: HelperCall, request: BatchRequest): ChangeResult {
  const { call, loop, helper, lookup } = found;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  const shared = sharing(source, helper);
  if (shared.kind === 'declined') return shared;
  const asked = { source, loop, call: lookup, entity, request };
  const question = questionOf(source, found, request);
  if (question.kind === 'declined') return question;
  const obstacle = obstacleTo(asked, found, question);
  if (obstacle) return declined(obstacle);
  const argument = call.arguments.at(-1);
  // Another loop's edit has given the helper its Map.
  const place = helper.parameters.findIndex((each) => holdsRows(source, each, entity.name, lookup));
  if (place >= 0) {
    if (call.arguments.length !== place) return declined('the helper takes other rows before these; hand them in first.');
    const rows = rowsByKey(asked, question);
    const handed = argument ? [{ start: argument.end, end: argument.end, newText: `, ${rows.map}` }] : [];
    return { kind: 'changes', changes: [...rows.imports, ...rows.before, ...handed] };
  }
  const type = entityTypeImport(source, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in this file, and the helper's parameter needs it.`);
  const rows = rowsByKey(asked, question);
  const read = readInHelper(source, lookup, question, rows.map, shared.optional);
  const parameter = helper.parameters.at(-1);
  if (read === null || !parameter || !argument) return declined('what the helper does with the lookup is more than to wait for it.');
  return {
    kind: 'changes',
    changes: [
      ...rows.imports,
      ...type,
      ...rows.before,
      { start: argument.end, end: argument.end, newText: `, ${rows.map}` },
      { start: parameter.end, end: parameter.end, newText: `, ${rows.map}${shared.optional ? '?' : ''}: ${mapType(question, entity.name)}` },
      read,
      ...(shared.optional ? [] : (question.leftover ?? [])),
    ],
  };
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
  const isPrivate =
    !member ||
    typescript.isPrivateIdentifier(member.name) ||
    (member.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.PrivateKeyword) ?? false);
  return { kind: 'shared', optional: !isPrivate || uses.length > 1 };
}

/** Why a lookup that throws is left to its function. */
export function throwsWithoutRow(name: string): string {
  return `${name} throws where there is no row, which a Map would not; let it look first: find the row, and throw where it is null.`;
}

/** At once, or by way of another function. */
export function callsItself(source: SourceText, fn: LocalFunction): boolean {
  return !!fn.body && codeOfTurn(source, fn.body).some(({ node }) => node === fn);
}

/** The helper's lookup as a question of the loop: the key is what the call hands in, and so is everything else that the lookup takes from it. */
function questionOf(source: SourceText, { call, loop, helper, lookup }: HelperCall, request: BatchRequest): LoopQuestion | Declined {
  const { typescript } = source;
  const parameters = helper.parameters.filter((each) => !holdsRows(source, each, request.entity, lookup));
  if (call.arguments.length !== parameters.length || parameters.some(({ name }) => !typescript.isIdentifier(name)))
    return declined('the helper’s parameters could not be matched with what the loop hands in.');
  const names = parameters.map(({ name }) => name.getText(source.tree));
  const keyNames = names.filter((_, i) => dependsOnTurn(source, loop, call.arguments[i] as ts.Expression));
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  if (lookup.expression.name.text.endsWith('OrFail')) return declined(throwsWithoutRow('the helper'));
  // To the helper, its parameters are what the loop's element is to the loop.
  const parameter = parameters.find(({ name }) => name.getText(source.tree) === keyNames.find((key) => isUsed(source, lookup, key)));
  if (!parameter) return declined('the helper asks the same in every turn.');
  const inside: Loop = { ...loop, node: loop.node, element: parameter.name, body: helper };
  const asked = { source, loop: inside, call: lookup, entity, request };
  const question = isAggregate(lookup) ? aggregateQuestion(asked) : findQuestion(asked);
  if (question.kind === 'declined') return question;
  const mayBeMissing = parameter.questionToken || /\b(undefined|null)\b/.test(parameter.type?.getText(source.tree) ?? '');
  if (mayBeMissing && !(helper.body && isSifted(source, loop.list, lookup, helper.body, [parameter.name.getText(source.tree)])))
    return declined('the helper’s key may be missing by its type, and nobody looks whether it is.');
  const argument = call.arguments[parameters.indexOf(parameter)] as ts.Expression;
  const key = keyHandedIn(source, loop, argument, question.key, parameter.name.getText(source.tree), request);
  if (!key) return declined('the key that the loop hands to the helper is not a plain value of its element.');
  const others = names.filter((name) => name !== parameter.name.getText(source.tree));
  if (question.fixed.some((node) => others.some((name) => keyNames.includes(name) && isUsed(source, node, name))))
    return declined('the helper’s lookup needs more of the loop’s turn than its key.');
  const repository = localRepository(source, helper, lookup);
  if (question.fixed.some((node) => usesLocal(source, helper, node, repository?.name))) return declined('the helper prepares what its lookup needs.');
  const written = (name: string): string => call.arguments[names.indexOf(name)]?.getText(source.tree) ?? name;
  return {
    ...question,
    key: { ...key, inLoop: question.key.inLoop },
    leftover: repository?.removal ? [repository.removal] : [],
    query: (keys) => {
      const text = withMade(question.query('\0'), repository);
      return replaceNames(text, new Map(others.map((name) => [name, written(name)]))).replace('\0', () => keys);
    },
  };
}

/** What the helper makes of its parameter, made of the argument: `visit.customerId` for `customerOf(visit.customerId)` and for `customerOf(visit)`. */
export function keyHandedIn(
  source: SourceText,
  loop: Loop,
  argument: ts.Expression,
  inHelper: LoopKey,
  parameter: string,
  request: BatchRequest,
): LoopKey | null {
  const key = readKey(source, loop, argument, request.graph, request.elementEntity);
  if (!key || inHelper.isElement) return key;
  const path = inHelper.ofElement.startsWith(`${parameter}.`) ? inHelper.ofElement.slice(parameter.length) : null;
  if (path === null || !/^[.\w]+$/.test(path) || !/^[.\w]+$/.test(key.ofElement)) return null;
  return { ...inHelper, ofElement: key.ofElement + path, isElement: false };
}

function obstacleTo({ source, entity, request }: Asked, found: HelperCall, question: LoopQuestion): string | null {
  const { call, loop, helper, lookup } = found;
  if (!helper.body) return null;
  const write = writeWithin(source, helper.body, { ...request, known: [lookup], code: 'the helper' });
  if (write) return write;
  const nest = loopsTogether(source, loop, question);
  const [outermost] = nest;
  const innerLists = innerListsOf(nest);
  if (isNested(source, outermost))
    return outermost.isInline ? NO_PLACE : 'the loop runs inside of another one, so the query would still run once for each turn of that one.';
  if (!canAwaitBefore(source, outermost)) return 'the function around the loop is not async.';
  const isPlain = (property: string): boolean => isPlainColumn(entity, property, request);
  const within = { source, body: helper.body, lookup, name: 'the helper' };
  const type = columnOf(entity, question.property)?.type ?? null;
  return (
    missingInHelper(source, found, question, request) ??
    refusedKeyObstacle({ ...question, source, call, loop, outermost, type, request, within }) ??
    obstacleInBody(outermost, { ...question, source, call, request, innerLists, isPlain, isOwnKey: true, isByPrimaryKey: false }) ??
    (question.measure ? null : sharedRow({ ...question, source, isPlain }))
  );
}

/** A missing key is sifted where the loop calls the helper, or within that. */
function missingInHelper(
  source: SourceText,
  { call, loop, helper, lookup }: HelperCall,
  { key }: LoopQuestion,
  request: BatchRequest,
): string | null {
  const isSiftedInside = helper.body && isSifted(source, loop.list, lookup, helper.body, [key.ofElement, key.inLoop]);
  return isSiftedInside ? null : missingKeyObstacle(source, loop, call, key, request);
}

/** The Map's row in the place of the lookup; null where something else than waiting is done with its promise. */
export function readInHelper(source: SourceText, lookup: MethodCall, question: LoopQuestion, map: string, optional: boolean): Change | null {
  const { typescript } = source;
  const awaited = typescript.isAwaitExpression(lookup.parent) ? lookup.parent : null;
  const whole: ts.Expression = awaited ?? lookup;
  const { parent } = whole;
  const isLast = typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === whole);
  if (!awaited && !isLast) return null;
  if (awaited && !optional) return readRow(source, question, map)[0] ?? null;
  const value = readOf(question, map);
  const isBare = isLast || typescript.isVariableDeclaration(parent) || typescript.isParenthesizedExpression(parent);
  const now = awaited || isInAsync(source, lookup) ? value : `Promise.resolve(${value})`;
  const text = optional ? `${map} ? (${now}) : ${whole.getText(source.tree)}` : now;
  return { start: whole.getStart(source.tree), end: whole.end, newText: isBare ? text : `(${text})` };
}

function isInAsync({ typescript }: SourceText, node: ts.Node): boolean {
  for (let up = node.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined)
    if (typescript.isFunctionLike(up))
      return (
        typescript.canHaveModifiers(up) && (typescript.getModifiers(up)?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false)
      );
  return false;
}

function isUsed(source: SourceText, node: ts.Node, name: string): boolean {
  return [node, ...descendants(source, node)].some(
    (each) => source.typescript.isIdentifier(each) && each.text === name && !isPropertyName(source, each),
  );
}

/** The repository's constant becomes what it was made from. */
export function withMade(text: string, repository: LocalRepository | null): string {
  return repository ? replaceNames(text, new Map([[repository.name, repository.value]])) : text;
}

/** Parameters' names become what is handed in; properties of such names, and texts, stay. */
export function replaceNames(text: string, handed: ReadonlyMap<string, string>): string {
  if (handed.size === 0) return text;
  const names = [...handed.keys()].map((name) => name.replaceAll('$', '\\$')).join('|');
  const token = new RegExp(`'(?:[^'\\\\]|\\\\.)*'|"(?:[^"\\\\]|\\\\.)*"|(?<![.\\w$])(?:${names})(?![\\w$]|\\s*:)`, 'g');
  return text.replace(token, (found) => handed.get(found) ?? found);
}
