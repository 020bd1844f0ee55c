/** ELK's layered algorithm as a cluster layout. ELK itself is handed in: it is a script of megabytes that only some programs load. */
import type { Point } from './geometry';
import type { ArrangeCluster } from './layoutDiagram';
import type { Cluster } from './partition';

/** The part of ELK that is used, answering at once: who calls it is off the main thread already. */
export interface Elk {
  /** Throws where ELK refuses the graph. */
  layout(graph: ElkGraph): { readonly children?: readonly { readonly id: string; readonly x?: number; readonly y?: number }[] };
}

export interface ElkGraph {
  id: string;
  layoutOptions: Record<string, string>;
  children: { id: string; width: number; height: number }[];
  edges: { id: string; sources: string[]; targets: string[]; labels: { text: string; width: number; height: number }[] }[];
}

interface ElkAnswer {
  readonly data?: ElkGraph;
  readonly error?: unknown;
}

type ElkWorkerClass = new () => {
  onmessage: (event: { readonly data: ElkAnswer }) => void;
  readonly dispatcher: { saveDispatch(event: { readonly data: object }): void };
};

/**
 * ELK without its own worker and without elkjs' timer per call, which browsers stretch to four milliseconds when timers nest: over
 * hundreds of clusters that costs more than the layout. Handed in is what `elkjs/lib/elk-worker.min.js` exports.
 */
export function createElk({ Worker }: { readonly Worker: unknown }): Elk {
  const worker = new (Worker as ElkWorkerClass)();
  let answer: ElkAnswer = {};
  worker.onmessage = ({ data }) => (answer = data);
  const ask = (data: object): ElkAnswer => {
    worker.dispatcher.saveDispatch({ data: { id: 0, ...data } });
    return answer;
  };
  ask({ cmd: 'register', algorithms: ['layered'] });
  return {
    layout(graph) {
      const { data, error } = ask({ cmd: 'layout', graph, layoutOptions: {}, options: {} });
      if (data === undefined) throw new Error(`ELK refused a cluster: ${String(error)}`);
      return data;
    },
  };
}

/** Referred tables to the left, those that refer to them to the right. */
export function createElkArrange(elk: Elk): ArrangeCluster {
  return (cluster) => {
    const { children } = elk.layout(toElkGraph(cluster));
    const corners = new Map((children ?? []).map(({ id, x, y }) => [id, { x: x ?? 0, y: y ?? 0 }]));
    return cluster.tables.map(({ id }): Point => corners.get(id) ?? { x: 0, y: 0 });
  };
}

function toElkGraph({ tables, edges }: Cluster): ElkGraph {
  const perLayer = Math.max(3, Math.round(Math.sqrt(tables.length * 1.2)));
  return {
    id: 'cluster',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      ...(hasHub(edges, perLayer)
        ? { 'elk.layered.layering.strategy': 'COFFMAN_GRAHAM', 'elk.layered.layering.coffmanGraham.layerBound': String(perLayer) }
        : {}),
      // Of the default's seven passes the last four change hardly anything in clusters of this size, and cost half of the time.
      'elk.layered.thoroughness': '3',
      'elk.edgeRouting': 'POLYLINE',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      'elk.spacing.nodeNode': '36',
      'elk.spacing.edgeNode': '16',
      'elk.layered.spacing.nodeNodeBetweenLayers': '92',
      'elk.layered.spacing.edgeNodeBetweenLayers': '24',
      'elk.edgeLabels.placement': 'CENTER',
      'elk.spacing.edgeLabel': '8',
      'elk.randomSeed': '1',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    },
    children: tables.map(({ id, width, height, loop }) => ({ id, width: width + (loop ?? 0), height })),
    edges: edges.map(({ from, to, label }, index) => ({
      id: `e${index}`,
      sources: [to],
      targets: [from],
      labels: label ? [{ text: 'pill', ...label }] : [],
    })),
  };
}

/** Whether a table has more neighbours than a layer should hold: bounded layers then keep its spokes from becoming one long column. */
function hasHub(edges: Cluster['edges'], perLayer: number): boolean {
  const degrees = new Map<string, number>();
  for (const { from, to } of edges) for (const id of [from, to]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  return [...degrees.values()].some((degree) => degree > perLayer);
}
