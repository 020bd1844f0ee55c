/** A recording that a viewer has open: asked like a run, but over before it began. */
import path from 'node:path';
import type { RunInfo, ScopeDetail } from '../core/profile/queryProfile';
import { redactDetail, redactScope } from '../core/profile/redactProfile';
import type { SuppressedHere, SuppressEntry } from '../core/profile/suppressEntries';
import type { ProfileUpdate } from '../protocol/collector';
import { moveOfRecording, type Move } from './movedSources';
import { replayRecording, type Replay } from './replayRecording';
import type { ScopeHistoryFile } from './scopeHistory';
import { SourceLines } from './sourceLines';

export interface OpenOptions {
  readonly history: ScopeHistoryFile;
  readonly suppress: readonly SuppressEntry[];
  /** No values in what is shown, whatever was recorded. */
  readonly redact: boolean;
  /** Where the sources may be, if the recording was made elsewhere: absolute. */
  readonly folders: readonly string[];
}

export class OpenedRecording {
  /** @throws RecordingError where the file is missing or no recording */
  static async read(file: string, options: OpenOptions): Promise<OpenedRecording> {
    const move = moveOfRecording(file, options.folders);
    const replay = await replayRecording(file, {
      runId: `recording:${path.basename(file)}`,
      move,
      sourceLine: new SourceLines().line,
      historyOf: ({ name, startedAtMs }) => options.history.lookupBefore(name, startedAtMs),
    });
    replay.builder.suppress(options.suppress);
    return new OpenedRecording(replay, file, move, options.redact);
  }

  private constructor(
    private readonly replay: Replay,
    readonly recordingPath: string,
    readonly move: Move | null,
    readonly isRedacted: boolean,
  ) {}

  get run(): RunInfo {
    return { ...this.replay.run, recording: path.basename(this.recordingPath) };
  }

  /** All of it, the first time; later what changed. */
  takeUpdate(): ProfileUpdate {
    const { builder } = this.replay;
    builder.makeExact();
    return {
      run: this.run,
      scopes: builder.takeChangedScopes().map((scope) => (this.isRedacted ? redactScope(scope) : scope)),
      findings: builder.takeChangedFindings(),
      relationStats: builder.relationStats(),
      dropped: builder.dropped,
    };
  }

  scopeDetail(scope: number): ScopeDetail | null {
    const detail = this.replay.builder.scopeDetail(scope);
    if (detail === null) return null;
    return { ...(this.isRedacted ? redactDetail(detail) : detail), suppressed: this.replay.builder.suppressed(scope) };
  }

  suppress(entries: readonly SuppressEntry[]): void {
    this.replay.builder.suppress(entries);
  }

  suppressHere(said: SuppressedHere): void {
    this.replay.builder.suppressHere(said);
  }
}
