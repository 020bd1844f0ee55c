/** `parseInt(…)`, `Number(…)`, `Number.…` and their like. */
import { hasKind, isTagged, native, toText, unknown, type NativeValue, type Value } from './values';

/** `Number(value)`. */
export function toNumber(value: Value): Value {
  if (!isTagged(value)) return Number(value);
  const text = hasKind(value, 'array') ? toText(value) : null;
  return text === null ? unknown : Number(text);
}

export const parseIntNative = native('parseInt', ([value, radix]) => {
  const text = toText(value);
  return text === null ? unknown : Number.parseInt(text, typeof radix === 'number' ? radix : undefined);
});

export const parseFloatNative = native('parseFloat', ([value]) => {
  const text = toText(value);
  return text === null ? unknown : Number.parseFloat(text);
});

export const isNaNNative = tested('isNaN', (number) => Number.isNaN(number));
export const isFiniteNative = tested('isFinite', (number) => Number.isFinite(number));

export const numberStatics: readonly NativeValue[] = [
  parseIntNative,
  parseFloatNative,
  ofNumbers('isInteger', (number) => Number.isInteger(number)),
  ofNumbers('isSafeInteger', (number) => Number.isSafeInteger(number)),
  ofNumbers('isNaN', (number) => Number.isNaN(number)),
  ofNumbers('isFinite', (number) => Number.isFinite(number)),
];

/** Of the globals, which make a number of what they are given. */
function tested(name: string, test: (number: number) => boolean): NativeValue {
  return native(name, ([value]) => {
    const number = toNumber(value);
    return typeof number === 'number' ? test(number) : unknown;
  });
}

/** Of those on `Number`, which answer false for anything but a number. */
function ofNumbers(name: string, test: (number: number) => boolean): NativeValue {
  return native(name, ([value]) => (hasKind(value, 'unknown') ? unknown : typeof value === 'number' && test(value)));
}
