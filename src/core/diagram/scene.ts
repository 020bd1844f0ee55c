/** What is to be drawn, in the diagram's plane: boxes, module containers, and edges with the rows they start and end at. */
import type { DiagramEdge, DiagramModel, DiagramProblem, DiagramTable, EdgeEnd } from './diagramModel';
import { portsOf, type EdgePort } from './edgePorts';
import { boundsOf, type Point, type Rect } from './geometry';
import { moduleRectAround, type Positions } from './layoutDiagram';
import { loopWidths } from './layoutInput';
import { groupBy } from '../model/groupBy';
import { sameData } from '../model/sameData';
import type { TableShape } from './tableShape';

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

/** A view's note where it stands, for pictures that hold notes. */
export interface SceneNote extends Rect {
  readonly text: string;
  readonly colour: number;
  readonly tie: readonly [Point, Point] | null;
}

export interface Scene {
  readonly boxes: readonly SceneBox[];
  readonly boxById: ReadonlyMap<string, SceneBox>;
  readonly modules: readonly SceneModule[];
  readonly moduleById: ReadonlyMap<string, SceneModule>;
  readonly boxesOf: ReadonlyMap<string, readonly SceneBox[]>;
  readonly edges: readonly SceneEdge[];
  readonly edgeById: ReadonlyMap<string, SceneEdge>;
  /** Edges that touch a table, by its id. */
  readonly edgesOf: ReadonlyMap<string, readonly SceneEdge[]>;
  readonly bounds: Rect;
  readonly notes?: readonly SceneNote[];
}

const colourCount = 8;

/**
 * Puts a placed diagram together. Tables without a position are left out, with their edges.
 * @param before an earlier scene: boxes, edges and modules that did not change are the same objects again.
 */
export function buildScene(
  model: DiagramModel,
  shapes: ReadonlyMap<string, TableShape>,
  positions: Positions,
  colours: ReadonlyMap<string, number> = assignColours(model.modules.map(({ id }) => id)),
  before: Scene | null = null,
): Scene {
  const problems = groupBy(model.problems, ({ table }) => table);
  const boxes = model.tables.flatMap((table): SceneBox[] => {
    const shape = shapes.get(table.id);
    const corner = positions.get(table.id);
    if (!shape || !corner) return [];
    const box: SceneBox = {
      id: table.id,
      table,
      shape,
      x: corner.x,
      y: corner.y,
      width: shape.width,
      height: shape.height,
      colour: table.colour ?? colours.get(table.module) ?? 0,
      problems: problems.get(table.id) ?? [],
    };
    const earlier = before?.boxById.get(table.id);
    return [earlier && isSameBox(earlier, box) ? earlier : box];
  });
  const boxById = new Map(boxes.map((box) => [box.id, box]));
  const boxesOf = groupBy(boxes, ({ table }) => table.module);
  const modules = toModules(model, boxesOf, colours, loopWidths(model.edges)).map((module) => {
    const earlier = before?.moduleById.get(module.id);
    return earlier && sameData(earlier, module) ? earlier : module;
  });
  const edges = placeEdges(model.edges, shapes, boxById, before);
  return {
    boxes,
    boxById,
    modules,
    moduleById: new Map(modules.map((module) => [module.id, module])),
    boxesOf,
    edges,
    edgeById: new Map(edges.map((edge) => [edge.edge.id, edge])),
    edgesOf: edgesByTable(edges),
    bounds: modules.length > 0 ? boundsOf(modules) : boundsOf(boxes),
  };
}

function isSameBox(a: SceneBox, b: SceneBox): boolean {
  return a.table === b.table && a.shape === b.shape && a.x === b.x && a.y === b.y && a.colour === b.colour && sameData(a.problems, b.problems);
}

function edgesByTable(edges: readonly SceneEdge[]): Map<string, SceneEdge[]> {
  const edgesOf = new Map<string, SceneEdge[]>();
  const add = (table: string, edge: SceneEdge): void => {
    const list = edgesOf.get(table);
    if (list) list.push(edge);
    else edgesOf.set(table, [edge]);
  };
  for (const edge of edges) {
    add(edge.from.box.id, edge);
    if (edge.to.box !== edge.from.box) add(edge.to.box.id, edge);
  }
  return edgesOf;
}

function toModules(
  model: DiagramModel,
  members: ReadonlyMap<string, readonly SceneBox[]>,
  colours: ReadonlyMap<string, number>,
  loops: ReadonlyMap<string, number>,
): SceneModule[] {
  return model.modules.flatMap(({ id, name, colour }) => {
    const own = members.get(id) ?? [];
    if (own.length === 0) return [];
    const bounds = boundsOf(own.map(({ id: table, x, y, width, height }) => ({ x, y, width: width + (loops.get(table) ?? 0), height })));
    return [{ id, name, colour: colour ?? colours.get(id) ?? 0, tableCount: own.length, ...moduleRectAround(bounds) }];
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

function placeEdges(
  edges: readonly DiagramEdge[],
  shapes: ReadonlyMap<string, TableShape>,
  boxById: ReadonlyMap<string, SceneBox>,
  before: Scene | null,
): SceneEdge[] {
  return portsOf(edges, shapes).flatMap(({ edge, from, to }) => {
    const start = boxById.get(edge.from.table);
    const end = boxById.get(edge.to.table);
    if (!start || !end) return [];
    const earlier = before?.edgeById.get(edge.id);
    if (earlier?.edge === edge && isSamePort(earlier.from, start, from) && isSamePort(earlier.to, end, to)) return [earlier];
    return [
      {
        edge,
        from: { box: start, end: edge.from, y: start.y + from.offset, key: from.key },
        to: { box: end, end: edge.to, y: end.y + to.offset, key: to.key },
      },
    ];
  });
}

function isSamePort(earlier: ScenePort, box: SceneBox, { offset, key }: EdgePort): boolean {
  return earlier.box === box && earlier.y === box.y + offset && earlier.key === key;
}
