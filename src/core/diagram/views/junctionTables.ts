/**
 * Draws many-to-many relations as the database holds them: a junction table with two foreign keys instead of one edge with a pill.
 *
 *     Book >──(book_tags_tag)──< Tag      →      Book ||──< book_tags_tag >──|| Tag
 */
import type { DiagramColumn, DiagramEdge, DiagramModel, DiagramTable, EdgeEnd } from '../diagramModel';

/** The model with the junction tables of the chosen edges drawn; edges without a junction table stay as they are. */
export function drawJunctions(model: DiagramModel, isDrawn: (edgeId: string) => boolean): DiagramModel {
  const drawn = model.edges.filter((edge) => edge.joinTable !== null && edge.joinColumns !== undefined && isDrawn(edge.id));
  if (drawn.length === 0) return model;
  const byId = new Map(model.tables.map((table) => [table.id, table]));
  const tables = drawn.flatMap((edge) => {
    const table = junctionTable(edge, byId);
    return table ? [table] : [];
  });
  const replaced = new Set(drawn.map(({ id }) => id));
  return {
    ...model,
    tables: [...model.tables, ...tables],
    edges: [...model.edges.filter(({ id }) => !replaced.has(id)), ...drawn.flatMap((edge) => junctionEdges(edge, byId))],
  };
}

/** Id of the table that stands for an edge's junction table. */
export function junctionIdOf({ id, joinTable }: Pick<DiagramEdge, 'id' | 'joinTable'>): string {
  return `${id}#${joinTable ?? ''}`;
}

/** The edge whose junction table has this id; undefined for other tables. */
export function edgeOfJunction(model: DiagramModel, tableId: string): DiagramEdge | undefined {
  return model.edges.find((edge) => edge.joinTable !== null && junctionIdOf(edge) === tableId);
}

function junctionTable(edge: DiagramEdge, byId: ReadonlyMap<string, DiagramTable>): DiagramTable | null {
  const owner = byId.get(edge.from.table);
  const target = byId.get(edge.to.table);
  if (!owner || !target || !edge.joinTable || !edge.joinColumns) return null;
  return {
    id: junctionIdOf(edge),
    name: edge.joinTable,
    table: edge.joinTable,
    type: 'junction',
    look: 'junction',
    tree: null,
    module: owner.module,
    columns: [
      ...edge.joinColumns.from.map((column, index) => keyColumn(column, owner, edge.from.columns[index])),
      ...edge.joinColumns.to.map((column, index) => keyColumn(column, target, edge.to.columns[index])),
    ],
    relations: [],
    source: owner.relations.find(({ property }) => property === edge.from.property)?.source ?? owner.source,
    ...(owner.dataSources ? { dataSources: owner.dataSources } : {}),
  };
}

/** Both foreign keys together are the junction table's primary key (TypeORM: `JunctionEntityMetadataBuilder`). */
function keyColumn(column: string, target: DiagramTable, references: string | undefined): DiagramColumn {
  const type = target.columns.find((candidate) => candidate.column === references)?.type ?? '';
  return { property: column, column, type, primary: true, foreign: true, unique: false, indexed: true, nullable: false, from: null, source: null };
}

function junctionEdges(edge: DiagramEdge, byId: ReadonlyMap<string, DiagramTable>): DiagramEdge[] {
  const { joinColumns } = edge;
  if (!joinColumns || !byId.has(edge.from.table) || !byId.has(edge.to.table)) return [];
  return [halfEdge(edge, 'owner', edge.from, joinColumns.from, byId), halfEdge(edge, 'inverse', edge.to, joinColumns.to, byId)];
}

function halfEdge(
  edge: DiagramEdge,
  side: 'owner' | 'inverse',
  end: EdgeEnd,
  columns: readonly string[],
  byId: ReadonlyMap<string, DiagramTable>,
): DiagramEdge {
  const target = byId.get(end.table);
  const other = byId.get(side === 'owner' ? edge.to.table : edge.from.table);
  const field = end.property === null ? '' : ` (${target?.name ?? ''}.${end.property})`;
  return {
    ...edge,
    id: `${edge.id}#${side}`,
    kind: 'many-to-one',
    from: { table: junctionIdOf(edge), property: null, columns, max: 'many', optional: true },
    to: { ...end, max: 'one', optional: false },
    joinTable: null,
    description: `Each row of ${edge.joinTable ?? ''} joins exactly one ${target?.name ?? ''}${field} to one ${other?.name ?? ''}. Foreign key ${edge.joinTable ?? ''}.${columns.join(', ')} → ${target?.table ?? ''}.${end.columns.join(', ')}.`,
  };
}
