/** Options that other queries share, in a constant of this file or of another one: `find(BY_NAME)` → `find({ ...BY_NAME, relations: { books: true } })`. */
import type ts from 'typescript';
import { importedDeclaration } from './importedModule';
import { findProperty } from './objectLiteral';
import { nearestDeclaration } from './receiverEntity';
import { descendants, unwrap, type SourceText } from './sourceText';

export interface SharedOptions {
  /** The file that declares them. */
  readonly home: SourceText;
  readonly object: ts.ObjectLiteralExpression;
}

/** Null for what is no constant at the top of a file, holds relations or spreads, or has properties set afterwards. */
export function sharedOptions(source: SourceText, argument: ts.Expression): SharedOptions | null {
  const { typescript } = source;
  const name = unwrap(source, argument);
  if (!typescript.isIdentifier(name)) return null;
  const found = declarationOf(source, name);
  const value = found?.declaration.initializer && unwrap(found.home, found.declaration.initializer);
  if (!found || !value || !typescript.isObjectLiteralExpression(value)) return null;
  const isConst = (found.declaration.parent.flags & typescript.NodeFlags.Const) !== 0;
  const isOpen = value.properties.some((property) => typescript.isSpreadAssignment(property)) || findProperty(found.home, value, 'relations');
  const isChanged = [found.home, source].some(({ text }) => new RegExp(`\\b${name.text}\\.\\w+\\s*=[^=]`).test(text));
  return isConst && !isOpen && !isChanged ? { home: found.home, object: value } : null;
}

function declarationOf(source: SourceText, name: ts.Identifier): { readonly home: SourceText; readonly declaration: ts.VariableDeclaration } | null {
  const { typescript } = source;
  const own = nearestDeclaration(source, name.text, name);
  if (own) {
    const isTop = typescript.isVariableDeclaration(own) && typescript.isSourceFile(own.parent.parent.parent);
    return isTop ? { home: source, declaration: own } : null;
  }
  const found = importedDeclaration(source, name.text);
  if (!found || !typescript.isVariableStatement(found.node)) return null;
  const declaration = found.node.declarationList.declarations.find((each) => each.name.getText(found.source.tree) === found.name);
  return declaration ? { home: found.source, declaration } : null;
}

/** Whether a piece of code means the same in another file: it names nothing. */
export function namesNothing(home: SourceText, node: ts.Node): boolean {
  const { typescript } = home;
  return [...descendants(home, node)].every(
    (each) => !typescript.isIdentifier(each) || (typescript.isPropertyAssignment(each.parent) && each.parent.name === each),
  );
}
