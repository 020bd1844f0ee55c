/** Places the hooks into one copy of TypeORM. The list of what is hooked stands here; how, in the files named for it. */
import { hookBroadcasts, hookTransactions } from './callbacks';
import { CallShapes, shapeOfOptions } from './callShapes';
import type { OperationStart } from './context';
import { entityNameOf, sourceId } from './sources';
import { hookHydration } from './hydration';
import { hookCreate, hookLazyLoads } from './lazyLoads';
import { hookSaves } from './unsavedRelations';
import { watchNodeTests } from './nodeTestScopes';
import { hookOperation, type DescribeCall } from './operations';
import { hookQueryRunners } from './queries';
import { hookMetadata } from './metadata';
import type { Recorder } from './recorder';
import { dataSourceOf, type DataSourceLike, type HasDataSource, type QueryBuilderLike, type RepositoryLike } from './typeormShapes';

/** Loads a module of the copy by its path inside the package, without extension; undefined where this version has none. */
export type RequireFromTypeorm = (path: string) => Record<string, unknown> | undefined;

const FIND_METHODS =
  'find findBy findAndCount findAndCountBy findByIds findOne findOneBy findOneById findOneOrFail findOneByOrFail exist exists existsBy ' +
  'count countBy sum average minimum maximum query sql preload';
const WRITE_METHODS = 'save remove softRemove recover insert update updateAll upsert delete deleteAll softDelete restore clear increment decrement';
const TREE_METHODS = 'findTrees findRoots findDescendants findDescendantsTree countDescendants findAncestors findAncestorsTree countAncestors';
const SELECT_METHODS = 'getRawOne getRawMany getRawAndEntities getOne getOneOrFail getMany getCount getExists getManyAndCount stream execute';
const RELATION_METHODS = 'set add remove addAndRemove loadOne loadMany';
const SOURCE_METHODS = 'initialize synchronize dropDatabase runMigrations undoLastMigration showMigrations query sql transaction';

interface HookedClass {
  readonly path: string;
  readonly name: string;
  readonly methods: string;
  readonly describe: (api: string) => DescribeCall;
}

const hookedClasses: readonly HookedClass[] = [
  { path: 'repository/Repository', name: 'Repository', methods: `${FIND_METHODS} ${WRITE_METHODS}`, describe: describeRepositoryCall },
  { path: 'repository/TreeRepository', name: 'TreeRepository', methods: TREE_METHODS, describe: describeRepositoryCall },
  {
    path: 'entity-manager/EntityManager',
    name: 'EntityManager',
    methods: `${FIND_METHODS} ${WRITE_METHODS} transaction`,
    describe: describeManagerCall,
  },
  { path: 'query-builder/SelectQueryBuilder', name: 'SelectQueryBuilder', methods: SELECT_METHODS, describe: describeBuilderCall },
  { path: 'query-builder/InsertQueryBuilder', name: 'InsertQueryBuilder', methods: 'execute', describe: describeBuilderCall },
  { path: 'query-builder/UpdateQueryBuilder', name: 'UpdateQueryBuilder', methods: 'execute', describe: describeBuilderCall },
  { path: 'query-builder/DeleteQueryBuilder', name: 'DeleteQueryBuilder', methods: 'execute', describe: describeBuilderCall },
  { path: 'query-builder/SoftDeleteQueryBuilder', name: 'SoftDeleteQueryBuilder', methods: 'execute', describe: describeBuilderCall },
  { path: 'query-builder/RelationQueryBuilder', name: 'RelationQueryBuilder', methods: RELATION_METHODS, describe: describeBuilderCall },
  { path: 'data-source/DataSource', name: 'DataSource', methods: SOURCE_METHODS, describe: describeSourceCall },
];

/** Hooks one copy of TypeORM; a copy hooked before stays hooked once. */
export function hookTypeorm(recorder: Recorder, load: RequireFromTypeorm): void {
  placeHooks(recorder, load);
  // Classes that were still being loaded (a deep import went into the circle of TypeORM's modules), or could not be reached yet.
  hookMetadata(recorder, prototypeIn(load, 'data-source/DataSource', 'DataSource'), () => {
    placeHooks(recorder, load);
    // Node's test runner, too, may have been loaded behind TypeORM.
    watchNodeTests(recorder);
  });
}

function prototypeIn(load: RequireFromTypeorm, path: string, name: string): object | undefined {
  const exported = load(path)?.[name];
  return typeof exported === 'function' ? (exported.prototype as object) : undefined;
}

function placeHooks(recorder: Recorder, load: RequireFromTypeorm): void {
  const prototypeOf = (path: string, name: string): object | undefined => prototypeIn(load, path, name);
  const dataSource = prototypeOf('data-source/DataSource', 'DataSource');
  // Before the operations: what is wrapped first lies innermost, and these must run inside of the operation.
  hookQueryRunners(recorder, dataSource);
  hookTransactions(prototypeOf('entity-manager/EntityManager', 'EntityManager'));
  hookSaves(recorder, prototypeOf('entity-manager/EntityManager', 'EntityManager'));
  hookBroadcasts(prototypeOf('subscriber/Broadcaster', 'Broadcaster'));
  hookCreate(prototypeOf('entity-manager/EntityManager', 'EntityManager'));
  hookLazyLoads(recorder, prototypeOf('query-builder/RelationLoader', 'RelationLoader'));
  hookHydration(prototypeOf('query-builder/transformer/RawSqlResultsToEntityTransformer', 'RawSqlResultsToEntityTransformer'));
  for (const { path, name, methods, describe } of hookedClasses) {
    const prototype = prototypeOf(path, name);
    for (const method of methods.split(' ')) hookOperation(recorder, prototype, method, describe(`${name}.${method}`));
  }
}

function describeRepositoryCall(api: string): DescribeCall {
  const shapes = new CallShapes();
  return (receiver, args) => {
    const { target, manager } = receiver as RepositoryLike;
    return call(api, dataSourceOf(manager), target, args[0], shapes);
  };
}

function describeManagerCall(api: string): DescribeCall {
  const shapes = new CallShapes();
  const namesNoEntity = /\.(query|sql|transaction)$/.test(api);
  return (receiver, args) =>
    namesNoEntity
      ? call(api, dataSourceOf(receiver as HasDataSource), undefined, args[0], shapes)
      : call(api, dataSourceOf(receiver as HasDataSource), args[0], args[1], shapes);
}

function describeBuilderCall(api: string): DescribeCall {
  return (receiver) => {
    const builder = receiver as QueryBuilderLike;
    const alias = builder.expressionMap?.mainAlias;
    return {
      api,
      entity: alias?.hasMetadata ? (alias.metadata?.name ?? null) : null,
      relation: builder.expressionMap?.relationPropertyPath || null,
      source: sourceId(dataSourceOf(builder)),
    };
  };
}

function describeSourceCall(api: string): DescribeCall {
  const shapes = new CallShapes();
  return (receiver, args) => call(api, receiver as DataSourceLike, undefined, args[0], shapes);
}

/** `options`: what says most about the call besides its entity. */
function call(api: string, dataSource: DataSourceLike | undefined, target: unknown, options: unknown, shapes: CallShapes): OperationStart {
  const entity = entityNameOf(dataSource, target);
  const source = sourceId(dataSource);
  const shape = shapes.of(typeof options === 'string' ? options : `${source} ${entity}${shapeOfOptions(options)}`);
  return { api, entity, relation: null, source, shape };
}
