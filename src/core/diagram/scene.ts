/** What is to be drawn, in the diagram's plane: boxes, module containers, and edges with the rows they start and end at. */
import type { DiagramEdge, DiagramModel, DiagramProblem, DiagramTable, EdgeEnd } from './diagramModel';
import { boundsOf, type Rect } from './geometry';
import { moduleRectAround, type Positions } from './layoutDiagram';
import { groupBy } from '../model/groupBy';
import { headerHeight, rowCentre, type TableShape } from './tableShape';

export interface SceneBox extends Rect {
  readonly id: string;
  readonly table: DiagramTable;
  readonly shape: TableShape;
  /** Index of the module's colour. */
  readonly colour: number;
  readonly problems: readonly DiagramProblem[];
}

export interface SceneModule extends Rect {
  readonly id: string;
  readonly name: string;
  readonly colour: number;
  readonly tableCount: number;
}

export interface ScenePort {
  readonly box: SceneBox;
  readonly end: EdgeEnd;
  /** Absolute height at which the edge leaves the box, on whichever side. */
  readonly y: number;
  /** Equal for edges that may share their last stretch: same row, same mark. */
  readonly key: string;
}

export interface SceneEdge {
  readonly edge: DiagramEdge;
  readonly from: ScenePort;
  readonly to: ScenePort;
}

export interface Scene {
  readonly boxes: readonly SceneBox[];
  readonly boxById: ReadonlyMap<string, SceneBox>;
  readonly modules: readonly SceneModule[];
  readonly edges: readonly SceneEdge[];
  /** Edges that touch a table, by its id. */
  readonly edgesOf: ReadonlyMap<string, readonly SceneEdge[]>;
  readonly bounds: Rect;
}

const colourCount = 8;

/** Puts a placed diagram together. Tables without a position are left out, with their edges. */
export function buildScene(
  model: DiagramModel,
  shapes: ReadonlyMap<string, TableShape>,
  positions: Positions,
  colours: ReadonlyMap<string, number> = assignColours(model.modules.map(({ id }) => id)),
): Scene {
  const problems = groupBy(model.problems, ({ table }) => table);
  const boxes = model.tables.flatMap((table): SceneBox[] => {
    const shape = shapes.get(table.id);
    const corner = positions.get(table.id);
    if (!shape || !corner) return [];
    const { width, height } = shape;
    return [{ id: table.id, table, shape, ...corner, width, height, colour: colours.get(table.module) ?? 0, problems: problems.get(table.id) ?? [] }];
  });
  const boxById = new Map(boxes.map((box) => [box.id, box]));
  const modules = toModules(model, boxes, colours);
  const edges = placeEdges(model.edges, boxById);
  const edgesOf = groupBy(
    edges.flatMap((edge) => [...new Set([edge.from.box.id, edge.to.box.id])].map((id) => ({ id, edge }))),
    ({ id }) => id,
  );
  return {
    boxes,
    boxById,
    modules,
    edges,
    edgesOf: new Map([...edgesOf].map(([id, list]) => [id, list.map(({ edge }) => edge)])),
    bounds: modules.length > 0 ? boundsOf(modules) : boundsOf(boxes),
  };
}

function toModules(model: DiagramModel, boxes: readonly SceneBox[], colours: ReadonlyMap<string, number>): SceneModule[] {
  const members = groupBy(boxes, ({ table }) => table.module);
  return model.modules.flatMap(({ id, name }) => {
    const own = members.get(id) ?? [];
    return own.length === 0 ? [] : [{ id, name, colour: colours.get(id) ?? 0, tableCount: own.length, ...moduleRectAround(boundsOf(own)) }];
  });
}

/** Colours by the modules' names; a module keeps the colour it had when others come and go, a new one takes the least used. */
export function assignColours(modules: readonly string[], previous: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const used = new Array<number>(colourCount).fill(0);
  const colours = new Map<string, number>();
  const take = (module: string, colour: number): void => {
    used[colour] = (used[colour] ?? 0) + 1;
    colours.set(module, colour);
  };
  for (const module of modules) {
    const colour = previous.get(module);
    if (colour !== undefined) take(module, colour);
  }
  for (const module of [...modules].sort()) if (!previous.has(module)) take(module, used.indexOf(Math.min(...used)));
  return colours;
}

/** Distance between the ends of edges that share a row but carry different marks. */
const portSpacing = 10;

function placeEdges(edges: readonly DiagramEdge[], boxById: ReadonlyMap<string, SceneBox>): SceneEdge[] {
  const ends = edges.flatMap((edge) => {
    const from = boxById.get(edge.from.table);
    const to = boxById.get(edge.to.table);
    return from && to ? [{ edge, from: rawPort(edge, edge.from, from), to: rawPort(edge, edge.to, to) }] : [];
  });
  const marksAt = new Map<string, string[]>();
  for (const { from, to } of ends) for (const port of [from, to]) addMark(marksAt, port);
  return ends.map(({ edge, from, to }) => ({ edge, from: spread(from, marksAt), to: spread(to, marksAt) }));
}

interface RawPort {
  readonly box: SceneBox;
  readonly end: EdgeEnd;
  readonly row: string;
  readonly mark: string;
  readonly y: number;
}

function rawPort(edge: DiagramEdge, end: EdgeEnd, box: SceneBox): RawPort {
  const index = rowOf(edge, end, box);
  const y = index === -1 ? headerHeight / 2 : rowCentre(index);
  const mark = edge.kind === 'inheritance' ? 'inheritance' : `${end.max}${end.optional ? '0' : '1'}`;
  return { box, end, row: `${box.id}#${index}`, mark, y: box.y + y };
}

function rowOf(edge: DiagramEdge, end: EdgeEnd, box: SceneBox): number {
  if (edge.kind === 'inheritance') return -1;
  const { rows } = box.shape;
  // A self-relation over the key alone would start where it ends; its far end takes the header.
  if (edge.from.table === edge.to.table && end === edge.to && edge.from.columns.join() === edge.to.columns.join()) return -1;
  return rows.findIndex(({ column }) => column !== null && end.columns.includes(column));
}

function addMark(marksAt: Map<string, string[]>, { row, mark }: RawPort): void {
  const marks = marksAt.get(row);
  if (!marks) marksAt.set(row, [mark]);
  else if (!marks.includes(mark)) marks.push(mark);
}

function spread({ box, end, row, mark, y }: RawPort, marksAt: ReadonlyMap<string, readonly string[]>): ScenePort {
  const marks = [...(marksAt.get(row) ?? [mark])].sort();
  const offset = (marks.indexOf(mark) - (marks.length - 1) / 2) * portSpacing;
  return { box, end, y: y + offset, key: `${row}${mark}` };
}
