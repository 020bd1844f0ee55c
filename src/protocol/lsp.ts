/** Custom messages between the extension (or another editor's client) and the language server, beyond the Language Server Protocol. */
import type { DiagramModel } from '../core/diagram/diagramModel';
import type { Finding, RelationLoadStats, ScopeFindings, SiteStats } from '../core/profile/queryProfile';
import type { LiveCheck, LiveDataSource } from '../core/typeorm/live/checkLive';
import type { DiagramChange } from './diagramChange';

export type { LiveCheck, LiveDifference } from '../core/typeorm/live/checkLive';

/** What a client may say when it starts the server. */
export interface InitializationOptions {
  /** The `relationLens` section of the editor's settings. */
  readonly settings?: unknown;
  /** False where the editor has an outline of its own that a second one would push aside (default true). */
  readonly outline?: boolean;
}

/** With these Node.js flags the server should be started: without them it works as well, and takes more memory while it rests. */
export const SERVER_NODE_FLAGS: readonly string[] = ['--expose-gc'];

/** Request: the diagram of everything, or of the neighbourhood of the entity at a position. */
export const DIAGRAM_REQUEST = 'relationLens/diagram';
export interface DiagramParams {
  /** Absent: the whole workspace. */
  readonly around?: { readonly uri: string; readonly position: { readonly line: number; readonly character: number }; readonly depth: number };
  /** The version of the whole workspace's diagram that the client has: it may then be sent what changed since. */
  readonly held?: string;
}
export interface DiagramResult {
  readonly model: DiagramModel;
  /** The entity at the position; null where there is none (the model is then empty when `around` was given). */
  readonly focus: string | null;
  /** Grows with every change of the graph. */
  readonly revision: number;
  /** False until the first scan of the workspace is done. */
  readonly ready: boolean;
  /** Whether any folder depends on typeorm. */
  readonly dependsOnTypeorm: boolean;
  readonly fileCount: number;
  /** Names the whole workspace's diagram; absent for a neighbourhood, and where nothing is served. */
  readonly version?: string;
  /** What leads from the version that the client has to this one; `model` is empty then. */
  readonly change?: DiagramChange;
}

/** Request: a diagram's question; `DiagramQuestion` in, `DiagramAnswer` out (protocol/diagramQuestions.ts). */
export const DIAGRAM_QUESTION_REQUEST = 'relationLens/diagramQuestion';

/** Request: what DataSources of the running app have built, compared with the sources; null while these are not read yet. */
export const LIVE_CHECK_REQUEST = 'relationLens/liveCheck';
export interface LiveCheckParams {
  readonly dataSources: readonly LiveDataSource[];
}
export type LiveCheckResult = readonly LiveCheck[] | null;

/** Notification, server → client: the graph changed; ask for diagrams again. */
export const GRAPH_CHANGED_NOTIFICATION = 'relationLens/graphChanged';
export interface GraphChangedParams {
  readonly revision: number;
  readonly entityCount: number;
  readonly problemCount: number;
}

/** Notification, client → server: what the last profiled run found; hover, inlay hints, diagnostics and code actions use it. */
export const PROFILE_NOTIFICATION = 'relationLens/profile';
export interface ProfileParams {
  /** The run they are of: its lines are those of the sources as they were when the run's first findings came. Absent: a new run each time. */
  readonly runId?: string;
  /** All of them; absent where `changedFindings` says what has become of those sent before. */
  readonly findings?: readonly Finding[];
  /** Since the last notification of the same run: of each scope whose findings changed, all that it has now. */
  readonly changedFindings?: readonly ScopeFindings[];
  readonly relationStats: readonly RelationLoadStats[];
  /** What lines of the sources asked the database, for inlay hints; absent: nothing is known. */
  readonly siteStats?: readonly SiteStats[];
}

/** What all notifications of a run come to. */
export interface WholeProfile extends Omit<ProfileParams, 'changedFindings'> {
  readonly findings: readonly Finding[];
}

/** Request: the edit that a finding's advice stands for, against the current text (unsaved changes included). */
export const FINDING_EDIT_REQUEST = 'relationLens/findingEdit';
export interface FindingEditParams {
  readonly finding: Finding;
}
export type FindingEditResult =
  | {
      readonly kind: 'edit';
      readonly title: string;
      readonly edits: readonly { readonly uri: string; readonly range: LspRange; readonly newText: string }[];
    }
  | { readonly kind: 'declined'; readonly reason: string };

/** Request: the comment that says no to a finding, above the statement that it is about, as an edit of the current text; answered by FindingEditResult. */
export const SUPPRESS_EDIT_REQUEST = 'relationLens/suppressEdit';
export interface SuppressEditParams {
  readonly finding: Finding;
  readonly reason: string;
}

/** Request: the edits that write a relation (`RelationPlan`) into the sources, against the current text. */
export const RELATION_EDIT_REQUEST = 'relationLens/relationEdit';

export interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
