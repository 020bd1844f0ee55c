/** `@Index` and `@Unique` → declarations. */
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, isTruthy, option, toText, type Value } from '../evaluate/values';
import { rangeOf, type Place } from '../parse/positions';
import type { IndexArgs } from './declarations';
import type { RegistrationContext } from './registrationContext';

export function readIndex({ evaluator, target }: RegistrationContext, args: readonly Value[], property: string | null, place: Place): void {
  const [first, second, third] = args;
  const name = typeof first === 'string' ? first : null;
  const fields = typeof first === 'string' ? second : first;
  const options = isPlainOptions(first) ? first : isPlainOptions(third) ? third : isPlainOptions(second) ? second : undefined;
  target.indices.push({
    name,
    ...(property === null ? columnNames(evaluator, fields, place) : namedByList([property])),
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
    ...(property === null ? columnNames(evaluator, fields, place) : namedByList([property])),
    source: rangeOf(place),
  });
}

function isPlainOptions(value: Value): boolean {
  return hasKind(value, 'object');
}

/** `['a', 'b']`, `x => [x.a, x.b]` or `x => ({ a: 1 })`. */
export function columnNames(evaluator: Evaluator, fields: Value, place: Place): Pick<IndexArgs, 'columns' | 'namedBy'> {
  if (!hasKind(fields, 'function')) return namedByList(hasKind(fields, 'array') ? namesIn(fields.items) : null);
  const value = evaluator.budget.attempt(
    () => evaluator.call(fields, [{ kind: 'path', path: '' }], { place, self: undefined }),
    () => undefined,
  );
  if (hasKind(value, 'array')) {
    return { columns: namesIn(value.items), namedBy: value.items.some((item) => hasKind(item, 'path')) ? 'properties' : 'function' };
  }
  return { columns: hasKind(value, 'object') ? [...value.properties.keys()] : null, namedBy: 'function' };
}

function namedByList(columns: readonly string[] | null): Pick<IndexArgs, 'columns' | 'namedBy'> {
  return { columns, namedBy: 'list' };
}

function namesIn(items: readonly Value[]): string[] {
  return items.flatMap((item) => toText(item)?.trim() ?? []);
}
