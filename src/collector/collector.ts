/**
 * Listens to the probes of runs and keeps each run's profile: used in process by the debug adapter and the command line, and
 * forked by the extension (`main.ts`).
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { QueryProfile } from '../core/profile/queryProfile';
import { parseSuppressEntries, type SuppressEntry } from '../core/profile/suppressEntries';
import type { Thresholds } from '../core/profile/thresholds';
import type { CollectorMethod, CollectorRequests, ProfileUpdate } from '../protocol/collector';
import { packDetail } from '../protocol/packedDetail';
import { OpenedRecording } from './openedRecording';
import { readAgain } from './readAgain';
import { RunSession } from './runSession';
import { ScopeHistoryFile } from './scopeHistory';

export interface CollectorOptions {
  /** Absolute path of the probe's bundle. */
  readonly probePath: string;
  /** Folder for recordings (in `recordings/`) and the measures of earlier runs; null: nothing is written. */
  readonly storageFolder: string | null;
  /** A file for the next run's recording, instead of one in the folder. */
  readonly recordingFile?: string;
  readonly thresholds?: Partial<Thresholds>;
  /** Processes that start after all others have ended belong to the same run: a command that runs one program after the other. */
  readonly oneRun?: boolean;
  /** Also watch which properties of entities the app reads: unused eager loads, relations read though not loaded, columns never read. */
  readonly watchReads?: boolean;
}

export interface Collector {
  /** @throws (rejects) where the socket cannot be opened; a run id that is unknown is no error */
  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']>;
  /** Called for every update of every run until disposed. */
  onUpdate(listener: (update: ProfileUpdate) => void): void;
  /** The run as a whole, for a report; null where it is unknown. Complete once `endRun` has resolved. */
  profile(runId: string): QueryProfile | null;
  /** Where the run is recorded; null where it is not. */
  recordingPath(runId: string): string | null;
  /** Ends all runs and removes every socket. */
  dispose(): Promise<void>;
}

export function createCollector(options: CollectorOptions): Collector {
  return new SocketCollector(options);
}

type Handlers = { [M in CollectorMethod]: (params: CollectorRequests[M]['params']) => Promise<CollectorRequests[M]['result']> };

class SocketCollector implements Collector {
  private readonly sessions = new Map<string, RunSession>();
  private readonly recordings = new Map<string, OpenedRecording>();
  private readonly listeners: ((update: ProfileUpdate) => void)[] = [];
  private readonly history: ScopeHistoryFile;
  /** Null until somebody says. */
  private suppressed: readonly SuppressEntry[] | null = null;

  private readonly handlers: Handlers = {
    startRun: (params) => this.startRun(params),
    endRun: async ({ runId }) => {
      await this.sessionOf(runId)?.end();
      return null;
    },
    openRecording: (params) => this.openRecording(params),
    scopeDetail: async ({ runId, scope, whole }) => {
      const run = this.recordings.get(runId) ?? this.sessionOf(runId)?.findRun(runId);
      const detail = run?.scopeDetail(scope);
      return run && detail ? packDetail(whole ? await readAgain(detail, run) : detail) : null;
    },
    follow: async ({ runId, name, from }) => {
      this.sessionOf(runId)?.findRun(runId)?.follow(name, from);
      return null;
    },
    metadata: async ({ runId }) => this.sessionOf(runId)?.findRun(runId)?.metadata() ?? [],
    explain: async ({ runId, scope, query }) =>
      (await this.sessionOf(runId)?.explain(runId, scope, query)) ?? {
        whyNot: this.recordings.has(runId) ? 'This is a recording: start the app and repeat the request.' : 'This run is not known any more.',
      },
    pauseOn: async ({ runId, on }) => {
      this.sessionOf(runId)?.setPauseOn(on);
      return null;
    },
    stoodStill: async ({ thread, from, to }) => {
      for (const session of this.sessions.values()) session.stoodStill(thread, from, to);
      return null;
    },
    suppress: async ({ entries }) => {
      this.suppressed = parseSuppressEntries(entries);
      for (const session of this.sessions.values()) session.suppress(this.suppressed);
      for (const recording of this.recordings.values()) this.tell(recording, (opened) => opened.suppress(this.suppressed ?? []));
      return null;
    },
    suppressHere: async (said) => {
      for (const session of this.sessions.values()) session.suppressHere(said);
      for (const recording of this.recordings.values()) this.tell(recording, (opened) => opened.suppressHere(said));
      return null;
    },
    clear: async ({ runId }) => {
      this.sessionOf(runId)?.findRun(runId)?.clear();
      this.recordings.delete(runId);
      return null;
    },
  };

  constructor(private readonly options: CollectorOptions) {
    this.history = new ScopeHistoryFile(options.storageFolder);
  }

  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']> {
    return this.handlers[method](params);
  }

  onUpdate(listener: (update: ProfileUpdate) => void): void {
    this.listeners.push(listener);
  }

  profile(runId: string): QueryProfile | null {
    return this.sessionOf(runId)?.findRun(runId)?.profile() ?? null;
  }

  recordingPath(runId: string): string | null {
    return this.sessionOf(runId)?.findRun(runId)?.recordingPath ?? null;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.sessions.values()].map((session) => session.end()));
    this.listeners.length = 0;
  }

  private async startRun({
    name,
    cwd,
    redact,
    pauseOn,
    suppress,
  }: CollectorRequests['startRun']['params']): Promise<CollectorRequests['startRun']['result']> {
    const { probePath, storageFolder, recordingFile, thresholds, oneRun, watchReads } = this.options;
    const session = await RunSession.open({
      id: randomBytes(6).toString('hex'),
      name,
      cwd,
      probePath,
      recordingsFolder: storageFolder && path.join(storageFolder, 'recordings'),
      history: this.history,
      onUpdate: (update) => this.publish(update),
      ...(recordingFile ? { recordingFile } : {}),
      ...(thresholds ? { thresholds } : {}),
      ...(oneRun ? { oneRun } : {}),
      ...(watchReads ? { watchReads } : {}),
      ...(redact ? { redact } : {}),
      ...(pauseOn ? { pauseOn } : {}),
      suppress: this.suppressed ?? parseSuppressEntries(suppress),
    });
    this.sessions.set(session.id, session);
    return { runId: session.id, env: session.env, preload: probePath };
  }

  private async openRecording({
    file,
    redact,
    suppress,
    folders,
  }: CollectorRequests['openRecording']['params']): Promise<CollectorRequests['openRecording']['result']> {
    const recording = await OpenedRecording.read(file, {
      history: this.history,
      suppress: this.suppressed ?? parseSuppressEntries(suppress),
      redact: redact ?? false,
      folders: folders ?? [],
    });
    this.recordings.set(recording.run.id, recording);
    this.publish(recording.takeUpdate());
    return { runId: recording.run.id };
  }

  private tell(recording: OpenedRecording, what: (recording: OpenedRecording) => void): void {
    what(recording);
    this.publish(recording.takeUpdate());
  }

  private publish(update: ProfileUpdate): void {
    for (const listener of this.listeners) listener(update);
  }

  private sessionOf(runId: string): RunSession | undefined {
    return this.sessions.get(runId.replace(/\.\d+$/, ''));
  }
}
