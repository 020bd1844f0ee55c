/** Packs modules so that those with relations between them stand near each other, at little cost of room. */
import { groupBy } from '../model/groupBy';
import type { Point, Size } from './geometry';
import { packRects, stripWidths, viewHeight, type Packing } from './packRects';
import { flatSkyline, placesOn, raise } from './skyline';

/** Relations between two of the rectangles, by their indices. */
export interface ModuleLink {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How much larger the view may become for shorter edges: everything is then shown that much smaller. */
const mostGrowth = 1.08;
/** How much deeper than at the highest place a module may rest for being nearer to where it is wanted, as parts of the typical height. */
const slacks = [0.5, 1, 2, 50];
/** How far modules are pulled towards their relations before each new packing, in turn. */
const pulls = [0.8, 0.4];
const mostRounds = 8;

/**
 * Places rectangles without overlap, at least `gap` apart, as `packRects` does. From its packing on, everything is pulled towards
 * what it is related to and packed anew, as long as links become shorter and the view not much larger. Deterministic.
 */
export function packModules(sizes: readonly Size[], links: readonly ModuleLink[], aspect: number, gap: number): Packing {
  let best = packRects(sizes, aspect, gap);
  if (links.length === 0 || sizes.length < 3) return best;
  const neighbours = neighboursOf(links);
  // Those near the wanted shape; the others lose too much room to be worth their time.
  const widths = stripWidths(sizes, aspect, gap).slice(1, 4);
  const largestView = viewHeight(best, aspect) * mostGrowth;
  let bestLength = linkLength(best, sizes, links);
  for (let round = 0, idle = 0; round < mostRounds && idle < pulls.length; round++) {
    const wanted = pulledTogether(best, sizes, neighbours, pulls[round % pulls.length] ?? 1);
    idle++;
    for (const stripWidth of widths) {
      for (const slack of slacks) {
        const packing = packTowards(sizes, wanted, { stripWidth, gap, slack });
        const length = linkLength(packing, sizes, links);
        if (length >= bestLength || viewHeight(packing, aspect) > largestView) continue;
        best = packing;
        bestLength = length;
        idle = 0;
      }
    }
  }
  return best;
}

type Neighbours = ReadonlyMap<number, readonly { readonly other: number; readonly count: number }[]>;

function neighboursOf(links: readonly ModuleLink[]): Neighbours {
  const directed = links.flatMap(({ from, to, count }) => [
    { own: from, other: to, count },
    { own: to, other: from, count },
  ]);
  return groupBy(directed, ({ own }) => own);
}

/** Where the middles would be if each went a part of the way to the middle of its relations. */
function pulledTogether({ corners }: Packing, sizes: readonly Size[], neighbours: Neighbours, part: number): Point[] {
  const middles = sizes.map((size, index) => middleOf(corners[index], size));
  return middles.map((own, index) => {
    const related = neighbours.get(index) ?? [];
    const total = related.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return own;
    const mean = (axis: 'x' | 'y'): number =>
      related.reduce((sum, { other, count }) => sum + count * (middles[other]?.[axis] ?? own[axis]), 0) / total;
    return { x: own.x + (mean('x') - own.x) * part, y: own.y + (mean('y') - own.y) * part };
  });
}

interface StripOptions {
  readonly stripWidth: number;
  readonly gap: number;
  readonly slack: number;
}

/** Skyline packing from the top down, in which each rectangle takes, of the places that are not much deeper than the highest, the one nearest to where it is wanted. */
function packTowards(sizes: readonly Size[], wanted: readonly Point[], { stripWidth, gap, slack }: StripOptions): Packing {
  const topOf = (index: number): number => (wanted[index]?.y ?? 0) - (sizes[index]?.height ?? 0) / 2;
  const order = sizes.map((_, index) => index).sort((a, b) => topOf(a) - topOf(b) || a - b);
  const reach = (slack * sizes.reduce((sum, { height }) => sum + height, 0)) / sizes.length;
  const corners: Point[] = sizes.map(() => ({ x: 0, y: 0 }));
  let skyline = flatSkyline(stripWidth + gap);
  let width = 0;
  let height = 0;
  for (const index of order) {
    const size = sizes[index];
    const goal = wanted[index];
    if (!size || !goal) continue;
    const places = placesOn(skyline, size.width + gap, stripWidth + gap);
    const deepest = Math.min(...places.map(({ y }) => y)) + reach;
    const distanceOf = (place: Point): number => distance(middleOf(place, size), goal);
    const corner = places.filter(({ y }) => y <= deepest).reduce((best, each) => (distanceOf(each) < distanceOf(best) ? each : best));
    corners[index] = corner;
    skyline = raise(skyline, { x: corner.x, width: size.width + gap, y: corner.y + size.height + gap });
    width = Math.max(width, corner.x + size.width);
    height = Math.max(height, corner.y + size.height);
  }
  return { width, height, corners };
}

function linkLength({ corners }: Packing, sizes: readonly Size[], links: readonly ModuleLink[]): number {
  const middles = sizes.map((size, index) => middleOf(corners[index], size));
  return links.reduce((sum, { from, to, count }) => sum + count * distance(middles[from], middles[to]), 0);
}

function middleOf(corner: Point = { x: 0, y: 0 }, { width, height }: Size): Point {
  return { x: corner.x + width / 2, y: corner.y + height / 2 };
}

/** Edges run in right angles. */
function distance(a: Point = { x: 0, y: 0 }, b: Point = { x: 0, y: 0 }): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
