/** An edge in plain words, with the entities' and fields' own names: tooltip and screen reader say the same sentence. */
import type { Entity, Relation } from '../model/relationGraph';

/** How many of each there are, which fields lead where, and what holds the relation in the database. */
export function describeRelation(entity: Entity, relation: Relation, target: Entity, inverse: Relation | null): string {
  return [
    describeCounts(entity, relation, target),
    describeFields(entity, relation, target, inverse),
    describeStorage(entity, relation, target),
  ].join(' ');
}

/** `PrintedBook is a Book: it shares the table book (kind = "printed").` */
export function describeInheritance(entity: Entity, parent: Entity): string {
  if (entity.type !== 'entity-child') return `${entity.name} extends ${parent.name} and keeps a table of its own, ${entity.table}.`;
  const discriminator = entity.columns.find(({ kind }) => kind === 'discriminator')?.column;
  const value = entity.discriminatorValue;
  const mark = value === null ? '' : ` (${discriminator ?? 'discriminator'} = ${JSON.stringify(value)})`;
  return `${entity.name} is a ${parent.name}: it shares the table ${parent.table}${mark}.`;
}

function describeCounts(entity: Entity, relation: Relation, target: Entity): string {
  const required = relation.nullable ? 'at most one' : 'exactly one';
  switch (relation.kind) {
    case 'many-to-one':
      return `Each ${entity.name} has ${required} ${target.name}; each ${target.name} has any number of ${entity.name}.`;
    case 'one-to-one':
      return `Each ${entity.name} has ${required} ${target.name}; each ${target.name} has at most one ${entity.name}.`;
    case 'many-to-many':
    case 'one-to-many':
      return `Each ${entity.name} has any number of ${target.name}, and each ${target.name} any number of ${entity.name}.`;
  }
}

function describeFields(entity: Entity, relation: Relation, target: Entity, inverse: Relation | null): string {
  const there = `${entity.name}.${relation.property}`;
  return inverse ? `Fields: ${there} and ${target.name}.${inverse.property}.` : `Field: ${there}; no field of ${target.name} leads back.`;
}

function describeStorage(entity: Entity, relation: Relation, target: Entity): string {
  if (relation.joinTable) {
    const { table, joinColumns, inverseJoinColumns } = relation.joinTable;
    return `Held by the junction table ${table} (${[...joinColumns, ...inverseJoinColumns].join(', ')}).`;
  }
  const columns = relation.joinColumns.map(({ column }) => `${entity.table}.${column}`).join(', ');
  const references = relation.joinColumns.map((join) => `${target.table}.${join.references}`).join(', ');
  if (columns === '') return `Owned by ${entity.name}.`;
  const onDelete = relation.onDelete === null ? '' : `, on delete ${relation.onDelete.toLowerCase()}`;
  return `Foreign key ${columns} → ${references}${onDelete}.`;
}
