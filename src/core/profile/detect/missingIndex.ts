/**
 * The foreign key that every query of an N+1 looks for, where no index is known to help: each of the queries then reads the whole table. MySQL and
 * MariaDB index foreign keys by themselves; the others do not (TypeORM's docs, "Indices").
 */
import type { MetaEntity } from '../../../protocol/probe';
import type { EntityRelation, MetadataIndex } from '../metadataIndex';

const INDEXING_DRIVERS = /^(mysql|mariadb|aurora-mysql|tidb)$/;

/** A sentence for the finding, or nothing. @param found the relation that the loop loads, from its parent */
export function noteMissingIndex(source: MetadataIndex | null, found: EntityRelation | undefined): string {
  const relation = found?.relation;
  if (!source || relation?.kind !== 'one-to-many' || INDEXING_DRIVERS.test(source.driver)) return '';
  const child = source.findEntity(relation.target);
  const columns = relation.joinColumns.map(({ column }) => column);
  // Older recordings do not tell of indices.
  if (!child || columns.length === 0 || source.event.detailed !== true || isIndexed(child, columns, relation.inverse)) return '';
  return ` No index is declared on ${child.table}.${columns.join(', ')}, so each of them may read the whole table: add \`@Index()\`${relation.inverse === null ? '' : ` to ${child.name}.${relation.inverse}`}.`;
}

/** Whether an index, a unique constraint or the primary key begins with the columns. They are named by property, a join column without one by its relation. */
function isIndexed({ indices = [], uniques = [], columns: all }: MetaEntity, columns: readonly string[], relation: string | null): boolean {
  const primary = all.filter((column) => column.primary).map(({ property }) => property);
  const known = [...indices.map((index) => index.columns), ...uniques, primary];
  const namesOf = (name: string) => [name, relation, all.find(({ column }) => column === name)?.property];
  return known.some((index) =>
    columns.every((column, at) => at < index.length && index.slice(0, columns.length).some((path) => namesOf(column).includes(path))),
  );
}
