import path from 'node:path';
import { RecordingError, replayRecording } from '../collector/replayRecording';
import type { QueryProfile } from '../core/profile/queryProfile';
import type { Thresholds } from '../core/profile/thresholds';
import { FileError } from './io';

export interface RecordedRun {
  readonly profile: QueryProfile;
  /** Folder that the run was started in, which a report names files from. */
  readonly cwd: string;
}

/**
 * Replays a recording, judged by the given thresholds.
 * @throws FileError where the file is missing or no recording
 */
export async function readRecording(file: string, thresholds: Partial<Thresholds>): Promise<RecordedRun> {
  try {
    const { builder, run, cwd } = await replayRecording(file, { runId: path.basename(file), thresholds });
    return { profile: builder.profile(run), cwd };
  } catch (error) {
    throw error instanceof RecordingError ? new FileError(error.message) : error;
  }
}
