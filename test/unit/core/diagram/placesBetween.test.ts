import { describe, expect, it } from 'vitest';
import { movedBetween, placesBetween } from '../../../../src/core/diagram/placesBetween';

const before = new Map([
  ['stays', { x: 0, y: 0 }],
  ['moves', { x: 10, y: 20 }],
  ['goes', { x: 5, y: 5 }],
]);
const after = new Map([
  ['stays', { x: 0, y: 0 }],
  ['moves', { x: 30, y: 60 }],
  ['comes', { x: 7, y: 7 }],
]);

describe('places between two layouts', () => {
  it('name what moves: neither what stays nor what comes or goes', () => {
    expect(movedBetween(before, after)).toEqual(['moves']);
  });

  it('lead from the old place to the new one, and show new tables at theirs', () => {
    expect(placesBetween(before, after, 0).get('moves')).toEqual({ x: 10, y: 20 });
    expect([...placesBetween(before, after, 0.5)]).toEqual([
      ['stays', { x: 0, y: 0 }],
      ['moves', { x: 20, y: 40 }],
      ['comes', { x: 7, y: 7 }],
    ]);
    expect([...placesBetween(before, after, 1)]).toEqual([...after]);
  });
});
