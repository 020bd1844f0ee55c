/** Questions on a RelationGraph. Those that go through the whole graph build an index of it once, and keep it with the graph. */
import type { Column, Entity, EntityId, Relation, RelationGraph, SourceRange } from './relationGraph';

/** A relation together with the entity that has it. */
export interface RelationOf {
  readonly entity: Entity;
  readonly relation: Relation;
}

/** Columns that point to another table. */
export interface ForeignKey extends RelationOf {
  readonly target: Entity;
  readonly columns: readonly { readonly column: string; readonly references: string }[];
}

/** Steps from one entity to another along relations: `enrollments`, then `course`. */
export type RelationPath = readonly RelationOf[];

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

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
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

/** The foreign keys that an entity's own table holds. */
export function foreignKeysOf(graph: RelationGraph, entity: Entity): ForeignKey[] {
  return entity.relations.flatMap((relation) => {
    const target = relation.targetId === null ? undefined : indexOf(graph).byId.get(relation.targetId);
    return target && relation.joinColumns.length > 0 ? [{ entity, relation, target, columns: relation.joinColumns }] : [];
  });
}

/** The entities one relation away, in either direction, in the graph's order; the entity itself only where it refers to itself. */
export function neighboursOf(graph: RelationGraph, entity: Entity): Entity[] {
  const ids = new Set<EntityId | null>([
    ...entity.relations.map(({ targetId }) => targetId),
    ...relationsTo(graph, entity).map((each) => each.entity.id),
  ]);
  return graph.entities.filter(({ id }) => ids.has(id));
}

const maxPaths = 20;

/**
 * The ways from one entity to another along its relations, shortest first; no entity is passed twice. `maxSteps` bounds their
 * length. An empty list where there is none; the way from an entity to itself is through a relation to itself or in a circle.
 */
export function pathsBetween(graph: RelationGraph, from: Entity, to: Entity, maxSteps = 4): RelationPath[] {
  const { byId } = indexOf(graph);
  const found: RelationPath[] = [];
  let open: RelationPath[] = [[]];
  for (let length = 0; length < maxSteps && open.length > 0 && found.length < maxPaths; length++) {
    const longer: RelationPath[] = [];
    for (const path of open) {
      const entity = endOf(path, from, byId);
      for (const relation of entity?.relations ?? []) {
        if (!entity || relation.targetId === null) continue;
        const next = [...path, { entity, relation }];
        if (relation.targetId === to.id) found.push(next);
        else if (relation.targetId !== from.id && !path.some((step) => step.entity.id === relation.targetId)) longer.push(next);
      }
    }
    open = longer;
  }
  return found.slice(0, maxPaths);
}

function endOf(path: RelationPath, start: Entity, byId: ReadonlyMap<EntityId, Entity>): Entity | undefined {
  const last = path[path.length - 1];
  return last ? byId.get(last.relation.targetId ?? '') : start;
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
  const properties = new Set(entity.columns.filter(({ column }) => joined.has(column)).map(({ property }) => property));
  if (entity.uniques.some((columns) => columns.length >= 2 && columns.every((property) => properties.has(property)))) return true;
  const data = entity.columns.filter(({ primary, kind, column }) => !primary && kind === 'regular' && !joined.has(column));
  const isReferredTo = relationsTo(graph, entity).some(({ relation }) => relation.owner);
  return links.length === 2 && links.every(({ nullable }) => !nullable) && data.length <= 2 && !isReferredTo;
}

/** The entity whose declaration covers a place; 1-based line and column. */
export function entityAt(graph: RelationGraph, file: string, line: number, column: number): Entity | undefined {
  return graph.entities.find(({ range }) => covers(range, file, line, column));
}

/** The relation whose declaration covers a place; an inherited one with the entity that declares it, where that is in the graph. */
export function relationAt(graph: RelationGraph, file: string, line: number, column: number): RelationOf | undefined {
  const hits = graph.entities.flatMap((entity) =>
    entity.relations.filter(({ range }) => covers(range, file, line, column)).map((relation) => ({ entity, relation })),
  );
  return hits.find(({ entity, relation }) => entity.name === relation.declaredIn) ?? hits[0];
}

/** The column whose property name stands at a place. */
export function columnAt(
  graph: RelationGraph,
  file: string,
  line: number,
  column: number,
): { readonly entity: Entity; readonly column: Column } | undefined {
  const hits = graph.entities.flatMap((entity) =>
    entity.columns.filter(({ source }) => source !== null && covers(source, file, line, column)).map((each) => ({ entity, column: each })),
  );
  return hits.find((hit) => hit.entity.name === hit.column.declaredIn) ?? hits[0];
}

function covers(range: SourceRange, file: string, line: number, column: number): boolean {
  if (range.file !== file || line < range.line || line > range.endLine) return false;
  return (line > range.line || column >= range.column) && (line < range.endLine || column <= range.endColumn);
}
