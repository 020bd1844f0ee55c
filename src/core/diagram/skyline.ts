/** The upper edge of what is placed so far, from left to right: where the next rectangle may rest. */
import type { Point } from './geometry';

export interface Step {
  readonly x: number;
  readonly width: number;
  /** Lowest edge that is taken here, gap included. */
  readonly y: number;
}

export function flatSkyline(width: number): Step[] {
  return [{ x: 0, width, y: 0 }];
}

/** Where a rectangle may rest, one place for each step that has room for it to its right; never empty. */
export function placesOn(skyline: readonly Step[], width: number, stripWidth: number): Point[] {
  const places: Point[] = [];
  for (const [index, { x }] of skyline.entries()) {
    if (x + width > stripWidth + 0.5) break;
    places.push({ x, y: restingHeight(skyline, index, x + width) });
  }
  return places.length > 0 ? places : [{ x: 0, y: restingHeight(skyline, 0, width) }];
}

/** The deepest step from one on, up to where a rectangle that begins with it ends. */
function restingHeight(skyline: readonly Step[], from: number, end: number): number {
  let deepest = 0;
  for (let index = from; index < skyline.length; index++) {
    const step = skyline[index];
    if (!step || step.x >= end) break;
    deepest = Math.max(deepest, step.y);
  }
  return deepest;
}

/** The skyline with a rectangle put onto it, whose far edge is at `y`. Steps lie side by side, from left to right. */
export function raise(skyline: readonly Step[], placed: Step): Step[] {
  const end = placed.x + placed.width;
  const raised: Step[] = [];
  let isPut = false;
  for (const step of skyline) {
    const stepEnd = step.x + step.width;
    if (step.x < placed.x) raised.push(stepEnd <= placed.x ? step : { ...step, width: placed.x - step.x });
    if (!isPut && stepEnd > placed.x) {
      raised.push(placed);
      isPut = true;
    }
    if (stepEnd > end) raised.push(step.x >= end ? step : { ...step, x: end, width: stepEnd - end });
  }
  return isPut ? raised : [...raised, placed];
}
