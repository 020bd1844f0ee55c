/** How readable a picture's edges are, in figures: what a change of the layout or of the routes makes better or worse. */
import { boundsOf, inflate, intersects } from '../../../../src/core/diagram/geometry';
import { createEdgeRouter } from '../../../../src/core/diagram/routeEdges';
import type { Scene } from '../../../../src/core/diagram/scene';
import { segmentsOf } from '../../../../src/core/diagram/segments';

export interface RouteQuality {
  /** Places where lines cross; lines that share a trunk there count once. */
  readonly crossings: number;
  /** Of all edges together, in pixels. */
  readonly length: number;
  /** Of the lines that are seen: where edges run as one trunk, it counts once. */
  readonly ink: number;
  readonly bends: number;
  /** Edges that run through a box. */
  readonly throughBoxes: number;
}

interface Stretch {
  readonly upright: boolean;
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Routes every edge in its order and looks at what came of it. */
export function routeQuality(scene: Scene): RouteQuality {
  const router = createEdgeRouter(scene);
  const routes = scene.edges.map((edge) => router.route(edge));
  const stretches = routes.flatMap((points) => segmentsOf(points).map(toStretch));
  const seen = withoutRepetition(stretches);
  const sum = (of: readonly Stretch[]): number => Math.round(of.reduce((total, { low, high }) => total + high - low, 0));
  return {
    crossings: countCrossings(seen),
    length: sum(stretches),
    ink: sum(seen),
    bends: routes.reduce((total, points) => total + Math.max(0, points.length - 2), 0),
    throughBoxes: routes.filter((points) =>
      segmentsOf(points).some(({ a, b }) => {
        const area = boundsOf([a, b].map((point) => ({ ...point, width: 0.1, height: 0.1 })));
        return scene.boxes.some((box) => intersects(inflate(box, -1), area));
      }),
    ).length,
  };
}

function toStretch({ a, b }: ReturnType<typeof segmentsOf>[number]): Stretch {
  const upright = a.x === b.x;
  const [from, to] = upright ? [a.y, b.y] : [a.x, b.x];
  return { upright, at: upright ? a.x : a.y, low: Math.min(from, to), high: Math.max(from, to) };
}

/** Stretches on one line that touch become one. */
function withoutRepetition(stretches: readonly Stretch[]): Stretch[] {
  const lines = new Map<string, Stretch[]>();
  for (const stretch of stretches) {
    const key = `${stretch.upright} ${Math.round(stretch.at)}`;
    lines.set(key, [...(lines.get(key) ?? []), stretch]);
  }
  return [...lines.values()].flatMap((own) => {
    const joined: Stretch[] = [];
    for (const stretch of own.sort((a, b) => a.low - b.low)) {
      const last = joined.at(-1);
      if (last && stretch.low <= last.high + 0.5) joined[joined.length - 1] = { ...last, high: Math.max(last.high, stretch.high) };
      else joined.push(stretch);
    }
    return joined;
  });
}

/** Ends that meet a line are corners and junctions of a trunk, not crossings. */
function countCrossings(stretches: readonly Stretch[]): number {
  const margin = 1.5;
  const flats = stretches.filter(({ upright }) => !upright).sort((a, b) => a.at - b.at);
  const heights = flats.map(({ at }) => at);
  let count = 0;
  for (const { at, low, high } of stretches.filter(({ upright }) => upright)) {
    let index = firstAbove(heights, low + margin);
    for (let flat = flats[index]; flat && flat.at < high - margin; flat = flats[++index]) {
      if (flat.low + margin < at && at < flat.high - margin) count++;
    }
  }
  return count;
}

function firstAbove(sorted: readonly number[], bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
