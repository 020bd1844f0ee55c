/**
 * Foreign keys without an index, as far as TypeORM's metadata tells. MySQL and its family index the foreign keys that they enforce by themselves, Spanner
 * too; the others do not (TypeORM's docs, "Indices"). An index that a migration made without telling TypeORM is not known here.
 */
import type { MetaEntity, MetaRelation } from '../../../protocol/probe';
import type { MetadataIndex } from '../metadataIndex';
import type { Comparison, StatementFacts, StatementTemplate } from '../sql/statementFacts';

const INDEXING_DRIVERS = /^(mysql|mariadb|aurora-mysql|tidb|spanner)$/;

/** A many-to-one whose foreign key no index begins with. */
export interface UnindexedKey {
  readonly entity: MetaEntity;
  readonly relation: MetaRelation;
  readonly columns: readonly string[];
}

/** Of a many-to-one; null where it is indexed, or where the run does not tell. */
export function unindexedKey(source: MetadataIndex, entity: MetaEntity, relation: MetaRelation): UnindexedKey | null {
  const columns = relation.joinColumns.map(({ column }) => column);
  // Older recordings do not tell of indices.
  if (source.event.detailed !== true || relation.kind !== 'many-to-one' || !relation.owner || columns.length === 0) return null;
  if (INDEXING_DRIVERS.test(source.driver) && relation.foreignKey !== false) return null;
  const isCovered = source.entitiesOfTable(entity.table).some((each) => isIndexed(each, columns, relation.property));
  return isCovered ? null : { entity, relation, columns };
}

/** The foreign key that a statement searches its main table by, where no condition of it can use an index. */
export function searchedWithoutIndex(source: MetadataIndex, facts: StatementFacts | StatementTemplate): UnindexedKey | null {
  const main = facts.tables[0];
  if (main === undefined) return null;
  const searched = facts.comparisons.filter(({ clause, operator }) => clause === 'where' && operator !== 'other');
  const own = searched.filter(({ alias }) => alias === main.alias);
  const entities = source.entitiesOfTable(main.table);
  if (entities.some((entity) => own.some((comparison) => beginsAnIndex(entity, comparison)))) return null;
  for (const entity of entities) {
    for (const relation of entity.relations) {
      const key = unindexedKey(source, entity, relation);
      if (key && relation.joinColumns.every((join) => own.some(isOf(join.column)) || searched.some(isThrough(source, entity, relation, join))))
        return key;
    }
  }
  return null;
}

function isOf(column: string): (comparison: Searched) => boolean {
  return (comparison) => comparison.column.toLowerCase() === column.toLowerCase();
}

type Searched = Pick<Comparison, 'table' | 'alias' | 'column'>;

/** `where: { author: { id } }` on books joins the author and compares its key, which the database finds the books by. */
function isThrough(source: MetadataIndex, entity: MetaEntity, relation: MetaRelation, { references }: { readonly references: string }) {
  const target = source.findEntity(relation.target)?.table;
  const isOnly = entity.relations.filter((other) => other.target === relation.target).length === 1;
  return ({ table, alias, column }: Searched): boolean =>
    table === target && column === references && (isOnly || alias?.endsWith(`_${relation.property.replaceAll('.', '_')}`) === true);
}

/** Whether all that a statement joins to its main table is at most one row for each: its rows are then the main table's. */
export function joinsOnlyToOne(source: MetadataIndex, { tables }: Pick<StatementFacts, 'tables'>): boolean {
  const [main, ...joined] = tables;
  const relations = main ? source.entitiesOfTable(main.table).flatMap((entity) => entity.relations) : [];
  const targets = new Set(
    relations.filter(({ owner, joinTable }) => owner && joinTable === null).map(({ target }) => source.findEntity(target)?.table),
  );
  return joined.every(({ table }) => targets.has(table));
}

/** Foreign keys without an index that refer to a table: the database looks for their rows before it deletes one of the table. */
export function referringWithoutIndex(source: MetadataIndex, table: string): UnindexedKey[] {
  const targets = new Set(source.entitiesOfTable(table).map(({ name }) => name));
  return source.event.entities.flatMap((entity) =>
    entity.relations
      .filter((relation) => targets.has(relation.target) && relation.foreignKey !== false)
      .flatMap((relation) => unindexedKey(source, entity, relation) ?? []),
  );
}

/** `comment.bookId` */
export function columnsOf({ entity, columns }: UnindexedKey): string {
  return `${entity.table}.${columns.join(', ')}`;
}

/** Whether an index, a unique constraint or the primary key begins with the columns. They are named by property, a join column without one by its relation. */
function isIndexed(entity: MetaEntity, columns: readonly string[], relation: string): boolean {
  const names = columns.map((column) => [column, relation, propertyOf(entity, column)]);
  return indicesOf(entity).some((index) =>
    names.every((known, at) => at < index.length && index.slice(0, columns.length).some((path) => known.includes(path))),
  );
}

function beginsAnIndex(entity: MetaEntity, { column }: Pick<Comparison, 'column'>): boolean {
  const relation = entity.relations.find(({ joinColumns, owner }) => owner && joinColumns[0]?.column === column);
  const names = [column, propertyOf(entity, column), relation?.property];
  return indicesOf(entity).some(([first]) => first !== undefined && names.includes(first));
}

function indicesOf({ indices = [], uniques = [], columns }: MetaEntity): readonly (readonly string[])[] {
  const primary = columns.filter((column) => column.primary).map(({ property }) => property);
  return [...indices.map((index) => index.columns), ...uniques, primary];
}

function propertyOf(entity: MetaEntity, name: string): string | undefined {
  return entity.columns.find(({ column }) => column.toLowerCase() === name.toLowerCase())?.property;
}
