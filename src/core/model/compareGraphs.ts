/**
 * What changed from one relationship graph to another: between two revisions of the sources, or between the sources and what the running
 * app has built. Knows graphs only, not where they came from.
 */
import type { Column, Entity, Index, Relation, RelationGraph } from './relationGraph';

export interface GraphComparison {
  /** Entities that differ, in the order of `after`; those that are gone follow, in the order of `before`. */
  readonly entities: readonly EntityChange[];
  /** How many entities are the same in both. */
  readonly equal: number;
}

/** Something added (`before` is null), removed (`after` is null), or changed (`fields` tells in what). */
export interface Change<Part> {
  readonly before: Part | null;
  readonly after: Part | null;
  /** Empty where the part was added or removed, and for an entity of which only parts changed. */
  readonly fields: readonly FieldChange[];
}

/** The lists hold the parts that differ; they are empty where the entity as a whole was added or removed. */
export interface EntityChange extends Change<Entity> {
  readonly columns: readonly Change<Column>[];
  readonly relations: readonly Change<Relation>[];
  readonly indices: readonly Change<Index>[];
  readonly uniques: readonly Change<readonly string[]>[];
}

export interface FieldChange {
  /** The field's name in the graph: `table`, `nullable`, `joinColumns` … */
  readonly field: string;
  /** Plain data: what the two graphs hold there. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Entities are paired by id, then by name, then (a class renamed) by table; columns by property, then (a property renamed) by column name;
 * relations by property. A column type or length that one side does not know (null) is no difference.
 */
export function compareGraphs(before: RelationGraph, after: RelationGraph): GraphComparison {
  const pairs = pair(before.entities, after.entities, [
    ({ id }) => id,
    ({ name, table, schema }) => key(name, table, schema),
    ({ name }) => name,
    ({ table, schema, type }) => (type === 'entity-child' ? null : key(table, schema)),
  ]);
  const changes = pairs.map(compareEntities);
  return {
    entities: changes.filter((change) => change !== null),
    equal: changes.filter((change) => change === null).length,
  };
}

/** Null where nothing that the graph knows differs. Places, modules and declaring classes may. */
function compareEntities({ before, after }: Pair<Entity>): EntityChange | null {
  if (before === after) return null;
  if (!before || !after) return { before, after, fields: [], columns: [], relations: [], indices: [], uniques: [] };
  const change: EntityChange = {
    before,
    after,
    fields: compareFields(before, after, ['name', 'table', 'schema', 'type', 'parent', 'discriminatorValue', 'tree']),
    columns: compareParts(before.columns, after.columns, columnKeys, compareColumns),
    relations: compareParts(before.relations, after.relations, [({ property }) => property], compareRelations),
    indices: compareParts(before.indices, after.indices, indexKeys, (one, other) => compareFields(one, other, ['unique'])),
    uniques: compareParts(before.uniques, after.uniques, [(columns) => setKey(columns)], () => []),
  };
  const parts = [change.fields, change.columns, change.relations, change.indices, change.uniques];
  return parts.some((list) => list.length > 0) ? change : null;
}

const columnKeys: readonly KeyOf<Column>[] = [({ property, column }) => key(property, column), ({ property }) => property, ({ column }) => column];
const indexKeys: readonly KeyOf<Index>[] = [({ columns, unique }) => key(setKey(columns), unique), ({ columns }) => setKey(columns)];

/** Whether a column is unique follows from the entity's indices and uniques, which are compared on their own. */
function compareColumns(before: Column, after: Column): readonly FieldChange[] {
  const known = (['type', 'length'] as const).filter((field) => before[field] !== null && after[field] !== null);
  return compareFields(before, after, ['property', 'column', 'primary', 'generated', 'nullable', 'relation', 'kind', ...known]);
}

function compareRelations(before: Relation, after: Relation): readonly FieldChange[] {
  return compareFields(before, after, [
    'kind',
    'target',
    'inverse',
    'owner',
    'joinColumns',
    'joinTable',
    'cascade',
    'onDelete',
    'onUpdate',
    'nullable',
    'eager',
    'lazy',
    'orphanedRowAction',
    'tree',
    'foreignKey',
  ]);
}

function compareFields<Part extends object>(before: Part, after: Part, fields: readonly (keyof Part & string)[]): readonly FieldChange[] {
  return fields.filter((field) => !isEqual(before[field], after[field])).map((field) => ({ field, before: before[field], after: after[field] }));
}

function compareParts<Part extends object>(
  before: readonly Part[],
  after: readonly Part[],
  keys: readonly KeyOf<Part>[],
  compare: (before: Part, after: Part) => readonly FieldChange[],
): readonly Change<Part>[] {
  return pair(before, after, keys)
    .map((each) => ({ ...each, fields: each.before && each.after ? compare(each.before, each.after) : [] }))
    .filter((each) => each.fields.length > 0 || !each.before || !each.after);
}

interface Pair<Part> {
  readonly before: Part | null;
  readonly after: Part | null;
}

/** What a part is recognised by; null: not by this. */
type KeyOf<Part> = (part: Part) => string | null;

/** Pairs what has the same key, by the first kind of key that finds a partner; of several with one key the first takes the first. */
function pair<Part extends object>(before: readonly Part[], after: readonly Part[], keys: readonly KeyOf<Part>[]): readonly Pair<Part>[] {
  const partners = new Map<Part, Part>();
  const left = new Set(before);
  for (const keyOf of keys) {
    const waiting = new Map<string, Part[]>();
    for (const part of left) push(waiting, keyOf(part), part);
    for (const part of after) {
      const own = partners.has(part) ? null : keyOf(part);
      const found = own === null ? undefined : waiting.get(own)?.shift();
      if (!found) continue;
      partners.set(part, found);
      left.delete(found);
    }
  }
  return [...after.map((part) => ({ before: partners.get(part) ?? null, after: part })), ...[...left].map((part) => ({ before: part, after: null }))];
}

function push<Part>(map: Map<string, Part[]>, key: string | null, part: Part): void {
  if (key === null) return;
  const list = map.get(key);
  if (list) list.push(part);
  else map.set(key, [part]);
}

function setKey(columns: readonly string[]): string {
  return key(...[...columns].sort());
}

function key(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
