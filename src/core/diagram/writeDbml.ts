/** DBML (dbdiagram.io, dbdocs): tables with their columns and indexes, junction tables drawn out, one group per module. */
import type { Column, Entity, Relation, RelationGraph } from '../model/relationGraph';
import { nameModules } from './graphToDiagram';

/** The whole graph as DBML. Views are left out: DBML has none. */
export function writeDbml(graph: RelationGraph): string {
  const tables = graph.entities.filter(hasOwnTable);
  const blocks = [...tables.map(writeTable), ...junctions(graph).map(writeJunction), ...references(tables), ...writeGroups(tables)];
  return `${blocks.join('\n\n')}\n`;
}

/** Children of single-table inheritance live in their root's table, which holds their columns too. */
function hasOwnTable(entity: Entity): boolean {
  return entity.type === 'regular';
}

function writeTable(entity: Entity): string {
  const lines = uniqueBy(entity.columns, ({ column }) => column).map((column) => `  ${quote(column.column)} ${typeOf(column)}${settings(column)}`);
  const indexes = writeIndexes(entity);
  return [`Table ${tableName(entity)} {`, ...lines, ...indexes, `  Note: '${escapeNote(`${entity.name} (${entity.module})`)}'`, '}'].join('\n');
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
  const composite = [
    ...entity.indices.map(({ columns, unique }) => ({ columns, unique })),
    ...entity.uniques.filter(({ length }) => length > 1).map((columns) => ({ columns, unique: true })),
  ].filter(({ columns }) => columns.length > 0);
  if (composite.length === 0) return [];
  const lines = composite.map(
    ({ columns, unique }) =>
      `    (${columns
        .flatMap((property) => columnsOf(entity, property))
        .map(quote)
        .join(', ')})${unique ? ' [unique]' : ''}`,
  );
  return ['', '  indexes {', ...new Set(lines), '  }'];
}

/** An index names properties; a relation's property stands for its join columns. */
function columnsOf(entity: Entity, property: string): string[] {
  const relation = entity.relations.find((candidate) => candidate.property === property);
  if (relation && relation.joinColumns.length > 0) return relation.joinColumns.map(({ column }) => column);
  return [entity.columns.find((column) => column.property === property)?.column ?? property];
}

interface Junction {
  readonly owner: Entity;
  readonly target: Entity | undefined;
  readonly relation: Relation;
  readonly table: NonNullable<Relation['joinTable']>;
}

function junctions(graph: RelationGraph): Junction[] {
  const byId = new Map(graph.entities.map((entity) => [entity.id, entity]));
  const found = graph.entities.flatMap((owner) =>
    owner.relations.flatMap((relation) =>
      relation.owner && relation.joinTable ? [{ owner, relation, table: relation.joinTable, target: byId.get(relation.targetId ?? '') }] : [],
    ),
  );
  return uniqueBy(found, ({ table }) => table.table);
}

function writeJunction({ owner, target, relation, table }: Junction): string {
  const sides = [
    { entity: owner, columns: table.joinColumns },
    { entity: target, columns: table.inverseJoinColumns },
  ];
  const lines = sides.flatMap(({ entity, columns }) => {
    const keys = entity?.columns.filter(({ primary }) => primary) ?? [];
    return columns.map((column, index) => {
      const key = keys[index];
      const reference = entity && key ? `, ref: > ${tableName(entity)}.${quote(key.column)}` : '';
      return `  ${quote(column)} ${key ? typeOf(key) : 'int'} [pk, not null${reference}]`;
    });
  });
  return [`Table ${quote(table.table)} {`, ...lines, `  Note: '${escapeNote(`${owner.name}.${relation.property}`)}'`, '}'].join('\n');
}

function references(tables: readonly Entity[]): string[] {
  const byId = new Map(tables.map((entity) => [entity.id, entity]));
  return tables.flatMap((entity) =>
    entity.relations.flatMap((relation) => {
      const target = byId.get(relation.targetId ?? '');
      if (!relation.owner || relation.joinColumns.length === 0 || !target) return [];
      const sign = relation.kind === 'one-to-one' ? '-' : '>';
      const actions = [
        relation.onDelete === null ? '' : `delete: ${relation.onDelete.toLowerCase()}`,
        relation.onUpdate === null ? '' : `update: ${relation.onUpdate.toLowerCase()}`,
      ].filter((part) => part !== '');
      const suffix = actions.length === 0 ? '' : ` [${actions.join(', ')}]`;
      const from = side(
        entity,
        relation.joinColumns.map(({ column }) => column),
      );
      const to = side(
        target,
        relation.joinColumns.map((join) => join.references),
      );
      return [`Ref ${quote(`${entity.name}_${relation.property}`)}: ${from} ${sign} ${to}${suffix}`];
    }),
  );
}

function side(entity: Entity, columns: readonly string[]): string {
  const names = columns.map(quote);
  return `${tableName(entity)}.${names.length === 1 ? (names[0] ?? '') : `(${names.join(', ')})`}`;
}

function writeGroups(tables: readonly Entity[]): string[] {
  const modules = nameModules(tables.map(({ module }) => module));
  if (modules.length < 2) return [];
  return modules.map(({ id, name }) => {
    const names = tables.filter(({ module }) => module === id).map((entity) => `  ${tableName(entity)}`);
    return [`TableGroup ${quote(name)} {`, ...new Set(names), '}'].join('\n');
  });
}

function tableName({ schema, table }: Entity): string {
  return schema === null ? quote(table) : `${quote(schema)}.${quote(table)}`;
}

function typeOf({ type, length }: Column): string {
  const written = `${type ?? 'unknown'}${length === null || length === '' ? '' : `(${length})`}`;
  return /^\w+(\(\d+\))?$/.test(written) ? written : quote(written);
}

function quote(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '')}"`;
}

function escapeNote(text: string): string {
  return text.replaceAll("'", "\\'");
}

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse();
}
