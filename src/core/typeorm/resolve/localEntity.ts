/**
 * One entity by itself: the columns, embedded values and relations that its class, its base classes and (for single-table
 * inheritance) its children declare, before anything is joined with other entities. Follows EntityMetadataBuilder's step 1.
 */
import type { GraphProblemCode } from '../../model/graphProblemCodes';
import type { EntityId, SourceRange, TreeKind } from '../../model/relationGraph';
import type { ClassShape, IndexArgs, RelationIdArgs, TargetArgs, TargetKey, UniqueArgs } from './declarations';
import { declaredRelations, firstOfEach, firstRelationIds } from './declaredMembers';
import type { EntityEntry } from './entityIndex';
import { addTreeColumns, buildColumn, virtualColumn, type LocalColumn } from './localColumns';
import {
  buildEmbeddeds,
  buildRelation,
  columnsFromTree,
  relationIdsFromTree,
  relationsFromTree,
  type LocalEmbedded,
  type LocalRelation,
} from './localEmbedded';
import type { Naming } from './namingOfProject';

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

export interface LocalProblem {
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

/** Never fails: what TypeORM would refuse is among its `problems`. */
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

function buildOwnRelations(ordered: readonly TargetArgs[], distance: ReadonlyMap<TargetKey, number>, root: LocalEntity | null): LocalRelation[] {
  return declaredRelations(ordered, distance).map(({ args, owner }) => {
    // A child's relations are those of its root; only the target may be its own.
    const shared = root?.ownRelations.find(({ path }) => path === args.property);
    return shared ? { ...shared, args: { ...shared.args, target: args.target } } : buildRelation(args, owner, null);
  });
}
