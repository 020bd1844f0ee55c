/** Which entities there are, in the order in which TypeORM would know them: the answer to "is this class an entity, and which?" */
import type { EntityId } from '../../model/relationGraph';
import type { ClassShape, FileDeclarations, SchemaShape, TableArgs, TargetKey, TargetRef } from './declarations';

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

export class EntityIndex {
  private readonly byKey = { decorator: new Map<TargetKey, EntityEntry>(), 'entity-schema': new Map<TargetKey, EntityEntry>() };
  private readonly byId = new Map<EntityId, EntityEntry>();
  private readonly byName = new Map<string, EntityEntry>();
  private readonly orders = new Map<EntityId, number>();

  constructor(readonly entries: readonly EntityEntry[]) {
    entries.forEach((entry, order) => {
      setOnce(this.byKey[entry.world], entry.key, entry);
      setOnce(this.byId, entry.id, entry);
      setOnce(this.orders, entry.id, order);
    });
    // A relation that names its target finds the first entity of that name, or of that given table name.
    for (const entry of entries) {
      setOnce(this.byName, `${entry.world} ${entry.name}`, entry);
      if (entry.table.name !== null && entry.table.type !== 'entity-child') setOnce(this.byName, `${entry.world} ${entry.table.name}`, entry);
    }
  }

  get(id: EntityId): EntityEntry | undefined {
    return this.byId.get(id);
  }

  ofKey(world: World, key: TargetKey): EntityEntry | undefined {
    return this.byKey[world].get(key);
  }

  /** The entity that a relation's target argument means; undefined where it is none. */
  find(world: World, target: TargetRef): EntityEntry | undefined {
    switch (target.kind) {
      case 'class':
        return this.ofKey(world, target.key);
      case 'name':
        return this.byName.get(`${world} ${target.name}`);
      case 'unknown':
        return undefined;
    }
  }

  orderOf(id: EntityId): number {
    return this.orders.get(id) ?? Number.MAX_SAFE_INTEGER;
  }
}

function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
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
  return left.length === right.length && JSON.stringify(left) === JSON.stringify(right);
}
