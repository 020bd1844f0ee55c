/** The diagram's program as its parts see each other, and what a feature may add to it without the others knowing. */
import type { Point } from '../../src/core/diagram/geometry';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import type { Hit } from '../../src/core/diagram/hitTest';
import type { DiagramCommand, ToDiagram } from '../../src/protocol/diagramPanel';
import type { Arranging } from './arranging';
import type { Commands } from './commands';
import type { Diagram } from './diagram';
import type { EditHistory } from './editHistory';
import type { MenuItem } from './menu';
import type { Searching } from './searching';

export interface DiagramProgram {
  readonly diagram: Diagram;
  readonly arranging: Arranging;
  readonly searching: Searching;
  readonly history: EditHistory;
  readonly commands: Commands;
  /** In the order of `features.ts`. */
  readonly features: readonly DiagramFeature[];
  /** Called when the view, its name, or what there is to choose from has changed. */
  readonly onViewChange: (() => void)[];
}

/** One feature, one file; `features.ts` names them all. Every member is optional. */
export interface DiagramFeature {
  /** What stands on the page for it, hidden while it has nothing to say. */
  readonly root?: HTMLElement;
  /** Items of the context menu at what was pointed at. */
  menuItems?(hit: Hit, at: Point): readonly MenuItem[];
  /** Something was clicked and is selected now. */
  click?(hit: Hit, at: Point): void;
  /** Items of the toolbar's menu of exports, below the pictures. */
  exportItems?(): readonly MenuItem[];
  /** Items of the toolbar's menu of further views. */
  toolbarItems?(): readonly MenuItem[];
  /** Adds to a model before it is shown. */
  amend?(model: DiagramModel): DiagramModel;
  /** Commands that only the search offers. */
  searchItems?(): readonly MenuItem[];
  /** Hears every message after the program itself did. */
  receive?(message: ToDiagram): void;
  /** A frame was drawn: the camera or the tables may have moved. */
  drawn?(): void;
  /** A command was given that the program itself does not carry out. */
  run?(command: DiagramCommand): void;
  /** A key without a meaning of its own was pressed on the diagram: true where the feature took it. */
  key?(event: KeyboardEvent): boolean;
  /** Escape was pressed: true where the feature had something to close. */
  escape?(): boolean;
}
