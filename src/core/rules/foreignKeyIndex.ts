/** Whether reading by a foreign key finds an index. TypeORM makes none for a many-to-one, and of the databases only MySQL's family does (typeorm issue 7118). */
import type { Entity, Relation } from '../model/relationGraph';

/**
 * True where the model itself has the foreign key's column in an index, unique constraint or key. The graph keeps the columns of an index
 * sorted, so one that holds the column at all counts.
 * @param inTable the entity and whatever else stands in its table
 */
export function isKeyIndexed(inTable: readonly Entity[], relation: Relation): boolean {
  return inTable.some((entity) => isCovered(entity, relation));
}

function isCovered(entity: Entity, relation: Relation): boolean {
  const [first] = relation.joinColumns;
  const columns = entity.columns.filter(({ column }) => column === first?.column);
  const names = new Set([relation.property, ...columns.map(({ property }) => property)]);
  const holds = (properties: readonly string[]): boolean => properties.some((property) => names.has(property));
  const keys = entity.columns.filter(({ primary }) => primary);
  return (
    columns.some(({ unique }) => unique) ||
    keys.some(({ column }) => column === first?.column) ||
    entity.indices.some((index) => holds(index.columns)) ||
    entity.uniques.some(holds)
  );
}
