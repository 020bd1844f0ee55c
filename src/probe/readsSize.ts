/** About how many bytes a value takes in a row of a result. Looks only at plain data, so that no code of the app's runs. */
const MAX_PARTS = 200;
/** Numbers, dates, booleans: what a driver sends for them. */
const SMALL = 8;

export function sizeOf(value: unknown): number {
  return new Sizer().size(value);
}

class Sizer {
  private parts = 0;

  size(value: unknown): number {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return SMALL;
    if (ArrayBuffer.isView(value)) return value.byteLength;
    return isPlain(value) ? this.sizeOfParts(value) : SMALL;
  }

  /** The rest of a large object is taken to be like its beginning. */
  private sizeOfParts(value: object): number {
    const entries = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([name, { enumerable }]) => enumerable && name !== 'length');
    let bytes = 0;
    let seen = 0;
    for (const [name, { value: part }] of entries) {
      if (this.parts++ >= MAX_PARTS) break;
      seen++;
      bytes += name.length + this.size(part);
    }
    return seen === 0 ? 2 : Math.round((bytes / seen) * entries.length);
  }
}

function isPlain(value: object): boolean {
  const prototype = Reflect.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
