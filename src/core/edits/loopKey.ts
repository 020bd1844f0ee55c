/**
 * The key by which a call in a loop differs from turn to turn: `order.userId` in `users.findOneBy({ id: order.userId })`.
 * It must be a value that can be read off the list before the loop runs.
 */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import { mayBeMissingByType } from './declaredType';
import { isSifted, runsInSomeTurns } from './keyGuard';
import { listKind } from './listKind';
import { boundNames, type Loop } from './loops';
import { nodesByName } from './nodesByName';
import { nearestDeclaration } from './receiverEntity';
import { relationsAlong } from './relationPath';
import { descendants, isPropertyName, unwrap, type SourceText } from './sourceText';

export interface LoopKey {
  /** As it stands in the call: what is looked up in each turn. */
  readonly inLoop: string;
  /** As it is read off an element: `order.userId`. */
  readonly ofElement: string;
  /** Whether it is the element itself. */
  readonly isElement: boolean;
  /** Whether an element may have none; the keys are then sifted. */
  readonly nullable: boolean;
  /** Whether nothing but a check that the code makes keeps missing keys from being asked for: no type does. */
  readonly mayBeAsked: boolean;
  /** Whether it is said to be of another type than it is: `id as unknown as number`. */
  readonly isCast: boolean;
}

/** Null where the value depends on more than the element. */
export function readKey(source: SourceText, loop: Loop, value: ts.Expression, graph: RelationGraph, entity: string | null): LoopKey | null {
  const names = loop.indexed ? [placeIn(source, loop)] : boundNames(source, loop.element);
  const written = value.getText(source.tree);
  const resolved = resolve(source, loop, value);
  if (!resolved || !isPure(source, resolved, names)) return null;
  const inner = stripped(source, resolved);
  const ofElement = withName(source, loop, readSafely(source, loop, value, inner, graph, entity));
  // `ids[i]!` is a place in the list, which has an element.
  const isPlace = loop.indexed !== undefined && isElementItself(source, loop, inner);
  const isAsserted = !isPlace && [value, resolved].some((each) => stripped(source, each) !== each && /!\s*\)*$/.test(each.getText(source.tree)));
  const isMissing = (): boolean => mayBeMissingByType(source, loop, inner);
  const missing = hasFallback(source, inner) ? 'never' : mayBeNull(source, inner, graph, isOfPair(source, loop, inner) ? null : entity, isMissing);
  return {
    inLoop: written,
    ofElement,
    isElement: isElementItself(source, loop, inner),
    nullable: isAsserted || missing !== 'never' || ofElement.includes('?.') || isLookedAtFirst(source, loop, value, inner, graph, entity),
    mayBeAsked: isAsserted || missing === 'known',
    isCast: [resolved, ...descendants(source, resolved)].some((node) => isLyingCast(source, node)),
  };
}

/** `posts[i]`, where the element has no name of its own. */
function placeIn(source: SourceText, { list, element }: Loop): string {
  return `${list.getText(source.tree)}[${element.getText(source.tree)}]`;
}

/** `post.authorId` of `posts[i]!.authorId` */
function withName(source: SourceText, loop: Loop, ofElement: string): string {
  if (!loop.indexed) return ofElement;
  return [`${placeIn(source, loop)}!`, placeIn(source, loop)].reduce((text, place) => text.replaceAll(place, loop.indexed ?? ''), ofElement);
}

function isElementItself(source: SourceText, loop: Loop, value: ts.Expression): boolean {
  const { typescript, tree } = source;
  if (loop.indexed) return typescript.isElementAccessExpression(value) && value.getText(tree) === placeIn(source, loop);
  return typescript.isIdentifier(value) && typescript.isIdentifier(loop.element) && value.text === loop.element.text;
}

/** What all turns ask for: `orders.map((order) => order.userId)`, without the elements that have no key. */
export function keysOf(source: SourceText, loop: Loop, list: string, key: LoopKey): string {
  const array = /^(set|entries)$/.test(listKind(source, loop.list)) ? `[...${list}]` : list;
  if (key.isElement) return array;
  const parameter = parameterFor(source, loop, key.ofElement);
  return key.nullable ? `${array}.flatMap((${parameter}) => ${key.ofElement} ?? [])` : `${array}.map((${parameter}) => ${key.ofElement})`;
}

/** The element as a callback's parameter; of a destructured one, what the callback needs. */
export function parameterFor(source: SourceText, { element, indexed }: Loop, body: string): string {
  const { typescript } = source;
  if (indexed) return indexed;
  if (typescript.isIdentifier(element)) return element.getText(source.tree);
  const isNeeded = (each: ts.BindingElement): boolean => boundNames(source, each.name).some((name) => new RegExp(`\\b${name}\\b`).test(body));
  if (typescript.isArrayBindingPattern(element)) {
    const places = element.elements.map((each) => (typescript.isBindingElement(each) && isNeeded(each) ? each.getText(source.tree) : ''));
    return `[${places.join(', ').replace(/[, ]+$/, '')}]`;
  }
  const needed = element.elements.filter(isNeeded);
  return `{ ${needed.map((each) => each.getText(source.tree)).join(', ')} }`;
}

/** Whether a node speaks of something that exists only within a turn of the loop. */
export function dependsOnTurn(source: SourceText, loop: Loop, node: ts.Node): boolean {
  const { typescript } = source;
  return [node, ...descendants(source, node)].some((each) => {
    if (!typescript.isIdentifier(each) || isPropertyName(source, each)) return false;
    const declaration = nearestDeclaration(source, each.text, each);
    if (boundNames(source, loop.element).includes(each.text)) return true;
    const taken = nodesByName(source).bound.get(each.text) ?? [];
    if (taken.some((element) => element.pos >= loop.node.pos && element.end <= loop.node.end)) return true;
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

/** A property of the element, or one of that, or what a Map from before the loop has for it. */
export function isReadOff(source: SourceText, outer: Loop, value: ts.Expression, names: readonly string[]): boolean {
  const { typescript } = source;
  const inner = unwrap(source, value);
  if (typescript.isCallExpression(inner)) {
    const [key, ...more] = inner.arguments;
    const { expression: callee } = inner;
    const isGet = typescript.isPropertyAccessExpression(callee) && callee.name.text === 'get' && typescript.isIdentifier(callee.expression);
    return isGet && !!key && more.length === 0 && !dependsOnTurn(source, outer, callee) && isPure(source, key, names);
  }
  return (
    typescript.isPropertyAccessExpression(inner) && (isReadOff(source, outer, inner.expression, names) || isOneOf(source, inner.expression, names))
  );
}

function isOneOf(source: SourceText, value: ts.Expression, names: readonly string[]): boolean {
  const inner = unwrap(source, value);
  return source.typescript.isIdentifier(inner) && names.includes(inner.text);
}

/** Reads of the element's properties, and conversions of them: reading them early changes nothing. */
function isPure(source: SourceText, expression: ts.Expression, names: readonly string[]): boolean {
  const { typescript } = source;
  const inner = unwrap(source, expression);
  const isPureToo = (part: ts.Expression): boolean => isPure(source, part, names);
  if (typescript.isIdentifier(inner)) return names.includes(inner.text);
  if (typescript.isElementAccessExpression(inner)) return names.includes(inner.getText(source.tree));
  if (typescript.isPropertyAccessExpression(inner)) return isPureToo(inner.expression);
  if (typescript.isBinaryExpression(inner))
    return isLiteral(source, inner.right) && isPureToo(inner.left) && /^(\?\?|\|\||\+)$/.test(inner.operatorToken.getText(source.tree));
  if (typescript.isPrefixUnaryExpression(inner)) return inner.operator === typescript.SyntaxKind.PlusToken && isPureToo(inner.operand);
  if (typescript.isTemplateExpression(inner)) return inner.templateSpans.every((span) => isPureToo(span.expression));
  if (!typescript.isCallExpression(inner)) return false;
  const { expression: callee, arguments: given } = inner;
  if (typescript.isIdentifier(callee))
    return (
      /^(Number|String|BigInt|parseInt)$/.test(callee.text) &&
      isPureToo(given[0] as ts.Expression) &&
      given.slice(1).every((each) => isLiteral(source, each))
    );
  return (
    typescript.isPropertyAccessExpression(callee) &&
    /^(trim|toLowerCase|toUpperCase|toString)$/.test(callee.name.text) &&
    given.length === 0 &&
    isPureToo(callee.expression)
  );
}

function isLiteral(source: SourceText, expression: ts.Expression): boolean {
  const { typescript } = source;
  const inner = unwrap(source, expression);
  return (
    typescript.isStringLiteralLike(inner) ||
    typescript.isNumericLiteral(inner) ||
    (typescript.isPrefixUnaryExpression(inner) && typescript.isNumericLiteral(inner.operand))
  );
}

/** `order.userId ?? -1`, `Number(order.userId)`: always a value. */
function hasFallback(source: SourceText, expression: ts.Expression): boolean {
  const inner = unwrap(source, expression);
  const { typescript } = source;
  if (typescript.isCallExpression(inner)) return typescript.isIdentifier(inner.expression);
  return typescript.isBinaryExpression(inner) || typescript.isTemplateExpression(inner) || typescript.isPrefixUnaryExpression(inner);
}

/** Over `unknown` or `any`, any type can be said to be any other. */
function isLyingCast({ typescript }: SourceText, node: ts.Node): boolean {
  return (
    (typescript.isAsExpression(node) || typescript.isTypeAssertionExpression(node)) &&
    [typescript.SyntaxKind.AnyKeyword, typescript.SyntaxKind.UnknownKeyword, typescript.SyntaxKind.NeverKeyword].includes(node.type.kind)
  );
}

function stripped(source: SourceText, expression: ts.Expression): ts.Expression {
  const { typescript } = source;
  let inner = expression;
  while (typescript.isParenthesizedExpression(inner) || typescript.isNonNullExpression(inner)) inner = inner.expression;
  return inner;
}

/** `row.brand ? await … : null`: of an element that is no row, the code itself says that its key may be missing. */
function isLookedAtFirst(
  source: SourceText,
  loop: Loop,
  value: ts.Expression,
  key: ts.Expression,
  graph: RelationGraph,
  entity: string | null,
): boolean {
  const property = source.typescript.isPropertyAccessExpression(key) ? key.name.text : null;
  const isColumn = graph.entities.some(({ name, columns }) => name === entity && columns.some((column) => column.property === property));
  return property !== null && !isColumn && isSifted(source, loop.list, value, loop.body, [key.getText(source.tree)]);
}

/** `post.editor?.teamId` where the turn asks for `post.editor.teamId` once it knows that there is an editor, or under a condition that may say so: not every element has one. */
function readSafely(source: SourceText, loop: Loop, value: ts.Expression, key: ts.Expression, graph: RelationGraph, entity: string | null): string {
  const { typescript } = source;
  if (!typescript.isPropertyAccessExpression(key)) return key.getText(source.tree);
  const before = unwrap(source, key.expression);
  if (!typescript.isPropertyAccessExpression(before)) return key.getText(source.tree);
  const written = before.getText(source.tree);
  const path = written.replace(/[?!]/g, '').split('.').slice(1).join('.');
  const steps = entity === null ? null : relationsAlong(graph, entity, path);
  const mayBeMissing =
    key.questionDotToken !== undefined ||
    typescript.isNonNullExpression(key.expression) ||
    steps?.at(-1)?.relation.nullable === true ||
    isSifted(source, loop.list, value, loop.body, [written]) ||
    (steps === null && !isEmbedded(graph, entity, path) && runsInSomeTurns(source, value, loop.body));
  return `${readSafely(source, loop, value, before, graph, entity)}${mayBeMissing ? '?.' : '.'}${key.name.text}`;
}

/** An object that every row has. */
function isEmbedded(graph: RelationGraph, entity: string | null, path: string): boolean {
  return graph.entities.some(({ name, columns }) => name === entity && columns.some(({ property }) => property.startsWith(`${path}.`)));
}

/** `teamId` of `for (const [teamId, players] of byTeam)`: no column of a row. */
function isOfPair({ typescript }: SourceText, { element }: Loop, value: ts.Expression): boolean {
  return typescript.isIdentifier(value) && typescript.isArrayBindingPattern(element);
}

/** `known` by the columns of the element's entity, or by the type that is declared for it; a guess where it is not known, by whatever entity has such a column. */
function mayBeNull(
  source: SourceText,
  value: ts.Expression,
  graph: RelationGraph,
  entity: string | null,
  isMissingByType: () => boolean,
): 'known' | 'guessed' | 'never' {
  const { typescript } = source;
  if (/\?\./.test(value.getText(source.tree))) return 'known';
  const read = unwrap(source, value);
  const property = typescript.isPropertyAccessExpression(read) ? read.name.text : typescript.isIdentifier(read) ? read.text : null;
  const own = graph.entities.find(({ name }) => name === entity);
  if (own?.columns.some((column) => column.property === property))
    return own.columns.some((column) => column.property === property && column.nullable) ? 'known' : 'never';
  if (isMissingByType()) return 'known';
  return graph.entities.some(({ columns }) => columns.some((column) => column.property === property && column.nullable)) ? 'guessed' : 'never';
}
