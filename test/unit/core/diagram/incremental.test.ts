/** What is carried over from edit to edit is what would be made anew, and nothing outside of the edited module moves. */
import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../../../src/core/diagram/diagramModel';
import { inflate, intersects, type Rect } from '../../../../src/core/diagram/geometry';
import { layoutDiagram, type Positions } from '../../../../src/core/diagram/layoutDiagram';
import { toLayoutInput, type LayoutInput } from '../../../../src/core/diagram/layoutInput';
import { createEdgeRouter, type EdgeRouter } from '../../../../src/core/diagram/routeEdges';
import { buildScene, type Scene, type SceneBox, type SceneEdge } from '../../../../src/core/diagram/scene';
import { segmentsOf } from '../../../../src/core/diagram/segments';
import { createSpatialIndex, type SpatialIndex } from '../../../../src/core/diagram/spatialIndex';
import { shapeTable, type TableShape } from '../../../../src/core/diagram/tableShape';
import { updateLayout } from '../../../../src/core/diagram/updateLayout';
import { applyChange, changeBetween } from '../../../../src/protocol/diagramChange';
import { bookshop, generatedModel, seeded } from './models';
import { randomEdits, type RandomEdit } from './randomEdits';

const measure = (text: string): number => text.length * 7;

interface Held {
  readonly model: DiagramModel;
  readonly shapes: ReadonlyMap<string, TableShape>;
  readonly input: LayoutInput;
  readonly positions: Positions;
  readonly scene: Scene;
}

function start(model: DiagramModel): Held {
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)]));
  const input = toLayoutInput(model, shapes);
  const positions = layoutDiagram(input.tables, input.edges, { aspect: 1.6 });
  return { model, shapes, input, positions, scene: buildScene(model, shapes, positions) };
}

/** One edit, as the diagram goes through it. */
function follow(before: Held, { model: later }: RandomEdit): Held {
  const model = applyChange(before.model, changeBetween(before.model, later));
  const shapes = new Map(
    model.tables.map((table) => {
      const known = before.scene.boxById.get(table.id);
      return [table.id, known?.table === table ? known.shape : shapeTable(table, 'all', measure)];
    }),
  );
  const input = toLayoutInput(model, shapes);
  const { positions } = updateLayout(before.positions, input.tables, input.edges, before.input.tables);
  return { model, shapes, input, positions, scene: buildScene(model, shapes, positions, undefined, before.scene) };
}

/** A scene in which parts are named instead of repeated in each other. */
function tell({ boxes, modules, edges, edgesOf, boxesOf, boxById, edgeById, moduleById, bounds }: Scene): object {
  const nameOf = (edge: SceneEdge): string => edge.edge.id;
  return {
    boxes,
    modules,
    bounds,
    edges: edges.map(({ edge, from, to }) => ({ edge, ends: [from, to].map(({ box, end, y, key }) => ({ box: box.id, end, y, key })) })),
    edgesOf: [...edgesOf].map(([table, own]) => [table, own.map(nameOf)]),
    boxesOf: [...boxesOf].map(([module, own]) => [module, own.map(({ id }) => id)]),
    ids: [boxById, edgeById, moduleById].map((map) => [...map.keys()]),
    // Whatever is reached through an edge or an id is what stands in the lists.
    isOfOnePiece:
      edges.every((edge) => edgeById.get(nameOf(edge)) === edge && [edge.from, edge.to].every(({ box }) => boxById.get(box.id) === box)) &&
      boxes.every((box) => boxById.get(box.id) === box),
  };
}

/** The same, from nothing but data. */
function anew({ model, positions }: Held): Scene {
  const copy = structuredClone(model);
  return buildScene(copy, new Map(copy.tables.map((table) => [table.id, shapeTable(table, 'all', measure)])), positions);
}

const cases = [
  ['the bookshop', bookshop(), 40],
  ['ninety tables', generatedModel(90), 24],
] as const;

describe.each(cases)('after random edits of %s', (_, model, count) => {
  const edits = randomEdits(model, count, 5);

  it('the scene is the one that is built anew', () => {
    let held = start(model);
    for (const edit of edits) {
      held = follow(held, edit);
      expect(tell(held.scene)).toEqual(tell(anew(held)));
    }
  });

  it('nothing outside of the edited module moves, nor is any box, edge or container of it another object', () => {
    let held = start(model);
    for (const edit of edits) {
      const next = follow(held, edit);
      const outside = held.scene.boxes.filter(({ table }) => table.module !== edit.module);
      expect(outside.filter((box) => next.scene.boxById.get(box.id) !== box).map(({ id }) => id)).toEqual([]);
      // Where a relation comes or goes, others at the same row make room for it.
      const touched = touchedBoxes(held.scene, next.scene);
      const apart = held.scene.edges.filter(({ from, to }) =>
        [from, to].every(({ box }) => box.table.module !== edit.module && !touched.has(box.id)),
      );
      expect(apart.filter((edge) => next.scene.edgeById.get(edge.edge.id) !== edge).map(({ edge }) => edge.id)).toEqual([]);
      const containers = held.scene.modules.filter(({ id }) => id !== edit.module);
      expect(containers.filter((module) => next.scene.moduleById.get(module.id) !== module)).toEqual([]);
      held = next;
    }
  });

  it('the index answers as a new one does', () => {
    const random = seeded(3);
    const areaIn = ({ bounds }: Scene): Rect => ({
      x: bounds.x + random() * bounds.width,
      y: bounds.y + random() * bounds.height,
      width: random() ** 3 * bounds.width,
      height: random() ** 3 * bounds.height,
    });
    let held = start(model);
    let index: SpatialIndex<SceneBox> | undefined;
    for (const edit of edits) {
      held = follow(held, edit);
      index = createSpatialIndex(held.scene.boxes, (box) => box, index);
      for (let round = 0; round < 20; round++) {
        const area = areaIn(held.scene);
        expect(index.query(area)).toEqual(held.scene.boxes.filter((box) => intersects(box, area)));
      }
    }
  });

  it('edges keep their way unless an end moved or something stands in it, and none crosses a box that one made anew would not', () => {
    let held = start(model);
    let router: EdgeRouter = createEdgeRouter(held.scene);
    routeAll(router);
    for (const edit of edits) {
      const next = follow(held, edit);
      const ways = new Map([...router.routes].map(([edge, { points }]) => [edge.edge.id, points]));
      const came = next.scene.boxes.filter((box) => !isThere(held.scene, box));
      router = createEdgeRouter(next.scene, router);
      for (const edge of next.scene.edges) {
        const before = held.scene.edgeById.get(edge.edge.id);
        const way = ways.get(edge.edge.id);
        if (before !== edge || !way || came.some((box) => comesNear(way, box))) continue;
        expect(router.isRouted(edge)).toBe(true);
        expect(router.route(edge)).toBe(way);
      }
      routeAll(router);
      const fresh = createEdgeRouter(next.scene);
      routeAll(fresh);
      expect(crossings(router).length).toBeLessThanOrEqual(crossings(fresh).length);
      held = next;
    }
  });
});

/** Tables at which a relation came or went. */
function touchedBoxes(before: Scene, after: Scene): Set<string> {
  const came = after.edges.filter(({ edge }) => !before.edgeById.has(edge.id));
  const went = before.edges.filter(({ edge }) => !after.edgeById.has(edge.id));
  return new Set([...came, ...went].flatMap(({ from, to }) => [from.box.id, to.box.id]));
}

function routeAll(router: EdgeRouter): void {
  for (const edge of router.scene.edges) router.route(edge);
}

function isThere({ boxById }: Scene, { id, x, y, width, height }: SceneBox): boolean {
  const box = boxById.get(id);
  return box?.x === x && box.y === y && box.width === width && box.height === height;
}

function comesNear(points: SceneRoute, box: Rect): boolean {
  return segmentsOf(points).some(({ a, b }) =>
    intersects(inflate({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }, 12), box),
  );
}

type SceneRoute = ReturnType<EdgeRouter['route']>;

/** Edges that run through a box. */
function crossings({ scene, routes }: EdgeRouter): SceneEdge[] {
  const boxes = createSpatialIndex(scene.boxes, (box) => box);
  return [...routes].flatMap(([edge, { points }]) => {
    const runsThrough = segmentsOf(points).some(({ a, b }) => {
      const stretch = { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
      return boxes.query(inflate(stretch, 1)).some((box) => intersects(inflate(box, -2), inflate(stretch, 1)));
    });
    return runsThrough ? [edge] : [];
  });
}
