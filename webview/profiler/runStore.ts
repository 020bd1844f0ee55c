/** What the panel knows of all runs: upserted by the extension's messages, read by the views. No DOM in here. */
import type { RunInfo, ScopeSummary } from '../../src/core/profile/queryProfile';
import type { ToProfiler } from '../../src/protocol/profilerPanel';

/** All requests of one name in one run. */
export interface Route {
  readonly key: string;
  readonly runId: string;
  readonly name: string;
  /** Oldest first. */
  readonly scopes: readonly ScopeSummary[];
  readonly latest: ScopeSummary;
  /** The most severe findings of the latest request. */
  readonly warnings: number;
  readonly infos: number;
}

/** Routes and requests without what ran outside of any; its queries count. */
export interface RunTotals {
  readonly routes: number;
  readonly scopes: number;
  readonly queries: number;
}

interface MutableRoute {
  readonly name: string;
  /** What readers see; null until somebody looks after a change. */
  seen: Route | null;
  /** The last of those that began last; null where it has to be looked for. Looking through all of them for each that comes would take longer and longer. */
  latest: ScopeSummary | null;
  readonly scopes: ScopeSummary[];
  readonly positions: Map<number, number>;
}

interface RunEntry {
  info: RunInfo;
  readonly routes: Map<string, MutableRoute>;
  readonly names: Map<number, string>;
  queries: number;
  dropped: number;
}

export class RunStore {
  private readonly entries = new Map<string, RunEntry>();
  folders: readonly string[] = [];

  /** Takes a `reset` or `scopes` message in; other messages are no data and change nothing. */
  accept(message: ToProfiler): void {
    if (message.type === 'reset') {
      this.entries.clear();
      this.folders = message.folders;
      for (const run of message.runs) this.entryOf(run);
      for (const scope of message.scopes) this.upsert(scope);
    } else if (message.type === 'scopes') {
      const entry = this.entryOf(message.run);
      entry.dropped = message.dropped;
      for (const scope of message.scopes) this.upsert(scope);
    }
  }

  clear(): void {
    for (const entry of this.entries.values()) {
      entry.routes.clear();
      entry.names.clear();
      entry.queries = 0;
      entry.dropped = 0;
    }
    const latest = this.latestRun();
    for (const id of [...this.entries.keys()]) if (id !== latest?.id) this.entries.delete(id);
  }

  /** Newest first. */
  runs(): readonly RunInfo[] {
    return [...this.entries.values()].map(({ info }) => info).sort((a, b) => b.startedAtMs - a.startedAtMs);
  }

  latestRun(): RunInfo | null {
    return this.runs()[0] ?? null;
  }

  routes(runId: string): readonly Route[] {
    const entry = this.entries.get(runId);
    return entry ? [...entry.routes.values()].map((route) => toRoute(runId, route)) : [];
  }

  route(runId: string, name: string): Route | null {
    const route = this.entries.get(runId)?.routes.get(name);
    return route ? toRoute(runId, route) : null;
  }

  scope(runId: string, id: number): ScopeSummary | null {
    const entry = this.entries.get(runId);
    const route = entry?.routes.get(entry.names.get(id) ?? '');
    return route?.scopes[route.positions.get(id) ?? -1] ?? null;
  }

  totals(runId: string): RunTotals {
    const entry = this.entries.get(runId);
    if (!entry) return { routes: 0, scopes: 0, queries: 0 };
    const outside = [...entry.routes.values()].filter(({ scopes }) => scopes[0]?.kind === 'unattributed');
    const scopesOutside = outside.reduce((sum, { scopes }) => sum + scopes.length, 0);
    return { routes: entry.routes.size - outside.length, scopes: entry.names.size - scopesOutside, queries: entry.queries };
  }

  dropped(runId: string): number {
    return this.entries.get(runId)?.dropped ?? 0;
  }

  private entryOf(run: RunInfo): RunEntry {
    const known = this.entries.get(run.id);
    if (known) {
      known.info = run;
      return known;
    }
    const entry: RunEntry = { info: run, routes: new Map(), names: new Map(), queries: 0, dropped: 0 };
    this.entries.set(run.id, entry);
    return entry;
  }

  private upsert(scope: ScopeSummary): void {
    const entry = this.entries.get(scope.runId);
    if (!entry) return;
    const oldName = entry.names.get(scope.id);
    if (oldName !== undefined) {
      const old = this.scope(scope.runId, scope.id);
      entry.queries -= old?.queryCount ?? 0;
      if (oldName !== scope.name || isWrapper(scope)) removeScope(entry, oldName, scope.id);
    }
    if (isWrapper(scope)) {
      entry.names.delete(scope.id);
      return;
    }
    entry.queries += scope.queryCount;
    entry.names.set(scope.id, scope.name);
    putScope(entry, scope);
  }
}

/** A request for operations that are rows of their own, and asked nothing beside them. */
function isWrapper({ carries, queryCount }: ScopeSummary): boolean {
  return carries === true && queryCount === 0;
}

function putScope(entry: RunEntry, scope: ScopeSummary): void {
  let route = entry.routes.get(scope.name);
  if (!route) {
    route = { name: scope.name, seen: null, latest: null, scopes: [], positions: new Map() };
    entry.routes.set(scope.name, route);
  }
  route.seen = null;
  const position = route.positions.get(scope.id);
  if (position === undefined) {
    if (route.scopes.length === 0 || (route.latest && scope.startedAtMs >= route.latest.startedAtMs)) route.latest = scope;
    route.positions.set(scope.id, route.scopes.length);
    route.scopes.push(scope);
  } else {
    const before = route.scopes[position];
    if (before?.startedAtMs !== scope.startedAtMs) route.latest = null;
    else if (before === route.latest) route.latest = scope;
    route.scopes[position] = scope;
  }
}

/** A scope is renamed once, when the framework tells its route. */
function removeScope(entry: RunEntry, name: string, id: number): void {
  const route = entry.routes.get(name);
  const position = route?.positions.get(id);
  if (!route || position === undefined) return;
  route.seen = null;
  route.latest = null;
  route.scopes.splice(position, 1);
  route.positions.clear();
  route.scopes.forEach((scope, index) => route.positions.set(scope.id, index));
  if (route.scopes.length === 0) entry.routes.delete(name);
}

function toRoute(runId: string, route: MutableRoute): Route {
  if (route.seen) return route.seen;
  const { name, scopes } = route;
  const latest = (route.latest ??= scopes.reduce((best, scope) => (scope.startedAtMs >= best.startedAtMs ? scope : best)));
  route.seen = { key: `${runId}/${name}`, runId, name, scopes, latest, warnings: latest.warnings, infos: latest.infos };
  return route.seen;
}
