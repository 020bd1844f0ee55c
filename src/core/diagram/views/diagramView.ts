/**
 * A view of the diagram: which part is shown, where its tables stand and how it is painted. Plain, immutable data with the graph's
 * own ids; what is written to `views.json` has ids relative to the file's folder (`entityKeys.ts`).
 */
import type { EntityId } from '../../model/relationGraph';
import type { Point, Rect } from '../geometry';
import type { Grouping, Groups } from '../groupTables';
import type { Positions } from '../layoutDiagram';
import type { ColourName } from './colourNames';

/** What a table is, for filtering; one table may be several (a tree with embedded values). */
export type TableKind = 'entity' | 'view' | 'tree' | 'child' | 'link' | 'junction' | 'embedded';

/** An empty list of a kind filters nothing; several kinds must all be met, of one list any member. */
export interface DiagramFilter {
  readonly modules: readonly string[];
  /** Folders of the sources, absolute; a folder includes those below it. */
  readonly folders: readonly string[];
  readonly dataSources: readonly string[];
  readonly kinds: readonly TableKind[];
  /** Part of an entity's, table's or column's name. */
  readonly text: string;
  /** Taken out by hand, whatever else says. */
  readonly hidden: readonly EntityId[];
  /** Shown by hand beside what the filter shows: neighbours that were asked for. */
  readonly revealed: readonly EntityId[];
}

/** Only what is within `depth` relations of a table is shown. */
export interface ViewFocus {
  readonly table: EntityId;
  readonly depth: number;
}

/** A sticky note. On the canvas `x` and `y` are its corner; tied to a table they are its distance from the table's corner. */
export interface Note extends Rect {
  readonly id: string;
  readonly text: string;
  readonly table: EntityId | null;
  readonly colour: ColourName | null;
}

type JunctionMode = 'folded' | 'drawn';
/** Level of detail: by zoom, or always the same. */
export type DetailPin = 'auto' | 'names' | 'keys' | 'all';

export interface DiagramView {
  readonly filter: DiagramFilter;
  readonly focus: ViewFocus | null;
  readonly detail: DetailPin;
  readonly junctions: JunctionMode;
  /** Many-to-many relations (ids of their edges) that are drawn the other way than `junctions` says. */
  readonly junctionsOtherwise: ReadonlySet<string>;
  readonly grouping: Grouping;
  /** The group of each table that is not grouped by its folder, as it was found for `positions`; empty: not found yet, or none is. */
  readonly groups: Groups;
  readonly moduleColours: ReadonlyMap<string, ColourName>;
  readonly tableColours: ReadonlyMap<EntityId, ColourName>;
  readonly notes: readonly Note[];
  readonly positions: Positions;
}

export const emptyFilter: DiagramFilter = { modules: [], folders: [], dataSources: [], kinds: [], text: '', hidden: [], revealed: [] };

export const emptyView: DiagramView = {
  filter: emptyFilter,
  focus: null,
  detail: 'auto',
  junctions: 'folded',
  junctionsOtherwise: new Set(),
  grouping: 'auto',
  groups: new Map(),
  moduleColours: new Map(),
  tableColours: new Map(),
  notes: [],
  positions: new Map<EntityId, Point>(),
};

/** Whether the view leaves tables out. */
export function showsPart({ filter, focus }: Pick<DiagramView, 'filter' | 'focus'>): boolean {
  return focus !== null || filter.text.trim() !== '' || filterLists.some((list) => filter[list].length > 0);
}

/** The lists that narrow a view; `revealed` alone widens one. */
const filterLists = ['modules', 'folders', 'dataSources', 'kinds', 'hidden'] as const;

/** Whether a many-to-many relation's junction table has a box of its own. */
export function isJunctionDrawn({ junctions, junctionsOtherwise }: DiagramView, edgeId: string): boolean {
  return (junctions === 'drawn') !== junctionsOtherwise.has(edgeId);
}
