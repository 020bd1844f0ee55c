/** RelationGraph → a Mermaid entity-relationship diagram (https://mermaid.js.org/syntax/entityRelationshipDiagram.html). */
import { findEntity, inverseOf } from '../model/questions';
import type { Column, Entity, Relation, RelationGraph } from '../model/relationGraph';

/** Ends with a line feed. Junction tables are folded into their relation's line, inheritance is drawn as a dotted line. */
export function writeMermaid(graph: RelationGraph): string {
  const names = uniqueNames(graph.entities);
  const lines = ['erDiagram'];
  for (const entity of graph.entities) lines.push(...writeEntity(entity, names));
  for (const entity of graph.entities) {
    if (entity.parentId !== null && names.has(entity.parentId))
      lines.push(`  ${names.get(entity.parentId)} ||..o| ${names.get(entity.id)} : "extended by"`);
    for (const relation of entity.relations) lines.push(...writeRelation(graph, entity, relation, names));
  }
  return `${lines.join('\n')}\n`;
}

/** Entities may share a name; the later ones get a number. */
function uniqueNames(entities: readonly Entity[]): Map<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    entities.map(({ id, name }) => {
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return [id, quote(count === 1 ? name : `${name} (${count})`)];
    }),
  );
}

function quote(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : `"${name.replaceAll('"', "'")}"`;
}

function writeEntity(entity: Entity, names: ReadonlyMap<string, string>): string[] {
  const foreign = new Set(entity.relations.flatMap(({ joinColumns }) => joinColumns.map(({ column }) => column)));
  return [`  ${names.get(entity.id)} {`, ...entity.columns.map((column) => `    ${writeColumn(column, foreign)}`), '  }'];
}

function writeColumn(column: Column, foreign: ReadonlySet<string>): string {
  const keys = [column.primary ? 'PK' : '', foreign.has(column.column) ? 'FK' : '', column.unique && !column.primary ? 'UK' : ''].filter(Boolean);
  const comment = column.nullable ? ' "nullable"' : '';
  return `${word(column.type ?? 'unknown')} ${word(column.column)}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${comment}`;
}

/** Attribute types and names are single words in Mermaid. */
function word(text: string): string {
  const cleaned = text.replace(/[^\w[\]()-]+/g, '_');
  return /^[A-Za-z_]/.test(cleaned) ? cleaned : `_${cleaned}`;
}

function writeRelation(graph: RelationGraph, entity: Entity, relation: Relation, names: ReadonlyMap<string, string>): string[] {
  const target = relation.targetId === null ? undefined : names.get(relation.targetId);
  const inverse = inverseOf(graph, relation)?.relation;
  // A pair is one line, written where the foreign key or the junction table is declared; an inherited relation is its base's.
  if (target === undefined || (!relation.owner && inverse?.owner) || (entity.parentId !== null && isInherited(graph, entity, relation))) return [];
  const label = inverse ? `${relation.property} / ${inverse.property}` : relation.property;
  return [`  ${names.get(entity.id)} ${cardinality(relation)} ${target} : "${label}${relation.joinTable ? ` (${relation.joinTable.table})` : ''}"`];
}

function isInherited(graph: RelationGraph, entity: Entity, { property }: Relation): boolean {
  return findEntity(graph, entity.parentId ?? '')?.relations.some((relation) => relation.property === property) ?? false;
}

function cardinality(relation: Relation): string {
  switch (relation.kind) {
    case 'many-to-one':
      return relation.nullable ? '}o--o|' : '}o--||';
    case 'one-to-one':
      return relation.nullable ? '|o--o|' : '|o--||';
    case 'one-to-many':
      return '||--o{';
    case 'many-to-many':
      return '}o--o{';
  }
}
