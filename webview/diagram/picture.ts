/** A scene with everything that is derived from it for drawing and pointing: indices, routes, pills, heat. */
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import { boundsOf, containsPoint, inflate, intersects, type Point, type Rect } from '../../src/core/diagram/geometry';
import { pillRect } from '../../src/core/diagram/paint';
import { loopReach } from '../../src/core/diagram/layoutInput';
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
  /** Edges with a stretch or a pill in the area. */
  edgesIn(area: Rect): SceneEdge[];
}

/** With the picture before, edges that did not move keep their way. */
export function createPicture(scene: Scene, heat: ReadonlyMap<string, EdgeHeat>, measure: MeasureText, before?: Picture): Picture {
  const router = before?.scene === scene ? before.router : createEdgeRouter(scene, before?.router.kept);
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
  const edgeIndex = withDetours(createSpatialIndex(scene.edges, usualArea), router);
  return {
    scene,
    boxIndex: createSpatialIndex(scene.boxes, (box) => box),
    edgeIndex,
    router,
    routeOf,
    pillOf: (edge) => pillRect(edge, routeOf(edge), heatOf(edge), measure),
    heatOf,
    edgesIn: (area) => edgeIndex.query(area).filter((edge) => runsThrough(routeOf(edge), area)),
  };
}

/** Where an edge runs as a rule: between its boxes, or beside the one that it loops at; its pill included. */
function usualArea({ edge, from, to }: SceneEdge): Rect {
  const margin = from.box === to.box ? loopReach(edge) + reach : 80;
  return inflate(boundsOf([from.box, to.box]), margin);
}

/** The index with the edges that take a way outside of their usual area. */
function withDetours(index: SpatialIndex<SceneEdge>, router: EdgeRouter): SpatialIndex<SceneEdge> {
  let detours: SceneEdge[] = [];
  let routed = 0;
  return {
    query(area) {
      if (router.routed.size !== routed) {
        routed = router.routed.size;
        detours = [...router.routed].flatMap(([edge, points]) => (staysIn(points, usualArea(edge)) ? [] : [edge]));
      }
      const far = detours.filter((edge) => !intersects(usualArea(edge), area) && runsThrough(router.route(edge), area));
      return far.length === 0 ? index.query(area) : [...index.query(area), ...far];
    },
  };
}

function staysIn(points: readonly Point[], area: Rect): boolean {
  return points.every((point) => containsPoint(area, point));
}

/** How far a pill reaches to the sides of the line that it sits on; upwards and downwards it is half its height. */
const reach = 120;

function runsThrough(points: readonly Point[], { x, y, width, height }: Rect): boolean {
  const right = x + width + reach;
  const bottom = y + height + 14;
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1];
    const b = points[index];
    if (!a || !b) continue;
    if (Math.max(a.x, b.x) >= x - reach && Math.min(a.x, b.x) <= right && Math.max(a.y, b.y) >= y - 14 && Math.min(a.y, b.y) <= bottom) return true;
  }
  return false;
}
