import type { DetailPin } from './views/diagramView';

/** Levels of detail: what is worth drawing at a zoom. Text smaller than about six pixels is replaced by what can still be read. */
export type Detail = 'all' | 'keys' | 'names' | 'dots';

/** The level for a zoom factor (screen pixels per unit). */
export function detailAt(scale: number): Detail {
  if (scale >= 0.5) return 'all';
  if (scale >= 0.3) return 'keys';
  return scale >= 0.07 ? 'names' : 'dots';
}

/** Below this zoom not even a pin makes letters readable. */
const smallestPinnedScale = 0.18;

/** The level where a view may say it: what it says is drawn as long as it can be read, however far away. */
export function pinnedDetailAt(scale: number, pin: DetailPin): Detail {
  const byZoom = detailAt(scale);
  // A pin decides what stands in the boxes; what is there is then drawn whole.
  return pin === 'auto' || scale < smallestPinnedScale ? byZoom : 'all';
}

export const minScale = 0.01;
export const maxScale = 3;
