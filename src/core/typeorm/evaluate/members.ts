/** Built-in properties and methods of values. */
import { memberOfArray } from './arrayMembers';
import { memberOfInstance } from './classes';
import { memberOfCollection } from './collections';
import type { Evaluator } from './evaluator';
import { functionName } from './functionNames';
import { addedByNamespace } from './moduleNames';
import { addedByExports } from './ownExports';
import { memberOfProxy } from './proxies';
import { memberOfNumber, memberOfPattern, memberOfString } from './stringMembers';
import { hasKind, isSymbol, isUnknown, native, objectOf, toText, unknown, type FunctionValue, type ObjectValue, type Value } from './values';

export function memberOf(evaluator: Evaluator, value: Value, name: string): Value {
  if (typeof value === 'string') return memberOfString(evaluator, value, name);
  if (typeof value === 'number') return memberOfNumber(value, name);
  if (hasKind(value, 'pattern')) return memberOfPattern(value.pattern, name);
  if (hasKind(value, 'array')) return memberOfArray(evaluator, value, name);
  if (hasKind(value, 'collection')) return memberOfCollection(evaluator, value, name);
  if (hasKind(value, 'proxy')) return memberOfProxy(evaluator, value, name);
  if (hasKind(value, 'object')) return memberOfObject(value, name);
  if (hasKind(value, 'function')) return memberOfFunction(evaluator, value, name);
  if (hasKind(value, 'native')) return value.properties?.get(name) ?? (name === 'name' ? value.name : memberOfFunction(evaluator, value, name));
  if (hasKind(value, 'instance')) return memberOfInstance(evaluator, value, name);
  // Of a package that CommonJS asks for as a whole, each export is as little known as the package.
  return isUnknown(value) && value.package !== null ? value : unknown;
}

function memberOfObject({ properties }: ObjectValue, name: string): Value {
  return name === 'hasOwnProperty' ? native(name, ([key]) => properties.has(toText(key) ?? '')) : undefined;
}

function memberOfFunction(evaluator: Evaluator, value: Value, name: string): Value {
  switch (name) {
    case 'call':
      return native(name, ([self, ...args], site) => evaluator.call(value, args, { ...site, self }));
    case 'apply':
      return native(name, ([self, args], site) => evaluator.call(value, hasKind(args, 'array') ? args.items : [], { ...site, self }));
    case 'bind':
      return native(name, ([self, ...bound], site) => native('bound', (args) => evaluator.call(value, [...bound, ...args], { ...site, self })));
    default:
      if (!hasKind(value, 'function')) return unknown;
      return (name === 'name' ? functionName(evaluator.ts, value) : addedToFunction(evaluator, value, name)) ?? unknown;
  }
}

function addedToFunction(evaluator: Evaluator, value: FunctionValue, name: string): Value {
  const { node, scope } = value;
  const { module, outer } = scope;
  const isTopLevel = outer === null && evaluator.ts.isFunctionDeclaration(node);
  const added = isTopLevel && node.name ? addedByNamespace(evaluator, module, node.name.text, name) : undefined;
  return added ?? addedByExports(evaluator, module, value, name);
}

/** `Object.entries` and its kin, for the values that have properties; as in JavaScript, keys that are numbers come first. */
export function entriesOf(value: Value): [string, Value][] {
  if (hasKind(value, 'object') || hasKind(value, 'instance')) return numbersFirst([...value.properties].filter(([key]) => !isSymbol(key)));
  if (hasKind(value, 'namespace')) return value.names().map((name) => [name, value.get(name)]);
  if (hasKind(value, 'array')) return value.items.map((item, index) => [String(index), item]);
  return [];
}

function numbersFirst(entries: [string, Value][]): [string, Value][] {
  if (!entries.some(([key]) => isIndex(key))) return entries;
  const numbers = entries.filter(([key]) => isIndex(key)).sort(([left], [right]) => Number(left) - Number(right));
  return [...numbers, ...entries.filter(([key]) => !isIndex(key))];
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key);
}

export function objectFrom(entries: Value): Value {
  if (hasKind(entries, 'collection')) return objectOf([...entries.entries].map(([key, item]) => [toText(key) ?? '', item] as const));
  if (!hasKind(entries, 'array')) return unknown;
  return objectOf(entries.items.flatMap((entry) => (hasKind(entry, 'array') ? [[toText(entry.items[0]) ?? '', entry.items[1]] as const] : [])));
}
