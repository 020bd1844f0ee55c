import elkWorker from 'elkjs/lib/elk-worker.min.js';
import { describe, expect, it } from 'vitest';
import { createArrange, tangleOf } from '../../../../src/core/diagram/arrangeCluster';
import { createElk, createElkArrange, type Elk, type ElkGraph } from '../../../../src/core/diagram/elkArrange';
import { arrangeLayered } from '../../../../src/core/diagram/layered/arrangeLayered';
import { toLayoutInput } from '../../../../src/core/diagram/layoutInput';
import { partition, type Cluster } from '../../../../src/core/diagram/partition';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { generatedModel } from './models';

function clustersOf(tableCount: number): Cluster[] {
  const model = generatedModel(tableCount);
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', (text) => text.length * 7)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  return partition(tables, edges).flatMap(({ clusters }) => clusters.filter((cluster) => cluster.tables.length > 1));
}

const clusters = clustersOf(200);
const isTangled = (cluster: Cluster): boolean => tangleOf(cluster, arrangeLayered(cluster)).crossings > 0;
const tangled = clusters.filter(isTangled);

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
  it('asks ELK only where relations cross in our own columns', () => {
    const { elk, asked } = spied(() => ({ children: [] }));
    const arrange = createArrange(elk);
    for (const cluster of clusters) arrange(cluster);
    expect(tangled.length).toBeGreaterThan(2);
    expect(tangled.length).toBeLessThan(clusters.length);
    expect(asked()).toBe(tangled.length);
  });

  it('does not ask it where there are no more crossings than can be borne', () => {
    const { elk, asked } = spied(() => ({ children: [] }));
    const arrange = createArrange(elk, 2);
    for (const cluster of clusters) arrange(cluster);
    const worse = tangled.filter((cluster) => tangleOf(cluster, arrangeLayered(cluster)).crossings > 2);
    expect(worse.length).toBeGreaterThan(0);
    expect(worse.length).toBeLessThan(tangled.length);
    expect(asked()).toBe(worse.length);
  });

  it('keeps our own columns where ELK does no better, and where it fails', () => {
    const inOnePlace = createArrange(spied(({ children }) => ({ children: children.map(({ id }, index) => ({ id, x: 0, y: index * 4000 })) })).elk);
    const failing = createArrange(
      spied(() => {
        throw new Error('ELK fell over.');
      }).elk,
    );
    for (const cluster of tangled) {
      expect(inOnePlace(cluster)).toEqual(arrangeLayered(cluster));
      expect(failing(cluster)).toEqual(arrangeLayered(cluster));
    }
  });

  it('is less tangled than either alone', () => {
    const elk = createElk(elkWorker);
    const crossings = (arrange: (cluster: Cluster) => ReturnType<typeof arrangeLayered>): number =>
      tangled.reduce((sum, cluster) => sum + tangleOf(cluster, arrange(cluster)).crossings, 0);
    const together = crossings(createArrange(elk));
    expect(together).toBeLessThan(crossings(arrangeLayered));
    expect(together).toBeLessThan(crossings(createElkArrange(elk)));
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
