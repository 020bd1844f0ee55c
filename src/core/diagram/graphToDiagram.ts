/**
 * From the relationship graph to what a diagram shows: tables with their columns, one edge per relation (both its sides merged),
 * modules, and problems tied to the table and field they are about.
 */
import { groupBy } from '../model/groupBy';
import { isColumnIndexed } from '../model/indexedColumns';
import { sameData } from '../model/sameData';
import { isLinkEntity } from '../model/questions';
import type { Column, Entity, EntityId, RelationGraph, SourceRange } from '../model/relationGraph';
import { buildEdges } from './buildEdges';
import type { DiagramColumn, DiagramModel, DiagramModule, DiagramProblem, DiagramTable, DiagramTableLook } from './diagramModel';

/** A DataSource with the ids of the entities that it lists. */
export interface NamedDataSource {
  readonly name: string;
  readonly entities: readonly EntityId[];
}

/** A problem at a place in the sources: the graph's own problems and the rules' diagnostics both are. */
export interface SourceProblem {
  readonly message: string;
  readonly source: SourceRange;
  /** Default `warning`. */
  readonly severity?: DiagramProblem['severity'];
}

/**
 * The diagram of a whole graph.
 * @param problems painted on the table and field they stand in; by default the graph's own. Those outside of every entity are left out.
 * @param dataSources those that list their entities by class.
 */
export function graphToDiagram(
  graph: RelationGraph,
  problems: readonly SourceProblem[] = graph.problems,
  dataSources: readonly NamedDataSource[] = [],
): DiagramModel {
  const shown = graph.entities.filter(isShown);
  const byId = new Map(shown.map((entity) => [entity.id, entity]));
  const listedBy = namesById(dataSources);
  return {
    tables: shown.map((entity) => keptTable(entity, byId, graph, dataSourcesOf(entity, listedBy))),
    edges: buildEdges(shown, byId),
    modules: nameModules(shown.map(({ module }) => module)),
    problems: placeProblems(problems, shown),
  };
}

/**
 * The part of a diagram within `depth` relations of an entity, in the whole diagram's order. Empty where the entity is unknown.
 * Edges between the neighbours are kept; inheritance counts as a relation.
 */
export function neighbourhood(model: DiagramModel, entityId: EntityId, depth: number): DiagramModel {
  const reached = new Set<EntityId>(model.tables.some(({ id }) => id === entityId) ? [entityId] : []);
  const adjacent = neighboursOf(model);
  let frontier = [...reached];
  for (let step = 0; step < depth; step++) {
    frontier = frontier.flatMap((id) => adjacent.get(id) ?? []).filter((id) => !reached.has(id));
    for (const id of frontier) reached.add(id);
  }
  return keepTables(model, reached);
}

/** The diagram with only some of its tables, and the edges, modules and problems that belong to those. */
export function keepTables(model: DiagramModel, kept: ReadonlySet<EntityId>): DiagramModel {
  const tables = model.tables.filter(({ id }) => kept.has(id));
  const modules = new Set(tables.map(({ module }) => module));
  return {
    tables,
    edges: model.edges.filter(({ from, to }) => kept.has(from.table) && kept.has(to.table)),
    modules: model.modules.filter(({ id }) => modules.has(id)),
    problems: model.problems.filter(({ table }) => kept.has(table)),
  };
}

/** For each table that has any, the tables that its edges lead to, one for each edge. */
export function neighboursOf({ edges }: Pick<DiagramModel, 'edges'>): Map<EntityId, EntityId[]> {
  const adjacent = new Map<EntityId, EntityId[]>();
  const connect = (from: EntityId, to: EntityId): void => {
    const list = adjacent.get(from);
    if (list) list.push(to);
    else adjacent.set(from, [to]);
  };
  for (const { from, to } of edges) {
    connect(from.table, to.table);
    connect(to.table, from.table);
  }
  return adjacent;
}

/** Junction tables are pills on their edge, and closure tables a word in the tree's header. */
function isShown(entity: Entity): boolean {
  return entity.type !== 'junction' && entity.type !== 'closure-junction';
}

/** The DataSources of an entity. A class in its parent's table comes with its parent, listed or not. */
function dataSourcesOf(entity: Entity, listedBy: ReadonlyMap<EntityId, readonly string[]>): Pick<DiagramTable, 'dataSources'> {
  const parent = entity.type === 'entity-child' ? entity.parentId : null;
  const names = [...(listedBy.get(entity.id) ?? []), ...(listedBy.get(parent ?? '') ?? [])];
  return names.length === 0 ? {} : { dataSources: [...new Set(names)].sort() };
}

function namesById(dataSources: readonly NamedDataSource[]): ReadonlyMap<EntityId, readonly string[]> {
  const listings = dataSources.flatMap(({ name, entities }) => entities.map((id) => ({ name, id })));
  return new Map([...groupBy(listings, ({ id }) => id)].map(([id, own]) => [id, own.map(({ name }) => name)]));
}

/** Of entities that an edit left alone the tables are the same objects again; whoever compares diagrams then need not look into them. */
const tables = new WeakMap<Entity, DiagramTable>();

function keptTable(
  entity: Entity,
  byId: ReadonlyMap<EntityId, Entity>,
  graph: RelationGraph,
  sources: Pick<DiagramTable, 'dataSources'>,
): DiagramTable {
  const known = tables.get(entity);
  // What a single-table family shows of each class rests on the others.
  const standsAlone = entity.type !== 'entity-child' && entity.discriminatorValue === null;
  if (known && standsAlone && known.look === toLook(entity, graph) && sameData(known.dataSources, sources.dataSources)) return known;
  const table = { ...toTable(entity, byId, graph), ...sources };
  tables.set(entity, table);
  return table;
}

function toTable(entity: Entity, byId: ReadonlyMap<EntityId, Entity>, graph: RelationGraph): DiagramTable {
  const children = childNames(entity, byId);
  return {
    id: entity.id,
    name: entity.name,
    table: entity.table,
    type: entity.type,
    look: toLook(entity, graph),
    tree: entity.tree,
    module: entity.module,
    columns: ownColumns(entity, byId, children).map((column) => toColumn(column, entity)),
    relations: entity.relations
      .filter(({ declaredIn, property }) => !children.has(declaredIn) && !isInheritedFromTable(entity, property, declaredIn, byId))
      .map(({ property, target, source }) => ({ property, target, source: toPosition(source) })),
    source: toPosition(entity.source),
  };
}

/**
 * In single-table inheritance TypeORM gives the root the columns of all its children, and each child those of the whole family.
 * A diagram reads better when each class shows what it declares and the inheritance edge says the rest.
 */
function ownColumns(entity: Entity, byId: ReadonlyMap<EntityId, Entity>, children: ReadonlySet<string>): readonly Column[] {
  const own = entity.columns.filter(
    (column) => !children.has(column.declaredIn) && !isInheritedFromTable(entity, column.property, column.declaredIn, byId),
  );
  return [...own].sort((a, b) => readingRank(a, entity) - readingRank(b, entity));
}

/** The key first and what every entity inherits (dates, versions) last, as one would write it on paper. */
function readingRank(column: Column, entity: Entity): number {
  if (column.primary) return 0;
  const inherited = column.declaredIn !== entity.name && !column.property.includes('.');
  return inherited ? 2 : 1;
}

function isInheritedFromTable(entity: Entity, property: string, declaredIn: string, byId: ReadonlyMap<EntityId, Entity>): boolean {
  if (entity.type !== 'entity-child' || declaredIn === entity.name) return false;
  const parent = entity.parentId === null ? undefined : byId.get(entity.parentId);
  return parent !== undefined && [...parent.columns, ...parent.relations].some((member) => member.property === property);
}

function childNames(entity: Entity, byId: ReadonlyMap<EntityId, Entity>): Set<string> {
  const names = new Set<string>();
  const visit = (parentId: EntityId): void => {
    for (const child of byId.values()) {
      if (child.type !== 'entity-child' || child.parentId !== parentId || names.has(child.name)) continue;
      names.add(child.name);
      visit(child.id);
    }
  };
  if (entity.discriminatorValue !== null || entity.type === 'entity-child') visit(entity.id);
  return names;
}

function toColumn(column: Column, entity: Entity): DiagramColumn {
  const length = column.length === null || column.length === '' ? '' : `(${column.length})`;
  const type = `${column.type ?? ''}${length}`;
  return {
    property: column.property,
    column: column.column,
    type: [type, column.nullable ? 'null' : ''].filter((part) => part !== '').join(', '),
    primary: column.primary,
    foreign: column.relation !== null || isJoinColumn(column, entity),
    unique: column.unique,
    indexed: isColumnIndexed(entity, column),
    nullable: column.nullable,
    from: column.declaredIn === entity.name ? null : column.declaredIn,
    source: column.source === null ? null : toPosition(column.source),
  };
}

function isJoinColumn(column: Column, entity: Entity): boolean {
  return entity.relations.some(({ joinTable, joinColumns }) => joinTable === null && joinColumns.some((join) => join.column === column.column));
}

function toLook(entity: Entity, graph: RelationGraph): DiagramTableLook {
  if (entity.type === 'view') return 'view';
  if (entity.type === 'entity-child') return 'child';
  if (entity.tree !== null) return 'tree';
  return isLinkEntity(graph, entity) ? 'link' : 'table';
}

/** Modules are named by the shortest end of their path that tells them apart: `catalog`, or `shop/catalog` beside `admin/catalog`. */
export function nameModules(paths: readonly string[]): DiagramModule[] {
  const unique = [...new Set(paths)].sort();
  return unique.map((path) => ({ id: path, name: shortestName(path, unique) }));
}

function shortestName(path: string, all: readonly string[]): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  for (let length = 1; length <= segments.length; length++) {
    const name = segments.slice(-length).join('/');
    if (all.every((other) => other === path || !`/${other}`.endsWith(`/${name}`))) return name;
  }
  return segments.join('/') || 'entities';
}

function placeProblems(problems: readonly SourceProblem[], entities: readonly Entity[]): DiagramProblem[] {
  const inFile = groupBy(entities, ({ range }) => range.file);
  return problems.flatMap((problem) => placeProblem(problem, inFile.get(problem.source.file) ?? []));
}

function placeProblem(problem: SourceProblem, entities: readonly Entity[]): DiagramProblem[] {
  const entity = entities.find(({ range }) => contains(range, problem.source));
  if (!entity) return [];
  const relation = entity.relations.find(({ range }) => contains(range, problem.source));
  const column = entity.columns.find(({ source }) => source !== null && source.file === problem.source.file && source.line === problem.source.line);
  return [
    {
      table: entity.id,
      property: relation?.property ?? column?.property ?? null,
      severity: problem.severity ?? 'warning',
      message: problem.message,
    },
  ];
}

function contains(outer: SourceRange, inner: SourceRange): boolean {
  return (
    outer.file === inner.file &&
    (inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column)) &&
    (inner.line < outer.endLine || (inner.line === outer.endLine && inner.column <= outer.endColumn))
  );
}

function toPosition({ file, line, column }: SourceRange): DiagramTable['source'] {
  return { file, line, column };
}
