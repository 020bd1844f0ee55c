/**
 * The sidebar's layout: the entity in the middle, what it belongs to before it, what belongs to it after it. Small and always the
 * same for the same input, so that following the cursor does not flicker.
 */
import type { DiagramModel } from './diagramModel';
import type { Point, Size } from './geometry';
import type { Positions } from './layoutDiagram';

export interface NeighbourhoodView {
  /** Width of the view in pixels. */
  readonly width: number;
  readonly height: number;
}

const rowGap = 44;
const stackGap = 28;
const columnGap = 110;

/** Stacks from top to bottom in a tall view and from left to right in a wide one. */
export function layoutNeighbourhood(model: DiagramModel, focus: string, sizeOf: (id: string) => Size, view: NeighbourhoodView): Positions {
  const { before, after } = sides(model, focus);
  return view.width > view.height * 1.3 ? inColumns(before, focus, after, sizeOf) : inRows(before, focus, after, sizeOf, view.width);
}

function sides(model: DiagramModel, focus: string): { before: string[]; after: string[] } {
  const before = new Set<string>();
  for (const { from, to, kind } of model.edges) {
    if (from.table !== focus || to.table === focus) continue;
    if (kind !== 'many-to-many') before.add(to.table);
  }
  const others = model.tables.map(({ id }) => id).filter((id) => id !== focus);
  return { before: others.filter((id) => before.has(id)), after: others.filter((id) => !before.has(id)) };
}

function inColumns(before: readonly string[], focus: string, after: readonly string[], sizeOf: (id: string) => Size): Positions {
  const positions = new Map<string, Point>();
  const columns = [before, [focus], after].filter((column) => column.length > 0);
  const heights = columns.map((column) => column.reduce((sum, id) => sum + sizeOf(id).height + stackGap, -stackGap));
  const tallest = Math.max(...heights);
  let x = 0;
  columns.forEach((column, index) => {
    let y = Math.round((tallest - (heights[index] ?? 0)) / 2);
    for (const id of column) {
      positions.set(id, { x, y });
      y += sizeOf(id).height + stackGap;
    }
    x += Math.max(...column.map((id) => sizeOf(id).width)) + columnGap;
  });
  return positions;
}

function inRows(before: readonly string[], focus: string, after: readonly string[], sizeOf: (id: string) => Size, viewWidth: number): Positions {
  const positions = new Map<string, Point>();
  const widest = Math.max(...[...before, focus, ...after].map((id) => sizeOf(id).width));
  const room = Math.max(widest, viewWidth - 96);
  const rows = [...wrap(before, sizeOf, room), [focus], ...wrap(after, sizeOf, room)];
  const widths = rows.map((row) => row.reduce((sum, id) => sum + sizeOf(id).width + columnGap / 2, -columnGap / 2));
  const broadest = Math.max(...widths);
  let y = 0;
  rows.forEach((row, index) => {
    let x = Math.round((broadest - (widths[index] ?? 0)) / 2);
    for (const id of row) {
      positions.set(id, { x, y });
      x += sizeOf(id).width + columnGap / 2;
    }
    y += Math.max(...row.map((id) => sizeOf(id).height)) + rowGap;
  });
  return positions;
}

function wrap(ids: readonly string[], sizeOf: (id: string) => Size, room: number): string[][] {
  const rows: string[][] = [];
  let used = Infinity;
  for (const id of ids) {
    const { width } = sizeOf(id);
    const row = rows.at(-1);
    if (row && used + columnGap / 2 + width <= room) {
      row.push(id);
      used += columnGap / 2 + width;
    } else {
      rows.push([id]);
      used = width;
    }
  }
  return rows;
}
