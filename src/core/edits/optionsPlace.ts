/** Where a call's find options are written: in the call, in a variable of the same function, or nowhere yet. */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { functionNamed, isExported, usesOfFunction } from './localFunction';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, unwrap, type SourceText } from './sourceText';

export type OptionsPlace =
  | { readonly kind: 'object'; readonly object: ts.ObjectLiteralExpression }
  /** No options yet: they go to `start`…`end`, behind `prefix` (a comma where another argument stands before). */
  | { readonly kind: 'none'; readonly start: number; readonly end: number; readonly prefix: string };

export function optionsOf(source: SourceText, call: MethodCall, index: number): OptionsPlace | Declined {
  const argument = call.arguments[index];
  if (!argument) return noOptions(call, index);
  const value = unwrap(source, argument);
  return source.typescript.isIdentifier(value) && value.text === 'undefined'
    ? { kind: 'none', start: argument.getStart(source.tree), end: argument.end, prefix: '' }
    : optionsIn(source, value);
}

/** Where the options that an expression stands for are written out, for this query alone. */
function optionsIn(source: SourceText, expression: ts.Expression, depth = 0): OptionsPlace | Declined {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (typescript.isObjectLiteralExpression(value)) return { kind: 'object', object: value };
  if (typescript.isIdentifier(value)) return inVariable(source, value, depth);
  if (typescript.isCallExpression(value)) return returnedBy(source, value);
  if (typescript.isPropertyAccessExpression(value) && value.expression.kind === typescript.SyntaxKind.ThisKeyword) return inField(source, value);
  return declined('the options are computed; add the relations where they are built.');
}

/** `this.options`: a private field whose only use is this query. */
function inField(source: SourceText, access: ts.PropertyAccessExpression): OptionsPlace | Declined {
  const { typescript } = source;
  const name = access.name.text;
  const field = [...descendants(source, source.tree)].find(
    (node): node is ts.PropertyDeclaration =>
      typescript.isPropertyDeclaration(node) && node.name.getText(source.tree) === name && isAround(node.parent, access),
  );
  const object = field?.initializer && unwrap(source, field.initializer);
  if (!field || !object || !typescript.isObjectLiteralExpression(object))
    return declined(`the options '${name}' are not written out in this class; add the relations there.`);
  const isPrivate = typescript.isPrivateIdentifier(field.name) || field.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.PrivateKeyword);
  const uses = [...descendants(source, source.tree)].filter((node) => typescript.isPropertyAccessExpression(node) && node.name.text === name);
  return isPrivate && uses.length === 1 ? { kind: 'object', object } : declined(`the options '${name}' are a field that other queries may share.`);
}

function isAround(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && outer.end >= inner.end;
}

/** Options that a function of this file returns for this query alone. */
function returnedBy(source: SourceText, call: ts.CallExpression): OptionsPlace | Declined {
  const { typescript } = source;
  const name = call.expression.getText(source.tree);
  const elsewhere = declined(`the options are built by ${name}(); add the relations there.`);
  const fn = typescript.isIdentifier(call.expression) ? functionNamed(source, call.expression.text, call) : null;
  if (!fn?.body) return elsewhere;
  if (isExported(source, fn)) return declined(`the options are built by ${name}(), which is exported, so other queries may share them.`);
  const uses = [...descendants(source, source.tree)].filter(
    (node) =>
      typescript.isIdentifier(node) &&
      node.text === name &&
      node.parent !== fn &&
      !(typescript.isVariableDeclaration(node.parent) && node.parent.name === node),
  );
  if (uses.length !== 1) return declined(`the options are built by ${name}(), which other queries use too.`);
  const object = returnedObject(source, fn.body);
  return object ? { kind: 'object', object } : elsewhere;
}

/** The object that a function returns at its only end. */
function returnedObject(source: SourceText, body: ts.ConciseBody): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  if (!typescript.isBlock(body)) {
    const value = unwrap(source, body);
    return typescript.isObjectLiteralExpression(value) ? value : null;
  }
  const returns = [...descendants(source, body)].filter((node) => typescript.isReturnStatement(node));
  const value = returns.length === 1 && returns[0]?.expression ? unwrap(source, returns[0].expression) : undefined;
  return value && typescript.isObjectLiteralExpression(value) ? value : null;
}

function noOptions(call: MethodCall, index: number): OptionsPlace {
  const before = call.arguments[index - 1];
  if (before) return { kind: 'none', start: before.end, end: before.end, prefix: ', ' };
  const close = call.end - 1;
  return { kind: 'none', start: close, end: close, prefix: '' };
}

function inVariable(source: SourceText, identifier: ts.Identifier, depth: number): OptionsPlace | Declined {
  const { typescript } = source;
  const { text: name } = identifier;
  const declaration = nearestDeclaration(source, name, identifier);
  if (!declaration) return declined(`the options '${name}' are not built in this file; add the relations there.`);
  if (typescript.isParameter(declaration)) return fromCaller(source, declaration, name, depth);
  const initializer = declaration.initializer && unwrap(source, declaration.initializer);
  if (!initializer || !typescript.isObjectLiteralExpression(initializer))
    return declined(`the options '${name}' are computed; add the relations where they are built.`);
  const uses = usesOf(source, declaration, name);
  const isElsewhere = enclosingFunction(source, declaration) !== enclosingFunction(source, identifier);
  if (isElsewhere && (uses.length > 1 || isExported(source, initializer)))
    return declined(`the options '${name}' are declared outside of this function, so other queries may share them.`);
  if (uses.some((node) => node !== identifier && isHandedOn(source, node))) return declined(`the options '${name}' are used in more than one place.`);
  if (uses.some((node) => isRelationsWrite(source, node)))
    return declined(`'${name}.relations' is set after the options were made; add the relations there.`);
  return { kind: 'object', object: initializer };
}

/** Options that the function's only caller, in this file, writes out. */
function fromCaller(source: SourceText, parameter: ts.ParameterDeclaration, name: string, depth: number): OptionsPlace | Declined {
  const { typescript } = source;
  const elsewhere = declined(`the options '${name}' come from the caller, and other callers may not want the relations.`);
  const fn = parameter.parent;
  const isLocal = typescript.isFunctionDeclaration(fn) || (typescript.isArrowFunction(fn) && typescript.isVariableDeclaration(fn.parent));
  if (!isLocal || depth > 3 || isExported(source, fn) || usesOf(source, parameter, name).length > 1) return elsewhere;
  const [use, ...more] = usesOfFunction(source, fn);
  const call = use?.parent;
  const argument =
    call && typescript.isCallExpression(call) && call.expression === use ? call.arguments[fn.parameters.indexOf(parameter)] : undefined;
  return argument && more.length === 0 ? optionsIn(source, argument, depth + 1) : elsewhere;
}

/** The literal that a constant of this file holds for one use alone: `const relations = { author: true }`. */
export function literalOfConstant(source: SourceText, identifier: ts.Identifier): ts.Expression | null {
  const { typescript } = source;
  const declaration = nearestDeclaration(source, identifier.text, identifier);
  const value = declaration?.initializer && unwrap(source, declaration.initializer);
  if (!declaration || !value || typescript.isParameter(declaration) || isExported(source, value)) return null;
  const isLiteral = typescript.isObjectLiteralExpression(value) || typescript.isArrayLiteralExpression(value);
  return isLiteral && usesOf(source, declaration, identifier.text).length === 1 ? value : null;
}

function usesOf(source: SourceText, declaration: ts.VariableDeclaration | ts.ParameterDeclaration, name: string): ts.Node[] {
  return [...descendants(source, source.tree)].filter(
    (node) =>
      source.typescript.isIdentifier(node) &&
      node.text === name &&
      node !== declaration.name &&
      !isPropertyName(source, node) &&
      nearestDeclaration(source, name, node) === declaration,
  );
}

function isPropertyName({ typescript }: SourceText, node: ts.Node): boolean {
  const { parent } = node;
  return (typescript.isPropertyAccessExpression(parent) || typescript.isPropertyAssignment(parent)) && parent.name === node;
}

/** Anything but reading or writing one of its properties (`options.where = …`). */
function isHandedOn({ typescript }: SourceText, node: ts.Node): boolean {
  return !(typescript.isPropertyAccessExpression(node.parent) && node.parent.expression === node);
}

function isRelationsWrite({ typescript }: SourceText, node: ts.Node): boolean {
  return typescript.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'relations';
}
