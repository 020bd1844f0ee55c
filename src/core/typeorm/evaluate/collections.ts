/** `Map` and `Set`, and what can be iterated. */
import type { Evaluator } from './evaluator';
import { arrayOf, hasKind, native, unknown, type CollectionValue, type NativeValue, type Value } from './values';

/** The items that `for … of` and a spread would give; null for what cannot be iterated. */
export function iterated(value: Value): readonly Value[] | null {
  if (hasKind(value, 'array')) return value.items;
  if (typeof value === 'string') return [...value];
  if (!hasKind(value, 'collection')) return null;
  return value.isSet ? [...value.entries.keys()] : pairs(value);
}

export const mapClass = collectionClass('Map', (items) =>
  items.map((item) => (hasKind(item, 'array') ? [item.items[0], item.items[1]] : [item, undefined])),
);
export const setClass = collectionClass('Set', (items) => items.map((item) => [item, item]));

function collectionClass(name: 'Map' | 'Set', entriesOf: (items: readonly Value[]) => [Value, Value][]): NativeValue {
  const construct = ([items]: readonly Value[]): Value => {
    const given = items === undefined || items === null ? [] : iterated(items);
    return given ? { kind: 'collection', isSet: name === 'Set', entries: new Map(entriesOf(given)) } : unknown;
  };
  return { ...native(name, () => unknown, new Map()), construct };
}

export function memberOfCollection(evaluator: Evaluator, value: CollectionValue, name: string): Value {
  const { entries, isSet } = value;
  switch (name) {
    case 'size':
      return entries.size;
    case 'get':
      return native(name, ([key]) => entries.get(key));
    case 'has':
      return native(name, ([key]) => entries.has(key));
    case 'set':
      return native(name, ([key, item]) => put(evaluator, value, key, item));
    case 'add':
      return native(name, ([item]) => put(evaluator, value, item, item));
    case 'delete':
      return native(name, ([key]) => entries.delete(key));
    case 'keys':
      return native(name, () => arrayOf([...entries.keys()]));
    case 'values':
      return native(name, () => arrayOf([...entries.values()]));
    case 'entries':
      return native(name, () => arrayOf(pairs(value)));
    case 'forEach':
      return native(name, ([callback], site) => {
        for (const [key, item] of entries) evaluator.call(callback, [item, key], site);
        return undefined;
      });
    default:
      return isSet ? unknown : undefined;
  }
}

function put({ kept }: Evaluator, collection: CollectionValue, key: Value, item: Value): CollectionValue {
  kept.noteEntry(collection, key, item);
  collection.entries.set(key, item);
  return collection;
}

function pairs({ entries }: CollectionValue): Value[] {
  return [...entries].map(([key, item]) => arrayOf([key, item]));
}
