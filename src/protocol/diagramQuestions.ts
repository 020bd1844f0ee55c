/** What a diagram asks the language server, by way of the extension, and the answers: impacts, differences, relations to be written. */
import type { DiagramDifference } from '../core/diagram/diagramDifference';
import type { DeleteImpact, DeleteQuestion } from '../core/model/deleteImpact';
import type { LoadImpact, LoadStrategy } from '../core/model/loadImpact';
import type { RelationPlan } from '../core/edits/relationPlan';

/** Asks the user for a revision, then opens the difference. */
export const COMPARE_DIAGRAM_COMMAND = 'relationLens.compareDiagram';

export type TextFormat = 'mermaid' | 'dbml' | 'plantuml' | 'dot';

export type DiagramQuestion =
  | { readonly kind: 'deleteImpact'; readonly entity: string; readonly way: DeleteQuestion['way']; readonly loaded: DeleteQuestion['loaded'] }
  /** `relations`: dotted paths from the entity. */
  | { readonly kind: 'loadImpact'; readonly entity: string; readonly relations: readonly string[]; readonly strategy: LoadStrategy }
  /** `revision`: anything that git knows a commit by. */
  | { readonly kind: 'difference'; readonly revision: string }
  /** Entities (by id) in a text format. */
  | { readonly kind: 'text'; readonly format: TextFormat; readonly entities: readonly string[] }
  /** The edits that a relation takes, for a preview. */
  | { readonly kind: 'relate'; readonly plan: RelationPlan };

export type DiagramAnswer =
  /** `typeormMajor`: the workspace's version, null where it is not known (the answer is then that of 1.x). */
  | { readonly kind: 'deleteImpact'; readonly typeormMajor: number | null; readonly impact: DeleteImpact }
  | { readonly kind: 'loadImpact'; readonly typeormMajor: number | null; readonly impact: LoadImpact }
  | { readonly kind: 'difference'; readonly difference: DiagramDifference }
  | { readonly kind: 'text'; readonly format: TextFormat; readonly text: string }
  | { readonly kind: 'relate'; readonly plan: RelationPlan; readonly preview: RelationPreview }
  /** A plain sentence with the next step. */
  | { readonly kind: 'failed'; readonly question: DiagramQuestion['kind']; readonly reason: string };

/** The places that would change, each with its lines before and after. */
export interface RelationPreview {
  readonly files: readonly {
    readonly file: string;
    /** Lines of the file around the change: unchanged (` `), taken out (`-`), put in (`+`). */
    readonly lines: readonly { readonly sign: ' ' | '-' | '+'; readonly text: string; readonly number: number }[];
  }[];
}

/** What the editor may ask a diagram to open; `entity` is an id or a name. */
export type DiagramView =
  | { readonly kind: 'deleteImpact' | 'loadImpact' | 'relate' | 'neighbours'; readonly entity: string }
  | { readonly kind: 'difference'; readonly revision: string };
