/** Which parts of a picture an edit changes, so that the rest of the canvas can stay. */
import { boundsOf, inflate, type Point, type Rect } from '../../src/core/diagram/geometry';
import { directRoute, type EdgeRouter, type Route } from '../../src/core/diagram/routeEdges';
import type { Scene, SceneEdge } from '../../src/core/diagram/scene';
import { segmentsOf } from '../../src/core/diagram/segments';
import type { Picture } from './picture';

export interface PictureChanges {
  /** What was there and what is, as far as it is known: places of boxes and modules, and of edges as they ran. */
  readonly areas: readonly Rect[];
  /** Edges that came or run elsewhere; where, is known when they are drawn. */
  readonly edges: readonly SceneEdge[];
}

/** Beyond this many changed boxes or edges the whole picture is drawn at once. */
const mostChanges = 400;
/** Crow's feet, problem marks and what stands at a box's rim reach this far. */
const markReach = 40;
/** The name of a field beside an edge's end, which stands there while the edge is lit up. */
const nameSize = { width: 260, height: 28 };

/** A picture as it was drawn. */
export interface DrawnPicture {
  readonly scene: Scene;
  /** Its routes when its router was handed over. */
  readonly routes: ReadonlyMap<SceneEdge, Route>;
  pillAlong(edge: SceneEdge, points: readonly Point[]): Rect | null;
}

/** What a later scene changes; null where that is too much to tell apart. */
export function changesBetween({ scene: before, routes, pillAlong }: DrawnPicture, scene: Scene, router: EdgeRouter): PictureChanges | null {
  if (before === scene) return null;
  const gone = before.boxes.filter((box) => scene.boxById.get(box.id) !== box);
  const come = scene.boxes.filter((box) => before.boxById.get(box.id) !== box);
  const goneEdges = before.edges.filter((edge) => scene.edgeById.get(edge.edge.id) !== edge);
  const comeEdges = scene.edges.filter((edge) => before.edgeById.get(edge.edge.id) !== edge);
  // An edge that something stands in the way of now is the same, but runs elsewhere.
  const blocked = scene.edges.filter((edge) => before.edgeById.get(edge.edge.id) === edge && routes.has(edge) && !router.isRouted(edge));
  if (gone.length + come.length + goneEdges.length + comeEdges.length + blocked.length > mostChanges) return null;
  const modules = [
    ...before.modules.filter((module) => scene.moduleById.get(module.id) !== module),
    ...scene.modules.filter((module) => before.moduleById.get(module.id) !== module),
  ];
  const ways = [...goneEdges, ...blocked].flatMap((edge) => {
    const points = routes.get(edge)?.points ?? directRoute(edge);
    return areasAlong(edge, points, pillAlong(edge, points));
  });
  return { areas: [...[...gone, ...come, ...modules].map((rect) => inflate(rect, markReach)), ...ways], edges: [...comeEdges, ...blocked] };
}

/** Where an edge of a picture can be seen. */
export function areasOf(edge: SceneEdge, { routeOf, pillOf }: Pick<Picture, 'routeOf' | 'pillOf'>): Rect[] {
  return areasAlong(edge, routeOf(edge), pillOf(edge));
}

/** Where it could be seen before its route was found. */
export function directAreasOf(edge: SceneEdge, { pillAlong }: Pick<Picture, 'pillAlong'>): Rect[] {
  const points = directRoute(edge);
  return areasAlong(edge, points, pillAlong(edge, points));
}

/** Its stretches and its pill; and its boxes, which stand out while the edge does. */
function areasAlong({ from, to }: SceneEdge, points: readonly Point[], pill: Rect | null): Rect[] {
  const stretches = segmentsOf(points).map(({ a, b }) => boundsOf([pointRect(a), pointRect(b)]));
  const names = [points[0], points.at(-1)].flatMap((end) =>
    end ? [{ x: end.x - nameSize.width, y: end.y - nameSize.height, width: 2 * nameSize.width, height: nameSize.height }] : [],
  );
  return [...names, ...[...stretches, from.box, to.box, ...(pill ? [pill] : [])].map((rect) => inflate(rect, markReach))];
}

function pointRect({ x, y }: Point): Rect {
  return { x, y, width: 0, height: 0 };
}
