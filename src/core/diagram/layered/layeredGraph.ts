/**
 * A cluster as the layered layout sees it: knots in columns, links from one column to the next. Tables that are referred to stand to
 * the left of those that refer to them, as far as cycles and the wanted shape allow.
 */
import type { Cluster, LayoutTable } from '../partition';

/** A table, or the place where a long link passes a column. */
export interface Knot {
  readonly table: LayoutTable | null;
  readonly width: number;
  readonly height: number;
  readonly layer: number;
  /** Where it stands in its column, counted from above; moves while the order is looked for. */
  place: number;
  readonly links: Link[];
}

/** Between knots of neighbouring columns. */
export interface Link {
  readonly left: Knot;
  readonly right: Knot;
  /** Heights from the knots' tops. */
  readonly leftOffset: number;
  readonly rightOffset: number;
  /** How much it matters that it is straight and short. */
  readonly weight: number;
  /** Width that its pill asks for; 0 without one. */
  readonly labelWidth: number;
}

export interface LayeredGraph {
  /** Knots by column, from left to right. */
  readonly layers: readonly (readonly Knot[])[];
}

/** Room above and below a table. */
export const tableGap = 36;
/** Width that a column takes beside its tables, for the shape; the real one follows from what runs there. */
const usualChannel = 110;
/** A passing link's height: a lane of the router. */
const laneHeight = 8;

/** Columns for a cluster's tables, and knots where links pass others. `aspect` is the width ÷ height that is wanted. */
export function toLayeredGraph({ tables, edges }: Cluster, aspect: number): LayeredGraph {
  const arcs = toArcs(tables, edges);
  const columns = assignColumns(tables, arcs, aspect);
  const knots = tables.map((table, index): Knot => {
    const width = table.width + (table.loop ?? 0);
    return { table, width, height: table.height, layer: columns[index] ?? 0, place: 0, links: [] };
  });
  const layers: Knot[][] = Array.from({ length: Math.max(...columns) + 1 }, () => []);
  for (const knot of knots) layers[knot.layer]?.push(knot);
  for (const arc of arcs) {
    const from = knots[arc.left];
    const to = knots[arc.right];
    if (from && to) addLink(layers, from, to, arc);
  }
  return { layers };
}

interface Arc {
  left: number;
  right: number;
  leftOffset: number;
  rightOffset: number;
  readonly labelWidth: number;
}

/** One arc for all relations between two tables, from the referred to the referring one. */
function toArcs(tables: readonly LayoutTable[], edges: Cluster['edges']): Arc[] {
  const indexOf = new Map(tables.map(({ id }, index) => [id, index]));
  const arcs = new Map<number, Arc>();
  for (const { from, to, fromOffset, toOffset, label } of edges) {
    const left = indexOf.get(to);
    const right = indexOf.get(from);
    if (left === undefined || right === undefined || left === right) continue;
    const key = Math.min(left, right) * tables.length + Math.max(left, right);
    const known = arcs.get(key);
    const labelWidth = Math.max(known?.labelWidth ?? 0, label?.width ?? 0);
    if (known) arcs.set(key, { ...known, labelWidth });
    else {
      const middle = (index: number): number => (tables[index]?.height ?? 0) / 2;
      arcs.set(key, { left, right, leftOffset: toOffset ?? middle(left), rightOffset: fromOffset ?? middle(right), labelWidth });
    }
  }
  const list = [...arcs.values()];
  breakCycles(tables.length, list);
  return list;
}

/** Turns the arcs that lead back to a table on the way to them. */
function breakCycles(count: number, arcs: Arc[]): void {
  const outgoing: Arc[][] = Array.from({ length: count }, () => []);
  const incoming = new Array<number>(count).fill(0);
  for (const arc of arcs) {
    outgoing[arc.left]?.push(arc);
    incoming[arc.right] = (incoming[arc.right] ?? 0) + 1;
  }
  const state = new Uint8Array(count);
  const back: Arc[] = [];
  const visit = (start: number): void => {
    const stack: { node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = 1;
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const arc = outgoing[top.node]?.[top.next++];
      if (!arc) {
        state[top.node] = 2;
        stack.pop();
      } else if (state[arc.right] === 1) back.push(arc);
      else if (state[arc.right] === 0) {
        state[arc.right] = 1;
        stack.push({ node: arc.right, next: 0 });
      }
    }
  };
  // Tables that refer to nothing first: a way that starts there turns fewer arcs.
  const order = Array.from({ length: count }, (_, index) => index).sort((a, b) => (incoming[a] ?? 0) - (incoming[b] ?? 0) || a - b);
  for (const node of order) if (state[node] === 0) visit(node);
  for (const arc of back) turn(arc);
}

function turn(arc: Arc): void {
  [arc.left, arc.right, arc.leftOffset, arc.rightOffset] = [arc.right, arc.left, arc.rightOffset, arc.leftOffset];
}

/** Column of each table: as far left as what it refers to allows, while the column has room. */
function assignColumns(tables: readonly LayoutTable[], arcs: Arc[], aspect: number): number[] {
  const room = columnHeight(tables, aspect);
  spreadSpokes(tables, arcs, room);
  const count = tables.length;
  const after: number[][] = Array.from({ length: count }, () => []);
  const before: number[][] = Array.from({ length: count }, () => []);
  for (const { left, right } of arcs) {
    after[left]?.push(right);
    before[right]?.push(left);
  }
  const rest = longestWays(count, before, after);
  const columns = new Array<number>(count).fill(-1);
  const filled: number[] = [];
  const waiting = new Set(tables.keys());
  while (waiting.size > 0) {
    // Of those whose turn it is, the one with the longest way still to go.
    let node = -1;
    for (const candidate of waiting) {
      if ((before[candidate] ?? []).some((other) => waiting.has(other))) continue;
      if (node === -1 || (rest[candidate] ?? 0) > (rest[node] ?? 0)) node = candidate;
    }
    waiting.delete(node);
    const height = (tables[node]?.height ?? 0) + tableGap;
    let column = Math.max(0, ...(before[node] ?? []).map((other) => (columns[other] ?? 0) + 1));
    while ((filled[column] ?? 0) > 0 && (filled[column] ?? 0) + height > room) column++;
    filled[column] = (filled[column] ?? 0) + height;
    columns[node] = column;
  }
  pullRight(tables, columns, before, after, filled, room);
  return withoutEmpty(columns);
}

/** How tall a column may grow for the cluster to get its shape. Columns end up wider than assumed where links are many, and less full. */
function columnHeight(tables: readonly LayoutTable[], aspect: number): number {
  const heights = tables.reduce((sum, { height }) => sum + height + tableGap, 0);
  const width = tables.reduce((sum, table) => sum + table.width + (table.loop ?? 0), 0) / tables.length + usualChannel;
  const columns = Math.max(1, Math.sqrt((aspect * heights) / width));
  return Math.max((heights / columns) * 1.12, ...tables.map(({ height }) => height + tableGap));
}

/** Tables whose only relation is to one that many refer to stand on both sides of it, where one side would grow too tall. */
function spreadSpokes(tables: readonly LayoutTable[], arcs: readonly Arc[], room: number): void {
  const degree = new Array<number>(tables.length).fill(0);
  for (const { left, right } of arcs) {
    degree[left] = (degree[left] ?? 0) + 1;
    degree[right] = (degree[right] ?? 0) + 1;
  }
  const spokes = new Map<number, Arc[]>();
  for (const arc of arcs) {
    if (degree[arc.right] === 1) spokes.set(arc.left, [...(spokes.get(arc.left) ?? []), arc]);
  }
  for (const own of spokes.values()) {
    const heightOf = (arc: Arc): number => (tables[arc.right]?.height ?? 0) + tableGap;
    const all = own.reduce((sum, arc) => sum + heightOf(arc), 0);
    if (all <= room || own.length < 4) continue;
    let turned = 0;
    for (const arc of own.toReversed()) {
      if (turned + heightOf(arc) > all / 2) break;
      turned += heightOf(arc);
      turn(arc);
    }
  }
}

/** Length of the longest way from each table to a last one. */
function longestWays(count: number, before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number[] {
  const ways = new Array<number>(count).fill(0);
  const open = after.map(({ length }) => length);
  const ready = open.flatMap((left, node) => (left === 0 ? [node] : []));
  for (const node of ready) {
    for (const other of before[node] ?? []) {
      ways[other] = Math.max(ways[other] ?? 0, (ways[node] ?? 0) + 1);
      open[other] = (open[other] ?? 0) - 1;
      if (open[other] === 0) ready.push(other);
    }
  }
  return ways;
}

/** What is referred to from far right, and refers to less, moves towards it: links get shorter. */
function pullRight(
  tables: readonly LayoutTable[],
  columns: number[],
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  filled: number[],
  room: number,
): void {
  const order = [...tables.keys()].sort((a, b) => (columns[b] ?? 0) - (columns[a] ?? 0) || a - b);
  for (const node of order) {
    const nexts = after[node] ?? [];
    if (nexts.length <= (before[node] ?? []).length) continue;
    const own = columns[node] ?? 0;
    const height = (tables[node]?.height ?? 0) + tableGap;
    for (let column = Math.min(...nexts.map((next) => columns[next] ?? 0)) - 1; column > own; column--) {
      if ((filled[column] ?? 0) + height > room) continue;
      filled[own] = (filled[own] ?? 0) - height;
      filled[column] = (filled[column] ?? 0) + height;
      columns[node] = column;
      break;
    }
  }
}

function withoutEmpty(columns: readonly number[]): number[] {
  const used = [...new Set(columns)].sort((a, b) => a - b);
  const rank = new Map(used.map((column, index) => [column, index]));
  return columns.map((column) => rank.get(column) ?? 0);
}

/** A link over several columns passes a knot in each of those between. */
function addLink(layers: Knot[][], from: Knot, to: Knot, { leftOffset, rightOffset, labelWidth }: Arc): void {
  let left = from;
  let offset = leftOffset;
  for (let layer = from.layer + 1; layer < to.layer; layer++) {
    const passing: Knot = { table: null, width: 0, height: laneHeight, layer, place: 0, links: [] };
    layers[layer]?.push(passing);
    join(left, passing, offset, laneHeight / 2, left.table ? 2 : 8, 0);
    left = passing;
    offset = laneHeight / 2;
  }
  join(left, to, offset, rightOffset, left.table ? 1 : 2, labelWidth);
}

function join(left: Knot, right: Knot, leftOffset: number, rightOffset: number, weight: number, labelWidth: number): void {
  const link: Link = { left, right, leftOffset, rightOffset, weight, labelWidth };
  left.links.push(link);
  right.links.push(link);
}
