/**
 * New objects that hang on what is saved, and that `save` does not save, because the relation does not cascade inserts. TypeORM leaves them out
 * of a collection without a word, and fails on a reference with a message about something else (`CascadesSubjectBuilder`).
 */
import { currentContext } from './context';
import { patchMethod } from './patch';
import { isPromise } from './promises';
import { valueOf } from './readsEntity';
import type { Recorder } from './recorder';
import { dataSourceOf, type EntityMetadataLike, type HasDataSource, type RelationMetadataLike } from './typeormShapes';

/** Entities of one call that are looked at: the first of a thousand say what all say. */
const LOOKED_AT = 20;

/** Placed beneath the operation's hook, so that what it finds belongs to the call. */
export function hookSaves(recorder: Recorder, entityManager: object | undefined): void {
  patchMethod(
    entityManager,
    'save',
    (original) =>
      function (this: unknown, ...args) {
        const operation = currentContext()?.operation;
        if (operation) {
          for (const unsaved of unsavedIn(this as HasDataSource, args)) recorder.detail({ e: 'unsaved', op: operation.id, ...unsaved });
        }
        return original.apply(this, args);
      },
    'unsaved',
  );
}

interface Unsaved {
  readonly entity: string;
  readonly relation: string;
  readonly target: string;
  readonly kind: RelationMetadataLike['relationType'];
  readonly count: number;
}

/** `save(entity)`, `save([…])`, `save(Author, entity)`: nothing is read but own plain properties, so that no getter of the app's runs. */
function unsavedIn(manager: HasDataSource, args: readonly unknown[]): Iterable<Unsaved> {
  try {
    const first = args[0];
    const isTarget = typeof first === 'function' || typeof first === 'string' || (isObject(first) && 'options' in first && isObject(args[1]));
    const given = isTarget ? args[1] : first;
    const saved: readonly unknown[] = Array.isArray(given) ? given : [given];
    const dataSource = dataSourceOf(manager);
    const found = new Map<RelationMetadataLike, Unsaved>();
    for (const entity of saved.slice(0, LOOKED_AT)) {
      if (!isObject(entity)) continue;
      const target: unknown = isTarget ? first : entity.constructor;
      const metadata =
        dataSource?.entityMetadatasMap?.get(target) ?? dataSource?.entityMetadatas.find((each) => each.target === target || each.name === target);
      if (metadata) addUnsaved(found, metadata, entity, saved);
    }
    return found.values();
  } catch {
    return [];
  }
}

function addUnsaved(found: Map<RelationMetadataLike, Unsaved>, metadata: EntityMetadataLike, entity: object, saved: readonly unknown[]): void {
  for (const relation of metadata.relations) {
    if (relation.isCascadeInsert !== false || relation.persistenceEnabled === false || relation.propertyPath.includes('.')) continue;
    const value = valueOf(entity, relation.propertyPath) ?? (relation.isLazy ? valueOf(entity, `__${relation.propertyPath}__`) : undefined);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const count = values.filter(
      (each) => isObject(each) && !isPromise(each) && isNew(relation.inverseEntityMetadata, each) && !saved.includes(each),
    ).length;
    if (count === 0) continue;
    const before = found.get(relation)?.count ?? 0;
    const { propertyPath, relationType: kind } = relation;
    found.set(relation, { entity: metadata.name, relation: propertyPath, target: relation.inverseEntityMetadata.name, kind, count: before + count });
  }
}

/** An object without its generated key. A key of the app's own making says nothing of whether there is such a row. */
function isNew({ primaryColumns }: EntityMetadataLike, value: object): boolean {
  const generated = primaryColumns.filter(({ isGenerated, propertyPath }) => isGenerated && !propertyPath.includes('.'));
  return (
    generated.length > 0 &&
    generated.length === primaryColumns.length &&
    generated.every(({ propertyPath }) => (valueOf(value, propertyPath) ?? null) === null)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
