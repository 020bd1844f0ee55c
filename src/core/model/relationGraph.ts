/**
 * The relationship graph: every entity of a workspace with its columns, relations, indices and uniques, as TypeORM's own
 * metadata would hold them at run time. Plain, readonly data: it serialises, compares and travels between processes as it is.
 *
 * The field meanings are those of the `graph --format json` contract (docs/graph.md); what is added here (ids, ranges, declaring class) serves the editor.
 */
import type { GraphProblemCode } from './graphProblemCodes';

/** A place in a file. Lines and columns are 1-based, columns count UTF-16 units; `file` is an absolute path with forward slashes. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file; the end is exclusive. */
export interface SourceRange extends SourcePosition {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Identifies an entity in one graph: `<absolute file>#<class or schema name>`. Names alone may repeat across DataSources. */
export type EntityId = string;

export type EntityType = 'regular' | 'view' | 'entity-child' | 'closure-junction' | 'junction';
export type TreeKind = 'adjacency-list' | 'closure-table' | 'nested-set' | 'materialized-path';
export type GenerationStrategy = 'increment' | 'uuid' | 'rowid' | 'identity';
export type ColumnKind =
  | 'regular'
  | 'create-date'
  | 'update-date'
  | 'delete-date'
  | 'version'
  | 'discriminator'
  | 'tree-level'
  | 'tree-path'
  | 'nested-left'
  | 'nested-right'
  | 'object-id'
  | 'virtual-property'
  | 'virtual';
export type RelationKind = 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';
export type CascadeOperation = 'insert' | 'recover' | 'remove' | 'soft-remove' | 'update';
export type OrphanedRowAction = 'nullify' | 'delete' | 'soft-delete' | 'disable';

export interface Column {
  /** Property path; an embedded value's properties are dotted (`address.city`). */
  readonly property: string;
  /** Name in the database. */
  readonly column: string;
  readonly primary: boolean;
  readonly generated: GenerationStrategy | false;
  readonly nullable: boolean;
  /** Property path of the relation, where the column exists only as that relation's join column. */
  readonly relation: string | null;
  readonly kind: ColumnKind;
  /** Column type as written or as TypeORM infers it from the TypeScript type; null if unknown. */
  readonly type: string | null;
  /** `length` option as written, for display (`varchar(100)`). */
  readonly length: string | null;
  /** True where a single-column unique constraint or unique index covers it. */
  readonly unique: boolean;
  /** Name of the class that declares it: the entity's own, a base class's or an embedded value's. */
  readonly declaredIn: string;
  /** The property's name in the source; null for columns that no property declares. */
  readonly source: SourceRange | null;
}

export interface JoinColumn {
  readonly column: string;
  /** Column name (in the database) that it references on the target. */
  readonly references: string;
}

export interface JoinTable {
  readonly table: string;
  /** Point to the owning entity. */
  readonly joinColumns: readonly string[];
  /** Point to the other entity. */
  readonly inverseJoinColumns: readonly string[];
}

export interface Relation {
  readonly property: string;
  readonly kind: RelationKind;
  /** Target entity's name as TypeORM's metadata holds it. */
  readonly target: string;
  /** Null where the target is not among the graph's entities (a problem says why). */
  readonly targetId: EntityId | null;
  readonly inverse: string | null;
  readonly owner: boolean;
  readonly joinColumns: readonly JoinColumn[];
  readonly joinTable: JoinTable | null;
  readonly cascade: readonly CascadeOperation[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly nullable: boolean;
  readonly eager: boolean;
  readonly lazy: boolean;
  readonly orphanedRowAction: OrphanedRowAction;
  readonly tree: 'parent' | 'children' | null;
  readonly foreignKey: boolean;
  /** Name of the class that declares it (the entity itself, a base class or an embedded value's class). */
  readonly declaredIn: string;
  /** The property's name. */
  readonly source: SourceRange;
  /** The whole property declaration, decorators included. */
  readonly range: SourceRange;
  /** The relation decorator; null for EntitySchema relations. */
  readonly decorator: SourceRange | null;
  /** The inverse-side argument, where one is written. */
  readonly inverseSource: SourceRange | null;
}

export interface Index {
  /** Property paths, in the order of the index: a database finds rows by the first ones. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** Set where it holds only some of the rows (`where`). */
  readonly partial?: true;
}

export interface Entity {
  readonly id: EntityId;
  readonly name: string;
  readonly table: string;
  readonly schema: string | null;
  readonly type: EntityType;
  /** Name of the nearest ancestor class that is an entity. */
  readonly parent: string | null;
  readonly parentId: EntityId | null;
  readonly discriminatorValue: string | number | null;
  readonly tree: TreeKind | null;
  readonly declaredBy: 'decorator' | 'entity-schema';
  readonly abstract: boolean;
  /** Present where its DataSource has TypeORM make what it loads without calling the constructor (`entitySkipConstructor`). */
  readonly skipsConstructor?: true;
  /** The module it belongs to: the folder that groups it, relative to the workspace root (`src/catalog`). */
  readonly module: string;
  /** The class's or schema's name. */
  readonly source: SourceRange;
  /** The whole declaration, decorators included. */
  readonly range: SourceRange;
  readonly columns: readonly Column[];
  readonly relations: readonly Relation[];
  readonly indices: readonly Index[];
  /** Property paths of each constraint, in its order. */
  readonly uniques: readonly (readonly string[])[];
}

/** Something in the sources that could not be understood, or that TypeORM would refuse. Never stops the graph. */
export interface GraphProblem {
  readonly code: GraphProblemCode;
  /** A plain sentence that ends with the next step. */
  readonly message: string;
  readonly source: SourceRange;
  /** True where TypeORM itself refuses to start with these sources. */
  readonly fatal?: true;
}

export interface RelationGraph {
  /** Sorted by name, then table, then id. */
  readonly entities: readonly Entity[];
  readonly problems: readonly GraphProblem[];
}
