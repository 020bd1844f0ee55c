/**
 * A lookup in a loop that a relation stands for:
 *
 *     for (const order of orders) { const user = await users.findOneBy({ id: order.userId }); … }
 *                                               ╰─ becomes order.user, once the query for orders loads it
 *
 * Recognised only where the conditions are exactly the relation's keys and the element loaded is not handed on whole:
 * an object with one property more would change a response.
 */
import type ts from 'typescript';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { elementUse, iterationOf } from './iteration';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult } from './loadRelations';
import { findProperty, propertyName } from './objectLiteral';
import { isSifted, missingKeyReason } from './keyGuard';
import { rowsOf, whyNotEarlier, writeSince } from './loopObstacles';
import { loopAround, whyTimingMatters } from './loops';
import { receiverEntity } from './receiverEntity';
import { entityById, isSoftDeleted, isToMany, type RelationStep } from './relationPath';
import { unwrap, type Change, type SourceText } from './sourceText';

export interface LookupRequest {
  readonly graph: RelationGraph;
  /** The relation that the lookup follows. */
  readonly step: RelationStep;
  /** The relation's property as declared, for whether it may be undefined; null where its source could not be read. */
  readonly declaration: string | null;
  /** Whether the measured loop asked for a key of each row that it ran over. */
  readonly wasAlwaysThere: boolean;
  /** The query that returned the elements of the loop. */
  readonly parent: MethodCall;
}

export const LOOKUP_METHODS = ['findOneBy', 'findOne', 'findOneByOrFail', 'findOneOrFail', 'findBy', 'find'];

export function replaceLookup(source: SourceText, lookup: MethodCall, request: LookupRequest): ChangeResult {
  const { relation } = request.step;
  const target = entityById(request.graph, relation.targetId);
  const looked = receiverEntity(source, lookup);
  if (!target || (looked && looked !== target.name))
    return declined(`the lookup asks ${looked ?? 'another entity'}, while the relation leads to ${relation.target}.`);
  const timing = whyTimingMatters(source, lookup);
  if (timing) return declined(timing);
  const one = lookup.expression.name.text.startsWith('findOne');
  if (one === isToMany(relation))
    return declined(`the lookup and ${request.step.entity.name}.${relation.property} do not return the same number of rows.`);
  const element = matchedElement(source, lookup, request, target);
  if (!element) return declined(`the lookup's conditions are more than the keys of ${request.step.entity.name}.${relation.property}.`);
  const iteration = iterationOf(source, element, request.parent);
  if (!iteration) return declined('the loop does not visibly run over what that query returned.');
  const missing = missingKey(source, lookup, element, request);
  if (missing) return declined(missing);
  const stale = whyStale(source, lookup, element, request, target);
  if (stale) return declined(stale);
  const handedOn = elementUse(source, iteration, relation.property);
  if (handedOn)
    return declined(`'${handedOn.what}' is handed on whole in line ${handedOn.line}, and the loaded ${relation.property} would appear in it.`);
  const replacement = replacementFor(source, lookup, element.text, request);
  return typeof replacement === 'string' ? declined(replacement) : { kind: 'changes', changes: [replacement] };
}

/** The loop's variable, where the lookup's conditions are the relation's keys and nothing else. */
function matchedElement(source: SourceText, lookup: MethodCall, request: LookupRequest, target: Entity): ts.Identifier | null {
  const conditions = conditionsOf(source, lookup);
  if (!conditions) return null;
  const keys = keyPairs(request, target);
  if (keys.length === 0) return null;
  const written = readConditions(source, conditions, request, keys);
  if (!written || written.length !== keys.length) return null;
  const elements = written.map(({ wanted, value }) => elementOf(source, value, wanted));
  const [first] = elements;
  return first && elements.every((element) => element?.text === first.text) ? first : null;
}

/** The related row is read with the query: what the code writes until the lookup would have asked for it is not in it. */
function whyStale(
  source: SourceText,
  lookup: MethodCall,
  element: ts.Identifier,
  { graph, step, parent }: LookupRequest,
  target: Entity,
): string | null {
  const around = loopAround(source, lookup);
  if (around.kind !== 'loop') return null;
  const { loop } = around;
  const names = keyPairs({ graph, step }, target).map(({ here }) => here);
  const key = { ofElement: `${element.text}.${names.join('.')}`, isElement: false };
  const request = { graph, entity: target.name, elementEntity: step.entity.name };
  const rows = rowsOf(source, loop, step.entity.name);
  return (
    whyNotEarlier(loop, { source, call: lookup, key, fixed: [], request }) ?? writeSince(source, parent, loop.node, { ...request, rows }, [lookup])
  );
}

/** A row whose foreign key is null has no related row, while a lookup with null is answered otherwise. */
function missingKey(source: SourceText, lookup: MethodCall, element: ts.Identifier, { step, wasAlwaysThere }: LookupRequest): string | null {
  const { entity, relation } = step;
  const key = relation.owner
    ? entity.columns.find(({ column, relation: of }) => of === null && column === relation.joinColumns[0]?.column)
    : undefined;
  const around = loopAround(source, lookup);
  if (wasAlwaysThere || !key?.nullable || around.kind !== 'loop' || isSifted(source, around.loop.list, lookup, around.loop.body, [key.property]))
    return null;
  return missingKeyReason(`${element.text}.${key.property}`);
}

interface KeyPair {
  /** Property of the looked-up entity, and property of the loop's element whose value it must have. */
  readonly there: string;
  readonly here: string;
  /** Property path behind the relation that points back: `author: { id }`. */
  readonly through: string | null;
}

/** Which property of the target equals which property of the element, by the foreign key that the relation stands on. */
function keyPairs({ graph, step }: Pick<LookupRequest, 'graph' | 'step'>, target: Entity): KeyPair[] {
  const { entity, relation } = step;
  const property = (of: Entity, column: string): string | null =>
    of.columns.find((candidate) => candidate.column === column && !candidate.relation)?.property ?? null;
  const pairs = relation.owner
    ? relation.joinColumns.map(({ column, references }) => ({ there: property(target, references), here: property(entity, column), through: null }))
    : inverseOf(graph, step).map(({ column, references }) => ({
        there: property(target, column),
        here: property(entity, references),
        through: relation.inverse,
      }));
  const complete = pairs.filter((pair): pair is KeyPair => pair.here !== null && (pair.there !== null || pair.through !== null));
  return complete.length === pairs.length ? complete.map((pair) => ({ ...pair, there: pair.there ?? '' })) : [];
}

function inverseOf(graph: RelationGraph, { relation }: RelationStep): readonly { readonly column: string; readonly references: string }[] {
  if (relation.kind === 'many-to-many') return [];
  return entityById(graph, relation.targetId)?.relations.find(({ property }) => property === relation.inverse)?.joinColumns ?? [];
}

/** `findOneBy(where)`, `findOne({ where })`: nothing else may stand beside the conditions. */
function conditionsOf(source: SourceText, lookup: MethodCall): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  const argument = lookup.arguments.at(-1);
  const value = argument && unwrap(source, argument);
  if (!value || !typescript.isObjectLiteralExpression(value)) return null;
  if (/By(OrFail)?$/.test(lookup.expression.name.text)) return value;
  const where = findProperty(source, value, 'where');
  if (value.properties.length !== 1 || !where || !typescript.isPropertyAssignment(where)) return null;
  const inner = unwrap(source, where.initializer);
  return typescript.isObjectLiteralExpression(inner) ? inner : null;
}

function readConditions(
  source: SourceText,
  conditions: ts.ObjectLiteralExpression,
  { step, graph }: LookupRequest,
  keys: readonly KeyPair[],
): { wanted: string; value: ts.Expression }[] | null {
  const { typescript } = source;
  const read: { wanted: string; value: ts.Expression }[] = [];
  for (const property of conditions.properties) {
    if (!typescript.isPropertyAssignment(property)) return null;
    const name = propertyName(source, property);
    const value = unwrap(source, property.initializer);
    const direct = keys.find(({ there }) => there !== '' && there === name);
    if (direct) read.push({ wanted: direct.here, value });
    else if (name === step.relation.inverse && typescript.isObjectLiteralExpression(value)) {
      const inner = throughInverse(source, value, step, graph);
      if (!inner) return null;
      read.push(...inner);
    } else return null;
  }
  return read;
}

/** `author: { id: author.id }`: the property behind the relation that points back is the element's own. */
function throughInverse(
  source: SourceText,
  object: ts.ObjectLiteralExpression,
  step: RelationStep,
  graph: RelationGraph,
): { wanted: string; value: ts.Expression }[] | null {
  const referenced = inverseOf(graph, step).map(({ references }) => step.entity.columns.find(({ column }) => column === references)?.property);
  const read = object.properties.map((property) => {
    const name = propertyName(source, property);
    return source.typescript.isPropertyAssignment(property) && name && referenced.includes(name)
      ? { wanted: name, value: unwrap(source, property.initializer) }
      : null;
  });
  return read.every((entry) => entry !== null) ? read : null;
}

/** `order` in `order.userId`, if that is the property wanted. */
function elementOf(source: SourceText, value: ts.Expression, wanted: string): ts.Identifier | null {
  if (!source.typescript.isPropertyAccessExpression(value) || value.name.text !== wanted) return null;
  const inner = unwrap(source, value.expression);
  return source.typescript.isIdentifier(inner) ? inner : null;
}

/** The text that stands for the lookup: the relation, with `null` where the lookup would have given `null`. */
function replacementFor(source: SourceText, lookup: MethodCall, element: string, request: LookupRequest): Change | string {
  const { typescript } = source;
  const { relation } = request.step;
  const orFail = lookup.expression.name.text.endsWith('OrFail');
  if (orFail && (relation.nullable || isSoftDeleted(request.graph, relation.targetId)))
    return `the lookup throws where there is no ${relation.target}, which ${request.step.entity.name}.${relation.property} would not.`;
  const awaited = typescript.isAwaitExpression(lookup.parent) ? lookup.parent : null;
  if (!awaited && !isPlainValueWelcome(source, lookup)) return 'the lookup is used as a promise.';
  const read = `${element}.${relation.property}`;
  const optional = request.declaration !== null && mayBeUndefined(request.declaration);
  const fallback = !optional || orFail ? '' : isToMany(relation) ? ' ?? []' : ' ?? null';
  const value = relation.lazy && awaited ? (fallback ? `(await ${read})` : `await ${read}`) : read;
  const whole: ts.Node = awaited ?? lookup;
  const around = typescript.isParenthesizedExpression(whole.parent) && !fallback && !relation.lazy ? whole.parent : whole;
  return { start: around.getStart(source.tree), end: around.end, newText: value + (orFail && optional ? '!' : fallback) };
}

function mayBeUndefined(declaration: string): boolean {
  return /\bundefined\b/.test(declaration) || /[\w$]\?\s*:\s*[^:?]*;?\s*$/.test(declaration);
}

/** Promise.all takes values as well as promises, and an async function returns either. */
export function isPlainValueWelcome({ typescript }: SourceText, lookup: MethodCall): boolean {
  const { parent } = lookup;
  if (typescript.isArrowFunction(parent)) return isPromiseAll(typescript, parent.parent.parent) || isAsync(typescript, parent);
  if (typescript.isArrayLiteralExpression(parent)) return isPromiseAll(typescript, parent.parent);
  return false;
}

function isPromiseAll(typescript: SourceText['typescript'], node: ts.Node): boolean {
  return typescript.isCallExpression(node) && /^Promise\.all(Settled)?$/.test(node.expression.getText());
}

function isAsync(typescript: SourceText['typescript'], fn: ts.ArrowFunction): boolean {
  return fn.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false;
}
