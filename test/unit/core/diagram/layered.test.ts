import { describe, expect, it } from 'vitest';
import { boundsOf, inflate, intersects, type Rect } from '../../../../src/core/diagram/geometry';
import { arrangeLayered } from '../../../../src/core/diagram/layered/arrangeLayered';
import type { LayoutEdge, LayoutTable } from '../../../../src/core/diagram/partition';

const aTable = (id: string, height = 120, width = 200): LayoutTable => ({ id, module: 'm', width, height });
const named = (...names: readonly string[]): LayoutTable[] => names.map((name) => aTable(name));
/** `b>a`: b refers to a. */
const refers = (...pairs: readonly string[]): LayoutEdge[] =>
  pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to, fromOffset: 100, toOffset: 40 };
  });

function arranged(tables: readonly LayoutTable[], edges: readonly LayoutEdge[]): Map<string, Rect> {
  const corners = arrangeLayered({ tables, edges });
  return new Map(tables.map(({ id, width, height }, index) => [id, { x: NaN, y: NaN, ...corners[index], width, height }]));
}

function overlaps(rects: ReadonlyMap<string, Rect>, gap: number): string[] {
  const all = [...rects];
  return all.flatMap(([id, rect], index) =>
    all
      .slice(index + 1)
      .filter(([, other]) => intersects(inflate(rect, gap / 2), inflate(other, gap / 2)))
      .map(([other]) => `${id} and ${other}`),
  );
}

function at(rects: ReadonlyMap<string, Rect>, id: string): Rect {
  return rects.get(id) ?? { x: NaN, y: NaN, width: 0, height: 0 };
}

describe('a cluster in columns', () => {
  it('has what is referred to at the left of what refers to it, with room for both feet between', () => {
    const rects = arranged(named('c', 'b', 'a'), refers('b>a', 'c>b'));
    expect(at(rects, 'b').x - at(rects, 'a').x).toBeGreaterThanOrEqual(200 + 92);
    expect(at(rects, 'c').x - at(rects, 'b').x).toBeGreaterThanOrEqual(200 + 92);
  });

  it('draws a chain in straight lines', () => {
    const rects = arranged(named('a', 'b', 'c', 'd'), refers('b>a', 'c>b', 'd>c'));
    for (const [right, left] of [
      ['b', 'a'],
      ['c', 'b'],
      ['d', 'c'],
    ] as const) {
      expect(at(rects, right).y + 100).toBeCloseTo(at(rects, left).y + 40);
    }
  });

  it('crosses no two relations that need not cross', () => {
    const rects = arranged(named('a', 'b', 'c', 'x', 'y', 'z'), refers('x>c', 'y>b', 'z>a', 'y>a', 'x>b'));
    const order = (ids: readonly string[]): string[] => [...ids].sort((one, other) => at(rects, one).y - at(rects, other).y);
    expect([order(['a', 'b', 'c']), order(['z', 'y', 'x'])]).toEqual(
      at(rects, 'a').y < at(rects, 'c').y
        ? [
            ['a', 'b', 'c'],
            ['z', 'y', 'x'],
          ]
        : [
            ['c', 'b', 'a'],
            ['x', 'y', 'z'],
          ],
    );
  });

  it('makes no strip of a table that many refer to', () => {
    const spokes = Array.from({ length: 24 }, (_, index) => `spoke${index}`);
    const rects = arranged(named('hub', ...spokes), refers(...spokes.map((spoke) => `${spoke}>hub`)));
    const { width, height } = boundsOf(rects.values());
    expect(width / height).toBeGreaterThan(0.5);
    expect(width / height).toBeLessThan(2.5);
    expect(overlaps(rects, 36)).toEqual([]);
    const xs = spokes.map((spoke) => at(rects, spoke).x);
    expect([Math.min(...xs) < at(rects, 'hub').x, Math.max(...xs) > at(rects, 'hub').x]).toEqual([true, true]);
  });

  it('places cycles, doubled relations and tables of very different sizes without overlap', () => {
    const tables = [aTable('tall', 560), aTable('wide', 60, 340), ...named('a', 'b', 'c')];
    const everyone = tables.flatMap(({ id: from }) => tables.flatMap(({ id: to }) => (from === to ? [] : [`${from}>${to}`])));
    const rects = arranged(tables, refers(...everyone, ...everyone));
    expect([...rects.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(overlaps(rects, 36)).toEqual([]);
  });

  it('leaves the room that a loop and a pill ask for', () => {
    const tables = [{ ...aTable('a'), loop: 80 }, aTable('b')];
    const rects = arranged(tables, [{ from: 'b', to: 'a', label: { width: 180, height: 26 } }]);
    expect(at(rects, 'b').x - at(rects, 'a').x - 200 - 80).toBeGreaterThanOrEqual(180);
  });

  it('is the same for the same cluster', () => {
    const tables = named(...'abcdefghijkl');
    const edges = refers('b>a', 'c>a', 'd>b', 'e>c', 'f>d', 'g>a', 'h>g', 'i>c', 'j>i', 'k>b', 'l>k', 'l>e', 'f>i');
    expect([...arranged(tables, edges)]).toEqual([...arranged(tables, edges)]);
  });
});
