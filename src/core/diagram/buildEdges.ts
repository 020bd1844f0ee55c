/**
 * One edge per relation: the owning side gives it its identity, the side that leads back is merged in. Cardinalities are those of
 * the database as TypeORM builds it, so an end is "at least one" only where a non-null foreign key enforces it.
 */
import type { Entity, EntityId, Relation } from '../model/relationGraph';
import { describeInheritance, describeRelation } from './describeEdge';
import type { DiagramEdge, EdgeEnd } from './diagramModel';

/** Edges in the entities' order, relations before inheritance. Relations to entities that are not shown have none. */
export function buildEdges(entities: readonly Entity[], byId: ReadonlyMap<EntityId, Entity>): DiagramEdge[] {
  const merged = new Set<string>();
  const edges: DiagramEdge[] = [];
  for (const { entity, relation, target } of declaredRelations(entities, byId)) {
    if (!relation.owner) continue;
    const inverse = findInverse(entity, relation, target, byId);
    if (inverse) merged.add(edgeKey(inverse.entity.id, inverse.relation.property));
    edges.push(keptEdge(entity, relation, inverse?.entity ?? target, inverse?.relation ?? null));
  }
  // What is left has no owning side: TypeORM would refuse it, the picture still shows where it was meant to lead.
  for (const { entity, relation, target } of declaredRelations(entities, byId)) {
    if (!relation.owner && !merged.has(edgeKey(entity.id, relation.property))) edges.push(toOwnerlessEdge(entity, relation, target));
  }
  for (const entity of entities) {
    const parent = entity.parentId === null ? undefined : byId.get(entity.parentId);
    if (parent) edges.push(toInheritanceEdge(entity, parent));
  }
  return edges;
}

function edgeKey(entityId: EntityId, property: string): string {
  return `${entityId}.${property}`;
}

interface DeclaredRelation {
  readonly entity: Entity;
  readonly relation: Relation;
  readonly target: Entity;
}

/** Relations whose both ends are shown; those that a single-table family shares are told once, on the class that declares them. */
function* declaredRelations(entities: readonly Entity[], byId: ReadonlyMap<EntityId, Entity>): Generator<DeclaredRelation> {
  for (const entity of entities) {
    for (const relation of entity.relations) {
      const target = relation.targetId === null ? undefined : byId.get(relation.targetId);
      if (target && !isToldElsewhere(entity, relation, byId)) yield { entity, relation, target };
    }
  }
}

function isToldElsewhere(entity: Entity, relation: Relation, byId: ReadonlyMap<EntityId, Entity>): boolean {
  if (relation.declaredIn === entity.name) return false;
  const parent = entity.parentId === null ? undefined : byId.get(entity.parentId);
  if (entity.type === 'entity-child' && parent?.relations.some(({ property }) => property === relation.property)) return true;
  return [...byId.values()].some(
    (other) => other.type === 'entity-child' && other.name === relation.declaredIn && isDescendant(other, entity.id, byId),
  );
}

function isDescendant(entity: Entity, ancestorId: EntityId, byId: ReadonlyMap<EntityId, Entity>): boolean {
  const seen = new Set<EntityId>();
  for (let id = entity.parentId; id !== null && !seen.has(id); id = byId.get(id)?.parentId ?? null) {
    if (id === ancestorId) return true;
    seen.add(id);
  }
  return false;
}

/**
 * The relation that leads back: the one this side names, else one on the target that names this side. TypeORM never makes an
 * unnamed inverse symmetric itself, but to the reader both fields are one relation.
 */
function findInverse(
  entity: Entity,
  relation: Relation,
  target: Entity,
  byId: ReadonlyMap<EntityId, Entity>,
): { entity: Entity; relation: Relation } | undefined {
  const named = target.relations.find(({ property, owner }) => property === relation.inverse && !owner);
  if (named && leadsTo(named, entity, byId)) return { entity: target, relation: named };
  const naming = target.relations.find((other) => !other.owner && other.inverse === relation.property && leadsTo(other, entity, byId));
  return naming ? { entity: target, relation: naming } : undefined;
}

function leadsTo(relation: Relation, entity: Entity, byId: ReadonlyMap<EntityId, Entity>): boolean {
  if (relation.targetId === null) return false;
  const target = byId.get(relation.targetId);
  return relation.targetId === entity.id || isDescendant(entity, relation.targetId, byId) || (!!target && isDescendant(target, entity.id, byId));
}

interface KeptEdge {
  readonly entity: Entity;
  readonly target: Entity;
  readonly inverse: Relation | null;
  readonly edge: DiagramEdge;
}

/** Of relations between entities that an edit left alone the edges are the same objects again. */
const keptEdges = new WeakMap<Relation, KeptEdge>();

function keptEdge(entity: Entity, relation: Relation, target: Entity, inverse: Relation | null): DiagramEdge {
  const known = keptEdges.get(relation);
  if (known?.entity === entity && known.target === target && known.inverse === inverse) return known.edge;
  const edge = toEdge(entity, relation, target, inverse);
  keptEdges.set(relation, { entity, target, inverse, edge });
  return edge;
}

function toEdge(entity: Entity, relation: Relation, target: Entity, inverse: Relation | null): DiagramEdge {
  const junction = relation.joinTable;
  const toMany = relation.kind === 'many-to-many';
  const from: EdgeEnd = {
    table: entity.id,
    property: relation.property,
    columns: toMany ? primaryColumns(entity) : relation.joinColumns.map(({ column }) => column),
    max: relation.kind === 'one-to-one' ? 'one' : 'many',
    optional: true,
  };
  const to: EdgeEnd = {
    table: target.id,
    property: inverse?.property ?? null,
    columns: toMany ? primaryColumns(target) : relation.joinColumns.map(({ references }) => references),
    max: toMany ? 'many' : 'one',
    optional: toMany || relation.nullable,
  };
  return {
    id: edgeKey(entity.id, relation.property),
    kind: relation.kind,
    from,
    to,
    joinTable: junction?.table ?? null,
    ...(junction ? { joinColumns: { from: junction.joinColumns, to: junction.inverseJoinColumns } } : {}),
    eager: relation.eager || inverse?.eager === true,
    lazy: relation.lazy || inverse?.lazy === true,
    description: describeRelation(entity, relation, target, inverse),
  };
}

function toOwnerlessEdge(entity: Entity, relation: Relation, target: Entity): DiagramEdge {
  const many = relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
  return {
    id: edgeKey(entity.id, relation.property),
    kind: relation.kind,
    from: { table: entity.id, property: relation.property, columns: [], max: relation.kind === 'many-to-many' ? 'many' : 'one', optional: true },
    to: { table: target.id, property: null, columns: [], max: many ? 'many' : 'one', optional: true },
    joinTable: null,
    eager: relation.eager,
    lazy: relation.lazy,
    description: `${entity.name}.${relation.property} points to ${target.name}, but no side owns the relation: no foreign key and no junction table holds it.`,
  };
}

function toInheritanceEdge(entity: Entity, parent: Entity): DiagramEdge {
  return {
    id: edgeKey(entity.id, 'extends'),
    kind: 'inheritance',
    from: { table: entity.id, property: null, columns: [], max: 'one', optional: true },
    to: { table: parent.id, property: null, columns: [], max: 'one', optional: false },
    joinTable: null,
    eager: false,
    lazy: false,
    description: describeInheritance(entity, parent),
  };
}

function primaryColumns(entity: Entity): string[] {
  return entity.columns.filter(({ primary }) => primary).map(({ column }) => column);
}
