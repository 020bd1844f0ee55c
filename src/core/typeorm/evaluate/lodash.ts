/** Functions of lodash (https://lodash.com/docs) that decorators put options together with. What is done to what is not known is not known. */
import { iterated } from './collections';
import type { Evaluator } from './evaluator';
import { copyProperties, unreadSpread } from './literals';
import { entriesOf, objectFrom } from './members';
import { cloned } from './objectMembers';
import {
  arrayOf,
  hasKind,
  isCallable,
  isTagged,
  isTruthy,
  isUnknown,
  native,
  objectOf,
  toText,
  unknown,
  type NativeValue,
  type ObjectValue,
  type Value,
} from './values';

type Test = (value: Value) => boolean;

const isNil: Test = (value) => value === null || value === undefined;

const tests: Readonly<Record<string, Test>> = {
  isString: (value) => typeof value === 'string',
  isNumber: (value) => typeof value === 'number',
  isInteger: (value) => Number.isInteger(value),
  isBoolean: (value) => typeof value === 'boolean',
  isUndefined: (value) => value === undefined,
  isNull: (value) => value === null,
  isNil,
  isFunction: (value) => isCallable(value),
  isArray: (value) => hasKind(value, 'array'),
  isObject: isTagged,
  isPlainObject: (value) => hasKind(value, 'object'),
};

type Call = (args: readonly Value[], evaluator: Evaluator) => Value;

const calls: Readonly<Record<string, Call>> = {
  isEmpty: ([value]) => isEmpty(value),
  identity: ([value]) => value,
  noop: () => undefined,
  castArray: ([value]) => (hasKind(value, 'array') ? value : arrayOf([value])),
  cloneDeep: ([value]) => cloned(value),
  clone: ([value]) => shallow(value),
  keys: ([value]) => arrayOf(entriesOf(value).map(([key]) => key)),
  values: ([value]) => arrayOf(entriesOf(value).map(([, item]) => item)),
  toPairs: ([value]) => arrayOf(entriesOf(value).map(([key, item]) => arrayOf([key, item]))),
  fromPairs: ([pairs]) => objectFrom(pairs),
  pick: ([value, ...names]) => chosen(value, names, true),
  omit: ([value, ...names]) => chosen(value, names, false),
  get: ([value, path, otherwise], evaluator) => orElse(at(value, path, evaluator), otherwise),
  has: ([value, name]) => (hasKind(value, 'object') && typeof name === 'string' && !isPath(name) ? value.properties.has(name) : unknown),
  assign: ([target, ...sources]) => filled(target, sources, (object, source) => copyProperties(source, object)),
  defaults: ([target, ...sources]) => filled(target, sources, addMissing),
  merge: ([target, ...sources]) => sources.reduce<Value>(merged, target),
  compact: ([items]) => listed(items, (each) => each.filter(isTruthy)),
  uniq: ([items]) => listed(items, (each) => [...new Set(each)]),
  flatten: ([items]) => listed(items, (each) => each.flatMap((item) => (hasKind(item, 'array') ? item.items : [item]))),
  head: ([items]) => iterated(items)?.at(0),
  last: ([items]) => iterated(items)?.at(-1),
};

const sameAs = [
  ['extend', 'assign'],
  ['assignIn', 'assign'],
  ['entries', 'toPairs'],
  ['first', 'head'],
] as const;

const functions = new Map<string, NativeValue>([
  ...Object.entries(tests).map(([name, test]) => functionOf(name, ([value]) => test(value))),
  ...Object.entries(calls).map(([name, call]) => functionOf(name, call)),
  ...sameAs.map(([name, same]) => functionOf(name, calls[same] as Call)),
]);

/** @param name of a function, in any case, as `lodash.isplainobject` has it. Undefined where lodash's function is not among these. */
export function lodashFunction(name: string): NativeValue | undefined {
  return functions.get(name.toLowerCase());
}

function functionOf(name: string, call: Call): [string, NativeValue] {
  return [name.toLowerCase(), native(name, (args, _site, evaluator) => (args.some(isUnknown) ? unknown : call(args, evaluator)))];
}

function isEmpty(value: Value): Value {
  if (hasKind(value, 'object') || hasKind(value, 'instance')) return value.properties.size > 0 ? false : !isPartly(value) || unknown;
  return (iterated(value) ?? []).length === 0;
}

/** Whether something was spread into an object that is not known. */
function isPartly(value: Value): boolean {
  return hasKind(value, 'object') && value.places.has(unreadSpread);
}

function shallow(value: Value): Value {
  if (hasKind(value, 'array')) return arrayOf([...value.items]);
  if (!hasKind(value, 'object')) return value;
  return { kind: 'object', properties: new Map(value.properties), places: new Map(value.places) };
}

function chosen(value: Value, names: readonly Value[], isPicked: boolean): Value {
  const wanted = names.flatMap((name) => iterated(hasKind(name, 'array') ? name : arrayOf([name])) ?? []).map(toText);
  if (!hasKind(value, 'object') || wanted.some((name) => name === null || isPath(name))) return isNil(value) ? objectOf() : unknown;
  const picked = shallow(value);
  if (hasKind(picked, 'object')) for (const name of value.properties.keys()) if (wanted.includes(name) !== isPicked) picked.properties.delete(name);
  return picked;
}

function orElse(value: Value, otherwise: Value): Value {
  return value === undefined ? otherwise : value;
}

function isPath(name: string): boolean {
  return /[.[]/.test(name);
}

function at(value: Value, path: Value, evaluator: Evaluator): Value {
  const names = typeof path === 'string' ? path.split(/[.[\]]+/).filter(Boolean) : (iterated(path) ?? []).map(toText);
  return names.reduce<Value>((owner, name) => (isNil(owner) ? undefined : name === null ? unknown : evaluator.member(owner, name)), value);
}

function filled(target: Value, sources: readonly Value[], fill: (target: ObjectValue, source: Value) => void): Value {
  if (!hasKind(target, 'object')) return unknown;
  for (const source of sources) fill(target, source);
  return target;
}

function addMissing(target: ObjectValue, source: Value): void {
  for (const [name, item] of entriesOf(source)) if (target.properties.get(name) === undefined) target.properties.set(name, item);
}

/** Objects are merged with objects and lists with lists, item by item; `undefined` changes nothing. */
function merged(target: Value, source: Value): Value {
  if (source === undefined) return target;
  if (hasKind(target, 'object') && (hasKind(source, 'object') || isNil(source))) {
    for (const [name, item] of entriesOf(source)) target.properties.set(name, merged(own(target.properties.get(name), item), item));
    return target;
  }
  if (hasKind(target, 'array') && hasKind(source, 'array')) {
    source.items.forEach((item, index) => (target.items[index] = merged(own(target.items[index], item), item)));
    return target;
  }
  return source;
}

/** What is merged into an object that was not there yet is copied. */
function own(target: Value, source: Value): Value {
  if (hasKind(source, 'object') && !hasKind(target, 'object')) return objectOf();
  return hasKind(source, 'array') && !hasKind(target, 'array') ? arrayOf([]) : target;
}

function listed(value: Value, change: (items: readonly Value[]) => Value[]): Value {
  const items = isNil(value) ? [] : iterated(value);
  return items ? arrayOf(change(items)) : unknown;
}
