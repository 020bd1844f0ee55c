/** Looks things up in a RelationGraph: by id, by file, by place. Made once per graph and kept as long as the graph is. */
import type { Column, Entity, EntityId, Relation, RelationGraph, SourceRange } from '../core/model/relationGraph';

export interface OwnedRelation {
  readonly entity: Entity;
  readonly relation: Relation;
}

/** What stands at a place. A field of a base class belongs to every entity that inherits it: the declaring one, else the first, plus the rest. */
export type Hit =
  | { readonly kind: 'entity'; readonly entity: Entity }
  | ({ readonly kind: 'relation'; readonly on: 'name' | 'decorator' | 'inverse'; readonly alsoIn: readonly Entity[] } & OwnedRelation)
  | { readonly kind: 'column'; readonly entity: Entity; readonly column: Column; readonly alsoIn: readonly Entity[] };

export interface GraphIndex {
  readonly byId: ReadonlyMap<EntityId, Entity>;
  entitiesIn(file: string): readonly Entity[];
  /** Every relation declared in the file, each once, with one entity that has it. */
  relationsIn(file: string): readonly OwnedRelation[];
  /** The relation on the target that points back; undefined where none is named. */
  inverseOf(relation: Relation): OwnedRelation | undefined;
  /** Relations of other entities (and its own self-references) that lead to the entity. */
  pointingAt(entity: Entity): readonly OwnedRelation[];
  at(file: string, line: number, column: number): Hit | null;
}

const indices = new WeakMap<RelationGraph, GraphIndex>();

export function indexOf(graph: RelationGraph): GraphIndex {
  const known = indices.get(graph) ?? buildIndex(graph);
  indices.set(graph, known);
  return known;
}

/**
 * Most graphs are replaced by the next letter that is typed, and are only asked about the file in front: what is asked for is looked for,
 * instead of sorting all fields of the workspace ahead. An answer is kept as long as the graph is.
 */
function buildIndex({ entities }: RelationGraph): GraphIndex {
  let byId: ReadonlyMap<EntityId, Entity> | null = null;
  const ids = (): ReadonlyMap<EntityId, Entity> => (byId ??= new Map(entities.map((entity) => [entity.id, entity])));
  const entitiesIn = remembered((file: string) => entities.filter(({ source }) => source.file === file));
  const relationsIn = remembered((file: string) => relationsWith(entities, ({ source }) => source.file === file));
  const columnsIn = remembered((file: string) => columnsWith(entities, ({ source }) => source?.file === file));
  const pointingAt = remembered((id: EntityId) => distinctPlaces(relationsWith(entities, ({ targetId }) => targetId === id)));
  return {
    get byId() {
      return ids();
    },
    entitiesIn,
    relationsIn: (file) => distinctPlaces(relationsIn(file)),
    inverseOf: ({ targetId, inverse }) => {
      const entity = targetId === null ? undefined : ids().get(targetId);
      const relation = inverse === null ? undefined : entity?.relations.find(({ property }) => property === inverse);
      return entity && relation ? { entity, relation } : undefined;
    },
    pointingAt: ({ id }) => pointingAt(id),
    at: (file, line, column) => {
      const relation = relationAt(relationsIn(file), line, column);
      if (relation) return relation;
      const hits = columnsIn(file).filter((hit) => hit.column.source && contains(hit.column.source, line, column));
      const own = hits.find(({ entity, column: { declaredIn } }) => entity.name === declaredIn) ?? hits[0];
      if (own) return { kind: 'column', ...own, alsoIn: others(hits, own.entity) };
      const entity = entitiesIn(file).find(({ source }) => contains(source, line, column));
      return entity ? { kind: 'entity', entity } : null;
    },
  };
}

function remembered<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = find(key)));
    return found;
  };
}

function relationsWith(entities: readonly Entity[], isWanted: (relation: Relation) => boolean): OwnedRelation[] {
  const found: OwnedRelation[] = [];
  for (const entity of entities) for (const relation of entity.relations) if (isWanted(relation)) found.push({ entity, relation });
  return found;
}

function columnsWith(entities: readonly Entity[], isWanted: (column: Column) => boolean): { readonly entity: Entity; readonly column: Column }[] {
  const found: { readonly entity: Entity; readonly column: Column }[] = [];
  for (const entity of entities) for (const column of entity.columns) if (isWanted(column)) found.push({ entity, column });
  return found;
}

function relationAt(relations: readonly OwnedRelation[], line: number, column: number): Hit | null {
  for (const on of ['name', 'decorator', 'inverse'] as const) {
    const hits = relations.filter(({ relation }) => {
      const range = on === 'name' ? relation.source : on === 'decorator' ? decoratorName(relation) : relation.inverseSource;
      return range !== null && contains(range, line, column);
    });
    const own = hits.find(({ entity, relation }) => entity.name === relation.declaredIn) ?? hits[0];
    if (own) return { kind: 'relation', on, ...own, alsoIn: others(hits, own.entity) };
  }
  return null;
}

/** `@OneToMany` of the decorator; its arguments are TypeScript's to explain. */
function decoratorName({ decorator, kind }: Relation): SourceRange | null {
  const length = kind.replaceAll('-', '').length + 1;
  return decorator && { ...decorator, endLine: decorator.line, endColumn: decorator.column + length };
}

function others(hits: readonly { readonly entity: Entity }[], own: Entity): Entity[] {
  return hits.map(({ entity }) => entity).filter((entity) => entity !== own);
}

/** Inherited relations stand once in the source, whoever inherits them; the entity that declares one speaks for it. */
function distinctPlaces(relations: readonly OwnedRelation[]): OwnedRelation[] {
  const byPlace = new Map<string, OwnedRelation>();
  for (const owned of relations) {
    const { file, line, column } = owned.relation.source;
    const key = `${file}:${line}:${column}:${owned.relation.property}`;
    if (!byPlace.has(key) || owned.entity.name === owned.relation.declaredIn) byPlace.set(key, owned);
  }
  return [...byPlace.values()];
}

function contains(range: SourceRange, line: number, column: number): boolean {
  const afterStart = line > range.line || (line === range.line && column >= range.column);
  const beforeEnd = line < range.endLine || (line === range.endLine && column <= range.endColumn);
  return afterStart && beforeEnd;
}
