/** Which rectangles lie where: a uniform grid, since boxes are of similar size and evenly spread. */
import { intersects, type Point, type Rect } from './geometry';

export interface SpatialIndex<Item> {
  /** Items whose rectangle meets the area, in the order they were given. */
  query(area: Rect): Item[];
}

const cellSize = 480;
/** An item over more cells than this is kept in a list of its own and tested every time. */
const maxCells = 64;

/** Indexes items by their rectangle; build it anew when they move (3,000 boxes take about a millisecond). */
export function createSpatialIndex<Item>(items: readonly Item[], rectOf: (item: Item) => Rect): SpatialIndex<Item> {
  const cells = new Map<string, number[]>();
  const large: number[] = [];
  const rects = items.map(rectOf);
  rects.forEach((rect, index) => {
    const keys = cellsOf(rect);
    if (keys === null) large.push(index);
    else for (const key of keys) (cells.get(key) ?? setDefault(cells, key)).push(index);
  });
  const meets = (area: Rect) => (index: number) => {
    const rect = rects[index];
    return rect !== undefined && intersects(rect, area);
  };
  return {
    query(area) {
      const keys = cellsOf(area);
      const candidates = keys === null ? rects.keys() : new Set([...large, ...keys.flatMap((key) => cells.get(key) ?? [])]);
      const found = [...candidates].filter(meets(area));
      return found.sort((a, b) => a - b).flatMap((index) => items[index] ?? []);
    },
  };
}

function cellsOf({ x, y, width, height }: Rect): string[] | null {
  const left = Math.floor(x / cellSize);
  const right = Math.floor((x + width) / cellSize);
  const top = Math.floor(y / cellSize);
  const bottom = Math.floor((y + height) / cellSize);
  if ((right - left + 1) * (bottom - top + 1) > maxCells) return null;
  const keys: string[] = [];
  for (let column = left; column <= right; column++) for (let row = top; row <= bottom; row++) keys.push(`${column}:${row}`);
  return keys;
}

function setDefault(cells: Map<string, number[]>, key: string): number[] {
  const list: number[] = [];
  cells.set(key, list);
  return list;
}

/** The item whose rectangle's centre is nearest to a point, among those that pass the test. */
export function nearestTo<Item extends Rect>(items: Iterable<Item>, point: Point, test: (item: Item) => boolean): Item | undefined {
  let best: Item | undefined;
  let bestDistance = Infinity;
  for (const item of items) {
    const distance = Math.hypot(item.x + item.width / 2 - point.x, item.y + item.height / 2 - point.y);
    if (distance < bestDistance && test(item)) {
      best = item;
      bestDistance = distance;
    }
  }
  return best;
}
