/**
 * Orthogonal edges from row to row that cross no box. Cheap shapes first (straight, Z and C); only where those are blocked
 * a search around the boxes in the way. Parallel stretches of different edges are moved apart.
 */
import { boundsOf, inflate, intersects, type Point, type Rect } from './geometry';
import { createLanes, keepBeside, type Lanes } from './lanes';
import { loopReach } from './layoutInput';
import { boxesOn, routeAround } from './routeAround';
import type { Scene, SceneBox, SceneEdge, ScenePort } from './scene';
import { segmentsOf } from './segments';
import { createSpatialIndex, type SpatialIndex } from './spatialIndex';
import { withoutRest } from './steps';
import { createTrunks, type Trunks } from './trunks';

export interface EdgeRouter {
  readonly scene: Scene;
  /** Routes computed so far. */
  readonly routes: ReadonlyMap<SceneEdge, Route>;
  /** Grows with every route that is found or given up. */
  readonly version: number;
  /** Corner points from the owning end to the other, both on their box's side. Computed once per edge, in the order asked for. */
  route(edge: SceneEdge): readonly Point[];
  /** The same with rests. Another edge may be routed meanwhile. */
  routeInSteps(edge: SceneEdge): Generator<undefined, readonly Point[]>;
  /** True if `route` answers without computing. */
  isRouted(edge: SceneEdge): boolean;
  /** Takes one of the simple shapes if one is free; false where `route` would have to search, which takes milliseconds. */
  routeSimply(edge: SceneEdge): boolean;
  /** One with the same routes that goes on by itself, for work that may last longer than this one does. */
  copy(): EdgeRouter;
}

/** Straight stretch beside a box that its crow's foot needs. */
const stubLength = 24;
const clearance = 10;
/** How much farther out an edge may run for doing so on a line that is there already. */
const mostWider = 160;

/**
 * @param before a router of an earlier scene, which is taken over and must not be used any more: edges keep their way while its ends
 *   stay and nothing new stands in it.
 * @param boxes the index of the scene's boxes, where there is one.
 */
export function createEdgeRouter(
  scene: Scene,
  before?: EdgeRouter,
  boxes: SpatialIndex<SceneBox> = createSpatialIndex(scene.boxes, (box) => box),
): EdgeRouter {
  const { routes, lanes, trunks } = before instanceof Router ? before.handOver(scene) : emptyHandOver();
  return new Router(scene, boxes, routes, lanes, trunks);
}

export interface Route {
  readonly points: readonly Point[];
  /** Of its ports. */
  readonly keys: readonly string[];
  /** True where no way leads around the boxes, and it runs through them. */
  readonly forced: boolean;
}

interface HandOver {
  readonly routes: Map<SceneEdge, Route>;
  readonly lanes: Lanes;
  readonly trunks: Trunks;
}

function emptyHandOver(): HandOver {
  return { routes: new Map(), lanes: createLanes(), trunks: createTrunks() };
}

class Router implements EdgeRouter {
  version = 0;
  /** No simple shape is free for these. */
  private readonly hard = new Set<SceneEdge>();

  constructor(
    readonly scene: Scene,
    readonly boxes: SpatialIndex<SceneBox>,
    readonly routes: Map<SceneEdge, Route>,
    readonly lanes: Lanes,
    readonly trunks: Trunks,
  ) {}

  isRouted(edge: SceneEdge): boolean {
    return this.routes.has(edge);
  }

  routeSimply(edge: SceneEdge): boolean {
    if (this.isRouted(edge)) return true;
    if (this.hard.has(edge)) return false;
    const simple = freeShape(edge, this);
    if (simple) this.keep(edge, simple, false);
    else this.hard.add(edge);
    return simple !== null;
  }

  route(edge: SceneEdge): readonly Point[] {
    return withoutRest(this.routeInSteps(edge));
  }

  *routeInSteps(edge: SceneEdge): Generator<undefined, readonly Point[]> {
    const known = this.routes.get(edge);
    if (known) return known.points;
    const simple = this.hard.has(edge) ? null : freeShape(edge, this);
    const found = simple ?? (yield* searchRoute(edge, this));
    return this.routes.get(edge)?.points ?? this.keep(edge, found ?? directRoute(edge), found === null);
  }

  copy(): EdgeRouter {
    const { scene } = this;
    const { lanes, trunks } = emptyHandOver();
    for (const [edge, { points, keys }] of this.routes) {
      lanes.take(points, keys);
      if (mayShare(edge)) trunks.add(points, keys);
    }
    return new Router(
      scene,
      createSpatialIndex(scene.boxes, (box) => box),
      new Map(this.routes),
      lanes,
      trunks,
    );
  }

  /** What of its routes holds in a later scene. */
  handOver(later: Scene): HandOver {
    const { routes, lanes, trunks } = this;
    const { placed, cleared } = movedBoxes(this.scene, later);
    const obstacles = createSpatialIndex(placed, (box) => box);
    const near = boundsOf(placed);
    for (const [edge, route] of [...routes]) {
      const now = later.edgeById.get(edge.edge.id);
      const holds =
        now !== undefined &&
        hasSameEnds(edge, now) &&
        // One that nothing could be done about may have a way now.
        !(route.forced && cleared) &&
        (placed.length === 0 || !comesNear(route.points, near) || isFree(route.points, obstacles));
      if (holds && now === edge) continue;
      routes.delete(edge);
      if (holds) routes.set(now, route);
      else {
        lanes.release(route.points, route.keys);
        trunks.remove(route.points, route.keys);
      }
    }
    return { routes, lanes, trunks };
  }

  private keep(edge: SceneEdge, found: readonly Point[], forced: boolean): readonly Point[] {
    const keys = [edge.from.key, edge.to.key];
    const points = keepBeside(found, mayShare(edge) ? keys : [], this.lanes, (moved) => isFree(moved, this.boxes));
    this.lanes.take(points, keys);
    if (mayShare(edge) && !forced) this.trunks.add(points, keys);
    this.routes.set(edge, { points, keys, forced });
    this.version++;
    return points;
  }
}

/** Boxes that stand where none stood before, and whether any place was left. */
function movedBoxes(before: Scene, after: Scene): { readonly placed: SceneBox[]; readonly cleared: boolean } {
  const isAt = (box: SceneBox, other: SceneBox | undefined): boolean =>
    other === box || (other?.x === box.x && other.y === box.y && other.width === box.width && other.height === box.height);
  return {
    placed: after.boxes.filter((box) => !isAt(box, before.boxById.get(box.id))),
    cleared: before.boxes.some((box) => !isAt(box, after.boxById.get(box.id))),
  };
}

function hasSameEnds(a: SceneEdge, b: SceneEdge): boolean {
  const isSame = (one: ScenePort, other: ScenePort): boolean =>
    one.y === other.y && one.box.x === other.box.x && one.box.width === other.box.width && one.key === other.key;
  return a === b || (isSame(a.from, b.from) && isSame(a.to, b.to));
}

function comesNear(points: readonly Point[], area: Rect): boolean {
  const bounds = boundsOf(points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  return intersects(inflate(bounds, clearance), area);
}

/** A shape that ignores obstacles: for edges too small on the screen to tell, and while their turn has not come. */
export function directRoute(edge: SceneEdge): readonly Point[] {
  return shapesBetween(edge)[0] ?? [];
}

/** What the way of one edge depends on. */
type Surroundings = Pick<Router, 'scene' | 'boxes' | 'lanes' | 'trunks'>;

/** An edge with a pill keeps to itself: on a common line the pill would belong to nobody. So does a loop. */
function mayShare({ edge, from, to }: SceneEdge): boolean {
  return edge.joinTable === null && from.box !== to.box;
}

/** The first simple shape that crosses no box, by preference one that runs on top of no other edge. */
function freeShape(edge: SceneEdge, { boxes, lanes, trunks }: Surroundings): readonly Point[] | null {
  const bends = mayShare(edge) ? [edge.to.key, edge.from.key].flatMap((key) => [...trunks.bendsAt(key)]) : [];
  const free = shapesBetween(edge, bends).filter((points) => isFree(points, boxes));
  const keys = [edge.from.key, edge.to.key];
  const alone = free.find((points) => segmentsOf(points).every((segment) => !lanes.isTaken(segment, keys)));
  return alone ?? free[0] ?? null;
}

function* searchRoute(edge: SceneEdge, { scene, boxes, trunks }: Surroundings): Generator<undefined, readonly Point[] | null> {
  return edge.from.box === edge.to.box ? null : yield* routeAround(edge, { scene, boxes, trunks: mayShare(edge) ? trunks : null });
}

type Side = 1 | -1;

function portPoint({ box, y }: ScenePort, side: Side): Point {
  return { x: side === 1 ? box.x + box.width : box.x, y };
}

/**
 * Simple shapes between two rows, the most natural first.
 * @param bends where edges that end at the same row bend already
 */
function shapesBetween(edge: SceneEdge, bends: readonly number[] = []): Point[][] {
  const { from, to } = edge;
  if (from.box === to.box) return [loop(edge, 1), loop(edge, -1)];
  const shapes: Point[][] = [];
  const rightward = to.box.x - (from.box.x + from.box.width);
  const leftward = from.box.x - (to.box.x + to.box.width);
  if (rightward >= 2 * stubLength) shapes.push(...zShapes(portPoint(from, 1), portPoint(to, -1), bends));
  if (leftward >= 2 * stubLength) shapes.push(...zShapes(portPoint(from, -1), portPoint(to, 1), bends));
  shapes.push(...cShapes(from, to, bends));
  return shapes;
}

function loop({ edge, from, to }: SceneEdge, side: Side): Point[] {
  return viaVertical(portPoint(from, side), portPoint(to, side), portPoint(from, side).x + side * loopReach(edge));
}

function zShapes(a: Point, b: Point, bends: readonly number[]): Point[][] {
  if (Math.abs(a.y - b.y) < 1) return [[a, b]];
  const direction = Math.sign(b.x - a.x);
  const shared = bends.filter((x) => (x - a.x) * direction >= stubLength && (b.x - x) * direction >= stubLength);
  const middles = [...shared, (a.x + b.x) / 2, b.x - direction * stubLength, a.x + direction * stubLength];
  return middles.map((x) => viaVertical(a, b, Math.round(x)));
}

function cShapes(from: ScenePort, to: ScenePort, bends: readonly number[]): Point[][] {
  const right = Math.max(from.box.x + from.box.width, to.box.x + to.box.width) + stubLength + 4;
  const left = Math.min(from.box.x, to.box.x) - stubLength - 4;
  const rightward = (x: number): Point[] => viaVertical(portPoint(from, 1), portPoint(to, 1), x);
  const leftward = (x: number): Point[] => viaVertical(portPoint(from, -1), portPoint(to, -1), x);
  const shared = bends.flatMap((x) =>
    x >= right && x < right + mostWider ? [rightward(x)] : x <= left && x > left - mostWider ? [leftward(x)] : [],
  );
  const own = [rightward(right), leftward(left)].sort((a, b) => lengthOf(a) - lengthOf(b));
  return [...shared, ...own];
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
