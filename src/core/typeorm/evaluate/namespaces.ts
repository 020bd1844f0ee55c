/** Enums and TypeScript namespaces as values. */
import type ts from 'typescript';
import type { MergingDeclaration } from '../parse/moduleSyntax';
import { bind } from './binding';
import { createClass } from './classes';
import type { Evaluator } from './evaluator';
import { hasKind, objectOf, unknown, type ObjectValue, type Scope, type Value } from './values';

/** What enums and namespaces of one name hold: each adds to those before it. */
export function evaluateMerged(evaluator: Evaluator, parts: readonly MergingDeclaration[], scope: Scope): ObjectValue {
  return parts.reduce((object, part) => addedTo(object, evaluator, part, scope), objectOf());
}

/** A part sees what those before it hold, and the whole by its name. */
function addedTo(object: ObjectValue, evaluator: Evaluator, part: MergingDeclaration, scope: Scope): ObjectValue {
  const whole: Scope = { names: new Map([[part.name.text, object]]), outer: scope, module: scope.module, self: undefined };
  const inner: Scope = { ...whole, names: object.properties, outer: whole };
  if (evaluator.ts.isEnumDeclaration(part)) addMembers(evaluator, part, inner);
  else addStatements(evaluator, part, inner);
  return object;
}

/** @param scope whose names are the enum's members */
function addMembers(evaluator: Evaluator, { members }: ts.EnumDeclaration, scope: Scope): void {
  const names = scope.names ?? new Map<string, Value>();
  let next: Value = 0;
  for (const member of members) {
    const name = evaluator.propertyName(member.name, scope);
    if (name === null) continue;
    const value: Value = member.initializer ? evaluator.evaluate(member.initializer, scope) : next;
    names.set(name, value);
    if (typeof value === 'number') names.set(String(value), name);
    next = typeof value === 'number' ? value + 1 : unknown;
  }
}

/** @param scope whose names are the namespace's members; those that it keeps to itself are among them, which nobody can ask for */
function addStatements(evaluator: Evaluator, { body }: ts.ModuleDeclaration, scope: Scope): void {
  const { ts } = evaluator;
  const names = scope.names ?? new Map<string, Value>();
  const nested = (part: MergingDeclaration): void => {
    const before = names.get(part.name.text);
    names.set(part.name.text, addedTo(hasKind(before, 'object') ? before : objectOf(), evaluator, part, scope));
  };
  // `namespace Shared.Columns {}`
  if (body && ts.isModuleDeclaration(body)) nested(body);
  if (!body || !ts.isModuleBlock(body)) return;
  // `export import Column = OwnColumn` may name what stands further down.
  const functions = body.statements.filter((statement) => ts.isFunctionDeclaration(statement));
  for (const statement of functions)
    if (statement.name && statement.body) names.set(statement.name.text, evaluator.identities.functionValue(statement, scope));
  for (const statement of body.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        bind(evaluator, declaration.name, declaration.initializer ? evaluator.evaluate(declaration.initializer, scope) : undefined, scope);
      }
    } else if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) nested(statement);
    else if (ts.isClassDeclaration(statement) && statement.name) names.set(statement.name.text, createClass(evaluator, statement, scope, ''));
    else if (ts.isImportEqualsDeclaration(statement)) names.set(statement.name.text, evaluateAlias(evaluator, statement, scope));
  }
}

/** What `import X = Own.Columns.Title` names. */
export function evaluateAlias(evaluator: Evaluator, { moduleReference }: ts.ImportEqualsDeclaration, scope: Scope): Value {
  return evaluator.ts.isExternalModuleReference(moduleReference) ? unknown : entityName(evaluator, moduleReference, scope);
}

function entityName(evaluator: Evaluator, name: ts.EntityName, scope: Scope): Value {
  if (evaluator.ts.isIdentifier(name)) return evaluator.lookup(name.text, scope);
  return evaluator.member(entityName(evaluator, name.left, scope), name.right.text);
}
