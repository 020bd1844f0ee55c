/** The DataSources of the process: their ids, their key columns, and the entity behind a target. */
import { isNamedLikeKey, keyColumnTest } from './resultValues';
import type { DataSourceLike, EntityMetadataLike } from './typeormShapes';

interface SourceState {
  readonly id: number;
  isKeyColumn: (column: string) => boolean;
}

const sources = new WeakMap<object, SourceState>();
const byId = new Map<number, WeakRef<DataSourceLike>>();
let lastId = 0;

/** A small number for a DataSource, the same as long as the object lives; 0 for none. */
export function sourceId(dataSource: DataSourceLike | undefined): number {
  return dataSource ? stateOf(dataSource).id : 0;
}

/** The DataSource of an id, as long as it lives. */
export function dataSourceById(id: number): DataSourceLike | undefined {
  return byId.get(id)?.deref();
}

export function isKeyColumnOf(dataSource: DataSourceLike | undefined): (column: string) => boolean {
  return dataSource ? stateOf(dataSource).isKeyColumn : noColumn;
}

/** To be called when the metadata was built (again): what counts as a key column depends on it. */
export function learnKeyColumns(dataSource: DataSourceLike): void {
  stateOf(dataSource).isKeyColumn = keyColumnTest(keyColumnsOf(dataSource.entityMetadatas));
}

/** Name of the entity behind whatever TypeORM accepts as a target: a class, a name, a schema, an entity, a list of entities. */
export function entityNameOf(dataSource: DataSourceLike | undefined, target: unknown): string | null {
  const first: unknown = Array.isArray(target) ? target[0] : target;
  if (first === undefined || first === null) return null;
  const metadata = dataSource?.entityMetadatasMap?.get(first);
  if (metadata) return metadata.name;
  if (typeof first === 'string') return first;
  if (typeof first === 'function') return first.name || null;
  return nameOfObject(dataSource, first);
}

function keyColumnsOf(entities: readonly EntityMetadataLike[]): Set<string> {
  const columns = new Set<string>();
  for (const entity of entities) {
    for (const column of entity.primaryColumns) columns.add(column.databaseName);
    for (const name of naturalKeys(entity)) columns.add(name);
    // `address.cityId` is the column `addressCityid`, which does not look like what it is.
    for (const { propertyPath, databaseName } of entity.columns) if (isNamedLikeKey(propertyPath)) columns.add(databaseName);
    for (const relation of entity.relations) {
      // `select('book.authorId', 'author')`: raw rows name a key after the relation.
      columns.add(relation.propertyPath.slice(relation.propertyPath.lastIndexOf('.') + 1));
      for (const column of [...relation.joinColumns, ...(relation.inverseJoinColumns ?? [])]) {
        columns.add(column.databaseName);
        if (column.referencedColumn) columns.add(column.referencedColumn.databaseName);
      }
    }
  }
  return columns;
}

/** Texts that are unique: rows are looked up by an email or a number as by a key. Unique numbers are left out, they are too easily met by chance. */
function naturalKeys({ indices = [], uniques = [] }: EntityMetadataLike): string[] {
  const single = [...indices.filter(({ isUnique }) => isUnique), ...uniques].flatMap(({ columns }) => (columns.length === 1 ? columns : []));
  return single.filter(({ type }) => type === String || /char|text|uuid|string/i.test(String(type))).map(({ databaseName }) => databaseName);
}

function nameOfObject(dataSource: DataSourceLike | undefined, target: object): string | null {
  const constructor: unknown = Reflect.get(target, 'constructor');
  const metadata = dataSource?.entityMetadatasMap?.get(constructor);
  if (metadata) return metadata.name;
  // EntitySchema and `{ name, type }` targets.
  const options: unknown = Reflect.get(target, 'options');
  const holder = typeof options === 'object' && options !== null ? options : target;
  const name: unknown = isPlainEntity(constructor) ? Reflect.get(holder, 'name') : undefined;
  if (typeof name === 'string' && name !== '' && holder !== target) return name;
  return typeof constructor === 'function' && constructor !== Object ? constructor.name : null;
}

function isPlainEntity(constructor: unknown): boolean {
  return typeof constructor === 'function' && (constructor === Object || constructor.name === 'EntitySchema');
}

function stateOf(dataSource: DataSourceLike): SourceState {
  let state = sources.get(dataSource);
  if (!state) {
    sources.set(dataSource, (state = { id: ++lastId, isKeyColumn: keyColumnTest(new Set()) }));
    byId.set(state.id, new WeakRef(dataSource));
  }
  return state;
}

function noColumn(): boolean {
  return false;
}
