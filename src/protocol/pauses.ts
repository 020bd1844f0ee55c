/** What the app can be paused at, as if it were an exception: the debug adapter offers it, the collector passes it on, the probe pauses. */

/** Environment variable with a PauseOn as JSON: what holds before the collector's first word is heard. */
export const PROBE_PAUSE_ENV = 'RELATION_LENS_PAUSE_ON';

/** Kind → its threshold; kinds that are absent do not pause. */
export interface PauseOn {
  /** How many times one place must have made one kind of call in one request. */
  readonly nPlusOne?: number;
  /** The first time that a place loads a relation lazily, in each request. */
  readonly lazyLoad?: number;
  /** The first time that a relation is read while it is not loaded. */
  readonly unloadedRead?: number;
  /** Milliseconds that a query takes. */
  readonly slowQuery?: number;
  readonly failedQuery?: number;
}

export type PauseKind = keyof PauseOn;

/** What holds where no threshold is named. */
export const USUAL_PAUSES: Readonly<Required<PauseOn>> = { nPlusOne: 5, lazyLoad: 1, unloadedRead: 1, slowQuery: 200, failedQuery: 1 };

/** Kinds as settings and launch configurations list them, with their usual thresholds; what is no kind counts for nothing. */
export function usualPauses(kinds: unknown): PauseOn {
  const listed = Array.isArray(kinds) ? kinds : [];
  return Object.fromEntries(Object.entries(USUAL_PAUSES).filter(([kind]) => listed.includes(kind)));
}

/** A pause that is about to happen: why. */
export interface Pause {
  readonly kind: PauseKind;
  /** `N+1 query: Author.books was loaded 5 times in GET /authors`. */
  readonly message: string;
  /** The last query, where there was one. */
  readonly sql: string | null;
  /** Scope that it happens in: the process's id where the probe tells it, the run's where the collector does; 0 for none. */
  readonly scope: number;
}

/** Names of what pauses, as messages begin with them. */
export const PAUSE_LABELS: Readonly<Record<PauseKind, string>> = {
  nPlusOne: 'N+1 query',
  lazyLoad: 'Lazy load',
  unloadedRead: 'Unloaded relation read',
  slowQuery: 'Slow query',
  failedQuery: 'Failed query',
};

/**
 * Begins the line that the probe writes to the debugger's console (not to the app's output) right before a pause: `Paused by Relation
 * Lens: N+1 query: …`. It comes over the same wire as the pause itself, so that an editor can tell the one from the other stops.
 */
export const PAUSE_ANNOUNCEMENT = 'Paused by Relation Lens: ';
