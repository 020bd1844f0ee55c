/** A scene with everything that is derived from it for drawing and pointing: indices, routes, pills, heat. */
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import { boundsOf, inflate, type Point, type Rect } from '../../src/core/diagram/geometry';
import { pillRect } from '../../src/core/diagram/paint';
import { createEdgeRouter, directRoute, type EdgeRouter } from '../../src/core/diagram/routeEdges';
import type { Scene, SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import { createSpatialIndex, type SpatialIndex } from '../../src/core/diagram/spatialIndex';
import type { MeasureText } from '../../src/core/diagram/tableShape';

export interface Picture {
  readonly scene: Scene;
  readonly boxIndex: SpatialIndex<SceneBox>;
  readonly edgeIndex: SpatialIndex<SceneEdge>;
  readonly router: EdgeRouter;
  /** The route, or a direct shape while it has not been computed. */
  routeOf(edge: SceneEdge): readonly Point[];
  pillOf(edge: SceneEdge): Rect | null;
  heatOf(edge: SceneEdge): EdgeHeat | null;
}

export function createPicture(scene: Scene, heat: ReadonlyMap<string, EdgeHeat>, measure: MeasureText): Picture {
  const router = createEdgeRouter(scene);
  const direct = new Map<SceneEdge, readonly Point[]>();
  const routeOf = (edge: SceneEdge): readonly Point[] => {
    if (router.isRouted(edge)) return router.route(edge);
    let points = direct.get(edge);
    if (!points) direct.set(edge, (points = directRoute(edge)));
    return points;
  };
  const heatOf = (edge: SceneEdge): EdgeHeat | null => {
    const ends = [edge.edge.from, edge.edge.to];
    for (const { table, property } of ends) {
      const found = property === null ? undefined : heat.get(`${scene.boxById.get(table)?.table.name ?? ''}.${property}`);
      if (found) return found;
    }
    return null;
  };
  return {
    scene,
    boxIndex: createSpatialIndex(scene.boxes, (box) => box),
    // Routes may leave the rectangle between their boxes a little; the margin keeps them from vanishing at the view's border.
    edgeIndex: createSpatialIndex(scene.edges, ({ from, to }) => inflate(boundsOf([from.box, to.box]), 80)),
    router,
    routeOf,
    pillOf: (edge) => pillRect(edge, routeOf(edge), heatOf(edge), measure),
    heatOf,
  };
}
