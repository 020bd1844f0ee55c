/** Functions of the same file: the declaration behind a name, and whether other files may use it too. */
import type ts from 'typescript';
import { nodesByName } from './nodesByName';
import { nearestDeclaration, scopeOf } from './receiverEntity';
import { descendants, isPropertyName, isWithin, unwrap, type SourceText } from './sourceText';

export type LocalFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

/** The function that a name stands for at a place of the file, or at its top; null where something else of that name, or nothing, is declared there. */
export function functionNamed(source: SourceText, name: string, at: ts.Node = source.tree): LocalFunction | null {
  let nearest: { readonly node: ts.Node; readonly scope: ts.Node } | null = null;
  for (const node of declarationsOf(source, name)) {
    const scope = source.typescript.isFunctionDeclaration(node) ? node.parent : scopeOf(source, node);
    if (isWithin(at, scope) && (!nearest || isWithin(scope, nearest.scope))) nearest = { node, scope };
  }
  return nearest && functionIn(source, nearest.node);
}

type Declared = ts.FunctionDeclaration | ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

/** Whatever declares the name, in source order. */
function declarationsOf(source: SourceText, name: string): Declared[] {
  const { variables, bound, identifiers } = nodesByName(source);
  const functions = (identifiers.get(name) ?? []).flatMap(({ parent }) =>
    source.typescript.isFunctionDeclaration(parent) && parent.name?.text === name ? parent : [],
  );
  return [...functions, ...(variables.get(name) ?? []), ...(bound.get(name) ?? [])];
}

function functionIn(source: SourceText, node: ts.Node): LocalFunction | null {
  const { typescript } = source;
  if (typescript.isFunctionDeclaration(node)) return node;
  const value = typescript.isVariableDeclaration(node) && node.initializer ? unwrap(source, node.initializer) : undefined;
  return value && (typescript.isArrowFunction(value) || typescript.isFunctionExpression(value)) ? value : null;
}

/** What a call calls, where this file declares it: a function, or a method of the class around `this.customerOf(…)`. */
export function calledFunction(source: SourceText, { expression: callee }: ts.CallExpression): LocalFunction | null {
  if (source.typescript.isIdentifier(callee)) return functionNamed(source, callee.text, callee);
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

/**
 * Where the file speaks of the function: its name's identifiers, and for a member of a class whatever bears its name but a variable or a property of an
 * object that is written out. A property `rows.nameOf`, or a variable of another function by that name, is not the function `nameOf`.
 */
export function usesOfFunction(source: SourceText, fn: LocalFunction): ts.Node[] {
  const { typescript } = source;
  const named =
    typescript.isFunctionDeclaration(fn) || typescript.isMethodDeclaration(fn)
      ? fn.name
      : (fn.parent as ts.VariableDeclaration | ts.PropertyDeclaration).name;
  const isMember = memberOf(source, fn) !== null || typescript.isPropertyDeclaration(fn.parent) || typescript.isPropertyAssignment(fn.parent);
  if (named && typescript.isIdentifier(named) && !isMember) return usesOfName(source, named);
  const text = named?.getText(source.tree);
  return [...descendants(source, source.tree)]
    .filter((node) => (typescript.isIdentifier(node) || typescript.isPrivateIdentifier(node)) && node.text === text && node !== named)
    .filter((node) => !isNameOfAnother(source, node) && !(isPrivate(source, fn) && isReadOfAnother(source, fn, node)))
    .map((node) => (typescript.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node));
}

/** A function that is no member is spoken of by its name alone, where nothing else of that name is declared nearer by. */
function usesOfName(source: SourceText, name: ts.Identifier): ts.Identifier[] {
  const declaration = nearestDeclaration(source, name.text, name);
  return (nodesByName(source).identifiers.get(name.text) ?? []).filter(
    (node) => node !== name && !isNameOfMember(source, node) && nearestDeclaration(source, name.text, node) === declaration,
  );
}

/** `nameOf` of `row.nameOf`, `{ nameOf: … }` and `{ nameOf() { … } }`, and of a class's own. */
function isNameOfMember(source: SourceText, node: ts.Node): boolean {
  const { typescript } = source;
  const { parent } = node;
  const isDeclared =
    typescript.isPropertyDeclaration(parent) ||
    typescript.isMethodDeclaration(parent) ||
    typescript.isPropertySignature(parent) ||
    typescript.isMethodSignature(parent);
  return isPropertyName(source, node) || (isDeclared && parent.name === node);
}

/** `#nameOf`, `private nameOf`: of no use outside of its class. */
export function isPrivate(source: SourceText, fn: LocalFunction): boolean {
  const { typescript } = source;
  const member = memberOf(source, fn);
  if (!member) return false;
  return (
    typescript.isPrivateIdentifier(member.name) || (member.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.PrivateKeyword) ?? false)
  );
}

/** `publisher.name` beside a method `name`, where the variable is visibly no object of the method's class. */
function isReadOfAnother(source: SourceText, fn: LocalFunction, node: ts.Node): boolean {
  const { typescript, tree } = source;
  const access = node.parent;
  if (!typescript.isPropertyAccessExpression(access) || access.name !== node || !typescript.isIdentifier(access.expression)) return false;
  if (typescript.isCallExpression(access.parent) && access.parent.expression === access) return false;
  const declaration = nearestDeclaration(source, access.expression.text, access.expression);
  const owner = memberOf(source, fn)?.parent;
  const className = owner && typescript.isClassLike(owner) ? owner.name?.text : undefined;
  const said = `${declaration?.type?.getText(tree) ?? ''} ${declaration?.initializer?.getText(tree) ?? ''}`;
  return !!declaration && said !== ' ' && !!className && !new RegExp(`\\b${className}\\b|^ this$`).test(said);
}

/** A variable, a parameter that is no property, or a property of an object that is written out: none of them is a class's member. */
function isNameOfAnother(source: SourceText, node: ts.Node): boolean {
  const { typescript } = source;
  const { parent } = node;
  if (typescript.isPropertyAssignment(parent)) return parent.name === node;
  if (typescript.isVariableDeclaration(parent)) return parent.name === node;
  return typescript.isIdentifier(node) && !isNameOfMember(source, node) && nearestDeclaration(source, node.text, node) !== null;
}
