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
