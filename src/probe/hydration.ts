/** The third height: rows become entities. Counts them, for the operation that asked for them. */
import { currentContext, type OperationState } from './context';
import { patchMethod } from './patch';
import { noteHydrated } from './reads';
import type { EntityMetadataLike } from './typeormShapes';

interface Alias {
  readonly metadata?: EntityMetadataLike;
}

/** `transform` is called for the root alias, and by itself for every joined one. */
export function hookHydration(transformer: object | undefined): void {
  let depth = 0;
  patchMethod(
    transformer,
    'transform',
    (original) =>
      function (this: unknown, ...args) {
        depth++;
        try {
          const entities = original.apply(this, args);
          const operation = currentContext()?.operation;
          count(operation, entities, depth === 1);
          if (operation && depth === 1 && Array.isArray(entities)) noteHydrated(operation, (args[1] as Alias | undefined)?.metadata, entities);
          return entities;
        } finally {
          depth--;
        }
      },
  );
}

/** Root entities that TypeORM tells its listeners of. */
export function countLoaded(entities: unknown): void {
  const operation = currentContext()?.operation;
  if (operation?.entities === 0) count(operation, entities, true);
}

function count(operation: OperationState | null | undefined, entities: unknown, areRoots: boolean): void {
  if (!operation || !Array.isArray(entities)) return;
  operation.entities += entities.length;
  // Further queries of the same operation (relations by query, pages) hydrate what is joined to the first one's roots.
  if (areRoots && operation.roots === 0) operation.roots = entities.length;
}
