import { afterEach, expect, it } from 'vitest';
import { patchGetter, patchMethod, undoPatches, type Method } from '../../../src/probe/patch';

class Base {
  greet(name: string): string {
    return `hello ${name}`;
  }
}
class Derived extends Base {}

const shout = (original: Method): Method =>
  function (this: unknown, ...args) {
    return `${String(original.apply(this, args))}!`;
  };

afterEach(() => undoPatches());

it('wraps a method once, and looks like it', () => {
  const before = Object.getOwnPropertyDescriptor(Base.prototype, 'greet');
  expect(patchMethod(Base.prototype, 'greet', shout)).toBe(true);
  expect(patchMethod(Base.prototype, 'greet', shout)).toBe(false);
  expect(new Base().greet('you')).toBe('hello you!');
  const after = Object.getOwnPropertyDescriptor(Base.prototype, 'greet');
  expect({ ...after, value: null }).toEqual({ ...before, value: null });
  expect([Base.prototype.greet.name, Base.prototype.greet.length]).toEqual(['greet', 1]);
});

it('wraps again for another purpose, and undoes both', () => {
  const original = Base.prototype.greet;
  patchMethod(Base.prototype, 'greet', shout);
  patchMethod(Base.prototype, 'greet', shout, 'louder');
  expect(new Base().greet('you')).toBe('hello you!!');
  undoPatches();
  expect(Base.prototype.greet).toBe(original);
  expect(patchMethod(Base.prototype, 'greet', shout)).toBe(true);
});

it('gives an inherited method back to the class it came from', () => {
  patchMethod(Derived.prototype, 'greet', shout);
  expect(new Derived().greet('you')).toBe('hello you!');
  expect(new Base().greet('you')).toBe('hello you');
  undoPatches();
  expect(Object.getOwnPropertyNames(Derived.prototype)).toEqual(['constructor']);
});

it('leaves alone what somebody has wrapped after it', () => {
  patchMethod(Base.prototype, 'greet', shout);
  const ours = Base.prototype.greet;
  const theirs = (name: string): string => `(${ours.call(new Base(), name)})`;
  Base.prototype.greet = theirs;
  undoPatches();
  expect(Base.prototype.greet).toBe(theirs);
  Reflect.deleteProperty(Base.prototype, 'greet');
});

it('does nothing where there is no method', () => {
  expect(patchMethod(undefined, 'greet', shout)).toBe(false);
  expect(patchMethod(Base.prototype, 'missing', shout)).toBe(false);
  expect(patchMethod(Object.freeze({ fixed: () => 1 }), 'fixed', shout)).toBe(false);
});

it('replaces what is a setter away through it, and puts it back the same way', () => {
  const greet = (name: string): string => `hello ${name}`;
  let binding = greet;
  const module = {
    get greet() {
      return binding;
    },
    set greet(value) {
      binding = value;
    },
  };
  expect(patchMethod(module, 'greet', shout)).toBe(true);
  expect(patchMethod(module, 'greet', shout)).toBe(false);
  expect([binding('you'), binding.name, Object.getOwnPropertyDescriptor(module, 'greet')?.set === undefined]).toEqual(['hello you!', 'greet', false]);
  undoPatches();
  expect(binding).toBe(greet);
});

it('wraps a getter once, keeps how it looks, and gives it back', () => {
  const holder = {
    get path() {
      return '/';
    },
    get both() {
      return '/';
    },
    set both(_value: string) {
      // Of no use.
    },
  };
  const before = Object.getOwnPropertyDescriptor(holder, 'path');
  expect(patchGetter(holder, 'path', shout)).toBe(true);
  expect(patchGetter(holder, 'path', shout)).toBe(false);
  expect(holder.path).toBe('/!');
  const after = Object.getOwnPropertyDescriptor(holder, 'path');
  expect({ ...after, get: null }).toEqual({ ...before, get: null });
  expect(after?.get?.name).toBe('get path');
  undoPatches();
  expect(Object.getOwnPropertyDescriptor(holder, 'path')).toEqual(before);
  expect(patchGetter(holder, 'both', shout)).toBe(false);
  expect(patchGetter(holder, 'missing', shout)).toBe(false);
  expect(patchGetter(Object.freeze({ ...holder }), 'path', shout)).toBe(false);
});
