/** Enums and TypeScript namespaces as values. */
import type ts from 'typescript';
import { bind } from './binding';
import type { Evaluator } from './evaluator';
import { objectOf, unknown, type ObjectValue, type Scope, type Value } from './values';

export function evaluateEnum(evaluator: Evaluator, node: ts.EnumDeclaration, scope: Scope): ObjectValue {
  const object = objectOf();
  const names = new Map<string, Value>();
  const inner: Scope = { names, outer: scope, module: scope.module, self: undefined };
  let next: Value = 0;
  for (const member of node.members) {
    const name = evaluator.propertyName(member.name, scope);
    if (name === null) continue;
    const value: Value = member.initializer ? evaluator.evaluate(member.initializer, inner) : next;
    names.set(name, value);
    object.properties.set(name, value);
    if (typeof value === 'number') object.properties.set(String(value), name);
    next = typeof value === 'number' ? value + 1 : unknown;
  }
  return object;
}

export function evaluateNamespace(evaluator: Evaluator, node: ts.ModuleDeclaration, scope: Scope): Value {
  const { ts } = evaluator;
  const names = new Map<string, Value>();
  const inner: Scope = { names, outer: scope, module: scope.module, self: undefined };
  if (!node.body || !ts.isModuleBlock(node.body)) return unknown;
  for (const statement of node.body.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        bind(evaluator, declaration.name, declaration.initializer ? evaluator.evaluate(declaration.initializer, inner) : undefined, inner);
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name) names.set(statement.name.text, evaluator.functionValue(statement, inner));
    else if (ts.isEnumDeclaration(statement)) names.set(statement.name.text, evaluateEnum(evaluator, statement, inner));
  }
  return objectOf(names);
}
