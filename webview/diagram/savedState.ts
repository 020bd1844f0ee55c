/** What the editor keeps for the diagram while it is hidden or the window is reloaded. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import type { Camera } from './camera';

export interface SavedState {
  readonly version: 1;
  readonly positions: readonly (readonly [id: string, x: number, y: number])[];
  readonly camera: Camera | null;
  readonly selected: string | null;
}

/** Trusts nothing of what was kept: an older build may have written it. */
export function readSavedState(saved: unknown): SavedState {
  const empty: SavedState = { version: 1, positions: [], camera: null, selected: null };
  if (typeof saved !== 'object' || saved === null || (saved as Partial<SavedState>).version !== 1) return empty;
  const { positions, camera, selected } = saved as Partial<SavedState>;
  return {
    version: 1,
    positions: Array.isArray(positions) ? positions.filter(isPosition) : [],
    camera: isCamera(camera) ? camera : null,
    selected: typeof selected === 'string' ? selected : null,
  };
}

export function toSavedPositions(positions: Positions): SavedState['positions'] {
  return [...positions].map(([id, { x, y }]) => [id, x, y] as const);
}

export function fromSavedPositions(saved: SavedState['positions']): Positions {
  return new Map(saved.map(([id, x, y]) => [id, { x, y }]));
}

function isPosition(value: unknown): value is SavedState['positions'][number] {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isFinite(value[1]) && Number.isFinite(value[2]);
}

function isCamera(value: unknown): value is Camera {
  const { x, y, scale } = (value ?? {}) as Partial<Camera>;
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(scale) && (scale ?? 0) > 0;
}
