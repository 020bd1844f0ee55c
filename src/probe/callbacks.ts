/** Where TypeORM calls the app back in the middle of an operation: transactions, entity listeners, subscribers. */
import { noteAnswer } from './connections';
import { asCallback, enterCallback } from './operations';
import { leaveContext } from './context';
import { countLoaded } from './hydration';
import { patchMethod, type Method } from './patch';
import { dataSourceOf, type HasDataSource } from './typeormShapes';

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

interface BroadcasterLike {
  readonly queryRunner: HasDataSource;
}

/** Whether entities of a DataSource (by its list of them) have listeners. */
const listened = new WeakMap<object, boolean>();

/** Most events have nobody to tell: no context need be entered for them. */
function hasAudience({ queryRunner }: BroadcasterLike): boolean {
  const { subscribers, entityMetadatas } = dataSourceOf(queryRunner) ?? {};
  if (!subscribers || subscribers.length > 0 || !entityMetadatas) return true;
  let answer = listened.get(entityMetadatas);
  if (answer === undefined) listened.set(entityMetadatas, (answer = entityMetadatas.some(({ listeners }) => listeners?.length !== 0)));
  return answer;
}

/**
 * `broadcast…Event` calls listeners and subscribers synchronously, and collects the promises they return. Of a load it says which
 * entities were: they count where the rows' transformer could not be hooked. Of a query it says that the database has answered.
 */
export function hookBroadcasts(broadcaster: object | undefined): void {
  if (!broadcaster) return;
  for (const name of Object.getOwnPropertyNames(broadcaster)) {
    if (!/^broadcast\w+Event$/.test(name)) continue;
    const loads = name === 'broadcastLoadEvent';
    const answers = name === 'broadcastAfterQueryEvent';
    patchMethod(
      broadcaster,
      name,
      (original) =>
        function (this: unknown, ...args) {
          if (loads) countLoaded(args[2]);
          if (answers) noteAnswer((this as BroadcasterLike).queryRunner, args[5]);
          if (!hasAudience(this as BroadcasterLike)) return original.apply(this, args);
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
