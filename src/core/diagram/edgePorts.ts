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

/** The ports of all edges whose both tables have a shape. */
export function portsOf(edges: readonly DiagramEdge[], shapes: ReadonlyMap<string, TableShape>): EdgePorts[] {
  const ends = edges.flatMap((edge) => {
    const from = shapes.get(edge.from.table);
    const to = shapes.get(edge.to.table);
    return from && to ? [{ edge, from: rawPort(edge, edge.from, from), to: rawPort(edge, edge.to, to) }] : [];
  });
  const marksAt = new Map<string, string[]>();
  for (const { from, to } of ends) for (const port of [from, to]) addMark(marksAt, port);
  return ends.map(({ edge, from, to }) => ({ edge, from: spread(from, marksAt), to: spread(to, marksAt) }));
}

interface RawPort {
  readonly row: string;
  readonly mark: string;
  readonly offset: number;
}

function rawPort(edge: DiagramEdge, end: EdgeEnd, shape: TableShape): RawPort {
  const index = rowOf(edge, end, shape);
  const mark = edge.kind === 'inheritance' ? 'inheritance' : `${end.max}${end.optional ? '0' : '1'}`;
  return { row: `${end.table}#${index}`, mark, offset: index === -1 ? headerHeight / 2 : rowCentre(index) };
}

/** Index of the row that an end touches; -1 for the header. */
function rowOf(edge: DiagramEdge, end: EdgeEnd, { rows }: TableShape): number {
  if (edge.kind === 'inheritance') return -1;
  // A self-relation over the key alone would start where it ends; its far end takes the header.
  if (edge.from.table === edge.to.table && end === edge.to && edge.from.columns.join() === edge.to.columns.join()) return -1;
  return rows.findIndex(({ column }) => column !== null && end.columns.includes(column));
}

function addMark(marksAt: Map<string, string[]>, { row, mark }: RawPort): void {
  const marks = marksAt.get(row);
  if (!marks) marksAt.set(row, [mark]);
  else if (!marks.includes(mark)) marks.push(mark);
}

function spread({ row, mark, offset }: RawPort, marksAt: ReadonlyMap<string, readonly string[]>): EdgePort {
  const marks = [...(marksAt.get(row) ?? [mark])].sort();
  return { offset: offset + (marks.indexOf(mark) - (marks.length - 1) / 2) * portSpacing, key: `${row}${mark}` };
}
