/** Writes that were begun before a loop and are not waited for by then: which of its turns see them, only the database knows. */
import type ts from 'typescript';
import type { BatchRequest } from './loopQuestion';
import type { Loop } from './loops';
import { enclosingFunction, lineOf, type SourceText } from './sourceText';
import { calleeName, mayChange, writesIn } from './writes';

/** Why a query for all keys before the loop could miss what a write beside it has done by a later turn; null where nothing is being written. */
export function pendingWrite(source: SourceText, { statement }: Loop, { graph, entity }: Pick<BatchRequest, 'graph' | 'entity'>): string | null {
  const home = enclosingFunction(source, statement) ?? source.tree;
  const write = writesIn(source, home).find(
    (each) => each.call.pos < statement.pos && goesOn(source, each.call, home) && mayChange(graph, entity, each),
  );
  if (!write) return null;
  return `${calleeName(source, write.call)}() in line ${lineOf(source, write.call)} is not waited for before the loop, and a query before it could miss what that writes meanwhile.`;
}

/** Whether a call's work may go on behind its statement: nothing awaits it there. Functions that are only declared run elsewhere. */
function goesOn({ typescript }: SourceText, call: ts.Node, home: ts.Node): boolean {
  let isAwaited = false;
  for (let node = call.parent; node !== home; { parent: node } = node) {
    if (typescript.isAwaitExpression(node) || typescript.isReturnStatement(node)) isAwaited = true;
    if (typescript.isForOfStatement(node) && node.awaitModifier) isAwaited = true;
    if (!typescript.isFunctionLike(node)) continue;
    if (!isCalled(typescript, node)) return false;
    isAwaited = false;
  }
  return !isAwaited;
}

/** A function that is called where it stands, or for each of a list; what listens to events, say, runs at another time. */
function isCalled(typescript: SourceText['typescript'], fn: ts.Node): boolean {
  let node = fn;
  while (typescript.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (!typescript.isCallExpression(parent)) return false;
  const { expression } = parent;
  return expression === node || (typescript.isPropertyAccessExpression(expression) && EACH.test(expression.name.text));
}

const EACH = /^(map|forEach|flatMap|filter|reduce|from|then)$/;
