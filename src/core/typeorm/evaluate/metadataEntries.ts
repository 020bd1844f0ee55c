/** Entries of TypeORM's `MetadataArgsStorage`, as calls of the decorators that add them (src/metadata-args and src/decorator in TypeORM). */
import { hasKind, objectOf, option, type ObjectValue, type Value } from './values';

/** A decorator of TypeORM's, with the arguments by which it would have added an entry. */
export interface WrittenEntry {
  readonly decorator: string;
  readonly args: readonly Value[];
}

/** Null for an entry that says nothing about the graph. */
export type EntryWriter = (entry: ObjectValue) => WrittenEntry | null;

const columnDecorators: Readonly<Record<string, string>> = {
  regular: 'Column',
  createDate: 'CreateDateColumn',
  updateDate: 'UpdateDateColumn',
  deleteDate: 'DeleteDateColumn',
  version: 'VersionColumn',
  treeLevel: 'TreeLevelColumn',
  objectId: 'ObjectIdColumn',
  'virtual-property': 'VirtualColumn',
};

const relationDecorators: Readonly<Record<string, string>> = {
  'one-to-one': 'OneToOne',
  'one-to-many': 'OneToMany',
  'many-to-one': 'ManyToOne',
  'many-to-many': 'ManyToMany',
};

/** By the storage's list. */
export const metadataWriters: Readonly<Record<string, EntryWriter>> = {
  tables: (entry) => {
    const type = option(entry, 'type');
    if (type === 'entity-child') return { decorator: 'ChildEntity', args: [] };
    return { decorator: type === 'view' ? 'ViewEntity' : 'Entity', args: [entry] };
  },
  columns: (entry) => {
    const mode = option(entry, 'mode');
    const decorator = typeof mode === 'string' ? columnDecorators[mode] : undefined;
    // What `unique` and `generated` mean is the decorator's doing: entries for them are added to lists of their own.
    return decorator === undefined ? null : { decorator, args: [without(option(entry, 'options'), ['unique', 'generated'])] };
  },
  embeddeds: (entry) => ({
    decorator: 'Column',
    args: [option(entry, 'type'), picked(entry, { prefix: 'prefix', isArray: 'array' })],
  }),
  generations: (entry) => ({ decorator: 'Generated', args: [option(entry, 'strategy')] }),
  relations: (entry) => {
    const options = withLazy(option(entry, 'options'), option(entry, 'isLazy'));
    if (option(entry, 'isTreeParent') === true) return { decorator: 'TreeParent', args: [options] };
    if (option(entry, 'isTreeChildren') === true) return { decorator: 'TreeChildren', args: [options] };
    const type = option(entry, 'relationType');
    const decorator = typeof type === 'string' ? relationDecorators[type] : undefined;
    return decorator === undefined ? null : { decorator, args: [option(entry, 'type'), option(entry, 'inverseSideProperty'), options] };
  },
  joinColumns: (entry) => ({ decorator: 'JoinColumn', args: [entry] }),
  joinTables: (entry) => ({ decorator: 'JoinTable', args: [entry] }),
  indices: (entry) => ({
    decorator: 'Index',
    args: [option(entry, 'columns'), picked(entry, { unique: 'unique', where: 'where', synchronize: 'synchronize' })],
  }),
  uniques: (entry) => ({ decorator: 'Unique', args: [option(entry, 'columns')] }),
  inheritances: (entry) => ({ decorator: 'TableInheritance', args: [entry] }),
  trees: (entry) => ({ decorator: 'Tree', args: [option(entry, 'type')] }),
  relationIds: (entry) => ({ decorator: 'RelationId', args: [option(entry, 'relation')] }),
};

function without(options: Value, names: readonly string[]): Value {
  if (!hasKind(options, 'object') || !names.some((name) => options.properties.has(name))) return options;
  return { ...options, properties: new Map([...options.properties].filter(([name]) => !names.includes(name))) };
}

/** The options that a decorator would have been given, by the entry's names for them. */
function picked(entry: ObjectValue, names: Readonly<Record<string, string>>): ObjectValue {
  return objectOf(Object.entries(names).flatMap(([name, written]) => (entry.properties.has(name) ? [[written, option(entry, name)] as const] : [])));
}

/** Where nothing is known of it, the property's type decides, as it does for TypeORM's decorators. */
function withLazy(options: Value, isLazy: Value): Value {
  if (isLazy !== true) return options;
  const given = hasKind(options, 'object') ? options : objectOf();
  return { ...given, properties: new Map([...given.properties, ['lazy', true]]) };
}
