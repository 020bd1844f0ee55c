/** Questions on a RelationGraph. Those that go through the whole graph build an index of it once, and keep it with the graph. */
import { groupBy } from './groupBy';
import type { Entity, EntityId, Relation, RelationGraph } from './relationGraph';

/** A relation together with the entity that has it. */
export interface RelationOf {
  readonly entity: Entity;
  readonly relation: Relation;
}

interface GraphIndex {
  readonly byId: ReadonlyMap<EntityId, Entity>;
  readonly byName: ReadonlyMap<string, readonly Entity[]>;
  readonly pointingAt: ReadonlyMap<EntityId, readonly RelationOf[]>;
}

const indices = new WeakMap<RelationGraph, GraphIndex>();

function indexOf(graph: RelationGraph): GraphIndex {
  let index = indices.get(graph);
  if (!index) {
    const owned = graph.entities.flatMap((entity) => entity.relations.map((relation) => ({ entity, relation })));
    index = {
      byId: new Map(graph.entities.map((entity) => [entity.id, entity])),
      byName: groupBy(graph.entities, ({ name }) => name),
      pointingAt: groupBy(owned, ({ relation }) => relation.targetId ?? ''),
    };
    indices.set(graph, index);
  }
  return index;
}

/** An entity by its id or by its name; of several with one name, the first. Undefined where there is none. */
export function findEntity(graph: RelationGraph, idOrName: string): Entity | undefined {
  const { byId, byName } = indexOf(graph);
  return byId.get(idOrName) ?? byName.get(idOrName)?.[0];
}

/** The relation that a relation names as its other side; undefined where it names none. Not symmetric: the other may name another. */
export function inverseOf(graph: RelationGraph, { targetId, inverse }: Relation): RelationOf | undefined {
  const entity = targetId === null ? undefined : indexOf(graph).byId.get(targetId);
  const relation = inverse === null ? undefined : entity?.relations.find(({ property }) => property === inverse);
  return entity && relation ? { entity, relation } : undefined;
}

/** The relations of all entities that lead to an entity. */
export function relationsTo(graph: RelationGraph, entity: Entity): readonly RelationOf[] {
  return indexOf(graph).pointingAt.get(entity.id) ?? [];
}

/**
 * True for an association object: an entity whose business is to join two others by two many-to-one relations. Either its key
 * or a unique constraint is made of them, or it requires both and has next to no data of its own.
 */
export function isLinkEntity(graph: RelationGraph, entity: Entity): boolean {
  const links = entity.relations.filter(({ kind, owner, targetId }) => kind === 'many-to-one' && owner && targetId !== null);
  if (links.length < 2 || entity.type !== 'regular') return false;
  const joined = new Set(links.flatMap(({ joinColumns }) => joinColumns.map(({ column }) => column)));
  const key = entity.columns.filter(({ primary }) => primary);
  if (key.length >= 2 && key.every(({ column }) => joined.has(column))) return true;
  const columns = entity.columns.filter(({ column }) => joined.has(column));
  const properties = new Set([...links, ...columns].map(({ property }) => property));
  if (entity.uniques.some((unique) => unique.length >= 2 && unique.every((property) => properties.has(property)))) return true;
  const data = entity.columns.filter(({ primary, kind, column }) => !primary && kind === 'regular' && !joined.has(column));
  const isReferredTo = relationsTo(graph, entity).some(({ relation }) => relation.owner);
  return links.length === 2 && links.every(({ nullable }) => !nullable) && data.length <= 2 && !isReferredTo;
}
