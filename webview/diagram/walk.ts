/** Walking with the arrow keys: along the relation that leads that way, else to the nearest table there. */
import { centreOf, type Point } from '../../src/core/diagram/geometry';
import { nearestTo } from '../../src/core/diagram/spatialIndex';
import type { SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import type { Interaction } from './drawFrame';
import type { Picture } from './picture';

export type WalkTarget = { readonly kind: 'table'; readonly id: string } | { readonly kind: 'edge'; readonly id: string };

export const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** With `alongEdges` the up and down keys go through the relations of the table instead of on to the next table. */
export function walk({ scene }: Picture, interaction: Interaction, key: string, alongEdges: boolean, viewCentre: Point): WalkTarget | null {
  const direction = directions[key];
  if (!direction) return null;
  const edge = scene.edges.find((candidate) => candidate.edge.id === interaction.selectedEdge);
  if (edge) return fromEdge(edge, scene.edgesOf, direction, alongEdges);
  const box = scene.boxById.get(interaction.selected ?? '');
  if (!box) {
    const first = nearestTo(scene.boxes, viewCentre, () => true);
    return first ? { kind: 'table', id: first.id } : null;
  }
  const edges = scene.edgesOf.get(box.id) ?? [];
  if (alongEdges) {
    const first = edges[0];
    return first ? { kind: 'edge', id: first.edge.id } : null;
  }
  const related = edges.map(({ from, to }) => (from.box.id === box.id ? to.box : from.box));
  const target = bestIn(related, box, direction, 1.2) ?? bestIn(scene.boxes, box, direction, 0.8);
  return target ? { kind: 'table', id: target.id } : null;
}

/** From an edge, left and right lead to its ends; shift goes on to the next relation of the same table. */
function fromEdge(edge: SceneEdge, edgesOf: ReadonlyMap<string, readonly SceneEdge[]>, direction: Point, alongEdges: boolean): WalkTarget {
  if (alongEdges) {
    const siblings = edgesOf.get(edge.from.box.id) ?? [edge];
    const step = direction.x + direction.y;
    const next = siblings[(siblings.indexOf(edge) + step + siblings.length) % siblings.length] ?? edge;
    return { kind: 'edge', id: next.edge.id };
  }
  const from = centreOf(edge.from.box);
  const to = centreOf(edge.to.box);
  const forward = (to.x - from.x) * direction.x + (to.y - from.y) * direction.y >= 0;
  return { kind: 'table', id: forward ? edge.to.box.id : edge.from.box.id };
}

/** The nearest box within a cone around the direction; `spread` is how far to the side it may lie per step forward. */
function bestIn(boxes: readonly SceneBox[], from: SceneBox, direction: Point, spread: number): SceneBox | null {
  const start = centreOf(from);
  let best: SceneBox | null = null;
  let bestCost = Infinity;
  for (const box of boxes) {
    if (box.id === from.id) continue;
    const centre = centreOf(box);
    const dx = centre.x - start.x;
    const dy = centre.y - start.y;
    const forward = dx * direction.x + dy * direction.y;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    if (forward <= 0 || aside > forward * spread + 60) continue;
    const cost = forward + aside * 2;
    if (cost >= bestCost) continue;
    best = box;
    bestCost = cost;
  }
  return best;
}
