/** What a module declares on its top level, as it is declared: no statement has changed it yet. */
import type ts from 'typescript';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { bind } from './binding';
import type { Evaluator } from './evaluator';
import { evaluateAlias, evaluateMerged } from './namespaces';
import { objectOf, unknown, type Scope, type Value } from './values';

/** What a name holds where it is declared. */
export function evaluateDeclaration(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  const { ts } = evaluator;
  const declaration = module.tree.declarations.get(name);
  if (!declaration) return unknown;
  const scope = evaluator.identities.scopeOf(module);
  if (ts.isEnumDeclaration(declaration) || ts.isModuleDeclaration(declaration)) {
    return evaluateMerged(evaluator, [declaration, ...(module.tree.merged.get(name) ?? [])], scope);
  }
  if (ts.isImportEqualsDeclaration(declaration)) return evaluateAlias(evaluator, declaration, scope);
  if (!ts.isVariableDeclaration(declaration)) return unknown;
  const filling = module.tree.enums.get(name);
  if (filling && !declaration.initializer) return filledEnum(evaluator, filling, scope);
  if (!declaration.initializer) return unknown;
  const value = evaluator.evaluate(declaration.initializer, scope);
  if (ts.isIdentifier(declaration.name)) return value;
  const names = new Map<string, Value>();
  bind(evaluator, declaration.name, value, { ...scope, names });
  return names.get(name);
}

/** What namespaces add to a class or function of their name. */
export function evaluateAdditions(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  return evaluateMerged(evaluator, module.tree.merged.get(name) ?? [], evaluator.identities.scopeOf(module));
}

/** `var Status; (function (Status) { … })(Status || …)` */
function filledEnum(evaluator: Evaluator, filling: ts.CallExpression, scope: Scope): Value {
  const members = objectOf();
  const place = { sourceFile: scope.module.sourceFile, node: filling };
  evaluator.call(evaluator.evaluate(filling.expression, scope), [members], { place, self: undefined });
  return members;
}
