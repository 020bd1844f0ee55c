/** Which columns an index serves: rows are found by what an index begins with. The rules, the edits, the hovers and the diagram ask here. */
import type { Column, Entity, Relation } from './relationGraph';

/** True where the column is a key or unique (of a primary key any column counts: its order is not read), or an index or unique constraint begins with it. */
export function isColumnIndexed(entity: Entity, column: Column): boolean {
  return column.unique || column.primary || indicesWith(entity, propertiesOf(entity, column)).some(({ at }) => at === 0);
}

/**
 * True where the model itself has an index or unique constraint that begins with the foreign key's column. TypeORM makes none for a many-to-one,
 * and of the databases only MySQL's family does (typeorm issue 7118).
 * @param inTable the entity and whatever else stands in its table
 */
export function isKeyIndexed(inTable: readonly Entity[], relation: Relation): boolean {
  return inTable.some((entity) => keyColumns(entity, relation).some((column) => isColumnIndexed(entity, column)));
}

/** The column that an index begins with which holds the foreign key's further behind; null where none does. */
export function beginningOfIndexWith(inTable: readonly Entity[], relation: Relation): string | null {
  for (const entity of inTable) {
    const first = indicesWith(entity, new Set(keyColumns(entity, relation).flatMap((column) => [...propertiesOf(entity, column)])))[0]?.columns[0];
    if (first !== undefined) return entity.columns.find(({ property }) => property === first)?.column ?? first;
  }
  return null;
}

/** Indices and unique constraints that hold one of the properties, and at which place. */
function indicesWith(entity: Entity, properties: ReadonlySet<string>): { readonly columns: readonly string[]; readonly at: number }[] {
  return [...entity.indices.map(({ columns }) => columns), ...entity.uniques]
    .map((columns) => ({ columns, at: columns.findIndex((property) => properties.has(property)) }))
    .filter(({ at }) => at >= 0);
}

/** What indices may call a column: its property, and the relations whose join column it is. */
function propertiesOf({ relations }: Entity, { property, column }: Column): ReadonlySet<string> {
  const joined = relations.filter(({ joinTable, joinColumns }) => joinTable === null && joinColumns.some((join) => join.column === column));
  return new Set([property, ...joined.map((relation) => relation.property)]);
}

function keyColumns({ columns }: Entity, { joinColumns }: Relation): readonly Column[] {
  return columns.filter(({ column }) => joinColumns.some((join) => join.column === column));
}
