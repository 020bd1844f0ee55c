/** The foreign keys that point at an entity's rows, those of junction tables included, with what happens to them on deletion. */
import { findEntity, inverseOf } from './questions';
import type { Entity, Relation, RelationGraph } from './relationGraph';

type OnDelete = 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | 'RESTRICT' | 'NO ACTION';

export interface ForeignKeyOf {
  /** Holds the key; of a single-table family the class that declares it. */
  readonly entity: Entity;
  readonly relation: Relation;
  readonly columns: readonly string[];
  readonly nullable: boolean;
  readonly onDelete: OnDelete;
}

export interface JunctionKey {
  readonly table: string;
  /** The owning side, which the junction table belongs to. */
  readonly entity: Entity;
  readonly relation: Relation;
  readonly columns: readonly string[];
  /** The many-to-many field on the entity that was asked about; null where only the other side has one. */
  readonly ownProperty: string | null;
  readonly onDelete: OnDelete;
}

/** Foreign keys of entities that may point at rows of this one, in the graph's order. Each column set is told once. */
export function keysTo(graph: RelationGraph, entity: Entity): ForeignKeyOf[] {
  const told = new Set<string>();
  return graph.entities.flatMap((holder) =>
    holder.relations
      .filter((relation) => relation.kind !== 'many-to-many' && relation.owner && relation.joinColumns.length > 0)
      .filter((relation) => pointsAt(graph, relation, entity))
      .filter((relation) => isFirst(told, `${holder.schema ?? ''}.${holder.table}(${relation.joinColumns.map(({ column }) => column).join()})`))
      .map((relation) => ({
        entity: holder,
        relation,
        columns: relation.joinColumns.map(({ column }) => column),
        nullable: isNullable(holder, relation),
        onDelete: onDeleteOf(relation.onDelete),
      })),
  );
}

/**
 * Junction keys that point at rows of an entity. The key of the owning side does what that side says, else CASCADE; that of the other
 * side likewise, but 0.3 leaves it without an action where the other side is declared (JunctionEntityMetadataBuilder).
 */
export function junctionKeysTo(graph: RelationGraph, entity: Entity, typeormMajor: number | null): JunctionKey[] {
  const told = new Set<string>();
  return graph.entities.flatMap((owner) =>
    owner.relations.flatMap((relation): JunctionKey[] => {
      const { joinTable } = relation;
      if (relation.kind !== 'many-to-many' || !joinTable || !isFirst(told, joinTable.table)) return [];
      const inverse = inverseOf(graph, relation)?.relation;
      const unsaid = inverse && typeormMajor === 0 ? 'NO ACTION' : 'CASCADE';
      const shared = { table: joinTable.table, entity: owner, relation };
      return [
        ...(isFamily(graph, owner, entity)
          ? [{ ...shared, columns: joinTable.joinColumns, ownProperty: relation.property, onDelete: onDeleteOf(relation.onDelete, 'CASCADE') }]
          : []),
        ...(pointsAt(graph, relation, entity)
          ? [
              {
                ...shared,
                columns: joinTable.inverseJoinColumns,
                ownProperty: inverse?.property ?? null,
                onDelete: onDeleteOf(inverse?.onDelete ?? null, unsaid),
              },
            ]
          : []),
      ];
    }),
  );
}

/** The referential action as SQL names it; `otherwise` where the relation says nothing. */
function onDeleteOf(written: string | null, otherwise: OnDelete = 'NO ACTION'): OnDelete {
  switch (written?.toUpperCase()) {
    case 'CASCADE':
      return 'CASCADE';
    case 'SET NULL':
      return 'SET NULL';
    case 'DEFAULT':
    case 'SET DEFAULT':
      return 'SET DEFAULT';
    case 'RESTRICT':
      return 'RESTRICT';
    case 'NO ACTION':
      return 'NO ACTION';
    default:
      return otherwise;
  }
}

function isFirst(told: Set<string>, key: string): boolean {
  if (told.has(key)) return false;
  told.add(key);
  return true;
}

/** Rows of a single-table family lie in one table: a key to the base may point at a child's row, and the other way round. */
function pointsAt(graph: RelationGraph, { targetId }: Relation, entity: Entity): boolean {
  if (targetId === null) return false;
  if (targetId === entity.id) return true;
  const target = findEntity(graph, targetId);
  return target !== undefined && isFamily(graph, target, entity);
}

function isFamily(graph: RelationGraph, a: Entity, b: Entity): boolean {
  if (a.id === b.id) return true;
  if (a.table !== b.table || a.schema !== b.schema) return false;
  return ancestors(graph, a).has(b.id) || ancestors(graph, b).has(a.id);
}

function ancestors(graph: RelationGraph, entity: Entity): ReadonlySet<string> {
  const found = new Set<string>();
  let { parentId } = entity;
  while (parentId !== null && !found.has(parentId)) {
    const id: string = parentId;
    found.add(id);
    parentId = findEntity(graph, id)?.parentId ?? null;
  }
  return found;
}

/** The database's columns decide: a declared column over the same name is what they are made from. */
function isNullable(entity: Entity, relation: Relation): boolean {
  const columns = relation.joinColumns.flatMap(({ column: name }) => entity.columns.find(({ column }) => column === name) ?? []);
  return columns.length > 0 ? columns.every(({ nullable }) => nullable) : relation.nullable;
}
