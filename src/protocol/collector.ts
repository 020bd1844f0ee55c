/**
 * What a collector tells whoever shows a run: the same messages over a forked process's IPC channel (ordinary Node launches)
 * and as custom events of the debug adapter (debug type `typeorm`).
 */
import type { RelationLoadStats, RunInfo, ScopeFindings, ScopeSummary, SiteStats } from '../core/profile/queryProfile';
import type { PlanStep } from '../core/profile/explain/readPlan';
import type { SuppressedHere } from '../core/profile/suppressEntries';
import type { LiveDataSource } from '../core/typeorm/live/checkLive';
import type { PackedDetail } from './packedDetail';
import type { Pause, PauseOn } from './pauses';

export type { PlanStep } from '../core/profile/explain/readPlan';
export type { SuppressedHere } from '../core/profile/suppressEntries';
export type { LiveDataSource } from '../core/typeorm/live/checkLive';
export type { Finding, RelationLoadStats, RunInfo, ScopeFindings, ScopeSummary, SiteStats } from '../core/profile/queryProfile';

/** Sent within 100 ms of a change, and at once where a request has ended; at most every 100 ms for each of the two. Lists hold what changed (upsert by id), except where noted. */
export interface ProfileUpdate {
  readonly run: RunInfo;
  readonly scopes: readonly ScopeSummary[];
  /** Of each scope whose findings changed, all that it has now; absent where none did. */
  readonly findings?: readonly ScopeFindings[];
  /** Statistics of every relation loaded in the run; absent where unchanged. */
  readonly relationStats?: readonly RelationLoadStats[];
  /** What lines of the user's code asked: upsert by file and line; absent where unchanged. */
  readonly siteStats?: readonly SiteStats[];
  /** Events whose details could not be kept; counts stay exact. */
  readonly dropped: number;
  /** Of the request that was waited for by `follow`. */
  readonly detail?: PackedDetail;
  /** How often a DataSource of the run has built its metadata (ask for `metadata`); absent where unchanged. */
  readonly metadataBuilt?: number;
  /** Pauses of the app in its debugger since the last update, each told just before it happens. */
  readonly pauses?: readonly Pause[];
  /** Processes that ended since the last update without a last word: killed, or crashed. */
  readonly cutShort?: readonly ProcessIds[];
}

export interface ProcessIds {
  readonly pid: number;
  /** Of the process that started it. */
  readonly ppid: number;
}

/** The steps of a plan, or the reason that there is none. */
export type Explanation = { readonly steps: readonly PlanStep[] } | { readonly whyNot: string };

/** Requests a viewer can make. */
export interface CollectorRequests {
  /** Opens a run: a socket to listen on; answers with the environment the app must be started with (it carries NODE_OPTIONS' preload and the socket's address). */
  startRun: {
    params: {
      name: string;
      cwd: string;
      /** Leave values out of what is shown and written down. */
      redact?: boolean;
      /** What the app shall be paused at in its debugger. */
      pauseOn?: PauseOn;
      /** As of `suppress`, for this run's first moments; once that was asked, it counts instead. */
      suppress?: readonly unknown[];
    };
    result: { runId: string; env: Record<string, string>; preload: string };
  };
  endRun: { params: { runId: string }; result: null };
  /** Reads a recording as a run that has ended, and tells it in an update; an error says why it cannot be read. */
  openRecording: {
    params: {
      file: string;
      redact?: boolean;
      suppress?: readonly unknown[];
      /** Where the sources may be, if the recording was made elsewhere: absolute. */
      folders?: readonly string[];
    };
    result: { runId: string };
  };
  /** `whole`: what had to give way to later requests is read again from the recording, which takes as long as reading it. */
  scopeDetail: { params: { runId: string; scope: number; whole?: boolean }; result: PackedDetail | null };
  /**
   * The details of a scope of this name, of the one given or a later one, come with the update that tells of its end: whoever shows it need not ask
   * then. Once; another question takes the place of the one before.
   */
  follow: { params: { runId: string; name: string; from: number }; result: null };
  /** What the run's DataSources have built, each as it did last; empty where none was initialised, or the run is unknown. */
  metadata: { params: { runId: string }; result: readonly LiveDataSource[] };
  /** Asks the app's database how it would run a query of the run. */
  explain: { params: { runId: string; scope: number; query: number }; result: Explanation };
  /** What the app shall be paused at from now on. */
  pauseOn: { params: { runId: string; on: PauseOn }; result: null };
  /**
   * A thread of an app stands still in its debugger, or goes on again. Who does not know the thread lets it pass.
   */
  stoodStill: {
    params: {
      /** `pid:thread`, as the probe in the app says it. */
      thread: string;
      /** Milliseconds since the epoch. */
      from: number;
      /** Null while it stands. */
      to: number | null;
    };
    result: null;
  };
  /** Findings that the user has said no to, in all runs: entries of the setting `relationLens.suppress`, as they stand there. */
  suppress: { params: { entries: readonly unknown[] }; result: null };
  /** A comment has just been written for findings of a kind at a line (of the sources as they were run): they go from the runs that there are. */
  suppressHere: { params: SuppressedHere; result: null };
  /** Forgets what was recorded, keeps listening. */
  clear: { params: { runId: string }; result: null };
}
export type CollectorMethod = keyof CollectorRequests;

export type ToCollector = {
  [M in CollectorMethod]: { readonly type: 'request'; readonly id: number; readonly method: M; readonly params: CollectorRequests[M]['params'] };
}[CollectorMethod];

export type FromCollector =
  | { readonly type: 'update'; readonly update: ProfileUpdate }
  | { readonly type: 'response'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'response'; readonly id: number; readonly ok: false; readonly error: string };
