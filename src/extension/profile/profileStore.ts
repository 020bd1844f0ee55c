/**
 * All runs of this window, whoever collected them: merges updates, answers what the panel, the status bar, the language server and
 * the diagram's heat ask. Knows no vscode.
 */
import type {
  CollectorMethod,
  CollectorRequests,
  Explanation,
  Finding,
  LiveDataSource,
  ProfileUpdate,
  RelationLoadStats,
  RunInfo,
  ScopeFindings,
  ScopeSummary,
  SiteStats,
  SuppressedHere,
} from '../../protocol/collector';
import type { PackedDetail } from '../../protocol/packedDetail';
import type { Pause } from '../../protocol/pauses';
import { FindingsByScope } from '../../protocol/findingsByScope';
import { setAside } from './setAside';

/** Who collects a run and answers questions about it. */
export interface RunSource {
  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']>;
}

export interface StoredRun {
  readonly info: RunInfo;
  /** In the order of their arrival. */
  readonly scopes: ReadonlyMap<number, ScopeSummary>;
  readonly findings: readonly Finding[];
  /** Those of one scope alone. */
  findingsOf(scope: number): readonly Finding[];
  readonly relationStats: readonly RelationLoadStats[];
  /** By file and line. */
  readonly siteStats: ReadonlyMap<string, SiteStats>;
}

export interface ProfileChange {
  readonly run: RunInfo;
  /** The changed scopes alone. */
  readonly scopes: readonly ScopeSummary[];
  /** Of the scopes whose findings changed, all that each has now. */
  readonly findings: readonly ScopeFindings[];
  /** Of the request that was waited for by `follow`. */
  readonly detail?: PackedDetail;
  readonly dropped: number;
  /** True once in a run: its first request is there; for a script, which has none, its end. Work at the app's start is no request. */
  readonly worthShowing: boolean;
  /** True where a DataSource has built its metadata. */
  readonly metadataBuilt: boolean;
  /** Pauses of the app in its debugger that have just begun. */
  readonly pauses: readonly Pause[];
}

/** Runs that are kept for comparison; the oldest goes first. */
const MAX_RUNS = 20;
/** Details that are fetched before a collector goes away with its debug session: the newest scopes, those with findings before all others. */
const MAX_ARCHIVED_DETAILS = 200;

interface Run extends StoredRun {
  info: RunInfo;
  readonly scopes: Map<number, ScopeSummary>;
  readonly findingsByScope: FindingsByScope;
  relationStats: readonly RelationLoadStats[];
  readonly siteStats: Map<string, SiteStats>;
  source: RunSource | null;
  readonly details: Map<number, PackedDetail>;
  shown: boolean;
}

type Listener<T> = (value: T) => void;

export class ProfileStore {
  private readonly runsById = new Map<string, Run>();
  private readonly changeListeners = new Set<Listener<ProfileChange>>();
  private readonly resetListeners = new Set<Listener<void>>();

  /** Oldest first. */
  get runs(): readonly StoredRun[] {
    return [...this.runsById.values()];
  }

  /**
   * The newest run that has something to say, null before the first: an app that has just been restarted does not take back what
   * the run before it found.
   */
  get latest(): StoredRun | null {
    return this.runs.findLast(isWorthShowing) ?? this.runs.findLast(({ scopes }) => scopes.size > 0) ?? null;
  }

  apply(update: ProfileUpdate, source: RunSource): void {
    const run = this.runsById.get(update.run.id) ?? this.addRun(update.run, source);
    run.info = update.run;
    for (const scope of update.scopes) {
      run.scopes.set(scope.id, scope);
      // Once the collector is gone, what was kept of a scope is all there is.
      if (run.source) run.details.delete(scope.id);
    }
    for (const changed of update.findings ?? []) run.findingsByScope.put(changed);
    if (update.relationStats) run.relationStats = update.relationStats;
    for (const stats of update.siteStats ?? []) run.siteStats.set(`${stats.file}:${stats.line}`, stats);
    const worthShowing = !run.shown && isWorthShowing(run);
    run.shown ||= worthShowing;
    const metadataBuilt = update.metadataBuilt !== undefined;
    const { scopes, findings = [], dropped, pauses = [], detail } = update;
    this.tell({ run: run.info, scopes, findings, ...(detail ? { detail } : {}), dropped, worthShowing, metadataBuilt, pauses });
  }

  /** What the run's DataSources have built; empty where nobody knows (any more). */
  async metadata(runId: string): Promise<readonly LiveDataSource[]> {
    return (
      (await this.runsById
        .get(runId)
        ?.source?.request('metadata', { runId })
        .catch(() => null)) ?? []
    );
  }

  /** Operations, queries and findings of one scope; null where nobody has them any more. */
  async detail(runId: string, scope: number): Promise<PackedDetail | null> {
    const run = this.runsById.get(runId);
    if (!run) return null;
    const detail = run.details.get(scope) ?? (await run.source?.request('scopeDetail', { runId, scope, whole: true }).catch(() => null)) ?? null;
    const summary = run.scopes.get(scope);
    return detail && summary ? { ...detail, scope: summary } : detail;
  }

  /** The details of this scope, or of a later one of its name, are told with its end. */
  follow(runId: string, name: string, from: number): void {
    const run = this.runsById.get(runId);
    if (run?.info.state === 'connected') void run.source?.request('follow', { runId, name, from }).catch(() => undefined);
  }

  /** How the app's database would run a query; the reason where it cannot be asked. */
  async explain(runId: string, scope: number, query: number): Promise<Explanation> {
    const ended = { whyNot: 'The app is not running any more: start it again and repeat the request.' };
    try {
      return (await this.runsById.get(runId)?.source?.request('explain', { runId, scope, query })) ?? ended;
    } catch {
      return ended;
    }
  }

  /** Asks the same of everyone who collects; who cannot answer any more is passed over. */
  async tellCollectors<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<void> {
    const sources = new Set([...this.runsById.values()].flatMap(({ source, info }) => (source && info.state !== 'ended' ? [source] : [])));
    await Promise.all([...sources].map((source) => source.request(method, params).catch(() => null)));
  }

  /** For runs whose collector is gone: findings of a kind at a line, which the user has just said no to. */
  setAside(said: SuppressedHere, by: 'comment' | 'setting'): void {
    for (const run of this.runsById.values()) {
      const scopes = run.source === null ? setAside(run, said, by) : [];
      if (scopes.length === 0) continue;
      const findings = scopes.map(({ id }) => ({ scope: id, findings: run.findingsByScope.of(id) }));
      this.tell({ run: run.info, scopes, findings, dropped: 0, worthShowing: false, metadataBuilt: false, pauses: [] });
    }
  }

  /** Fetches what the panel may still ask for, because the run's collector is about to end. */
  async archive(runId: string): Promise<void> {
    const run = this.runsById.get(runId);
    if (!run?.source) return;
    for (const { id } of worthKeeping(run)) {
      const detail = await run.source.request('scopeDetail', { runId, scope: id }).catch(() => null);
      if (detail) run.details.set(id, detail);
    }
    run.source = null;
  }

  /** Says of a run whose collector is gone that it has ended, whatever its last update said. */
  markEnded(runId: string): void {
    const run = this.runsById.get(runId);
    if (!run || run.info.state === 'ended') return;
    run.info = { ...run.info, state: 'ended' };
    this.tell({ run: run.info, scopes: [], findings: [], dropped: 0, worthShowing: false, metadataBuilt: false, pauses: [] });
  }

  /** Forgets everything, here and at the collectors. */
  clear(): void {
    for (const { info, source } of this.runsById.values()) void source?.request('clear', { runId: info.id }).catch(() => undefined);
    this.runsById.clear();
    for (const listener of this.resetListeners) listener();
  }

  /** Returns what takes the listener away again. */
  onDidChange(listener: Listener<ProfileChange>): { dispose(): void } {
    this.changeListeners.add(listener);
    return { dispose: () => this.changeListeners.delete(listener) };
  }

  onDidReset(listener: Listener<void>): { dispose(): void } {
    this.resetListeners.add(listener);
    return { dispose: () => this.resetListeners.delete(listener) };
  }

  private tell(change: ProfileChange): void {
    for (const listener of this.changeListeners) listener(change);
  }

  private addRun(info: RunInfo, source: RunSource): Run {
    const findingsByScope = new FindingsByScope();
    const run: Run = {
      info,
      source,
      scopes: new Map(),
      findingsByScope,
      get findings() {
        return findingsByScope.all;
      },
      findingsOf: (scope) => findingsByScope.of(scope),
      relationStats: [],
      siteStats: new Map(),
      details: new Map(),
      shown: false,
    };
    this.runsById.set(info.id, run);
    const [oldest] = this.runsById.keys();
    if (this.runsById.size > MAX_RUNS && oldest !== undefined) this.runsById.delete(oldest);
    return run;
  }
}

function isWorthShowing({ info, scopes }: StoredRun): boolean {
  if (info.state === 'ended') return scopes.size > 0;
  for (const { kind } of scopes.values()) if (kind !== 'unattributed') return true;
  return false;
}

function worthKeeping({ scopes }: StoredRun): readonly ScopeSummary[] {
  const newestFirst = [...scopes.values()].reverse();
  const hasFindings = ({ warnings, infos }: ScopeSummary) => warnings + infos > 0;
  return [...newestFirst.filter(hasFindings), ...newestFirst.filter((scope) => !hasFindings(scope))].slice(0, MAX_ARCHIVED_DETAILS);
}
