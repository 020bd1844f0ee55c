/** What lies under the pointer. */
import { containsPoint, distanceToSegment, inflate, type Point, type Rect } from './geometry';
import { hiddenMarkRect, hiddenMarkReach } from './hiddenMark';
import { segmentsOf } from './segments';
import type { Scene, SceneBox, SceneEdge, SceneModule } from './scene';
import type { SpatialIndex } from './spatialIndex';
import { headerHeight, rowHeight, rowsPadding, type ShapeRow } from './tableShape';

export type Hit =
  | { readonly kind: 'box'; readonly box: SceneBox; readonly row: ShapeRow | null }
  /** The mark of a box that tells of neighbours which are left out. */
  | { readonly kind: 'hidden-mark'; readonly box: SceneBox }
  /** `sharing`: edges that run on the same line here, itself left out. */
  | { readonly kind: 'edge'; readonly edge: SceneEdge; readonly sharing?: readonly SceneEdge[] }
  | { readonly kind: 'module'; readonly module: SceneModule }
  | { readonly kind: 'nothing' };

export interface HitTargets {
  readonly scene: Scene;
  readonly boxIndex: SpatialIndex<SceneBox>;
  readonly edgeIndex: SpatialIndex<SceneEdge>;
  readonly routeOf: (edge: SceneEdge) => readonly Point[];
  readonly pillOf: (edge: SceneEdge) => Rect | null;
}

/** Marks lie above boxes, boxes above pills, pills above edges, edges above modules. `tolerance` is how far from an edge still counts, in units. */
export function hitTest(targets: HitTargets, point: Point, tolerance: number): Hit {
  const area = inflate({ ...point, width: 0, height: 0 }, Math.max(1, tolerance));
  const marked = targets.boxIndex.query(inflate(area, hiddenMarkReach)).findLast((candidate) => isOnMark(candidate, point));
  if (marked) return { kind: 'hidden-mark', box: marked };
  const box = targets.boxIndex.query(area).findLast((candidate) => containsPoint(candidate, point));
  if (box) return { kind: 'box', box, row: rowAt(box, point.y) };
  const [edge, ...sharing] = edgesAt(targets, area, point, tolerance);
  if (edge) return { kind: 'edge', edge, ...(sharing.length > 0 ? { sharing } : {}) };
  const module = targets.scene.modules.find((candidate) => containsPoint(candidate, point));
  return module ? { kind: 'module', module } : { kind: 'nothing' };
}

function isOnMark(box: SceneBox, point: Point): boolean {
  const rect = hiddenMarkRect(box);
  return rect !== null && containsPoint(rect, point);
}

/** The row at a height of the plane; null on the header and the paddings. */
function rowAt(box: SceneBox, y: number): ShapeRow | null {
  const index = Math.floor((y - box.y - headerHeight - rowsPadding) / rowHeight);
  return (index >= 0 ? box.shape.rows[index] : undefined) ?? null;
}

/** The nearest edge, and those that run as one line with it; a pill belongs to one alone. */
function edgesAt({ edgeIndex, routeOf, pillOf }: HitTargets, area: Rect, point: Point, tolerance: number): SceneEdge[] {
  let nearest: SceneEdge[] = [];
  let nearestDistance = tolerance;
  for (const edge of edgeIndex.query(area)) {
    const pill = pillOf(edge);
    if (pill && containsPoint(pill, point)) return [edge];
    const distance = Math.min(...segmentsOf(routeOf(edge)).map(({ a, b }) => distanceToSegment(point, a, b)));
    if (distance > nearestDistance + sameLine) continue;
    // The last one is drawn above the others.
    nearest = distance < nearestDistance - sameLine ? [edge] : [edge, ...nearest];
    nearestDistance = Math.min(distance, nearestDistance);
  }
  return nearest;
}

/** Lines that are nearer to each other than this are one to the eye. */
const sameLine = 0.75;
