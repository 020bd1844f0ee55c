/**
 * Turns probe events into a QueryProfile, event by event: whoever collects calls `add` for each and asks for what changed.
 * Counts are exact whatever the volume; listed details and the evidence that findings rest on are bounded (`evidence.ts`), and what was
 * left out is counted in `dropped`. No clock: time is what the events say.
 */
import type { ProbeEvent } from '../../protocol/probe';
import { compareWithEarlier, type EarlierMeasure } from './compareWithEarlier';
import { describeOperation, describeQuery, groupsOf } from './describe';
import { bounds, type ScopeEvidence, type ScopeRecord } from './evidence';
import { findFindings } from './findFindings';
import { FindingSuppression, type SplitFindings } from './findingSuppression';
import { JudgedScopes } from './judgedScopes';
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
import { RelationStatistics } from './relationStats';
import { RunRecord } from './runRecord';
import type { SourceLine } from './ignoreComments';
import type { SuppressedHere, SuppressEntry } from './suppressEntries';
import { SiteStatistics } from './siteStats';
import { SlowFindings } from './slowFindings';
import { defaultThresholds, type Thresholds } from './thresholds';
import { UsualTimes } from './usualTimes';

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
  private readonly thresholds: Thresholds;
  private readonly judged = new JudgedScopes();
  private beingJudged: ScopeRecord | null = null;
  private readonly suppression: FindingSuppression;
  /** Relations that a finding wanted loaded. */
  private readonly advised = new Set<string>();
  private readonly statistics = new RelationStatistics();
  private readonly sites = new SiteStatistics();
  private readonly times: UsualTimes;
  private readonly slow: SlowFindings;

  constructor(private readonly options: ProfileBuilderOptions) {
    this.run = new RunRecord(options.detailedQueries ?? bounds.detailsPerRun, options.keptScope);
    this.run.onSettled = (scope) => {
      // Asking whether a scope is still to be judged may be what settles it.
      if (scope !== this.beingJudged) this.settle(scope);
    };
    this.run.onForgotten = (scope) => this.judged.forget(scope);
    this.judged.onForgotten = (scope) => {
      this.statistics.forget(scope);
      this.slow.forget(scope);
    };
    this.suppression = new FindingSuppression(options.sourceLine);
    if (options.root) this.run.setRoot(options.root);
    this.thresholds = { ...defaultThresholds, ...options.thresholds };
    this.times = new UsualTimes(this.thresholds);
    this.slow = new SlowFindings(this.times);
  }

  add(processId: string | number, event: ProbeEvent): void {
    this.process(processId).add(event);
    if (event.e === 'scopeEnd') for (const scope of this.run.overdue()) this.judge(scope);
  }

  endProcess(processId: string | number): void {
    this.process(processId).end();
  }

  takeChangedScopes(): ScopeSummary[] {
    this.judgeAll(false);
    this.retellSlow(false);
    return this.run.takeChanged().map((scope) => this.summarise(scope));
  }

  scopes(): ScopeSummary[] {
    return [...this.run.scopes.values()].map((scope) => this.summarise(scope));
  }

  scopeDetail(id: number): ScopeDetail | null {
    const scope = this.run.scopes.get(id);
    if (scope === undefined) return null;
    const queries = scope.queries ?? [];
    this.judge(scope);
    this.retellSlow(false, [id]);
    return {
      scope: this.summarise(scope),
      operations: listedOperations(scope).map(describeOperation),
      queries: queries.map((query) => describeQuery(query, scope)),
      droppedQueries: scope.count - queries.length,
      groups: groupsOf(scope),
      findings: this.findingsOf(id).map((finding) => this.slow.retell(finding, true)),
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
    this.judgeAll(true);
    this.retellSlow(true);
  }

  findings(): Finding[] {
    this.makeExact();
    return [...this.run.scopes.values()].flatMap((scope) => this.judged.of(scope).findings);
  }

  findingsOf(id: number): readonly Finding[] {
    const scope = this.run.scopes.get(id);
    return scope ? this.judged.of(scope).findings : [];
  }

  takeChangedFindings(): ScopeFindings[] {
    this.judgeAll(false);
    this.retellSlow(false);
    return this.judged.takeChanged();
  }

  suppressed(id: number): readonly SuppressedFinding[] {
    const scope = this.run.scopes.get(id);
    return scope ? this.judged.of(scope).suppressed : [];
  }

  relationStats(): RelationLoadStats[] {
    this.judgeAll(false);
    this.retellSlow(false);
    return this.statistics.list();
  }

  takeChangedSites(): SiteStats[] {
    return this.sites.takeChanged();
  }

  get dropped(): number {
    return this.run.dropped + this.judged.forgotten;
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
    const suppressed = this.judged.suppressed();
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
    this.suppression.setEntries(entries);
    this.splitAgain();
  }

  suppressHere(said: SuppressedHere): void {
    this.suppression.addComment(said);
    this.splitAgain();
  }

  clear(): void {
    this.run.clear();
    this.judged.clear();
    this.slow.clear();
    this.times.clear();
    this.statistics.clear();
    this.sites.clear();
  }

  private process(id: string | number): ProcessReader {
    const key = String(id);
    let reader = this.processes.get(key);
    if (reader === undefined) this.processes.set(key, (reader = new ProcessReader(this.run, key, this.times)));
    return reader;
  }

  private summarise(scope: ScopeRecord): ScopeSummary {
    this.judge(scope);
    const { warnings, infos } = this.judged.of(scope);
    const history = this.options.history?.(scope.name) ?? null;
    return {
      id: scope.id,
      runId: this.options.runId,
      kind: scope.kind,
      name: scope.name,
      path: scope.path,
      startedAtMs: scope.startMs,
      durationMs: durationOf(scope),
      dbTimeMs: scope.dbTimeMs,
      ...(scope.waitMs > 0 ? { waitMs: scope.waitMs } : {}),
      queryCount: scope.count,
      rowCount: scope.rows,
      status: scope.status,
      live: scope.endMs === null,
      warnings,
      infos,
      previous: history?.previous ? compareWithEarlier(scope, history.previous) : null,
      history: history?.queryCounts.slice(-20) ?? [],
      responseHash: scope.responseHash,
      ...(scope.request ? { request: scope.request } : {}),
      ...(scope.carries ? { carries: true } : {}),
      ...(scope.isFirst ? { isFirst: true } : {}),
    };
  }

  private judgeAll(isExact: boolean): void {
    for (const scope of this.run.unjudgedScopes(isExact)) this.judge(scope);
  }

  /** Finds the scope's findings anew, where the scope has changed since. */
  private judge(scope: ScopeRecord): void {
    const { evidence } = scope;
    this.beingJudged = scope;
    const isUnjudged = this.run.takeUnjudged(scope);
    this.beingJudged = null;
    if (!isUnjudged || evidence === null) return;
    const { heard, suppressed } = this.suppression.split(this.find(scope, evidence));
    if (this.judged.note(scope, heard, suppressed)) this.run.show(scope);
    for (const finding of heard) this.noteAdvised(finding);
    this.statistics.update(scope, evidence, heard);
    this.sites.update(scope);
    if (scope.evidence === null) this.settle(scope);
  }

  /** What is found again keeps its id. */
  private find(scope: ScopeRecord, evidence: ScopeEvidence): Finding[] {
    const history = this.options.history?.(scope.name) ?? null;
    const found = findFindings(scope, evidence, {
      thresholds: this.thresholds,
      previousQueryCount: history?.previous?.queryCount ?? null,
      isTrace: this.options.isTrace ?? false,
      root: this.run.root,
      sourceLine: this.options.sourceLine,
      wasAdvised: (entity, relation) => this.advised.has(`${entity}.${relation}`) || history?.advised?.includes(`${entity}.${relation}`) === true,
    });
    return found.map(({ key, statement, ...rest }) => {
      const finding = { id: this.judged.idOf(scope, key), ...rest };
      return statement === undefined ? finding : this.slow.note(finding, statement);
    });
  }

  /** After a change of what is suppressed: what was found already is told or kept back anew, of settled scopes as well. */
  private splitAgain(): void {
    for (const scope of this.run.scopes.values()) {
      const { findings } = this.judged.of(scope);
      const split = this.suppression.split(this.judged.allOf(scope).sort((a, b) => a.id - b.id));
      if (split.heard.length === findings.length && split.heard.every((finding) => findings.includes(finding))) continue;
      this.tellAnew(scope, split);
      this.run.touch(scope);
    }
  }

  /** Statements ran on meanwhile: what was slow once may be quick as a rule, in settled scopes as well. */
  private retellSlow(isExact: boolean, scopes = this.slow.scopes()): void {
    for (const id of scopes) {
      const scope = this.run.scopes.get(id);
      if (scope === undefined) continue;
      const before = this.judged.allOf(scope);
      const after = before.map((finding) => this.slow.retell(finding, isExact));
      if (after.every((finding, index) => finding === before[index])) continue;
      this.tellAnew(scope, this.suppression.split(after.sort(warningsFirst)));
      this.run.show(scope);
    }
  }

  /** Findings of a scope in place of those that were told; what they rest on is the same. */
  private tellAnew(scope: ScopeRecord, { heard, suppressed }: SplitFindings): void {
    this.judged.note(scope, heard, suppressed);
    this.statistics.judged(scope, heard);
  }

  private settle(scope: ScopeRecord): void {
    this.judged.settle(scope);
    this.statistics.settle(scope);
  }

  private noteAdvised({ kind, advice, entity, relation }: Finding): void {
    const isLoading = kind === 'lazy-n-plus-one' || kind === 'loop-n-plus-one' || kind === 'unloaded-relation-read';
    if (isLoading && advice.kind === 'load-relations' && entity !== null && relation !== null) this.advised.add(`${entity}.${relation}`);
  }
}

function warningsFirst(a: Finding, b: Finding): number {
  return Number(a.severity === 'info') - Number(b.severity === 'info');
}

function durationOf(scope: ScopeRecord): number {
  return Math.max(0, (scope.endMs ?? scope.lastMs) - scope.startMs);
}
