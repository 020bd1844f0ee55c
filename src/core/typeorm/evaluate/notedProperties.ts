/**
 * Decorators that only note a property in a variable of their module, for the app to register its column when it starts:
 *
 *     const noted = new Map();
 *     export const EntityId = (options) => (entity, property) => noted.set(property, { entity, options });
 *     // elsewhere, at the start: for (const [property, { entity, options }] of noted) Column({ type, ...options })(entity, property);
 *
 * What is known of such a column is what the decorator says; the rest is decided in the running app.
 */
import type ts from 'typescript';
import { isInstalled } from '../../model/isInstalled';
import { calledName } from '../parse/compiledSyntax';
import type { Place } from '../parse/positions';
import type { Evaluator } from './evaluator';
import { hasKind, type Scope, type Value } from './values';

/** Registered in place of the column that the app will register; the arguments are those of the decorator. */
export const notedProperty = 'noted';

/** Names of decorators that note columns: who reads a module of an installed package is not known. */
const COLUMN_NAME = /(?:Id|ID|Key|Column)$/;

/** Whether a decorator keeps the name of the property it is applied to in its module, and somebody who applies TypeORM's by hand reads that module. */
export function notesProperty(evaluator: Evaluator, decorate: Value, { node: applied }: Place): boolean {
  if (!hasKind(decorate, 'function')) return false;
  const { file } = decorate.scope.module;
  const called = evaluator.ts.isCallExpression(applied) ? calledName(evaluator.ts, applied) : null;
  const isRead = isInstalled(file) ? COLUMN_NAME.test(called ?? '') : evaluator.modules.isReadByRegistrar(file);
  if (!isRead) return false;
  const { ts } = evaluator;
  const { node, scope } = decorate;
  const key = node.parameters[1]?.name;
  if (!key || !ts.isIdentifier(key) || !node.body) return false;
  const used = identifiersIn(evaluator, scope.module.wholeBody(node.body));
  return used.has(key.text) && [...scope.module.tree.declarations].some(([name, declaration]) => used.has(name) && isStore(evaluator, declaration));
}

/** The arguments of `@EntityId({ … })`. */
export function argumentsOf(evaluator: Evaluator, decorator: ts.Expression, scope: Scope): Value[] {
  return evaluator.ts.isCallExpression(decorator) ? evaluator.evaluateList(decorator.arguments, scope) : [];
}

/** A variable that is there to be filled. */
function isStore({ ts }: Evaluator, declaration: ts.Node): boolean {
  if (!ts.isVariableDeclaration(declaration)) return false;
  const { initializer } = declaration;
  return !initializer || ts.isNewExpression(initializer) || ts.isArrayLiteralExpression(initializer) || ts.isObjectLiteralExpression(initializer);
}

function identifiersIn({ ts }: Evaluator, node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (each: ts.Node): void => {
    if (ts.isIdentifier(each)) names.add(each.text);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}
