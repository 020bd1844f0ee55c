/**
 * Lazy relations. The getter that `RelationLoader.enableLazyLoad` defines calls `load` synchronously, so the stack of `load` still
 * holds the line that read the property; one microtask later it would be lost.
 */
import { CallShape } from './callShapes';
import { currentContext, type OperationStart } from './context';
import { operationWrapper } from './operations';
import { patchMethod } from './patch';
import type { Recorder } from './recorder';
import { sourceId } from './sources';
import { dataSourceOf, type HasDataSource, type RelationMetadataLike } from './typeormShapes';
import { copyValue } from './values';

/** Entity → operation that hydrated it. Weak: the probe keeps nothing of the app alive. */
const owners = new WeakMap<object, number>();

/** Relations are objects of their DataSource: looking them up takes less than putting names together. */
const shapes = new WeakMap<object, CallShape>();

export function hookLazyLoads(recorder: Recorder, relationLoader: object | undefined): void {
  patchMethod(
    relationLoader,
    'enableLazyLoad',
    (original) =>
      function (this: unknown, ...args) {
        const operation = currentContext()?.operation;
        const entity = args[1];
        if (operation && typeof entity === 'object' && entity !== null) owners.set(entity, operation.id);
        return original.apply(this, args);
      },
  );
  patchMethod(relationLoader, 'load', (original) => operationWrapper(recorder, original, describeLoad));
}

function describeLoad(loader: unknown, args: readonly unknown[]): OperationStart {
  const [relation, owner] = args as [RelationMetadataLike, unknown];
  const { entityMetadata, propertyPath } = relation;
  const source = sourceId(dataSourceOf(loader as HasDataSource));
  let shape = shapes.get(relation);
  if (!shape) shapes.set(relation, (shape = new CallShape()));
  if (typeof owner !== 'object' || owner === null || Array.isArray(owner)) {
    return { api: 'lazy', entity: entityMetadata.name, relation: propertyPath, source, shape };
  }
  const ownerKey: unknown[] = [];
  for (const column of entityMetadata.primaryColumns) ownerKey.push(copyValue(column.getEntityValue(owner)));
  return { api: 'lazy', entity: entityMetadata.name, relation: propertyPath, source, ownerOperation: owners.get(owner) ?? 0, ownerKey, shape };
}
