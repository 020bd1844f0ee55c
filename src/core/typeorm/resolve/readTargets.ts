/** What the function arguments of decorators mean: `() => Author`, `(author) => author.books`. */
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, stringOption, type PathValue, type Value } from '../evaluate/values';
import type { Place } from '../parse/positions';
import type { TargetRef } from './declarations';

/** What a target argument means: `() => Author`, `'Author'`, a class, a schema. */
export function targetOf(evaluator: Evaluator, argument: Value, place: Place): TargetRef {
  const isFunction = hasKind(argument, 'function') || (hasKind(argument, 'native') && !argument.construct);
  const value = isFunction
    ? evaluator.budget.attempt(
        () => evaluator.later.during(() => evaluator.call(argument, [], { place, self: undefined })),
        () => undefined,
      )
    : argument;
  if (typeof value === 'string') return { kind: 'name', name: value };
  if (hasKind(value, 'class')) return { kind: 'class', key: value.id ?? value.heldBy ?? inlineKey(value.file, value.name), name: value.name };
  if (hasKind(value, 'instance')) {
    const name = stringOption(value.args[0], 'name');
    if (name !== null) return { kind: isFunction ? 'schema' : 'name', name };
  }
  const named = stringOption(value, 'name');
  if (named !== null) return { kind: 'name', name: named };
  return { kind: 'unknown', text: sourceText(evaluator, place) };
}

/** The key of a class that a function made. */
export function inlineKey(file: string, name: string): string {
  return `${file}#${name}()`;
}

/** The first argument of a decorator as the source says it, for messages. */
function sourceText({ ts }: Evaluator, { sourceFile, node }: Place): string {
  const expression = ts.isDecorator(node) ? node.expression : node;
  const argument = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  return (argument ?? expression).getText(sourceFile).slice(0, 80);
}

/** The property path that an inverse-side argument names: a string, or a function run on the map of property paths. */
export function inverseOf(evaluator: Evaluator, argument: Value, place: Place): string | null {
  if (typeof argument === 'string') return argument || null;
  if (!hasKind(argument, 'function')) return null;
  const root: PathValue = { kind: 'path', path: '' };
  const result = evaluator.budget.attempt(
    () => evaluator.later.during(() => evaluator.call(argument, [root], { place, self: undefined })),
    () => undefined,
  );
  if (typeof result === 'string') return result || null;
  return hasKind(result, 'path') ? result.path || null : null;
}
