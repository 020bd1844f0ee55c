/** Packs rectangles into a wide-or-tall area of a wanted shape: clusters into their module, modules into the view. */
import type { Point, Size } from './geometry';

export interface Packing extends Size {
  /** Top left corner of each rectangle, in the order given. */
  readonly corners: readonly Point[];
}

/**
 * Places rectangles without overlap, at least `gap` apart, so that width ÷ height comes near `aspect` and little area is lost.
 * Deterministic: equal input gives equal output.
 */
export function packRects(sizes: readonly Size[], aspect: number, gap: number): Packing {
  if (sizes.length === 0) return { width: 0, height: 0, corners: [] };
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(...sizes.map(({ width }) => width));
  const ideal = Math.sqrt(area * aspect);
  const widths = new Set([0.85, 0.95, 1.05, 1.15, 1.3, 1.5].map((factor) => Math.max(widest, ideal * factor)));
  const orders = [byHeight, byArea].map((larger) => sizes.map((_, index) => index).sort((a, b) => larger(sizes, a, b) || a - b));
  const packings = [...widths].flatMap((width) => orders.map((order) => packStrip(sizes, order, width, gap)));
  return packings.reduce((best, packing) => (cost(packing, aspect) < cost(best, aspect) ? packing : best));
}

/** The smallest view of the wanted shape that shows all of it: what the reader's zoom depends on. */
function cost({ width, height }: Packing, aspect: number): number {
  return Math.max(width / aspect, height);
}

interface Step {
  readonly x: number;
  readonly width: number;
  /** Lowest edge that is taken here, gap included. */
  readonly y: number;
}

function byHeight(sizes: readonly Size[], a: number, b: number): number {
  return (sizes[b]?.height ?? 0) - (sizes[a]?.height ?? 0);
}

function byArea(sizes: readonly Size[], a: number, b: number): number {
  const area = (index: number): number => (sizes[index]?.width ?? 0) * (sizes[index]?.height ?? 0);
  return area(b) - area(a);
}

/** Skyline packing: each rectangle in turn goes where its top is highest, then leftmost. */
function packStrip(sizes: readonly Size[], order: readonly number[], stripWidth: number, gap: number): Packing {
  const corners: Point[] = sizes.map(() => ({ x: 0, y: 0 }));
  let skyline: Step[] = [{ x: 0, width: stripWidth + gap, y: 0 }];
  let width = 0;
  let height = 0;
  for (const index of order) {
    const size = sizes[index];
    if (!size) continue;
    const place = findPlace(skyline, size.width + gap, stripWidth + gap);
    corners[index] = place;
    skyline = raise(skyline, { x: place.x, width: size.width + gap, y: place.y + size.height + gap });
    width = Math.max(width, place.x + size.width);
    height = Math.max(height, place.y + size.height);
  }
  return { width, height, corners };
}

function findPlace(skyline: readonly Step[], width: number, stripWidth: number): Point {
  let best: Point = { x: 0, y: Infinity };
  for (const { x } of skyline) {
    if (x + width > stripWidth + 0.5) continue;
    const y = restingHeight(skyline, x, width);
    if (y < best.y) best = { x, y };
  }
  return best.y === Infinity ? { x: 0, y: restingHeight(skyline, 0, width) } : best;
}

function restingHeight(skyline: readonly Step[], x: number, width: number): number {
  return skyline.reduce((y, step) => (step.x < x + width && x < step.x + step.width ? Math.max(y, step.y) : y), 0);
}

function raise(skyline: readonly Step[], placed: Step): Step[] {
  const end = placed.x + placed.width;
  const rest = skyline.flatMap((step) => {
    const stepEnd = step.x + step.width;
    if (stepEnd <= placed.x || step.x >= end) return [step];
    const left = step.x < placed.x ? [{ ...step, width: placed.x - step.x }] : [];
    const right = stepEnd > end ? [{ ...step, x: end, width: stepEnd - end }] : [];
    return [...left, ...right];
  });
  return [...rest, placed].sort((a, b) => a.x - b.x);
}
