import type ts from 'typescript';
import type { SourceText } from './sourceText';

/** What a node gives another value: `name` of `name = …`, `name += …`, `name++` and `--name`; null for what only reads. */
export function assignedBy({ typescript }: Pick<SourceText, 'typescript'>, node: ts.Node): ts.Expression | null {
  const { FirstAssignment, LastAssignment, PlusPlusToken, MinusMinusToken } = typescript.SyntaxKind;
  if (typescript.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    return kind >= FirstAssignment && kind <= LastAssignment ? node.left : null;
  }
  if (typescript.isPostfixUnaryExpression(node)) return node.operand;
  // `!count` and `-count` only read.
  return typescript.isPrefixUnaryExpression(node) && [PlusPlusToken, MinusMinusToken].includes(node.operator) ? node.operand : null;
}

/** Whether an expression is given another value: by an assignment, within a pattern (`[row.a, row.b] = …`), or in the head of a loop (`for (row.a of …)`). */
export function isAssigned(source: SourceText, target: ts.Node): boolean {
  const { typescript } = source;
  const parent = target.parent as ts.Node | undefined;
  if (!parent) return false;
  if (assignedBy(source, parent) === target) return true;
  if (typescript.isForOfStatement(parent) || typescript.isForInStatement(parent)) return parent.initializer === target;
  if (typescript.isPropertyAssignment(parent)) return parent.initializer === target && isAssigned(source, parent.parent);
  if (typescript.isShorthandPropertyAssignment(parent) || typescript.isSpreadAssignment(parent)) return isAssigned(source, parent.parent);
  const isPart = typescript.isArrayLiteralExpression(parent) || typescript.isSpreadElement(parent) || typescript.isParenthesizedExpression(parent);
  return isPart && isAssigned(source, parent);
}
