/** Parts of a lookup that are written without the loop's element and still are another thing in every turn: `level: next++`, `queues.shift()`. */
import type ts from 'typescript';
import { assignedBy } from './assignment';
import { descendants, type SourceText } from './sourceText';

/** Methods and functions that take something away, or give something new whenever they are called. */
const GIVES_ANOTHER = /^(?:next|pop|shift|unshift|push|splice|random|uuid|nanoid|v[1-7]$|increment|decrement|dequeue|poll|hrtime)/i;

/** What of a part would run once before the loop instead of in each turn, and give one value where the turns have several; undefined where nothing does. */
export function newInEachTurn(source: SourceText, part: ts.Node): ts.Node | undefined {
  const { typescript } = source;
  return [part, ...descendants(source, part)].find(
    (node) =>
      assignedBy(source, node) !== null ||
      typescript.isDeleteExpression(node) ||
      (typescript.isCallExpression(node) && GIVES_ANOTHER.test(nameOfCalled(source, node.expression))),
  );
}

function nameOfCalled({ typescript }: SourceText, callee: ts.Expression): string {
  if (typescript.isPropertyAccessExpression(callee)) return callee.name.text;
  return typescript.isIdentifier(callee) ? callee.text : '';
}
