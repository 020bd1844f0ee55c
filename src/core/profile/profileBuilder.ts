/**
 * Turns probe events into a QueryProfile, event by event: whoever collects calls `add` for each and asks for what changed.
 * Counts are exact whatever the volume; listed details and the evidence that findings rest on are bounded (`evidence.ts`), and what was
 * left out is counted in `dropped`. No clock: time is what the events say.
 */
import type { ProbeEvent } from '../../protocol/probe';
import type { EarlierMeasure } from './compareWithEarlier';
import { describeOperation, describeQuery, groupsOf } from './describe';
import { bounds, type ScopeRecord } from './evidence';
import { listedOperations } from './listedQueries';
import { ProcessReader } from './processReader';
import type {
  Finding,
  QueryProfile,
  RelationLoadStats,
  RunInfo,
  ScopeDetail,
  ScopeFindings,
  ScopeSummary,
  SiteStats,
  SuppressedFinding,
} from './queryProfile';
import { RunRecord } from './runRecord';
import { ScopeJudge } from './scopeJudge';
import type { SourceLine } from './ignoreComments';
import { summariseScope } from './summariseScope';
import type { SuppressedHere, SuppressEntry } from './suppressEntries';
import type { Thresholds } from './thresholds';

/** What earlier runs measured for a scope name; the collector keeps it. */
export interface ScopeHistory {
  /** The latest scope of that name in an earlier run. */
  readonly previous: EarlierMeasure | null;
  /** Query counts of earlier runs, oldest first. */
  readonly queryCounts: readonly number[];
  /** Relations (`Author.books`) that findings of earlier runs wanted loaded in that scope. */
  readonly advised?: readonly string[];
}

export interface ProfileBuilderOptions {
  readonly runId: string;
  readonly thresholds?: Partial<Thresholds>;
  /** The events are spans of OpenTelemetry: results are unknown, and queries outside of any scope have nothing to do with each other. */
  readonly isTrace?: boolean;
  /** Queries whose details are kept over the whole run (default 20,000); the oldest scopes' go first. */
  readonly detailedQueries?: number;
  /** The scope whose details are wanted, whatever comes after it. */
  readonly keptScope?: number;
  /** Folder that messages name files from; by default that of the first process. */
  readonly root?: string;
  /** A line of the user's sources, 1-based; null where it cannot be read. Comments there can silence findings. */
  readonly sourceLine?: SourceLine;
  readonly history?: (scopeName: string) => ScopeHistory | null;
}

/** A query as it was sent, to ask its database about it. */
export interface SentStatement {
  readonly processId: string;
  /** DataSource id within the process, and its driver. */
  readonly source: number;
  readonly driver: string;
  readonly sql: string;
  /** Null where they are not known. */
  readonly parameters: readonly unknown[] | null;
}

export interface ProfileBuilder {
  /** Takes one event of one process; `processId` is any name that tells the run's processes apart. */
  add(processId: string | number, event: ProbeEvent): void;
  /** The process is gone (with or without `bye`): its open scopes end with what is known. */
  endProcess(processId: string | number): void;
  /** Summaries of the scopes that changed since the last call. */
  takeChangedScopes(): ScopeSummary[];
  /** Summaries of all scopes, in order of their start. */
  scopes(): ScopeSummary[];
  /** Null where no such scope is known (any more). */
  scopeDetail(scope: number): ScopeDetail | null;
  /** The run's id of a process's scope; 0 where it has none, or is over. */
  scopeId(processId: string | number, scope: number): number;
  /** A query as it was sent, to ask its database about it; null where it is not listed (any more), or its DataSource is unknown. */
  statement(scope: number, query: number): SentStatement | null;
  /** All of them, exact. */
  findings(): Finding[];
  /** What is told next is exact: judges anew where only a number grew, which does not happen by itself while a run goes on. */
  makeExact(): void;
  /** Of one scope, as it was judged last. */
  findingsOf(scope: number): readonly Finding[];
  /**
   * Of each scope whose findings changed since the last call, all that it has now. While a run goes on, the number of a statement's other runs
   * (`usual`) is told anew where it has doubled; `makeExact` makes it exact.
   */
  takeChangedFindings(): ScopeFindings[];
  /** What the user has said no to, of one scope. */
  suppressed(scope: number): readonly SuppressedFinding[];
  relationStats(): RelationLoadStats[];
  /** What lines of the user's code asked, of those that changed since the last call. */
  takeChangedSites(): SiteStats[];
  /** Queries and operations whose details are not listed, and what the probe itself dropped. */
  readonly dropped: number;
  /** What `hello` and `metadata` told about the app so far. */
  readonly typeormVersions: readonly string[];
  readonly drivers: readonly string[];
  readonly notices: readonly string[];
  /** Everything in one piece, for a report. */
  profile(run: RunInfo): QueryProfile;
  /** The setting's entries from now on, for what was found already as well. */
  suppress(entries: readonly SuppressEntry[]): void;
  /** A comment that was written meanwhile, into sources that are newer than the run's. */
  suppressHere(said: SuppressedHere): void;
  /** Forgets scopes and findings; open operations and what is known of the app stay. */
  clear(): void;
}

export function createProfileBuilder(options: ProfileBuilderOptions): ProfileBuilder {
  return new Builder(options);
}

class Builder implements ProfileBuilder {
  private readonly run: RunRecord;
  private readonly processes = new Map<string, ProcessReader>();
  private readonly judge: ScopeJudge;

  constructor(private readonly options: ProfileBuilderOptions) {
    this.run = new RunRecord(options.detailedQueries ?? bounds.detailsPerRun, options.keptScope);
    if (options.root) this.run.setRoot(options.root);
    this.judge = new ScopeJudge(this.run, options);
  }

  add(processId: string | number, event: ProbeEvent): void {
    this.process(processId).add(event);
    if (event.e === 'scopeEnd') for (const scope of this.run.overdue()) this.judge.update(scope);
  }

  endProcess(processId: string | number): void {
    this.process(processId).end();
  }

  takeChangedScopes(): ScopeSummary[] {
    this.judge.updateAll(false);
    return this.run.takeChanged().map((scope) => this.summarise(scope));
  }

  scopes(): ScopeSummary[] {
    return [...this.run.scopes.values()].map((scope) => this.summarise(scope));
  }

  scopeDetail(id: number): ScopeDetail | null {
    const scope = this.run.scopes.get(id);
    if (scope === undefined) return null;
    const queries = scope.queries ?? [];
    const findings = this.judge.exactFindings(scope);
    return {
      scope: this.summarise(scope),
      operations: listedOperations(scope).map(describeOperation),
      queries: queries.map((query) => describeQuery(query, scope)),
      droppedQueries: scope.count - queries.length,
      groups: groupsOf(scope),
      findings,
    };
  }

  scopeId(processId: string | number, scope: number): number {
    return this.process(processId).scopeId(scope);
  }

  statement(scope: number, id: number): SentStatement | null {
    const query = this.run.scopes.get(scope)?.queries?.find((candidate) => candidate.id === id);
    if (!query?.source) return null;
    const { process, driver, event } = query.source;
    return { processId: process, source: event.source, driver, sql: query.sql, parameters: query.parameters };
  }

  makeExact(): void {
    this.judge.updateAll(true);
  }

  findings(): Finding[] {
    this.makeExact();
    return [...this.run.scopes.values()].flatMap((scope) => this.judge.judged.of(scope).findings);
  }

  findingsOf(id: number): readonly Finding[] {
    const scope = this.run.scopes.get(id);
    return scope ? this.judge.judged.of(scope).findings : [];
  }

  takeChangedFindings(): ScopeFindings[] {
    this.judge.updateAll(false);
    return this.judge.judged.takeChanged();
  }

  suppressed(id: number): readonly SuppressedFinding[] {
    const scope = this.run.scopes.get(id);
    return scope ? this.judge.judged.of(scope).suppressed : [];
  }

  relationStats(): RelationLoadStats[] {
    this.judge.updateAll(false);
    return this.judge.statistics.list();
  }

  takeChangedSites(): SiteStats[] {
    return this.judge.sites.takeChanged();
  }

  get dropped(): number {
    return this.run.dropped + this.judge.judged.forgotten;
  }

  get typeormVersions(): readonly string[] {
    return [...this.run.typeormVersions];
  }

  get drivers(): readonly string[] {
    return [...this.run.drivers];
  }

  get notices(): readonly string[] {
    return this.run.notices;
  }

  profile(run: RunInfo): QueryProfile {
    const scopes = [...this.run.scopes.values()];
    const findings = this.findings();
    const suppressed = this.judge.judged.suppressed();
    return {
      version: 1,
      run,
      dropped: this.dropped,
      suppressed: suppressed.length,
      suppressedFindings: suppressed,
      scopes: this.scopes(),
      queries: scopes.flatMap((scope) => (scope.queries ?? []).map((query) => describeQuery(query, scope))),
      operations: scopes.flatMap((scope) => listedOperations(scope).map(describeOperation)),
      findings,
      relationStats: this.relationStats(),
    };
  }

  suppress(entries: readonly SuppressEntry[]): void {
    this.judge.suppress(entries);
  }

  suppressHere(said: SuppressedHere): void {
    this.judge.suppressHere(said);
  }

  clear(): void {
    this.run.clear();
    this.judge.clear();
  }

  private process(id: string | number): ProcessReader {
    const key = String(id);
    let reader = this.processes.get(key);
    if (reader === undefined) this.processes.set(key, (reader = new ProcessReader(this.run, key, this.judge.times)));
    return reader;
  }

  private summarise(scope: ScopeRecord): ScopeSummary {
    this.judge.update(scope);
    return summariseScope(scope, this.options.runId, this.judge.judged.of(scope), this.options.history?.(scope.name) ?? null);
  }
}
