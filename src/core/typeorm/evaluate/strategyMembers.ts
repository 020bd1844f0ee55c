/** Known naming strategies as values, for users' classes to extend. */
import type { NamingStrategy } from '../resolve/naming';
import { hasKind, native, toText, type Value } from './values';

const methods = [
  'tableName',
  'columnName',
  'joinColumnName',
  'joinTableName',
  'joinTableColumnName',
  'joinTableInverseColumnName',
  'joinTableColumnDuplicationPrefix',
  'prefixTableName',
] as const;

export type StrategyMethod = (typeof methods)[number];

/** The methods that a subclass reaches by `super`. */
export function strategyMembers(strategy: NamingStrategy): ReadonlyMap<string, Value> {
  const members = methods.map((name) => {
    const method = strategy[name] as (...args: unknown[]) => string;
    return [name, native(name, (args) => method(...args.map(toPlain)))] as const;
  });
  return new Map<string, Value>([...members, ['relationName', native('relationName', ([property]) => property)]]);
}

function toPlain(value: Value): unknown {
  if (hasKind(value, 'array')) return value.items.map((item) => toText(item) ?? '');
  if (typeof value === 'number') return value;
  return value === undefined || value === null ? null : (toText(value) ?? '');
}
