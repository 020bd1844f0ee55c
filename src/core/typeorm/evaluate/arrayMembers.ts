/** Methods of arrays, which option-building code is full of. Those that change an array change the value. */
import type { Evaluator } from './evaluator';
import { asNumber } from './stringMembers';
import { arrayOf, hasKind, isTruthy, native, toText, unknown, type ArrayValue, type CallSite, type Value } from './values';

type ArrayMethod = (items: Value[], args: readonly Value[], evaluator: Evaluator, site: CallSite, array: ArrayValue) => Value;

/** A callback's answers for the items, one by one. */
function answers(items: readonly Value[], callback: Value, evaluator: Evaluator, site: CallSite): Value[] {
  return items.map((item, index) => evaluator.call(callback, [item, index], site));
}

function accepts(callback: Value, item: Value, index: number, evaluator: Evaluator, site: CallSite): boolean {
  if (hasKind(callback, 'native') && callback.name === 'Boolean') return isTruthy(item);
  return isTruthy(evaluator.call(callback, [item, index], site));
}

const methods = new Map<string, ArrayMethod>([
  ['map', (items, [callback], evaluator, site) => arrayOf(answers(items, callback, evaluator, site))],
  ['flatMap', (items, [callback], evaluator, site) => arrayOf(answers(items, callback, evaluator, site).flatMap(itemsOf))],
  ['filter', (items, [callback], evaluator, site) => arrayOf(items.filter((item, index) => accepts(callback, item, index, evaluator, site)))],
  ['find', (items, [callback], evaluator, site) => items.find((item, index) => accepts(callback, item, index, evaluator, site))],
  ['findLast', (items, [callback], evaluator, site) => [...items].reverse().find((item, index) => accepts(callback, item, index, evaluator, site))],
  ['findIndex', (items, [callback], evaluator, site) => items.findIndex((item, index) => accepts(callback, item, index, evaluator, site))],
  ['some', (items, [callback], evaluator, site) => items.some((item, index) => accepts(callback, item, index, evaluator, site))],
  ['every', (items, [callback], evaluator, site) => items.every((item, index) => accepts(callback, item, index, evaluator, site))],
  ['forEach', (items, [callback], evaluator, site) => void answers(items, callback, evaluator, site)],
  ['reduce', (items, [callback, ...initial], evaluator, site) => reduce(items, callback, initial, evaluator, site)],
  ['reduceRight', (items, [callback, ...initial], evaluator, site) => reduce([...items].reverse(), callback, initial, evaluator, site)],
  ['includes', (items, [item]) => items.includes(item)],
  ['findLastIndex', (items, [callback], evaluator, site) => items.findLastIndex((item, index) => accepts(callback, item, index, evaluator, site))],
  ['indexOf', (items, [item]) => items.indexOf(item)],
  ['lastIndexOf', (items, [item]) => items.lastIndexOf(item)],
  [
    'with',
    (items, [index, value]) => arrayOf(items.map((item, at) => (at === (asNumber(index) ?? 0) || at - items.length === index ? value : item))),
  ],
  ['concat', (items, others) => arrayOf([...items, ...others.flatMap(itemsOf)])],
  ['slice', (items, [start, end]) => arrayOf(items.slice(asNumber(start), asNumber(end)))],
  ['flat', (items, [depth]) => arrayOf(flattened(items, asNumber(depth) ?? 1))],
  ['join', (items, [separator]) => join(items, typeof separator === 'string' ? separator : ',')],
  ['keys', (items) => arrayOf(items.map((_item, index) => index))],
  ['values', (items) => arrayOf([...items])],
  ['entries', (items) => arrayOf(items.map((item, index) => arrayOf([index, item])))],
  ['at', (items, [index]) => items.at(asNumber(index) ?? 0)],
  ['push', (items, added, { kept }, _site, array) => (kept.noteItems(array, added), items.push(...added))],
  ['unshift', (items, added, { kept }, _site, array) => (kept.noteItems(array, added), items.unshift(...added))],
  ['shift', (items) => items.shift()],
  ['pop', (items) => items.pop()],
  ['fill', (items, [value], _evaluator, _site, array) => (items.fill(value), array)],
  ['reverse', (items, _args, _evaluator, _site, array) => (items.reverse(), array)],
  ['toReversed', (items) => arrayOf([...items].reverse())],
  ['sort', (items, [compare], evaluator, site, array) => (sort(items, compare, evaluator, site), array)],
  ['toSorted', (items, [compare], evaluator, site) => arrayOf(sort([...items], compare, evaluator, site))],
  ['splice', (items, [start, count, ...added]) => arrayOf(items.splice(asNumber(start) ?? 0, asNumber(count) ?? items.length, ...added))],
]);

export function memberOfArray(evaluator: Evaluator, array: ArrayValue, name: string): Value {
  if (name === 'length') return array.items.length;
  if (name === 'raw' && array.raw) return array.raw;
  if (/^\d+$/.test(name)) return array.items[Number(name)];
  const method = methods.get(name);
  return method ? native(name, (args, site) => method(array.items, args, evaluator, site, array)) : unknown;
}

function itemsOf(value: Value): Value[] {
  return hasKind(value, 'array') ? value.items : [value];
}

function flattened(items: readonly Value[], depth: number): Value[] {
  return depth < 1 ? [...items] : items.flatMap((item) => (hasKind(item, 'array') ? flattened(item.items, depth - 1) : [item]));
}

function reduce(items: readonly Value[], callback: Value, initial: readonly Value[], evaluator: Evaluator, site: CallSite): Value {
  const rest = initial.length > 0 ? items : items.slice(1);
  return rest.reduce<Value>(
    (result, item, index) => evaluator.call(callback, [result, item, index], site),
    initial.length > 0 ? initial[0] : items[0],
  );
}

function join(items: readonly Value[], separator: string): Value {
  const parts = items.map((item) => (item === null || item === undefined ? '' : toText(item)));
  return parts.includes(null) ? unknown : parts.join(separator);
}

function sort(items: Value[], compare: Value, evaluator: Evaluator, site: CallSite): Value[] {
  const byText = (left: Value, right: Value): number => {
    const [first, second] = [toText(left) ?? '', toText(right) ?? ''];
    return first < second ? -1 : first > second ? 1 : 0;
  };
  return items.sort(compare === undefined ? byText : (left, right) => asNumber(evaluator.call(compare, [left, right], site)) ?? 0);
}
