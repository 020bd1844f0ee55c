/**
 * What a relation means, in plain words with the names of the case: what saving, un-linking and deleting do, and how it is loaded.
 * Every sentence is what TypeORM 1.x does (0.3 is named where it differs); sources: its persistence/ and metadata-builder/ folders.
 */
import type { Column, Entity, Relation } from '../core/model/relationGraph';
import type { GraphIndex, OwnedRelation } from './graphIndex';

export function isToMany({ kind }: Relation): boolean {
  return kind === 'one-to-many' || kind === 'many-to-many';
}

/** `many`, `one`, with the target: `one Author has many Book`. */
export function describeEnds({ entity, relation }: OwnedRelation): string {
  const [here, there] = {
    'one-to-many': ['One', 'many'],
    'many-to-one': ['Many', 'one'],
    'one-to-one': ['One', 'one'],
    'many-to-many': ['Many', 'many'],
  }[relation.kind] as [string, string];
  return `${here} ${code(entity.name)} → ${there} ${code(relation.target)}`;
}

/** The side that holds the foreign key: this relation, or its inverse. Undefined for many-to-many and where nobody does. */
export function keyHolder(index: GraphIndex, owned: OwnedRelation): OwnedRelation | undefined {
  if (owned.relation.kind === 'many-to-many') return undefined;
  if (owned.relation.owner) return owned;
  const inverse = index.inverseOf(owned.relation);
  return inverse?.relation.owner ? inverse : undefined;
}

export function describeSaving({ entity, relation }: OwnedRelation): string {
  const saved = (['insert', 'update'] as const).filter((operation) => relation.cascade.includes(operation));
  const what = code(relation.property);
  if (saved.length === 2) return `**Saving** ${aName(entity.name)} also saves new and changed ${what}`;
  if (saved[0] === 'insert') return `**Saving** ${aName(entity.name)} also saves new ${what}, but no changes to existing ones`;
  if (saved[0] === 'update') return `**Saving** ${aName(entity.name)} also saves changed ${what}, but no new ones`;
  return `**Saving** ${aName(entity.name)} does not save its ${what} (no cascade): save ${isToMany(relation) ? 'new ones' : `a new ${code(relation.target)}`} first`;
}

/** What taking a child out of the collection does when the parent is saved; null where nothing is to be said. */
export function describeUnlinking(index: GraphIndex, owned: OwnedRelation): string | null {
  const { relation, entity } = owned;
  if (relation.kind === 'many-to-many') {
    const table = relation.joinTable ? ` in ${code(relation.joinTable.table)}` : '';
    return `**Un-linking** one of ${code(relation.property)} deletes only the pairing${table}`;
  }
  const holder = keyHolder(index, owned);
  if (!holder || holder.relation.kind !== 'many-to-one') return null;
  if (relation.kind === 'many-to-one') {
    const inverse = index.inverseOf(relation);
    if (relation.orphanedRowAction === 'nullify' || !inverse) return null;
    return `**Un-linking** from ${code(`${inverse.entity.name}.${inverse.relation.property}`)}: ${orphanFate(holder, `this ${code(entity.name)}`)}`;
  }
  return `**Un-linking** one of ${code(relation.property)}: ${orphanFate(holder, `the ${code(relation.target)}`)}`;
}

/** OneToManySubjectBuilder and the orphan handling of SubjectExecutor: `orphanedRowAction` is read from the many-to-one side. */
function orphanFate({ entity, relation }: OwnedRelation, child: string): string {
  const keys = relation.joinColumns.map(({ column }) => code(column)).join(', ');
  switch (relation.orphanedRowAction) {
    case 'delete':
      return `${child} is deleted`;
    case 'soft-delete':
      return `${child} is soft-deleted`;
    case 'disable':
      return `${child} stays linked: un-linking is switched off`;
    case 'nullify':
      return keyIsNullable(entity, relation)
        ? `${child} stays, its ${keys} becomes NULL`
        : `${child} is deleted (TypeORM 1.x; 0.3 fails), because ${keys} may not be NULL`;
  }
}

/** Sentences about removing either end: TypeORM's own cascade first, then what the database does. */
export function describeDeleting(index: GraphIndex, owned: OwnedRelation): string[] {
  return [...cascadeRemoval(index, owned), ...databaseDeletion(index, owned)];
}

function cascadeRemoval(index: GraphIndex, { entity, relation }: OwnedRelation): string[] {
  const said: string[] = [];
  const what = code(relation.property);
  if (relation.cascade.includes('remove')) {
    const shared = relation.kind === 'many-to-many' ? ' — the shared rows themselves, not only the pairing' : '';
    const parent = relation.kind === 'many-to-one' ? ' — the parent, not the child' : '';
    said.push(`**Removing** ${aName(entity.name)} through TypeORM removes its loaded ${what} too${shared}${parent}`);
  }
  if (relation.cascade.includes('soft-remove')) said.push(`**Soft-removing** ${aName(entity.name)} soft-removes its loaded ${what}`);
  const inverse = index.inverseOf(relation);
  if (inverse?.relation.cascade.includes('remove') && inverse.relation !== relation)
    said.push(`**Removing** ${aName(inverse.entity.name)} through TypeORM removes its loaded ${code(inverse.relation.property)} too`);
  return said;
}

function databaseDeletion(index: GraphIndex, owned: OwnedRelation): string[] {
  if (owned.relation.kind === 'many-to-many') return [describeJunctionDeletion(owned)];
  const holder = keyHolder(index, owned);
  if (!holder) return [];
  const { entity, relation } = holder;
  const parent = aName(relation.target);
  const children = relation.kind === 'one-to-one' ? `its ${code(entity.name)}` : `its ${code(entity.name)} rows`;
  const keys = relation.joinColumns.map(({ column }) => code(column)).join(', ');
  if (!relation.foreignKey) return [`**Deleting** ${parent}: the database does nothing, for there is no foreign key constraint`];
  switch (relation.onDelete?.toUpperCase()) {
    case 'CASCADE':
      return [`**Deleting** ${parent}: the database deletes ${children} (ON DELETE CASCADE)`];
    case 'SET NULL':
      return [`**Deleting** ${parent}: the database sets ${keys} to NULL (ON DELETE SET NULL)`];
    case 'SET DEFAULT':
      return [`**Deleting** ${parent}: the database sets ${keys} to its default (ON DELETE SET DEFAULT)`];
    default:
      return [
        `**Deleting** ${parent}: the database refuses while ${aName(entity.name)} points to it${relation.onDelete ? ` (ON DELETE ${relation.onDelete})` : ''}`,
      ];
  }
}

/** JunctionEntityMetadataBuilder: both foreign keys of the junction are ON DELETE CASCADE unless the relation says otherwise. */
function describeJunctionDeletion({ relation }: OwnedRelation): string {
  const table = relation.joinTable ? code(relation.joinTable.table) : 'the junction table';
  if (relation.onDelete && relation.onDelete.toUpperCase() !== 'CASCADE')
    return `**Deleting** either side: ON DELETE ${relation.onDelete} on its pairings in ${table}`;
  return `**Deleting** either side: the database deletes its pairings in ${table}, never the other side`;
}

export function describeLoading({ entity, relation }: OwnedRelation): string {
  const option = `relations: ${nested(relation.property)}`;
  const advice = isToMany(relation) ? `for a collection best with \`relationLoadStrategy: "query"\`` : 'a join, best for to-one';
  if (relation.eager && isToMany(relation))
    return `**Loaded** eagerly: with every \`find\` of ${code(entity.name)}, wanted or not (query builders: never). Better nothing here, and ${code(option)} where it is needed`;
  if (relation.eager) return `**Loaded** eagerly: joined by every \`find\` of ${code(entity.name)}; query builders join it only when told`;
  if (relation.lazy) return `**Loaded** lazily: each first \`await\` is a query. Over a list, load it with the list: ${code(option)}; ${advice}`;
  return `**Loaded** only when asked, else \`undefined\`: ${code(option)}; ${advice}`;
}

/** `{ address: { city: true } }` for `address.city`. */
export function nested(path: string): string {
  const steps = path.split('.');
  return steps.reduceRight((inner, step) => `{ ${step}: ${inner} }`, 'true');
}

/** Nullability of the foreign key as the database has it: a declared column over the same name decides. */
export function keyIsNullable(entity: Entity, relation: Relation): boolean {
  const columns = relation.joinColumns
    .map((join) => entity.columns.find(({ column }) => column === join.column))
    .filter((column): column is Column => column !== undefined);
  return columns.length > 0 ? columns.every(({ nullable }) => nullable) : relation.nullable;
}

/** ``an `Author` ``: the article follows the sound as well as spelling can tell. */
export function aName(name: string): string {
  return `${/^(?:[AEIO]|U(?!s|ni))/i.test(name) ? 'an' : 'a'} ${code(name)}`;
}

export function code(text: string): string {
  return `\`${text}\``;
}
