/**
 * The way of an edge for which no simple shape is free. Obstacles are found on the way: what a found way runs into is added, and it is
 * searched for again; so a long edge costs no more than what lies in its way.
 */
import { boundsOf, inflate, intersects, type Point, type Rect } from './geometry';
import type { Scene, SceneBox, SceneEdge, ScenePort } from './scene';
import { searchPath } from './searchPath';
import { segmentsOf, type Segment } from './segments';
import type { SpatialIndex } from './spatialIndex';
import type { Trunks, TrunkStretch } from './trunks';

interface Attempt {
  /** Foreign modules are passed as a whole, in the gaps between them. */
  readonly modules: boolean;
  /** Least distance from boxes. */
  readonly clearance: number;
  /** Straight stretch beside a box, which its crow's foot needs. */
  readonly stub: number;
}

/** From the way that looks best to one that is there at all. */
const attempts: readonly Attempt[] = [
  { modules: true, clearance: 10, stub: 24 },
  { modules: false, clearance: 10, stub: 24 },
  { modules: false, clearance: 4, stub: 20 },
  { modules: false, clearance: 2, stub: 8 },
];
/** Ways that were in vain, per attempt, before it is given up. */
const patience = 24;
/** A module with more tables than this is not taken in from the start. */
const smallModule = 40;

export interface Surroundings {
  readonly scene: Scene;
  readonly boxes: SpatialIndex<SceneBox>;
  /** Lines that it may join; null where it keeps to itself. */
  readonly trunks: Trunks | null;
}

/**
 * Corner points, or null where boxes lie so close upon the edge's ends that no way leads out. Rests after each search: dozens of them,
 * which the longest edges of thousands of tables take, would be felt.
 */
export function* routeAround(edge: SceneEdge, surroundings: Surroundings): Generator<undefined, readonly Point[] | null> {
  for (const attempt of attempts) {
    const found = yield* tryWays(edge, surroundings, attempt);
    if (found) return found;
  }
  return null;
}

function* tryWays(
  { from, to }: SceneEdge,
  { scene, boxes, trunks }: Surroundings,
  { modules, clearance, stub }: Attempt,
): Generator<undefined, readonly Point[] | null> {
  const own = new Set([from.box.table.module, to.box.table.module]);
  const moduleById = modules ? scene.moduleById : null;
  const obstacles = new Set<Rect>([from.box, to.box]);
  const near = inflate(boundsOf([from.box, to.box]), 80);
  for (const module of own) {
    const members = scene.boxesOf.get(module) ?? [];
    if (members.length <= smallModule) for (const box of members) if (intersects(box, near)) obstacles.add(box);
  }
  const startTrunks = trunksOf(trunks, from, to);
  const goalTrunks = trunksOf(trunks, to, from);
  for (let tried = 0; tried < patience; tried++) {
    const way = searchPath({
      starts: ([1, -1] as const).map((side) => toStub(from, side, stub)),
      goals: ([1, -1] as const).map((side) => toStub(to, side, stub)),
      startTrunks,
      goalTrunks,
      obstacles: [...obstacles],
      clearance,
      channel: 24,
    });
    if (!way) return null;
    const met = boxesOn(way, boxes, clearance);
    if (met.length === 0) return way;
    const before = obstacles.size;
    for (const box of met) obstacles.add((own.has(box.table.module) ? null : moduleById?.get(box.table.module)) ?? box);
    if (obstacles.size === before) return null;
    yield;
  }
  return null;
}

function trunksOf(trunks: Trunks | null, own: ScenePort, other: ScenePort): readonly TrunkStretch[] {
  return trunks?.near(own.key, { x: other.box.x + other.box.width / 2, y: other.y }) ?? [];
}

function toStub({ box, y }: ScenePort, side: 1 | -1, stub: number): { port: Point; stub: Point } {
  const x = side === 1 ? box.x + box.width : box.x;
  return { port: { x, y }, stub: { x: x + side * stub, y } };
}

/** Boxes that a way comes near to. Its first and last stretch may touch the box they belong to, from outside. */
export function boxesOn(points: readonly Point[], boxes: SpatialIndex<SceneBox>, clearance: number): SceneBox[] {
  const segments = segmentsOf(points);
  const met: SceneBox[] = [];
  segments.forEach((segment, index) => {
    const { a, b } = shorten(segment, index === 0, index === segments.length - 1, clearance);
    const area = inflate({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }, clearance - 0.01);
    for (const box of boxes.query(area)) if (!met.includes(box)) met.push(box);
  });
  return met;
}

function shorten({ a, b }: Segment, first: boolean, last: boolean, clearance: number): Segment {
  const direction = Math.sign(b.x - a.x);
  const room = Math.min(clearance + 1, Math.abs(b.x - a.x));
  return {
    a: first ? { x: a.x + direction * room, y: a.y } : a,
    b: last ? { x: b.x - direction * room, y: b.y } : b,
  };
}
