import elkWorker from 'elkjs/lib/elk-worker.min.js';
import { describe, expect, it } from 'vitest';
import { createArrange } from '../../../../src/core/diagram/arrangeCluster';
import { createElk, createElkArrange, type Elk, type ElkGraph } from '../../../../src/core/diagram/elkArrange';
import type { Point } from '../../../../src/core/diagram/geometry';
import { arrangeLayered } from '../../../../src/core/diagram/layered/arrangeLayered';
import { toLayoutInput } from '../../../../src/core/diagram/layoutInput';
import { partition, type Cluster } from '../../../../src/core/diagram/partition';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { tangleOf } from '../../../../src/core/diagram/tangle';
import { generatedModel } from './models';

function clustersOf(tableCount: number): Cluster[] {
  const model = generatedModel(tableCount);
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', (text) => text.length * 7)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  return partition(tables, edges).flatMap(({ clusters }) => clusters.filter((cluster) => cluster.tables.length > 1));
}

const clusters = clustersOf(800);
const byOurselves = createArrange(() => null);
const crossingsOf = (cluster: Cluster, arrange: (cluster: Cluster) => readonly Point[]): number => tangleOf(cluster, arrange(cluster)).crossings;
const tangled = clusters.filter((cluster) => crossingsOf(cluster, byOurselves) > 4);

function spied(answer: (graph: ElkGraph) => ReturnType<Elk['layout']>): { elk: Elk; asked: () => number } {
  let count = 0;
  return {
    elk: {
      layout(graph) {
        count++;
        return answer(graph);
      },
    },
    asked: () => count,
  };
}

describe('the arrangement of a cluster', () => {
  it('is the least tangled of several shapes', () => {
    const sum = (arrange: (cluster: Cluster) => readonly Point[]): number =>
      clusters.reduce((all, cluster) => all + crossingsOf(cluster, arrange), 0);
    expect(sum(byOurselves)).toBeLessThan(0.7 * sum(arrangeLayered));
    for (const cluster of clusters) expect(crossingsOf(cluster, byOurselves)).toBeLessThanOrEqual(crossingsOf(cluster, arrangeLayered));
  });

  it('asks ELK, and loads it, only where more relations cross than can be borne', () => {
    const { elk, asked } = spied(() => ({ children: [] }));
    let loaded = 0;
    const arrange = createArrange(() => {
      loaded++;
      return elk;
    });
    for (const cluster of clusters) arrange(cluster);
    expect(tangled.length).toBeGreaterThan(2);
    expect(tangled.length).toBeLessThan(clusters.length);
    expect([loaded, asked()]).toEqual([tangled.length, tangled.length]);
  });

  it('keeps our own columns where ELK does no better, and where it fails', () => {
    const { elk: inOnePlace } = spied(({ children }) => ({ children: children.map(({ id }, index) => ({ id, x: 0, y: index * 4000 })) }));
    const { elk: failing } = spied(() => {
      throw new Error('ELK fell over.');
    });
    for (const cluster of tangled) {
      expect(createArrange(() => inOnePlace)(cluster)).toEqual(byOurselves(cluster));
      expect(createArrange(() => failing)(cluster)).toEqual(byOurselves(cluster));
    }
  });

  it('is less tangled than either alone', () => {
    const elk = createElk(elkWorker);
    const sum = (arrange: (cluster: Cluster) => readonly Point[]): number => tangled.reduce((all, cluster) => all + crossingsOf(cluster, arrange), 0);
    const together = sum(createArrange(() => elk));
    expect(together).toBeLessThan(sum(byOurselves));
    expect(together).toBeLessThan(sum(createElkArrange(elk)));
  });
});

describe('the tangle of a cluster', () => {
  it('counts pairs of relations that cross', () => {
    const table = (id: string): Cluster['tables'][number] => ({ id, module: 'm', width: 100, height: 100 });
    const cluster: Cluster = {
      tables: ['a', 'b', 'x', 'y'].map(table),
      edges: [
        { from: 'x', to: 'b' },
        { from: 'y', to: 'a' },
      ],
    };
    const corners = (...ys: readonly number[]): { x: number; y: number }[] => ys.map((y, index) => ({ x: index < 2 ? 0 : 300, y }));
    expect(tangleOf(cluster, corners(0, 200, 0, 200)).crossings).toBe(1);
    expect(tangleOf(cluster, corners(0, 200, 200, 0)).crossings).toBe(0);
  });
});
