/** Methods of strings and numbers, as names are made with them. */
import type { Evaluator } from './evaluator';
import { arrayOf, hasKind, isCallable, native, toText, unknown, type CallSite, type Value } from './values';

type TextMethod = (text: string, args: readonly Value[], evaluator: Evaluator, site: CallSite) => Value;

const plainMethods = [
  'toLowerCase',
  'toUpperCase',
  'toLocaleLowerCase',
  'toLocaleUpperCase',
  'trim',
  'trimStart',
  'trimEnd',
  'toString',
  'valueOf',
  'normalize',
] as const;

const methods = new Map<string, TextMethod>([
  ...plainMethods.map((name): [string, TextMethod] => [name, (text) => text[name]()]),
  ['slice', (text, [start, end]) => text.slice(asNumber(start), asNumber(end))],
  ['substring', (text, [start, end]) => text.substring(asNumber(start) ?? 0, asNumber(end))],
  ['charAt', (text, [index]) => text.charAt(asNumber(index) ?? 0)],
  ['charCodeAt', (text, [index]) => text.charCodeAt(asNumber(index) ?? 0)],
  ['codePointAt', (text, [index]) => text.codePointAt(asNumber(index) ?? 0)],
  ['substr', (text, [start, length]) => substr(text, asNumber(start) ?? 0, asNumber(length))],
  ['localeCompare', (text, [other]) => (typeof other === 'string' ? text.localeCompare(other) : unknown)],
  [
    'search',
    (text, [pattern]) => (hasKind(pattern, 'pattern') ? text.search(pattern.pattern) : typeof pattern === 'string' ? text.search(pattern) : unknown),
  ],
  ['at', (text, [index]) => text.at(asNumber(index) ?? 0)],
  ['indexOf', (text, [part]) => (typeof part === 'string' ? text.indexOf(part) : unknown)],
  ['lastIndexOf', (text, [part]) => (typeof part === 'string' ? text.lastIndexOf(part) : unknown)],
  ['startsWith', (text, [part]) => (typeof part === 'string' ? text.startsWith(part) : unknown)],
  ['endsWith', (text, [part]) => (typeof part === 'string' ? text.endsWith(part) : unknown)],
  ['includes', (text, [part]) => (typeof part === 'string' ? text.includes(part) : unknown)],
  ['padStart', (text, [length, filling]) => pad(length, (to) => text.padStart(to, typeof filling === 'string' ? filling : ' '))],
  ['padEnd', (text, [length, filling]) => pad(length, (to) => text.padEnd(to, typeof filling === 'string' ? filling : ' '))],
  ['repeat', (text, [count]) => (typeof count === 'number' && count >= 0 ? pad(count * text.length, () => text.repeat(count)) : unknown)],
  ['concat', (text, parts) => parts.reduce<Value>(joined, text)],
  ['split', split],
  ['replace', (text, args, evaluator, site) => replace('replace', text, args, evaluator, site)],
  ['replaceAll', (text, args, evaluator, site) => replace('replaceAll', text, args, evaluator, site)],
  ['match', (text, [pattern]) => matchOf(text, pattern)],
  ['matchAll', (text, [pattern]) => matchesOf(text, pattern)],
]);

export function memberOfString(evaluator: Evaluator, text: string, name: string): Value {
  if (name === 'length') return text.length;
  if (/^\d+$/.test(name)) return text[Number(name)];
  const method = methods.get(name);
  return method ? native(name, (args, site) => method(text, args, evaluator, site)) : unknown;
}

export function memberOfNumber(value: number, name: string): Value {
  switch (name) {
    case 'toString':
      return native(name, ([radix]) => (typeof radix === 'number' && radix >= 2 && radix <= 36 ? value.toString(radix) : String(value)));
    case 'toFixed':
      return native(name, ([digits]) => value.toFixed(Math.min(asNumber(digits) ?? 0, 100)));
    default:
      return unknown;
  }
}

/** `/pattern/.test(text)` and its like. */
export function memberOfPattern(pattern: RegExp, name: string): Value {
  switch (name) {
    case 'test':
      return native(name, ([text]) => (typeof text === 'string' ? new RegExp(pattern).test(text) : unknown));
    case 'exec':
      return native(name, ([text]) => (typeof text === 'string' ? matchValue(new RegExp(pattern).exec(text)) : unknown));
    case 'source':
      return pattern.source;
    default:
      return unknown;
  }
}

export function asNumber(value: Value): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** No text that a name could be is longer. */
const longest = 10_000;

function pad(length: Value, make: (length: number) => string): Value {
  return typeof length === 'number' && length <= longest ? make(length) : unknown;
}

function substr(text: string, start: number, length: number | undefined): string {
  const from = start < 0 ? Math.max(text.length + start, 0) : start;
  return text.slice(from, length === undefined ? undefined : Math.max(from + length, from));
}

function joined(left: Value, right: Value): Value {
  const [first, second] = [toText(left), toText(right)];
  return first === null || second === null ? unknown : first + second;
}

function split(text: string, [separator, limit]: readonly Value[]): Value {
  const most = asNumber(limit);
  if (hasKind(separator, 'pattern')) return arrayOf(text.split(separator.pattern, most));
  return typeof separator === 'string' ? arrayOf(text.split(separator, most)) : unknown;
}

function replace(
  method: 'replace' | 'replaceAll',
  text: string,
  [pattern, replacement]: readonly Value[],
  evaluator: Evaluator,
  site: CallSite,
): Value {
  const searched = hasKind(pattern, 'pattern') ? pattern.pattern : pattern;
  if (typeof searched !== 'string' && !(searched instanceof RegExp)) return unknown;
  if (searched instanceof RegExp && method === 'replaceAll' && !searched.global) return unknown;
  if (typeof replacement === 'string') return text[method](searched, replacement);
  return isCallable(replacement)
    ? text[method](searched, (...match) => toText(evaluator.call(replacement, matchValues(match), site)) ?? '')
    : unknown;
}

function matchOf(text: string, pattern: Value): Value {
  return hasKind(pattern, 'pattern') ? matchValue(text.match(pattern.pattern)) : null;
}

function matchesOf(text: string, pattern: Value): Value {
  if (!hasKind(pattern, 'pattern') || !pattern.pattern.global) return unknown;
  return arrayOf([...text.matchAll(pattern.pattern)].map((match) => matchValue(match)));
}

function matchValue(match: RegExpMatchArray | null): Value {
  return match ? arrayOf([...match]) : null;
}

/** The arguments of a replacer function: the match, its groups and its position. */
function matchValues(match: readonly unknown[]): Value[] {
  return match.map((part) => (typeof part === 'string' || typeof part === 'number' ? part : undefined));
}
