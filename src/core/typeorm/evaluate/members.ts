/** Built-in properties and methods of values: the array, string and object methods that option-building code uses. */
import { memberOfInstance } from './classes';
import type { Evaluator } from './evaluator';
import { arrayOf, hasKind, isCallable, isTruthy, native, objectOf, toText, unknown, type ArrayValue, type CallSite, type Value } from './values';

export function memberOf(evaluator: Evaluator, value: Value, name: string): Value {
  if (typeof value === 'string') return memberOfString(evaluator, value, name);
  if (hasKind(value, 'pattern'))
    return name === 'test' ? native(name, ([text]) => (typeof text === 'string' ? new RegExp(value.pattern).test(text) : unknown)) : unknown;
  if (hasKind(value, 'array')) return memberOfArray(evaluator, value, name);
  if (hasKind(value, 'object')) return name === 'hasOwnProperty' ? native(name, ([key]) => value.properties.has(toText(key) ?? '')) : undefined;
  if (hasKind(value, 'function')) return memberOfFunction(evaluator, value, name);
  if (hasKind(value, 'native')) return value.properties?.get(name) ?? (name === 'name' ? value.name : memberOfFunction(evaluator, value, name));
  if (hasKind(value, 'instance')) return memberOfInstance(evaluator, value, name);
  return unknown;
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
      return unknown;
  }
}

function memberOfString(evaluator: Evaluator, text: string, name: string): Value {
  if (name === 'length') return text.length;
  if (/^\d+$/.test(name)) return text[Number(name)];
  switch (name) {
    case 'toLowerCase':
    case 'toUpperCase':
    case 'trim':
    case 'toString':
      return native(name, () => text[name]());
    case 'slice':
    case 'substring':
      return native(name, ([start, end]) => text[name](asNumber(start) ?? 0, asNumber(end)));
    case 'charAt':
      return native(name, ([index]) => text.charAt(asNumber(index) ?? 0));
    case 'split':
      return native(name, ([separator]) => {
        if (hasKind(separator, 'pattern')) return arrayOf(text.split(separator.pattern));
        return typeof separator === 'string' ? arrayOf(text.split(separator)) : unknown;
      });
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return native(name, ([part]) => (typeof part === 'string' ? text[name](part) : unknown));
    case 'concat':
      return native(name, (parts) => parts.reduce<Value>((joined, part) => join(joined, part), text));
    case 'replace':
    case 'replaceAll':
      return native(name, ([pattern, replacement], site) => {
        const searched = hasKind(pattern, 'pattern') ? pattern.pattern : pattern;
        if (typeof searched !== 'string' && !(searched instanceof RegExp)) return unknown;
        if (typeof replacement === 'string') return text[name](searched, replacement);
        return isCallable(replacement)
          ? text[name](searched, (...match) => toText(evaluator.call(replacement, matchValues(match), site)) ?? '')
          : unknown;
      });
    case 'match':
      return native(name, ([pattern]) => {
        const match = hasKind(pattern, 'pattern') ? text.match(pattern.pattern) : null;
        return match ? arrayOf([...match]) : null;
      });
    default:
      return unknown;
  }
}

/** The arguments of a replacer function: the match, its groups and its position. */
function matchValues(match: readonly unknown[]): Value[] {
  return match.map((part) => (typeof part === 'string' || typeof part === 'number' ? part : undefined));
}

function join(left: Value, right: Value): Value {
  const [first, second] = [toText(left), toText(right)];
  return first === null || second === null ? unknown : first + second;
}

function asNumber(value: Value): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

type ArrayMethod = (evaluator: Evaluator, array: ArrayValue, args: readonly Value[], site: CallSite) => Value;

const arrayMethods: Readonly<Record<string, ArrayMethod>> = {
  map: (evaluator, { items }, [callback], site) => arrayOf(items.map((item, index) => evaluator.call(callback, [item, index], site))),
  flatMap: (evaluator, { items }, [callback], site) =>
    arrayOf(items.flatMap((item, index) => itemsOf(evaluator.call(callback, [item, index], site)))),
  filter: (evaluator, { items }, [callback], site) =>
    arrayOf(
      items.filter((item, index) =>
        hasKind(callback, 'native') && callback.name === 'Boolean' ? isTruthy(item) : isTruthy(evaluator.call(callback, [item, index], site)),
      ),
    ),
  find: (evaluator, { items }, [callback], site) => items.find((item, index) => isTruthy(evaluator.call(callback, [item, index], site))),
  some: (evaluator, { items }, [callback], site) => items.some((item, index) => isTruthy(evaluator.call(callback, [item, index], site))),
  every: (evaluator, { items }, [callback], site) => items.every((item, index) => isTruthy(evaluator.call(callback, [item, index], site))),
  forEach: (evaluator, { items }, [callback], site) => {
    items.forEach((item, index) => evaluator.call(callback, [item, index], site));
    return undefined;
  },
  reduce: (evaluator, { items }, [callback, ...initial], site) => {
    const rest = initial.length > 0 ? items : items.slice(1);
    return rest.reduce<Value>(
      (result, item, index) => evaluator.call(callback, [result, item, index], site),
      initial.length > 0 ? initial[0] : items[0],
    );
  },
  includes: (_evaluator, { items }, [item]) => items.includes(item),
  indexOf: (_evaluator, { items }, [item]) => items.indexOf(item),
  concat: (_evaluator, { items }, others) => arrayOf([...items, ...others.flatMap(itemsOf)]),
  slice: (_evaluator, { items }, [start, end]) => arrayOf(items.slice(asNumber(start), asNumber(end))),
  reverse: (_evaluator, { items }) => arrayOf([...items].reverse()),
  flat: (_evaluator, { items }) => arrayOf(items.flatMap(itemsOf)),
  join: (_evaluator, { items }, [separator]) => {
    const parts = items.map(toText);
    return parts.includes(null) ? unknown : parts.join(typeof separator === 'string' ? separator : ',');
  },
  push: (_evaluator, { items }, added) => items.push(...added),
  unshift: (_evaluator, { items }, added) => items.unshift(...added),
  shift: (_evaluator, { items }) => items.shift(),
  pop: (_evaluator, { items }) => items.pop(),
  at: (_evaluator, { items }, [index]) => items.at(asNumber(index) ?? 0),
  splice: (_evaluator, { items }, [start, count, ...added]) =>
    arrayOf(items.splice(asNumber(start) ?? 0, count === undefined ? items.length : (asNumber(count) ?? 0), ...added)),
};

function memberOfArray(evaluator: Evaluator, array: ArrayValue, name: string): Value {
  if (name === 'length') return array.items.length;
  if (/^\d+$/.test(name)) return array.items[Number(name)];
  const method = Object.hasOwn(arrayMethods, name) ? arrayMethods[name] : undefined;
  return method ? native(name, (args, site) => method(evaluator, array, args, site)) : unknown;
}

function itemsOf(value: Value): Value[] {
  return hasKind(value, 'array') ? value.items : [value];
}

/** `Object.entries` and its kin, for the values that have properties. */
export function entriesOf(value: Value): [string, Value][] {
  if (hasKind(value, 'object') || hasKind(value, 'instance')) return [...value.properties];
  if (hasKind(value, 'namespace')) return value.names().map((name) => [name, value.get(name)]);
  if (hasKind(value, 'array')) return value.items.map((item, index) => [String(index), item]);
  return [];
}

export function objectFrom(entries: Value): Value {
  if (!hasKind(entries, 'array')) return unknown;
  return objectOf(entries.items.flatMap((entry) => (hasKind(entry, 'array') ? [[toText(entry.items[0]) ?? '', entry.items[1]] as const] : [])));
}
