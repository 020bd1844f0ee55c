/** How strongly edges are drawn from far away; those to tables that half the schema refers to (a tenant, an organisation) would hide all others. */
import type { Scene, SceneEdge } from '../../src/core/diagram/scene';

/** So many edges are told apart at nearly full strength; more of them give way to the boxes. */
const plainEdges = 60;
/** From so many edges on a table is a hub. */
const hubDegree = 30;
/** Of hundreds of edges to one table: still to be seen, and all others through them. */
const faintest = 0.2;

/** The fewer the more, 0.3–0.9; by all of a scene's edges, so that panning changes nothing. @param dots whether tables are no more than dots */
export function farStrength({ edges }: Pick<Scene, 'edges'>, dots: boolean): number {
  return Math.min(0.9, Math.max(dots ? 0.3 : 0.5, Math.sqrt(plainEdges / Math.max(1, edges.length))));
}

export interface Hubs<Edge> {
  /** Those with a hub at one of their ends. */
  readonly edges: ReadonlySet<Edge>;
  /** How strongly they are drawn beside others, 0.2–1: the less, the more edges the largest hub has. */
  readonly strength: number;
}

const known = new WeakMap<Scene, Hubs<SceneEdge>>();

/** The hubs of a scene, found once. */
export function hubsOf(scene: Scene): Hubs<SceneEdge> {
  const found = known.get(scene) ?? findHubs(scene.edges);
  known.set(scene, found);
  return found;
}

/** The hubs among edges. */
export function findHubs<Edge extends { readonly from: End; readonly to: End }>(edges: readonly Edge[]): Hubs<Edge> {
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const id of new Set([from.box.id, to.box.id])) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const degreeOf = ({ from, to }: Edge): number => Math.max(degrees.get(from.box.id) ?? 0, degrees.get(to.box.id) ?? 0);
  const ofHubs = new Set(edges.filter((edge) => degreeOf(edge) >= hubDegree));
  const largest = [...degrees.values()].reduce((most, degree) => Math.max(most, degree), hubDegree);
  return { edges: ofHubs, strength: Math.max(faintest, Math.sqrt(hubDegree / largest)) };
}

interface End {
  readonly box: { readonly id: string };
}
