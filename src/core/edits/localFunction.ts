/** Functions of the same file: the declaration behind a name, and whether other files may use it too. */
import type ts from 'typescript';
import { descendants, unwrap, type SourceText } from './sourceText';

export type LocalFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

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

/** What a call calls, where this file declares it: a function, or a method of the class around `this.customerOf(…)`. */
export function calledFunction(source: SourceText, { expression: callee }: ts.CallExpression): LocalFunction | null {
  if (source.typescript.isIdentifier(callee)) return functionNamed(source, callee.text);
  return isMethodOfThis(source, callee) ? methodNamed(source, callee) : null;
}

/** Whether other files may use the function, or the constant that holds the value: its own statement says `export`, or a list of exports does. */
export function isExported(source: SourceText, node: ts.Node): boolean {
  const { typescript, tree } = source;
  if (memberOf(source, node)) return false;
  let statement: ts.Node = node;
  while (!typescript.isSourceFile(statement.parent) && !typescript.isVariableStatement(statement) && !typescript.isFunctionDeclaration(statement))
    statement = statement.parent;
  const isMarked =
    typescript.canHaveModifiers(statement) && typescript.getModifiers(statement)?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword);
  if (isMarked) return true;
  const names = typescript.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.getText(tree))
    : typescript.isFunctionDeclaration(statement)
      ? [statement.name?.text]
      : [];
  return tree.statements.some(
    (each) =>
      (typescript.isExportAssignment(each) && names.includes(each.expression.getText(tree))) ||
      (typescript.isExportDeclaration(each) &&
        each.exportClause &&
        typescript.isNamedExports(each.exportClause) &&
        each.exportClause.elements.some(({ name, propertyName }) => names.includes((propertyName ?? name).getText(tree)))),
  );
}

/** `this.customerOf` */
function isMethodOfThis({ typescript }: SourceText, callee: ts.Expression): callee is ts.PropertyAccessExpression {
  return typescript.isPropertyAccessExpression(callee) && callee.expression.kind === typescript.SyntaxKind.ThisKeyword;
}

/** The member of a class that a function is: a method, or a property that holds an arrow function. */
export function memberOf({ typescript }: SourceText, fn: ts.Node): ts.MethodDeclaration | ts.PropertyDeclaration | null {
  if (typescript.isMethodDeclaration(fn)) return fn;
  return typescript.isArrowFunction(fn) && typescript.isPropertyDeclaration(fn.parent) ? fn.parent : null;
}

/** The method of the class around `this.customerOf` that it names, or its property's arrow function; null where a base class declares it. */
function methodNamed({ typescript }: SourceText, callee: ts.PropertyAccessExpression): ts.MethodDeclaration | ts.ArrowFunction | null {
  for (let up = callee.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined) {
    if (!typescript.isClassLike(up)) continue;
    const found = up.members.find(
      (member) => (typescript.isMethodDeclaration(member) || typescript.isPropertyDeclaration(member)) && member.name.getText() === callee.name.text,
    );
    if (!found || typescript.isMethodDeclaration(found)) return found ?? null;
    // A type of its own would have to name one more parameter, too.
    const value = typescript.isPropertyDeclaration(found) && !found.type ? found.initializer : undefined;
    return value && typescript.isArrowFunction(value) ? value : null;
  }
  return null;
}

/** Where the file speaks of the function: its name's identifiers, and for a method `this.name` and `other.name`. */
export function usesOfFunction(source: SourceText, fn: LocalFunction): ts.Node[] {
  const { typescript } = source;
  const named =
    typescript.isFunctionDeclaration(fn) || typescript.isMethodDeclaration(fn)
      ? fn.name
      : (fn.parent as ts.VariableDeclaration | ts.PropertyDeclaration).name;
  const text = named?.getText(source.tree);
  return [...descendants(source, source.tree)]
    .filter((node) => (typescript.isIdentifier(node) || typescript.isPrivateIdentifier(node)) && node.text === text && node !== named)
    .map((node) => (typescript.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node));
}
