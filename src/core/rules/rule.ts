/** What a rule is, and what it says: a problem at a place, in plain words with names, and the edits that mend it. */
import type { Entity, EntityId, Relation, SourceRange } from '../model/relationGraph';
import type { SourceText } from '../edits/sourceText';
import type { FileFacts } from './memberFacts';
import type { TextEdit } from '../edits/textEdit';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface Fix {
  readonly title: string;
  /** True where the edit cannot change what correct code does: such fixes may be applied unseen (fix all). */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface Problem {
  /** The rule's kebab-case id; its page stands in docs/rules/<id>.md. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: SourceRange;
  readonly related: readonly { readonly message: string; readonly source: SourceRange }[];
  /** Made when someone asks: most problems are only looked at. */
  readonly fixes: () => readonly Fix[];
}

/**
 * What a rule may ask. Every answer is noted as something that the verdict on the entity rests on: the rule runs again when one of them
 * changes, and only then.
 */
export interface RuleContext {
  /** TypeORM's major version (0 or 1) in the workspace; null where it is not known. */
  readonly typeormMajor: number | null;
  /** What the source says about the file's relation members; empty where there is no such file. */
  readonly factsOf: (file: string) => FileFacts;
  /** True where the database makes an index for each foreign key by itself (MySQL, MariaDB). */
  readonly indexesForeignKeys: boolean;
  /** The present source of a file, parsed; null where there is no such file. */
  readonly sourceOf: (file: string) => SourceText | null;
  /** Whether Node.js takes a file for an ECMAScript module. Only fixes ask: no verdict rests on it. */
  readonly isEcmaScriptModule: (file: string) => boolean;
  readonly entity: (id: string | null) => Entity | undefined;
  /** The entities of which something is so: those of one table, those with one junction table, the children of one. */
  readonly entitiesWith: (trait: Trait) => readonly Entity[];
  /** False for entities of different packages, or of different folders of apps in one: they are entities of different programs. */
  readonly isSameProgram: (a: Entity, b: Entity) => boolean;
  /** The relation of the target that this one names as its inverse; undefined where none is. */
  readonly inverseOf: (relation: Relation) => { readonly entity: Entity; readonly relation: Relation } | undefined;
  /** True where a base class or an embedded value of the entity could not be read, so that it may have more members than are known. */
  readonly hasUnknownParts: (entity: Entity) => boolean;
}

/** `table` with its schema before a dot where there is one; `junction` likewise, of the many-to-many's owner; `parent` by its id. */
export type Trait = `table ${string}` | `junction ${string}` | `parent ${EntityId}`;

/** Looks at one entity, and at what it is related to. */
export interface Rule {
  readonly id: string;
  readonly check: (context: RuleContext, entity: Entity) => Iterable<Problem>;
}
