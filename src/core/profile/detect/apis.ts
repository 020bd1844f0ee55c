/** What the names of TypeORM's methods say about a call. */

/** Methods of Repository, EntityManager and the query builders that write rows. */
export function isWriteApi(api: string): boolean {
  return /\.(save|insert|update|updateAll|upsert|remove|softRemove|recover|delete|deleteAll|softDelete|restore|increment|decrement|clear)$/.test(api);
}

/** Makes entities of plain objects; the probe names a lazy load by it where TypeORM made it meanwhile. */
export function isCreateApi(api: string): boolean {
  return api.endsWith('.create');
}

/** Counts and existence tests: one value, whatever the relation holds. */
export function isAggregateApi(api: string): boolean {
  return /\.(count|countBy|sum|average|minimum|maximum|exist|exists|existsBy|getCount|getExists)$/.test(api);
}

/** `createQueryBuilder().relation(Book, 'tags').of(book).loadMany()`: names the relation itself. */
export function isRelationLoad(api: string): boolean {
  return /^RelationQueryBuilder\.load(One|Many)$/.test(api);
}

/** Finds by key whose answer a loaded relation would hold as well. */
export function isPlainFindApi(api: string): boolean {
  return /\.(find|findBy|findOne|findOneBy|findOneOrFail|findOneByOrFail|findOneById)$/.test(api);
}

/** Finds that answer with any number of entities. */
export function isListApi(api: string): boolean {
  return /\.(find|findBy|findAndCount|findAndCountBy|getMany|getManyAndCount)$/.test(api);
}

/** Query builders that give rows instead of entities. */
export function isRawApi(api: string): boolean {
  return /\.(getRawMany|getRawOne|execute|stream)$/.test(api);
}
