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
      readonly latest: boolean;
    }
  | {
      readonly kind: 'route';
      readonly key: string;
      readonly route: Route;
      readonly scope: ScopeSummary;
      readonly expandable: boolean;
      readonly expanded: boolean;
      readonly latestRun: boolean;
    }
  | { readonly kind: 'scope'; readonly key: string; readonly route: Route; readonly scope: ScopeSummary; readonly latestRun: boolean };

/**
 * Rows, newest run first. A single run needs no row of its own; of several, the newest stands open and the others are folded until
 * they are in `expanded`.
 */
export function toRequestRows(store: RunStore, filter: RequestFilter): RequestRow[] {
  const runs = store.runs().filter(({ id }, index) => index === 0 || store.totals(id).scopes > 0);
  return runs.flatMap((run, index) => {
    const latest = index === 0;
    const key = runKey(run.id);
    const expanded = latest ? !filter.expanded.has(key) : filter.expanded.has(key);
    const head: RequestRow[] = runs.length > 1 ? [{ kind: 'run', key, run, totals: store.totals(run.id), expanded, latest }] : [];
    return expanded || runs.length === 1 ? [...head, ...routeRows(store.routes(run.id), filter, latest)] : head;
  });
}

function runKey(runId: string): string {
  return `run:${runId}`;
}

export function routeKey(runId: string, name: string): string {
  return `route:${runId}/${name}`;
}

export function scopeKey(runId: string, id: number): string {
  return `scope:${runId}/${id}`;
}

function routeRows(routes: readonly Route[], filter: RequestFilter, latestRun: boolean): RequestRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: RequestRow[] = [];
  for (const route of [...routes].sort(orders[filter.order])) {
    if (filter.onlyFindings && route.warnings + route.infos === 0) continue;
    if (!words.every((word) => matches(route, word))) continue;
    const key = routeKey(route.runId, route.name);
    const expandable = route.scopes.length > 1;
    const expanded = expandable && filter.expanded.has(key);
    rows.push({ kind: 'route', key, route, scope: route.latest, expandable, expanded, latestRun });
    if (!expanded) continue;
    for (const scope of [...route.scopes].reverse()) rows.push({ kind: 'scope', key: scopeKey(route.runId, scope.id), route, scope, latestRun });
  }
  return rows;
}

function matches(route: Route, word: string): boolean {
  return route.name.toLowerCase().includes(word) || route.scopes.some(({ path }) => path?.toLowerCase().includes(word) ?? false);
}

const orders: Readonly<Record<RequestOrder, (a: Route, b: Route) => number>> = {
  recent: (a, b) => b.latest.startedAtMs - a.latest.startedAtMs || b.latest.id - a.latest.id,
  queries: (a, b) => b.latest.queryCount - a.latest.queryCount || a.name.localeCompare(b.name),
  time: (a, b) => b.latest.dbTimeMs - a.latest.dbTimeMs || a.name.localeCompare(b.name),
  name: (a, b) => a.name.localeCompare(b.name),
};
