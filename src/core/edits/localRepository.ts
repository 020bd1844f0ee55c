/** A repository that a function puts into a constant before it asks: `const users = this.dataSource.getRepository(User);` stands for what it was made from. */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { referencesTo } from './iteration';
import type { LocalFunction } from './localFunction';
import { nodesByName } from './nodesByName';
import { nearestDeclaration } from './receiverEntity';
import { descendants, isPropertyName, isWithin, unwrap, type Change, type SourceText } from './sourceText';

export interface LocalRepository {
  readonly name: string;
  /** What it was made from: `this.dataSource.getRepository(User)`. */
  readonly value: string;
  readonly statement: ts.Node;
  /** Takes the constant out; null where something else uses it, or a comment speaks of it. */
  readonly removal: Change | null;
}

/** The constant by which a lookup asks; null where it asks otherwise, or the constant is made of others of the function. */
export function localRepository(source: SourceText, fn: LocalFunction, lookup: MethodCall): LocalRepository | null {
  const { typescript, tree } = source;
  const receiver = unwrap(source, lookup.expression.expression);
  const declaration = typescript.isIdentifier(receiver) ? nearestDeclaration(source, receiver.text, receiver) : null;
  if (!declaration || !typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name)) return null;
  const list = declaration.parent;
  const made = declaration.initializer && unwrap(source, declaration.initializer);
  const isRepository = !!made && typescript.isCallExpression(made) && /\bget(Tree|Custom)?Repository$/.test(made.expression.getText(tree));
  if (!made || !isRepository || !isWithin(declaration, fn) || (list.flags & typescript.NodeFlags.Const) === 0 || usesLocal(source, fn, made))
    return null;
  const statement = list.parent;
  const start = statement.getFullStart();
  const isAlone =
    typescript.isVariableStatement(statement) &&
    statement.declarationList.declarations.length === 1 &&
    referencesTo(source, declaration.name).length === 1 &&
    source.text.slice(start, statement.getStart(tree)).trim() === '';
  return {
    name: declaration.name.text,
    value: made.getText(tree),
    statement,
    removal: isAlone ? { start, end: statement.end, newText: '' } : null,
  };
}

/** Whether a node speaks of a variable that the function declares in its body. @param known a variable that does not count */
export function usesLocal(source: SourceText, fn: LocalFunction, node: ts.Node, known?: string): boolean {
  return [node, ...descendants(source, node)].some((each) => {
    if (!source.typescript.isIdentifier(each) || isPropertyName(source, each) || each.text === known) return false;
    if (
      nodesByName(source)
        .bound.get(each.text)
        ?.some((taken) => isWithin(taken, fn))
    )
      return true;
    const declaration = nearestDeclaration(source, each.text, each);
    return !!declaration && source.typescript.isVariableDeclaration(declaration) && isWithin(declaration, fn);
  });
}
