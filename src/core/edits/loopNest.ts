/**
 * Loops within loops, as far as the inner lists are read off the outer elements: what the innermost asks for can then be asked before all of them:
 *
 *     for (const order of orders) for (const line of order.lines) await products.findOneBy({ id: line.productId });
 *
 *     products.findBy({ id: In(orders.flatMap((order) => order.lines.map((line) => line.productId))) })
 */
import type ts from 'typescript';
import { calleeOf } from './callee';
import { isSifted } from './keyGuard';
import { dependsOnTurn, isReadOff, keysOf, parameterFor, type LoopKey } from './loopKey';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import { boundNames, isNested, loopAround, type Loop } from './loops';
import { usesOfFunction } from './localFunction';
import { nearestDeclaration } from './receiverEntity';
import { enclosingFunction, isWithin, unwrap, type SourceText } from './sourceText';

/** The outermost loop first; the last one is the loop that asks. */
export type LoopNest = readonly [Loop, ...Loop[]];

/** The loops whose turns can be gone through before the first of them. @param question what has to be the same in all of their turns */
export function loopsTogether(source: SourceText, loop: Loop, { fixed }: Pick<LoopQuestion, 'fixed'>): LoopNest {
  const around = loopAround(source, loop.node);
  if (around.kind !== 'loop') return [loop];
  const outer = around.loop;
  const isFixed = !fixed.some((node) => dependsOnTurn(source, outer, node));
  const names = boundNames(source, outer.element);
  return isFixed && isReadOff(source, outer, listOf(source, outer, loop), names)
    ? ([...loopsTogether(source, outer, { fixed }), loop] as unknown as LoopNest)
    : [loop];
}

/** What the loops within the outermost one run over. */
export function innerListsOf([, ...inner]: LoopNest): ts.Expression[] {
  return inner.map(({ list }) => list);
}

/** What all turns of all loops ask for; `list` is the outermost one's, as it can be named before it. */
export function keysOfNest(source: SourceText, [loop, inner, ...more]: LoopNest, list: string, key: LoopKey): string {
  if (!inner) return keysOf(source, loop, list, key);
  const keys = keysOfNest(source, [inner, ...more], innerList(source, loop, inner), key);
  return `${list}.flatMap((${parameterFor(source, loop, keys)}) => ${keys})`;
}

/** `order.lines`, or nothing where the loop looks first whether there are any. */
function innerList(source: SourceText, outer: Loop, inner: Loop): string {
  const list = listOf(source, outer, inner);
  const text = list.getText(source.tree);
  const isCall = source.typescript.isCallExpression(list);
  const mayBeMissing =
    isCall ||
    /\?\./.test(text) ||
    withoutDefault(source, inner.list) !== unwrap(source, inner.list) ||
    isSifted(source, outer.list, inner.node, outer.body, [text]);
  return mayBeMissing ? `(${text} ?? [])` : text;
}

/** What the inner loop runs over; a constant of the outer turn stands for what it was made from. */
function listOf(source: SourceText, outer: Loop, { list }: Loop): ts.Expression {
  const { typescript } = source;
  const value = withoutDefault(source, list);
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  const isOfTurn =
    declaration && typescript.isVariableDeclaration(declaration) && declaration.pos >= outer.body.pos && declaration.end <= outer.body.end;
  const isConst = isOfTurn && (declaration.parent.flags & typescript.NodeFlags.Const) !== 0;
  return isConst && declaration.initializer ? withoutDefault(source, declaration.initializer) : value;
}

/** `order.lines` of `order.lines ?? []` */
function withoutDefault(source: SourceText, list: ts.Expression): ts.Expression {
  const { typescript } = source;
  const value = unwrap(source, list);
  const isDefaulted =
    typescript.isBinaryExpression(value) &&
    /^(\?\?|\|\|)$/.test(value.operatorToken.getText(source.tree)) &&
    typescript.isArrayLiteralExpression(value.right) &&
    value.right.elements.length === 0;
  return isDefaulted ? unwrap(source, value.left) : value;
}

/** How many queries take the lookups' place: null where one would still run in each turn of another loop, `untold` where only a run tells. */
export function queriesInstead(source: SourceText, [loop, ...more]: LoopNest, { parentCalls }: BatchRequest): number | 'untold' | null {
  const nested = isNested(source, loop);
  const list = unwrap(source, loop.list);
  const declaration = source.typescript.isIdentifier(list) ? nearestDeclaration(source, list.text, list) : null;
  const isAskedFor = /\bawait\b/.test((declaration ? declaration.initializer : list)?.getText(source.tree) ?? '');
  if (!nested && more.length > 0) return runsAgain(source, loop.statement) ? 'untold' : 1;
  if (!nested && !isAskedFor) return (parentCalls?.all ?? 1) > 1 || runsAgain(source, loop.statement) ? 'untold' : 1;
  if (!parentCalls || loop.isInline) return nested ? null : 1;
  // A list from before the outer loop is gone through in each of its turns, however often that list was asked for.
  const outer = loopAround(source, loop.node);
  if (outer.kind === 'loop' && declaration && !isWithin(declaration, outer.loop.node)) return 'untold';
  // Lists without rows ask for nothing, where the code looks at that first.
  const isGuarded = !isAskedFor || isSifted(source, loop.list, loop.statement, source.tree, [list.getText(source.tree), 'length']);
  return isGuarded ? parentCalls.fed : parentCalls.all;
}

/** Whether the code may run more than once: its function, or one that calls it, is called from several places of the file, or in a loop. */
function runsAgain(source: SourceText, node: ts.Node, depth = 0): boolean {
  const { typescript } = source;
  const fn = enclosingFunction(source, node);
  if (!fn || depth > 4) return false;
  const isNamed =
    typescript.isFunctionDeclaration(fn) ||
    typescript.isMethodDeclaration(fn) ||
    (typescript.isArrowFunction(fn) && typescript.isVariableDeclaration(fn.parent));
  if (!isNamed) return runsAgain(source, fn, depth + 1);
  const calls = usesOfFunction(source, fn)
    .map((use) => use.parent)
    .filter((call): call is ts.CallExpression => typescript.isCallExpression(call) && (calleeOf(source, call)?.fn ?? fn) === fn);
  return calls.length > 1 || calls.some((call) => loopAround(source, call).kind !== 'none' || runsAgain(source, call, depth + 1));
}
