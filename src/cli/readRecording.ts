import path from 'node:path';
import { moveOfRecording } from '../collector/movedSources';
import { RecordingError, replayRecording } from '../collector/replayRecording';
import { SourceLines } from '../collector/sourceLines';
import type { QueryProfile } from '../core/profile/queryProfile';
import type { Thresholds } from '../core/profile/thresholds';
import { FileError } from './io';

export interface RecordedRun {
  readonly profile: QueryProfile;
  /** Folder that the run was started in, which a report names files from; where it was recorded elsewhere, the one that it is here. */
  readonly cwd: string;
}

/**
 * Replays a recording, judged by the given thresholds, and by the sources as they are now.
 * @param folder where the sources may be, if it was made elsewhere
 * @throws FileError where the file is missing or no recording
 */
export async function readRecording(file: string, thresholds: Partial<Thresholds>, folder: string): Promise<RecordedRun> {
  try {
    const { builder, run, cwd } = await replayRecording(file, {
      runId: path.basename(file),
      thresholds,
      move: moveOfRecording(file, [folder]),
      sourceLine: new SourceLines().line,
    });
    return { profile: builder.profile(run), cwd };
  } catch (error) {
    throw error instanceof RecordingError ? new FileError(error.message) : error;
  }
}
