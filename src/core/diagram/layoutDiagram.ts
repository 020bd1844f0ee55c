/**
 * Places every table: each cluster in columns, clusters packed into their module, modules packed to the view's shape. A module's
 * rectangle follows from its tables, so positions are all there is to keep.
 */
import { boundsOf, type Point, type Rect } from './geometry';
import { arrangeLayered } from './layered/arrangeLayered';
import { packModules, type ModuleLink } from './packModules';
import { packRects } from './packRects';
import { chooseShapes } from './chooseShapes';
import { groupBy } from '../model/groupBy';
import { withoutRest } from './steps';
import { partition, type Cluster, type LayoutEdge, type LayoutTable, type ModulePart } from './partition';

/** Top left corners of the cluster's tables, in their order. May be any layout that leaves room between boxes for edges. */
export type ArrangeCluster = (cluster: Cluster) => readonly Point[];

export interface LayoutOptions {
  /** Width ÷ height of the view to fill. */
  readonly aspect: number;
  /** Our own columns where nothing else is given. */
  readonly arrange?: ArrangeCluster;
}

/** Top left corner of each table by id. */
export type Positions = ReadonlyMap<string, Point>;

export const modulePadding = 36;
export const moduleHeader = 44;
/** Least room between modules; each edge between modules asks for more of it. */
export const moduleGap = 56;
const widestModuleGap = 168;
const clusterGap = 52;
/** Width ÷ height of the shapes that a module may take, the usual one first. */
const moduleAspects = [1.5, 0.6, 1, 2.3, 3.6];
/** Beyond this many modules all have the usual shape: little room is lost between so many. */
const fewModules = 8;

/** Places all tables from scratch. */
export function layoutDiagram(tables: readonly LayoutTable[], edges: readonly LayoutEdge[], options: LayoutOptions): Positions {
  return withoutRest(layoutInSteps(tables, edges, options));
}

/** The same with a rest after each module, at which it tells how many tables are arranged so far and may be given up. */
export function* layoutInSteps(
  tables: readonly LayoutTable[],
  edges: readonly LayoutEdge[],
  { aspect, arrange = arrangeLayered }: LayoutOptions,
): Generator<number, Positions> {
  const modules = partition(tables, edges);
  const aspects = modules.length > fewModules ? moduleAspects.slice(0, 1) : moduleAspects;
  const shapes: PlacedPart[][] = [];
  let placed = 0;
  for (const part of modules) {
    shapes.push(layoutModule(part, arrange, aspects));
    placed += part.clusters.reduce((sum, cluster) => sum + cluster.tables.length, 0);
    yield placed;
  }
  const gap = gapFor(tables, edges, modules.length);
  const chosen = chooseShapes(shapes, aspect, gap);
  const parts = shapes.flatMap((own, index) => own[chosen[index] ?? 0] ?? []);
  const { corners } = packModules(parts, linksBetween(modules, tables, edges), aspect, gap);
  const positions = new Map<string, Point>();
  parts.forEach((part, index) => {
    const corner = corners[index] ?? { x: 0, y: 0 };
    for (const { id, x, y } of part.tables) positions.set(id, { x: corner.x + x, y: corner.y + y });
  });
  return positions;
}

/** How many relations there are between each two modules, by their places in the list. */
function linksBetween(modules: readonly ModulePart[], tables: readonly LayoutTable[], edges: readonly LayoutEdge[]): ModuleLink[] {
  const indexOf = new Map(modules.map(({ module }, index) => [module, index]));
  const moduleOf = new Map(tables.map(({ id, module }) => [id, indexOf.get(module) ?? -1]));
  const pairs = edges.flatMap(({ from, to }) => {
    const [a = -1, b = -1] = [moduleOf.get(from), moduleOf.get(to)];
    return a === -1 || b === -1 || a === b ? [] : [{ from: Math.min(a, b), to: Math.max(a, b) }];
  });
  return [...groupBy(pairs, ({ from, to }) => `${from} ${to}`).values()].flatMap((same) => (same[0] ? [{ ...same[0], count: same.length }] : []));
}

/** Lanes for the edges that run between modules: a module's share of them, each of which passes a few others on its way. */
function gapFor(tables: readonly LayoutTable[], edges: readonly LayoutEdge[], moduleCount: number): number {
  const moduleOf = new Map(tables.map(({ id, module }) => [id, module]));
  const between = edges.filter(({ from, to }) => moduleOf.has(from) && moduleOf.has(to) && moduleOf.get(from) !== moduleOf.get(to));
  return Math.round(Math.min(widestModuleGap, moduleGap + (12 * between.length) / Math.max(1, moduleCount)));
}

/** The rectangles of all modules, headers and padding included. */
export function moduleRects(tables: readonly LayoutTable[], positions: Positions): Map<string, Rect> {
  const rects = new Map<string, Rect>();
  for (const [module, own] of groupBy(tables, (table) => table.module)) {
    const boxes = own.flatMap((table) => {
      const corner = positions.get(table.id);
      return corner ? [{ ...corner, width: table.width + (table.loop ?? 0), height: table.height }] : [];
    });
    if (boxes.length > 0) rects.set(module, moduleRectAround(boundsOf(boxes)));
  }
  return rects;
}

/** The module's rectangle around the bounds of its boxes. */
export function moduleRectAround({ x, y, width, height }: Rect): Rect {
  return { x: x - modulePadding, y: y - moduleHeader, width: width + 2 * modulePadding, height: height + moduleHeader + modulePadding };
}

interface PlacedPart {
  readonly width: number;
  readonly height: number;
  /** Relative to the module's own corner. */
  readonly tables: readonly (Point & { readonly id: string })[];
}

/** The module in several shapes. */
function layoutModule(part: ModulePart, arrange: ArrangeCluster, aspects: readonly number[]): PlacedPart[] {
  const clusters = part.clusters.map((cluster) => layoutCluster(cluster, arrange));
  return aspects.map((aspect) => packModule(clusters, aspect));
}

function packModule(clusters: readonly PlacedPart[], aspect: number): PlacedPart {
  const packing = packRects(clusters, aspect, clusterGap);
  const tables = clusters.flatMap((cluster, index) => {
    const corner = packing.corners[index] ?? { x: 0, y: 0 };
    return cluster.tables.map(({ id, x, y }) => ({ id, x: x + corner.x + modulePadding, y: y + corner.y + moduleHeader }));
  });
  return { width: packing.width + 2 * modulePadding, height: packing.height + moduleHeader + modulePadding, tables };
}

function layoutCluster(cluster: Cluster, arrange: ArrangeCluster): PlacedPart {
  const corners = cluster.tables.length === 1 ? [{ x: 0, y: 0 }] : arrange(cluster);
  const bounds = boundsOf(
    cluster.tables.map(({ width, height, loop }, index) => ({ ...(corners[index] ?? { x: 0, y: 0 }), width: width + (loop ?? 0), height })),
  );
  const tables = cluster.tables.map(({ id }, index) => {
    const corner = corners[index] ?? { x: 0, y: 0 };
    return { id, x: Math.round(corner.x - bounds.x), y: Math.round(corner.y - bounds.y) };
  });
  return { width: bounds.width, height: bounds.height, tables };
}
