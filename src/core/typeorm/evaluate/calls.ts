/** `f(…)`, `new X(…)`, `require('…')`. */
import type ts from 'typescript';
import { readClassCall, type FunctionClass } from '../parse/functionClass';
import { readHelperClass } from '../parse/helperClass';
import { LastingPlace } from '../parse/positions';
import { createClass, instantiate, nativeBaseOf, superCall } from './classes';
import type { Evaluator } from './evaluator';
import { importedValue } from './moduleValues';
import { runStatement } from './statements';
import { hasKind, isCallable, isUnset, unknown, type InstanceValue, type Scope, type Value } from './values';

export function evaluateCall(evaluator: Evaluator, node: ts.CallExpression, scope: Scope): Value {
  const { ts } = evaluator;
  const place = { sourceFile: scope.module.sourceFile, node };
  let self: Value = undefined;
  let callee: Value;
  if (ts.isPropertyAccessExpression(node.expression)) {
    const object = evaluator.evaluate(node.expression.expression, scope);
    self = node.expression.expression.kind === ts.SyntaxKind.SuperKeyword ? scope.self : object;
    callee = evaluator.member(object, node.expression.name.text);
    if (ts.isOptionalChain(node) && isUnset(object)) return object;
    if (isNothing(callee, object) && ts.isOptionalChain(node)) return undefined;
  } else if (ts.isIdentifier(node.expression) && node.expression.text === 'require') {
    return evaluateRequire(evaluator, node, scope);
  } else if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return unknown;
  } else if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    callee = evaluator.lookup(superCall, scope);
  } else {
    const written = functionClass(evaluator, node, scope);
    if (written) return makeFunctionClass(evaluator, written, scope);
    callee = evaluator.evaluate(node.expression, scope);
    if (callee === undefined && ts.isOptionalChain(node)) return undefined;
  }
  if (!isCallable(callee)) return unknown;
  return evaluator.call(callee, evaluator.evaluateList(node.arguments, scope), { place, self });
}

/** A class that a compiler wrote as a function within a function: a mixin's. */
function functionClass({ ts }: Evaluator, call: ts.CallExpression, { module }: Scope): FunctionClass | null {
  const callee = call.expression;
  const isWrapped = ts.isFunctionExpression(callee);
  if (!isWrapped && !(ts.isIdentifier(callee) && callee.text.startsWith('_create'))) return null;
  const written = isWrapped ? readClassCall(ts, call, module.sourceFile) : null;
  const node = written ? null : readHelperClass(ts, call);
  return node ? { node, statements: [], aliases: [] } : written;
}

function makeFunctionClass(evaluator: Evaluator, { node, statements, aliases }: FunctionClass, outer: Scope): Value {
  const names = new Map<string, Value>();
  const scope: Scope = { names, outer, module: outer.module, self: undefined };
  const made = createClass(evaluator, node, scope, '');
  for (const name of [made.name, ...aliases]) names.set(name, made);
  for (const statement of statements) runStatement(evaluator, statement, scope);
  return made;
}

/** `options?.name()` and `options.name?.()` where there is nothing to call. */
function isNothing(callee: Value, object: Value): boolean {
  return object === undefined || object === null || callee === undefined || callee === null;
}

function evaluateRequire(evaluator: Evaluator, node: ts.CallExpression, scope: Scope): Value {
  const specifier = node.arguments[0] ? evaluator.evaluate(node.arguments[0], scope) : undefined;
  return typeof specifier === 'string' ? importedValue(evaluator, scope.module.file, { specifier, name: '=' }) : unknown;
}

export function evaluateNew(evaluator: Evaluator, node: ts.NewExpression, scope: Scope): Value {
  const constructed = evaluator.evaluate(node.expression, scope);
  const args = evaluator.evaluateList(node.arguments ?? [], scope);
  const place = new LastingPlace(scope.module, node);
  if (hasKind(constructed, 'native') && constructed.construct) return constructed.construct(args, { place, self: undefined });
  const instance: InstanceValue = { kind: 'instance', class: constructed, args, properties: new Map(), heldAt: null, place };
  if (!hasKind(constructed, 'class')) return instance;
  instantiate(evaluator, constructed, instance);
  // A schema of the project's own kind is a schema.
  const base = nativeBaseOf(evaluator, constructed);
  return base?.name === 'EntitySchema' && instance.baseArgs ? { ...instance, class: base, args: instance.baseArgs } : instance;
}
