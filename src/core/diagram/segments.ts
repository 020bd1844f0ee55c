/** The straight stretches of a route. */
import type { Point } from './geometry';

export interface Segment {
  readonly a: Point;
  readonly b: Point;
}

export function segmentsOf(points: readonly Point[]): Segment[] {
  const segments: Segment[] = [];
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1];
    const b = points[index];
    if (a && b) segments.push({ a, b });
  }
  return segments;
}
