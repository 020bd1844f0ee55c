/** One run of the app: from the first process that says hello to the end of the last, with its profile and its recording. */
import { judgeAdvice, withdraw } from '../core/profile/provenAdvice';
import type { Finding, RelationLoadStats, RunInfo, ScopeDetail, ScopeSummary } from '../core/profile/queryProfile';
import { EventRedactor } from '../core/profile/redactEvent';
import { redactDetail, redactProfile, redactScope } from '../core/profile/redactProfile';
import { createProfileBuilder, type ProfileBuilder } from '../core/profile/profileBuilder';
import type { SuppressedHere, SuppressEntry } from '../core/profile/suppressEntries';
import type { Thresholds } from '../core/profile/thresholds';
import type { Explanation, LiveDataSource, ProfileUpdate } from '../protocol/collector';
import { packDetail } from '../protocol/packedDetail';
import type { Pause } from '../protocol/pauses';
import type { HelloEvent, PauseEvent, ProbeEvent } from '../protocol/probe';
import { explainQuery, type AskProbe } from './explainQuery';
import { LiveMetadata } from './liveMetadata';
import { pruneRecordings, recordingFile, startRecording, type Recording } from './recording';
import type { ScopeHistoryFile } from './scopeHistory';
import { SiteMapper } from './siteMapper';
import { SourceLines } from './sourceLines';
import { createTokens } from './redactionTokens';
import path from 'node:path';

export interface RunOptions {
  readonly id: string;
  readonly name: string;
  readonly cwd: string;
  readonly startedAtMs: number;
  /** Where recordings go; null: none are made. */
  readonly recordingsFolder: string | null;
  /** This file instead of one in the folder. */
  readonly recordingFile?: string;
  readonly history: ScopeHistoryFile;
  readonly thresholds?: Partial<Thresholds>;
  /** No values in what is shown and recorded. */
  readonly redact?: boolean;
  /** Findings that the user has said no to. */
  readonly suppress?: readonly SuppressEntry[];
}

export class Run {
  private readonly builder: ProfileBuilder;
  private readonly mappers = new Map<number, SiteMapper>();
  private readonly pids = new Set<number>();
  private readonly living = new Set<number>();
  private recording: Recording | null = null;
  private state: RunInfo['state'] = 'waiting';
  private refusal: string | null = null;
  private ending: Promise<void> | undefined;
  private unknownEvents = 0;
  private sentStats = '';
  private readonly redactors = new Map<number, EventRedactor>();
  private readonly tokens = createTokens();
  private readonly cwds = new Map<number, string>();
  private readonly live = new LiveMetadata();
  private sentMetadata = 0;
  private followed: { readonly name: string; readonly from: number } | null = null;

  /** Where the app answered last. */
  private origin: string | null = null;
  private readonly earlier: ReturnType<ScopeHistoryFile['measuresOf']>;

  constructor(private readonly options: RunOptions) {
    const { history, id, name, thresholds, cwd } = options;
    this.earlier = history.measuresOf(name);
    this.builder = createProfileBuilder({
      runId: id,
      root: cwd,
      history: history.lookup(name),
      sourceLine: new SourceLines().line,
      ...(thresholds ? { thresholds } : {}),
    });
    if (options.suppress) this.builder.suppress(options.suppress);
  }

  suppress(entries: readonly SuppressEntry[]): void {
    this.builder.suppress(entries);
  }

  suppressHere(said: SuppressedHere): void {
    this.builder.suppressHere(said);
  }

  get id(): string {
    return this.options.id;
  }

  get recordingPath(): string | null {
    return this.recording?.file ?? null;
  }

  get isRedacted(): boolean {
    return this.options.redact ?? false;
  }

  /** True once there were processes and none is left. */
  get isOver(): boolean {
    return this.state === 'connected' && this.living.size === 0;
  }

  get hasEnded(): boolean {
    return this.state === 'ended';
  }

  connected(processId: number, hello: HelloEvent): void {
    this.state = 'connected';
    this.living.add(processId);
    this.pids.add(hello.pid);
    this.cwds.set(processId, hello.cwd);
    this.mappers.set(processId, new SiteMapper(hello.cwd));
    if (this.options.redact) this.redactors.set(processId, new EventRedactor(this.tokens));
    this.recording ??= this.startRecording();
  }

  event(processId: number, event: ProbeEvent, line: string): void {
    try {
      const mapper = this.mappers.get(processId);
      if (event.e === 'map') mapper?.add(event);
      else if (event.e === 'site' && mapper) {
        const mapped = mapper.map(event);
        this.take(processId, mapped, JSON.stringify(mapped));
      } else this.take(processId, event, line);
      if (event.e === 'scope' && event.origin !== undefined) this.origin = event.origin;
      this.live.note(processId, event, this.cwds.get(processId) ?? this.options.cwd);
    } catch {
      // A line that is JSON but no event of ours: a probe of another version.
      this.unknownEvents++;
    }
  }

  disconnected(processId: number): void {
    this.living.delete(processId);
    this.mappers.delete(processId);
    this.redactors.delete(processId);
    this.cwds.delete(processId);
    this.live.processEnded(processId);
    this.builder.endProcess(processId);
  }

  refused(reason: string): void {
    this.refusal = reason;
  }

  info(): RunInfo {
    const { id, name, startedAtMs } = this.options;
    return {
      id,
      name,
      startedAtMs,
      state: this.state,
      pids: [...this.pids],
      typeormVersions: this.builder.typeormVersions,
      drivers: this.builder.drivers,
      message: this.message(),
    };
  }

  /** What changed since the last call. */
  takeUpdate(): ProfileUpdate {
    // The last word is exact.
    if (this.hasEnded) this.builder.makeExact();
    const scopes = this.builder.takeChangedScopes().map((scope) => this.proven(this.options.redact ? redactScope(scope) : scope));
    const findings = this.builder.takeChangedFindings().map((changed) => ({
      ...changed,
      findings: changed.findings.map((finding) => this.withdrawn(finding)),
    }));
    const stats = this.builder.relationStats();
    const siteStats = this.builder.takeChangedSites();
    const statsKey = fingerprint(stats);
    const detail = this.takeFollowed(scopes);
    const update: ProfileUpdate = {
      run: this.info(),
      scopes,
      ...(findings.length > 0 ? { findings } : {}),
      ...(detail ? { detail: packDetail(detail) } : {}),
      ...(statsKey !== this.sentStats ? { relationStats: stats } : {}),
      ...(siteStats.length > 0 ? { siteStats } : {}),
      dropped: this.builder.dropped,
      ...(this.live.built !== this.sentMetadata ? { metadataBuilt: this.live.built } : {}),
    };
    this.sentMetadata = this.live.built;
    this.sentStats = statsKey;
    return update;
  }

  /** The details of a scope of this name, of the one given or a later one, are wanted as soon as it has ended. */
  follow(name: string, from: number): void {
    this.followed = { name, from };
  }

  private takeFollowed(changed: readonly ScopeSummary[]): ScopeDetail | null {
    const { followed } = this;
    if (followed === null) return null;
    const ended = changed.filter(({ id, name, live }) => !live && name === followed.name && id >= followed.from);
    if (ended.length === 0) return null;
    this.followed = null;
    return this.scopeDetail(Math.max(...ended.map(({ id }) => id)));
  }

  /** What TypeORM built, of each DataSource the latest. */
  metadata(): readonly LiveDataSource[] {
    return this.live.list();
  }

  /** How the database would run a query. */
  explain(scope: number, query: number, ask: AskProbe): Promise<Explanation> {
    return explainQuery(this.builder.statement(scope, query), ask);
  }

  /** A pause that a process has told, as viewers hear of it. */
  pause(processId: number, event: PauseEvent): Pause {
    const told = this.redactors.get(processId)?.redact(event) ?? event;
    const { kind, message, sql } = told.e === 'pause' ? told : event;
    return { kind, message, sql, scope: this.builder.scopeId(processId, event.scope) };
  }

  scopeDetail(scope: number): ScopeDetail | null {
    const found = this.builder.scopeDetail(scope);
    if (found === null) return null;
    const detail = this.options.redact ? redactDetail(found) : found;
    const runs = this.earlier(detail.scope.name).flatMap(({ atMs, queryCount, dbTimeMs, rowCount, durationMs }) =>
      atMs === undefined ? [] : [{ atMs, queryCount, dbTimeMs, rowCount, durationMs }],
    );
    return {
      ...detail,
      scope: this.proven(detail.scope),
      findings: detail.findings.map((finding) => this.withdrawn(finding)),
      runs,
      suppressed: this.builder.suppressed(scope),
    };
  }

  /** With what it disproves of the advice that was followed since the run before, and where to ask again. */
  private proven(measured: ScopeSummary): ScopeSummary {
    const scope = measured.kind === 'http' && this.origin !== null ? { ...measured, origin: this.origin } : measured;
    const previous = this.earlier(scope.name).at(-1);
    if (scope.live || !previous?.open) return scope;
    const { disproved } = judgeAdvice(previous, scope, this.builder.findingsOf(scope.id), this.suppressedIn(scope.id));
    return disproved.length > 0 ? { ...scope, disproved } : scope;
  }

  private suppressedIn(scope: number): readonly Finding[] {
    return this.builder.suppressed(scope).map(({ finding }) => finding);
  }

  private withdrawn(finding: Finding): Finding {
    return withdraw(finding, this.earlier(finding.scopeName).at(-1)?.withdrawn);
  }

  clear(): void {
    this.builder.clear();
    this.sentStats = '';
  }

  /** The profile as a whole, for a report. */
  profile(): ReturnType<ProfileBuilder['profile']> {
    const profile = this.builder.profile(this.info());
    return this.options.redact ? redactProfile(profile) : profile;
  }

  /** Closes the recording and hands the run's measures to the history. */
  end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private async endOnce(): Promise<void> {
    for (const processId of [...this.living]) this.disconnected(processId);
    this.state = 'ended';
    this.options.history.addRun(this.options.name, this.builder.scopes(), this.builder.findings(), (scope) => this.suppressedIn(scope));
    await this.recording?.close();
  }

  private take(processId: number, event: ProbeEvent, line: string): void {
    this.builder.add(processId, event);
    const redactor = this.redactors.get(processId);
    this.recording?.add(processId, redactor ? JSON.stringify(redactor.redact(event)) : line);
  }

  private startRecording(): Recording | null {
    const { recordingsFolder, name, startedAtMs, cwd } = this.options;
    const file = this.options.recordingFile ?? (recordingsFolder && recordingFile(recordingsFolder, name, startedAtMs));
    if (!file) return null;
    const recording = startRecording(file, { e: 'recording', version: 1, name, startedAtMs, cwd });
    if (!this.options.recordingFile) pruneRecordings(path.dirname(file));
    return recording;
  }

  private message(): string | null {
    if (this.refusal !== null && this.pids.size === 0) return this.refusal;
    if (this.recording?.problem) return this.recording.problem;
    if (this.unknownEvents > 0) return `${this.unknownEvents} events of the app could not be understood.`;
    return this.builder.notices.at(-1) ?? null;
  }
}

/** Tells whether a list is still the one that was sent, without keeping it. */
function fingerprint(list: readonly RelationLoadStats[]): string {
  return list.map(({ entity, relation, loads, queries, rows, warning }) => `${entity}.${relation} ${loads} ${queries} ${rows} ${warning}`).join('|');
}
