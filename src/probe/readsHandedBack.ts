/** What a function hands back: which watched results' entities are in it. Looks only at data properties, so that no code of the app's runs. */
import { types } from 'node:util';
import { valueOf } from './readsEntity';
import { resultOf, type WatchedResult } from './readsInstall';

/** Objects that are looked into, those nearest to the answer first, and parts of one of them. */
const MAX_OBJECTS = 2_000;
const MAX_PARTS = 1_000;

/**
 * Those of the results whose entities can be reached from an answer, as far as it is looked through.
 * @param from looked for among these alone
 */
export function resultsIn(answer: unknown, from: ReadonlySet<WatchedResult>): ReadonlySet<WatchedResult> {
  const found = new Set<WatchedResult>();
  const seen = new Set<unknown>([answer]);
  // A set goes on with what is added while it is gone through.
  for (const value of seen) {
    if (typeof value !== 'object' || value === null) continue;
    const result = resultOf(value);
    if (result && from.has(result)) found.add(result);
    if (found.size === from.size) break;
    for (const part of partsOf(value)) if (typeof part === 'object' && part !== null && seen.size < MAX_OBJECTS) seen.add(part);
  }
  return found;
}

function partsOf(object: object): unknown[] {
  if (types.isProxy(object) || ArrayBuffer.isView(object)) return [];
  if (types.isMap(object)) return firstOf(Map.prototype.values.call(object));
  if (types.isSet(object)) return firstOf(Set.prototype.values.call(object));
  if (Array.isArray(object)) return Array.from({ length: Math.min(object.length, MAX_PARTS) }, (_, index) => valueOf(object, String(index)));
  return Object.keys(object)
    .slice(0, MAX_PARTS)
    .map((name) => valueOf(object, name));
}

function firstOf(values: Iterable<unknown>): unknown[] {
  const first: unknown[] = [];
  for (const value of values) if (first.push(value) >= MAX_PARTS) break;
  return first;
}
