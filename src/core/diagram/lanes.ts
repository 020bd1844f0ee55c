/** Where edges run, so that later ones keep beside them instead of on top. */
import type { Point } from './geometry';
import { segmentsOf, type Segment } from './segments';

export interface Lanes {
  /** True where another edge runs along the segment nearer than the distance. Edges of a common port may share: they read as one trunk. */
  isTaken(segment: Segment, keys: readonly string[], distance?: number): boolean;
  take(points: readonly Point[], keys: readonly string[]): void;
  /** Undoes a `take` with the same points and keys. */
  release(points: readonly Point[], keys: readonly string[]): void;
}

/** Distance of parallel edges where there is room. */
const laneSpacing = 8;

interface Lane {
  readonly low: number;
  readonly high: number;
  readonly at: number;
  readonly keys: readonly string[];
}

export function createLanes(): Lanes {
  const upright = new Map<number, Lane[]>();
  const flat = new Map<number, Lane[]>();
  const bucketOf = (at: number): number => Math.floor(at / laneSpacing);
  return {
    isTaken(segment, keys, distance = laneSpacing - 1) {
      const { vertical, at, low, high } = toLane(segment);
      const lanes = vertical ? upright : flat;
      for (let bucket = bucketOf(at) - 1; bucket <= bucketOf(at) + 1; bucket++) {
        for (const lane of lanes.get(bucket) ?? []) {
          if (Math.abs(lane.at - at) >= distance || lane.low >= high || low >= lane.high) continue;
          if (!lane.keys.some((key) => keys.includes(key))) return true;
        }
      }
      return false;
    },
    take(points, keys) {
      for (const segment of segmentsOf(points)) {
        const { vertical, at, low, high } = toLane(segment);
        const lanes = vertical ? upright : flat;
        const list = lanes.get(bucketOf(at));
        const lane = { at, low, high, keys };
        if (list) list.push(lane);
        else lanes.set(bucketOf(at), [lane]);
      }
    },
    release(points, keys) {
      for (const segment of segmentsOf(points)) {
        const { vertical, at, low, high } = toLane(segment);
        const list = (vertical ? upright : flat).get(bucketOf(at)) ?? [];
        const index = list.findIndex((lane) => lane.keys === keys && lane.at === at && lane.low === low && lane.high === high);
        if (index !== -1) list.splice(index, 1);
      }
    },
  };
}

function toLane({ a, b }: Segment): { vertical: boolean; at: number; low: number; high: number } {
  const vertical = a.x === b.x;
  const [low, high] = vertical ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  return { vertical, at: vertical ? a.x : a.y, low, high };
}

/** First the lanes of a well-kept bundle; where all are taken, the narrow ones between them. */
const broadSteps = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6].map((step) => step * laneSpacing);
const narrowSteps = Array.from({ length: 16 }, (_, index) => (index >> 1) * 4 + 2).map((step, index) => (index % 2 === 0 ? step : -step));
const narrow = 1.9;

/** Moves the inner stretches of a route beside those of other edges, as far as `isFree` allows. */
export function keepBeside(
  points: readonly Point[],
  keys: readonly string[],
  lanes: Lanes,
  isFree: (points: readonly Point[]) => boolean,
): readonly Point[] {
  let moved = points;
  for (let index = 1; index < moved.length - 2; index++) {
    moved =
      moveAside(moved, index, (segment) => !lanes.isTaken(segment, keys), broadSteps, isFree) ??
      moveAside(moved, index, (segment) => !lanes.isTaken(segment, keys, narrow), narrowSteps, isFree) ??
      moved;
  }
  return moved;
}

function moveAside(
  points: readonly Point[],
  index: number,
  isAlone: (segment: Segment) => boolean,
  steps: readonly number[],
  isFree: (points: readonly Point[]) => boolean,
): readonly Point[] | null {
  for (const offset of steps) {
    const shifted = offset === 0 ? points : shiftSegment(points, index, offset);
    const [a, b] = [shifted[index], shifted[index + 1]];
    if (!a || !b || !isAlone({ a, b })) continue;
    if (offset === 0 || isFree(shifted)) return shifted;
  }
  return null;
}

function shiftSegment(points: readonly Point[], index: number, offset: number): Point[] {
  const vertical = points[index]?.x === points[index + 1]?.x;
  return points.map((point, position) => {
    if (position !== index && position !== index + 1) return point;
    return vertical ? { x: point.x + offset, y: point.y } : { x: point.x, y: point.y + offset };
  });
}
