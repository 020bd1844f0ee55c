/**
 * Orthogonal edges from row to row that cross no box. Cheap shapes first (straight, Z and C); only where those are blocked
 * a search over the free channels around the boxes nearby. Parallel stretches of different edges are moved apart.
 */
import { loopReach } from './layoutInput';
import { boundsOf, inflate, intersects, type Point, type Rect } from './geometry';
import { searchPath } from './searchPath';
import type { Scene, SceneEdge, ScenePort } from './scene';
import { createSpatialIndex, type SpatialIndex } from './spatialIndex';

/** A route with the places of its ends, to tell whether it still fits. */
export interface KeptRoute {
  readonly points: readonly Point[];
  readonly ends: string;
}

export interface EdgeRouter {
  /** Routes computed so far, by edge id. */
  readonly kept: ReadonlyMap<string, KeptRoute>;
  /** Corner points from the owning end to the other, both on their box's side. Computed once per edge, in the order asked for. */
  route(edge: SceneEdge): readonly Point[];
  /** True if `route` answers without computing. */
  isRouted(edge: SceneEdge): boolean;
  /** Takes one of the simple shapes if one is free; false where `route` would have to search, which takes milliseconds. */
  routeSimply(edge: SceneEdge): boolean;
}

/** Straight stretch beside a box that its crow's foot needs. */
const stubLength = 24;
const clearance = 10;
const laneSpacing = 8;
/** More obstacles than this between two ends, and whole modules are avoided instead of single boxes. */
const maxObstacles = 70;

/** `previous` are the routes of an earlier scene: edges whose ends did not move keep theirs while nothing stands in their way. */
export function createEdgeRouter(scene: Scene, previous: ReadonlyMap<string, KeptRoute> = new Map()): EdgeRouter {
  const boxes = createSpatialIndex<Rect>(scene.boxes, (box) => box);
  const routes = new Map<SceneEdge, readonly Point[]>();
  const kept = new Map<string, KeptRoute>();
  const lanes = createLanes();
  const hard = new Set<SceneEdge>();
  const keep = (edge: SceneEdge, found: readonly Point[]): readonly Point[] => {
    const points = separate(found, edge, lanes, boxes);
    routes.set(edge, points);
    kept.set(edge.edge.id, { points, ends: endsOf(edge) });
    return points;
  };
  const isRouted = (edge: SceneEdge): boolean => {
    if (routes.has(edge)) return true;
    const earlier = previous.get(edge.edge.id);
    if (!earlier || earlier.ends !== endsOf(edge) || !isFree(earlier.points, boxes)) return false;
    routes.set(edge, earlier.points);
    kept.set(edge.edge.id, earlier);
    for (const segment of segmentsOf(earlier.points)) lanes.take(segment, [edge.from.key, edge.to.key]);
    return true;
  };
  return {
    kept,
    isRouted,
    routeSimply(edge) {
      if (isRouted(edge)) return true;
      if (hard.has(edge)) return false;
      const simple = freeShape(edge, boxes, lanes);
      if (simple) keep(edge, simple);
      else hard.add(edge);
      return simple !== null;
    },
    route(edge) {
      const known = isRouted(edge) ? routes.get(edge) : undefined;
      if (known) return known;
      return keep(edge, (hard.has(edge) ? null : freeShape(edge, boxes, lanes)) ?? searchRoute(edge, scene, boxes));
    },
  };
}

function endsOf({ from, to }: SceneEdge): string {
  return [from.box.x, from.box.width, from.y, to.box.x, to.box.width, to.y].join();
}

/** A shape that ignores obstacles: for edges too small on the screen to tell, and while their turn has not come. */
export function directRoute(edge: SceneEdge): readonly Point[] {
  return shapesBetween(edge)[0] ?? [];
}

/** The first simple shape that crosses no box, by preference one that runs on top of no other edge. */
function freeShape(edge: SceneEdge, boxes: SpatialIndex<Rect>, lanes: Lanes): readonly Point[] | null {
  const free = shapesBetween(edge).filter((points) => isFree(points, boxes));
  const keys = [edge.from.key, edge.to.key];
  const alone = free.find((points) => segmentsOf(points).every((segment) => !lanes.isTaken(segment, keys)));
  return alone ?? free[0] ?? null;
}

function searchRoute(edge: SceneEdge, scene: Scene, boxes: SpatialIndex<Rect>): readonly Point[] {
  const found = edge.from.box === edge.to.box ? null : searchAround(edge, scene, boxes);
  return found ?? directRoute(edge);
}

type Side = 1 | -1;

function portPoint({ box, y }: ScenePort, side: Side): Point {
  return { x: side === 1 ? box.x + box.width : box.x, y };
}

/** Simple shapes between two rows, the most natural first. */
function shapesBetween(edge: SceneEdge): Point[][] {
  const { from, to } = edge;
  if (from.box === to.box) return [loop(edge, 1), loop(edge, -1)];
  const shapes: Point[][] = [];
  const rightward = to.box.x - (from.box.x + from.box.width);
  const leftward = from.box.x - (to.box.x + to.box.width);
  if (rightward >= 2 * stubLength) shapes.push(...zShapes(portPoint(from, 1), portPoint(to, -1)));
  if (leftward >= 2 * stubLength) shapes.push(...zShapes(portPoint(from, -1), portPoint(to, 1)));
  shapes.push(...cShapes(from, to));
  return shapes;
}

function loop({ edge, from, to }: SceneEdge, side: Side): Point[] {
  return viaVertical(portPoint(from, side), portPoint(to, side), portPoint(from, side).x + side * loopReach(edge));
}

function zShapes(a: Point, b: Point): Point[][] {
  if (Math.abs(a.y - b.y) < 1) return [[a, b]];
  const direction = Math.sign(b.x - a.x);
  const middles = [(a.x + b.x) / 2, b.x - direction * stubLength, a.x + direction * stubLength];
  return middles.map((x) => viaVertical(a, b, Math.round(x)));
}

function cShapes(from: ScenePort, to: ScenePort): Point[][] {
  const right = Math.max(from.box.x + from.box.width, to.box.x + to.box.width) + stubLength + 4;
  const left = Math.min(from.box.x, to.box.x) - stubLength - 4;
  const shapes = [viaVertical(portPoint(from, 1), portPoint(to, 1), right), viaVertical(portPoint(from, -1), portPoint(to, -1), left)];
  return shapes.sort((a, b) => lengthOf(a) - lengthOf(b));
}

function viaVertical(a: Point, b: Point, x: number): Point[] {
  return [a, { x, y: a.y }, { x, y: b.y }, b];
}

function lengthOf(points: readonly Point[]): number {
  return segmentsOf(points).reduce((sum, { a, b }) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);
}

interface Segment {
  readonly a: Point;
  readonly b: Point;
}

export function segmentsOf(points: readonly Point[]): Segment[] {
  return points.slice(1).flatMap((b, index) => {
    const a = points[index];
    return a ? [{ a, b }] : [];
  });
}

/** True where no stretch comes near a box; the first and last may touch the box they belong to, from outside. */
function isFree(points: readonly Point[], boxes: SpatialIndex<Rect>): boolean {
  const segments = segmentsOf(points);
  return segments.every((segment, index) => {
    const shortened = shorten(segment, index === 0, index === segments.length - 1);
    return !hitsBox(shortened, boxes);
  });
}

function hitsBox({ a, b }: Segment, boxes: SpatialIndex<Rect>): boolean {
  const area = inflate(boundsOf([toRect(a), toRect(b)]), clearance);
  return boxes.query(area).some((box) => intersects(box, area));
}

function toRect({ x, y }: Point): Rect {
  return { x, y, width: 0, height: 0 };
}

function shorten({ a, b }: Segment, first: boolean, last: boolean): Segment {
  const direction = Math.sign(b.x - a.x);
  const room = clearance + 1;
  return {
    a: first ? { x: a.x + direction * room, y: a.y } : a,
    b: last ? { x: b.x - direction * room, y: b.y } : b,
  };
}

function searchAround({ from, to }: SceneEdge, scene: Scene, boxes: SpatialIndex<Rect>): Point[] | null {
  const between = boundsOf([from.box, to.box]);
  const near = boxes.query(inflate(between, 160));
  const obstacles = near.length <= maxObstacles ? near : modulesBetween(from, to, scene, inflate(between, 160), near);
  if (obstacles.length > 2 * maxObstacles) return null;
  return searchPath({
    starts: ([1, -1] as const).map((side) => toStub(from, side)),
    goals: ([1, -1] as const).map((side) => toStub(to, side)),
    obstacles,
    clearance,
    channel: stubLength,
  });
}

function toStub(port: ScenePort, side: Side): { port: Point; stub: Point } {
  const point = portPoint(port, side);
  return { port: point, stub: { x: point.x + side * stubLength, y: point.y } };
}

function modulesBetween(from: ScenePort, to: ScenePort, scene: Scene, area: Rect, near: readonly Rect[]): Rect[] {
  const own = new Set([from.box.table.module, to.box.table.module]);
  const foreign = scene.modules.filter(({ id }) => !own.has(id)).filter((module) => intersects(module, area));
  const inside = scene.boxes.filter(({ table }) => own.has(table.module)).filter((box) => near.includes(box));
  return [...foreign, ...inside];
}

/** Remembers where edges run, so that later ones keep beside them instead of on top. */
interface Lanes {
  isTaken(segment: Segment, keys: readonly string[]): boolean;
  take(segment: Segment, keys: readonly string[]): void;
}

interface Lane {
  readonly low: number;
  readonly high: number;
  readonly at: number;
  readonly keys: readonly string[];
}

function createLanes(): Lanes {
  const lanes = new Map<string, Lane[]>();
  const bucketOf = (at: number): number => Math.floor(at / laneSpacing);
  return {
    isTaken(segment, keys) {
      const { vertical, at, low, high } = toLane(segment);
      return [-1, 0, 1].some((offset) =>
        (lanes.get(`${vertical}${bucketOf(at) + offset}`) ?? []).some(
          (lane) => Math.abs(lane.at - at) < laneSpacing - 1 && lane.low < high && low < lane.high && !lane.keys.some((key) => keys.includes(key)),
        ),
      );
    },
    take(segment, keys) {
      const { vertical, at, low, high } = toLane(segment);
      const key = `${vertical}${bucketOf(at)}`;
      const list = lanes.get(key) ?? [];
      list.push({ at, low, high, keys });
      lanes.set(key, list);
    },
  };
}

function toLane({ a, b }: Segment): { vertical: boolean; at: number; low: number; high: number } {
  const vertical = a.x === b.x;
  const [low, high] = vertical ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  return { vertical, at: vertical ? a.x : a.y, low, high };
}

/** Moves inner stretches beside those of other edges. Edges that end at the same port may share: they read as one trunk. */
function separate(points: readonly Point[], edge: SceneEdge, lanes: Lanes, boxes: SpatialIndex<Rect>): readonly Point[] {
  const keys = [edge.from.key, edge.to.key];
  let moved = points;
  for (let index = 1; index < moved.length - 2; index++) moved = moveAside(moved, index, keys, lanes, boxes);
  for (const segment of segmentsOf(moved)) lanes.take(segment, keys);
  return moved;
}

const sidesteps = [0, 1, -1, 2, -2, 3, -3, 4, -4].map((step) => step * laneSpacing);

function moveAside(points: readonly Point[], index: number, keys: readonly string[], lanes: Lanes, boxes: SpatialIndex<Rect>): readonly Point[] {
  for (const offset of sidesteps) {
    const shifted = offset === 0 ? points : shiftSegment(points, index, offset);
    const segment = segmentsOf(shifted)[index];
    if (!segment || lanes.isTaken(segment, keys)) continue;
    if (offset === 0 || isFree(shifted, boxes)) return shifted;
  }
  return points;
}

function shiftSegment(points: readonly Point[], index: number, offset: number): Point[] {
  const a = points[index];
  const b = points[index + 1];
  const vertical = a !== undefined && b !== undefined && a.x === b.x;
  return points.map((point, position) => {
    if (position !== index && position !== index + 1) return point;
    return vertical ? { x: point.x + offset, y: point.y } : { x: point.x, y: point.y + offset };
  });
}
