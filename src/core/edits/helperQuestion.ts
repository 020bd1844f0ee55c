/**
 * What a function asks, as a question of the loop that calls it, at once or by way of others of its file: the key is what the loop hands in, and so is
 * everything else that the lookup takes from it.
 */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { isMethodCall, type MethodCall } from './findCall';
import { replaceNames, withMade } from './handedNames';
import { isSiftedWithin } from './keyGuard';
import { declined, type Declined } from './loadRelations';
import { calledFunction, type LocalFunction } from './localFunction';
import { localRepository, usesLocal } from './localRepository';
import { dependsOnTurn, readKey, type LoopKey } from './loopKey';
import { whyKeyChanged } from './loopObstacles';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import { boundNames, loopAround, type Loop } from './loops';
import { asksForNumber, LOOKUPS, questionOf } from './questionOf';
import { isRawLookup } from './rawQuestion';
import { isOrFail } from './readOrThrow';
import { nearestDeclaration, receiverEntity } from './receiverEntity';
import { descendants, isPropertyName, isWithin, lineOf, type SourceText } from './sourceText';
import { throwPlace } from './throwPlace';

/** A call, and the function of the file that it calls. */
export interface Step {
  readonly call: ts.CallExpression;
  readonly fn: LocalFunction;
}

/** How a loop comes to ask: the first step is its own call, and the last function holds the lookup. */
export interface AskedBySteps {
  readonly loop: Loop;
  readonly steps: readonly [Step, ...Step[]];
  readonly lookup: MethodCall;
}

const MOST_STEPS = 3;

/** From a call to the lookup that it leads to, where there is one way alone. @param asked where the query was seen to be asked */
export function stepsToLookup(
  source: SourceText,
  call: ts.CallExpression,
  asked: Site | undefined,
  entity: string,
  before: readonly LocalFunction[] = [],
): Pick<AskedBySteps, 'steps' | 'lookup'> | null {
  const fn = calledFunction(source, call);
  if (!fn?.body || before.includes(fn) || before.length === MOST_STEPS) return null;
  const step: Step = { call, fn };
  const own = lookupIn(source, fn, asked, entity);
  const inner = [fn.body, ...descendants(source, fn.body)].flatMap((node) => {
    const isCall = source.typescript.isCallExpression(node) && loopAround(source, node).kind === 'none';
    const found = isCall ? stepsToLookup(source, node, asked, entity, [...before, fn]) : null;
    return found ? [{ steps: [step, ...found.steps] as const, lookup: found.lookup }] : [];
  });
  const ways = [...(own ? [{ steps: [step] as const, lookup: own }] : []), ...inner];
  const [seen, ...more] = ways.filter(({ lookup }) => isOnLine(source, lookup, asked));
  if (seen && more.length === 0) return seen;
  return own ? { steps: [step], lookup: own } : ways.length === 1 ? (ways[0] ?? null) : null;
}

function isOnLine(source: SourceText, { expression }: MethodCall, asked: Site | undefined): boolean {
  return asked?.file === source.file && lineOf(source, expression.name) === asked.line;
}

/** The only place where a function asks for rows of the entity, outside of its own loops, or the one of several that was seen to be asked. */
export function lookupIn(source: SourceText, { body }: LocalFunction, asked: Site | undefined, entity: string): MethodCall | null {
  const lookups = (body ? [body, ...descendants(source, body)] : []).filter(
    (node): node is MethodCall =>
      isMethodCall(source, node) &&
      LOOKUPS.has(node.expression.name.text) &&
      [null, entity].includes(receiverEntity(source, node)) &&
      loopAround(source, node).kind === 'none',
  );
  const there = lookups.filter((each) => isOnLine(source, each, asked));
  const [lookup, ...more] = lookups.length > 1 ? there : lookups;
  return lookup && more.length === 0 ? lookup : null;
}

/** `customerById: ReadonlyMap<Customer['id'], Customer>`. @param lookup what the function asks: rows, raw ones or a number; any is meant where it asks nothing any more */
export function holdsRows(source: SourceText, { type }: ts.ParameterDeclaration, entity: string, lookup: MethodCall | null): boolean {
  const text = type?.getText(source.tree) ?? '';
  if (!new RegExp(`(Map|Set)<${entity}\\b`).test(text)) return false;
  if (!lookup) return true;
  const of = /Set<|, number( \| null)?>$/.test(text) ? 'number' : new RegExp(`, ${entity}(\\[\\])?>$`).test(text) ? 'rows' : 'raw';
  return of === (asksForNumber(lookup) ? 'number' : isRawLookup(lookup) ? 'raw' : 'rows');
}

/** Why a lookup that throws is left to its function. */
export function throwsWithoutRow(name: string): string {
  return `${name} throws where there is no row, which a Map would not; let it look first: find the row, and throw where it is null.`;
}

/** A step with the parameters that the caller knows, and those of them that are another thing in each turn. */
interface Level extends Step {
  readonly parameters: readonly ts.ParameterDeclaration[];
  readonly names: readonly string[];
  readonly varying: readonly string[];
  /** Those that are the loop's element itself. */
  readonly elements: readonly string[];
  /** What leads on from there: the next step's call, or the lookup. */
  readonly next: ts.CallExpression;
}

export function questionOfSteps(source: SourceText, { loop, steps, lookup }: AskedBySteps, request: BatchRequest): LoopQuestion | Declined {
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  const levels = levelsOf(source, { loop, steps, lookup }, request.entity);
  const last = levels?.at(-1);
  if (!levels || !last) return declined('the helper’s parameters could not be matched with what the loop hands in.');
  if (isOrFail(lookup) && !throwPlace(source, lookup)) return declined(throwsWithoutRow('the helper'));
  // To the helper, its parameters are what the loop's element is to the loop.
  const parameter = parameterIn(source, last, lookup);
  if (!parameter) return declined('the helper asks the same in every turn.');
  const isFirst = levels.length === 1;
  const asked = {
    source,
    loop: { ...loop, element: parameter.name, body: last.fn },
    call: lookup,
    entity,
    request: isFirst ? request : ofElement(request, last, parameter, source),
  };
  const question = questionOf(asked);
  if (question.kind === 'declined') return question;
  const repository = localRepository(source, last.fn, lookup);
  if (question.fixed.some((node) => usesLocal(source, last.fn, node, repository?.name))) return declined(PREPARES);
  const inHelper: LoopQuestion = {
    ...question,
    leftover: repository?.removal ? [repository.removal] : [],
    query: (keys) => withMade(source, question.query('\0'), repository).replace('\0', () => keys),
  };
  return handedDown(source, loop, levels, parameter, inHelper, request);
}

/** Of other values than the loop's element no columns are known. */
function ofElement(request: BatchRequest, { elements }: Level, parameter: ts.ParameterDeclaration, source: SourceText): BatchRequest {
  return elements.includes(parameter.name.getText(source.tree)) ? request : { ...request, elementEntity: null };
}

const PREPARES = 'the helper prepares what its lookup needs.';

/** Null where a function takes what nobody can match with what it is handed. */
function levelsOf(source: SourceText, { loop, steps, lookup }: AskedBySteps, entity: string): Level[] | null {
  const { typescript } = source;
  const levels: Level[] = [];
  for (const [i, { call, fn }] of steps.entries()) {
    const parameters = fn.parameters.filter((each) => !holdsRows(source, each, entity, lookup));
    if (call.arguments.length !== parameters.length || parameters.some(({ name }) => !typescript.isIdentifier(name))) return null;
    const caller = levels.at(-1);
    const varies = (argument: ts.Expression): boolean =>
      caller
        ? usesLocal(source, caller.fn, argument) || caller.varying.some((name) => isUsed(source, argument, name))
        : dependsOnTurn(source, loop, argument);
    const names = parameters.map(({ name }) => name.getText(source.tree));
    const varying = names.filter((_, place) => varies(call.arguments[place] as ts.Expression));
    const known = caller ? caller.elements : boundNames(source, loop.element).filter((name) => name === loop.element.getText(source.tree));
    const elements = names.filter((_, place) => known.includes(call.arguments[place]?.getText(source.tree) ?? ''));
    levels.push({ call, fn, parameters, names, varying, elements, next: steps[i + 1]?.call ?? lookup });
  }
  return levels;
}

/** Which of the parameters that vary a node speaks of; the only one, where it speaks of a constant that is made of it. */
function parameterIn(source: SourceText, { parameters, varying, fn }: Level, node: ts.Node): ts.ParameterDeclaration | undefined {
  const name = varying.find((each) => isUsed(source, node, each)) ?? (varying.length === 1 && usesLocal(source, fn, node) ? varying[0] : undefined);
  return parameters.find((each) => each.name.getText(source.tree) === name);
}

/** The question of the last function as the loop's: by what each function hands to the next one. */
function handedDown(
  source: SourceText,
  loop: Loop,
  levels: readonly Level[],
  parameter: ts.ParameterDeclaration,
  question: LoopQuestion,
  request: BatchRequest,
): LoopQuestion | Declined {
  const level = levels.at(-1);
  if (!level) return question;
  const { call, fn, names, varying, next } = level;
  const name = parameter.name.getText(source.tree);
  const mayBeMissing = parameter.questionToken || /\b(undefined|null)\b/.test(parameter.type?.getText(source.tree) ?? '');
  if (mayBeMissing && !(fn.body && isSiftedWithin(source, next, fn.body, [name])))
    return declined('the helper’s key may be missing by its type, and nobody looks whether it is.');
  const changed = whyKeyChanged(source, parameter.name, fn, next, question.key);
  if (changed) return declined(changed);
  const argument = call.arguments[names.indexOf(name)] as ts.Expression;
  const others = names.filter((each) => each !== name);
  const used = others.filter((each) => question.fixed.some((node) => isUsed(source, node, each)));
  if (used.some((each) => varying.includes(each))) return declined('the helper’s lookup needs more of the loop’s turn than its key.');
  const caller = levels.at(-2);
  const outer = caller ? parameterIn(source, caller, argument) : undefined;
  if (caller && !outer) return declined(PREPARES);
  const within: Loop = caller && outer ? { ...loop, node: caller.fn, element: outer.name, body: caller.fn } : loop;
  const known = caller && outer ? ofElement(request, caller, outer, source) : request;
  const key = keyHandedIn(source, within, argument, question.key, name, known);
  if (!key) return declined('the key that the loop hands to the helper is not a plain value of its element.');
  const fixed = [...question.fixed, ...used.map((each) => call.arguments[names.indexOf(each)] as ts.Expression)];
  const isPrepared = caller ? fixed.some((node) => usesLocal(source, caller.fn, node)) : false;
  const ofHelper = question.fixed.filter((node) => isWithin(node, fn));
  if (isPrepared || ofHelper.some((node) => meansAnother(source, node, fn, loop.statement))) return declined(PREPARES);
  const handed = new Map(others.map((each) => [each, call.arguments[names.indexOf(each)]?.getText(source.tree) ?? each]));
  const asHanded: LoopQuestion = {
    ...question,
    fixed,
    key: { ...key, inLoop: question.key.inLoop },
    query: (keys) => replaceNames(source, question.query('\0'), handed).replace('\0', () => keys),
  };
  return outer ? handedDown(source, loop, levels.slice(0, -1), outer, asHanded, request) : asHanded;
}

/** Whether a name from outside of the function stands for something else at the loop. */
function meansAnother(source: SourceText, node: ts.Node, fn: LocalFunction, at: ts.Node): boolean {
  return [node, ...descendants(source, node)].some((each) => {
    if (!source.typescript.isIdentifier(each) || isPropertyName(source, each)) return false;
    const declaration = nearestDeclaration(source, each.text, each);
    const isOutside = !declaration || declaration.pos < fn.pos || declaration.end > fn.end;
    return isOutside && declaration !== nearestDeclaration(source, each.text, at);
  });
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

function isUsed(source: SourceText, node: ts.Node, name: string): boolean {
  return [node, ...descendants(source, node)].some(
    (each) => source.typescript.isIdentifier(each) && each.text === name && !isPropertyName(source, each),
  );
}
