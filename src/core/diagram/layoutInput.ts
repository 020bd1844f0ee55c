/** What the layout must know of a diagram: how large each box is, and how much room its edges' pills and loops ask for. */
import type { DiagramEdge, DiagramModel } from './diagramModel';
import { portsOf } from './edgePorts';
import type { Size } from './geometry';
import type { LayoutEdge, LayoutTable } from './partition';
import type { TableShape } from './tableShape';

export interface LayoutInput {
  readonly tables: readonly LayoutTable[];
  readonly edges: readonly LayoutEdge[];
}

export function toLayoutInput(model: DiagramModel, shapes: ReadonlyMap<string, TableShape>): LayoutInput {
  const loops = loopWidths(model.edges);
  return {
    tables: model.tables.flatMap(({ id, module }) => {
      const shape = shapes.get(id);
      return shape ? [{ id, module, width: shape.width, height: shape.height, loop: loops.get(id) ?? 0 }] : [];
    }),
    edges: portsOf(model.edges, shapes).map(({ edge, from, to }) => {
      const label = pillSize(edge);
      return { from: edge.from.table, to: edge.to.table, fromOffset: from.offset, toOffset: to.offset, ...(label ? { label } : {}) };
    }),
  };
}

/** The room that self-relations need at the right of their tables. */
export function loopWidths(edges: readonly DiagramEdge[]): ReadonlyMap<string, number> {
  const loops = new Map<string, number>();
  for (const edge of edges) {
    if (edge.from.table === edge.to.table) loops.set(edge.from.table, Math.max(loops.get(edge.from.table) ?? 0, loopWidth(edge)));
  }
  return loops;
}

/** Pills are reserved for before anything is measured; a few pixels more or less do not matter to the layout. */
function pillSize({ joinTable }: DiagramEdge): Size | null {
  return joinTable === null ? null : { width: Math.min(240, 24 + joinTable.length * 7), height: 26 };
}

/** How far a self-relation's loop reaches out of its box: with a pill, far enough that the pill does not cover the box. */
export function loopReach(edge: DiagramEdge): number {
  const pill = pillSize(edge);
  return pill ? pill.width / 2 + 10 : 32;
}

function loopWidth(edge: DiagramEdge): number {
  const pill = pillSize(edge);
  return pill ? pill.width + 20 : 40;
}
