/**
 * Replaces methods of classes that belong to somebody else, and can put every one of them back. A patched method keeps its name,
 * length and property attributes; the same method of the same class is never wrapped twice.
 */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

interface Patch {
  readonly name: string;
  readonly key: string;
  /** What was there; undefined where the method was inherited. */
  readonly before: PropertyDescriptor | undefined;
  readonly original: Method;
  readonly wrapper: Method;
}

/** What was done to each target, and the targets: weak, for a test file's realm (Jest's) goes with all its classes when the file is done. */
const patches = new WeakMap<object, Patch[]>();
const targets: WeakRef<object>[] = [];
let isOver = false;

/**
 * Wraps `target[name]`, own or inherited. Does nothing where there is no such method or where it is wrapped already for the same
 * purpose.
 * @returns whether the method is wrapped now because of this call.
 */
export function patchMethod(target: object | undefined, name: string, wrap: (original: Method) => Method, purpose = ''): boolean {
  const key = `${name} ${purpose}`;
  if (isOver || !target || isWrapped(target, key)) return false;
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return false;
  const before = Object.getOwnPropertyDescriptor(target, name);
  if (before && !before.configurable) return false;
  const wrapper = likeOriginal(wrap(original as Method), original as Method);
  // A binding of an ES module (esModules.ts).
  if (before?.set) Reflect.set(target, name, wrapper);
  else Object.defineProperty(target, name, { value: wrapper, writable: true, configurable: true, enumerable: before?.enumerable ?? false });
  remember(target, { name, key, before, original: original as Method, wrapper });
  return true;
}

/** As `patchMethod`, for a getter of the target's own that has no setter. */
export function patchGetter(target: object, name: string, wrap: (original: Method) => Method): boolean {
  const key = `get ${name}`;
  const before = Object.getOwnPropertyDescriptor(target, name);
  if (isOver || !before?.get || before.set || !before.configurable || isWrapped(target, key)) return false;
  const original = before.get as Method;
  const wrapper = likeOriginal(wrap(original), original);
  Object.defineProperty(target, name, { ...before, get: wrapper });
  remember(target, { name, key, before, original, wrapper });
  return true;
}

/** Puts everything back, newest first, except where somebody else has wrapped our wrapper since (theirs calls ours, which passes through). */
export function undoPatches(): void {
  for (const target of targets.splice(0).reverse()) undoPatchesOf(target.deref());
}

function undoPatchesOf(target: object | undefined): void {
  const done = target && patches.get(target);
  if (!done) return;
  patches.delete(target);
  for (const patch of done.reverse()) if (!undo(target, patch)) remember(target, patch);
}

/** @returns whether the target is as it was. */
function undo(target: object, { name, before, original, wrapper }: Patch): boolean {
  if (presentIn(target, name, before) !== wrapper) return false;
  if (before?.set) Reflect.set(target, name, original);
  else if (before) Object.defineProperty(target, name, before);
  else Reflect.deleteProperty(target, name);
  return true;
}

function presentIn(target: object, name: string, before: PropertyDescriptor | undefined): unknown {
  if (before?.set) return Reflect.get(target, name);
  const present = Object.getOwnPropertyDescriptor(target, name);
  return before?.get ? present?.get : present?.value;
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

function isWrapped(target: object, key: string): boolean {
  return patches.get(target)?.some((patch) => patch.key === key) === true;
}

function remember(target: object, patch: Patch): void {
  const known = patches.get(target);
  if (known) return void known.push(patch);
  patches.set(target, [patch]);
  targets.push(new WeakRef(target));
}

function likeOriginal(wrapper: Method, original: Method): Method {
  Object.defineProperty(wrapper, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: original.length, configurable: true });
  return wrapper;
}
