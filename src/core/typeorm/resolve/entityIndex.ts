/** Which entities there are, in the order in which TypeORM would know them: the answer to "is this class an entity, and which?" */
import type { EntityId } from '../../model/relationGraph';
import { sameData } from '../../model/sameData';
import type { ClassShape, FileDeclarations, SchemaShape, TableArgs, TargetKey } from './declarations';

/** Decorated classes and schemas are built apart from each other, and cannot have relations to one another. */
export type World = 'decorator' | 'entity-schema';

/** What others need to know of an entity to find it. Compared by value, so that most edits stop here. */
export interface EntityEntry {
  readonly id: EntityId;
  readonly key: TargetKey;
  readonly world: World;
  readonly file: string;
  /** TypeORM's `targetName`. */
  readonly name: string;
  readonly table: TableArgs;
  /** True for the root of single-table inheritance. */
  readonly isInheritanceRoot: boolean;
}

/** What cannot be told from the file that a class or schema stands in: schemas by their class, and entities by name. */
export class EntityIndex {
  private readonly schemasByKey = new Map<TargetKey, EntityEntry>();
  private readonly byName = new Map<string, EntityEntry>();

  constructor(readonly entries: readonly EntityEntry[]) {
    // A relation that names its target finds the first entity of that name, or of that given table name.
    for (const entry of entries) {
      if (entry.world === 'entity-schema') setOnce(this.schemasByKey, entry.key, entry);
      setOnce(this.byName, nameKey(entry.world, entry.name), entry);
      if (entry.table.name !== null && entry.table.type !== 'entity-child') setOnce(this.byName, nameKey(entry.world, entry.table.name), entry);
    }
  }

  schemaOf(key: TargetKey): EntityEntry | undefined {
    return this.schemasByKey.get(key);
  }

  /** @param key as `nameKey` makes it. */
  named(key: string): EntityEntry | undefined {
    return this.byName.get(key);
  }
}

export function nameKey(world: World, name: string): string {
  return `${world} ${name}`;
}

function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** The file that a class key or an entity's id begins with; empty where it is a schema's own key. */
export function fileOfKey(key: TargetKey): string {
  return key.startsWith('schema:') ? '' : key.slice(0, Math.max(0, key.lastIndexOf('#')));
}

/** The entities that one file declares. */
export function entriesOf({ file, classes, schemas }: FileDeclarations): EntityEntry[] {
  return [...classes.flatMap((shape) => classEntry(file, shape)), ...schemas.flatMap((schema) => schemaEntry(file, schema))];
}

function classEntry(file: string, { key, name, args }: ClassShape): EntityEntry[] {
  const [table] = args.tables;
  return table ? [{ id: key, key, world: 'decorator', file, name, table, isInheritanceRoot: isRoot(args.inheritance?.pattern, table) }] : [];
}

function schemaEntry(file: string, { key, name, schemaName, args }: SchemaShape): EntityEntry[] {
  const table = args[0]?.tables[0];
  if (!table) return [];
  const isInheritanceRoot = isRoot(args[0]?.inheritance?.pattern, table);
  return [{ id: `${file}#${schemaName}`, key, world: 'entity-schema', file, name, table, isInheritanceRoot }];
}

function isRoot(pattern: string | undefined, table: TableArgs): boolean {
  return pattern === 'STI' && table.type !== 'entity-child';
}

export function sameEntries(left: readonly EntityEntry[], right: readonly EntityEntry[]): boolean {
  return sameData(left, right);
}
