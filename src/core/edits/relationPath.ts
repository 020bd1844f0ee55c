/** Follows a property path (`books.publisher`, `address.city` through an embedded value) through the graph. */
import type { Entity, Relation, RelationGraph } from '../model/relationGraph';

export interface RelationStep {
  readonly entity: Entity;
  readonly relation: Relation;
}

/** The relations along the path, or null where the path does not resolve. */
export function relationsAlong(graph: RelationGraph, entityName: string, path: string): readonly RelationStep[] | null {
  for (const entity of graph.entities) {
    const steps = entity.name === entityName ? follow(graph, entity, path) : null;
    if (steps) return steps;
  }
  return null;
}

export function isToMany(relation: Relation): boolean {
  return relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
}

export function entityById(graph: RelationGraph, id: string | null): Entity | undefined {
  return graph.entities.find((entity) => entity.id === id);
}

/** Whether the entity's rows may be deleted and stay: a relation to one of those is null, whatever its foreign key says. */
export function isSoftDeleted(graph: RelationGraph, entityId: string | null): boolean {
  return entityById(graph, entityId)?.columns.some(({ kind }) => kind === 'delete-date') ?? false;
}

function follow(graph: RelationGraph, entity: Entity, path: string): readonly RelationStep[] | null {
  // The longest property path wins: an embedded value's relation is itself dotted.
  const relation = [...entity.relations]
    .sort((a, b) => b.property.length - a.property.length)
    .find(({ property }) => path === property || path.startsWith(`${property}.`));
  if (!relation) return null;
  const step = { entity, relation };
  if (path === relation.property) return [step];
  const target = entityById(graph, relation.targetId);
  const rest = target ? follow(graph, target, path.slice(relation.property.length + 1)) : null;
  return rest ? [step, ...rest] : null;
}
