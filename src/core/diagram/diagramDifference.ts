/** Two graphs as one diagram: what is there now, what is gone as ghosts, and what became of each table, column and relation. */
import type { EntityId } from '../model/relationGraph';
import type { DiagramModel } from './diagramModel';

export type DifferenceKind = 'added' | 'removed' | 'changed';

export interface DifferenceDetail {
  readonly kind: DifferenceKind;
  readonly what: 'column' | 'relation' | 'index' | 'unique' | 'entity';
  /** Property path, or the columns of an index. */
  readonly name: string;
  /** What changed in it, in words: `nullable: no → yes`; empty where it came or went. */
  readonly text: string;
}

export interface TableDifference {
  readonly table: EntityId;
  readonly name: string;
  readonly kind: DifferenceKind;
  readonly details: readonly DifferenceDetail[];
}

export interface DiagramDifference {
  /** As it was asked for, and the commit that it stands for. */
  readonly revision: string;
  readonly commit: string;
  /** The present diagram with the removed tables, columns and relations still in it. */
  readonly model: DiagramModel;
  /** Sorted by kind, then by name. */
  readonly tables: readonly TableDifference[];
  /** Ids of edges that came or went. */
  readonly edges: readonly { readonly edge: string; readonly kind: DifferenceKind }[];
  /** What could not be read in the revision; null where nothing was left out. */
  readonly note: string | null;
}
