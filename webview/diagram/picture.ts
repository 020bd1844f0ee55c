/** A scene with everything that is derived from it for drawing and pointing: indices, routes, pills, heat. */
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import { boundsOf, containsPoint, inflate, intersects, type Point, type Rect } from '../../src/core/diagram/geometry';
import { pillRect } from '../../src/core/diagram/paint';
import { loopReach } from '../../src/core/diagram/layoutInput';
import { createEdgeRouter, directRoute, type EdgeRouter } from '../../src/core/diagram/routeEdges';
import type { Scene, SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import { createSpatialIndex, type SpatialIndex } from '../../src/core/diagram/spatialIndex';
import type { MeasureText } from '../../src/core/diagram/tableShape';
import { changesBetween, type DrawnPicture, type PictureChanges } from './pictureChanges';

export interface Picture {
  readonly scene: Scene;
  readonly boxIndex: SpatialIndex<SceneBox>;
  readonly edgeIndex: SpatialIndex<SceneEdge>;
  readonly router: EdgeRouter;
  readonly heat: ReadonlyMap<string, EdgeHeat>;
  /** What differs from the picture before; null where that may be everything. */
  readonly changes: PictureChanges | null;
  /** The route, or a direct shape while it has not been computed. */
  routeOf(edge: SceneEdge): readonly Point[];
  pillOf(edge: SceneEdge): Rect | null;
  /** Where its pill would be if it ran so. */
  pillAlong(edge: SceneEdge, points: readonly Point[]): Rect | null;
  heatOf(edge: SceneEdge): EdgeHeat | null;
  /** Edges with a stretch or a pill in the area. */
  edgesIn(area: Rect): SceneEdge[];
}

/**
 * @param before the picture before, whose indices and routes are taken over: it must not be used any more. Edges that did not move
 *   keep their way.
 */
export function createPicture(scene: Scene, heat: ReadonlyMap<string, EdgeHeat>, measure: MeasureText, before?: Picture): Picture {
  const boxIndex = createSpatialIndex(scene.boxes, (box) => box, before?.boxIndex);
  const drawn: DrawnPicture | null = before && before.heat === heat ? { ...before, routes: new Map(before.router.routes) } : null;
  const router = before?.scene === scene ? before.router : createEdgeRouter(scene, before?.router, boxIndex);
  const index = createSpatialIndex(scene.edges, usualArea, before && edgeIndices.get(before));
  const routeOf = (edge: SceneEdge): readonly Point[] => router.routes.get(edge)?.points ?? directOf(edge);
  const heatOf = (edge: SceneEdge): EdgeHeat | null => {
    if (heat.size === 0) return null;
    const ends = [edge.edge.from, edge.edge.to];
    for (const { table, property } of ends) {
      const found = property === null ? undefined : heat.get(`${scene.boxById.get(table)?.table.name ?? ''}.${property}`);
      if (found) return found;
    }
    return null;
  };
  const pillAlong = (edge: SceneEdge, points: readonly Point[]): Rect | null => {
    const ownHeat = heatOf(edge);
    const known = pills.get(points);
    if (known?.heat === ownHeat && known.measure === measure) return known.pill;
    const pill = pillRect(edge, points, ownHeat, measure, (rect) => boxIndex.query(rect).length === 0);
    pills.set(points, { heat: ownHeat, measure, pill });
    return pill;
  };
  const edgeIndex = withDetours(index, router);
  const picture: Picture = {
    scene,
    boxIndex,
    edgeIndex,
    router,
    heat,
    changes: drawn && changesBetween(drawn, scene, router),
    routeOf,
    pillOf: (edge) => pillAlong(edge, routeOf(edge)),
    pillAlong,
    heatOf,
    edgesIn: (area) =>
      containsRect(area, scene.bounds) ? [...scene.edges] : edgeIndex.query(area).filter((edge) => runsThrough(routeOf(edge), area)),
  };
  edgeIndices.set(picture, index);
  return picture;
}

/** The indices of edges by their usual areas alone, to be taken over. */
const edgeIndices = new WeakMap<Picture, SpatialIndex<SceneEdge>>();
/** A pill stays where it is as long as its edge does, whatever moves beside it: what is painted anew follows the edges. */
const pills = new WeakMap<readonly Point[], { readonly heat: EdgeHeat | null; readonly measure: MeasureText; readonly pill: Rect | null }>();
const directRoutes = new WeakMap<SceneEdge, readonly Point[]>();

function directOf(edge: SceneEdge): readonly Point[] {
  let points = directRoutes.get(edge);
  if (!points) directRoutes.set(edge, (points = directRoute(edge)));
  return points;
}

function containsRect(outer: Rect, { x, y, width, height }: Rect): boolean {
  return containsPoint(outer, { x, y }) && containsPoint(outer, { x: x + width, y: y + height });
}

/** Where an edge runs as a rule: between its boxes, or beside the one that it loops at; its pill included. */
function usualArea({ edge, from, to }: SceneEdge): Rect {
  const margin = from.box === to.box ? loopReach(edge) + reach : 80;
  return inflate(boundsOf([from.box, to.box]), margin);
}

/** The index with the edges that take a way outside of their usual area. */
function withDetours(index: SpatialIndex<SceneEdge>, router: EdgeRouter): SpatialIndex<SceneEdge> {
  let detours: { readonly edge: SceneEdge; readonly points: readonly Point[]; readonly usual: Rect }[] = [];
  let version = -1;
  return {
    query(area) {
      if (router.version !== version) {
        version = router.version;
        detours = [...router.routes].flatMap(([edge, { points }]) => {
          const usual = usualArea(edge);
          return staysIn(points, usual) ? [] : [{ edge, points, usual }];
        });
      }
      const far = detours.flatMap(({ edge, points, usual }) => (!intersects(usual, area) && runsThrough(points, area) ? [edge] : []));
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
