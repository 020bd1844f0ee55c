/**
 * Lays one cluster out in columns: cycles broken, columns filled to the wanted shape, crossings reduced, relations straightened from
 * row to row. Takes a fraction of a millisecond for the few dozen tables of a cluster, and needs nothing to be loaded.
 */
import type { Point } from '../geometry';
import type { Cluster } from '../partition';
import { toLayeredGraph, type Knot, type LayeredGraph } from './layeredGraph';
import { orderLayers } from './orderLayers';
import { placeLayers } from './placeLayers';

/** Least room between two columns: a crow's foot on both sides, and a few lanes between. */
const leastChannel = 92;
const feet = 60;
const laneWidth = 8;
const mostLanes = 14;

/** Width ÷ height of a cluster that fills views well. */
export const usualAspect = 1.5;

/** Top left corners of the cluster's tables, in their order. */
export function arrangeLayered(cluster: Cluster, aspect: number = usualAspect): readonly Point[] {
  const graph = toLayeredGraph(cluster, aspect);
  const layers = orderLayers(graph);
  const tops = placeLayers(layers);
  const lefts = columnLefts(graph, tops);
  const corners = new Map<string, Point>();
  for (const layer of layers) {
    for (const knot of layer) if (knot.table) corners.set(knot.table.id, { x: lefts[knot.layer] ?? 0, y: tops.get(knot) ?? 0 });
  }
  return cluster.tables.map(({ id }) => corners.get(id) ?? { x: 0, y: 0 });
}

function columnLefts({ layers }: LayeredGraph, tops: ReadonlyMap<Knot, number>): number[] {
  let x = 0;
  return layers.map((layer) => {
    const left = x;
    x += Math.max(0, ...layer.map(({ width }) => width)) + channelAfter(layer, tops);
    return left;
  });
}

/** As wide as the links need that change height there, and their pills. */
function channelAfter(layer: readonly Knot[], tops: ReadonlyMap<Knot, number>): number {
  let lanes = 0;
  let label = 0;
  for (const knot of layer) {
    const links = knot.links.filter(({ left }) => left === knot);
    // Links from one table leave as one trunk.
    if (links.some((link) => jogOf(link, tops) > 1)) lanes++;
    label = Math.max(label, ...links.map(({ labelWidth }) => labelWidth));
  }
  return Math.max(leastChannel, feet + laneWidth * Math.min(lanes, mostLanes), label === 0 ? 0 : label + feet);
}

function jogOf({ left, right, leftOffset, rightOffset }: Knot['links'][number], tops: ReadonlyMap<Knot, number>): number {
  return Math.abs((tops.get(left) ?? 0) + leftOffset - (tops.get(right) ?? 0) - rightOffset);
}
