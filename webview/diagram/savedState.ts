/** What the editor keeps for the diagram while it is hidden or the window is reloaded: the view, changed or not, and where one looked. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { emptyView, type DiagramView } from '../../src/core/diagram/views/diagramView';
import { readViews } from '../../src/core/diagram/views/readViews';
import { writeViews } from '../../src/core/diagram/views/writeViews';
import type { Camera } from './camera';

/** A view in a folder's `views.json`. */
export interface ViewName {
  /** The folder's path, as the extension names it. */
  readonly folder: string;
  readonly name: string;
}

export interface LastState {
  readonly view: DiagramView;
  readonly viewName: ViewName | null;
  readonly isModified: boolean;
  readonly wholePositions: Positions | null;
  /** What was shown without a name, while a named view is shown. */
  readonly unnamed: DiagramView | null;
  readonly camera: Camera | null;
  readonly selected: string | null;
}

export interface SavedState {
  readonly version: 2;
  /** As in `views.json`, under the names below. */
  readonly views: string;
  readonly viewName: ViewName | null;
  readonly isModified: boolean;
  readonly camera: Camera | null;
  readonly selected: string | null;
}

const shown = 'shown';
const whole = 'whole';
const unnamedView = 'unnamed';
/** Keys relative to the root of the file system are as good as ids. */
const root = '';

export function writeSavedState({ view, wholePositions, unnamed, ...rest }: LastState): SavedState {
  const views = new Map([[shown, view]]);
  if (wholePositions) views.set(whole, { ...emptyView, positions: wholePositions });
  if (unnamed) views.set(unnamedView, unnamed);
  return { version: 2, views: writeViews(views, root), ...rest };
}

/** Trusts nothing of what was kept: another build may have written it. */
export function readSavedState(saved: unknown): LastState {
  const empty: LastState = { view: emptyView, viewName: null, isModified: false, wholePositions: null, unnamed: null, camera: null, selected: null };
  if (typeof saved !== 'object' || saved === null || (saved as Partial<SavedState>).version !== 2) return empty;
  const { views, viewName, isModified, camera, selected } = saved as Partial<SavedState>;
  const read = readViews(typeof views === 'string' ? views : null, root).views;
  return {
    view: read.get(shown) ?? emptyView,
    viewName: isViewName(viewName) ? viewName : null,
    isModified: isModified === true,
    wholePositions: read.get(whole)?.positions ?? null,
    unnamed: read.get(unnamedView) ?? null,
    camera: isCamera(camera) ? camera : null,
    selected: typeof selected === 'string' ? selected : null,
  };
}

function isViewName(value: unknown): value is ViewName {
  const { folder, name } = (value ?? {}) as Partial<ViewName>;
  return typeof folder === 'string' && typeof name === 'string';
}

function isCamera(value: unknown): value is Camera {
  const { x, y, scale } = (value ?? {}) as Partial<Camera>;
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(scale) && (scale ?? 0) > 0;
}
