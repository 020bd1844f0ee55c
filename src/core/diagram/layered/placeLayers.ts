/** Heights of knots in their ordered columns: links short and, where it costs nothing, straight. */
import { tableGap, type Knot } from './layeredGraph';

const rounds = 10;
/** A jog smaller than this is taken out where both tables have the room. */
const smallJog = 40;
const passingGap = 14;

/** Top of each knot. The columns' order is kept, and room between the knots of each. */
export function placeLayers(layers: readonly (readonly Knot[])[]): ReadonlyMap<Knot, number> {
  const tops = new Map<Knot, number>();
  for (const layer of layers) stack(layer, tops);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? layers : layers.toReversed();
    // The first sweeps look back only, so that one column follows the other; later ones weigh both sides.
    const look = round > 1 ? 'both' : round === 0 ? 'left' : 'right';
    for (const layer of order) settle(layer, tops, look);
  }
  for (const layer of [...layers, ...layers.toReversed()]) straighten(layer, tops);
  return tops;
}

function gapBetween(above: Knot, below: Knot): number {
  return above.table && below.table ? tableGap : passingGap;
}

function stack(layer: readonly Knot[], tops: Map<Knot, number>): void {
  let y = 0;
  layer.forEach((knot, index) => {
    const above = layer[index - 1];
    if (above) y += above.height + gapBetween(above, knot);
    tops.set(knot, y);
  });
}

/** The least sum of squared distances from where the links want each knot, in order and apart: isotonic regression by pooling. */
function settle(layer: readonly Knot[], tops: Map<Knot, number>, look: 'left' | 'right' | 'both'): void {
  interface Pool {
    sum: number;
    weight: number;
    count: number;
  }
  const pools: Pool[] = [];
  const shifts: number[] = [];
  let shift = 0;
  layer.forEach((knot, index) => {
    const above = layer[index - 1];
    if (above) shift += above.height + gapBetween(above, knot);
    shifts.push(shift);
    const { top, weight } = wantedTop(knot, tops, look);
    let pool: Pool = { sum: (top - shift) * weight, weight, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.weight > pool.sum / pool.weight; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, weight: pool.weight + last.weight, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  let index = 0;
  for (const { sum, weight, count } of pools) {
    for (let own = 0; own < count; own++, index++) {
      const knot = layer[index];
      if (knot) tops.set(knot, sum / weight + (shifts[index] ?? 0));
    }
  }
}

function wantedTop(knot: Knot, tops: ReadonlyMap<Knot, number>, look: 'left' | 'right' | 'both'): { top: number; weight: number } {
  let sum = 0;
  let weight = 0;
  for (const link of knot.links) {
    const isLeft = link.left === knot;
    if (look === (isLeft ? 'left' : 'right')) continue;
    const other = isLeft ? link.right : link.left;
    const straight = (tops.get(other) ?? 0) + (isLeft ? link.rightOffset - link.leftOffset : link.leftOffset - link.rightOffset);
    sum += straight * link.weight;
    weight += link.weight;
  }
  // What nothing pulls stays where it is, and gives way easily.
  return weight === 0 ? { top: tops.get(knot) ?? 0, weight: 0.01 } : { top: sum / weight, weight };
}

/** Moves a knot by a little where one of its links becomes straight by it and its neighbours leave the room. */
function straighten(layer: readonly Knot[], tops: Map<Knot, number>): void {
  layer.forEach((knot, index) => {
    const above = layer[index - 1];
    const below = layer[index + 1];
    const top = tops.get(knot) ?? 0;
    const lowest = above ? (tops.get(above) ?? 0) + above.height + gapBetween(above, knot) : -Infinity;
    const highest = below ? (tops.get(below) ?? 0) - knot.height - gapBetween(knot, below) : Infinity;
    let best = 0;
    let straightest = 0;
    for (const move of movesOf(knot, top, tops)) {
      if (Math.abs(move) > smallJog || top + move < lowest || top + move > highest) continue;
      const straight = countStraight(knot, top + move, tops);
      if (straight < straightest || (straight === straightest && Math.abs(move) >= Math.abs(best))) continue;
      straightest = straight;
      best = move;
    }
    if (straightest > countStraight(knot, top, tops)) tops.set(knot, top + best);
  });
}

function movesOf(knot: Knot, top: number, tops: ReadonlyMap<Knot, number>): number[] {
  return knot.links.map((link) => straightTop(knot, link, tops) - top);
}

function countStraight(knot: Knot, top: number, tops: ReadonlyMap<Knot, number>): number {
  return knot.links.reduce((sum, link) => (Math.abs(straightTop(knot, link, tops) - top) < 0.5 ? sum + link.weight : sum), 0);
}

function straightTop(knot: Knot, { left, right, leftOffset, rightOffset }: Knot['links'][number], tops: ReadonlyMap<Knot, number>): number {
  return left === knot ? (tops.get(right) ?? 0) + rightOffset - leftOffset : (tops.get(left) ?? 0) + leftOffset - rightOffset;
}
