/** Rules on what a foreign key references: databases take only keys, and TypeORM does not check. */
import type { Entity, Relation } from '../model/relationGraph';
import type { RuleContext } from './rule';
import { nameOf, relationRule } from './ruleSyntax';

/** `referencedColumnName` names a column that is neither the key nor unique: "foreign key mismatch" when the schema is made. */
export const fkReferencedNotUnique = relationRule('fk-referenced-not-unique', (context, entity, relation) => {
  const reference = referenceOf(context, relation);
  if (!reference || reference.isKey || reference.inKey) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} references ${columnsOf(reference.target, reference.columns)}, which is neither ${reference.target.name}'s primary key nor unique: databases refuse such a foreign key. Add @Unique([…]) to ${reference.target.name}, or reference its key.`,
    source: relation.source,
    related: [{ message: `${reference.target.name} is declared here`, source: reference.target.source }],
  };
});

/** One column of a composite key is not unique by itself. */
export const compositePartialReference = relationRule('composite-partial-reference', (context, entity, relation) => {
  const reference = referenceOf(context, relation);
  if (!reference || reference.isKey || !reference.inKey) return null;
  const key = keyColumns(reference.target);
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} references ${columnsOf(reference.target, reference.columns)}, only a part of ${reference.target.name}'s primary key (${key.join(', ')}): databases refuse such a foreign key. Reference all of it with @JoinColumn([…]), or make the part unique.`,
    source: relation.source,
    related: [{ message: `${reference.target.name} is declared here`, source: reference.target.source }],
  };
});

/** One `@JoinColumn({ name })` for a composite key: TypeORM gives all its columns the one name (`RelationJoinColumnBuilder`). */
export const compositeJoinColumnIncomplete = relationRule('composite-joincolumn-incomplete', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (!target || !relation.owner || relation.kind === 'many-to-many') return null;
  const names = relation.joinColumns.map(({ column }) => column);
  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled === undefined) return null;
  const references = relation.joinColumns.map((join) => join.references);
  const wanted = references.map((name) => `{ name: '${relation.property}_${name}', referencedColumnName: '${propertyOf(target, name)}' }`);
  return {
    severity: 'error',
    message: `${target.name} has a primary key of ${references.length} columns (${references.join(', ')}), and ${nameOf(entity, relation)} puts all of them into ${entity.table}.${doubled}. Write @JoinColumn([${wanted.join(', ')}]).`,
    source: relation.source,
    related: [{ message: `${target.name} is declared here`, source: target.source }],
  };
});

interface Reference {
  readonly target: Entity;
  readonly columns: readonly string[];
  readonly isKey: boolean;
  /** All of them are part of the primary key. */
  readonly inKey: boolean;
}

function referenceOf(context: RuleContext, relation: Relation): Reference | null {
  const target = context.entity(relation.targetId);
  if (!target || !relation.owner || !relation.foreignKey || relation.kind === 'many-to-many' || relation.joinColumns.length === 0) return null;
  if (context.hasUnknownParts(target) || target.type === 'view') return null;
  const columns = [...new Set(relation.joinColumns.map(({ references }) => references))];
  const key = keyColumns(target);
  if (key.length === 0) return null;
  const isKey = isSame(columns, key) || isUnique(target, columns);
  return { target, columns, isKey, inKey: columns.every((column) => key.includes(column)) };
}

function isUnique(target: Entity, columns: readonly string[]): boolean {
  const properties = columns.map((column) => propertyOf(target, column));
  return (
    (columns.length === 1 && target.columns.some(({ column, unique }) => unique && column === columns[0])) ||
    target.uniques.some((unique) => isSame(unique, properties)) ||
    target.indices.some(({ unique, columns: indexed }) => unique && isSame(indexed, properties))
  );
}

function keyColumns(entity: Entity): string[] {
  return entity.columns.filter(({ primary }) => primary).map(({ column }) => column);
}

function propertyOf(target: Entity, name: string): string {
  const column = target.columns.find((candidate) => candidate.column === name);
  return column?.relation ?? column?.property ?? name;
}

function columnsOf(target: Entity, columns: readonly string[]): string {
  return columns.map((column) => `${target.table}.${column}`).join(', ');
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
