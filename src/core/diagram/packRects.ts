/** Packs rectangles into a wide-or-tall area of a wanted shape: clusters into their module, modules into the view. */
import type { Point, Size } from './geometry';
import { flatSkyline, placesOn, raise } from './skyline';

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
  const widths = stripWidths(sizes, aspect, gap);
  const orders = [byHeight, byArea].map((larger) => sizes.map((_, index) => index).sort((a, b) => larger(sizes, a, b) || a - b));
  const packings = widths.flatMap((width) => orders.map((order) => packStrip(sizes, order, width, gap)));
  return packings.reduce((best, packing) => (viewHeight(packing, aspect) < viewHeight(best, aspect) ? packing : best));
}

/** Widths to try for a strip that holds the rectangles, around the one that would give the wanted shape if nothing were lost. */
export function stripWidths(sizes: readonly Size[], aspect: number, gap: number): number[] {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(...sizes.map(({ width }) => width));
  const ideal = Math.sqrt(area * aspect);
  return [...new Set([0.85, 0.95, 1.05, 1.15, 1.3, 1.5].map((factor) => Math.max(widest, ideal * factor)))];
}

/** Height of the smallest view of the wanted shape that shows all of it: what the reader's zoom depends on. */
export function viewHeight({ width, height }: Size, aspect: number): number {
  return Math.max(width / aspect, height);
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
  let skyline = flatSkyline(stripWidth + gap);
  let width = 0;
  let height = 0;
  for (const index of order) {
    const size = sizes[index];
    if (!size) continue;
    const place = placesOn(skyline, size.width + gap, stripWidth + gap).reduce((best, each) => (each.y < best.y ? each : best));
    corners[index] = place;
    skyline = raise(skyline, { x: place.x, width: size.width + gap, y: place.y + size.height + gap });
    width = Math.max(width, place.x + size.width);
    height = Math.max(height, place.y + size.height);
  }
  return { width, height, corners };
}
