/**
 * TypeORM's classes as seen from a DataSource, for apps that bundle TypeORM into their own output: there are no modules to load
 * classes from. What cannot be reached this way (tree repositories, the transformer of rows) stays unhooked.
 */
import type { RequireFromTypeorm } from './hookTypeorm';
import type { DataSourceLike } from './typeormShapes';

interface AttachedSource extends DataSourceLike {
  createQueryBuilder(): object;
  getRepository(target: unknown): object;
}

type BuilderRegistry = Readonly<Record<string, (from: object) => object>>;

const finders: Readonly<Record<string, (source: AttachedSource) => object | undefined>> = {
  DataSource: (source) => source,
  EntityManager: (source) => source.manager,
  RelationLoader: (source) => source.relationLoader,
  Broadcaster: (source) => Reflect.get(source.createQueryRunner(), 'broadcaster') as object | undefined,
  SelectQueryBuilder: (source) => source.createQueryBuilder(),
  Repository: (source) => repositoryOf(source),
};

/** Answers `load('query-builder/InsertQueryBuilder')` and its like with the DataSource's own class of that name. */
export function classesOf(dataSource: object): RequireFromTypeorm {
  return (path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const source = dataSource as AttachedSource;
    try {
      const instance = finders[name]?.(source) ?? builderOf(source, name);
      return instance && { [name]: instance.constructor };
    } catch {
      return undefined;
    }
  };
}

/** Repositories can be had once the metadata is built. */
function repositoryOf(source: AttachedSource): object | undefined {
  const [entity] = source.entityMetadatas;
  return entity && source.getRepository(entity.target);
}

/** QueryBuilder keeps a registry of how to make each of its kinds. */
function builderOf(source: AttachedSource, name: string): object | undefined {
  const builder = source.createQueryBuilder();
  const registry = Reflect.get(builder.constructor, 'queryBuilderRegistry') as BuilderRegistry | undefined;
  return registry?.[name]?.(builder);
}
