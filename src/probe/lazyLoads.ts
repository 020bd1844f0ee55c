/**
 * Lazy relations. The getter that `RelationLoader.enableLazyLoad` defines calls `load` synchronously, so the stack of `load` still
 * holds the line that read the property; one microtask later it would be lost.
 */
import { CallShape } from './callShapes';
import { currentContext, type OperationStart, type OperationState } from './context';
import { operationWrapper } from './operations';
import { patchMethod } from './patch';
import type { Recorder } from './recorder';
import { sourceId } from './sources';
import { dataSourceOf, type HasDataSource, type RelationMetadataLike } from './typeormShapes';
import { copyValue } from './values';

/** On a loader: the operation that hydrated the entities whose getters it was asked to define. */
const hydratedBy = Symbol('hydrated by');

interface LoaderOfOperation {
  [hydratedBy]?: number;
}

/** Relations are objects of their DataSource: looking them up takes less than putting names together. */
const shapes = new WeakMap<object, CallShape>();

export function hookLazyLoads(recorder: Recorder, relationLoader: object | undefined): void {
  patchMethod(
    relationLoader,
    'enableLazyLoad',
    (original) =>
      function (this: unknown, ...args) {
        const operation = currentContext()?.operation;
        return original.apply(operation && isEntity(args[1]) ? loaderOf(operation, this as object) : this, args);
      },
  );
  patchMethod(relationLoader, 'load', (original) => operationWrapper(recorder, original, describeLoad));
}

/** Whether `create` is running: it reads every relation of what it is handed, synchronously, and waits for none. */
let isCreating = false;

/** Lazy loads within `create` are TypeORM's doing, no reads of the app's. */
export function hookCreate(entityManager: object | undefined): void {
  patchMethod(
    entityManager,
    'create',
    (original) =>
      function (this: unknown, ...args) {
        const before = isCreating;
        isCreating = true;
        try {
          return original.apply(this, args);
        } finally {
          isCreating = before;
        }
      },
  );
}

/**
 * The getters that `enableLazyLoad` defines ask the loader that defined them. So an operation has one of its own, which inherits all from TypeORM's:
 * keeping each entity beside its operation (in a WeakMap) would take longer than all else that is done for an entity.
 */
function loaderOf(operation: OperationState, loader: object): object {
  const known = operation.lazyLoader;
  if (known && Reflect.getPrototypeOf(known) === loader) return known;
  const own = Object.create(loader) as LoaderOfOperation;
  own[hydratedBy] = operation.id;
  return (operation.lazyLoader = own);
}

/** Getters on the prototypes of classes, for objects that the app makes by itself, are defined when TypeORM builds its metadata. */
function isEntity(target: unknown): boolean {
  return typeof target === 'object' && target !== null && !Object.prototype.hasOwnProperty.call(target, 'constructor');
}

function describeLoad(loader: unknown, args: readonly unknown[]): OperationStart {
  const [relation, owner] = args as [RelationMetadataLike, unknown];
  const { entityMetadata, propertyPath } = relation;
  const source = sourceId(dataSourceOf(loader as HasDataSource));
  if (isCreating) return { api: 'EntityManager.create', entity: entityMetadata.name, relation: propertyPath, source };
  let shape = shapes.get(relation);
  if (!shape) shapes.set(relation, (shape = new CallShape()));
  if (typeof owner !== 'object' || owner === null || Array.isArray(owner)) {
    return { api: 'lazy', entity: entityMetadata.name, relation: propertyPath, source, shape };
  }
  const ownerKey: unknown[] = [];
  for (const column of entityMetadata.primaryColumns) ownerKey.push(copyValue(column.getEntityValue(owner)));
  return {
    api: 'lazy',
    entity: entityMetadata.name,
    relation: propertyPath,
    source,
    ownerOperation: (loader as LoaderOfOperation)[hydratedBy] ?? 0,
    ownerKey,
    shape,
  };
}
