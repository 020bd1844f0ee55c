/** Columns as one class declares them, with their names in the database; those of trees, which no property declares. */
import type { ColumnKind, GenerationStrategy, SourceRange, TreeKind } from '../../model/relationGraph';
import type { ColumnArgs, TargetArgs } from './declarations';
import type { Naming } from './namingOfProject';

export interface LocalColumn {
  readonly property: string;
  readonly path: string;
  readonly column: string;
  /** What join columns are compared with: the name without the prefixes of embedded values. */
  readonly columnWithoutPrefix: string;
  readonly kind: ColumnKind;
  readonly type: string | null;
  readonly length: string | null;
  readonly primary: boolean;
  readonly generated: GenerationStrategy | false;
  readonly nullable: boolean;
  /** TypeORM takes the type for `Object`, unless it is a join column, whose type is that of the column it refers to. */
  readonly isToldAsObject: boolean;
  /** So it does until the key's strategy decides on the type; foreign keys to it have taken theirs by then. */
  readonly isToldAsObjectAtFirst: boolean;
  readonly declaredIn: string;
  readonly source: SourceRange | null;
}

/** @param embedded the value that it is a column of; null for the entity's own */
export function buildColumn(
  args: ColumnArgs,
  owner: TargetArgs,
  embedded: { readonly path: string; readonly prefixes: readonly string[] } | null,
  { strategy, isMongo }: Naming,
): LocalColumn {
  const prefixes = embedded && !isMongo ? embedded.prefixes : [];
  const generated = owner.generated.get(args.property) ?? false;
  const type = typeOfGenerated(generated, args.type);
  return {
    property: args.property,
    path: embedded ? `${embedded.path}.${args.property}` : args.property,
    column: strategy.columnName(args.property, args.name, prefixes),
    columnWithoutPrefix: strategy.columnName(args.property, args.name, []),
    kind: args.kind,
    type: type !== null && args.isArray ? `${type}[]` : type,
    length: args.length,
    primary: args.primary,
    generated,
    nullable: args.nullable,
    isToldAsObject: args.isToldAsObject && type === args.type && !isMongo,
    isToldAsObjectAtFirst: args.isToldAsObject && type !== args.type && !isMongo,
    declaredIn: owner.name,
    source: args.source,
  };
}

/** Some strategies decide on the type, whatever is written (metadata-builder/EntityMetadataBuilder.ts). */
function typeOfGenerated(generated: LocalColumn['generated'], written: string | null): string | null {
  if (generated === 'uuid') return 'uuid';
  return generated === 'rowid' ? 'int' : written;
}

/** A column that no property declares. */
export function virtualColumn(property: string, column: string, declaredIn: string): LocalColumn {
  return {
    property,
    path: property,
    column,
    columnWithoutPrefix: column,
    kind: 'virtual',
    type: null,
    length: null,
    primary: false,
    generated: false,
    nullable: false,
    isToldAsObject: false,
    isToldAsObjectAtFirst: false,
    declaredIn,
    source: null,
  };
}

/** What TypeORM adds to a tree's table. */
export function addTreeColumns(tree: TreeKind | null, columns: LocalColumn[], { strategy }: Naming, declaredIn: string): void {
  if (tree === 'materialized-path') {
    const name = strategy.columnName('mpath', strategy.materializedPathColumnName, []);
    columns.push({ ...virtualColumn('mpath', name, declaredIn), kind: 'tree-path', type: 'varchar', nullable: true });
  }
  if (tree !== 'nested-set') return;
  const { left, right } = strategy.nestedSetColumnNames;
  columns.push({ ...virtualColumn(left, strategy.columnName(left, left, []), declaredIn), kind: 'nested-left', type: 'int' });
  columns.push({ ...virtualColumn(right, strategy.columnName(right, right, []), declaredIn), kind: 'nested-right', type: 'int' });
}
