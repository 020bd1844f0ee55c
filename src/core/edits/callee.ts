/**
 * Which function a call calls, in this file or another of the workspace: a function, a method of the class around, of an object that is made or handed
 * in (`this.customers.nameOf(…)` by the type of the constructor's parameter), or one that is imported.
 */
import type ts from 'typescript';
import { type Declaration, exportedDeclaration, importedDeclaration, importOf } from './importedModule';
import { functionNamed, type LocalFunction } from './localFunction';
import { nodesByName } from './nodesByName';
import { nearestDeclaration } from './receiverEntity';
import { unwrap, type SourceText } from './sourceText';

export interface Callee {
  readonly source: SourceText;
  readonly fn: LocalFunction;
}

/** An object's methods are those of its class, or those written out in it. */
interface Owner {
  readonly source: SourceText;
  readonly node: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression;
}

/** Null where the file does not tell, or where a library declares it. */
export function calleeOf(source: SourceText, { expression }: ts.CallExpression): Callee | null {
  return functionOf(source, expression);
}

/** The function that an expression stands for: `nameOf`, `this.nameOf`, `this.customers.nameOf`. */
export function functionOf(source: SourceText, expression: ts.Expression): Callee | null {
  const { typescript } = source;
  const callee = unwrap(source, expression);
  if (typescript.isIdentifier(callee)) return byName(source, callee);
  if (!typescript.isPropertyAccessExpression(callee)) return null;
  const receiver = unwrap(source, callee.expression);
  const module = typescript.isIdentifier(receiver) ? importOf(source, receiver.text) : null;
  if (module?.name === '*') {
    const opened = source.open(module.specifier);
    const exported = opened && exportedDeclaration(opened, callee.name.text);
    return exported && functionIn(exported);
  }
  const owner = ownerOf(source, receiver);
  return owner && methodOf(owner, callee.name.text);
}

function byName(source: SourceText, name: ts.Identifier): Callee | null {
  const { text } = name;
  const own = functionNamed(source, text, name);
  if (own) return { source, fn: own };
  const imported = importedDeclaration(source, text);
  return imported && functionIn(imported);
}

function functionIn({ source, node, name }: Declaration): Callee | null {
  const { typescript } = source;
  if (typescript.isFunctionDeclaration(node) || typescript.isArrowFunction(node) || typescript.isFunctionExpression(node))
    return { source, fn: node };
  const fn = functionNamed(source, name);
  return fn && { source, fn };
}

/** What declares the methods of an expression's value. */
function ownerOf(source: SourceText, receiver: ts.Expression): Owner | null {
  const { typescript } = source;
  if (receiver.kind === typescript.SyntaxKind.ThisKeyword) return classAround(source, receiver);
  if (receiver.kind === typescript.SyntaxKind.SuperKeyword) {
    const around = classAround(source, receiver);
    return around && baseOf(around);
  }
  if (typescript.isNewExpression(receiver)) return classNamed(source, receiver.expression);
  if (typescript.isPropertyAccessExpression(receiver) && receiver.expression.kind === typescript.SyntaxKind.ThisKeyword) {
    const around = classAround(source, receiver);
    return around && ofField(around, receiver.name.text);
  }
  if (!typescript.isIdentifier(receiver)) return null;
  const declaration = nearestDeclaration(source, receiver.text, receiver);
  return declaration ? ofDeclaration(source, declaration) : classNamed(source, receiver);
}

function classAround(source: SourceText, node: ts.Node): Owner | null {
  for (let up = node.parent as ts.Node | undefined; up; up = up.parent as ts.Node | undefined)
    if (source.typescript.isClassLike(up)) return { source, node: up };
  return null;
}

/** `this.customers`: a property, or a parameter of the constructor, of the class or of one that it extends. */
function ofField(owner: Owner, name: string, depth = 0): Owner | null {
  const { source, node } = owner;
  const fields = nodesByName(source).members.get(name) ?? [];
  const field = fields.find((each) => each.parent === node || each.parent.parent === node);
  if (field) return ofDeclaration(source, field);
  const base = depth < 4 ? baseOf(owner) : null;
  return base && ofField(base, name, depth + 1);
}

function ofDeclaration(source: SourceText, { type, initializer }: Pick<ts.ParameterDeclaration, 'type' | 'initializer'>): Owner | null {
  const { typescript } = source;
  if (type) return typescript.isTypeReferenceNode(type) && typescript.isIdentifier(type.typeName) ? classNamed(source, type.typeName) : null;
  if (!initializer) return null;
  const value = unwrap(source, initializer);
  const made = typescript.isAwaitExpression(value) ? unwrap(source, value.expression) : value;
  if (typescript.isObjectLiteralExpression(made)) return { source, node: made };
  if (typescript.isNewExpression(made)) return classNamed(source, made.expression);
  const custom = extension(source, made);
  if (custom) return { source, node: custom };
  // `inject(CustomersService)`, `app.get(CustomersService)`, `Container.get(CustomersService)`
  const [given] = typescript.isCallExpression(made) && /\b(inject|get|resolve)$/.test(made.expression.getText(source.tree)) ? made.arguments : [];
  return given && typescript.isIdentifier(given) ? classNamed(source, given) : null;
}

/** What TypeORM's `repository.extend({ … })` adds. */
function extension({ typescript }: SourceText, value: ts.Expression): ts.ObjectLiteralExpression | null {
  if (!typescript.isCallExpression(value) || !typescript.isPropertyAccessExpression(value.expression)) return null;
  const [methods] = value.expression.name.text === 'extend' ? value.arguments : [];
  return methods && typescript.isObjectLiteralExpression(methods) ? methods : null;
}

/** A class of the file or an imported one, or a constant that holds an object of functions. */
function classNamed(source: SourceText, name: ts.Node, depth = 0): Owner | null {
  const { typescript } = source;
  if (!typescript.isIdentifier(name) || depth > 4) return null;
  const own = source.tree.statements.find((each) => typescript.isClassDeclaration(each) && each.name?.text === name.text);
  if (own && typescript.isClassDeclaration(own)) return { source, node: own };
  const found = importedDeclaration(source, name.text);
  if (!found) return null;
  if (typescript.isClassDeclaration(found.node)) return { source: found.source, node: found.node };
  const [value] = typescript.isVariableStatement(found.node)
    ? found.node.declarationList.declarations.filter((each) => each.name.getText() === found.name)
    : [];
  return value ? ofDeclaration(found.source, value) : null;
}

function baseOf({ source, node }: Owner): Owner | null {
  const { typescript } = source;
  if (typescript.isObjectLiteralExpression(node)) return null;
  const base = node.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
  return base ? classNamed(source, base) : null;
}

function methodOf(owner: Owner, name: string, depth = 0): Callee | null {
  const { source, node } = owner;
  const { typescript } = source;
  for (const member of typescript.isObjectLiteralExpression(node) ? node.properties : node.members) {
    if (member.name?.getText(source.tree) !== name) continue;
    if (typescript.isMethodDeclaration(member) && member.body) return { source, fn: member };
    const value =
      typescript.isPropertyDeclaration(member) || typescript.isPropertyAssignment(member)
        ? member.initializer && unwrap(source, member.initializer)
        : undefined;
    if (value && (typescript.isArrowFunction(value) || typescript.isFunctionExpression(value))) return { source, fn: value };
    if (typescript.isShorthandPropertyAssignment(member)) return functionOf(source, member.name);
  }
  const base = depth < 4 ? baseOf(owner) : null;
  return base && methodOf(base, name, depth + 1);
}
