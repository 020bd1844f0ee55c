/**
 * One entity by itself: the columns, embedded values and relations that its class, its base classes and (for single-table
 * inheritance) its children declare, before anything is joined with other entities. Follows EntityMetadataBuilder's step 1.
 */
import type { GraphProblemCode } from '../../model/graphProblemCodes';
import type { ColumnKind, EntityId, GenerationStrategy, SourceRange, TreeKind } from '../../model/relationGraph';
import type {
  ClassShape,
  ColumnArgs,
  EmbeddedArgs,
  IndexArgs,
  JoinColumnArgs,
  JoinTableArgs,
  RelationArgs,
  RelationIdArgs,
  TargetArgs,
  TargetKey,
  UniqueArgs,
} from './declarations';
import type { EntityEntry } from './entityIndex';
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
  readonly declaredIn: string;
  readonly source: SourceRange | null;
}

export interface LocalEmbedded {
  readonly property: string;
  readonly path: string;
  readonly prefixes: readonly string[];
  readonly columns: readonly LocalColumn[];
  readonly relations: readonly LocalRelation[];
  readonly embeddeds: readonly LocalEmbedded[];
  readonly indices: readonly IndexArgs[];
  readonly uniques: readonly UniqueArgs[];
  readonly relationIds: readonly RelationIdArgs[];
}

export interface LocalRelation {
  readonly path: string;
  readonly args: RelationArgs;
  readonly embedded: LocalEmbedded | null;
  readonly joinColumns: readonly JoinColumnArgs[];
  readonly joinTable: JoinTableArgs | null;
  readonly declaredIn: string;
}

export interface LocalEntity {
  readonly entry: EntityEntry;
  /** TypeORM's `tableName`, and the same without the project's `entityPrefix`. */
  readonly table: string;
  readonly tableWithoutPrefix: string;
  readonly schema: string | null;
  /** Root of the single-table inheritance that a child belongs to. */
  readonly root: EntityId | null;
  /** Whether join columns that point here stay in the order in which they are declared (TypeORM 0.3), instead of that of the key. */
  readonly keepsJoinOrder: boolean;
  /** @see Naming.skipsConstructors */
  readonly skipsConstructor: boolean;
  /** Entities among the base classes, farthest first. */
  readonly ancestors: readonly EntityId[];
  readonly isInheritance: boolean;
  readonly discriminatorValue: string | number | null;
  readonly tree: TreeKind | null;
  readonly ownColumns: readonly LocalColumn[];
  readonly embeddeds: readonly LocalEmbedded[];
  /** Own columns, then those of embedded values, depth first. */
  readonly columns: readonly LocalColumn[];
  readonly ownRelations: readonly LocalRelation[];
  readonly relations: readonly LocalRelation[];
  readonly indices: readonly IndexArgs[];
  readonly uniques: readonly UniqueArgs[];
  readonly foreignKeys: readonly TargetArgs['foreignKeys'][number][];
  /** Own ones, then those of embedded values. */
  readonly relationIds: readonly RelationIdArgs[];
  /** The class, nearest first; empty for schemas without a class. */
  readonly chain: readonly ClassShape[];
  /** The class's or schema's name in the source. */
  readonly source: SourceRange;
  readonly problems: readonly LocalProblem[];
}

interface LocalProblem {
  readonly code: GraphProblemCode;
  readonly message: string;
  readonly source: SourceRange;
  readonly fatal: boolean;
}

/** What building one entity asks of the rest. */
export interface LocalSource {
  readonly naming: Naming;
  /** Everything registered on a target, nearest class first; ends at an anonymous class. */
  inheritedArgs(key: TargetKey): readonly TargetArgs[];
  classChain(key: TargetKey): readonly ClassShape[];
  /** The order in which TypeORM got to know them: of two declarations of one property, the first counts. */
  inRegistrationOrder(tree: readonly TargetArgs[], children: readonly TargetArgs[]): readonly TargetArgs[];
  /** `@ChildEntity` classes below a class, in the order in which they are registered. */
  childrenOf(key: TargetKey): readonly TargetArgs[];
  isChildEntity(key: TargetKey): boolean;
  ancestorEntities(key: TargetKey): readonly EntityId[];
  /** Root of the single-table inheritance that a child class belongs to. */
  rootOf(key: TargetKey): LocalEntity | null;
  source(entry: EntityEntry): SourceRange;
}

interface Owned<T> {
  readonly args: T;
  readonly owner: TargetArgs;
}

export function buildLocalEntity(entry: EntityEntry, from: LocalSource): LocalEntity {
  const { naming } = from;
  const tree = from.inheritedArgs(entry.key);
  const own = tree[0];
  const isChild = entry.table.type === 'entity-child';
  const root = isChild ? from.rootOf(entry.key) : null;
  const children = isChild || own?.inheritance?.pattern === 'STI' ? from.childrenOf(entry.key) : [];
  const ordered = from.inRegistrationOrder(tree, children);
  const distance = new Map<TargetKey, number>([...tree, ...children].map((args, index) => [args.key, index]));
  const problems: LocalProblem[] = [];

  const isInheritanceRoot = own?.inheritance?.pattern === 'STI' && !isChild;
  const embeddeds = buildEmbeddeds(ordered, from, null, problems, []).map((embedded) =>
    isInheritanceRoot ? { ...embedded, columns: embedded.columns.map((column) => ({ ...column, nullable: true })) } : embedded,
  );
  const ownColumns = buildOwnColumns(entry, ordered, root, from);
  addDiscriminator(own, root, ownColumns, naming);
  const treeKind = own?.tree ?? root?.tree ?? null;
  addTreeColumns(treeKind, ownColumns, naming, entry.name);
  const ownRelations = buildOwnRelations(ordered, distance, root);
  const tableWithoutPrefix =
    root?.tableWithoutPrefix ?? naming.strategy.tableName(entry.name, naming.isOldLine ? entry.table.name || null : entry.table.name);
  if (isChild && !root) {
    problems.push({
      code: 'child-entity-without-root',
      message: `\`${entry.name}\` is a @ChildEntity, but none of its base classes is an entity with @TableInheritance: add it to the base class.`,
      source: from.source(entry),
      fatal: true,
    });
  }
  if (root) problems.push(...outsideOfTable(entry.name, tree, root, from.source(entry)));
  return {
    entry,
    table: naming.prefix === '' ? tableWithoutPrefix : naming.strategy.prefixTableName(naming.prefix, tableWithoutPrefix),
    tableWithoutPrefix,
    schema: entry.table.schema || (root ? root.schema : naming.schema),
    root: root?.entry.id ?? null,
    keepsJoinOrder: naming.isOldLine,
    skipsConstructor: naming.skipsConstructors,
    ancestors: from.ancestorEntities(entry.key),
    isInheritance: isInheritanceRoot || isChild,
    discriminatorValue: discriminatorValue(own, entry, isInheritanceRoot || isChild),
    tree: treeKind,
    ownColumns,
    embeddeds,
    columns: [...ownColumns, ...embeddeds.flatMap(columnsFromTree)],
    ownRelations,
    relations: [...ownRelations, ...embeddeds.flatMap(relationsFromTree)],
    indices: ordered.flatMap(({ indices }) => indices),
    uniques: ordered.flatMap(({ uniques }) => uniques),
    foreignKeys: ordered.flatMap(({ foreignKeys }) => foreignKeys),
    relationIds: [...firstRelationIds(ordered), ...embeddeds.flatMap(relationIdsFromTree)],
    chain: from.classChain(entry.key),
    source: from.source(entry),
    problems,
  };
}

/** TypeORM takes the columns and relations of a child from its table, which knows those of base classes above it and of child entities, no others. */
function outsideOfTable(name: string, tree: readonly TargetArgs[], root: LocalEntity, source: SourceRange): LocalProblem[] {
  const inTable = new Set([...root.ownColumns, ...root.ownRelations.map(({ args }) => args), ...root.relationIds].map(({ property }) => property));
  for (const owner of tree) {
    const missing = [...owner.columns, ...owner.relations, ...owner.relationIds].find(({ property }) => !inTable.has(property));
    if (!missing) continue;
    const between = owner.name === '' ? 'a class' : `\`${owner.name}\``;
    const message = `\`${name}.${missing.property}\` comes from ${between} between the entity that has the table and its child, which TypeORM does not add to the table and then fails on: make ${owner.name === '' ? 'that class' : between} a @ChildEntity() too, or declare the property in \`${root.entry.name}\` or \`${name}\`.`;
    return [{ code: 'property-between-table-and-child', message, source: missing.source ?? source, fatal: true }];
  }
  return [];
}

function discriminatorValue(own: TargetArgs | undefined, entry: EntityEntry, isInheritance: boolean): string | number | null {
  if (!isInheritance) return null;
  const value = own?.discriminatorValue;
  return typeof value === 'boolean' ? String(value) : (value ?? entry.name);
}

export function columnsFromTree(embedded: LocalEmbedded): readonly LocalColumn[] {
  return [...embedded.columns, ...embedded.embeddeds.flatMap(columnsFromTree)];
}

function relationsFromTree(embedded: LocalEmbedded): readonly LocalRelation[] {
  return [...embedded.relations, ...embedded.embeddeds.flatMap(relationsFromTree)];
}

function relationIdsFromTree(embedded: LocalEmbedded): readonly RelationIdArgs[] {
  return [...embedded.relationIds, ...embedded.embeddeds.flatMap(relationIdsFromTree)];
}

function firstRelationIds(ordered: readonly TargetArgs[]): RelationIdArgs[] {
  return firstOfEach(ordered, ({ relationIds }) => relationIds).map(({ args }) => args);
}

/** All declarations of one sort, without those whose property was declared before. */
function firstOfEach<T extends { readonly property: string }>(ordered: readonly TargetArgs[], pick: (args: TargetArgs) => readonly T[]): Owned<T>[] {
  const seen = new Set<string>();
  const first: Owned<T>[] = [];
  for (const owner of ordered) {
    for (const args of pick(owner)) {
      if (seen.has(args.property)) continue;
      seen.add(args.property);
      first.push({ args, owner });
    }
  }
  return first;
}

function buildOwnColumns(entry: EntityEntry, ordered: readonly TargetArgs[], root: LocalEntity | null, from: LocalSource): LocalColumn[] {
  const children = new Set(entry.table.type === 'entity-child' ? [] : ordered.filter(({ key }) => from.isChildEntity(key)));
  return firstOfEach(ordered, ({ columns }) => columns).map(({ args, owner }) => {
    // A child's columns are those of its root, as they were first declared there.
    const shared = root?.ownColumns.find(({ property }) => property === args.property);
    if (shared) return shared;
    const column = buildColumn(args, owner, null, from.naming);
    return children.has(owner) ? { ...column, nullable: true } : column;
  });
}

function buildColumn(
  args: ColumnArgs,
  owner: TargetArgs,
  embedded: Pick<LocalEmbedded, 'path' | 'prefixes'> | null,
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
    declaredIn: owner.name,
    source: args.source,
  };
}

/** Some strategies decide on the type, whatever is written (metadata-builder/EntityMetadataBuilder.ts). */
function typeOfGenerated(generated: LocalColumn['generated'], written: string | null): string | null {
  if (generated === 'uuid') return 'uuid';
  return generated === 'rowid' ? 'int' : written;
}

function addDiscriminator(own: TargetArgs | undefined, root: LocalEntity | null, columns: LocalColumn[], { strategy }: Naming): void {
  const described = own?.inheritance?.column;
  if (described) {
    const index = columns.findIndex(({ property }) => property === described.property);
    const declared = columns[index];
    if (declared) columns[index] = { ...declared, kind: 'discriminator' };
    else {
      columns.push({
        ...virtualColumn(described.property, strategy.columnName(described.property, described.name, []), own?.name ?? ''),
        kind: 'discriminator',
        type: described.type,
        nullable: described.nullable,
      });
    }
  }
  const inherited = root?.ownColumns.find(({ kind }) => kind === 'discriminator');
  if (inherited && !columns.includes(inherited)) columns.push(inherited);
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
    declaredIn,
    source: null,
  };
}

function addTreeColumns(tree: TreeKind | null, columns: LocalColumn[], { strategy }: Naming, declaredIn: string): void {
  if (tree === 'materialized-path') {
    const name = strategy.columnName('mpath', strategy.materializedPathColumnName, []);
    columns.push({ ...virtualColumn('mpath', name, declaredIn), kind: 'tree-path', type: 'varchar', nullable: true });
  }
  if (tree !== 'nested-set') return;
  const { left, right } = strategy.nestedSetColumnNames;
  columns.push({ ...virtualColumn(left, strategy.columnName(left, left, []), declaredIn), kind: 'nested-left', type: 'int' });
  columns.push({ ...virtualColumn(right, strategy.columnName(right, right, []), declaredIn), kind: 'nested-right', type: 'int' });
}

function buildOwnRelations(ordered: readonly TargetArgs[], distance: ReadonlyMap<TargetKey, number>, root: LocalEntity | null): LocalRelation[] {
  return declaredRelations(ordered, distance).map(({ args, owner }) => {
    // A child's relations are those of its root; only the target may be its own.
    const shared = root?.ownRelations.find(({ path }) => path === args.property);
    return shared ? { ...shared, args: { ...shared.args, target: args.target } } : buildRelation(args, owner, null);
  });
}

/** A relation that is declared again in a subclass keeps everything but its target from the base class. */
function declaredRelations(ordered: readonly TargetArgs[], distance: ReadonlyMap<TargetKey, number>): Owned<RelationArgs>[] {
  const found = new Map<string, Owned<RelationArgs> & { readonly distance: number }>();
  for (const owner of ordered) {
    const ownDistance = distance.get(owner.key) ?? 0;
    for (const args of owner.relations) {
      const earlier = found.get(args.property);
      if (!earlier) found.set(args.property, { args, owner, distance: ownDistance });
      else if (ownDistance < earlier.distance) found.set(args.property, { ...earlier, args: { ...earlier.args, target: args.target } });
    }
  }
  return [...found.values()];
}

function buildRelation(args: RelationArgs, owner: TargetArgs, embedded: LocalEmbedded | null): LocalRelation {
  return {
    path: embedded ? `${embedded.path}.${args.property}` : args.property,
    args,
    embedded,
    joinColumns: owner.joinColumns.filter(({ property }) => property === args.property),
    joinTable: owner.joinTables.find(({ property }) => property === args.property) ?? null,
    declaredIn: owner.name,
  };
}

function buildEmbeddeds(
  ordered: readonly TargetArgs[],
  from: LocalSource,
  parent: LocalEmbedded | null,
  problems: LocalProblem[],
  within: readonly TargetKey[],
): LocalEmbedded[] {
  const seen = new Set<string>();
  return ordered.flatMap((owner) =>
    owner.embeddeds.flatMap((args) => {
      const identity = JSON.stringify([args.prefix ?? null, args.property]);
      if (seen.has(identity)) return [];
      seen.add(identity);
      return [buildEmbedded(args, owner, from, parent, problems, within)];
    }),
  );
}

function buildEmbedded(
  { property, target, prefix, source }: EmbeddedArgs,
  owner: TargetArgs,
  from: LocalSource,
  parent: LocalEmbedded | null,
  problems: LocalProblem[],
  within: readonly TargetKey[],
): LocalEmbedded {
  const columns: LocalColumn[] = [];
  const relations: LocalRelation[] = [];
  const embeddeds: LocalEmbedded[] = [];
  const indices: IndexArgs[] = [];
  const uniques: UniqueArgs[] = [];
  const relationIds: RelationIdArgs[] = [];
  const embedded: LocalEmbedded = {
    property,
    path: parent ? `${parent.path}.${property}` : property,
    prefixes: [...(parent?.prefixes ?? []), ...(prefix === undefined ? [property] : prefix === '' ? [] : [prefix])],
    columns,
    relations,
    embeddeds,
    indices,
    uniques,
    relationIds,
  };
  if (target.kind !== 'class') {
    problems.push({
      code: 'unresolved-embedded',
      message: `The embedded class \`${target.kind === 'unknown' ? target.text : target.name}\` of \`${owner.name}.${property}\` could not be found: check its import, or pass the column type in the options.`,
      source,
      fatal: false,
    });
    return embedded;
  }
  // A value that embeds itself has no end; TypeORM fails on it too.
  if (within.includes(target.key)) return embedded;
  const tree = from.inRegistrationOrder(from.inheritedArgs(target.key), []);
  columns.push(...firstOfEach(tree, (args) => args.columns).map(({ args, owner: declarer }) => buildColumn(args, declarer, embedded, from.naming)));
  const distance = new Map(tree.map((args, index) => [args.key, tree.length - index]));
  relations.push(...declaredRelations(tree, distance).map(({ args, owner: declarer }) => buildRelation(args, declarer, embedded)));
  indices.push(...tree.flatMap((args) => args.indices));
  uniques.push(...tree.flatMap((args) => args.uniques));
  relationIds.push(...firstRelationIds(tree));
  embeddeds.push(...buildEmbeddeds(tree, from, embedded, problems, [...within, target.key]));
  return embedded;
}
