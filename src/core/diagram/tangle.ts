/** How tangled an arrangement of a cluster is, by which arrangements are compared. */
import { boundsOf, type Point } from './geometry';
import type { Cluster } from './partition';

export interface Tangle {
  readonly crossings: number;
  /** Of all relations, along the axes. */
  readonly length: number;
  readonly area: number;
}

/** A crossing less is worth a picture that is a little larger, but not one twice as large. */
export function isLess(a: Tangle, b: Tangle): boolean {
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
