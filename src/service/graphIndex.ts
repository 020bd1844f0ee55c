/** Looks things up in a RelationGraph: by id, by file, by place. Made once per graph and kept as long as the graph is. */
import { groupBy } from '../core/model/groupBy';
import { inverseOf } from '../core/model/questions';
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

function buildIndex(graph: RelationGraph): GraphIndex {
  const byId = new Map(graph.entities.map((entity) => [entity.id, entity]));
  const byFile = groupBy(graph.entities, (entity) => entity.source.file);
  const relations = graph.entities.flatMap((entity) => entity.relations.map((relation) => ({ entity, relation })));
  const relationsByFile = groupBy(relations, ({ relation }) => relation.source.file);
  const columns = graph.entities.flatMap((entity) => entity.columns.map((column) => ({ entity, column })));
  const columnsByFile = groupBy(columns, ({ column }) => column.source?.file ?? '');
  const byTarget = groupBy(relations, ({ relation }) => relation.targetId ?? '');
  return {
    byId,
    entitiesIn: (file) => byFile.get(file) ?? [],
    relationsIn: (file) => distinctPlaces(relationsByFile.get(file) ?? []),
    inverseOf: (relation) => inverseOf(graph, relation),
    pointingAt: (entity) => distinctPlaces(byTarget.get(entity.id) ?? []),
    at: (file, line, column) => {
      const relation = relationAt(relationsByFile.get(file) ?? [], line, column);
      if (relation) return relation;
      const hits = (columnsByFile.get(file) ?? []).filter((hit) => hit.column.source && contains(hit.column.source, line, column));
      const own = hits.find(({ entity, column: { declaredIn } }) => entity.name === declaredIn) ?? hits[0];
      if (own) return { kind: 'column', ...own, alsoIn: others(hits, own.entity) };
      const entity = (byFile.get(file) ?? []).find(({ source }) => contains(source, line, column));
      return entity ? { kind: 'entity', entity } : null;
    },
  };
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
