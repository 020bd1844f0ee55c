/**
 * Carries a layout over to an edited diagram so that what one knows stays where it is: only tables of a module that changed may
 * move, and of those only the ones that got in each other's way.
 */
import { boundsOf, centreOf, inflate, intersects, type Point, type Rect } from './geometry';
import { moduleRectAround, type Positions } from './layoutDiagram';
import { groupBy } from '../model/groupBy';
import type { LayoutEdge, LayoutTable } from './partition';

export interface LayoutUpdate {
  readonly positions: Positions;
  /** Modules of which no table was known: they need a layout of their own before `placeModule`. */
  readonly unplaced: readonly string[];
}

const boxGap = 32;
const moduleClearance = 24;

/**
 * Keeps known positions, gives new tables of known modules a free place near their relations, and parts what overlaps.
 * @param previousTables the tables as they were laid out, to tell which modules changed; without them only new tables count.
 */
export function updateLayout(
  previous: Positions,
  tables: readonly LayoutTable[],
  edges: readonly LayoutEdge[],
  previousTables: readonly LayoutTable[] = [],
): LayoutUpdate {
  const sizeBefore = new Map(previousTables.map((table) => [table.id, table]));
  const grew = ({ id, width, height }: LayoutTable): boolean => {
    const before = sizeBefore.get(id);
    return before !== undefined && (width > before.width || height > before.height);
  };
  const positions = new Map<string, Point>();
  const unplaced: string[] = [];
  const parts = [...groupBy(tables, ({ module }) => module)];
  const changed: string[] = [];
  for (const [module, own] of parts) {
    const known = own.filter(({ id }) => previous.has(id));
    if (known.length === 0) {
      unplaced.push(module);
      continue;
    }
    // Boxes that somebody put onto each other stay so; only one that grew since makes room for itself.
    const makesRoom = previousTables.length === 0 || own.some(grew);
    if (known.length === own.length && !makesRoom) {
      for (const { id } of own) positions.set(id, previous.get(id) ?? { x: 0, y: 0 });
      continue;
    }
    const updated = updateModule(known, own, previous, edges, makesRoom);
    if (updated.changed || own.some(grew)) changed.push(module);
    for (const [id, corner] of updated.positions) positions.set(id, corner);
  }
  const members = new Map(parts);
  for (const module of changed) moveModuleClear(module, members, positions);
  return { positions, unplaced };
}

/** Adds a module that was laid out by itself at the free place nearest to a point. */
export function placeModule(laidOut: Positions, tables: readonly LayoutTable[], positions: Positions, near: Point): Positions {
  const own = tables.filter(({ id }) => laidOut.has(id));
  const rect = moduleRectAround(boundsOf(rectsOf(own, laidOut)));
  const others = [...groupBy(tables, ({ module }) => module)].flatMap(([, members]) => {
    const rects = rectsOf(members, positions);
    return rects.length === 0 ? [] : [moduleRectAround(boundsOf(rects))];
  });
  const corner = findFreePlace(rect, { x: near.x - rect.width / 2, y: near.y - rect.height / 2 }, others, moduleClearance * 2);
  const placed = new Map(positions);
  for (const { id } of own) {
    const point = laidOut.get(id);
    if (point) placed.set(id, { x: Math.round(point.x + corner.x - rect.x), y: Math.round(point.y + corner.y - rect.y) });
  }
  return placed;
}

function updateModule(
  known: readonly LayoutTable[],
  all: readonly LayoutTable[],
  previous: Positions,
  edges: readonly LayoutEdge[],
  makesRoom: boolean,
): { positions: Map<string, Point>; changed: boolean } {
  const boxes = new Map<string, Rect>(known.map((table) => [table.id, toRect(table, previous.get(table.id))]));
  let changed = makesRoom && pushApart(boxes);
  for (const table of all) {
    if (boxes.has(table.id)) continue;
    changed = true;
    const near = desiredPlace(table, boxes, edges);
    const corner = findFreePlace({ x: 0, y: 0, width: table.width, height: table.height }, near, [...boxes.values()], boxGap);
    boxes.set(table.id, toRect(table, { x: Math.round(corner.x), y: Math.round(corner.y) }));
  }
  return { positions: new Map([...boxes].map(([id, { x, y }]) => [id, { x, y }])), changed };
}

/** Boxes that grew onto others push them down, and those the next; a box never moves up or sideways. */
function pushApart(boxes: Map<string, Rect>): boolean {
  const order = [...boxes.keys()].sort((a, b) => (boxes.get(a)?.y ?? 0) - (boxes.get(b)?.y ?? 0));
  let moved = false;
  order.forEach((id, index) => {
    const box = boxes.get(id);
    if (!box) return;
    let y = box.y;
    for (const above of order.slice(0, index)) {
      const other = boxes.get(above);
      if (other && intersects(other, { ...box, y })) y = other.y + other.height + boxGap / 2;
    }
    if (y === box.y) return;
    boxes.set(id, { ...box, y });
    moved = true;
  });
  return moved;
}

/** Beside a table it relates to: to the right of one it refers to, to the left of one that refers to it; else below everything. */
function desiredPlace(table: LayoutTable, boxes: ReadonlyMap<string, Rect>, edges: readonly LayoutEdge[]): Point {
  for (const { from, to } of edges) {
    const referred = from === table.id ? boxes.get(to) : undefined;
    if (referred) return { x: referred.x + referred.width + 96, y: referred.y };
    const referring = to === table.id ? boxes.get(from) : undefined;
    if (referring) return { x: referring.x - 96 - table.width, y: referring.y };
  }
  const bounds = boundsOf(boxes.values());
  return { x: bounds.x, y: bounds.y + bounds.height + boxGap };
}

function moveModuleClear(module: string, members: ReadonlyMap<string, readonly LayoutTable[]>, positions: Map<string, Point>): void {
  const own = members.get(module) ?? [];
  const rect = moduleRectAround(boundsOf(rectsOf(own, positions)));
  const others = [...members].flatMap(([name, tables]) => {
    const rects = name === module ? [] : rectsOf(tables, positions);
    return rects.length === 0 ? [] : [moduleRectAround(boundsOf(rects))];
  });
  if (!others.some((other) => intersects(other, rect))) return;
  const corner = findFreePlace(rect, rect, others, moduleClearance);
  for (const { id } of own) {
    const point = positions.get(id);
    if (point) positions.set(id, { x: Math.round(point.x + corner.x - rect.x), y: Math.round(point.y + corner.y - rect.y) });
  }
}

/**
 * The corner nearest to the wanted one where a rectangle of this size keeps its distance from all others. Looks only where it could
 * touch an obstacle: a nearest free place always lies against one, or is the wanted place itself.
 */
export function findFreePlace({ width, height }: Rect, wanted: Point, obstacles: readonly Rect[], gap: number): Point {
  const grown = obstacles.map((obstacle) => inflate(obstacle, gap));
  const isFree = (corner: Point): boolean => !grown.some((obstacle) => intersects(obstacle, { ...corner, width, height }));
  if (isFree(wanted)) return wanted;
  const xs = [wanted.x, ...grown.flatMap((obstacle) => [obstacle.x - width, obstacle.x + obstacle.width])];
  const ys = [wanted.y, ...grown.flatMap((obstacle) => [obstacle.y - height, obstacle.y + obstacle.height])];
  const distance = (corner: Point): number => Math.hypot(corner.x - wanted.x, corner.y - wanted.y);
  const byDistance = (axis: 'x' | 'y') => (a: number, b: number) => Math.abs(a - wanted[axis]) - Math.abs(b - wanted[axis]);
  const sortedXs = xs.sort(byDistance('x'));
  const sortedYs = ys.sort(byDistance('y'));
  let best: Point | null = null;
  for (const x of sortedXs) {
    if (best && Math.abs(x - wanted.x) >= distance(best)) break;
    for (const y of sortedYs) {
      if (best && Math.abs(y - wanted.y) >= distance(best)) break;
      const corner = { x, y };
      if ((!best || distance(corner) < distance(best)) && isFree(corner)) best = corner;
    }
  }
  const below = boundsOf(grown);
  return best ?? { x: wanted.x, y: below.y + below.height };
}

function rectsOf(tables: readonly LayoutTable[], positions: Positions): Rect[] {
  return tables.flatMap((table) => (positions.has(table.id) ? [toRect(table, positions.get(table.id))] : []));
}

function toRect({ width, height }: LayoutTable, corner: Point | undefined): Rect {
  return { x: corner?.x ?? 0, y: corner?.y ?? 0, width, height };
}

/** The middle of everything placed so far: where a new module is looked for first. */
export function middleOf(tables: readonly LayoutTable[], positions: Positions): Point {
  return centreOf(boundsOf(rectsOf(tables, positions)));
}
