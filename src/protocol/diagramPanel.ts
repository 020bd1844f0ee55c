/** Messages between the extension and a diagram webview (the editor panel and the sidebar view run the same program). */
import type { DiagramModel, EdgeHeat } from '../core/diagram/diagramModel';
import type { RelationPlan } from '../core/edits/relationPlan';
import type { DiagramChange } from './diagramChange';
import type { DiagramAnswer, DiagramQuestion, DiagramView } from './diagramQuestions';

export type {
  DiagramColumn,
  DiagramEdge,
  DiagramModel,
  DiagramRelationName,
  DiagramTable,
  DiagramTableLook,
  EdgeHeat,
} from '../core/diagram/diagramModel';
export type { RelationPlan } from '../core/edits/relationPlan';
export type { SourcePosition } from '../core/model/relationGraph';

export type DiagramMode = 'panel' | 'sidebar';

export type ToDiagram =
  | {
      readonly type: 'model';
      readonly model: DiagramModel;
      readonly revision: number;
      /** The entity to centre and mark; null keeps what is selected. */
      readonly focus: string | null;
      readonly state: DiagramState;
    }
  /** What changed since the model of another revision; whoever holds a different one asks for everything with `ready`. */
  | {
      readonly type: 'change';
      readonly change: DiagramChange;
      readonly basedOn: number;
      readonly revision: number;
      readonly focus: string | null;
      readonly state: DiagramState;
    }
  | { readonly type: 'select'; readonly entity: string; readonly property: string | null; readonly reveal: boolean }
  | { readonly type: 'heat'; readonly heat: readonly EdgeHeat[] }
  /** The views files of all folders, at the start and whenever one changed on the disk. */
  | { readonly type: 'views'; readonly files: readonly ViewsFileText[] }
  /** What became of a `writeViews`. Stale: the file was changed meanwhile (its new text was sent before); nothing was written. */
  | { readonly type: 'viewsWritten'; readonly folder: string; readonly outcome: 'written' | 'stale' | 'failed' }
  | { readonly type: 'command'; readonly command: DiagramCommand }
  | { readonly type: 'answer'; readonly answer: DiagramAnswer }
  | { readonly type: 'open'; readonly view: DiagramView };

/** A folder's `.relation-lens/views.json`. */
export interface ViewsFileText {
  /** The folder's path with forward slashes, and its name in the workspace. */
  readonly folder: string;
  readonly name: string;
  /** Null where there is no such file. */
  readonly text: string | null;
}

/** Commands from the view's title bar and the command palette. */
export type DiagramCommand =
  'fit' | 'search' | 'relayout' | 'exportSvg' | 'exportPng' | 'zoomIn' | 'zoomOut' | 'saveView' | 'saveViewAs' | 'switchView' | 'undo' | 'redo';

/** What to show instead of, or above, the picture. */
export type DiagramState =
  | { readonly kind: 'loading'; readonly filesRead: number }
  | { readonly kind: 'no-typeorm' }
  | { readonly kind: 'no-entities' }
  | { readonly kind: 'no-focus' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly message: string };

export type FromDiagram =
  /** Send everything: the page is new, or a change did not fit what it holds. */
  | { readonly type: 'ready' }
  | { readonly type: 'openSource'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'openPanel'; readonly entity: string | null }
  | { readonly type: 'saveFile'; readonly name: string; readonly mime: string; readonly base64: string }
  /**
   * Replaces a views file whose text is still `basedOn`; answered by `viewsWritten`. With `keepAside` what was there is kept beside
   * it under another name first, and the user is told.
   */
  | { readonly type: 'writeViews'; readonly folder: string; readonly basedOn: string | null; readonly text: string; readonly keepAside: boolean }
  /** A views file cannot be used as it is: `reason` says why and what was done instead. */
  | { readonly type: 'viewsUnusable'; readonly folder: string; readonly kind: 'corrupt' | 'newer'; readonly reason: string }
  | { readonly type: 'runCommand'; readonly command: string }
  | { readonly type: 'ask'; readonly question: DiagramQuestion }
  /** Writes a relation into its two files, as one edit. */
  | { readonly type: 'writeRelation'; readonly plan: RelationPlan }
  | { readonly type: 'failed'; readonly message: string };
