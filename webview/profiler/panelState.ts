/** What the panel keeps over reloads (VS Code's webview state), read back with care: it may come from an older version. */
import type { QuerySort, QueryView } from './queryRows';
import type { RequestOrder } from './requestRows';

export interface Selection {
  readonly runId: string;
  readonly scope: number;
  readonly name: string;
  /** True where one request was chosen; false where its route was, which follows the route's latest request, also into the next run. */
  readonly pinned: boolean;
  /** False where it opened by itself, and nobody has looked at it yet. */
  readonly chosen: boolean;
}

export interface PanelState {
  readonly selection: Selection | null;
  readonly filter: string;
  readonly onlyFindings: boolean;
  readonly order: RequestOrder;
  /** Keys of expanded runs and routes. */
  readonly expanded: readonly string[];
  readonly view: QueryView;
  readonly sort: QuerySort;
  /** Width, or height where stacked, of the requests list in pixels; null for the default. */
  readonly listWidth: number | null;
  readonly listHeight: number | null;
  /** The same of a query's details. */
  readonly detailWidth: number | null;
  readonly detailHeight: number | null;
}

const initial: PanelState = {
  selection: null,
  filter: '',
  onlyFindings: false,
  order: 'recent',
  expanded: [],
  view: 'fingerprint',
  sort: 'time',
  listWidth: null,
  listHeight: null,
  detailWidth: null,
  detailHeight: null,
};

export function restoreState(saved: unknown): PanelState {
  if (typeof saved !== 'object' || saved === null) return initial;
  const state = saved as Partial<Record<keyof PanelState, unknown>>;
  return {
    selection: toSelection(state.selection),
    filter: typeof state.filter === 'string' ? state.filter : '',
    onlyFindings: state.onlyFindings === true,
    order: oneOf(state.order, ['recent', 'queries', 'time', 'name'], 'recent'),
    expanded: Array.isArray(state.expanded) ? state.expanded.filter((key): key is string => typeof key === 'string') : [],
    view: oneOf(state.view, ['fingerprint', 'operations', 'sites', 'timeline'], 'fingerprint'),
    sort: oneOf(state.sort, ['time', 'rows', 'duration'], 'time'),
    listWidth: toSize(state.listWidth),
    listHeight: toSize(state.listHeight),
    detailWidth: toSize(state.detailWidth),
    detailHeight: toSize(state.detailHeight),
  };
}

function toSelection(saved: unknown): Selection | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { runId, scope, name, pinned, chosen } = saved as Partial<Record<keyof Selection, unknown>>;
  if (typeof runId !== 'string' || typeof scope !== 'number' || typeof name !== 'string') return null;
  return { runId, scope, name, pinned: pinned === true, chosen: chosen !== false };
}

function toSize(saved: unknown): number | null {
  return typeof saved === 'number' ? saved : null;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.find((choice) => choice === value) ?? fallback;
}
