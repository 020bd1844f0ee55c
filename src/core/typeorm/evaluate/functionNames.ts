/** `name` of a function (ECMA-262, NamedEvaluation and SetFunctionName). */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import type { FunctionValue } from './values';

/**
 * The name that a function is written with or takes from what holds it; undefined where that depends on more than is written: a computed
 * key, `export default function () {}` (`default_1` in CommonJS that TypeScript made).
 */
export function functionName(ts: Compiler, { node, scope }: FunctionValue): string | undefined {
  if (node.name) return keyText(ts, node.name);
  const holder = nodesAround(ts, scope.module.tree.sourceFile, node).at(-1);
  return holder && nameByHolder(ts, holder);
}

/**
 * A function without a name takes that of the variable or property whose value it is where that is declared. Class fields, defaults of
 * patterns, functions in parentheses or behind `as`, and exports that are assigned depend on how the file is compiled.
 */
function nameByHolder(ts: Compiler, holder: ts.Node): string | undefined {
  if (ts.isVariableDeclaration(holder)) return ts.isIdentifier(holder.name) ? holder.name.text : undefined;
  if (ts.isPropertyAssignment(holder)) return keyText(ts, holder.name);
  return ts.isCallExpression(holder) || ts.isArrayLiteralExpression(holder) || ts.isReturnStatement(holder) ? '' : undefined;
}

/**
 * From the file inwards, found from above since nodes do not know their parents; empty where the node is not part of the file's own text. The tree
 * may have been let go of and parsed again since.
 */
function nodesAround(ts: Compiler, sourceFile: ts.SourceFile, node: ts.Node): ts.Node[] {
  const around: ts.Node[] = [];
  let current: ts.Node | undefined = sourceFile;
  const isIt = ({ kind, pos, end }: ts.Node): boolean => kind === node.kind && pos === node.pos && end === node.end;
  while (current && !isIt(current)) {
    around.push(current);
    current = ts.forEachChild(current, (child) => (child.pos <= node.pos && node.end <= child.end ? child : undefined));
  }
  return current ? around : [];
}

function keyText(ts: Compiler, name: ts.PropertyName | ts.BindingName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) || ts.isPrivateIdentifier(name) ? name.text : undefined;
}
