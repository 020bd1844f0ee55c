/**
 * In which order related rows come back, where the code says none: a response must not change by an edit, and databases follow the way they read.
 *
 * - One query for the children of all parents (`relationLoadStrategy: 'query'`) reads a table as a lazy load does, so each parent's children keep
 *   their order; of a many-to-many it returns the rows of all parents mixed (RelationIdLoader groups them in the order of the one query).
 * - A join on a foreign key without an index makes SQLite build one for the query, which sorts the children by whatever else it holds. With an
 *   index, and through the junction table (TypeORM indexes both of its columns), the join keeps the order.
 * - Other databases promise nothing about joined rows; there the order of the keys is written out, where keys grow with the rows. That holds for the
 *   rows themselves as well, even where each is joined with one other: PostgreSQL may hash the rows and walk the other table (a hash right join).
 */
import { isKeyIndexed } from '../model/indexedColumns';
import type { Entity, Relation, RelationGraph } from '../model/relationGraph';
import { entityById, isToMany, type RelationStep } from './relationPath';

export function isSqlite(driver: string | null): boolean {
  return driver !== null && /sqlite|sqljs|expo|react-native|cordova|nativescript|capacitor/.test(driver);
}

/** Whether rows may come in another order because one row of another table is joined to each. SQLite walks the rows themselves, in any left join. */
export function joinsReorderRows(driver: string | null): boolean {
  return driver !== null && !isSqlite(driver);
}

/** Properties of which no two rows have the same: an order by one of them leaves no ties. */
export function uniqueProperties(entity: Entity | undefined): string[] {
  const keys = entity?.columns.filter(({ primary }) => primary) ?? [];
  return (entity?.columns ?? []).filter((column) => (column.primary ? keys.length === 1 : column.unique)).map(({ property }) => property);
}

/** Property of a key that grows with each row, so that ordering by it is the order in which rows were written; null where there is none. */
export function growingKey(entity: Entity | undefined): string | null {
  const keys = entity?.columns.filter(({ primary }) => primary) ?? [];
  const [key] = keys;
  return keys.length === 1 && key && (key.generated === 'increment' || key.generated === 'identity') ? key.property : null;
}

/** Whether the foreign key behind a one-to-many is indexed in the database by the sources. */
export function isForeignKeyIndexed(graph: RelationGraph, relation: Relation): boolean {
  const target = entityById(graph, relation.targetId);
  const owner = target?.relations.find(({ property }) => property === relation.inverse);
  if (!target || !owner) return false;
  return isKeyIndexed(
    graph.entities.filter(({ table, schema }) => table === target.table && schema === target.schema),
    owner,
  );
}

/** Collections along the paths, each with its path, in the order of the paths; what is shared by two paths once. */
export function collectionsOf(paths: ReadonlyMap<string, readonly RelationStep[]>): { readonly path: string; readonly step: RelationStep }[] {
  const found = new Map<string, RelationStep>();
  for (const steps of paths.values()) {
    steps.forEach((step, i) => {
      if (isToMany(step.relation))
        found.set(
          steps
            .slice(0, i + 1)
            .map(({ relation }) => relation.property)
            .join('.'),
          step,
        );
    });
  }
  return [...found].map(([path, step]) => ({ path, step }));
}
