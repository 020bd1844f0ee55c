/** What a class's constructor does whatever it is given, as far as arrays go: `this.books = []`. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';

/** @returns the arrays that its properties hold at the end, by property; those assigned behind a condition, or replaced again, are left out */
export function assignedArrays(ts: Compiler, node: ts.ClassLikeDeclaration): Map<string, ts.ArrayLiteralExpression> {
  const arrays = new Map<string, ts.ArrayLiteralExpression>();
  const constructor = node.members.find((member) => ts.isConstructorDeclaration(member) && member.body);
  for (const statement of (constructor as ts.ConstructorDeclaration | undefined)?.body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, operatorToken, right } = statement.expression;
    if (operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(left) || !isThis(ts, left.expression)) continue;
    if (ts.isArrayLiteralExpression(right)) arrays.set(left.name.text, right);
    else arrays.delete(left.name.text);
  }
  return arrays;
}

/** `this`, and `_this` of a class that TypeScript wrote as a function. */
function isThis(ts: Compiler, node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === '_this');
}
