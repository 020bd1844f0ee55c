/** The side bar's part of a diagram: an entity with what it is related to. It is narrow, so it tells nothing else. */
import type { DiagramModel, DiagramTable } from './diagramModel';
import type { EntityId } from '../model/relationGraph';

/**
 * The model with the relations of one entity alone, each junction table named in the header of the table behind it: beside an edge there
 * is no room for its name.
 */
export function aroundEntity(model: DiagramModel, centre: EntityId): DiagramModel {
  const edges = model.edges.filter(({ from, to }) => from.table === centre || to.table === centre);
  const viaOf = new Map<EntityId, Set<string>>();
  for (const { from, to, joinTable } of edges) {
    const other = from.table === centre ? to.table : from.table;
    if (joinTable !== null && other !== centre) viaOf.set(other, (viaOf.get(other) ?? new Set()).add(joinTable));
  }
  return {
    ...model,
    tables: model.tables.map((table) => withVia(table, viaOf.get(table.id))),
    edges: edges.map((edge) => (edge.joinTable === null ? edge : { ...edge, joinTable: null })),
  };
}

function withVia(table: DiagramTable, via: ReadonlySet<string> | undefined): DiagramTable {
  return via ? { ...table, via: [...via].join(', ') } : table;
}
