/** Messages between the extension and a diagram webview (the editor panel and the sidebar view run the same program). */
import type { DiagramModel, EdgeHeat } from '../core/diagram/diagramModel';

export type {
  DiagramColumn,
  DiagramEdge,
  DiagramModel,
  DiagramRelationName,
  DiagramTable,
  DiagramTableLook,
  EdgeHeat,
} from '../core/diagram/diagramModel';
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
  | { readonly type: 'select'; readonly entity: string; readonly property: string | null; readonly reveal: boolean }
  | { readonly type: 'heat'; readonly heat: readonly EdgeHeat[] }
  | { readonly type: 'command'; readonly command: DiagramCommand };

/** Commands from the view's title bar and the command palette. */
export type DiagramCommand = 'fit' | 'search' | 'relayout' | 'exportSvg' | 'exportPng' | 'zoomIn' | 'zoomOut';

/** What to show instead of, or above, the picture. */
export type DiagramState =
  | { readonly kind: 'loading'; readonly filesRead: number }
  | { readonly kind: 'no-typeorm' }
  | { readonly kind: 'no-entities' }
  | { readonly kind: 'no-focus' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly message: string };

export type FromDiagram =
  | { readonly type: 'ready' }
  | { readonly type: 'openSource'; readonly file: string; readonly line: number; readonly column: number }
  | { readonly type: 'openPanel'; readonly entity: string | null }
  | { readonly type: 'saveFile'; readonly name: string; readonly mime: string; readonly base64: string }
  | { readonly type: 'runCommand'; readonly command: string }
  | { readonly type: 'failed'; readonly message: string };
