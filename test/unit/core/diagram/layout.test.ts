import { describe, expect, it } from 'vitest';
import { boundsOf, inflate, intersects, type Point, type Rect } from '../../../../src/core/diagram/geometry';
import { layoutDiagram, layoutInSteps, moduleRects, type ArrangeCluster, type Positions } from '../../../../src/core/diagram/layoutDiagram';
import { toLayoutInput } from '../../../../src/core/diagram/layoutInput';
import { layoutNeighbourhood } from '../../../../src/core/diagram/layoutNeighbourhood';
import { packRects } from '../../../../src/core/diagram/packRects';
import { maxClusterSize, partition, type LayoutEdge, type LayoutTable } from '../../../../src/core/diagram/partition';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { findFreePlace, placeModule, updateLayout } from '../../../../src/core/diagram/updateLayout';
import { neighbourhood } from '../../../../src/core/diagram/graphToDiagram';
import type { DiagramModel } from '../../../../src/core/diagram/diagramModel';
import { bookshop, generatedModel } from './models';

const measure = (text: string): number => text.length * 7;

/** Tables of a cluster in a row: enough for what is done with a cluster's layout. */
const inARow: ArrangeCluster = ({ tables }) => {
  let x = 0;
  return tables.map(({ width }): Point => {
    const corner = { x, y: 0 };
    x += width + 80;
    return corner;
  });
};

function inputOf(model: DiagramModel): { tables: readonly LayoutTable[]; edges: readonly LayoutEdge[] } {
  return toLayoutInput(model, new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)])));
}

function rectsOf(tables: readonly LayoutTable[], positions: Positions): Rect[] {
  return tables.map(({ id, width, height }) => ({ ...(positions.get(id) ?? { x: NaN, y: NaN }), width, height }));
}

function overlaps(rects: readonly Rect[], gap = 0): number {
  return rects.flatMap((rect, index) => rects.slice(index + 1).filter((other) => intersects(inflate(rect, gap), other))).length;
}

describe('packing', () => {
  const sizes = Array.from({ length: 60 }, (_, index) => ({ width: 200 + ((index * 37) % 300), height: 120 + ((index * 53) % 500) }));

  it('lets no two rectangles come nearer than the gap', () => {
    const { corners } = packRects(sizes, 1.6, 40);
    expect(
      overlaps(
        sizes.map((size, index) => ({ ...size, ...(corners[index] ?? { x: 0, y: 0 }) })),
        39,
      ),
    ).toBe(0);
  });

  it.each([0.6, 1, 1.6, 2.4])('comes near the wanted shape of %d', (aspect) => {
    const { width, height } = packRects(sizes, aspect, 40);
    expect(width / height / aspect).toBeGreaterThan(0.7);
    expect(width / height / aspect).toBeLessThan(1.45);
  });

  it('takes one rectangle wider than everything as it is', () => {
    expect(packRects([{ width: 5000, height: 10 }], 1, 20)).toEqual({ width: 5000, height: 10, corners: [{ x: 0, y: 0 }] });
  });
});

describe('partition', () => {
  const table = (id: string, module = 'm'): LayoutTable => ({ id, module, width: 100, height: 80 });

  it('separates modules, and in a module what is not related', () => {
    const parts = partition(
      [table('a'), table('b'), table('c'), table('x', 'n')],
      [
        { from: 'b', to: 'a' },
        { from: 'x', to: 'a' },
        { from: 'a', to: 'a' },
      ],
    );
    expect(parts.map(({ module, clusters }) => [module, clusters.map((cluster) => cluster.tables.map(({ id }) => id))])).toEqual([
      ['m', [['a', 'b'], ['c']]],
      ['n', [['x']]],
    ]);
    expect(parts[0]?.clusters[0]?.edges).toEqual([{ from: 'b', to: 'a' }]);
  });

  it('splits a large module into clusters of bounded size that keep every table', () => {
    const tables = Array.from({ length: 200 }, (_, index) => table(`t${index}`));
    const edges = tables.slice(1).map((own, index) => ({ from: own.id, to: `t${Math.floor(index / 3)}` }));
    const clusters = partition(tables, edges)[0]?.clusters ?? [];
    expect(Math.max(...clusters.map((cluster) => cluster.tables.length))).toBeLessThanOrEqual(maxClusterSize);
    expect(clusters.flatMap((cluster) => cluster.tables.map(({ id }) => id)).sort()).toEqual(tables.map(({ id }) => id).sort());
  });
});

describe('layout of a diagram', () => {
  it.each([3, 30, 300])('places %d tables without overlap, modules included', (count) => {
    const { tables, edges } = inputOf(generatedModel(count));
    const positions = layoutDiagram(tables, edges, { aspect: 1.6, arrange: inARow });
    expect(overlaps(rectsOf(tables, positions), 8)).toBe(0);
    expect(overlaps([...moduleRects(tables, positions).values()])).toBe(0);
  });

  it('counts what is placed', () => {
    const { tables, edges } = inputOf(generatedModel(60));
    const told = [...layoutInSteps(tables, edges, { aspect: 1.6 })];
    expect(told.at(-1)).toBe(60);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});

describe('update of a layout', () => {
  const shop = bookshop();

  function laidOut(): Positions {
    const { tables, edges } = inputOf(shop);
    return layoutDiagram(tables, edges, { aspect: 1.6, arrange: inARow });
  }

  function withBook(change: (book: DiagramModel['tables'][number]) => DiagramModel['tables'][number]): DiagramModel {
    return { ...shop, tables: shop.tables.map((table) => (table.name === 'Book' ? change(table) : table)) };
  }

  function moved(before: Positions, after: Positions): string[] {
    return [...before].filter(([id, { x, y }]) => after.get(id)?.x !== x || after.get(id)?.y !== y).map(([id]) => id.split('#')[1] ?? '');
  }

  it('keeps every table where it is when nothing changed', () => {
    const before = laidOut();
    const { tables, edges } = inputOf(shop);
    expect(moved(before, updateLayout(before, tables, edges).positions)).toEqual([]);
  });

  it('moves nothing outside of the edited module when a table grows by many columns', () => {
    const before = laidOut();
    const grown = withBook((book) => ({
      ...book,
      columns: [...book.columns, ...book.columns, ...book.columns].map((column, index) => ({ ...column, property: `p${index}` })),
    }));
    const { tables, edges } = inputOf(grown);
    const { positions } = updateLayout(before, tables, edges, inputOf(shop).tables);
    const modules = new Set(shop.tables.filter(({ name }) => moved(before, positions).includes(name)).map(({ module }) => module));
    expect([...modules].filter((module) => module !== 'src/catalog')).toEqual([]);
    expect(overlaps(rectsOf(tables, positions))).toBe(0);
    expect(overlaps([...moduleRects(tables, positions).values()])).toBe(0);
  });

  it('puts a new table beside what it refers to and leaves the others alone', () => {
    const before = laidOut();
    const book = shop.tables.find(({ name }) => name === 'Book');
    if (!book) throw new Error('The shop has books.');
    const copy = { ...book, id: '/shop/catalog/copy.entity.ts#Copy', name: 'Copy' };
    const model: DiagramModel = {
      ...shop,
      tables: [...shop.tables, copy],
      edges: [
        ...shop.edges,
        ...shop.edges
          .filter(({ from }) => from.table === book.id)
          .map((edge) => ({ ...edge, id: `${edge.id}2`, from: { ...edge.from, table: copy.id } })),
      ],
    };
    const { tables, edges } = inputOf(model);
    const { positions, unplaced } = updateLayout(before, tables, edges);
    expect(unplaced).toEqual([]);
    const outside = moved(before, positions).filter((name) => shop.tables.find((table) => table.name === name)?.module !== 'src/catalog');
    expect(outside).toEqual([]);
    expect(overlaps(rectsOf(tables, positions))).toBe(0);
  });

  it('names the modules that must be laid out first, and places them beside the others', () => {
    const { tables, edges } = inputOf(shop);
    const all = laidOut();
    const known = new Map([...all].filter(([id]) => !id.includes('/sales/')));
    const { positions, unplaced } = updateLayout(known, tables, edges);
    expect(unplaced).toEqual(['src/sales']);
    const own = tables.filter(({ module }) => module === 'src/sales');
    const placed = placeModule(layoutDiagram(own, edges, { aspect: 1.6, arrange: inARow }), tables, positions, { x: 0, y: 0 });
    expect(placed.size).toBe(tables.length);
    expect(moved(known, placed)).toEqual([]);
    expect(overlaps([...moduleRects(tables, placed).values()])).toBe(0);
  });

  it('forgets tables that are gone', () => {
    const before = laidOut();
    const { tables, edges } = inputOf({ ...shop, tables: shop.tables.slice(1) });
    expect(updateLayout(before, tables, edges).positions.size).toBe(shop.tables.length - 1);
  });
});

describe('a free place', () => {
  const wall: Rect = { x: 0, y: 0, width: 100, height: 100 };

  it('is the wanted one where nothing is in the way', () => {
    expect(findFreePlace({ x: 0, y: 0, width: 10, height: 10 }, { x: 300, y: 300 }, [wall], 5)).toEqual({ x: 300, y: 300 });
  });

  it('is else the nearest beside the obstacle', () => {
    expect(findFreePlace({ x: 0, y: 0, width: 10, height: 10 }, { x: 90, y: 40 }, [wall], 5)).toEqual({ x: 105, y: 40 });
  });
});

describe('layout of a neighbourhood', () => {
  const shop = bookshop();
  const focus = shop.tables.find(({ name }) => name === 'Book')?.id ?? '';
  const around = neighbourhood(shop, focus, 1);
  const sizes = new Map(around.tables.map((table) => [table.id, shapeTable(table, 'keys', measure)]));
  const sizeOf = (id: string): { width: number; height: number } => sizes.get(id) ?? { width: 0, height: 0 };
  const idOf = (name: string): string => around.tables.find((table) => table.name === name)?.id ?? '';

  it('stacks in a tall view: what it belongs to above, what belongs to it below', () => {
    const positions = layoutNeighbourhood(around, focus, sizeOf, { width: 300, height: 800 });
    const y = (name: string): number => positions.get(idOf(name))?.y ?? NaN;
    expect(y('Author')).toBeLessThan(y('Book'));
    expect(y('Publisher')).toBeLessThan(y('Book'));
    expect(y('Review')).toBeGreaterThan(y('Book'));
    expect(overlaps(around.tables.map(({ id }) => ({ ...(positions.get(id) ?? { x: NaN, y: NaN }), ...sizeOf(id) })))).toBe(0);
  });

  it('goes from left to right in a wide view', () => {
    const positions = layoutNeighbourhood(around, focus, sizeOf, { width: 900, height: 300 });
    const x = (name: string): number => positions.get(idOf(name))?.x ?? NaN;
    expect(x('Author')).toBeLessThan(x('Book'));
    expect(x('Review')).toBeGreaterThan(x('Book'));
    expect(boundsOf(around.tables.map(({ id }) => ({ ...(positions.get(id) ?? { x: NaN, y: NaN }), ...sizeOf(id) }))).x).toBe(0);
  });
});
