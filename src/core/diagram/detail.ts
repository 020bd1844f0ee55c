/** Levels of detail: what is worth drawing at a zoom. Text smaller than about six pixels is replaced by what can still be read. */
export type Detail = 'all' | 'keys' | 'names' | 'dots';

/** The level for a zoom factor (screen pixels per unit). */
export function detailAt(scale: number): Detail {
  if (scale >= 0.5) return 'all';
  if (scale >= 0.3) return 'keys';
  return scale >= 0.07 ? 'names' : 'dots';
}

export const minScale = 0.01;
export const maxScale = 3;
