/** Gives each module the shape, of those that it can take, by which everything is shown largest. */
import type { Size } from './geometry';
import { packRects, viewHeight } from './packRects';

/** Another shape than before is taken only where the view becomes this much smaller by it. */
const worthIt = 0.98;

/**
 * @param shapes those that each rectangle can take, as many for each, the usual one first.
 * @returns which of its shapes each rectangle takes. Deterministic.
 */
export function chooseShapes(shapes: readonly (readonly Size[])[], aspect: number, gap: number): readonly number[] {
  const kinds = (shapes[0] ?? []).map((_, kind) => kind);
  let best: readonly number[] = shapes.map(() => 0);
  if (kinds.length < 2) return best;
  const heightOf = (choice: readonly number[]): number => {
    const sizes = shapes.flatMap((own, index) => own[choice[index] ?? 0] ?? []);
    return viewHeight(packRects(sizes, aspect, gap), aspect);
  };
  let lowest = heightOf(best);
  const consider = (choice: readonly number[]): void => {
    const height = heightOf(choice);
    if (height >= lowest * worthIt) return;
    best = choice;
    lowest = height;
  };
  for (const kind of kinds.slice(1)) consider(shapes.map(() => kind));
  for (const index of shapes.keys()) {
    for (const kind of kinds) if (kind !== best[index]) consider(best.with(index, kind));
  }
  return best;
}
