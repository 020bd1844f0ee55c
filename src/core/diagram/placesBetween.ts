/** Places of tables on their way from one layout to the next. */
import type { Positions } from './layoutDiagram';

/** Tables of both layouts that stand elsewhere in the later one. */
export function movedBetween(before: Positions, after: Positions): string[] {
  return [...after].flatMap(([id, { x, y }]) => {
    const from = before.get(id);
    return from && (from.x !== x || from.y !== y) ? [id] : [];
  });
}

/** @param part 0 gives the places before, 1 those after; tables that are new stand at their place from the start. */
export function placesBetween(before: Positions, after: Positions, part: number): Positions {
  return new Map(
    [...after].map(([id, to]) => {
      const from = before.get(id) ?? to;
      return [id, { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }];
    }),
  );
}
