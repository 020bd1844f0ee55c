/** Details that had to give way to those of later requests, read again from the run's recording. */
import { redactDetail } from '../core/profile/redactProfile';
import type { ScopeDetail } from '../core/profile/queryProfile';
import type { Move } from './movedSources';
import { replayRecording } from './replayRecording';

/** Where a run's events are written down. */
export interface Recorded {
  /** Null where they are not. */
  readonly recordingPath: string | null;
  /** How the sources were moved since; absent for a run of this machine. */
  readonly move?: Move | null;
  /** No values in what is shown. */
  readonly isRedacted: boolean;
}

/** The detail with its queries and operations, where the recording still has them; as it is where nothing is missing or nothing can be had. */
export async function readAgain(detail: ScopeDetail, { recordingPath, move = null, isRedacted }: Recorded): Promise<ScopeDetail> {
  const { scope, queries, droppedQueries } = detail;
  if (recordingPath === null || queries.length > 0 || droppedQueries === 0) return detail;
  try {
    const { builder } = await replayRecording(recordingPath, { runId: scope.runId, keptScope: scope.id, detailedQueries: 0, move });
    const found = builder.scopeDetail(scope.id);
    // A recording that is not complete counts its scopes otherwise.
    if (found === null || found.scope.name !== scope.name || found.scope.startedAtMs !== scope.startedAtMs) return detail;
    const { operations, groups, ...read } = isRedacted ? redactDetail(found) : found;
    return { ...detail, operations, groups, queries: read.queries, droppedQueries: read.droppedQueries };
  } catch {
    // Deleted or broken meanwhile: the counts are all there is.
    return detail;
  }
}
