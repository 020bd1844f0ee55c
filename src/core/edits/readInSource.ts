/** Whether the source reads a relation of a query's result on a way that no run took: what nobody was seen to read may be needed all the same. */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, lineOf, unwrap, type SourceText } from './sourceText';

/** A reason to leave it loaded, or null. @param path property path from the call's entity */
export function readInSource(source: SourceText, call: MethodCall, path: string): string | null {
  const { typescript } = source;
  const result = resultOf(source, call);
  if (!result) return null;
  const property = path.slice(path.lastIndexOf('.') + 1);
  const read = [...descendants(source, enclosingFunction(source, call) ?? source.tree)].find(
    (node) => typescript.isPropertyAccessExpression(node) && node.name.text === property && isOf(source, node, result),
  );
  return read ? `line ${lineOf(source, read)} reads ${read.getText(source.tree)}, on a way that no run took.` : null;
}

/** `const term = await terms.findOne(…)` */
function resultOf({ typescript }: SourceText, call: MethodCall): ts.VariableDeclaration | null {
  let at: ts.Node = call.parent;
  while (typescript.isAwaitExpression(at) || typescript.isParenthesizedExpression(at) || typescript.isAsExpression(at)) at = at.parent;
  return typescript.isVariableDeclaration(at) && typescript.isIdentifier(at.name) ? at : null;
}

/** `term.labels`, or `each.labels` of `terms.map((each) => …)` and `for (const each of terms)`. */
function isOf(source: SourceText, access: ts.PropertyAccessExpression, result: ts.VariableDeclaration): boolean {
  const root = rootOf(source, access);
  const declaration = root && nearestDeclaration(source, root.text, root);
  if (!root || !declaration) return false;
  const list = declaration === result ? null : listOf(source, declaration);
  const from = list && rootOf(source, list);
  return declaration === result || (!!from && nearestDeclaration(source, from.text, from) === result);
}

function listOf({ typescript }: SourceText, declaration: ts.Node): ts.Expression | null {
  const { parent } = declaration;
  if (typescript.isVariableDeclarationList(parent) && typescript.isForOfStatement(parent.parent)) return parent.parent.expression;
  const call = parent.parent as ts.Node | undefined;
  return typescript.isParameter(declaration) && call && typescript.isCallExpression(call) ? call.expression : null;
}

function rootOf(source: SourceText, expression: ts.Expression): ts.Identifier | null {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (typescript.isPropertyAccessExpression(value) || typescript.isElementAccessExpression(value) || typescript.isNonNullExpression(value))
    return rootOf(source, value.expression);
  if (typescript.isCallExpression(value)) return rootOf(source, value.expression);
  return typescript.isIdentifier(value) ? value : null;
}
