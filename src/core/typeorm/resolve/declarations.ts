/**
 * What the sources of one file declare, as plain data: the same facts that TypeORM's decorators put into its
 * MetadataArgsStorage. Everything is evaluated, nothing is joined with other entities yet.
 */
import type {
  CascadeOperation,
  ColumnKind,
  GenerationStrategy,
  GraphProblem,
  OrphanedRowAction,
  RelationKind,
  SourceRange,
  TreeKind,
} from '../../model/relationGraph';

/** A class by id (`<file>#<name>`), or a schema without class by `schema:<name>`. Identifies who something is declared on. */
export type TargetKey = string;

export type TargetRef =
  | { readonly kind: 'class'; readonly key: TargetKey; readonly name: string }
  | { readonly kind: 'name'; readonly name: string }
  /** A schema that a function returns: TypeORM looks for the names of schemas only where they are given themselves. */
  | { readonly kind: 'schema'; readonly name: string }
  /** Not understood; `text` is what the source says. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface TableArgs {
  readonly type: 'regular' | 'view' | 'entity-child';
  readonly name: string | null;
  readonly schema: string | null;
}

export interface ColumnArgs {
  /** True for a column that the app registers when it starts. */
  readonly isNoted?: true;
  readonly property: string;
  readonly kind: ColumnKind;
  readonly name: string | null;
  readonly type: string | null;
  readonly length: string | null;
  readonly primary: boolean;
  readonly nullable: boolean;
  readonly isArray: boolean;
  /** No type is given, and TypeScript tells `Object`, which TypeORM takes for the type and refuses. */
  readonly isToldAsObject: boolean;
  readonly source: SourceRange | null;
}

export interface EmbeddedArgs {
  readonly property: string;
  readonly target: TargetRef;
  /** Undefined: the property's name; empty: none. */
  readonly prefix: string | undefined;
  readonly isArray: boolean;
  readonly source: SourceRange;
}

export interface RelationArgs {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: TargetRef;
  /** The property path that the inverse-side argument names. */
  readonly inverse: string | null;
  readonly cascade: readonly CascadeOperation[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly nullable: boolean;
  readonly eager: boolean;
  readonly lazy: boolean;
  readonly persistence: boolean;
  readonly orphanedRowAction: OrphanedRowAction;
  readonly tree: 'parent' | 'children' | null;
  readonly foreignKey: boolean;
  readonly source: SourceRange;
  readonly range: SourceRange;
  readonly decorator: SourceRange | null;
  readonly inverseSource: SourceRange | null;
}

export interface JoinColumnArgs {
  readonly property: string;
  readonly name: string | null;
  readonly references: string | null;
}

export interface JoinTableArgs {
  readonly property: string;
  readonly name: string | null;
  /** Null where the source lists none. */
  readonly joinColumns: readonly JoinColumnArgs[] | null;
  readonly inverseJoinColumns: readonly JoinColumnArgs[] | null;
}

/**
 * Who names the columns of an index or constraint: a list; a function, which speaks of the entity's properties even in an embedded value; or the
 * map of properties that such a function is given, where each has to be.
 */
export type NamedBy = 'list' | 'function' | 'properties';

export interface IndexArgs {
  readonly name: string | null;
  /** Null for an index without columns. */
  readonly columns: readonly string[] | null;
  readonly namedBy: NamedBy;
  readonly unique: boolean;
  /** Holds only some of the rows: it has a `where`. */
  readonly partial: boolean;
  readonly synchronize: boolean;
  readonly source: SourceRange;
}

export interface UniqueArgs {
  readonly name: string | null;
  readonly columns: readonly string[] | null;
  readonly namedBy: NamedBy;
  readonly source: SourceRange;
}

/** `@RelationId`: a property that holds the keys of a relation. */
export interface RelationIdArgs {
  readonly property: string;
  /** The path of the relation; null where it cannot be told. */
  readonly relation: string | null;
  readonly source: SourceRange;
}

interface ForeignKeyArgs {
  readonly property: string | null;
  readonly target: TargetRef;
  readonly source: SourceRange;
}

export interface InheritanceArgs {
  readonly pattern: string;
  /** Null where `@TableInheritance()` names no column, which TypeORM refuses. */
  readonly column: { readonly property: string; readonly name: string | null; readonly type: string | null; readonly nullable: boolean } | null;
}

/** Everything registered on one target, in the order in which TypeORM would register it. */
export interface TargetArgs {
  readonly key: TargetKey;
  readonly name: string;
  readonly tables: TableArgs[];
  readonly columns: ColumnArgs[];
  readonly embeddeds: EmbeddedArgs[];
  readonly relations: RelationArgs[];
  readonly joinColumns: JoinColumnArgs[];
  readonly joinTables: JoinTableArgs[];
  readonly indices: IndexArgs[];
  readonly uniques: UniqueArgs[];
  readonly foreignKeys: ForeignKeyArgs[];
  readonly relationIds: RelationIdArgs[];
  /** Property → strategy; the first one counts. */
  readonly generated: Map<string, GenerationStrategy>;
  tree: TreeKind | null;
  inheritance: InheritanceArgs | null;
  discriminatorValue: string | number | boolean | undefined;
}

/** What a class extends. */
export type BaseRef =
  | { readonly kind: 'none' }
  | { readonly kind: 'class'; readonly key: TargetKey }
  /** A class made by a mixin: it has no place of its own in the workspace. */
  | { readonly kind: 'inline'; readonly shape: ClassShape }
  /** From outside of the workspace, or not understood; `why` is null where nothing can be missing. */
  | { readonly kind: 'outside'; readonly why: string | null; readonly source: SourceRange | null };

export interface ClassShape {
  readonly key: TargetKey;
  /** `Function.prototype.name`; empty for anonymous classes, where TypeORM's search for base classes ends. */
  readonly name: string;
  readonly args: TargetArgs;
  readonly base: BaseRef;
  readonly abstract: boolean;
  readonly source: SourceRange;
  readonly range: SourceRange;
  /** Properties that are initialised to an array. */
  readonly arrayInitializers: readonly string[];
  /** Properties that an instance has a value for from the start, as far as the class's fields tell; null where its constructor may set more. */
  readonly initialized: readonly string[] | null;
  /** What the constructor throws when called without arguments, as TypeORM does; null where it does not. */
  readonly constructorThrows: string | null;
  readonly problems: readonly GraphProblem[];
}

export interface SchemaShape {
  /** The class key, or `schema:<name>`. */
  readonly key: TargetKey;
  /** The name that relations reach it by: the class's name or the schema's. */
  readonly name: string;
  /** The schema's own `name` option, by which it is identified in the graph. */
  readonly schemaName: string;
  readonly hasClass: boolean;
  /** What the schema and the schemas embedded in it register, in order; the first entry is its own. */
  readonly args: readonly TargetArgs[];
  readonly source: SourceRange;
  readonly range: SourceRange;
  readonly problems: readonly GraphProblem[];
}

export interface FileDeclarations {
  readonly file: string;
  readonly classes: readonly ClassShape[];
  readonly schemas: readonly SchemaShape[];
  readonly problems: readonly GraphProblem[];
}

export function createTargetArgs(key: TargetKey, name: string): TargetArgs {
  return {
    key,
    name,
    tables: [],
    columns: [],
    embeddeds: [],
    relations: [],
    joinColumns: [],
    joinTables: [],
    indices: [],
    uniques: [],
    foreignKeys: [],
    relationIds: [],
    generated: new Map(),
    tree: null,
    inheritance: null,
    discriminatorValue: undefined,
  };
}
