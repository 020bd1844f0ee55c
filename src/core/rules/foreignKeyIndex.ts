/** Whether reading by a foreign key finds an index. TypeORM makes none for a many-to-one, and of the databases only MySQL's family does (typeorm issue 7118). */
import type { Column, Entity, Relation } from '../model/relationGraph';

/**
 * True where the model itself has an index or unique constraint that begins with the foreign key's column: rows are found by what an index begins
 * with. Of a primary key any column counts: its order is not read.
 * @param inTable the entity and whatever else stands in its table
 */
export function isKeyIndexed(inTable: readonly Entity[], relation: Relation): boolean {
  return inTable.some((entity) => {
    const columns = keyColumns(entity, relation);
    return columns.some(({ unique, primary }) => unique || primary) || indicesWith(entity, relation).some(({ at }) => at === 0);
  });
}

/** The column that an index begins with which holds the foreign key's further behind; null where none does. */
export function beginningOfIndexWith(inTable: readonly Entity[], relation: Relation): string | null {
  for (const entity of inTable) {
    const first = indicesWith(entity, relation)[0]?.columns[0];
    if (first !== undefined) return entity.columns.find(({ property }) => property === first)?.column ?? first;
  }
  return null;
}

/** Indices and unique constraints that hold the key's column, and at which place. */
function indicesWith(entity: Entity, relation: Relation): { readonly columns: readonly string[]; readonly at: number }[] {
  const names = new Set([relation.property, ...keyColumns(entity, relation).map(({ property }) => property)]);
  return [...entity.indices.map(({ columns }) => columns), ...entity.uniques]
    .map((columns) => ({ columns, at: columns.findIndex((property) => names.has(property)) }))
    .filter(({ at }) => at >= 0);
}

function keyColumns({ columns }: Entity, { joinColumns }: Relation): readonly Column[] {
  return columns.filter(({ column }) => joinColumns.some((join) => join.column === column));
}
