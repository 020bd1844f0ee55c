/** What TypeORM built in the running app (`MetadataEvent`) → RelationGraph, so that it compares with the graph read from the sources. */
import type { MetaColumn, MetadataEvent, MetaEntity, MetaRelation } from '../../../protocol/probe';
import type {
  CascadeOperation,
  Column,
  ColumnKind,
  Entity,
  EntityType,
  GenerationStrategy,
  OrphanedRowAction,
  Relation,
  RelationGraph,
  SourceRange,
  TreeKind,
} from '../../model/relationGraph';
import { columnTypeOfMetadata } from '../resolve/columnTypes';

/** Of entities that are known from the running app alone: such a graph has no places. */
const nowhere: SourceRange = { file: '', line: 0, column: 0, endLine: 0, endColumn: 0 };

/** Junction tables stand with their relations, as in every RelationGraph. Meaningful only for a `detailed` event. */
export function metadataToGraph({ entities }: MetadataEvent): RelationGraph {
  const own = entities.filter(({ type }) => type !== 'junction' && type !== 'closure-junction');
  return { entities: own.map(toEntity), problems: [] };
}

function toEntity(entity: MetaEntity): Entity {
  return {
    id: idOf(entity.name),
    name: entity.name,
    table: entity.table,
    schema: entity.schema,
    type: entity.type as EntityType,
    parent: entity.base ?? null,
    parentId: entity.base === undefined ? null : idOf(entity.base),
    discriminatorValue: entity.discriminatorValue ?? null,
    tree: (entity.tree ?? null) as TreeKind | null,
    declaredBy: 'decorator',
    abstract: false,
    module: '',
    source: nowhere,
    range: nowhere,
    columns: entity.columns.map((column) => toColumn(entity, column)),
    relations: entity.relations.map((relation) => toRelation(entity, relation)),
    indices: entity.indices ?? [],
    uniques: entity.uniques ?? [],
  };
}

function toColumn(entity: MetaEntity, column: MetaColumn): Column {
  const kind = kindOfFlag[column.flag ?? ''] ?? 'regular';
  return {
    property: column.property,
    column: column.column,
    primary: column.primary,
    generated: column.generated ? ((column.strategy ?? 'increment') as GenerationStrategy) : false,
    nullable: column.nullable,
    relation: column.relation ?? null,
    kind,
    // Dates, versions and their like get the driver's own type where none is given (`mappedDataTypes`): that says nothing about the sources.
    type: kind === 'regular' || kind === 'virtual' ? typeOf(column) : null,
    length: column.length ?? null,
    unique: isUnique(entity, column.property),
    declaredIn: entity.name,
    source: null,
  };
}

function typeOf({ type, constructed, array }: MetaColumn): string | null {
  const name = columnTypeOfMetadata(type, constructed ?? false);
  return name !== null && array ? `${name}[]` : name;
}

const kindOfFlag: Readonly<Record<string, ColumnKind>> = {
  isDiscriminator: 'discriminator',
  isTreeLevel: 'tree-level',
  isMaterializedPath: 'tree-path',
  isNestedSetLeft: 'nested-left',
  isNestedSetRight: 'nested-right',
  isCreateDate: 'create-date',
  isUpdateDate: 'update-date',
  isDeleteDate: 'delete-date',
  isVersion: 'version',
  isObjectId: 'object-id',
  isVirtualProperty: 'virtual-property',
  isVirtual: 'virtual',
};

function isUnique({ indices = [], uniques = [] }: MetaEntity, property: string): boolean {
  const sets = [...uniques, ...indices.filter(({ unique }) => unique).map(({ columns }) => columns)];
  return sets.some((columns) => columns.length === 1 && columns[0] === property);
}

function toRelation(entity: MetaEntity, relation: MetaRelation): Relation {
  const { junction } = relation;
  const isManyToMany = relation.kind === 'many-to-many';
  return {
    property: relation.property,
    kind: relation.kind,
    target: relation.target,
    targetId: idOf(relation.target),
    inverse: relation.inverse,
    owner: relation.owner,
    joinColumns: relation.owner && !isManyToMany ? relation.joinColumns : [],
    joinTable:
      isManyToMany && junction ? { table: junction.table, joinColumns: junction.ownerColumns, inverseJoinColumns: junction.inverseColumns } : null,
    cascade: (relation.cascade ?? []) as readonly CascadeOperation[],
    onDelete: relation.onDelete ?? null,
    onUpdate: relation.onUpdate ?? null,
    nullable: relation.nullable,
    eager: relation.eager,
    lazy: relation.lazy,
    orphanedRowAction: (relation.orphanedRowAction ?? 'nullify') as OrphanedRowAction,
    tree: relation.tree ?? null,
    foreignKey: relation.foreignKey ?? true,
    declaredIn: entity.name,
    source: nowhere,
    range: nowhere,
    decorator: null,
    inverseSource: null,
  };
}

function idOf(name: string): string {
  return `#${name}`;
}
