/** Edges to tables that half the schema refers to (a tenant, an organisation): from far away they hide all others. */
import type { Scene, SceneEdge } from '../../src/core/diagram/scene';

/** From so many edges on a table is a hub. */
const hubDegree = 30;

const known = new WeakMap<Scene, ReadonlySet<SceneEdge>>();

/** The edges of a scene with a hub at one of their ends. */
export function hubEdges(scene: Scene): ReadonlySet<SceneEdge> {
  const found = known.get(scene) ?? findHubEdges(scene.edges);
  known.set(scene, found);
  return found;
}

export function findHubEdges<Edge extends { readonly from: End; readonly to: End }>(edges: readonly Edge[]): Set<Edge> {
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const id of new Set([from.box.id, to.box.id])) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const isHub = ({ box }: End): boolean => (degrees.get(box.id) ?? 0) >= hubDegree;
  return new Set(edges.filter(({ from, to }) => isHub(from) || isHub(to)));
}

interface End {
  readonly box: { readonly id: string };
}
