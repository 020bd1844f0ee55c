/** Under which conditions a place of a file is reached, as far as the environment decides on them. */
import type ts from 'typescript';
import type { Evaluator } from '../evaluate/evaluator';
import { isTruthy, isUnknown, isUnset, type Value } from '../evaluate/values';
import type { Enclosing, LocalScopes } from './localScopes';

/** A branch of an `if`, of `? :`, of `&&`, or a clause of a `switch`. */
export type Condition = (
  | { readonly kind: 'branch'; readonly expression: ts.Expression; readonly holds: boolean }
  | { readonly kind: 'clause'; readonly statement: ts.SwitchStatement; readonly clause: ts.CaseOrDefaultClause }
) & { readonly around: readonly Enclosing[] };

/** The condition under which a child of a node is reached; null for none. */
export function conditionOn(
  ts: Evaluator['ts'],
  node: ts.Node,
  child: ts.Node,
  around: readonly Enclosing[],
  switched: ts.SwitchStatement | null,
): Condition | null {
  if (ts.isIfStatement(node) && child !== node.expression)
    return { kind: 'branch', expression: node.expression, holds: child === node.thenStatement, around };
  if (ts.isConditionalExpression(node) && (child === node.whenTrue || child === node.whenFalse))
    return { kind: 'branch', expression: node.condition, holds: child === node.whenTrue, around };
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && child === node.right)
    return { kind: 'branch', expression: node.left, holds: true, around };
  if (ts.isCaseBlock(node) && switched) return { kind: 'clause', statement: switched, clause: child as ts.CaseOrDefaultClause, around };
  return null;
}

/** False where a condition does not hold while no variable of the environment is set; true too where nobody can tell. */
export function isReached(evaluator: Evaluator, condition: Condition, scopes: LocalScopes): boolean {
  const scope = scopes.within(condition.around);
  const evaluate = (node: ts.Expression): Value => evaluator.evaluate(node, scope);
  if (condition.kind === 'branch') {
    const value = evaluate(condition.expression);
    return (isUnknown(value) && !isUnset(value)) || isTruthy(value) === condition.holds;
  }
  const { ts } = evaluator;
  const { expression, caseBlock } = condition.statement;
  const value = evaluate(expression);
  if (isUnknown(value) && !isUnset(value)) return true;
  const matching = caseBlock.clauses.find(
    (clause) => ts.isCaseClause(clause) && evaluate(clause.expression) === (isUnset(value) ? undefined : value),
  );
  return (matching ?? caseBlock.clauses.find((clause) => ts.isDefaultClause(clause))) === condition.clause;
}
