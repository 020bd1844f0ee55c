/** Object literals, templates and patterns as values. */
import type ts from 'typescript';
import { createClass } from './classes';
import type { Evaluator } from './evaluator';
import { LastingPlace } from '../parse/positions';
import { runBody } from './statements';
import { arrayOf, hasKind, isUnknown, objectOf, toText, unknown, type ArrayValue, type ObjectValue, type Scope, type Value } from './values';

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
    object.properties.set(name, evaluateProperty(evaluator, property, scope, name));
    object.places.set(name, new LastingPlace(scope.module, property));
  }
  if (node.properties.some((property) => ts.isGetAccessor(property))) evaluateGetters(evaluator, node, object, scope);
  return object;
}

function evaluateProperty(
  evaluator: Evaluator,
  property: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
  scope: Scope,
  name: string,
): Value {
  const { ts } = evaluator;
  // A class without a name has the property's.
  if (ts.isPropertyAssignment(property) && ts.isClassExpression(property.initializer))
    return createClass(evaluator, property.initializer, scope, name);
  if (ts.isPropertyAssignment(property)) return evaluator.evaluate(property.initializer, scope);
  if (ts.isShorthandPropertyAssignment(property)) return evaluator.lookup(property.name.text, scope);
  if (ts.isMethodDeclaration(property)) return { kind: 'function', node: property, scope };
  return unknown;
}

/** Getters may ask for whatever the object has, wherever it is written. */
function evaluateGetters(evaluator: Evaluator, node: ts.ObjectLiteralExpression, object: ObjectValue, scope: Scope): void {
  for (const property of node.properties) {
    if (!evaluator.ts.isGetAccessor(property) || !property.body) continue;
    const name = evaluator.propertyName(property.name, scope);
    const inner: Scope = { names: new Map(), outer: scope, module: scope.module, self: object };
    if (name !== null) object.properties.set(name, runBody(evaluator, property.body, inner));
  }
}

/** ``tag`text ${value}` ``: the tag is called with the texts and the values. */
export function evaluateTaggedTemplate(evaluator: Evaluator, node: ts.TaggedTemplateExpression, scope: Scope): Value {
  const { template } = node;
  const spans = 'templateSpans' in template ? template.templateSpans : [];
  const pieces = 'templateSpans' in template ? [template.head, ...spans.map(({ literal }) => literal)] : [template];
  const raw = arrayOf(pieces.map(({ rawText, text }) => rawText ?? text));
  const strings: ArrayValue = { ...arrayOf(pieces.map(({ text }) => text)), raw };
  const values = spans.map(({ expression }) => evaluator.evaluate(expression, scope));
  const place = { sourceFile: scope.module.sourceFile, node };
  return evaluator.call(evaluator.evaluate(node.tag, scope), [strings, ...values], { place, self: undefined });
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
  if (typeof source === 'string') [...source].forEach((character, index) => target.properties.set(String(index), character));
  if (hasKind(source, 'array')) source.items.forEach((item, index) => target.properties.set(String(index), item));
  if (!hasKind(source, 'object') && !hasKind(source, 'instance')) return;
  const unread = hasKind(source, 'object') ? source.places.get(unreadSpread) : undefined;
  if (unread) target.places.set(unreadSpread, unread);
  for (const [name, value] of source.properties) {
    target.properties.set(name, value);
    const place = hasKind(source, 'object') ? source.places.get(name) : undefined;
    if (place) target.places.set(name, place);
  }
}
