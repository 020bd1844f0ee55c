/**
 * One watched property of one hydrated entity. The data property becomes an accessor of the same name, place and attributes, which
 * turns back into the plain data property the first time it is read or written. Whatever could tell the two apart (descriptors,
 * freezing, printing) makes the entity plain first.
 */

export interface PropertyWatcher {
  /** Called before a read by anybody but TypeORM at work on the entity; `getter` is what was called. False: not a read that ends the watch. */
  onRead(entity: object, property: string, getter: object): boolean;
  /** The whole entity is about to be looked at from outside. */
  onExposed(): void;
}

interface Watch {
  readonly value: unknown;
  readonly watcher: PropertyWatcher;
  readonly restore: () => void;
}

/** As they were before readsBuiltins.ts wrapped them. */
const { defineProperty, getOwnPropertyDescriptor } = Object;

/** Watched entity → its accessors by property. */
const watched = new WeakMap<object, Map<string, Watch>>();

export function isWatched(entity: object): boolean {
  return watched.has(entity);
}

/** Somebody may look at all properties in ways that cannot be followed: they become plain, and count as copied. */
export function exposeEntity(entity: object): void {
  for (const { watcher, restore } of [...(watched.get(entity)?.values() ?? [])]) {
    restore();
    watcher.onExposed();
  }
}

/** Makes all properties of an entity plain. */
export function stopWatching(entity: object): void {
  for (const { restore } of [...(watched.get(entity)?.values() ?? [])]) restore();
}

/** The value of an own data property, past a watch; undefined where there is none. Runs no code of the app's. */
export function valueOf(entity: object, property: string): unknown {
  const watch = watched.get(entity)?.get(property);
  return watch ? watch.value : getOwnPropertyDescriptor(entity, property)?.value;
}

/**
 * Watches a data property.
 * @returns false where there is none, or it could not be put back later (sealed, frozen, read-only)
 */
export function watchProperty(entity: object, property: string, watcher: PropertyWatcher): boolean {
  const before = getOwnPropertyDescriptor(entity, property);
  if (!before || !('value' in before) || !before.configurable || !before.writable) return false;
  const { value, enumerable = true } = before as { value: unknown; enumerable?: boolean };
  const restore = (plain: unknown): void => {
    forget(entity, property);
    const now = getOwnPropertyDescriptor(entity, property);
    if (now?.get === get) defineProperty(entity, property, { value: plain, writable: true, configurable: true, enumerable });
  };
  const get = function (this: unknown): unknown {
    if (this === entity && watcher.onRead(entity, property, get)) restore(value);
    return value;
  };
  const set = function (this: unknown, next: unknown): void {
    if (this === entity) restore(next);
    // An object that inherits from the entity gets a property of its own, as with a data property.
    else if (typeof this === 'object' && this !== null)
      defineProperty(this, property, { value: next, writable: true, configurable: true, enumerable: true });
  };
  defineProperty(entity, property, { get, set, configurable: true, enumerable });
  remember(entity, property, { value, watcher, restore: () => restore(value) });
  return true;
}

function remember(entity: object, property: string, watch: Watch): void {
  const known = watched.get(entity);
  if (known) known.set(property, watch);
  else watched.set(entity, new Map([[property, watch]]));
}

function forget(entity: object, property: string): void {
  const known = watched.get(entity);
  known?.delete(property);
  if (known?.size === 0) watched.delete(entity);
}
