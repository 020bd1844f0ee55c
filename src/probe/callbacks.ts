/** Where TypeORM calls the app back in the middle of an operation: transactions, entity listeners, subscribers. */
import { asCallback, enterCallback } from './operations';
import { leaveContext } from './context';
import { patchMethod, type Method } from './patch';

/** `manager.transaction([isolation], callback)`: what the callback does are operations inside of the transaction. */
export function hookTransactions(entityManager: object | undefined): void {
  patchMethod(
    entityManager,
    'transaction',
    (original) =>
      function (this: unknown, ...args) {
        return original.apply(
          this,
          args.map((argument) => (typeof argument === 'function' ? asCallback(argument as Method) : argument)),
        );
      },
    'callback',
  );
}

/** `broadcast…Event` calls listeners and subscribers synchronously, and collects the promises they return. */
export function hookBroadcasts(broadcaster: object | undefined): void {
  if (!broadcaster) return;
  for (const name of Object.getOwnPropertyNames(broadcaster)) {
    if (!/^broadcast\w+Event$/.test(name)) continue;
    patchMethod(
      broadcaster,
      name,
      (original) =>
        function (this: unknown, ...args) {
          const before = enterCallback();
          try {
            return original.apply(this, args);
          } finally {
            if (before) leaveContext(before);
          }
        },
    );
  }
}
