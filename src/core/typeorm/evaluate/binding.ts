/** Parameters and destructuring: names bound to values. */
import type ts from 'typescript';
import type { Evaluator } from './evaluator';
import { arrayOf, hasKind, isUnset, unknown, type Scope, type Value } from './values';

export function bindParameters(evaluator: Evaluator, node: ts.FunctionLikeDeclaration, args: readonly Value[], scope: Scope): void {
  node.parameters.forEach((parameter, index) => {
    if (parameter.dotDotDotToken) return bind(evaluator, parameter.name, arrayOf(args.slice(index)), scope);
    const given = args[index];
    bind(evaluator, parameter.name, isMissing(given) && parameter.initializer ? evaluator.evaluate(parameter.initializer, scope) : given, scope);
  });
}

/** Binds a name or a destructuring pattern to a value. */
export function bind(evaluator: Evaluator, name: ts.BindingName, value: Value, scope: Scope): void {
  const { ts } = evaluator;
  if (ts.isIdentifier(name)) {
    scope.names?.set(name.text, value);
    return;
  }
  const taken = new Set<string>();
  name.elements.forEach((element, index) => {
    if (!ts.isBindingElement(element)) return;
    if (element.dotDotDotToken) return bind(evaluator, element.name, restOf(value, index, taken), scope);
    const key = ts.isArrayBindingPattern(name) ? String(index) : bindingKey(evaluator, element, scope);
    taken.add(key);
    const given = evaluator.member(value, key);
    bind(evaluator, element.name, isMissing(given) && element.initializer ? evaluator.evaluate(element.initializer, scope) : given, scope);
  });
}

/** What takes the default: nothing, and variables of the environment, which are read as if they were not set. */
function isMissing(value: Value): boolean {
  return value === undefined || isUnset(value);
}

function bindingKey(evaluator: Evaluator, element: ts.BindingElement, scope: Scope): string {
  const name = element.propertyName ?? element.name;
  return evaluator.ts.isIdentifier(name) ? name.text : (evaluator.propertyName(name as ts.PropertyName, scope) ?? '');
}

function restOf(value: Value, index: number, taken: ReadonlySet<string>): Value {
  if (hasKind(value, 'array')) return arrayOf(value.items.slice(index));
  if (hasKind(value, 'namespace')) return { ...value, names: () => value.names().filter((name) => !taken.has(name)) };
  if (!hasKind(value, 'object')) return unknown;
  return {
    kind: 'object',
    properties: new Map([...value.properties].filter(([key]) => !taken.has(key))),
    places: value.places,
  };
}
