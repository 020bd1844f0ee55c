/**
 * TypeORM's metadata as the metadata event tells it. What is TypeORM's default is left out where the contract allows it: a thousand
 * entities are a message of a few megabytes, put together once, when the app starts.
 */
import type { MetaColumn, MetaEntity, MetaRelation } from '../protocol/probe';
import type { ColumnMetadataLike, EntityMetadataLike, RelationMetadataLike } from './typeormShapes';

export function describeEntities(entities: readonly EntityMetadataLike[]): MetaEntity[] {
  const nameOf = new Map(entities.map(({ target, name }) => [target, name]));
  return entities.map((entity) => ({
    name: entity.name,
    table: entity.tableName,
    schema: entity.schema ?? null,
    type: entity.tableType,
    parent: entity.parentEntityMetadata?.name ?? null,
    columns: entity.columns.map(describeColumn),
    relations: entity.relations.map(describeRelation),
    ...given({
      base: entity.tableType === 'entity-child' ? nearestBase(entity.target, nameOf) : undefined,
      discriminatorValue: entity.inheritancePattern === 'STI' ? entity.discriminatorValue : undefined,
      tree: entity.treeType,
      indices: filled(entity.indices?.map(({ columns, isUnique }) => ({ columns: pathsOf(columns), unique: isUnique }))),
      uniques: filled(entity.uniques?.map(({ columns }) => pathsOf(columns))),
    }),
  }));
}

function describeColumn(column: ColumnMetadataLike): MetaColumn {
  const { type } = column;
  return {
    property: column.propertyPath,
    column: column.databaseName,
    primary: column.isPrimary,
    generated: column.isGenerated,
    nullable: column.isNullable,
    type: typeof type === 'function' ? type.name.toLowerCase() : String(type),
    ...given({
      constructed: typeof type === 'function' || undefined,
      array: column.isArray === true || undefined,
      strategy: column.isGenerated ? column.generationStrategy : undefined,
      flag: columnFlags.find((flag) => Reflect.get(column, flag) === true),
      relation: column.isVirtual ? column.relationMetadata?.propertyPath : undefined,
      length: column.length,
    }),
  };
}

/** What a column is for; the first that is set counts, for a discriminator may be virtual as well. */
const columnFlags = [
  'isDiscriminator',
  'isTreeLevel',
  'isMaterializedPath',
  'isNestedSetLeft',
  'isNestedSetRight',
  'isCreateDate',
  'isUpdateDate',
  'isDeleteDate',
  'isVersion',
  'isObjectId',
  'isVirtualProperty',
  'isVirtual',
];

function describeRelation(relation: RelationMetadataLike): MetaRelation {
  const owning = relation.isOwning ? relation : relation.inverseRelation;
  const junction = relation.junctionEntityMetadata;
  const { orphanedRowAction } = relation;
  return {
    property: relation.propertyPath,
    kind: relation.relationType,
    target: relation.inverseEntityMetadata.name,
    inverse: relation.inverseRelation?.propertyPath ?? null,
    owner: relation.isOwning,
    lazy: relation.isLazy,
    eager: relation.isEager,
    nullable: relation.isNullable,
    joinColumns: (owning?.joinColumns ?? []).map(describeJoinColumn),
    inverseJoinColumns: (owning?.inverseJoinColumns ?? []).map(describeJoinColumn),
    joinTable: owning?.junctionEntityMetadata?.tableName ?? null,
    ...given({
      junction: junction && {
        table: junction.tableName,
        ownerColumns: namesOf(junction.ownerColumns),
        inverseColumns: namesOf(junction.inverseColumns),
      },
      cascade: filled(cascades.filter(([, flag]) => Reflect.get(relation, flag) === true).map(([name]) => name)),
      onDelete: relation.onDelete,
      onUpdate: relation.onUpdate,
      orphanedRowAction: orphanedRowAction === 'nullify' ? undefined : orphanedRowAction,
      tree: relation.isTreeParent ? ('parent' as const) : relation.isTreeChildren ? ('children' as const) : undefined,
      foreignKey: relation.createForeignKeyConstraints === false ? (false as const) : undefined,
    }),
  };
}

const cascades = [
  ['insert', 'isCascadeInsert'],
  ['recover', 'isCascadeRecover'],
  ['remove', 'isCascadeRemove'],
  ['soft-remove', 'isCascadeSoftRemove'],
  ['update', 'isCascadeUpdate'],
] as const;

function describeJoinColumn(column: ColumnMetadataLike): { column: string; references: string } {
  return { column: column.databaseName, references: column.referencedColumn?.databaseName ?? '' };
}

/** The metadata's own `parentEntityMetadata` is always the root. */
function nearestBase(target: unknown, nameOf: ReadonlyMap<unknown, string>): string | undefined {
  if (typeof target !== 'function') return undefined;
  for (let base = Reflect.getPrototypeOf(target); base; base = Reflect.getPrototypeOf(base)) {
    const name = nameOf.get(base);
    if (name !== undefined) return name;
  }
  return undefined;
}

function pathsOf(columns: readonly ColumnMetadataLike[]): string[] {
  return columns.map(({ propertyPath }) => propertyPath);
}

function namesOf(columns: readonly ColumnMetadataLike[] | undefined): string[] {
  return (columns ?? []).map(({ databaseName }) => databaseName);
}

function filled<Item>(list: Item[] | undefined): Item[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

type Given<Details> = { [Name in keyof Details]?: Exclude<Details[Name], undefined> };

/** The details that are there; TypeORM leaves some undefined, some null and some empty. */
function given<Details extends object>(details: Details): Given<Details> {
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
  return Object.fromEntries(Object.entries(details).filter(([, value]) => isGiven(value))) as Given<Details>;
}
