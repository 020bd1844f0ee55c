/** Decides what of a layout is kept, what is computed anew and by whom: the worker, or the sidebar's own small layout. */
import type { Point, Size } from '../../src/core/diagram/geometry';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { layoutDiagram, type Positions } from '../../src/core/diagram/layoutDiagram';
import { toLayoutInput } from '../../src/core/diagram/layoutInput';
import { layoutNeighbourhood } from '../../src/core/diagram/layoutNeighbourhood';
import { packRects } from '../../src/core/diagram/packRects';
import type { Cluster, LayoutEdge, LayoutTable } from '../../src/core/diagram/partition';
import type { TableShape } from '../../src/core/diagram/tableShape';
import { middleOf, placeModule, updateLayout } from '../../src/core/diagram/updateLayout';
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import { createLayoutClient } from './layoutClient';

interface LaidOut {
  readonly positions: Positions;
  /** What went wrong on the way, to be said. */
  readonly message: string | null;
}

export interface LayoutKeeper {
  /** Null where it was cancelled or a newer call came in between. */
  layOut(
    model: DiagramModel,
    shapes: ReadonlyMap<string, TableShape>,
    previous: Positions,
    view: Size,
    focus: string | null,
    onProgress: (placed: number) => void,
  ): Promise<LaidOut | null>;
  /** Ends a layout that is under way with tables in plain rows; false where none is. */
  cancel(): boolean;
}

export function createLayoutKeeper(workerUri: string, mode: DiagramMode): LayoutKeeper {
  const client = mode === 'panel' ? createLayoutClient(workerUri) : null;
  let latest = 0;
  let previousTables: readonly LayoutTable[] = [];

  return {
    async layOut(model, shapes, previous, view, focus, onProgress) {
      const mine = ++latest;
      if (mode === 'sidebar') {
        const centre = focus ?? model.tables[0]?.id;
        const sizeOf = (id: string): Size => shapes.get(id) ?? { width: 0, height: 0 };
        return { positions: centre === undefined ? new Map() : layoutNeighbourhood(model, centre, sizeOf, view), message: null };
      }
      const { tables, edges } = toLayoutInput(model, shapes);
      const update = updateLayout(previous, tables, edges, previousTables);
      previousTables = tables;
      if (update.unplaced.length === 0) return { positions: update.positions, message: null };
      const wanted = new Set(update.unplaced);
      const missing = tables.filter(({ module }) => wanted.has(module));
      const aspect = view.width > 0 && view.height > 0 ? view.width / view.height : 1.6;
      const laidOut = await layOutSafely(missing, edges, aspect, onProgress);
      if (laidOut === null || mine !== latest) return null;
      if (update.positions.size === 0) return laidOut;
      return { positions: addModules(update, laidOut.positions, tables), message: laidOut.message };
    },
    cancel: () => client?.cancel() ?? false,
  };

  async function layOutSafely(
    tables: readonly LayoutTable[],
    edges: readonly LayoutEdge[],
    aspect: number,
    onProgress: (placed: number) => void,
  ): Promise<LaidOut | null> {
    try {
      if (!client) return { positions: layoutDiagram(tables, edges, { aspect }), message: null };
      const answer = await client.layout(tables, edges, aspect, onProgress);
      if (answer === 'superseded') return null;
      if (answer === 'cancelled') {
        const positions = layoutDiagram(tables, edges, { aspect, arrange: arrangeInRows });
        return { positions, message: 'Arranging was stopped: tables stand in plain rows.' };
      }
      const { positions, restartedBecause } = answer;
      return { positions, message: restartedBecause === null ? null : `The layout worker was started again, because ${asReason(restartedBecause)}` };
    } catch (error) {
      const message = `The layout worker failed, so the diagram was arranged without it: ${asReason(error instanceof Error ? error.message : String(error))}`;
      return { positions: layoutDiagram(tables, edges, { aspect }), message };
    }
  }
}

/** Tables of a cluster side by side, whatever their relations. */
function arrangeInRows({ tables }: Cluster): readonly Point[] {
  return packRects(tables, 1.5, 64).corners;
}

function asReason(reason: string): string {
  return reason.endsWith('.') ? reason : `${reason}.`;
}

function addModules(update: { positions: Positions; unplaced: readonly string[] }, laidOut: Positions, tables: readonly LayoutTable[]): Positions {
  let { positions } = update;
  for (const module of update.unplaced) {
    const own = new Map([...laidOut].filter(([id]) => tables.some((table) => table.id === id && table.module === module)));
    positions = placeModule(own, tables, positions, middleOf(tables, positions));
  }
  return positions;
}
