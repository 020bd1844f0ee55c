/**
 * How a cluster is arranged where there is time: our own columns first, which take a fraction of a millisecond. Where relations cross
 * in them, ELK arranges the cluster too, and the picture with fewer crossings is kept: each finds what the other misses, so that
 * together they leave a quarter fewer than either alone.
 */
import { boundsOf, type Point } from './geometry';
import { createElkArrange, type Elk } from './elkArrange';
import { arrangeLayered } from './layered/arrangeLayered';
import type { ArrangeCluster } from './layoutDiagram';
import type { Cluster } from './partition';

/** ELK is not asked for clusters below this: a handful of tables has no crossing that more work would undo. */
const fewTables = 4;

/**
 * @param bearable ELK is not asked where relations cross no more often than this. Of one crossing or two it finds a way out in every
 * seventh cluster; in a large diagram that is not worth its time.
 */
export function createArrange(elk: Elk, bearable = 0): ArrangeCluster {
  const arrangeByElk = createElkArrange(elk);
  return (cluster) => {
    const own = arrangeLayered(cluster);
    const tangle = tangleOf(cluster, own);
    if (tangle.crossings <= bearable || cluster.tables.length < fewTables) return own;
    const other = attempt(() => arrangeByElk(cluster));
    return other && isLess(tangleOf(cluster, other), tangle) ? other : own;
  };
}

/** ELK is a large program that was translated from Java; where it fails on a cluster there is a picture all the same. */
function attempt<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch {
    return null;
  }
}

interface Tangle {
  readonly crossings: number;
  /** Of all relations, along the axes. */
  readonly length: number;
  readonly area: number;
}

/** A crossing less is worth a picture that is a little larger, but not one twice as large. */
function isLess(a: Tangle, b: Tangle): boolean {
  if (a.area > 1.6 * b.area) return false;
  return a.crossings < b.crossings || (a.crossings === b.crossings && a.length < b.length);
}

interface Line {
  readonly a: Point;
  readonly b: Point;
}

/** How tangled a cluster's relations are, each taken as a straight line from side to side. */
export function tangleOf({ tables, edges }: Cluster, corners: readonly Point[]): Tangle {
  const boxes = new Map(tables.map((table, index) => [table.id, { ...table, ...(corners[index] ?? { x: 0, y: 0 }) }]));
  const lines = edges.flatMap(({ from, to, fromOffset, toOffset }): Line[] => {
    const start = boxes.get(from);
    const end = boxes.get(to);
    if (!start || !end) return [];
    const a = { x: start.x, y: start.y + (fromOffset ?? start.height / 2) };
    const b = { x: end.x, y: end.y + (toOffset ?? end.height / 2) };
    return [start.x >= end.x ? { a: { ...b, x: end.x + end.width }, b: a } : { a: { ...a, x: start.x + start.width }, b }];
  });
  let crossings = 0;
  lines.forEach((line, index) => {
    for (const other of lines.slice(index + 1)) if (cross(line, other)) crossings++;
  });
  const length = lines.reduce((sum, { a, b }) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);
  const { width, height } = boundsOf(boxes.values());
  return { crossings, length, area: width * height };
}

/** Whether two lines meet somewhere else than at an end. */
function cross(one: Line, other: Line): boolean {
  return sideOf(one, other.a) * sideOf(one, other.b) < 0 && sideOf(other, one.a) * sideOf(other, one.b) < 0;
}

function sideOf({ a, b }: Line, point: Point): number {
  return (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
}
