/**
 * Replaces methods of classes that belong to somebody else, and can put every one of them back. A patched method keeps its name,
 * length and property attributes; the same method of the same class is never wrapped twice.
 */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

interface Patch {
  readonly target: object;
  readonly name: string;
  readonly key: string;
  /** What was there; undefined where the method was inherited. */
  readonly before: PropertyDescriptor | undefined;
  readonly wrapper: Method;
}

const patches: Patch[] = [];
let isOver = false;
const wrapped = new WeakMap<object, Set<string>>();

/**
 * Wraps `target[name]`, own or inherited. Does nothing where there is no such method or where it is wrapped already for the same
 * purpose.
 * @returns whether the method is wrapped now because of this call.
 */
export function patchMethod(target: object | undefined, name: string, wrap: (original: Method) => Method, purpose = ''): boolean {
  const key = `${name} ${purpose}`;
  if (isOver || !target || wrapped.get(target)?.has(key)) return false;
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return false;
  const before = Object.getOwnPropertyDescriptor(target, name);
  if (before && !before.configurable) return false;
  const wrapper = likeOriginal(wrap(original as Method), original as Method);
  Object.defineProperty(target, name, {
    value: wrapper,
    writable: true,
    configurable: true,
    enumerable: before?.enumerable ?? false,
  });
  patches.push({ target, name, key, before, wrapper });
  remember(target, key);
  return true;
}

/** Puts everything back, newest first, except where somebody else has wrapped our wrapper since (theirs calls ours, which passes through). */
export function undoPatches(): void {
  for (const { target, name, key, before, wrapper } of patches.splice(0).reverse()) {
    if (Object.getOwnPropertyDescriptor(target, name)?.value !== wrapper) continue;
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
    wrapped.get(target)?.delete(key);
  }
}

/** Puts everything back for good: hooks that are just being placed, or would be placed on first use, come too late. */
export function endPatches(): void {
  isOver = true;
  undoPatches();
}

/** The nearest object of the prototype chain that itself has the property. */
export function ownerOf(target: object, name: string): object | undefined {
  for (let owner: object | null = target; owner; owner = Reflect.getPrototypeOf(owner)) {
    if (Object.prototype.hasOwnProperty.call(owner, name)) return owner;
  }
  return undefined;
}

function remember(target: object, key: string): void {
  const keys = wrapped.get(target);
  if (keys) keys.add(key);
  else wrapped.set(target, new Set([key]));
}

function likeOriginal(wrapper: Method, original: Method): Method {
  Object.defineProperty(wrapper, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true });
  return wrapper;
}
