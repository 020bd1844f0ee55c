import type { ScopeEvidence, ScopeRecord, Tally } from './evidence';
import type { Finding, RelationLoadStats, Site } from './queryProfile';

/** How often one scope loaded one relation. */
interface ScopeLoads extends Tally {
  readonly entity: string;
  readonly relation: string;
  readonly scopeName: string;
  loads: number;
  /** Loads of the scope it names, where it sums up several. */
  readonly worstLoads?: number;
  warning: boolean;
  readonly sites: Map<string, Site>;
}

/** Sites listed per relation. */
const LISTED_SITES = 20;

/**
 * Loads of each relation over a run: lazy loads as the probe names them, and explicit queries in a loop where a finding recognised the
 * relation. A scope judged again replaces what it said before.
 */
export class RelationStatistics {
  /** Lazy loads of scopes that may be judged again. */
  private readonly loaded = new Map<number, readonly ScopeLoads[]>();
  /** What findings say; they may be suppressed, or heard again, long after their scope is settled. */
  private readonly found = new Map<number, readonly ScopeLoads[]>();
  /** Sums over what is final. */
  private readonly settled = new Map<string, ScopeLoads>();

  update(scope: ScopeRecord, evidence: ScopeEvidence, findings: readonly Finding[]): void {
    const loads = new Map<string, ScopeLoads>();
    for (const pattern of evidence.patterns.values()) {
      if (pattern.api !== 'lazy' || pattern.entity === null || pattern.relation === null) continue;
      add(loads, scope.name, pattern.entity, pattern.relation, {
        loads: pattern.calls,
        ...pattern,
        warning: false,
        site: pattern.stack?.site ?? null,
      });
    }
    keep(this.loaded, scope.id, loads);
    this.judged(scope, findings);
  }

  /** The scope's findings that are heard now. */
  judged(scope: ScopeRecord, findings: readonly Finding[]): void {
    const loads = new Map<string, ScopeLoads>();
    for (const { kind, entity, relation, count, rows, dbTimeMs, site, severity } of findings) {
      if (entity === null || relation === null) continue;
      const warning = severity === 'warning';
      if (kind === 'loop-n-plus-one') add(loads, scope.name, entity, relation, { loads: count, count, rows, dbTimeMs, warning, site });
      else if (kind === 'lazy-n-plus-one') add(loads, scope.name, entity, relation, { loads: 0, count: 0, rows: 0, dbTimeMs: 0, warning, site });
    }
    keep(this.found, scope.id, loads);
  }

  /** The scope's lazy loads are final: they are added to the sums. */
  settle(scope: ScopeRecord): void {
    this.addToSums(this.loaded, scope.id);
  }

  /** The scope's findings are forgotten, and with them whether they are heard. */
  forget(scope: number): void {
    this.addToSums(this.found, scope);
  }

  /** Most queries first. */
  list(): RelationLoadStats[] {
    const all = new Map<string, ScopeLoads[]>();
    for (const entry of [...this.settled.values(), ...[...this.loaded.values()].flat(), ...[...this.found.values()].flat()]) {
      const key = `${entry.entity}.${entry.relation}`;
      const known = all.get(key);
      if (known) known.push(entry);
      else all.set(key, [entry]);
    }
    return [...all.values()]
      .map(summarise)
      .sort((a, b) => b.queries - a.queries || a.entity.localeCompare(b.entity) || a.relation.localeCompare(b.relation));
  }

  clear(): void {
    this.loaded.clear();
    this.found.clear();
    this.settled.clear();
  }

  private addToSums(from: Map<number, readonly ScopeLoads[]>, scope: number): void {
    for (const entry of from.get(scope) ?? []) {
      const key = `${entry.entity}.${entry.relation}`;
      const sum = this.settled.get(key);
      this.settled.set(key, sum ? addUp(sum, entry) : { ...entry, worstLoads: entry.loads });
    }
    from.delete(scope);
  }
}

function keep(where: Map<number, readonly ScopeLoads[]>, scope: number, loads: ReadonlyMap<string, ScopeLoads>): void {
  if (loads.size > 0) where.set(scope, [...loads.values()]);
  else where.delete(scope);
}

function add(
  loads: Map<string, ScopeLoads>,
  scopeName: string,
  entity: string,
  relation: string,
  by: Tally & { readonly loads: number; readonly warning: boolean; readonly site: Site | null },
): void {
  const key = `${entity}.${relation}`;
  const entry = loads.get(key) ?? {
    entity,
    relation,
    scopeName,
    loads: 0,
    count: 0,
    rows: 0,
    dbTimeMs: 0,
    warning: false,
    sites: new Map<string, Site>(),
  };
  loads.set(key, entry);
  entry.loads += by.loads;
  entry.count += by.count;
  entry.rows += by.rows;
  entry.dbTimeMs += by.dbTimeMs;
  entry.warning ||= by.warning;
  if (by.site) entry.sites.set(`${by.site.file}:${by.site.line}:${by.site.column}`, by.site);
}

function worstLoadsOf({ worstLoads, loads }: ScopeLoads): number {
  return worstLoads ?? loads;
}

function addUp(sum: ScopeLoads, entry: ScopeLoads): ScopeLoads {
  const worse = entry.loads > worstLoadsOf(sum) ? entry : sum;
  return {
    ...sum,
    scopeName: worse.scopeName,
    worstLoads: worstLoadsOf(worse),
    loads: sum.loads + entry.loads,
    count: sum.count + entry.count,
    rows: sum.rows + entry.rows,
    dbTimeMs: sum.dbTimeMs + entry.dbTimeMs,
    warning: sum.warning || entry.warning,
    sites: new Map([...sum.sites, ...entry.sites].slice(0, LISTED_SITES)),
  };
}

function summarise(entries: readonly ScopeLoads[]): RelationLoadStats {
  const { entity, relation } = entries[0] as ScopeLoads;
  const worst = entries.reduce((most, entry) => (worstLoadsOf(entry) > worstLoadsOf(most) ? entry : most));
  const sum = (of: (entry: ScopeLoads) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  return {
    entity,
    relation,
    loads: sum(({ loads }) => loads),
    queries: sum(({ count }) => count),
    rows: sum(({ rows }) => rows),
    dbTimeMs: sum(({ dbTimeMs }) => dbTimeMs),
    worstScope: worst.scopeName,
    warning: entries.some(({ warning }) => warning),
    sites: [...new Map(entries.flatMap(({ sites }) => [...sites])).values()].slice(0, LISTED_SITES),
  };
}
