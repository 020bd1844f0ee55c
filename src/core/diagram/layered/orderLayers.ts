/** The order of knots within their columns, so that few links cross. */
import type { Knot, LayeredGraph, Link } from './layeredGraph';

/** From each start, sweeps go on while they help. */
const starts = 12;
const patience = 3;

/** The best order that was found; the same for the same graph. */
export function orderLayers({ layers }: LayeredGraph): readonly (readonly Knot[])[] {
  let best = layers.map((layer) => [...layer]);
  let fewest = crossingsOf(best);
  for (let start = 0; start < starts && fewest > 0; start++) {
    const order = start === 0 ? fromTheFirst(layers) : shuffled(layers, start);
    const { found, crossings } = sweep(order);
    if (crossings >= fewest) continue;
    best = found;
    fewest = crossings;
  }
  return best;
}

function sweep(start: Knot[][]): { found: Knot[][]; crossings: number } {
  const order = start;
  let found = order.map((layer) => [...layer]);
  let crossings = crossingsOf(order);
  for (let round = 0, idle = 0; idle < patience && crossings > 0; round++) {
    const forward = round % 2 === 0;
    for (let step = 1; step < order.length; step++) {
      const index = forward ? step : order.length - 1 - step;
      sortByNeighbours(order, index, forward ? 'left' : 'right');
    }
    swapNeighbours(order);
    const now = crossingsOf(order);
    idle = now < crossings ? 0 : idle + 1;
    if (now >= crossings) continue;
    crossings = now;
    found = order.map((layer) => [...layer]);
  }
  return { found, crossings };
}

/** Knots in the order in which a walk along the links meets them: related ones come together. */
function fromTheFirst(layers: LayeredGraph['layers']): Knot[][] {
  const order: Knot[][] = layers.map(() => []);
  const seen = new Set<Knot>();
  const visit = (knot: Knot): void => {
    if (seen.has(knot)) return;
    seen.add(knot);
    order[knot.layer]?.push(knot);
    for (const { left, right } of knot.links) visit(left === knot ? right : left);
  };
  for (const layer of layers) for (const knot of layer) visit(knot);
  return order;
}

function shuffled(layers: LayeredGraph['layers'], seed: number): Knot[][] {
  let state = seed * 7919;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  return layers.map((layer) =>
    layer
      .map((knot) => ({ knot, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ knot }) => knot),
  );
}

/** Tells each knot its place. */
function count(layer: readonly Knot[]): void {
  layer.forEach((knot, index) => (knot.place = index));
}

/** Where a link meets its column: whole places, and parts of them for heights within a table. */
function leftPlace({ left, leftOffset }: Link): number {
  return left.place + leftOffset / left.height;
}

function rightPlace({ right, rightOffset }: Link): number {
  return right.place + rightOffset / right.height;
}

/** Each knot at the mean of its links' other ends; knots without any keep their place. */
function sortByNeighbours(order: readonly Knot[][], index: number, side: 'left' | 'right'): void {
  const layer = order[index];
  const other = order[index + (side === 'left' ? -1 : 1)];
  if (!layer || !other) return;
  const stretch = other.length / Math.max(1, layer.length);
  const wanted = new Map(
    layer.map((knot, at) => {
      const links = knot.links.filter((link) => link[side] !== knot);
      const mean = links.reduce((sum, link) => sum + (side === 'left' ? leftPlace(link) : rightPlace(link)), 0) / links.length;
      return [knot, links.length === 0 ? (at + 0.5) * stretch : mean];
    }),
  );
  layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
  count(layer);
}

/** Changes places of two that stand next to each other wherever fewer links cross then. */
function swapNeighbours(order: readonly Knot[][]): void {
  for (const layer of order) {
    for (let improved = true; improved;) {
      improved = false;
      for (let at = 0; at + 1 < layer.length; at++) {
        const upper = layer[at];
        const lower = layer[at + 1];
        if (!upper || !lower || gainOfSwap(upper, lower) <= 0) continue;
        layer[at] = lower;
        layer[at + 1] = upper;
        lower.place = at;
        upper.place = at + 1;
        improved = true;
      }
    }
  }
}

/** How many crossings fewer there are when two neighbours change places. */
function gainOfSwap(upper: Knot, lower: Knot): number {
  let gain = 0;
  for (const a of upper.links) {
    for (const b of lower.links) {
      const ends =
        a.left === upper && b.left === lower
          ? rightPlace(a) - rightPlace(b)
          : a.right === upper && b.right === lower
            ? leftPlace(a) - leftPlace(b)
            : 0;
      gain += Math.sign(ends);
    }
  }
  return gain;
}

/** Crossings of links between all neighbouring columns. */
function crossingsOf(order: readonly (readonly Knot[])[]): number {
  for (const layer of order) count(layer);
  return order.reduce((sum, layer) => sum + crossingsAfter(layer), 0);
}

function crossingsAfter(layer: readonly Knot[]): number {
  const ends: number[] = [];
  for (const knot of layer) for (const link of knot.links) if (link.left === knot) ends.push(leftPlace(link), rightPlace(link));
  let crossings = 0;
  for (let a = 0; a < ends.length; a += 2) {
    for (let b = a + 2; b < ends.length; b += 2) {
      if (((ends[a] ?? 0) - (ends[b] ?? 0)) * ((ends[a + 1] ?? 0) - (ends[b + 1] ?? 0)) < 0) crossings++;
    }
  }
  return crossings;
}
