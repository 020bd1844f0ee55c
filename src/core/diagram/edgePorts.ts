/** At which height of a box an edge begins and ends: at the row of its column, apart from edges there that carry other marks. */
import type { DiagramEdge, EdgeEnd } from './diagramModel';
import { headerHeight, rowCentre, type TableShape } from './tableShape';

export interface EdgePort {
  /** Height from the box's top. */
  readonly offset: number;
  /** Equal for edges that may share their last stretch: same box, same row, same mark. */
  readonly key: string;
}

export interface EdgePorts {
  readonly edge: DiagramEdge;
  readonly from: EdgePort;
  readonly to: EdgePort;
}

/** Distance between the ends of edges that share a row but carry different marks. */
const portSpacing = 10;

/** The ports of all edges whose both tables have a shape. Those of edges that are known already are the same objects again where they stayed. */
export function portsOf(edges: readonly DiagramEdge[], shapes: ReadonlyMap<string, TableShape>): EdgePorts[] {
  const marksAt = new Map<string, number>();
  const ends = edges.flatMap((edge) => {
    const from = shapes.get(edge.from.table);
    const to = shapes.get(edge.to.table);
    if (!from || !to) return [];
    const own = rawPortsOf(edge, from, to);
    for (const { row, mark } of [own.from, own.to]) marksAt.set(row, (marksAt.get(row) ?? 0) | (1 << mark));
    return [own];
  });
  return ends.map((own) => spread(own, marksAt.get(own.from.row) ?? 0, marksAt.get(own.to.row) ?? 0));
}

/** In this order, from top to bottom, they share a row. */
const marks = ['inheritance', 'many0', 'many1', 'one0', 'one1'] as const;

interface RawPort {
  readonly row: string;
  /** Index in `marks`. */
  readonly mark: number;
  readonly offset: number;
}

interface RawPorts {
  readonly edge: DiagramEdge;
  readonly fromShape: TableShape;
  readonly toShape: TableShape;
  readonly from: RawPort;
  readonly to: RawPort;
  /** What came of them last, and of which marks (as bits) at both rows. */
  last: { readonly fromMarks: number; readonly toMarks: number; readonly ports: EdgePorts } | null;
}

/** An edit changes a few of thousands of edges. */
const known = new WeakMap<DiagramEdge, RawPorts>();

function rawPortsOf(edge: DiagramEdge, fromShape: TableShape, toShape: TableShape): RawPorts {
  const before = known.get(edge);
  if (before?.fromShape === fromShape && before.toShape === toShape) return before;
  const own = { edge, fromShape, toShape, from: rawPort(edge, edge.from, fromShape), to: rawPort(edge, edge.to, toShape), last: null };
  known.set(edge, own);
  return own;
}

function rawPort(edge: DiagramEdge, end: EdgeEnd, shape: TableShape): RawPort {
  const index = rowOf(edge, end, shape);
  const mark = edge.kind === 'inheritance' ? 'inheritance' : (`${end.max}${end.optional ? '0' : '1'}` as const);
  return { row: `${end.table}#${index}`, mark: marks.indexOf(mark), offset: index === -1 ? headerHeight / 2 : rowCentre(index) };
}

/** Index of the row that an end touches; -1 for the header. */
function rowOf(edge: DiagramEdge, end: EdgeEnd, { rows }: TableShape): number {
  if (edge.kind === 'inheritance') return -1;
  // A self-relation over the key alone would start where it ends; its far end takes the header.
  if (edge.from.table === edge.to.table && end === edge.to && edge.from.columns.join() === edge.to.columns.join()) return -1;
  return rows.findIndex(({ column }) => column !== null && end.columns.includes(column));
}

function spread(own: RawPorts, fromMarks: number, toMarks: number): EdgePorts {
  const { last } = own;
  if (last?.fromMarks === fromMarks && last.toMarks === toMarks) return last.ports;
  const ports = { edge: own.edge, from: place(own.from, fromMarks), to: place(own.to, toMarks) };
  own.last = { fromMarks, toMarks, ports };
  return ports;
}

function place({ row, mark, offset }: RawPort, marksThere: number): EdgePort {
  const above = countBits(marksThere & ((1 << mark) - 1));
  return { offset: offset + (above - (countBits(marksThere) - 1) / 2) * portSpacing, key: `${row}${marks[mark] ?? ''}` };
}

function countBits(bits: number): number {
  return marks.reduce((sum, _, mark) => sum + ((bits >> mark) & 1), 0);
}
