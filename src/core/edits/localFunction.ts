/** Functions of the same file: the declaration behind a name, and whether other files may use it too. */
import type ts from 'typescript';
import { descendants, unwrap, type SourceText } from './sourceText';

export type LocalFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The function that a name stands for; null where the file declares none. */
export function functionNamed(source: SourceText, name: string): LocalFunction | null {
  const { typescript } = source;
  for (const node of descendants(source, source.tree)) {
    if (typescript.isFunctionDeclaration(node) && node.name?.text === name) return node;
    if (!typescript.isVariableDeclaration(node) || !typescript.isIdentifier(node.name) || node.name.text !== name || !node.initializer) continue;
    const value = unwrap(source, node.initializer);
    return typescript.isArrowFunction(value) || typescript.isFunctionExpression(value) ? value : null;
  }
  return null;
}

/** Whether other files may use the function too, or the statement that holds it in a constant. */
export function isExported(source: SourceText, fn: ts.Node): boolean {
  const { typescript } = source;
  const statement = typescript.isFunctionDeclaration(fn) ? fn : fn.parent.parent.parent;
  return (
    typescript.canHaveModifiers(statement) &&
    (typescript.getModifiers(statement)?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) ?? false)
  );
}
