/**
 * Edges to one row run as one line where they can, as the branches of a tree do: of a table that everything refers to, the reader sees one
 * trunk with its twigs instead of hundreds of lines side by side.
 */
import type { Point } from './geometry';
import { segmentsOf } from './segments';

/** A stretch of an edge that leads to a port, where others with that port may join it. */
export interface TrunkStretch {
  readonly a: Point;
  /** The end that is nearer to the port. */
  readonly b: Point;
  /** Corner points from `b` to the port. */
  readonly tail: readonly Point[];
  /** Length of the tail. */
  readonly tailLength: number;
}

export interface Trunks {
  /** `keys` name the ports at the first and at the last point. */
  add(points: readonly Point[], keys: readonly string[]): void;
  remove(points: readonly Point[], keys: readonly string[]): void;
  /** Stretches that lead to a port, at most a dozen: those nearest to a point. */
  near(key: string, point: Point): readonly TrunkStretch[];
  /** Where edges of a port bend on their way to it for the last time, as x. */
  bendsAt(key: string): Iterable<number>;
}

/** Each is a place to join, and makes the search larger. */
const mostStretches = 12;
/** Beside a box the crow's foot of each edge stands by itself. */
const footRoom = 24;

interface Branch {
  readonly stretches: readonly TrunkStretch[];
  /** Null where it is straight. */
  readonly bend: number | null;
}

export function createTrunks(): Trunks {
  const branches = new Map<string, Map<readonly Point[], Branch>>();
  const ends = (points: readonly Point[], keys: readonly string[]): (readonly [string, () => readonly Point[]])[] => [
    [keys[0] ?? '', () => points.toReversed()],
    [keys[1] ?? '', () => points],
  ];
  return {
    add(points, keys) {
      for (const [key, towards] of ends(points, keys)) {
        const own = branches.get(key) ?? new Map<readonly Point[], Branch>();
        branches.set(key, own.set(points, toBranch(towards())));
      }
    },
    remove(points, keys) {
      for (const [key] of ends(points, keys)) {
        const own = branches.get(key);
        own?.delete(points);
        if (own?.size === 0) branches.delete(key);
      }
    },
    near(key, point) {
      const stretches = [...(branches.get(key)?.values() ?? [])].flatMap((branch) => branch.stretches);
      if (stretches.length <= mostStretches) return stretches;
      return stretches
        .map((stretch) => ({ stretch, away: distanceTo(stretch, point) }))
        .sort((one, other) => one.away - other.away)
        .slice(0, mostStretches)
        .map(({ stretch }) => stretch);
    },
    *bendsAt(key) {
      const seen = new Set<number>();
      for (const { bend } of branches.get(key)?.values() ?? []) {
        if (bend === null || seen.has(bend)) continue;
        seen.add(bend);
        yield bend;
      }
    },
  };
}

/** @param points of which the last is the port. */
function toBranch(points: readonly Point[]): Branch {
  const segments = segmentsOf(points);
  const stretches: TrunkStretch[] = [];
  let tail: readonly Point[] = [];
  let tailLength = 0;
  // The first stretch is the edge's own: at its far end stands another box.
  for (let index = segments.length - 1; index > 0; index--) {
    const segment = segments[index];
    if (!segment) continue;
    const { a } = segment;
    const isLast = index === segments.length - 1;
    const b = isLast ? besideFoot(a, segment.b) : segment.b;
    if (isLast) [tail, tailLength] = [[b, segment.b], footRoom];
    stretches.push({ a, b, tail, tailLength });
    tail = [a, ...tail];
    tailLength += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }
  const bend = points.length > 2 ? (points.at(-2)?.x ?? null) : null;
  return { stretches, bend };
}

function besideFoot(a: Point, port: Point): Point {
  const room = Math.min(footRoom, Math.abs(a.x - port.x));
  return { x: port.x + Math.sign(a.x - port.x) * room, y: port.y };
}

function distanceTo({ a, b }: TrunkStretch, { x, y }: Point): number {
  const outside = (value: number, one: number, other: number): number => Math.max(Math.min(one, other) - value, 0, value - Math.max(one, other));
  return outside(x, a.x, b.x) + outside(y, a.y, b.y);
}
