/** Hover on a relation: what it is, where it is held, what saving and deleting do, how it is loaded, and what that cost in the last run. */
import type { Entity, Relation } from '../core/model/relationGraph';
import { isKeyIndexed } from '../core/model/indexedColumns';
import type { RelationLoadStats } from '../core/profile/queryProfile';
import { describeType } from './entityHover';
import type { GraphIndex, OwnedRelation } from './graphIndex';
import {
  aName,
  code,
  describeDeleting,
  describeEnds,
  describeLoading,
  describeSaving,
  describeUnlinking,
  keyHolder,
  keyIsNullable,
  nested,
} from './relationWords';
import { fileLink } from './toLsp';

export interface RelationHoverInput extends OwnedRelation {
  readonly index: GraphIndex;
  /** Other entities that inherit the field. */
  readonly alsoIn: readonly Entity[];
  readonly stats: RelationLoadStats | undefined;
  /** Whether the database makes an index for each foreign key by itself, as MySQL does. */
  readonly indexesForeignKeys: () => boolean;
}

/** Markdown: a bold line, the ends, then one short line per question. */
export function describeRelation(input: RelationHoverInput): string {
  const { entity, relation, index } = input;
  const lines = [
    `**Held by** ${heldBy(input)}`,
    describeSaving(input),
    describeUnlinking(index, input),
    ...describeDeleting(index, input),
    describeLoading(input),
    throughLink(index, input),
    input.stats ? describeStats(input.stats) : null,
  ].filter((line) => line !== null);
  return [
    `**${entity.name}.${relation.property}** · ${relation.kind}${selfNote(input)}`,
    ends(input),
    lines.map((line) => `- ${line}`).join('\n'),
    ...inheritedNote(input),
  ].join('\n\n');
}

function ends(input: RelationHoverInput): string {
  const target = input.relation.targetId === null ? undefined : input.index.byId.get(input.relation.targetId);
  const inverse = input.index.inverseOf(input.relation);
  const place = target ? describeEnds(input).replace(/`([^`]*)`$/, (_, name: string) => fileLink(code(name), target.source)) : describeEnds(input);
  const back = inverse
    ? `back: ${fileLink(code(`${inverse.entity.name}.${inverse.relation.property}`), inverse.relation.source)}`
    : 'one way: no field leads back';
  return `${place}, ${back}`;
}

/** Foreign key or junction table, with the real names. */
function heldBy(input: RelationHoverInput): string {
  const { relation, entity, index } = input;
  if (relation.kind === 'many-to-many') return junction(index, input);
  const holder = keyHolder(index, input);
  if (!holder) return `nobody: no side has the foreign key${relation.kind === 'one-to-one' ? ' (`@JoinColumn` is missing)' : ''}`;
  const target = holder === input ? (relation.targetId === null ? undefined : index.byId.get(relation.targetId)) : entity;
  const keys = holder.relation.joinColumns.map(
    ({ column, references }) => `${code(`${holder.entity.table}.${column}`)} → ${code(`${target?.table ?? holder.relation.target}.${references}`)}`,
  );
  const facts = [
    ...keyTypes(holder.relation, target),
    keyIsNullable(holder.entity, holder.relation) ? 'may be NULL' : 'not null',
    indexOfKey(holder, input),
    ...(holder.relation.foreignKey ? [] : ['no constraint']),
    holder === input ? 'this side owns it' : `${code(`${holder.entity.name}.${holder.relation.property}`)} owns it`,
  ];
  return `${keys.length > 1 ? 'foreign key' : 'column'} ${keys.join(' and ')}, ${facts.join(', ')}`;
}

/** A foreign key has the type of what it references, whatever its own column says (RelationJoinColumnBuilder.ts). */
function keyTypes({ joinColumns }: Relation, target: Entity | undefined): string[] {
  const types = joinColumns
    .map(({ references }) => target?.columns.find(({ column }) => column === references))
    .map((column) => column && describeType(column));
  return types.every((type) => type) ? [types.join(' and ')] : [];
}

/** TypeORM makes the key of a one-to-one unique, unless it is to have no constraint; every unique constraint is an index too. */
function indexOfKey({ entity, relation }: OwnedRelation, { index, indexesForeignKeys }: RelationHoverInput): string {
  if (relation.kind === 'one-to-one' && relation.foreignKey) return 'unique';
  const inTable = [...index.byId.values()].filter(({ table, schema }) => table === entity.table && schema === entity.schema);
  if (isKeyIndexed(inTable, relation)) return 'indexed';
  return relation.foreignKey && indexesForeignKeys() ? 'indexed by the database' : '**no index**';
}

/** One junction, two directions: each side is told which column leads to itself. */
function junction(index: GraphIndex, { entity, relation }: OwnedRelation): string {
  if (!relation.joinTable) return 'nobody: no side has a `@JoinTable`';
  const { table, joinColumns, inverseJoinColumns } = relation.joinTable;
  const [own, other] = relation.owner ? [joinColumns, inverseJoinColumns] : [inverseJoinColumns, joinColumns];
  const inverse = index.inverseOf(relation);
  const owner = relation.owner ? 'this side owns it' : `${code(`${relation.target}.${inverse?.relation.property ?? ''}`)} owns it`;
  const here = relation.target === entity.name ? `this ${code(entity.name)}` : code(entity.name);
  const there = relation.target === entity.name ? 'the other one' : code(relation.target);
  return `junction table ${code(table)}: ${columns(own)} → ${here}, ${columns(other)} → ${there}; ${owner}`;
}

/** An association object on the way: `enrollments` → `Enrollment` → `Course`. */
function throughLink(index: GraphIndex, { relation, entity }: OwnedRelation): string | null {
  if (relation.kind !== 'one-to-many' || relation.targetId === null) return null;
  const link = index.byId.get(relation.targetId);
  const ways = link?.relations.filter((candidate) => candidate.kind === 'many-to-one' && candidate.owner) ?? [];
  const onward = ways.filter((candidate) => candidate.property !== relation.inverse && candidate.targetId !== entity.id && !candidate.nullable);
  const [to] = onward;
  if (!link || !to || ways.length !== 2 || link.relations.length > 3) return null;
  return `**Through** ${code(link.name)} on to ${aName(to.target).replace(/^an? /, '')}: ${code(`relations: ${nested(`${relation.property}.${to.property}`)}`)}`;
}

function describeStats({ loads, queries, rows, dbTimeMs, worstScope, warning }: RelationLoadStats): string {
  const cost = `${queries} ${queries === 1 ? 'query' : 'queries'}, ${rows} ${rows === 1 ? 'row' : 'rows'}, ${milliseconds(dbTimeMs)}`;
  return `**Last run** loaded it ${loads} ×: ${cost}${worstScope ? `, most in ${code(worstScope)}` : ''}${warning ? ' ⚠' : ''}`;
}

export function milliseconds(durationMs: number): string {
  return durationMs >= 10 ? `${Math.round(durationMs)} ms` : `${Math.round(durationMs * 10) / 10} ms`;
}

function selfNote({ entity, relation }: OwnedRelation): string {
  if (relation.tree) return ` · ${entity.tree ?? 'tree'}: ${relation.tree}`;
  return relation.targetId === entity.id ? ' · to itself' : '';
}

function inheritedNote({ entity, relation, alsoIn }: RelationHoverInput): string[] {
  const names = alsoIn.map(({ name }) => code(name));
  if (relation.declaredIn !== entity.name)
    return [`Declared in ${code(relation.declaredIn)}${names.length > 0 ? `, also part of ${names.join(', ')}` : ''}.`];
  return names.length > 0 ? [`Inherited by ${names.join(', ')}.`] : [];
}

function columns(names: readonly string[]): string {
  return names.map(code).join(', ');
}
