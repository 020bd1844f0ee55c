import { describe, expect, it } from 'vitest';
import { inflate, intersects, type Rect, type Size } from '../../../../src/core/diagram/geometry';
import { packModules, type ModuleLink } from '../../../../src/core/diagram/packModules';
import { packRects, viewHeight, type Packing } from '../../../../src/core/diagram/packRects';
import { seededRandom } from '../../builders/seededRandom';

const aspect = 1.6;
const gap = 56;

/** Modules in groups of five that are related among themselves, in an order that scatters the groups. */
function scattered(count: number): { sizes: Size[]; links: ModuleLink[] } {
  const random = seededRandom(count);
  const between = (least: number, most: number): number => least + random.below(most - least);
  const sizes = Array.from({ length: count }, () => ({ width: between(300, 1200), height: between(200, 900) }));
  const groups = Math.ceil(count / 5);
  const links = sizes.flatMap((_, index) => [groups, 2 * groups].map((step) => ({ from: index, to: (index + step) % count, count: 2 })));
  return { sizes, links };
}

const rectsOf = ({ corners }: Packing, sizes: readonly Size[]): Rect[] =>
  sizes.map((size, index) => ({ ...size, ...(corners[index] ?? { x: NaN, y: NaN }) }));

function lengthOf(packing: Packing, sizes: readonly Size[], links: readonly ModuleLink[]): number {
  const rects = rectsOf(packing, sizes);
  return links.reduce((sum, { from, to, count }) => {
    const [a, b] = [rects[from]!, rects[to]!];
    return sum + count * (Math.abs(a.x + a.width / 2 - b.x - b.width / 2) + Math.abs(a.y + a.height / 2 - b.y - b.height / 2));
  }, 0);
}

describe('packing of modules', () => {
  it.each([3, 12, 60, 170])('brings related ones together: %i', (count) => {
    const { sizes, links } = scattered(count);
    const before = packRects(sizes, aspect, gap);
    const after = packModules(sizes, links, aspect, gap);
    expect(lengthOf(after, sizes, links)).toBeLessThanOrEqual((count < 12 ? 1 : 0.85) * lengthOf(before, sizes, links));
    expect(viewHeight(after, aspect)).toBeLessThanOrEqual(1.08 * viewHeight(before, aspect));
  });

  it('lets no two come nearer than the gap', () => {
    const { sizes, links } = scattered(60);
    const rects = rectsOf(packModules(sizes, links, aspect, gap), sizes);
    const near = rects.flatMap((rect, index) => rects.slice(index + 1).filter((other) => intersects(inflate(rect, gap - 1), other)));
    expect(near).toEqual([]);
  });

  it('gives equal places for equal modules', () => {
    const { sizes, links } = scattered(40);
    expect(packModules(sizes, links, aspect, gap)).toEqual(packModules(sizes, links, aspect, gap));
  });

  it('packs as tightly as without relations where there are none', () => {
    const { sizes } = scattered(20);
    expect(packModules(sizes, [], aspect, gap)).toEqual(packRects(sizes, aspect, gap));
  });
});
