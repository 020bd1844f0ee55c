/** Decides what of a layout is kept, what is computed anew and by whom: the worker, or the sidebar's own small layout. */
import { boundsOf, type Point, type Size } from '../../src/core/diagram/geometry';
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
  /** Null where a newer call came in between. */
  layOut(
    model: DiagramModel,
    shapes: ReadonlyMap<string, TableShape>,
    previous: Positions,
    view: Size,
    focus: string | null,
    onProgress: (placed: number) => void,
  ): Promise<LaidOut | null>;
}

export function createLayoutKeeper(workerUri: string, mode: DiagramMode): LayoutKeeper {
  const client = createLayoutClient(workerUri);
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
      const { positions: laidOut, message } = await layOutSafely(missing, edges, aspect, onProgress);
      if (mine !== latest) return null;
      if (update.positions.size === 0) return { positions: laidOut, message };
      return { positions: addModules(update, laidOut, tables), message };
    },
  };

  async function layOutSafely(
    tables: readonly LayoutTable[],
    edges: readonly LayoutEdge[],
    aspect: number,
    onProgress: (placed: number) => void,
  ): Promise<LaidOut> {
    try {
      return { positions: await client.layout(tables, edges, aspect, onProgress), message: null };
    } catch (error) {
      const positions = await layoutDiagram(tables, edges, arrangeInRows, { aspect });
      return { positions, message: `Tables stand in plain rows, because the layout worker failed: ${String(error)}` };
    }
  }
}

function addModules(update: { positions: Positions; unplaced: readonly string[] }, laidOut: Positions, tables: readonly LayoutTable[]): Positions {
  let { positions } = update;
  for (const module of update.unplaced) {
    const own = new Map([...laidOut].filter(([id]) => tables.some((table) => table.id === id && table.module === module)));
    positions = placeModule(own, tables, positions, middleOf(tables, positions));
  }
  return positions;
}

/** What is left without ELK: the tables of a cluster side by side. */
async function arrangeInRows({ tables }: Cluster): Promise<readonly Point[]> {
  const { corners } = packRects(tables, 1.5, 64);
  return boundsOf(tables.map((table, index) => ({ ...table, ...(corners[index] ?? { x: 0, y: 0 }) }))).width > 0 ? corners : [];
}
