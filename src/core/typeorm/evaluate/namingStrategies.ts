/** A user's naming strategy as one to ask: its methods are evaluated with the names they would be called with. */
import { defaultNaming, snakeNaming, type NamingStrategy } from '../resolve/naming';
import { baseOf, classChain, methodOf } from './classes';
import type { Evaluator } from './evaluator';
import type { StrategyMethod } from './strategyMembers';
import { arrayOf, hasKind, isCallable, unknown, type InstanceValue, type Value } from './values';

/** What an unknown name stands for; the reader falls back to TypeORM's own name. */
export type WhenUnknown = (method: string) => void;

/** A `namingStrategy` option as a strategy; null where it cannot be told. Answers are remembered, since they are asked for per column. */
export function toNamingStrategy(evaluator: Evaluator, value: Value, whenUnknown: WhenUnknown): NamingStrategy | null {
  if (!hasKind(value, 'instance')) return null;
  if (hasKind(value.class, 'native')) return nativeStrategy(value.class.name);
  return hasKind(value.class, 'class') ? evaluatedStrategy(evaluator, value, whenUnknown) : null;
}

function nativeStrategy(name: string): NamingStrategy | null {
  if (name === 'SnakeNamingStrategy') return snakeNaming;
  return name === 'DefaultNamingStrategy' ? defaultNaming : null;
}

function evaluatedStrategy(evaluator: Evaluator, instance: InstanceValue, whenUnknown: WhenUnknown): NamingStrategy {
  const inherited = inheritedStrategy(evaluator, instance);
  const answers = new Map<string, string>();
  const ask = (name: StrategyMethod, args: readonly (string | number | readonly string[] | null)[]): string => {
    const key = JSON.stringify([name, args]);
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = evaluateName(evaluator, instance, inherited, name, args, whenUnknown);
      answers.set(key, answer);
    }
    return answer;
  };
  return {
    ...inherited,
    tableName: (className, givenName) => ask('tableName', [className, givenName]),
    columnName: (property, givenName, prefixes) => ask('columnName', [property, givenName, prefixes]),
    joinColumnName: (relation, referenced) => ask('joinColumnName', [relation, referenced]),
    joinTableName: (...args) => ask('joinTableName', args),
    joinTableColumnName: (...args) => ask('joinTableColumnName', args),
    joinTableInverseColumnName: (...args) =>
      hasMethod(evaluator, instance, 'joinTableInverseColumnName') ? ask('joinTableInverseColumnName', args) : ask('joinTableColumnName', args),
    joinTableColumnDuplicationPrefix: (column, index) => ask('joinTableColumnDuplicationPrefix', [column, index]),
    prefixTableName: (prefix, table) => ask('prefixTableName', [prefix, table]),
  };
}

/** The strategy that a user's class extends; TypeORM's default where it extends none. */
function inheritedStrategy(evaluator: Evaluator, instance: InstanceValue): NamingStrategy {
  const last = hasKind(instance.class, 'class') ? classChain(evaluator, instance.class).at(-1) : undefined;
  const base = last && baseOf(evaluator, last);
  return (hasKind(base, 'native') && nativeStrategy(base.name)) || defaultNaming;
}

function hasMethod(evaluator: Evaluator, instance: InstanceValue, name: StrategyMethod): boolean {
  return hasKind(methodOf(evaluator, instance.class, name, instance), 'function');
}

function evaluateName(
  evaluator: Evaluator,
  instance: InstanceValue,
  inherited: NamingStrategy,
  name: StrategyMethod,
  args: readonly (string | number | readonly string[] | null)[],
  whenUnknown: WhenUnknown,
): string {
  const fallback = (): string => (inherited[name] as (...given: unknown[]) => string)(...args);
  const method = methodOf(evaluator, instance.class, name, instance);
  if (!isCallable(method) || hasKind(method, 'native')) return fallback();
  const given = args.map((arg): Value =>
    Array.isArray(arg) ? arrayOf([...(arg as readonly string[])]) : arg === null ? undefined : (arg as string | number),
  );
  const result = evaluator.budget.attempt(
    () => evaluator.call(method, given, { place: instance.place, self: instance }),
    () => unknown,
  );
  if (typeof result === 'string') return result;
  whenUnknown(name);
  return fallback();
}
