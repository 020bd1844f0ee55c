/**
 * The little of TypeORM's runtime objects that the probe looks at, 0.3 and 1.x alike (1.x says `dataSource` where 0.3 says
 * `connection`). Everything is optional where a version may lack it: a guest trusts nothing.
 */
export interface DataSourceLike {
  readonly name?: string;
  readonly options: { readonly type: string };
  readonly driver: object;
  readonly entityMetadatas: readonly EntityMetadataLike[];
  readonly entityMetadatasMap?: ReadonlyMap<unknown, EntityMetadataLike>;
  readonly manager: object;
  readonly relationLoader?: object;
  readonly subscribers?: readonly object[];
  createQueryRunner(): object;
}

export interface HasDataSource {
  readonly dataSource?: DataSourceLike;
  readonly connection?: DataSourceLike;
}

export interface EntityMetadataLike extends HasDataSource {
  readonly afterLoadListeners?: readonly object[];
  readonly name: string;
  readonly tableName: string;
  readonly schema?: string;
  readonly tableType: string;
  readonly target: unknown;
  readonly parentEntityMetadata?: EntityMetadataLike;
  readonly columns: readonly ColumnMetadataLike[];
  readonly relations: readonly RelationMetadataLike[];
  readonly primaryColumns: readonly ColumnMetadataLike[];
  readonly listeners?: readonly object[];
  readonly inheritancePattern?: string;
  readonly discriminatorValue?: string | number;
  readonly treeType?: string;
  readonly indices?: readonly { readonly columns: readonly ColumnMetadataLike[]; readonly isUnique: boolean }[];
  readonly uniques?: readonly { readonly columns: readonly ColumnMetadataLike[] }[];
  /** Of a junction: the columns towards the owner and towards the other side. */
  readonly ownerColumns?: readonly ColumnMetadataLike[];
  readonly inverseColumns?: readonly ColumnMetadataLike[];
}

export interface ColumnMetadataLike {
  readonly propertyPath: string;
  readonly databaseName: string;
  readonly isPrimary: boolean;
  readonly isGenerated: boolean;
  readonly isNullable: boolean;
  readonly type: unknown;
  readonly isArray?: boolean;
  readonly length?: string;
  readonly generationStrategy?: string;
  readonly isVirtual?: boolean;
  readonly relationMetadata?: { readonly propertyPath: string };
  readonly referencedColumn?: ColumnMetadataLike;
  getEntityValue(entity: object): unknown;
}

export interface RelationMetadataLike {
  readonly propertyPath: string;
  readonly relationType: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';
  readonly entityMetadata: EntityMetadataLike;
  readonly inverseEntityMetadata: EntityMetadataLike;
  readonly inverseRelation?: RelationMetadataLike;
  readonly isOwning: boolean;
  readonly isLazy: boolean;
  readonly isEager: boolean;
  readonly isNullable: boolean;
  readonly isCascadeInsert?: boolean;
  readonly persistenceEnabled?: boolean;
  readonly joinColumns: readonly ColumnMetadataLike[];
  readonly inverseJoinColumns?: readonly ColumnMetadataLike[];
  readonly junctionEntityMetadata?: EntityMetadataLike;
  readonly onDelete?: string;
  readonly onUpdate?: string;
  readonly orphanedRowAction?: string;
  readonly isTreeParent?: boolean;
  readonly isTreeChildren?: boolean;
  readonly createForeignKeyConstraints?: boolean;
}

export interface RepositoryLike {
  readonly target: unknown;
  readonly manager?: HasDataSource;
}

export interface QueryBuilderLike extends HasDataSource {
  readonly expressionMap?: {
    readonly mainAlias?: { readonly hasMetadata?: boolean; readonly metadata?: EntityMetadataLike };
    readonly relationPropertyPath?: string;
  };
}

export function dataSourceOf(owner: HasDataSource | undefined): DataSourceLike | undefined {
  return owner?.dataSource ?? owner?.connection;
}
