/** Object literals, templates and patterns as values. */
import type ts from 'typescript';
import type { Evaluator } from './evaluator';
import { LastingPlace } from '../parse/positions';
import { runBody } from './statements';
import { hasKind, isUnknown, objectOf, toText, unknown, type ObjectValue, type Scope, type Value } from './values';

/** Where an object's places tell of a spread that could not be read. */
export const unreadSpread = '...';

export function evaluateObject(evaluator: Evaluator, node: ts.ObjectLiteralExpression, scope: Scope): ObjectValue {
  const { ts } = evaluator;
  const object = objectOf();
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const source = evaluator.evaluate(property.expression, scope);
      copyProperties(source, object);
      if (isUnknown(source)) object.places.set(unreadSpread, new LastingPlace(scope.module, property));
      continue;
    }
    const name = evaluator.propertyName(property.name, scope);
    if (name === null) continue;
    object.properties.set(name, evaluateProperty(evaluator, property, scope));
    object.places.set(name, new LastingPlace(scope.module, property));
  }
  return object;
}

function evaluateProperty(evaluator: Evaluator, property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>, scope: Scope): Value {
  const { ts } = evaluator;
  if (ts.isPropertyAssignment(property)) return evaluator.evaluate(property.initializer, scope);
  if (ts.isShorthandPropertyAssignment(property)) return evaluator.lookup(property.name.text, scope);
  if (ts.isMethodDeclaration(property)) return { kind: 'function', node: property, scope };
  return ts.isGetAccessor(property) && property.body
    ? runBody(evaluator, property.body, { names: new Map(), outer: scope, module: scope.module, self: unknown })
    : unknown;
}

export function evaluateTemplate(evaluator: Evaluator, node: ts.TemplateExpression, scope: Scope): Value {
  let text = node.head.text;
  for (const span of node.templateSpans) {
    const part = toText(evaluator.evaluate(span.expression, scope));
    if (part === null) return unknown;
    text += part + span.literal.text;
  }
  return text;
}

export function evaluatePattern(text: string): Value {
  const end = text.lastIndexOf('/');
  try {
    return { kind: 'pattern', pattern: new RegExp(text.slice(1, end), text.slice(end + 1)) };
  } catch {
    return unknown;
  }
}

/** `{ ...source }`: later keys win, and keep the place where they are written. */
export function copyProperties(source: Value, target: ObjectValue): void {
  if (hasKind(source, 'namespace')) {
    for (const name of source.names()) target.properties.set(name, source.get(name));
    return;
  }
  if (!hasKind(source, 'object') && !hasKind(source, 'instance')) return;
  const unread = hasKind(source, 'object') ? source.places.get(unreadSpread) : undefined;
  if (unread) target.places.set(unreadSpread, unread);
  for (const [name, value] of source.properties) {
    target.properties.set(name, value);
    const place = hasKind(source, 'object') ? source.places.get(name) : undefined;
    if (place) target.places.set(name, place);
  }
}
