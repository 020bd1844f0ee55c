/** `f(…)`, `new X(…)`, `require('…')`. */
import type ts from 'typescript';
import { LastingPlace } from '../parse/positions';
import { instantiate } from './classes';
import type { Evaluator } from './evaluator';
import { importedValue } from './moduleValues';
import { hasKind, isCallable, unknown, type InstanceValue, type Scope, type Value } from './values';

export function evaluateCall(evaluator: Evaluator, node: ts.CallExpression, scope: Scope): Value {
  const { ts } = evaluator;
  const place = { sourceFile: scope.module.sourceFile, node };
  let self: Value = undefined;
  let callee: Value;
  if (ts.isPropertyAccessExpression(node.expression)) {
    const object = evaluator.evaluate(node.expression.expression, scope);
    self = node.expression.expression.kind === ts.SyntaxKind.SuperKeyword ? scope.self : object;
    callee = evaluator.member(object, node.expression.name.text);
  } else if (ts.isIdentifier(node.expression) && node.expression.text === 'require') {
    return evaluateRequire(evaluator, node, scope);
  } else if (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.kind === ts.SyntaxKind.SuperKeyword) {
    return unknown;
  } else {
    callee = evaluator.evaluate(node.expression, scope);
  }
  if (!isCallable(callee)) return unknown;
  return evaluator.call(callee, evaluator.evaluateList(node.arguments, scope), { place, self });
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
  const instance: InstanceValue = { kind: 'instance', class: constructed, args, properties: new Map(), place };
  return hasKind(constructed, 'class') ? instantiate(evaluator, constructed, instance) : instance;
}
