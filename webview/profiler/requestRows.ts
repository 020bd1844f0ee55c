/** The rows of the requests list: runs, their routes and, where expanded, single requests, filtered and in order. */
import type { RunInfo, ScopeSummary } from '../../src/core/profile/queryProfile';
import type { Route, RunStore, RunTotals } from './runStore';

export type RequestOrder = 'recent' | 'queries' | 'time' | 'name';

export interface RequestFilter {
  readonly text: string;
  readonly onlyFindings: boolean;
  readonly order: RequestOrder;
  readonly expanded: ReadonlySet<string>;
}

export type RequestRow =
  | {
      readonly kind: 'run';
      readonly key: string;
      readonly run: RunInfo;
      readonly totals: RunTotals;
      readonly expanded: boolean;
      readonly age: RunAge;
      /** What tells it from another run of its name that is there at the same time; null where nothing has to. */
      readonly apart: string | null;
    }
  | {
      readonly kind: 'route';
      readonly key: string;
      readonly route: Route;
      readonly scope: ScopeSummary;
      readonly expandable: boolean;
      readonly expanded: boolean;
      /** Its requests that the filter leaves; all of them where there is none, or where it is met by the route's name. */
      readonly matching: number;
      readonly age: RunAge;
    }
  | { readonly kind: 'scope'; readonly key: string; readonly route: Route; readonly scope: ScopeSummary; readonly age: RunAge };

/** Of a row's run: the newest, an older one whose app still runs (several can at once), or one that is over. */
export type RunAge = 'latest' | 'running' | 'earlier';

/**
 * Rows, newest run first. A single run needs no row of its own; of several, the newest and those that still run stand open, and the
 * others are folded; `expanded` turns that round.
 */
export function toRequestRows(store: RunStore, filter: RequestFilter): RequestRow[] {
  const runs = store.runs().filter(({ id }, index) => index === 0 || store.totals(id).scopes > 0);
  return runs.flatMap((run, index) => {
    const age = index === 0 ? 'latest' : run.state === 'connected' ? 'running' : 'earlier';
    const key = runKey(run.id);
    const expanded = (age === 'earlier') === filter.expanded.has(key);
    const head: RequestRow[] =
      runs.length > 1 ? [{ kind: 'run', key, run, totals: store.totals(run.id), expanded, age, apart: toldApart(run, runs) }] : [];
    return expanded || runs.length === 1 ? [...head, ...routeRows(store.routes(run.id), filter, age)] : head;
  });
}

/** Two apps of one launch configuration, side by side: their processes differ. */
function toldApart({ id, name, state, pids }: RunInfo, runs: readonly RunInfo[]): string | null {
  const hasTwin = runs.some((other) => other.id !== id && other.name === name && other.state === 'connected');
  return state === 'connected' && hasTwin && pids.length > 0 ? `pid ${pids.join(', ')}` : null;
}

export function runKey(runId: string): string {
  return `run:${runId}`;
}

export function routeKey(runId: string, name: string): string {
  return `route:${runId}/${name}`;
}

export function scopeKey(runId: string, id: number): string {
  return `scope:${runId}/${id}`;
}

function routeRows(routes: readonly Route[], filter: RequestFilter, age: RunAge): RequestRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: RequestRow[] = [];
  for (const route of [...routes].sort(orders[filter.order])) {
    if (filter.onlyFindings && route.warnings + route.infos === 0) continue;
    const matching = requestsThatMatch(route, words);
    if (matching.length === 0) continue;
    const key = routeKey(route.runId, route.name);
    const expandable = route.scopes.length > 1;
    // Single requests were looked for: they are in sight until the user folds them.
    const isNarrowed = matching.length < route.scopes.length;
    const expanded = expandable && isNarrowed !== filter.expanded.has(key);
    rows.push({ kind: 'route', key, route, scope: route.latest, expandable, expanded, matching: matching.length, age });
    if (!expanded) continue;
    for (const scope of requestsInOrder(matching, filter.order))
      rows.push({ kind: 'scope', key: scopeKey(route.runId, scope.id), route, scope, age });
  }
  return rows;
}

function requestsThatMatch({ name, scopes }: Route, words: readonly string[]): readonly ScopeSummary[] {
  const lowerName = name.toLowerCase();
  const rest = words.filter((word) => !lowerName.includes(word));
  if (rest.length === 0) return scopes;
  return scopes.filter(({ path }) => path !== null && rest.every((word) => path.toLowerCase().includes(word)));
}

/** Newest first, or by the measure that the routes are ordered by. */
function requestsInOrder(scopes: readonly ScopeSummary[], order: RequestOrder): readonly ScopeSummary[] {
  const newestFirst = [...scopes].reverse();
  if (order === 'queries') return newestFirst.sort((a, b) => b.queryCount - a.queryCount);
  if (order === 'time') return newestFirst.sort((a, b) => b.dbTimeMs - a.dbTimeMs);
  return newestFirst;
}

const orders: Readonly<Record<RequestOrder, (a: Route, b: Route) => number>> = {
  recent: (a, b) => b.latest.startedAtMs - a.latest.startedAtMs || b.latest.id - a.latest.id,
  queries: (a, b) => b.latest.queryCount - a.latest.queryCount || a.name.localeCompare(b.name),
  time: (a, b) => b.latest.dbTimeMs - a.latest.dbTimeMs || a.name.localeCompare(b.name),
  name: (a, b) => a.name.localeCompare(b.name),
};
