/** Looks property paths up in entities, the way TypeORM does: `EntityMetadata.findColumnWithPropertyPath` and `findRelationWithPropertyPath`. */
import type { Entity, EntityId } from '../model/relationGraph';
import type { Named, NameRole } from './usage';

export type EntityOf = (id: EntityId | null) => Entity | undefined;

/** @param path from the entity, dotted within embedded values. */
export function lookUp(entity: Entity, path: string, role: NameRole): Named {
  const relation = entity.relations.find(({ property }) => property === path);
  if (relation) return { kind: 'relation', relation };
  const isPrefix = (property: string): boolean => property.startsWith(`${path}.`);
  if (entity.relations.some(({ property }) => isPrefix(property))) return { kind: 'embedded' };
  if (role === 'relations' || role === 'join') return { kind: 'unknown' };
  const column = entity.columns.find(({ property, relation: of }) => property === path && of === null);
  if (column) return { kind: 'column', column };
  if (entity.columns.some(({ property, relation: of }) => of === null && isPrefix(property))) return { kind: 'embedded' };
  // Expressions are SQL: the database's own names are as good there.
  if (role === 'expression' && entity.columns.some(({ column: name }) => name === path)) return { kind: 'other' };
  return { kind: 'unknown' };
}

/** What may stand where a name is expected, relations first; within an embedded value the names of its members. */
export function namesAt(entity: Entity, prefix: string, role: NameRole): { readonly name: string; readonly named: Named }[] {
  const withoutColumns = role === 'relations' || role === 'join';
  const properties = [
    ...entity.relations.map(({ property }) => property),
    ...(withoutColumns
      ? []
      : entity.columns.filter(({ relation, property }) => relation === null && !isRelation(entity, property)).map(({ property }) => property)),
  ];
  const names = properties.filter((property) => property.startsWith(prefix)).map((property) => property.slice(prefix.length).split('.')[0] ?? '');
  return [...new Set(names)].map((name) => ({ name, named: lookUp(entity, prefix + name, role) }));
}

function isRelation(entity: Entity, property: string): boolean {
  return entity.relations.some((relation) => relation.property === property);
}
