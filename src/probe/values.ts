/** Copies of the app's values, small enough to keep: a recording must neither hold the app's objects nor change with them. */
import { types } from 'node:util';

const MAX_TEXT = 2_000;
const MAX_ITEMS = 200;
const MAX_PARAMETERS = 2_000;

/** Parameters as JSON can carry them; undefined where there are none. */
export function copyParameters(parameters: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(parameters) || parameters.length === 0) return undefined;
  return parameters.length > MAX_PARAMETERS ? parameters.slice(0, MAX_PARAMETERS).map(copyValue) : parameters.map(copyValue);
}

/** One value as JSON can carry it: numbers, strings, booleans and null as they are, dates as ISO text, bytes as their length. */
export function copyValue(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'string':
      return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
    case 'object':
      return value === null ? null : copyObject(value);
    case 'undefined':
      return null;
    default:
      return String(value);
  }
}

function copyObject(value: object): unknown {
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `<${value.byteLength} bytes>`;
  if (Array.isArray(value))
    return value.slice(0, MAX_ITEMS).map((item) => (typeof item === 'object' && item !== null ? describe(item) : copyValue(item)));
  return describe(value);
}

function describe(value: object): string {
  if (types.isDate(value) || ArrayBuffer.isView(value)) return String(copyObject(value));
  // What the database will see of an object parameter (a JSON column); objects that refuse are named by their class.
  try {
    const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  } catch {
    return `<${value.constructor?.name ?? 'object'}>`;
  }
}
