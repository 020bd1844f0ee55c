/** Which rectangles lie where: a uniform grid, since boxes are of similar size and evenly spread. */
import { intersects, type Point, type Rect } from './geometry';

export interface SpatialIndex<Item> {
  /** Items whose rectangle meets the area, in the order they were given. */
  query(area: Rect): Item[];
}

const cellSize = 480;
/** An item over more cells than this is kept in a list of its own and tested every time. */
const maxCells = 64;

/**
 * Indexes items by their rectangle. An item's rectangle never changes: what moves becomes another item.
 * @param before an index by the same `rectOf`, which is taken over: what both hold stays in its place. It must not be asked any more.
 */
export function createSpatialIndex<Item extends object>(
  items: readonly Item[],
  rectOf: (item: Item) => Rect,
  before?: SpatialIndex<Item>,
): SpatialIndex<Item> {
  const index = before instanceof GridIndex ? (before as GridIndex<Item>) : new GridIndex<Item>();
  index.hold(items, rectOf);
  return index;
}

interface Entry<Item> {
  readonly item: Item;
  readonly rect: Rect;
  /** Null where it lies in too many. */
  readonly cells: readonly number[] | null;
  /** Place in the order given. */
  place: number;
  /** The last round that met it, so that none meets it twice. */
  met: number;
}

class GridIndex<Item extends object> implements SpatialIndex<Item> {
  private readonly entries = new Map<Item, Entry<Item>>();
  private readonly cells = new Map<number, Entry<Item>[]>();
  private large: Entry<Item>[] = [];
  private ordered: Entry<Item>[] = [];
  private round = 0;

  hold(items: readonly Item[], rectOf: (item: Item) => Rect): void {
    const round = ++this.round;
    this.ordered = items.map((item, place) => {
      const entry = this.entries.get(item) ?? this.add(item, rectOf(item));
      entry.place = place;
      entry.met = round;
      return entry;
    });
    if (this.entries.size === items.length) return;
    for (const entry of this.entries.values()) if (entry.met !== round) this.remove(entry);
  }

  query(area: Rect): Item[] {
    const cells = cellsOf(area);
    if (cells === null) return this.ordered.flatMap(({ item, rect }) => (intersects(rect, area) ? [item] : []));
    const round = ++this.round;
    const found: Entry<Item>[] = [];
    const collect = (entries: readonly Entry<Item>[]): void => {
      for (const entry of entries) {
        if (entry.met === round) continue;
        entry.met = round;
        if (intersects(entry.rect, area)) found.push(entry);
      }
    };
    collect(this.large);
    for (const cell of cells) collect(this.cells.get(cell) ?? []);
    return found.sort((a, b) => a.place - b.place).map(({ item }) => item);
  }

  private add(item: Item, rect: Rect): Entry<Item> {
    const entry: Entry<Item> = { item, rect, cells: cellsOf(rect), place: 0, met: 0 };
    this.entries.set(item, entry);
    if (entry.cells === null) this.large.push(entry);
    for (const cell of entry.cells ?? []) {
      const list = this.cells.get(cell);
      if (list) list.push(entry);
      else this.cells.set(cell, [entry]);
    }
    return entry;
  }

  private remove(entry: Entry<Item>): void {
    this.entries.delete(entry.item);
    const isOther = (other: Entry<Item>): boolean => other !== entry;
    if (entry.cells === null) this.large = this.large.filter(isOther);
    for (const cell of entry.cells ?? []) {
      const rest = (this.cells.get(cell) ?? []).filter(isOther);
      if (rest.length === 0) this.cells.delete(cell);
      else this.cells.set(cell, rest);
    }
  }
}

/** Numbers of the cells that a rectangle meets. Two far cells may share one, which costs a test and nothing else. */
function cellsOf({ x, y, width, height }: Rect): number[] | null {
  const left = Math.floor(x / cellSize);
  const right = Math.floor((x + width) / cellSize);
  const top = Math.floor(y / cellSize);
  const bottom = Math.floor((y + height) / cellSize);
  if (!((right - left + 1) * (bottom - top + 1) <= maxCells)) return null;
  const cells: number[] = [];
  for (let column = left; column <= right; column++) for (let row = top; row <= bottom; row++) cells.push(column * 0x10000 + row);
  return cells;
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
