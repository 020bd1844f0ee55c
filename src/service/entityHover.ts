/** Hover on an entity's name and on a column: table, keys, relations in short; the column's type and what it refers to. */
import { isColumnIndexed } from '../core/model/indexedColumns';
import type { Column, Entity, Relation } from '../core/model/relationGraph';
import type { GraphIndex } from './graphIndex';
import { code, isToMany } from './relationWords';
import { fileLink } from './toLsp';

const TREES: Record<string, string> = {
  'adjacency-list': 'tree (adjacency list)',
  'closure-table': 'tree (closure table)',
  'nested-set': 'tree (nested set)',
  'materialized-path': 'tree (materialized path)',
};

export function describeEntity(index: GraphIndex, entity: Entity): string {
  const referenced = index.pointingAt(entity).filter(({ entity: from }) => from.id !== entity.id);
  const lines = [
    ...(entity.type === 'view'
      ? []
      : [
          `- **Key** ${
            entity.columns
              .filter(({ primary }) => primary)
              .map(describeKey)
              .join(', ') || 'none'
          }`,
        ]),
    `- **Columns** ${counts(entity)}`,
    ...relationLines(index, entity),
    ...(referenced.length > 0
      ? [
          `- **Referred to by** ${referenced.map(({ entity: from, relation }) => fileLink(code(`${from.name}.${relation.property}`), relation.source)).join(', ')}`,
        ]
      : []),
  ];
  return [`**${entity.name}** · ${describeTable(index, entity)}`, lines.join('\n')].join('\n\n');
}

export function describeColumn(index: GraphIndex, entity: Entity, column: Column, alsoIn: readonly Entity[]): string {
  const facts = [
    describeType(column),
    column.nullable ? 'may be NULL' : 'not null',
    ...(column.primary ? ['primary key'] : []),
    ...(column.generated ? [`generated (${column.generated})`] : []),
    ...(column.unique && !column.primary ? ['unique'] : []),
    ...(isColumnIndexed(entity, column) && !column.primary && !column.unique ? ['indexed'] : []),
    ...specialKind(column),
  ].filter((fact) => fact !== '');
  const relations = entity.relations.filter((relation) => relation.joinColumns.some((join) => join.column === column.column));
  return [
    `**${entity.name}.${column.property}** · column ${code(`${entity.table}.${column.column}`)}`,
    facts.join(', '),
    ...relations.map((relation) => foreignKeyLine(index, relation, column)),
    ...(alsoIn.length > 0 ? [`Also a column of ${alsoIn.map(({ name }) => code(name)).join(', ')}.`] : []),
  ].join('\n\n');
}

function describeTable(index: GraphIndex, entity: Entity): string {
  const table = code(entity.schema ? `${entity.schema}.${entity.table}` : entity.table);
  const parent = entity.parentId === null ? undefined : index.byId.get(entity.parentId);
  if (entity.type === 'view') return `view ${table}, read-only`;
  if (entity.type === 'entity-child')
    return `child of ${parent ? fileLink(code(parent.name), parent.source) : code(entity.parent ?? '')} in table ${table}${discriminator(entity)}`;
  const tree = entity.tree ? ` · ${TREES[entity.tree] ?? entity.tree}` : '';
  const family = [...index.byId.values()].filter(({ type, parentId }) => type === 'entity-child' && parentId === entity.id);
  const shared = family.length > 0 ? ` · shared with ${family.map(({ name }) => code(name)).join(', ')}` : '';
  return `table ${table}${tree}${shared}`;
}

function discriminator(entity: Entity): string {
  const column = entity.columns.find(({ kind }) => kind === 'discriminator');
  return column && entity.discriminatorValue !== null ? ` where ${code(`${column.column} = ${JSON.stringify(entity.discriminatorValue)}`)}` : '';
}

function relationLines(index: GraphIndex, entity: Entity): string[] {
  if (entity.relations.length === 0) return [];
  return [
    `- **Relations**`,
    ...entity.relations.map(
      (relation) =>
        `  - ${fileLink(code(relation.property), relation.source)} → ${isToMany(relation) ? 'many' : 'one'} ${targetLink(index, relation)}${relation.nullable || isToMany(relation) ? '' : ', required'}`,
    ),
  ];
}

function targetLink(index: GraphIndex, relation: Relation): string {
  const target = relation.targetId === null ? undefined : index.byId.get(relation.targetId);
  return target ? fileLink(code(target.name), target.source) : `${code(relation.target)} (not found)`;
}

function foreignKeyLine(index: GraphIndex, relation: Relation, column: Column): string {
  const join = relation.joinColumns.find((candidate) => candidate.column === column.column);
  const target = relation.targetId === null ? undefined : index.byId.get(relation.targetId);
  const place = code(`${target?.table ?? relation.target}.${join?.references ?? ''}`);
  const both =
    relation.property === column.property
      ? ''
      : ` One column, two fields: set ${code(relation.property)} or ${code(column.property)}, not both to different rows.`;
  return `Foreign key of ${fileLink(code(relation.property), relation.source)} → ${place}.${both}`;
}

function describeKey(column: Column): string {
  return `${code(column.property)}${column.generated ? ` (${[column.type, column.generated].filter(Boolean).join(', ')})` : column.type ? ` (${describeType(column)})` : ''}`;
}

/** `varchar(100)`; empty where the type is not known. */
export function describeType({ type, length }: Pick<Column, 'type' | 'length'>): string {
  return type === null ? '' : `${type}${length ? `(${length})` : ''}`;
}

function counts(entity: Entity): string {
  const parts = [`${entity.columns.length}`];
  if (entity.indices.length > 0) parts.push(`${entity.indices.length} ${entity.indices.length === 1 ? 'index' : 'indices'}`);
  if (entity.uniques.length > 0) parts.push(`${entity.uniques.length} unique`);
  return parts.join(' · ');
}

function specialKind({ kind }: Column): string[] {
  const names: Partial<Record<Column['kind'], string>> = {
    'create-date': 'set on insert',
    'update-date': 'set on every update',
    'delete-date': 'soft delete: rows with a date are left out of finds',
    version: 'counted up on every update',
    discriminator: 'tells the subclasses apart',
    'tree-level': 'depth in the tree',
    'tree-path': 'path in the tree',
    'virtual-property': 'computed by a subquery, not stored',
  };
  const name = names[kind];
  return name ? [name] : [];
}
