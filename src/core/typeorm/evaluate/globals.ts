/** Global names of JavaScript and Node, as far as entity sources use them. */
import { folderOf } from '../resolve/paths';
import { fileUrl } from './urlModule';
import { decorated } from './compiledHelpers';
import { environment } from './environment';
import { iterated, mapClass, setClass } from './collections';
import { cloned, jsonObject, mathObject, objectStatics, reflectObject } from './objectMembers';
import { proxyClass } from './proxies';
import { numberStatics, parseFloatNative, parseIntNative, isNaNNative, isFiniteNative, toNumber } from './numbers';
import {
  arrayOf,
  hasKind,
  isTruthy,
  native,
  objectOf,
  option,
  symbolNamed,
  toText,
  unknown,
  type NamespaceValue,
  type NativeValue,
  type Value,
} from './values';

/** @param file where the name is used, which Node tells each module */
export function globalValue(file: string, name: string): Value {
  if (name === '__dirname') return folderOf(file);
  if (name === '__filename') return file;
  return Object.hasOwn(globals, name) ? globals[name] : unknown;
}

/** Classes of the platform: as a column type they are told apart by name, as a base class they have no columns. */
function platformClass(name: string, call: NativeValue['call'] = () => unknown, statics: readonly NativeValue[] = []): NativeValue {
  return native(name, call, new Map(statics.map((method) => [method.name, method])));
}

/** Relative paths are taken from where the app is started, which is its package; the environment is what only the app knows. */
const workingFolder = native('cwd', () => '.');
const processObject: NamespaceValue = {
  kind: 'namespace',
  get: (name) => (name === 'cwd' ? workingFolder : name === 'env' ? environment : unknown),
  names: () => ['cwd', 'env'],
};

/** `import process from 'node:process'`, `import { cwd } from 'process'`. */
export function processExport(name: string): Value {
  return name === '*' || name === '=' || name === 'default' ? processObject : processObject.get(name);
}

/** `Array.from(items, convert)`, also with `{ length: 3 }`. */
const arrayFrom: NativeValue['call'] = ([source, convert], site, evaluator) => {
  const length = hasKind(source, 'object') ? source.properties.get('length') : undefined;
  const items = typeof length === 'number' && length <= mostItems ? Array.from<Value>({ length }) : iterated(source);
  if (!items) return unknown;
  return arrayOf(convert === undefined ? [...items] : items.map((item, index) => evaluator.call(convert, [item, index], site)));
};

const mostItems = 10_000;

/** `Array(3)`, `Array('a', 'b')`. */
const newArray: NativeValue['call'] = (args) => {
  const [length] = args;
  if (args.length !== 1 || typeof length !== 'number') return arrayOf([...args]);
  return length <= mostItems ? arrayOf(Array.from<Value>({ length })) : unknown;
};

/** A symbol is known by where it is made; `Symbol.for('x')` by its key. */
const symbolClass = platformClass('Symbol', (_args, { place }) => symbolNamed(`${place.sourceFile.fileName}:${place.node.pos}`), [
  native('for', ([key]) => symbolNamed(toText(key) ?? '')),
]);

const rawText: NativeValue['call'] = ([strings, ...values]) => {
  const raw = hasKind(strings, 'object') ? option(strings, 'raw') : hasKind(strings, 'array') ? (strings.raw ?? strings) : undefined;
  if (!hasKind(raw, 'array')) return unknown;
  const parts = raw.items.flatMap((text, index) => (index === 0 ? [text] : [values[index - 1], text])).map(toText);
  return parts.includes(null) ? unknown : parts.join('');
};

const globals: Readonly<Record<string, Value>> = {
  undefined: undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  Object: platformClass('Object', ([value]) => value ?? objectOf(), objectStatics),
  String: platformClass('String', (args) => (args.length === 0 ? '' : (toText(args[0]) ?? unknown)), [native('raw', rawText)]),
  Number: platformClass('Number', (args) => (args.length === 0 ? 0 : toNumber(args[0])), numberStatics),
  parseInt: parseIntNative,
  parseFloat: parseFloatNative,
  isNaN: isNaNNative,
  isFinite: isFiniteNative,
  Boolean: platformClass('Boolean', ([value]) => isTruthy(value)),
  Array: platformClass('Array', newArray, [
    native('isArray', ([value]) => hasKind(value, 'array')),
    native('from', arrayFrom),
    native('of', (args) => arrayOf([...args])),
  ]),
  Date: platformClass('Date'),
  Buffer: platformClass('Buffer'),
  Uint8Array: platformClass('Uint8Array'),
  Promise: platformClass('Promise'),
  Map: mapClass,
  Set: setClass,
  WeakMap: mapClass,
  WeakSet: setClass,
  Error: { ...platformClass('Error'), construct: ([message]) => objectOf([['message', message ?? '']]) },
  BigInt: platformClass('BigInt'),
  Symbol: symbolClass,
  Math: mathObject,
  JSON: jsonObject,
  structuredClone: native('structuredClone', ([value]) => cloned(value)),
  console: objectOf(),
  URL: fileUrl,
  process: processObject,
  Proxy: proxyClass,
  Reflect: objectOf([...reflectObject.properties, ['decorate', native('decorate', decorated)]]),
};
