/** One run of the app: from the first process that says hello to the end of the last, with its profile and its recording. */
import type { Finding, RelationLoadStats, RunInfo, ScopeDetail } from '../core/profile/queryProfile';
import { createProfileBuilder, type ProfileBuilder } from '../core/profile/profileBuilder';
import type { Thresholds } from '../core/profile/thresholds';
import type { ProfileUpdate } from '../protocol/collector';
import type { HelloEvent, ProbeEvent } from '../protocol/probe';
import { pruneRecordings, recordingFile, startRecording, type Recording } from './recording';
import type { ScopeHistoryFile } from './scopeHistory';
import { SiteMapper } from './siteMapper';
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
  private sentFindings = '';
  private sentStats = '';

  constructor(private readonly options: RunOptions) {
    const { history, id, name, thresholds, cwd } = options;
    this.builder = createProfileBuilder({
      runId: id,
      root: cwd,
      history: history.lookup(name),
      ...(thresholds ? { thresholds } : {}),
    });
  }

  get id(): string {
    return this.options.id;
  }

  get recordingPath(): string | null {
    return this.recording?.file ?? null;
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
    this.mappers.set(processId, new SiteMapper(hello.cwd));
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
    } catch {
      // A line that is JSON but no event of ours: a probe of another version.
      this.unknownEvents++;
    }
  }

  disconnected(processId: number): void {
    this.living.delete(processId);
    this.mappers.delete(processId);
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
    const scopes = this.builder.takeChangedScopes();
    const findings = this.builder.findings();
    const stats = this.builder.relationStats();
    const [findingsKey, statsKey] = [fingerprint(findings), fingerprint(stats)];
    const update: ProfileUpdate = {
      run: this.info(),
      scopes,
      ...(findingsKey !== this.sentFindings ? { findings } : {}),
      ...(statsKey !== this.sentStats ? { relationStats: stats } : {}),
      dropped: this.builder.dropped,
    };
    this.sentFindings = findingsKey;
    this.sentStats = statsKey;
    return update;
  }

  scopeDetail(scope: number): ScopeDetail | null {
    return this.builder.scopeDetail(scope);
  }

  clear(): void {
    this.builder.clear();
    this.sentFindings = '';
    this.sentStats = '';
  }

  /** The profile as a whole, for a report. */
  profile(): ReturnType<ProfileBuilder['profile']> {
    return this.builder.profile(this.info());
  }

  /** Closes the recording and hands the run's measures to the history. */
  end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private async endOnce(): Promise<void> {
    for (const processId of [...this.living]) this.disconnected(processId);
    this.state = 'ended';
    this.options.history.addRun(this.options.name, this.builder.scopes());
    await this.recording?.close();
  }

  private take(processId: number, event: ProbeEvent, line: string): void {
    this.builder.add(processId, event);
    this.recording?.add(processId, line);
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
function fingerprint(list: readonly Finding[] | readonly RelationLoadStats[]): string {
  let key = `${list.length}`;
  for (const item of list) {
    key +=
      'loads' in item
        ? `|${item.entity}.${item.relation} ${item.loads} ${item.queries} ${item.rows} ${item.warning}`
        : `|${item.id} ${item.count} ${item.rows} ${item.severity} ${item.message}`;
  }
  return key;
}
