/** A whole scene at full detail, one thing after the other in the order of the layers: what every exported picture holds. */
import type { DiagramColours } from './colours';
import type { EdgeHeat } from './diagramModel';
import { boundsOf, inflate, type Point, type Rect } from './geometry';
import { paintEdge, paintModule, paintPill, pillRect, type Painter } from './paint';
import { paintBox } from './paintBox';
import type { EdgeRouter } from './routeEdges';
import type { Scene, SceneEdge } from './scene';
import { createSpatialIndex } from './spatialIndex';
import type { MeasureText } from './tableShape';
import { paintNote } from './views/sceneNotes';

export interface SceneItem {
  /** What it is, in words. */
  readonly title: string;
  /** Nothing of it is painted outside. */
  readonly area: Rect;
  paint(painter: Painter): void;
}

export interface SceneLook {
  readonly colours: DiagramColours;
  readonly router: EdgeRouter;
  readonly measure: MeasureText;
  heatOf(edge: SceneEdge): EdgeHeat | null;
}

/** Crow's feet and marks reach this far out of what they belong to. */
const markReach = 24;

/**
 * Everything that is to be painted, the lowest first, and rests in between. A route that is not known yet is searched for when its edge's
 * turn comes.
 */
export function* sceneItems(scene: Scene, { colours, router, measure, heatOf }: SceneLook): Generator<SceneItem | 'rest'> {
  for (const module of scene.modules)
    yield { title: module.name, area: inflate(module, 2), paint: (painter) => paintModule(painter, module, colours) };
  for (const edge of scene.edges) {
    const search = router.routeInSteps(edge);
    let step = search.next();
    for (; step.done !== true; step = search.next()) yield 'rest';
    const route = step.value;
    const area = inflate(boundsOf(route.map(asRect)), markReach);
    yield { title: edge.edge.description, area, paint: (painter) => paintEdge(painter, edge, route, colours, 'normal', heatOf(edge)) };
  }
  for (const box of scene.boxes) {
    const title = `${box.table.name} (${box.table.table})`;
    yield { title, area: inflate(box, markReach), paint: (painter) => paintBox(painter, box, colours) };
  }
  const boxIndex = createSpatialIndex(scene.boxes, (box) => box);
  for (const edge of scene.edges) {
    const heat = heatOf(edge);
    const rect = pillRect(edge, router.route(edge), heat, measure, (pill) => boxIndex.query(pill).length === 0);
    if (rect)
      yield { title: edge.edge.description, area: inflate(rect, 2), paint: (painter) => paintPill(painter, edge, rect, colours, 'normal', heat) };
  }
  for (const note of scene.notes ?? []) {
    const area = boundsOf([note, ...(note.tie ?? []).map(asRect)]);
    yield { title: `Note: ${note.text}`, area: inflate(area, 2), paint: (painter) => paintNote(painter, note, colours) };
  }
}

/** How many items a scene has at most, to tell how far one is. */
export function countItems({ modules, edges, boxes, notes }: Scene): number {
  return modules.length + 2 * edges.length + boxes.length + (notes?.length ?? 0);
}

function asRect({ x, y }: Point): Rect {
  return { x, y, width: 0, height: 0 };
}
