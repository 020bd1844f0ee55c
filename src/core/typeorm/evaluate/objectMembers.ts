/** `Object.…`, `Reflect.…`, `JSON.…` and `Math.…`, as far as options are put together with them. */
import { iterated } from './collections';
import type { Evaluator } from './evaluator';
import { copyProperties } from './literals';
import { entriesOf, objectFrom } from './members';
import { reflectMetadata } from './reflectMetadata';
import { arrayOf, hasKind, isTagged, native, objectOf, toText, unknown, type CallSite, type NativeValue, type Value } from './values';

const names = native('keys', ([value]) => arrayOf(entriesOf(value).map(([key]) => key)));

export const assign = native('assign', ([target, ...sources], _site, evaluator) => {
  for (const source of sources) {
    if (hasKind(target, 'object')) copyProperties(source, target);
    else for (const [key, item] of entriesOf(source)) setProperty(evaluator, target, key, item);
  }
  return target;
});

export const objectStatics: readonly NativeValue[] = [
  names,
  { ...names, name: 'getOwnPropertyNames' },
  native('values', ([value]) => arrayOf(entriesOf(value).map(([, item]) => item))),
  native('entries', ([value]) => arrayOf(entriesOf(value).map(([key, item]) => arrayOf([key, item])))),
  native('fromEntries', ([entries]) => objectFrom(entries)),
  native('freeze', ([value]) => value),
  native('seal', ([value]) => value),
  native('create', ([parent]) => {
    const object = objectOf();
    copyProperties(parent, object);
    return object;
  }),
  native('hasOwn', ([value, key]) => hasKey(value, key)),
  assign,
  native('defineProperty', ([target, key, descriptor], site, evaluator) => {
    define(evaluator, target, key, descriptor, site);
    return target;
  }),
  native('defineProperties', ([target, descriptors], site, evaluator) => {
    for (const [key, descriptor] of entriesOf(descriptors)) define(evaluator, target, key, descriptor, site);
    return target;
  }),
  native('getPrototypeOf', () => unknown),
  native('setPrototypeOf', ([target]) => target),
];

export const reflectObject = objectOf([
  ['get', native('get', ([value, key], _site, evaluator) => evaluator.member(value, toText(key) ?? ''))],
  ['has', native('has', ([value, key]) => hasKey(value, key))],
  ['ownKeys', { ...names, name: 'ownKeys' }],
  [
    'defineProperty',
    native('defineProperty', ([target, key, descriptor], site, evaluator) => (define(evaluator, target, key, descriptor, site), true)),
  ],
  ...reflectMetadata.map((each) => [each.name, each] as const),
]);

export const jsonObject = objectOf([
  ['stringify', native('stringify', ([value]) => stringified(value))],
  ['parse', native('parse', ([text]) => (typeof text === 'string' ? parsed(text) : unknown))],
]);

export const mathObject = objectOf(
  (['max', 'min', 'floor', 'ceil', 'round', 'abs', 'trunc', 'pow', 'sqrt', 'log2', 'sign'] as const).map((name) => [
    name,
    native(name, (args) => {
      const numbers = args.filter((arg) => typeof arg === 'number');
      return numbers.length === args.length ? (Math[name] as (...of: number[]) => number)(...numbers) : unknown;
    }),
  ]),
);

/** `structuredClone(…)`. */
export function cloned(value: Value): Value {
  if (hasKind(value, 'array')) return arrayOf(value.items.map(cloned));
  if (!hasKind(value, 'object')) return value;
  return { kind: 'object', properties: new Map([...value.properties].map(([key, item]) => [key, cloned(item)])), places: new Map(value.places) };
}

/** Sets a property of whatever can have some; of a class of the workspace only where a function has made it. */
export function setProperty(evaluator: Evaluator, owner: Value, name: string, value: Value): void {
  if (hasKind(owner, 'object') || hasKind(owner, 'instance')) {
    evaluator.kept.noteProperty(owner, name, value);
    owner.properties.set(name, value);
  } else if (hasKind(owner, 'array')) setItem(owner.items, name, value);
  else if (hasKind(owner, 'class')) evaluator.statics.set(owner, name, value);
  else if (hasKind(owner, 'prototype')) evaluator.kept.setMember('members', owner.class, name, value);
}

function setItem(items: Value[], name: string, value: Value): void {
  const index = Number(name);
  if (name === 'length' && value === 0) items.length = 0;
  else if (Number.isInteger(index) && index >= 0 && index <= items.length) items[index] = value;
}

function define(evaluator: Evaluator, target: Value, key: Value, descriptor: Value, site: CallSite): void {
  const name = toText(key);
  if (name === null || !hasKind(descriptor, 'object')) return;
  const get = descriptor.properties.get('get');
  setProperty(evaluator, target, name, get === undefined ? descriptor.properties.get('value') : evaluator.call(get, [], { ...site, self: target }));
}

function hasKey(value: Value, key: Value): Value {
  const name = toText(key);
  if (name === null || (!hasKind(value, 'object') && !hasKind(value, 'instance'))) return unknown;
  return value.properties.has(name);
}

function stringified(value: Value): Value {
  const text = asJson(value);
  return text === null ? unknown : text;
}

/** Null where the value holds what is not known. */
function asJson(value: Value): string | null {
  if (!isTagged(value)) return typeof value === 'bigint' ? null : (JSON.stringify(value) ?? 'null');
  const list = hasKind(value, 'array') ? value.items : iterated(value) ? [] : null;
  if (list) {
    const items = list.map(asJson);
    return items.includes(null) ? null : `[${items.join(',')}]`;
  }
  if (!hasKind(value, 'object')) return null;
  const kept = entriesOf(value).filter(([, item]) => item !== undefined && !hasKind(item, 'function'));
  const members = kept.map(([key, item]) => [key, asJson(item)] as const);
  if (members.some(([, text]) => text === null)) return null;
  return `{${members.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}

/** An empty document stands for one that only the running app has: `JSON.parse(process.env.SETTINGS ?? '{}')`. */
function parsed(text: string): Value {
  if (/^\s*(?:\{\s*\}|\[\s*\])\s*$/.test(text)) return unknown;
  try {
    return valueOf(JSON.parse(text) as unknown);
  } catch {
    return unknown;
  }
}

function valueOf(data: unknown): Value {
  if (Array.isArray(data)) return arrayOf(data.map(valueOf));
  if (typeof data !== 'object' || data === null) return data as Value;
  return objectOf(Object.entries(data).map(([key, item]) => [key, valueOf(item)] as const));
}
