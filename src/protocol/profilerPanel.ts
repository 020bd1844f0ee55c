/** Messages between the extension and the profiling panel. */
import type { Finding, RunInfo, ScopeSummary } from '../core/profile/queryProfile';
import type { Explanation } from './collector';
import type { PackedDetail } from './packedDetail';

export type ToProfiler =
  /** Everything known, on (re)load of the panel. */
  | {
      readonly type: 'reset';
      readonly runs: readonly RunInfo[];
      readonly scopes: readonly ScopeSummary[];
      readonly folders: readonly string[];
    }
  /** Upserts by (run id, scope id). */
  | {
      readonly type: 'scopes';
      readonly run: RunInfo;
      readonly scopes: readonly ScopeSummary[];
      /** Scopes whose findings changed: details of theirs that are here already are out of date. */
      readonly judged: readonly number[];
      /** What `follow` asked for. */
      readonly detail?: PackedDetail;
      readonly dropped: number;
    }
  | { readonly type: 'detail'; readonly runId: string; readonly scope: number; readonly detail: PackedDetail | null }
  | { readonly type: 'plan'; readonly runId: string; readonly scope: number; readonly query: number; readonly explanation: Explanation }
  | { readonly type: 'select'; readonly runId: string; readonly scope: number; readonly finding: number | null };

export type FromProfiler =
  | { readonly type: 'ready' }
  | { readonly type: 'requestDetail'; readonly runId: string; readonly scope: number }
  /** The details of this scope, or of a later one of its name, are to come along with the news of its end; once. */
  | { readonly type: 'follow'; readonly runId: string; readonly name: string; readonly from: number }
  /** How would the app's database run this query? Answered by `plan`. */
  | { readonly type: 'explain'; readonly runId: string; readonly scope: number; readonly query: number }
  | { readonly type: 'openSite'; readonly file: string; readonly line: number; readonly column: number }
  /** Shows what the fix would change, side by side; the user then applies or discards it. */
  | { readonly type: 'fixFinding'; readonly runId: string; readonly finding: Finding }
  /** Asks the running app again what this request asked; what may write only once the user says so. */
  | { readonly type: 'rerun'; readonly runId: string; readonly scope: number }
  /** The user knows it and means it: asks for the reason and writes it down. */
  | { readonly type: 'suppress'; readonly finding: Finding }
  /** Sets a breakpoint, for the next time that the app gets there. */
  | { readonly type: 'pauseAt'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'showInDiagram'; readonly entity: string; readonly relation: string | null }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'clear' }
  | { readonly type: 'runCommand'; readonly command: string };
