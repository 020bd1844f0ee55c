/**
 * The key by which a call in a loop differs from turn to turn: `order.userId` in `users.findOneBy({ id: order.userId })`.
 * It must be a value that can be read off the list before the loop runs.
 */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import { listKind } from './listKind';
import { boundNames, type Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { descendants, unwrap, type SourceText } from './sourceText';

export interface LoopKey {
  /** As it stands in the call: what is looked up in each turn. */
  readonly inLoop: string;
  /** As it is read off an element: `order.userId`. */
  readonly ofElement: string;
  /** Whether it is the element itself. */
  readonly isElement: boolean;
  /** Whether an element may have none; the keys are then sifted. */
  readonly nullable: boolean;
}

/** Null where the value depends on more than the element. */
export function readKey(source: SourceText, loop: Loop, value: ts.Expression, graph: RelationGraph, entity: string | null): LoopKey | null {
  const { typescript } = source;
  const names = boundNames(source, loop.element);
  const written = value.getText(source.tree);
  const resolved = resolve(source, loop, value);
  if (!resolved || !isPure(source, resolved, names)) return null;
  const inner = stripped(source, resolved);
  const asserted = inner !== resolved && /!\s*\)*$/.test(resolved.getText(source.tree));
  return {
    inLoop: written,
    ofElement: inner.getText(source.tree),
    isElement: typescript.isIdentifier(inner) && typescript.isIdentifier(loop.element) && inner.text === loop.element.text,
    nullable: asserted || mayBeNull(source, inner, graph, entity),
  };
}

/** What all turns ask for: `orders.map((order) => order.userId)`, without the elements that have no key. */
export function keysOf(source: SourceText, loop: Loop, list: string, key: LoopKey): string {
  const array = listKind(source, loop.list) === 'set' ? `[...${list}]` : list;
  if (key.isElement) return array;
  const parameter = parameterFor(source, loop, key.ofElement);
  return key.nullable ? `${array}.flatMap((${parameter}) => ${key.ofElement} ?? [])` : `${array}.map((${parameter}) => ${key.ofElement})`;
}

/** The element as a callback's parameter; of a destructured one, what the callback needs. */
function parameterFor(source: SourceText, { element }: Loop, body: string): string {
  if (source.typescript.isIdentifier(element) || source.typescript.isArrayBindingPattern(element)) return element.getText(source.tree);
  const needed = element.elements.filter((each) => boundNames(source, each.name).some((name) => new RegExp(`\\b${name}\\b`).test(body)));
  return `{ ${needed.map((each) => each.getText(source.tree)).join(', ')} }`;
}

/** Whether a node speaks of something that exists only within a turn of the loop. */
export function dependsOnTurn(source: SourceText, loop: Loop, node: ts.Node): boolean {
  const { typescript } = source;
  return [node, ...descendants(source, node)].some((each) => {
    if (!typescript.isIdentifier(each) || isName(source, each)) return false;
    const declaration = nearestDeclaration(source, each.text, each);
    if (boundNames(source, loop.element).includes(each.text)) return true;
    return declaration !== null && declaration.pos >= loop.node.pos && declaration.end <= loop.node.end;
  });
}

/** A constant of the loop's body stands for what it was made from. */
function resolve(source: SourceText, loop: Loop, value: ts.Expression): ts.Expression | null {
  const { typescript } = source;
  const inner = unwrap(source, value);
  if (!typescript.isIdentifier(inner) || boundNames(source, loop.element).includes(inner.text)) return value;
  const declaration = nearestDeclaration(source, inner.text, inner);
  const isConst = declaration && typescript.isVariableDeclaration(declaration) && (declaration.parent.flags & typescript.NodeFlags.Const) !== 0;
  const isInBody = declaration && declaration.pos >= loop.body.pos && declaration.end <= loop.body.end;
  return isConst && isInBody && declaration.initializer ? declaration.initializer : null;
}

/** Reads of the element's properties, and conversions of them: reading them early changes nothing. */
function isPure(source: SourceText, expression: ts.Expression, names: readonly string[]): boolean {
  const { typescript } = source;
  const inner = unwrap(source, expression);
  if (typescript.isIdentifier(inner)) return names.includes(inner.text);
  if (typescript.isPropertyAccessExpression(inner)) return !inner.questionDotToken && isPure(source, inner.expression, names);
  if (typescript.isCallExpression(inner) && typescript.isIdentifier(inner.expression) && inner.arguments.length === 1)
    return /^(Number|String|BigInt)$/.test(inner.expression.text) && isPure(source, inner.arguments[0] as ts.Expression, names);
  return false;
}

function stripped(source: SourceText, expression: ts.Expression): ts.Expression {
  const { typescript } = source;
  let inner = expression;
  while (typescript.isParenthesizedExpression(inner) || typescript.isNonNullExpression(inner)) inner = inner.expression;
  return inner;
}

/** By the columns of the element's entity; where that is not known, by whatever entity has such a column. */
function mayBeNull(source: SourceText, value: ts.Expression, graph: RelationGraph, entity: string | null): boolean {
  const { typescript } = source;
  const property = typescript.isPropertyAccessExpression(value) ? value.name.text : typescript.isIdentifier(value) ? value.text : null;
  const own = graph.entities.filter(({ name }) => name === entity);
  const columns = (own.length > 0 ? own : graph.entities).flatMap(({ columns: all }) => all.filter((column) => column.property === property));
  return columns.some(({ nullable }) => nullable);
}

function isName({ typescript }: SourceText, node: ts.Identifier): boolean {
  const { parent } = node;
  return (typescript.isPropertyAccessExpression(parent) && parent.name === node) || (typescript.isPropertyAssignment(parent) && parent.name === node);
}
