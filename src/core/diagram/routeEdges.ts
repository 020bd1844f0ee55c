/**
 * Orthogonal edges from row to row that cross no box. Cheap shapes first (straight, Z and C); only where those are blocked
 * a search around the boxes in the way. Parallel stretches of different edges are moved apart.
 */
import type { Point } from './geometry';
import { createLanes, keepBeside, type Lanes } from './lanes';
import { loopReach } from './layoutInput';
import { boxesOn, routeAround } from './routeAround';
import type { Scene, SceneBox, SceneEdge, ScenePort } from './scene';
import { segmentsOf } from './segments';
import { createSpatialIndex, type SpatialIndex } from './spatialIndex';

/** A route with the places of its ends, to tell whether it still fits. */
export interface KeptRoute {
  readonly points: readonly Point[];
  readonly ends: string;
}

export interface EdgeRouter {
  /** Routes computed so far, by edge id. */
  readonly kept: ReadonlyMap<string, KeptRoute>;
  /** The same by edge of this scene. */
  readonly routed: ReadonlyMap<SceneEdge, readonly Point[]>;
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

/** `previous` are the routes of an earlier scene: edges whose ends did not move keep theirs while nothing stands in their way. */
export function createEdgeRouter(scene: Scene, previous: ReadonlyMap<string, KeptRoute> = new Map()): EdgeRouter {
  const boxes = createSpatialIndex(scene.boxes, (box) => box);
  const routes = new Map<SceneEdge, readonly Point[]>();
  const kept = new Map<string, KeptRoute>();
  const lanes = createLanes();
  const hard = new Set<SceneEdge>();
  const keep = (edge: SceneEdge, found: readonly Point[]): readonly Point[] => {
    const keys = [edge.from.key, edge.to.key];
    const points = keepBeside(found, keys, lanes, (moved) => isFree(moved, boxes));
    lanes.take(points, keys);
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
    lanes.take(earlier.points, [edge.from.key, edge.to.key]);
    return true;
  };
  return {
    kept,
    routed: routes,
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
function freeShape(edge: SceneEdge, boxes: SpatialIndex<SceneBox>, lanes: Lanes): readonly Point[] | null {
  const free = shapesBetween(edge).filter((points) => isFree(points, boxes));
  const keys = [edge.from.key, edge.to.key];
  const alone = free.find((points) => segmentsOf(points).every((segment) => !lanes.isTaken(segment, keys)));
  return alone ?? free[0] ?? null;
}

function searchRoute(edge: SceneEdge, scene: Scene, boxes: SpatialIndex<SceneBox>): readonly Point[] {
  const found = edge.from.box === edge.to.box ? null : routeAround(edge, { scene, boxes });
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

/** True where no stretch comes near a box. */
function isFree(points: readonly Point[], boxes: SpatialIndex<SceneBox>): boolean {
  return boxesOn(points, boxes, clearance).length === 0;
}
