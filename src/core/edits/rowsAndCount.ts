/**
 * `const [marks, count] = await repo.findAndCount({ where: { bookId: book.id } })` in a loop: without a limit, TypeORM counts the rows that it has read
 * (SelectQueryBuilder.lazyCount), so the rows of a key, out of a Map, say their number too.
 */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { loopAround, type Loop } from './loops';
import type { SourceText } from './sourceText';

export const ROWS_AND_COUNT: readonly string[] = ['findAndCount', 'findAndCountBy'];

export function givesRowsAndCount(call: MethodCall): boolean {
  return ROWS_AND_COUNT.includes(call.expression.name.text);
}

/** Why no pair can stand in the call's place, null where it can: a pattern takes it apart at once, which says the types of its parts. */
export function whyNotPair(source: SourceText, loop: Loop, call: MethodCall): string | null {
  const { typescript } = source;
  const around = loopAround(source, call);
  const isHere = around.kind === 'loop' && around.loop.node === loop.node;
  const whole: ts.Node = typescript.isAwaitExpression(call.parent) ? call.parent : call;
  const declaration = whole.parent;
  const isTakenApart =
    whole !== call &&
    typescript.isVariableDeclaration(declaration) &&
    typescript.isArrayBindingPattern(declaration.name) &&
    !declaration.name.elements.some((element) => typescript.isBindingElement(element) && element.dotDotDotToken);
  const name = call.expression.name.text;
  if (!isHere)
    return `what ${name}() gives is asked for in a function of its own; ask for the rows of all keys with find() where the loop is, and tell them apart.`;
  return isTakenApart ? null : `what ${name}() gives is not taken apart at once; write const [rows, count] = await ….`;
}

/** @param rows expression that gives the rows of the key, or nothing */
export function pairOf(rows: string): string {
  return `[${rows} ?? [], ${rows}?.length ?? 0]`;
}
