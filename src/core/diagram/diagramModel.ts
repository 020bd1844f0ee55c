/**
 * What a diagram shows, before anything is placed: tables, edges and modules as plain data.
 * Made from a RelationGraph by `graphToDiagram`; laid out and drawn by the webview and by the picture writers.
 */
import type { EntityId, EntityType, RelationKind, SourcePosition, TreeKind } from '../model/relationGraph';

export interface DiagramColumn {
  /** Property path in the entity. */
  readonly property: string;
  readonly column: string;
  /** As shown at the right: `varchar(100)`, `int, null`. */
  readonly type: string;
  readonly primary: boolean;
  readonly foreign: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly nullable: boolean;
  /** Set where the column comes from a base class or an embedded value. */
  readonly from: string | null;
  readonly source: SourcePosition | null;
}

export interface DiagramRelationName {
  readonly property: string;
  readonly target: string;
  readonly source: SourcePosition;
}

/** `junction`: a many-to-many relation's table that is drawn instead of folded into its edge. */
export type DiagramTableLook = 'table' | 'view' | 'child' | 'link' | 'tree' | 'junction';

export interface DiagramTable {
  readonly id: EntityId;
  readonly name: string;
  readonly table: string;
  readonly type: EntityType;
  /** How it is drawn: link = an entity that mainly joins two others (association object). */
  readonly look: DiagramTableLook;
  readonly tree: TreeKind | null;
  /** The group that it is drawn in: the folder of its source, or a group by relations. */
  readonly module: string;
  /** Its folder, where it is drawn in a group by relations. */
  readonly folderModule?: string;
  readonly columns: readonly DiagramColumn[];
  readonly relations: readonly DiagramRelationName[];
  readonly source: SourcePosition;
  /** DataSources that load the entity, by the names they give themselves; absent or empty where the sources do not tell. */
  readonly dataSources?: readonly string[];
  /** Index of the colour that a view gives it; absent: its module's. */
  readonly colour?: number;
  /** Junction table between it and the table that a part of the diagram is about; its header then says so. */
  readonly via?: string;
  /** Entities that it is related to and that the view leaves out; absent: none. */
  readonly hiddenNeighbours?: readonly EntityId[];
}

/** Cardinality at one end of an edge, as crow's feet show it: a mark for the maximum and one for the minimum. */
export interface EdgeEnd {
  readonly table: EntityId;
  /** Property path of the relation declared on this end's entity; null where this end declares none. */
  readonly property: string | null;
  /** Column names (in the database) that the edge touches at this end. */
  readonly columns: readonly string[];
  readonly max: 'one' | 'many';
  /** True where zero is possible (a ring), false where at least one is required (a bar). */
  readonly optional: boolean;
}

export interface DiagramEdge {
  /** Stable: the owning side's `<entity id>.<property>`. */
  readonly id: string;
  readonly kind: RelationKind | 'inheritance';
  /** The owning side (or the child class for inheritance). */
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  /** Junction table of a many-to-many, folded into a pill on the edge. */
  readonly joinTable: string | null;
  /** The junction table's columns: those that point to `from`'s table and those that point to `to`'s. Absent without one. */
  readonly joinColumns?: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly eager: boolean;
  readonly lazy: boolean;
  /** One sentence for the tooltip and for screen readers. */
  readonly description: string;
}

export interface DiagramModule {
  readonly id: string;
  readonly name: string;
  /** Index of the colour that a view gives it; absent: one that tells it from the others. */
  readonly colour?: number;
}

export interface DiagramProblem {
  readonly table: EntityId;
  /** Property path, or null for the table as a whole. */
  readonly property: string | null;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export interface DiagramModel {
  readonly tables: readonly DiagramTable[];
  readonly edges: readonly DiagramEdge[];
  readonly modules: readonly DiagramModule[];
  readonly problems: readonly DiagramProblem[];
}

/** How often a relation was loaded in a profiled run, painted on its edge. */
export interface EdgeHeat {
  readonly entity: string;
  readonly relation: string;
  readonly loads: number;
  readonly dbTimeMs: number;
  readonly warning: boolean;
  /** Lines of the app's code that loaded it. */
  readonly sites?: readonly { readonly file: string; readonly line: number; readonly column: number; readonly function: string | null }[];
}
