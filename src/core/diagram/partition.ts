/**
 * Divides a diagram into pieces small enough to lay out well: a module into clusters of tables that belong together.
 * Layered layout of a whole schema costs minutes and makes a strip; of twenty tables, milliseconds and a picture.
 */
import type { Size } from './geometry';
import { groupBy } from '../model/groupBy';

export interface LayoutTable extends Size {
  readonly id: string;
  readonly module: string;
  /** Room that a self-relation needs at the right of the box. */
  readonly loop?: number;
}

/** `from` holds the foreign key, `to` is what it refers to. */
export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  /** Heights from the boxes' tops at which the edge touches them; their middles where they are not given. */
  readonly fromOffset?: number;
  readonly toOffset?: number;
  /** Size of the pill in its middle, where it has one. */
  readonly label?: Size;
}

export interface Cluster {
  readonly tables: readonly LayoutTable[];
  /** Edges with both ends in the cluster, self-relations left out. */
  readonly edges: readonly LayoutEdge[];
}

export interface ModulePart {
  readonly module: string;
  readonly clusters: readonly Cluster[];
}

/** Larger clusters become strips, and slow. */
export const maxClusterSize = 28;

/** Modules in order of first appearance; each with its clusters, the largest first and tables without any relation last. */
export function partition(tables: readonly LayoutTable[], edges: readonly LayoutEdge[]): ModulePart[] {
  const moduleOf = new Map(tables.map(({ id, module }) => [id, module]));
  const members = groupBy(tables, ({ module }) => module);
  const inside = groupBy(
    edges.filter(({ from, to }) => from !== to && moduleOf.has(from) && moduleOf.get(from) === moduleOf.get(to)),
    ({ from }) => moduleOf.get(from) ?? '',
  );
  return [...members].map(([module, own]) => ({ module, clusters: toClusters(own, inside.get(module) ?? []) }));
}

function toClusters(tables: readonly LayoutTable[], edges: readonly LayoutEdge[]): Cluster[] {
  const neighbours = new Map<string, string[]>(tables.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const byId = new Map(tables.map((table) => [table.id, table]));
  const groups = connectedComponents(neighbours).flatMap((group) => (group.length > maxClusterSize ? splitByCommunity(group, neighbours) : [group]));
  const groupOf = new Map(groups.flatMap((group, index) => group.map((id) => [id, index] as const)));
  const edgesOf = groupBy(
    edges.filter(({ from, to }) => groupOf.get(from) === groupOf.get(to)),
    ({ from }) => groupOf.get(from) ?? -1,
  );
  return groups
    .map((group, index) => ({
      tables: group.flatMap((id) => byId.get(id) ?? []),
      edges: edgesOf.get(index) ?? [],
    }))
    .sort((a, b) => b.tables.length - a.tables.length);
}

function connectedComponents(neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const components: string[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const component = [start];
    for (const id of component) {
      for (const next of neighbours.get(id) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    components.push(component);
  }
  return components;
}

/** Label propagation with a bound on size: each table moves to the group where most of its neighbours are, while there is room. */
function splitByCommunity(ids: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const labelOf = new Map(ids.map((id) => [id, id]));
  const sizeOf = new Map(ids.map((id) => [id, 1]));
  for (let round = 0; round < 8; round++) {
    let moved = false;
    for (const id of ids) {
      const current = labelOf.get(id) ?? id;
      const best = mostCommonLabel(neighbours.get(id) ?? [], labelOf, sizeOf, current);
      if (best === current) continue;
      labelOf.set(id, best);
      sizeOf.set(current, (sizeOf.get(current) ?? 1) - 1);
      sizeOf.set(best, (sizeOf.get(best) ?? 0) + 1);
      moved = true;
    }
    if (!moved) break;
  }
  return [...groupBy(ids, (id) => labelOf.get(id) ?? id).values()];
}

function mostCommonLabel(
  neighbours: readonly string[],
  labelOf: ReadonlyMap<string, string>,
  sizeOf: ReadonlyMap<string, number>,
  current: string,
): string {
  const votes = new Map<string, number>();
  for (const neighbour of neighbours) {
    const label = labelOf.get(neighbour);
    if (label === undefined || (label !== current && (sizeOf.get(label) ?? 0) >= maxClusterSize)) continue;
    votes.set(label, (votes.get(label) ?? 0) + 1);
  }
  let best = current;
  for (const [label, count] of votes) {
    const most = votes.get(best) ?? 0;
    if (count > most || (count === most && best !== current && label < best)) best = label;
  }
  return best;
}
