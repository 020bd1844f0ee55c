import { types } from 'node:util';

/** Promises of this realm, which is the usual case and the cheap question, or of a test file's own (Jest's). */
export function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise || types.isPromise(value);
}
