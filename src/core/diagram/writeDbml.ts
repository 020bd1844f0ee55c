/**
 * DBML (dbdiagram.io, dbdocs): tables with their columns and indexes, junction tables drawn out, one group per module. DBML is a
 * database's language: classes that share a table are one table, relations on the same columns are one reference, views have none.
 */
import { groupBy } from '../model/groupBy';
import type { Column, Entity, EntityId, Relation, RelationGraph } from '../model/relationGraph';
import { nameModules } from './graphToDiagram';
import { numberedNames } from './numberedNames';

/** The whole graph as DBML, ended by a newline. What a reference or an index names must be there, or it is left out. */
export function writeDbml(graph: RelationGraph): string {
  const tables = tablesOf(graph);
  const groups = writeGroups(tables);
  const references = uniqueBy([...foreignKeys(graph, tables), ...junctionKeys(graph, tables)], endpointsOf);
  const junctions = junctionsOf(graph, tables).map(writeJunction);
  return `${[...tables.drawn.map((entity) => writeTable(entity, tables)), ...junctions, ...references.map(writeReference), ...groups].join('\n\n')}\n`;
}

interface Tables {
  readonly drawn: readonly Entity[];
  /** The name of an entity's table as DBML, schema included; of entities with one table name, the later ones get a number. */
  readonly names: ReadonlyMap<EntityId, string>;
  readonly byId: ReadonlyMap<EntityId, Entity>;
}

/** Children of single-table inheritance live in their root's table, which holds their columns too; a table needs a column. */
function tablesOf({ entities }: RelationGraph): Tables {
  const drawn = entities.filter(({ type, columns }) => type === 'regular' && columns.length > 0);
  const names = new Map([...groupBy(drawn, ({ schema }) => schema ?? 'public').values()].flatMap((same) => [...tableNames(same)]));
  return { drawn, names, byId: new Map(entities.map((entity) => [entity.id, entity])) };
}

function tableNames(entities: readonly Entity[]): ReadonlyMap<EntityId, string> {
  const schema = entities[0]?.schema ?? null;
  return numberedNames(
    entities,
    ({ table }) => table,
    (table) => qualified(schema, table),
  );
}

function qualified(schema: string | null, table: string): string {
  return schema === null ? quote(table) : `${quote(schema)}.${quote(table)}`;
}

function writeTable(entity: Entity, { names }: Tables): string {
  const lines = columnsOf(entity).map((column) => `  ${quote(column.column)} ${typeOf(column)}${settings(column)}`);
  const note = `  Note: '${escapeNote(`${entity.name} (${entity.module})`)}'`;
  return [`Table ${names.get(entity.id) ?? ''} {`, ...lines, ...writeIndexes(entity), note, '}'].join('\n');
}

function columnsOf(entity: Entity): Column[] {
  return uniqueBy(entity.columns, ({ column }) => column);
}

function settings(column: Column): string {
  const parts = [
    column.primary ? 'pk' : '',
    column.generated === 'increment' || column.generated === 'identity' ? 'increment' : '',
    column.unique && !column.primary ? 'unique' : '',
    column.nullable ? '' : 'not null',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

function writeIndexes(entity: Entity): string[] {
  const known = new Set(entity.columns.map(({ column }) => column));
  const lines = [
    ...entity.indices.map(({ columns, unique }) => ({ columns, unique })),
    ...entity.uniques.filter(({ length }) => length > 1).map((columns) => ({ columns, unique: true })),
  ].flatMap(({ columns, unique }) => {
    const covered = [...new Set(columns.flatMap((property) => columnsCovered(entity, property)))];
    if (covered.length === 0 || !covered.every((column) => known.has(column))) return [];
    return [`    (${covered.map(quote).join(', ')})${unique ? ' [unique]' : ''}`];
  });
  return lines.length === 0 ? [] : ['', '  indexes {', ...new Set(lines), '  }'];
}

/** An index names properties; a relation's property stands for its join columns. */
function columnsCovered(entity: Entity, property: string): string[] {
  const relation = entity.relations.find((candidate) => candidate.property === property);
  if (relation && relation.joinColumns.length > 0) return relation.joinColumns.map(({ column }) => column);
  return [entity.columns.find((column) => column.property === property)?.column ?? property];
}

interface Junction {
  readonly name: string;
  readonly owner: Entity;
  readonly relation: Relation;
  readonly sides: readonly { readonly entity: Entity; readonly columns: readonly string[] }[];
}

/** Junction tables without an entity of their own; one that several relations share is drawn once. */
function junctionsOf(graph: RelationGraph, tables: Tables): Junction[] {
  const taken = new Set(tables.names.values());
  return uniqueBy(allJunctions(graph, tables), ({ name }) => name).filter(({ name }) => !taken.has(name));
}

function allJunctions({ entities }: RelationGraph, { byId }: Tables): Junction[] {
  return entities.flatMap((owner) =>
    owner.relations.flatMap((relation) => {
      const target = byId.get(relation.targetId ?? '');
      if (!relation.owner || !relation.joinTable || !target) return [];
      const { table, joinColumns, inverseJoinColumns } = relation.joinTable;
      const sides = [
        { entity: owner, columns: joinColumns },
        { entity: target, columns: inverseJoinColumns },
      ];
      return [{ name: qualified(owner.schema, table), owner, relation, sides }];
    }),
  );
}

function writeJunction({ name, owner, relation, sides }: Junction): string {
  const columns = uniqueBy(
    sides.flatMap(({ entity, columns: own }) => own.map((column, index) => ({ column, key: keysOf(entity)[index] }))),
    ({ column }) => column,
  );
  const lines = columns.map(({ column, key }) => `  ${quote(column)} ${key ? typeOf(key) : 'int'} [pk, not null]`);
  return [`Table ${name} {`, ...lines, `  Note: '${escapeNote(`${owner.name}.${relation.property}`)}'`, '}'].join('\n');
}

function keysOf(entity: Entity): Column[] {
  return entity.columns.filter(({ primary }) => primary);
}

interface ReferenceEnd {
  readonly text: string;
  /** Equal for the same columns in whatever order: DBML tells ends apart by their columns alone. */
  readonly key: string;
}

interface Reference {
  readonly from: ReferenceEnd;
  readonly to: ReferenceEnd;
  readonly sign: '>' | '-';
  readonly actions: readonly string[];
}

/** Foreign keys of relations, a class in its parent's table speaking for that table. */
function foreignKeys({ entities }: RelationGraph, tables: Tables): Reference[] {
  return entities.flatMap((entity) =>
    entity.relations.flatMap((relation) => {
      const target = tables.byId.get(relation.targetId ?? '');
      if (!relation.owner || relation.joinColumns.length === 0 || !target) return [];
      const from = side(entity, relation.joinColumns.map(({ column }) => column), tables); // prettier-ignore
      const to = side(target, relation.joinColumns.map(({ references }) => references), tables); // prettier-ignore
      if (from === null || to === null || from.key === to.key) return [];
      const actions = [action('delete', relation.onDelete), action('update', relation.onUpdate)].filter((part) => part !== '');
      return [{ from, to, sign: relation.kind === 'one-to-one' ? ('-' as const) : ('>' as const), actions }];
    }),
  );
}

function action(name: string, value: string | null): string {
  return value === null ? '' : `${name}: ${value.toLowerCase()}`;
}

/** A junction table's keys; where an entity is mapped to that table, only on the columns that it has. */
function junctionKeys(graph: RelationGraph, tables: Tables): Reference[] {
  const entityOf = new Map(tables.drawn.map((entity) => [tables.names.get(entity.id), entity]));
  return allJunctions(graph, tables).flatMap(({ name, sides }) =>
    sides.flatMap(({ entity, columns }) => {
      const keys = keysOf(entity).map(({ column }) => column);
      const own = entityOf.get(name);
      const to = side(entity, keys.slice(0, columns.length), tables);
      if (to === null || columns.length !== keys.length || (own && !hasColumns(own, columns))) return [];
      return [{ from: endOf(name, columns), to, sign: '>' as const, actions: [] }];
    }),
  );
}

function writeReference({ from, to, sign, actions }: Reference): string {
  return `Ref: ${from.text} ${sign} ${to.text}${actions.length === 0 ? '' : ` [${actions.join(', ')}]`}`;
}

/** DBML holds references in either direction between the same columns for one. */
function endpointsOf({ from, to }: Reference): string {
  return [from.key, to.key].sort().join(' ');
}

/** Columns of an entity's table as one end of a reference; null where they are not there. */
function side(entity: Entity, columns: readonly string[], tables: Tables): ReferenceEnd | null {
  const root = rootOf(entity, tables);
  const name = tables.names.get(root.id);
  return name === undefined || columns.length === 0 || !hasColumns(root, columns) ? null : endOf(name, columns);
}

function endOf(table: string, columns: readonly string[]): ReferenceEnd {
  return { text: `${table}.${columnList(columns)}`, key: JSON.stringify([table, [...columns].sort()]) };
}

function columnList(columns: readonly string[]): string {
  const names = columns.map(quote);
  return names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`;
}

function hasColumns(entity: Entity, columns: readonly string[]): boolean {
  return columns.every((name) => entity.columns.some(({ column }) => column === name));
}

function rootOf(entity: Entity, { byId }: Tables): Entity {
  const seen = new Set<Entity>();
  let root = entity;
  while (root.type === 'entity-child' && !seen.has(root)) {
    seen.add(root);
    root = byId.get(root.parentId ?? '') ?? root;
  }
  return root;
}

function writeGroups({ drawn, names }: Tables): string[] {
  const modules = nameModules(drawn.map(({ module }) => module));
  if (modules.length < 2) return [];
  return modules.map(({ id, name }) => {
    const members = drawn.filter(({ module }) => module === id).map((entity) => `  ${names.get(entity.id) ?? ''}`);
    return [`TableGroup ${quote(name)} {`, ...members, '}'].join('\n');
  });
}

function typeOf({ type, length }: Column): string {
  const written = `${type ?? 'unknown'}${length === null || length === '' ? '' : `(${length})`}`;
  return /^[A-Za-z_]\w*(\(\d+\))?$/.test(written) ? written : quote(written);
}

function quote(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${escapeText(name).replaceAll('"', '\\"')}"`;
}

function escapeNote(text: string): string {
  return escapeText(text).replaceAll("'", "\\'");
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse();
}
