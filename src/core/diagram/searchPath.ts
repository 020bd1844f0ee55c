/**
 * The shortest orthogonal way with the fewest bends around obstacles: A* over the grid of lines beside the obstacles, which holds
 * an optimal way wherever one exists.
 */
import type { Point, Rect } from './geometry';
import type { TrunkStretch } from './trunks';

interface PathEnd {
  /** On the box's side. */
  readonly port: Point;
  /** Beside the box, where the way may first bend. */
  readonly stub: Point;
}

export interface PathQuery {
  readonly starts: readonly PathEnd[];
  readonly goals: readonly PathEnd[];
  /** Lines that lead to a start's or a goal's port already, which the way may join instead. */
  readonly startTrunks?: readonly TrunkStretch[];
  readonly goalTrunks?: readonly TrunkStretch[];
  readonly obstacles: readonly Rect[];
  /** Least distance from obstacles. */
  readonly clearance: number;
  /** Distance from an obstacle at which ways run by preference. */
  readonly channel: number;
}

/** A bend costs as much as this many pixels of detour. */
const bendCost = 48;

const horizontal = 0;
const vertical = 1;

/** What a stretch on a line that is there already costs, as part of its length: little, but no reason for a long detour. */
const trunkCost = 0.45;

/** Corner points from a start's port to a goal's port, or null where every way is blocked. */
export function searchPath(query: PathQuery): Point[] | null {
  const grid = buildGrid(query);
  const { xs, ys } = grid;
  const rows = ys.length;
  const size = grid.xs.length * grid.ys.length;
  const cost = new Float64Array(size * 2).fill(Infinity);
  /** The cost with the estimate of the rest, as a state was put on the heap with last. */
  const expected = new Float64Array(size * 2);
  const previous = new Int32Array(size * 2).fill(-1);
  const goals = new Set(query.goals.map(({ stub }) => nodeAt(grid, stub)));
  const entrances = new Map([...joinsOn(grid, query.startTrunks), ...endsOf(grid, query.starts)]);
  const exits = joinsOn(grid, query.goalTrunks);
  const rest = createEstimate(grid, query.goals, exits);
  const heap = createHeap();
  const put = (state: number, stateCost: number): void => {
    cost[state] = stateCost;
    heap.push(state, (expected[state] = stateCost + rest(state)));
  };
  const visit = (state: number, next: number, direction: number, length: number): void => {
    const nextState = next * 2 + direction;
    const nextCost = (cost[state] ?? 0) + length + (direction === (state & 1) ? 0 : bendCost);
    if (nextCost >= (cost[nextState] ?? 0)) return;
    previous[nextState] = state;
    put(nextState, nextCost);
  };
  for (const [node, entrance] of entrances) {
    put(node * 2, entrance.cost);
    if (entrance.anyDirection) put(node * 2 + 1, entrance.cost);
  }
  let best = { state: -1, cost: Infinity };
  for (let state = heap.pop(); state !== -1; state = heap.pop()) {
    const node = state >> 1;
    const least = expected[state] ?? 0;
    if (least >= best.cost) break;
    // It was reached at a lower cost since, and looked at then.
    if (heap.poppedPriority() > least) continue;
    const exit = exits.get(node);
    if (exit && (cost[state] ?? 0) + exit.cost < best.cost) best = { state, cost: (cost[state] ?? 0) + exit.cost };
    const isGoal = goals.has(node);
    // The last stretch into the box is horizontal, so arriving upright would cost one bend more: only horizontal arrivals end here.
    if (isGoal && (state & 1) === horizontal) {
      best = { state, cost: cost[state] ?? 0 };
      break;
    }
    const column = Math.floor(node / rows);
    const row = node - column * rows;
    const x = xs[column] ?? 0;
    const y = ys[row] ?? 0;
    if (column + 1 < xs.length && !grid.blockedRight[node]) visit(state, node + rows, horizontal, (xs[column + 1] ?? x) - x);
    if (column > 0 && !grid.blockedRight[node - rows]) visit(state, node - rows, horizontal, x - (xs[column - 1] ?? x));
    if (row + 1 < rows && !grid.blockedDown[node]) visit(state, node + 1, vertical, (ys[row + 1] ?? y) - y);
    if (row > 0 && !grid.blockedDown[node - 1]) visit(state, node - 1, vertical, y - (ys[row - 1] ?? y));
    // Turning on the spot into the stub's direction, for goals reached upright.
    if (isGoal) {
      const turned = node * 2 + horizontal;
      const turnedCost = (cost[state] ?? 0) + bendCost;
      if (turnedCost < (cost[turned] ?? 0)) {
        previous[turned] = state;
        put(turned, turnedCost);
      }
    }
  }
  if (best.state === -1) return null;
  const isJoin = best.cost !== cost[best.state];
  const end = isJoin ? exits.get(best.state >> 1) : endsOf(grid, query.goals).get(best.state >> 1);
  return toPoints(grid, previous, best.state, entrances, end?.tail ?? []);
}

/** Where a way may begin or end, and what lies between there and the port. */
interface Terminal {
  readonly cost: number;
  /** Corner points on to the port. */
  readonly tail: readonly Point[];
  readonly anyDirection: boolean;
}

function endsOf(grid: Grid, ends: readonly PathEnd[]): Map<number, Terminal> {
  return new Map(ends.map(({ stub, port }) => [nodeAt(grid, stub), { cost: 0, tail: [port], anyDirection: false }]));
}

/** The nodes on trunks; where several pass, the shortest way on. */
function joinsOn(grid: Grid, trunks: readonly TrunkStretch[] = []): Map<number, Terminal> {
  const joins = new Map<number, Terminal>();
  for (const { a, b, tail, tailLength } of trunks) {
    for (const { node, point } of nodesOn(grid, a, b)) {
      const cost = (Math.abs(point.x - b.x) + Math.abs(point.y - b.y) + tailLength) * trunkCost;
      if (cost < (joins.get(node)?.cost ?? Infinity)) joins.set(node, { cost, tail: [b, ...tail], anyDirection: true });
    }
  }
  return joins;
}

function* nodesOn({ xs, ys }: Grid, a: Point, b: Point): Generator<{ readonly node: number; readonly point: Point }> {
  const upright = a.x === b.x;
  const along = upright ? ys : xs;
  const fixed = (upright ? xs : ys).indexOf(upright ? a.x : a.y);
  const [low, high] = upright ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  for (let index = firstAbove(along, low - 0.01); index < along.length && (along[index] ?? 0) <= high; index++) {
    const at = along[index] ?? 0;
    yield upright ? { node: fixed * ys.length + index, point: { x: a.x, y: at } } : { node: index * ys.length + fixed, point: { x: at, y: a.y } };
  }
}

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** 1 where the stretch from a node to its right (or lower) neighbour is blocked. */
  readonly blockedRight: Uint8Array;
  readonly blockedDown: Uint8Array;
}

function buildGrid({ starts, goals, startTrunks = [], goalTrunks = [], obstacles, clearance, channel }: PathQuery): Grid {
  const stubs = [...starts, ...goals].map(({ stub }) => stub);
  const trunks = [...startTrunks, ...goalTrunks].flatMap(({ a, b }) => [a, b]);
  const xs = sortedUnique([...[...stubs, ...trunks].map(({ x }) => x), ...obstacles.flatMap(({ x, width }) => [x - channel, x + width + channel])]);
  const ys = sortedUnique([
    ...[...stubs, ...trunks].map(({ y }) => y),
    ...obstacles.flatMap(({ y, height }) => [y - clearance - 6, y + height + clearance + 6]),
  ]);
  const blockedRight = new Uint8Array(xs.length * ys.length);
  const blockedDown = new Uint8Array(xs.length * ys.length);
  for (const obstacle of obstacles) {
    const left = obstacle.x - clearance;
    const right = obstacle.x + obstacle.width + clearance;
    const top = obstacle.y - clearance;
    const bottom = obstacle.y + obstacle.height + clearance;
    // Stretches between grid lines that meet the open rectangle.
    const firstColumn = Math.max(0, firstAbove(xs, left) - 1);
    const firstRow = Math.max(0, firstAbove(ys, top) - 1);
    for (let column = firstColumn; column < xs.length && (xs[column] ?? 0) < right; column++) {
      for (let row = firstRow; row < ys.length && (ys[row] ?? 0) < bottom; row++) {
        const node = column * ys.length + row;
        const x = xs[column] ?? 0;
        const y = ys[row] ?? 0;
        if (y > top && (xs[column + 1] ?? x) > left) blockedRight[node] = 1;
        if (x > left && (ys[row + 1] ?? y) > top) blockedDown[node] = 1;
      }
    }
  }
  return { xs, ys, blockedRight, blockedDown };
}

function sortedUnique(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Index of the first value above a bound. */
function firstAbove(values: readonly number[], bound: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

function nodeAt({ xs, ys }: Grid, { x, y }: Point): number {
  return xs.indexOf(x) * ys.length + ys.indexOf(y);
}

function pointAt({ xs, ys }: Grid, node: number): Point {
  return { x: xs[Math.floor(node / ys.length)] ?? 0, y: ys[node % ys.length] ?? 0 };
}

/**
 * Never more than the true rest from a node that was reached in some direction: the way to the nearest goal with the bends that are sure
 * to come, since the last stretch is horizontal; or to the trunks around, which may be joined in any direction.
 */
function createEstimate(grid: Grid, goals: readonly PathEnd[], exits: ReadonlyMap<number, Terminal>): (state: number) => number {
  const { xs, ys } = grid;
  const rows = ys.length;
  const points = [...exits.keys()].map((node) => pointAt(grid, node));
  const least = Math.min(...[...exits.values()].map(({ cost }) => cost));
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  return (state) => {
    const node = state >> 1;
    const column = Math.floor(node / rows);
    const x = xs[column] ?? 0;
    const y = ys[node - column * rows] ?? 0;
    const upright = (state & 1) === vertical;
    let best = Infinity;
    let nearest = Infinity;
    for (const { port, stub } of goals) {
      const bends = upright ? 1 : stub.y === y ? 0 : 2;
      best = Math.min(best, Math.abs(stub.x - x) + Math.abs(stub.y - y) + bends * bendCost);
      nearest = Math.min(nearest, Math.abs(port.x - x) + Math.abs(port.y - y));
    }
    if (points.length === 0) return best;
    const toTrunks = Math.max(left - x, 0, x - right) + Math.max(top - y, 0, y - bottom);
    // Even if all the rest ran on trunks.
    return Math.min(best, toTrunks + Math.max(least, (nearest - toTrunks) * trunkCost));
  };
}

function toPoints(grid: Grid, previous: Int32Array, last: number, entrances: ReadonlyMap<number, Terminal>, tail: readonly Point[]): Point[] {
  const points: Point[] = [...tail].reverse();
  let state = last;
  let first = last;
  for (; state !== -1; state = previous[state] ?? -1) {
    points.push(pointAt(grid, state >> 1));
    first = state;
  }
  points.push(...(entrances.get(first >> 1)?.tail ?? []));
  return withoutStraightCorners(points.reverse());
}

/** Drops repeated points, and those between two stretches of the same direction. */
function withoutStraightCorners(points: readonly Point[]): Point[] {
  const distinct = points.filter((point, index) => point.x !== points[index - 1]?.x || point.y !== points[index - 1]?.y);
  return distinct.filter((point, index) => {
    const before = distinct[index - 1];
    const after = distinct[index + 1];
    if (!before || !after) return true;
    return !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y);
  });
}

interface Heap {
  push(item: number, priority: number): void;
  /** The item with the lowest priority, or -1. */
  pop(): number;
  /** Priority that the last item was pushed with. */
  poppedPriority(): number;
}

/** What lies in between moves by one place instead of being exchanged: most of a search's time is spent in here. */
function createHeap(): Heap {
  let items = new Int32Array(1024);
  let priorities = new Float64Array(1024);
  let size = 0;
  let popped = Infinity;
  const grow = (): void => {
    const [moreItems, morePriorities] = [new Int32Array(size * 2), new Float64Array(size * 2)];
    moreItems.set(items);
    morePriorities.set(priorities);
    [items, priorities] = [moreItems, morePriorities];
  };
  return {
    push(item, priority) {
      if (size === items.length) grow();
      let index = size++;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        const above = priorities[parent] as number;
        if (above <= priority) break;
        items[index] = items[parent] as number;
        priorities[index] = above;
        index = parent;
      }
      items[index] = item;
      priorities[index] = priority;
    },
    pop() {
      if (size === 0) return -1;
      const top = items[0] as number;
      popped = priorities[0] as number;
      size--;
      const item = items[size] as number;
      const priority = priorities[size] as number;
      let index = 0;
      for (let child = 1; child < size; child = 2 * index + 1) {
        if (child + 1 < size && (priorities[child + 1] as number) < (priorities[child] as number)) child++;
        const below = priorities[child] as number;
        if (below >= priority) break;
        items[index] = items[child] as number;
        priorities[index] = below;
        index = child;
      }
      items[index] = item;
      priorities[index] = priority;
      return top;
    },
    poppedPriority: () => popped,
  };
}
