/** What `emitDecoratorMetadata` has TypeScript write down of a property's type, as a value. */
import { designType, isToldAsObject } from '../resolve/columnTypes';
import type { Place } from '../parse/positions';
import type { Evaluator } from './evaluator';
import { globalValue } from './globals';
import { isCallable, unknown, type Value } from './values';

/**
 * The constructor that `Reflect.getMetadata('design:type', target, property)` gives a decorator of that property. Unknown for anything but a class:
 * of an enum or an alias, it depends on how the file is compiled.
 */
export function reflectedConstructor(evaluator: Evaluator, { sourceFile, node }: Place, property: Value): Value {
  const { ts } = evaluator;
  if (!ts.isPropertyDeclaration(node) || !('text' in node.name) || node.name.text !== property) return unknown;
  const file = sourceFile.fileName;
  if (isToldAsObject(ts, node.type, () => evaluator.modules.hasStrictNulls(file))) return globalValue(file, 'Object');
  const name = designType(ts, node.type);
  const module = evaluator.modules.syntax(file);
  const value = module ? evaluator.lookup(name, evaluator.identities.scopeOf(module)) : unknown;
  return isCallable(value) ? value : unknown;
}
