/**
 * The loop that a call stands in, as far as it can be read: `for (const order of orders) …`, `orders.map((order) => …)`, and counting over an
 * array. What is not such a loop is told apart, because an edit that moves a call out of it needs to know every turn.
 */
import type ts from 'typescript';
import { countingLoop, countingWhile, placesOf } from './countingLoop';
import { PER_ELEMENT } from './iteration';
import { isMethodCall } from './findCall';
import { runsInLimitedTurn } from './limitedCalls';
import { isArrayOfRows, isGenerated, listKind } from './listKind';
import { descendants, enclosingFunction, unwrap, type SourceText } from './sourceText';

export interface Loop {
  /** The `for` statement, or the call that hands each element to its callback; a function, where its parameter takes the element's part. */
  readonly node: ts.Node;
  /** The element as it is declared: `order`, `{ userId }`. */
  readonly element: ts.BindingName;
  readonly list: ts.Expression;
  /** What runs in each turn. */
  readonly body: ts.Node;
  /** The statement before which something can be done once for all turns. */
  readonly statement: ts.Statement;
  /** The element has no name of its own: `element` is the counter of `posts[i]`, and a callback calls it by this word. */
  readonly indexed?: string;
  /** The loop is part of an expression that another loop runs for each of its turns: the statement stands before that one. */
  readonly isInline?: true;
}

export type LoopAround =
  | { readonly kind: 'loop'; readonly loop: Loop }
  | { readonly kind: 'none' }
  /** A loop whose turns cannot be told beforehand, with the reason. */
  | { readonly kind: 'other'; readonly reason: string };

/** The innermost loop around `node` within its function (callbacks of array methods are loops, other functions end the search). */
export function loopAround(source: SourceText, node: ts.Node): LoopAround {
  const { typescript } = source;
  for (let at = node.parent as ts.Node | undefined, from: ts.Node = node; at; from = at, at = at.parent as ts.Node | undefined) {
    if (typescript.isForOfStatement(at) && from === at.statement) return forOf(source, at);
    if (typescript.isForStatement(at) && from === at.statement) return counting(source, at);
    if (typescript.isWhileStatement(at) && from === at.statement) return whileCounting(source, at);
    if (typescript.isForInStatement(at)) return forIn(source, at, from);
    if (typescript.isWhileStatement(at) || typescript.isDoStatement(at)) return { kind: 'other', reason: UNKNOWN_TURNS };
    if (typescript.isFunctionLike(at) && !runsInLimitedTurn(source, at)) return callback(source, at);
  }
  return { kind: 'none' };
}

const UNKNOWN_TURNS = 'how often the loop runs shows only while it runs; where it goes through a list, write for (const … of list).';
const PROPERTY_NAMES = 'the loop runs over names of properties; write for (const [name, value] of Object.entries(…)).';

const GENERATED = 'the loop takes its elements one by one from a generator, whose code runs between the turns.';

/** A callback whose body is an expression. */
export const NO_PLACE = 'there is no place before the loop for a statement of its own.';
const UNAWAITED = 'nobody waits for the callbacks of forEach, so what runs before and after them would change; write for … of.';

/** Why a call may not become faster where it stands: in `forEach(async …)` the code behind the loop runs before the callbacks end. */
export function whyTimingMatters(source: SourceText, node: ts.Node): string | null {
  const fn = enclosingFunction(source, node);
  return fn && isUnawaited(source, fn) ? UNAWAITED : null;
}

function isUnawaited(source: SourceText, fn: ts.Node): boolean {
  const { typescript } = source;
  if (!typescript.isArrowFunction(fn) && !typescript.isFunctionExpression(fn)) return false;
  const isAsync = fn.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false;
  return isAsync && isMethodCall(source, fn.parent) && fn.parent.expression.name.text === 'forEach';
}

/** Names that the element's declaration introduces: `order`, or `userId` of `{ userId }`. */
export function boundNames(source: SourceText, binding: ts.BindingName): string[] {
  if (source.typescript.isIdentifier(binding)) return [binding.text];
  return binding.elements.flatMap((element) => (source.typescript.isBindingElement(element) ? boundNames(source, element.name) : []));
}

/** Whether another loop of the same function runs around this one: what is done once for this loop is then done for each turn of that one. */
export function isNested(source: SourceText, loop: Loop): boolean {
  return loopAround(source, loop.node).kind !== 'none';
}

/** Whether an `await` may stand before the loop's statement. */
export function canAwaitBefore(source: SourceText, { statement }: Loop): boolean {
  const { typescript } = source;
  for (let up = statement.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined) {
    if (typescript.isFunctionLike(up))
      return (
        typescript.canHaveModifiers(up) && (typescript.getModifiers(up)?.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword) ?? false)
      );
  }
  return [...descendants(source, statement)].some((node) => typescript.isAwaitExpression(node));
}

function forOf(source: SourceText, loop: ts.ForOfStatement): LoopAround {
  const { typescript } = source;
  if (loop.awaitModifier && !isArrayOfRows(source, loop.expression))
    return { kind: 'other', reason: 'the loop takes its elements one by one from an async generator.' };
  if (isGenerated(source, loop.expression)) return { kind: 'other', reason: GENERATED };
  const declaration = typescript.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0] : undefined;
  if (!declaration) return { kind: 'other', reason: 'the loop’s variable is declared elsewhere.' };
  // A label stays with its loop.
  const statement = typescript.isLabeledStatement(loop.parent) ? loop.parent : loop;
  if (!isStatementPlace(source, statement)) return { kind: 'other', reason: 'there is no place before the loop for a statement of its own.' };
  const around = { node: loop, body: loop.statement, statement };
  const counted = withIndex(source, loop.expression, declaration.name);
  if (counted) return { kind: 'loop', loop: { ...around, ...counted } };
  const isPair = typescript.isArrayBindingPattern(declaration.name);
  if (listKind(source, loop.expression) === 'entries' && !isPair) return { kind: 'other', reason: 'the loop runs over pairs of a key and a value.' };
  return { kind: 'loop', loop: { ...around, element: declaration.name, list: loop.expression } };
}

/** `for (const [i, visit] of visits.entries())` runs over the array `visits`. */
function withIndex(source: SourceText, expression: ts.Expression, name: ts.BindingName): Pick<Loop, 'element' | 'list'> | null {
  const { typescript } = source;
  const call = unwrap(source, expression);
  if (!isMethodCall(source, call) || call.expression.name.text !== 'entries' || call.arguments.length > 0) return null;
  const list = call.expression.expression;
  const element = typescript.isArrayBindingPattern(name) ? name.elements[1] : undefined;
  return element && typescript.isBindingElement(element) && listKind(source, list) === 'array' ? { element: element.name, list } : null;
}

function counting(source: SourceText, statement: ts.ForStatement): LoopAround {
  const found = countingLoop(source, statement);
  if (!found || !isStatementPlace(source, statement))
    return {
      kind: 'other',
      reason: 'the loop counts; write for (const … of list), or begin its body with a constant for the element (const row = rows[i];).',
    };
  return { kind: 'loop', loop: { ...found, node: statement, body: statement.statement, statement } };
}

function whileCounting(source: SourceText, statement: ts.WhileStatement): LoopAround {
  const found = countingWhile(source, statement);
  if (!found || !isStatementPlace(source, statement)) return { kind: 'other', reason: UNKNOWN_TURNS };
  return { kind: 'loop', loop: { ...found, node: statement, body: statement.statement, statement } };
}

/** `for (const i in posts)` over an array goes through its places. */
function forIn(source: SourceText, statement: ts.ForInStatement, from: ts.Node): LoopAround {
  const isArray = from === statement.statement && listKind(source, statement.expression) === 'array';
  const found = isArray && isStatementPlace(source, statement) ? placesOf(source, statement) : null;
  if (!found) return { kind: 'other', reason: PROPERTY_NAMES };
  return { kind: 'loop', loop: { ...found, node: statement, body: statement.statement, statement } };
}

function callback(source: SourceText, fn: ts.SignatureDeclaration): LoopAround {
  const { typescript } = source;
  if (!typescript.isArrowFunction(fn) && !typescript.isFunctionExpression(fn)) return { kind: 'none' };
  const call = fn.parent;
  if (!isMethodCall(source, call) || call.arguments[0] !== fn) return { kind: 'none' };
  const method = call.expression.name.text;
  const parameter = PER_ELEMENT.has(method) ? fn.parameters[0] : /^reduce(Right)?$/.test(method) ? fn.parameters[1] : null;
  if (parameter === null) return { kind: 'none' };
  if (isUnawaited(source, fn)) return { kind: 'other', reason: UNAWAITED };
  const list = unwrap(source, call.expression.expression);
  if (listKind(source, list) === 'stream') return { kind: 'other', reason: 'the elements come one by one from a stream.' };
  const statement = statementOf(source, call);
  if (parameter && statement) return { kind: 'loop', loop: { node: call, element: parameter.name, list, body: fn.body, statement } };
  const outer = parameter ? loopAround(source, call) : null;
  if (!parameter || outer?.kind !== 'loop') return { kind: 'other', reason: NO_PLACE };
  return { kind: 'loop', loop: { node: call, element: parameter.name, list, body: fn.body, statement: outer.loop.statement, isInline: true } };
}

/** The statement of the same function that holds the expression, where another statement may stand before it. */
function statementOf(source: SourceText, node: ts.Node): ts.Statement | null {
  const { typescript } = source;
  for (let at: ts.Node | undefined = node; at && !typescript.isFunctionLike(at); at = at.parent as ts.Node | undefined) {
    if (isStatementPlace(source, at)) return at as ts.Statement;
  }
  return null;
}

function isStatementPlace({ typescript }: SourceText, node: ts.Node): boolean {
  const parent = node.parent as ts.Node | undefined;
  return (
    parent !== undefined &&
    (typescript.isBlock(parent) || typescript.isSourceFile(parent) || typescript.isModuleBlock(parent) || typescript.isCaseOrDefaultClause(parent)) &&
    (parent as { readonly statements?: readonly ts.Node[] }).statements?.includes(node) === true
  );
}
