/** Where a call's find options are written: in the call, in a variable of the same function, or nowhere yet. */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { functionNamed, isExported } from './localFunction';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, unwrap, type SourceText } from './sourceText';

export type OptionsPlace =
  | { readonly kind: 'object'; readonly object: ts.ObjectLiteralExpression }
  /** No options yet: they go to `start`…`end`, behind `prefix` (a comma where another argument stands before). */
  | { readonly kind: 'none'; readonly start: number; readonly end: number; readonly prefix: string };

export function optionsOf(source: SourceText, call: MethodCall, index: number): OptionsPlace | Declined {
  const { typescript } = source;
  const argument = call.arguments[index];
  if (!argument) return noOptions(call, index);
  const value = unwrap(source, argument);
  if (typescript.isObjectLiteralExpression(value)) return { kind: 'object', object: value };
  if (typescript.isIdentifier(value))
    return value.text === 'undefined'
      ? { kind: 'none', start: argument.getStart(source.tree), end: argument.end, prefix: '' }
      : inVariable(source, value);
  if (typescript.isCallExpression(value)) return returnedBy(source, value);
  return declined('the options are computed; add the relations where they are built.');
}

/** Options that a function of this file returns for this query alone. */
function returnedBy(source: SourceText, call: ts.CallExpression): OptionsPlace | Declined {
  const { typescript } = source;
  const name = call.expression.getText(source.tree);
  const elsewhere = declined(`the options are built by ${name}(); add the relations there.`);
  const fn = typescript.isIdentifier(call.expression) ? functionNamed(source, call.expression.text) : null;
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

function inVariable(source: SourceText, identifier: ts.Identifier): OptionsPlace | Declined {
  const { typescript } = source;
  const { text: name } = identifier;
  const declaration = nearestDeclaration(source, name, identifier);
  if (!declaration) return declined(`the options '${name}' are not built in this file; add the relations there.`);
  if (typescript.isParameter(declaration))
    return declined(`the options '${name}' come from the caller, and other callers may not want the relations.`);
  const initializer = declaration.initializer && unwrap(source, declaration.initializer);
  if (!initializer || !typescript.isObjectLiteralExpression(initializer))
    return declined(`the options '${name}' are computed; add the relations where they are built.`);
  if (enclosingFunction(source, declaration) !== enclosingFunction(source, identifier))
    return declined(`the options '${name}' are declared outside of this function, so other queries may share them.`);
  const uses = [...descendants(source, source.tree)].filter(
    (node) =>
      typescript.isIdentifier(node) && node.text === name && node !== declaration.name && nearestDeclaration(source, name, node) === declaration,
  );
  if (uses.some((node) => node !== identifier && isHandedOn(source, node))) return declined(`the options '${name}' are used in more than one place.`);
  if (uses.some((node) => isRelationsWrite(source, node)))
    return declined(`'${name}.relations' is set after the options were made; add the relations there.`);
  return { kind: 'object', object: initializer };
}

/** Anything but reading or writing one of its properties (`options.where = …`). */
function isHandedOn({ typescript }: SourceText, node: ts.Node): boolean {
  return !(typescript.isPropertyAccessExpression(node.parent) && node.parent.expression === node);
}

function isRelationsWrite({ typescript }: SourceText, node: ts.Node): boolean {
  return typescript.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'relations';
}
