/** The few functions of the language that tell an accessor from a data property, or make one final: they get plain entities. */
import { patchMethod } from './patch';
import { exposeEntity, isWatched } from './readsEntity';

const telling: readonly (readonly [holder: object, names: string])[] = [
  [Object, 'getOwnPropertyDescriptor getOwnPropertyDescriptors defineProperty defineProperties freeze seal'],
  [Reflect, 'getOwnPropertyDescriptor defineProperty'],
];

export function hookBuiltins(): void {
  for (const [holder, names] of telling) for (const name of names.split(' ')) hookBuiltin(holder, name);
}

function hookBuiltin(holder: object, name: string): void {
  patchMethod(
    holder,
    name,
    (original) =>
      function (this: unknown, ...args) {
        const [subject] = args;
        if (typeof subject === 'object' && subject !== null && isWatched(subject)) exposeEntity(subject);
        return original.apply(this, args);
      },
  );
}
