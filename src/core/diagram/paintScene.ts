/** A whole scene at full detail, in the order of the layers: what every exported picture holds. */
import type { DiagramColours } from './colours';
import type { EdgeHeat } from './diagramModel';
import { paintEdge, paintModule, paintPill, pillRect, type Painter } from './paint';
import { paintBox } from './paintBox';
import type { EdgeRouter } from './routeEdges';
import type { Scene, SceneEdge } from './scene';
import { paintNote } from './views/sceneNotes';

export function paintScene(
  painter: Painter,
  scene: Scene,
  colours: DiagramColours,
  router: EdgeRouter,
  heatOf: (edge: SceneEdge) => EdgeHeat | null = () => null,
): void {
  for (const module of scene.modules) paintModule(painter, module, colours);
  for (const edge of scene.edges) paintEdge(painter, edge, router.route(edge), colours, 'normal', heatOf(edge));
  for (const box of scene.boxes) paintBox(painter, box, colours);
  for (const edge of scene.edges) {
    const heat = heatOf(edge);
    const rect = pillRect(edge, router.route(edge), heat, painter.measure);
    if (rect) paintPill(painter, edge, rect, colours, 'normal', heat);
  }
  for (const note of scene.notes ?? []) paintNote(painter, note, colours);
}
