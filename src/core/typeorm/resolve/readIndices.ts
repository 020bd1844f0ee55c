/** `@Index` and `@Unique` → declarations. */
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, isTruthy, option, toText, type Value } from '../evaluate/values';
import { rangeOf, type Place } from '../parse/positions';
import type { RegistrationContext } from './registrationContext';

export function readIndex({ evaluator, target }: RegistrationContext, args: readonly Value[], property: string | null, place: Place): void {
  const [first, second, third] = args;
  const name = typeof first === 'string' ? first : null;
  const fields = typeof first === 'string' ? second : first;
  const options = isPlainOptions(first) ? first : isPlainOptions(third) ? third : isPlainOptions(second) ? second : undefined;
  target.indices.push({
    name,
    columns: property === null ? columnNames(evaluator, fields, place) : [property],
    isComputed: property === null && hasKind(fields, 'function'),
    unique: isTruthy(option(options, 'unique')),
    partial: isTruthy(option(options, 'where')),
    synchronize: option(options, 'synchronize') !== false,
    source: rangeOf(place),
  });
}

export function readUnique({ evaluator, target }: RegistrationContext, args: readonly Value[], property: string | null, place: Place): void {
  const [first, second] = args;
  const name = typeof first === 'string' ? first : null;
  const fields = typeof first === 'string' ? second : first;
  target.uniques.push({
    name,
    columns: property === null ? columnNames(evaluator, fields, place) : [property],
    isComputed: property === null && hasKind(fields, 'function'),
    source: rangeOf(place),
  });
}

function isPlainOptions(value: Value): boolean {
  return hasKind(value, 'object');
}

/** `['a', 'b']`, `x => [x.a, x.b]` or `x => ({ a: 1 })`. */
export function columnNames(evaluator: Evaluator, fields: Value, place: Place): string[] | null {
  const value = hasKind(fields, 'function')
    ? evaluator.attempt(
        () => evaluator.call(fields, [{ kind: 'path', path: '' }], { place, self: undefined }),
        () => undefined,
      )
    : fields;
  if (hasKind(value, 'array')) return value.items.flatMap((item) => toText(item)?.trim() ?? []);
  if (hasKind(value, 'object') && hasKind(fields, 'function')) return [...value.properties.keys()];
  return null;
}
