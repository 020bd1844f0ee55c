/** Global names of JavaScript and Node, as far as entity sources use them. */
import { folderOf } from '../resolve/paths';
import { fileUrl } from './urlModule';
import { copyProperties } from './literals';
import { entriesOf, objectFrom } from './members';
import { arrayOf, hasKind, isTruthy, native, objectOf, toText, unknown, type NamespaceValue, type NativeValue, type Value } from './values';

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

const objectStatics = [
  native('keys', ([value]) => arrayOf(entriesOf(value).map(([key]) => key))),
  native('values', ([value]) => arrayOf(enumerable(value).map(([, item]) => item))),
  native('entries', ([value]) => arrayOf(enumerable(value).map(([key, item]) => arrayOf([key, item])))),
  native('fromEntries', ([entries]) => objectFrom(entries)),
  native('freeze', ([value]) => value),
  native('seal', ([value]) => value),
  native('create', () => objectOf()),
  native('assign', ([target, ...sources]) => {
    if (!hasKind(target, 'object')) return target;
    for (const source of sources) copyProperties(source, target);
    return target;
  }),
  native('defineProperty', ([target, key, descriptor]) => {
    const name = toText(key);
    if (hasKind(target, 'class') && target.id === null && name !== null && hasKind(descriptor, 'object')) {
      target.statics.set(name, descriptor.properties.get('value'));
    }
    return target;
  }),
];

function enumerable(value: Value): [string, Value][] {
  return entriesOf(value);
}

/** Relative paths are taken from where the app is started, which is its package; the environment is what only the app knows. */
const workingFolder = native('cwd', () => '.');
const processObject: NamespaceValue = {
  kind: 'namespace',
  get: (name) => (name === 'cwd' ? workingFolder : unknown),
  names: () => ['cwd'],
};

/** `import process from 'node:process'`, `import { cwd } from 'process'`. */
export function processExport(name: string): Value {
  return name === '*' || name === '=' || name === 'default' ? processObject : processObject.get(name);
}

const globals: Readonly<Record<string, Value>> = {
  undefined: undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  Object: platformClass('Object', ([value]) => value ?? objectOf(), objectStatics),
  String: platformClass('String', (args) => (args.length === 0 ? '' : (toText(args[0]) ?? unknown))),
  Number: platformClass('Number', ([value]) => (typeof value === 'string' || typeof value === 'number' ? Number(value) : 0)),
  Boolean: platformClass('Boolean', ([value]) => isTruthy(value)),
  Array: platformClass('Array', (args) => arrayOf([...args]), [
    native('isArray', ([value]) => hasKind(value, 'array')),
    native('from', ([value]) => (hasKind(value, 'array') ? arrayOf([...value.items]) : unknown)),
    native('of', (args) => arrayOf([...args])),
  ]),
  Date: platformClass('Date'),
  Buffer: platformClass('Buffer'),
  Uint8Array: platformClass('Uint8Array'),
  Promise: platformClass('Promise'),
  Map: platformClass('Map'),
  Set: platformClass('Set'),
  Error: platformClass('Error'),
  BigInt: platformClass('BigInt'),
  Symbol: platformClass('Symbol'),
  Math: objectOf(),
  JSON: objectOf(),
  console: objectOf(),
  URL: fileUrl,
  process: processObject,
  Reflect: objectOf([
    ['defineMetadata', native('defineMetadata', () => undefined)],
    ['getMetadata', native('getMetadata', () => unknown)],
    ['hasMetadata', native('hasMetadata', () => unknown)],
    ['decorate', native('decorate', () => unknown)],
  ]),
};
