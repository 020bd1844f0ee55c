/**
 * What an entity does not have. A relation that was not loaded is no property at all, so there is nothing to watch on the entity itself:
 * a proxy stands in for `Object.prototype` at the end of its class's prototype chain, where a read of a missing property ends up. It
 * answers like `Object.prototype` in everything (`in`, `instanceof`, loops, assignments), and sees which name was asked for.
 *
 * One thing gives it away: V8 words a few errors of its own with `[object Object]` where it would have named the class (`#<Author>`).
 *
 * It also sees who is about to look at an entity from outside: printing (`console.log`, the debugger's variables) asks for a
 * well-known symbol first, and finds plain data properties after that.
 */
import { exposeEntity, isWatched } from './readsEntity';

export type OnMissing = (entity: object, property: string, getter: object) => void;

const printers: ReadonlySet<unknown> = new Set([
  Symbol.for('nodejs.util.inspect.custom'),
  Symbol.for('debug.description'),
  Symbol.for('debug.properties'),
]);
/** Names of relations of all watched classes. */
const relationNames = new Set<string>();
const roots = new Set<object>();
let onMissing: OnMissing | undefined;

const endOfChain = new Proxy(Object.prototype, {
  get: function get(target, property, receiver): unknown {
    if (typeof property === 'string') {
      if (onMissing && relationNames.has(property) && isObject(receiver)) onMissing(receiver, property, get);
    } else if (printers.has(property) && isObject(receiver) && isWatched(receiver)) exposeEntity(receiver);
    return Reflect.get(target, property, receiver);
  },
  getPrototypeOf: () => Object.prototype,
});

/**
 * With a proxy in its chain, V8 looks for a setter each time that a property is added to an instance: every row hydrated takes longer. So
 * the chains are put back when nothing is left whose reads could be seen.
 */
const reasons = new FinalizationRegistry<() => void>((gone) => {
  if (--reasonCount === 0) restoreChains();
  gone();
});
let reasonCount = 0;

/**
 * Classes stay watched as long as `reason` lives: what all entities that somebody may still look at refer to.
 * @param gone called some time after nobody can look at them any more; must not refer to `reason`
 */
export function watchClassesFor(reason: object, gone: () => void): void {
  reasonCount++;
  reasons.register(reason, gone);
}

/** Calls `listener` for reads of these names on instances that do not have them, whatever the class. Does nothing where the chain cannot be changed. */
export function watchClassOf(entity: object, names: readonly string[], listener: OnMissing): boolean {
  onMissing = listener;
  const root = rootOf(entity);
  if (root === undefined) return false;
  for (const name of names) relationNames.add(name);
  if (roots.has(root)) return true;
  if (!Reflect.setPrototypeOf(root, endOfChain)) return false;
  roots.add(root);
  return true;
}

/** Puts every prototype chain back. */
export function leaveClasses(): void {
  onMissing = undefined;
  restoreChains();
}

function restoreChains(): void {
  for (const root of roots) if (Reflect.getPrototypeOf(root) === endOfChain) Reflect.setPrototypeOf(root, Object.prototype);
  roots.clear();
}

/** The last prototype before `Object.prototype`; undefined for plain objects and for those with another end. */
function rootOf(entity: object): object | undefined {
  let current: object | null = Reflect.getPrototypeOf(entity);
  if (current === Object.prototype) return undefined;
  while (current !== null) {
    if (roots.has(current)) return current;
    const next: object | null = Reflect.getPrototypeOf(current);
    if (next === Object.prototype) return current;
    current = next;
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
