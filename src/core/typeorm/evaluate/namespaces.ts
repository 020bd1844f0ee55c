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
  if (node.body && ts.isModuleDeclaration(node.body)) return objectOf([[node.body.name.text, evaluateNamespace(evaluator, node.body, scope)]]);
  if (!node.body || !ts.isModuleBlock(node.body)) return unknown;
  // `export import Column = OwnColumn` may name what stands further down.
  const functions = node.body.statements.filter((statement) => ts.isFunctionDeclaration(statement));
  for (const statement of functions) if (statement.name && statement.body) names.set(statement.name.text, evaluator.functionValue(statement, inner));
  for (const statement of node.body.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        bind(evaluator, declaration.name, declaration.initializer ? evaluator.evaluate(declaration.initializer, inner) : undefined, inner);
      }
    } else if (ts.isEnumDeclaration(statement)) names.set(statement.name.text, evaluateEnum(evaluator, statement, inner));
    else if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
      names.set(statement.name.text, evaluateNamespace(evaluator, statement, inner));
    } else if (ts.isImportEqualsDeclaration(statement) && !ts.isExternalModuleReference(statement.moduleReference)) {
      names.set(statement.name.text, entityName(evaluator, statement.moduleReference, inner));
    }
  }
  return objectOf(names);
}

/** `Own` or `Own.Columns.Title`, the right side of `import X = …`. */
function entityName(evaluator: Evaluator, name: ts.EntityName, scope: Scope): Value {
  if (evaluator.ts.isIdentifier(name)) return evaluator.lookup(name.text, scope);
  return evaluator.member(entityName(evaluator, name.left, scope), name.right.text);
}
