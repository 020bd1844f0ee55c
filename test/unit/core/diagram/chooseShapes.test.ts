import { describe, expect, it } from 'vitest';
import { chooseShapes } from '../../../../src/core/diagram/chooseShapes';

const gap = 20;
const square = { width: 400, height: 400 };
const tall = { width: 200, height: 800 };
const wide = { width: 800, height: 200 };

describe('the shapes of modules', () => {
  it('are the usual ones where others fill the view no better', () => {
    const own = [square, tall, wide];
    expect(chooseShapes([own, own, own, own], 1, gap)).toEqual([0, 0, 0, 0]);
    expect(chooseShapes([[square], [square]], 5, gap)).toEqual([0, 0]);
    expect(chooseShapes([], 1, gap)).toEqual([]);
  });

  it('are others where the view is', () => {
    expect(chooseShapes([[square, wide, tall]], 4, gap)).toEqual([1]);
    expect(chooseShapes([[square, wide, tall]], 0.25, gap)).toEqual([2]);
  });

  it('are each its own where that fills the view', () => {
    const large = { width: 800, height: 800 };
    // Beside the large square there is room for a tall strip; were both tall, the view would be higher.
    expect(
      chooseShapes(
        [
          [large, { width: 1600, height: 400 }, { width: 400, height: 1600 }],
          [square, wide, tall],
        ],
        1020 / 800,
        gap,
      ),
    ).toEqual([0, 2]);
  });
});
