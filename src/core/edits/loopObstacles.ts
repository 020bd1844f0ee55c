/** What in a loop's body forbids asking before the loop: writes between the turns, and rows that are changed in place. */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from './findCall';
import type { Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { descendants, lineOf, unwrap, type SourceText } from './sourceText';

const WRITES =
  /^(save|insert|update|updateAll|upsert|remove|softRemove|recover|delete|deleteAll|softDelete|restore|increment|decrement|clear|query|execute|transaction)$/;
const MUTATORS = /^(merge|assign|preload|push|splice|sort|reverse)$/;

/** A reason, or null where the lookup `call` may run before the loop. */
export function obstacleInBody(source: SourceText, loop: Loop, call: MethodCall): string | null {
  const write = [...descendants(source, loop.body)].find(
    (node): node is MethodCall => isMethodCall(source, node) && node !== call && WRITES.test(node.expression.name.text) && !isOnBuiltin(source, node),
  );
  if (write)
    return `the loop writes (${write.expression.name.text}() in line ${lineOf(source, write)}), and a lookup before it would not see what it wrote.`;
  const changed = changedInPlace(source, call);
  return changed === null ? null : `the row found is changed in line ${changed}, and turns with the same key would share it.`;
}

/** `seen.delete(id)` of a Set or Map is no query. */
function isOnBuiltin(source: SourceText, call: MethodCall): boolean {
  const { typescript } = source;
  const receiver = unwrap(source, call.expression.expression);
  if (!typescript.isIdentifier(receiver)) return false;
  const declaration = nearestDeclaration(source, receiver.text, receiver);
  return /^\s*new (Weak)?(Set|Map)\b/.test(declaration?.initializer?.getText(source.tree) ?? '');
}

/** The line where the variable that holds the lookup's answer is written to; null where none is. */
function changedInPlace(source: SourceText, call: MethodCall): number | null {
  const { typescript } = source;
  const whole = typescript.isAwaitExpression(call.parent) ? call.parent : call;
  const declaration = whole.parent;
  if (!typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name)) return null;
  const { text } = declaration.name;
  const uses = [...descendants(source, source.tree)].filter(
    (node) =>
      typescript.isIdentifier(node) && node.text === text && nearestDeclaration(source, text, node) === declaration && node !== declaration.name,
  );
  const changing = uses.find((use) => isChanged(source, use));
  return changing ? lineOf(source, changing) : null;
}

function isChanged(source: SourceText, use: ts.Node): boolean {
  const { typescript } = source;
  let at = use;
  while (
    typescript.isPropertyAccessExpression(at.parent) ||
    typescript.isNonNullExpression(at.parent) ||
    typescript.isElementAccessExpression(at.parent)
  ) {
    if (typescript.isElementAccessExpression(at.parent) && at.parent.argumentExpression === at) return false;
    at = at.parent;
  }
  const { parent } = at;
  if (typescript.isCallExpression(parent)) {
    if (parent.expression === at) return typescript.isPropertyAccessExpression(at) && MUTATORS.test(at.name.text);
    return (
      typescript.isPropertyAccessExpression(parent.expression) &&
      MUTATORS.test(parent.expression.name.text) &&
      parent.expression.name.text !== 'push' &&
      at === use
    );
  }
  if (typescript.isBinaryExpression(parent))
    return (
      parent.left === at &&
      at !== use &&
      parent.operatorToken.kind >= typescript.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= typescript.SyntaxKind.LastAssignment
    );
  return (
    (typescript.isPrefixUnaryExpression(parent) || typescript.isPostfixUnaryExpression(parent) || typescript.isDeleteExpression(parent)) && at !== use
  );
}
