/**
 * Join columns of to-one relations: which columns hold the foreign key, which of them exist only for that, and what they
 * point to. Follows metadata-builder/RelationJoinColumnBuilder.ts.
 */
import type { EntityId } from '../../model/relationGraph';
import type { JoinColumnArgs } from './declarations';
import { virtualColumn, type LocalColumn } from './localColumns';
import type { LocalRelation } from './localEmbedded';
import type { LocalEntity } from './localEntity';
import type { NamingStrategy } from './naming';

interface ResolvedJoinColumn {
  /** The column on the owning side. */
  readonly own: JoinColumn;
  readonly references: LocalColumn;
}

interface JoinColumn {
  readonly column: LocalColumn;
  /** Set where the column exists only for the relation: that relation's path. */
  readonly relation: string | null;
  /** The type of what it references, which is the database type that it gets. */
  readonly type: string | null;
}

export interface EntityJoins {
  /** Relation path → its join columns; only to-one relations that the entity itself declares or inherits. */
  readonly byRelation: ReadonlyMap<string, readonly ResolvedJoinColumn[]>;
  /** Columns that exist only as join columns, in the order in which they come up, those of base entities first. */
  readonly added: readonly JoinColumn[];
  readonly problems: readonly { readonly relation: LocalRelation; readonly reference: string; readonly target: string }[];
}

export const noJoins: EntityJoins = { byRelation: new Map(), added: [], problems: [] };

export interface JoinSource {
  readonly strategy: NamingStrategy;
  /** The entity that a relation points to; null where there is none. */
  target(relation: LocalRelation): LocalEntity | null;
  joins(id: EntityId): EntityJoins;
}

export function resolveJoins(entity: LocalEntity, from: JoinSource): EntityJoins {
  // Each base entity hands its own on to all classes below it, some of which come by several ways.
  const added = [...new Set(entity.ancestors.flatMap((ancestor) => from.joins(ancestor).added))];
  const byRelation = new Map<string, readonly ResolvedJoinColumn[]>();
  const problems: EntityJoins['problems'][number][] = [];
  // Join columns of a child belong to the one table of its root, and are resolved there.
  if (entity.entry.table.type === 'entity-child') return { byRelation, added, problems };
  for (const relation of entity.relations) {
    const { kind } = relation.args;
    if (kind !== 'one-to-one' && kind !== 'many-to-one') continue;
    const target = from.target(relation);
    if (!target) continue;
    const references = referencedColumns(relation.joinColumns, kind === 'many-to-one', target, (reference) => {
      problems.push({ relation, reference, target: target.entry.name });
      return addedColumn(target, reference, target.entry.id === entity.entry.id ? added : from.joins(target.entry.id).added);
    });
    byRelation.set(
      relation.path,
      references.map((referenced) => ({ own: ownColumn(entity, relation, referenced, added, from.strategy), references: referenced })),
    );
  }
  return { byRelation, added, problems };
}

/** The columns that a list of join columns points to: the key, unless one of them says what it references. */
export function referencedColumns(
  joinColumns: readonly JoinColumnArgs[],
  isAlwaysOwner: boolean,
  target: LocalEntity,
  whenMissing: (reference: string) => LocalColumn | null,
): LocalColumn[] {
  const primary = target.columns.filter((column) => column.primary);
  if (joinColumns.length === 0) return isAlwaysOwner ? primary : [];
  if (!joinColumns.some(({ references }) => references !== null)) return primary;
  const found = joinColumns.flatMap(({ references }) => {
    const column = target.ownColumns.find(({ property }) => property === references) ?? whenMissing(references ?? '');
    return column ? [column] : [];
  });
  return target.keepsJoinOrder ? found : sortLikeKey(found, primary);
}

/** TypeORM 1.x puts the columns of a composite foreign key into the order of the key they reference. */
function sortLikeKey(columns: readonly LocalColumn[], primary: readonly LocalColumn[]): LocalColumn[] {
  const rank = (column: LocalColumn): number => {
    const index = primary.indexOf(column);
    return index < 0 ? Number.POSITIVE_INFINITY : index;
  };
  return [...columns].sort((left, right) => {
    const [first, second] = [rank(left), rank(right)];
    return first === second ? 0 : first - second;
  });
}

/** A join column of the target can be referenced by its relation's name. */
function addedColumn(_target: LocalEntity, reference: string, added: readonly JoinColumn[]): LocalColumn | null {
  return added.find(({ column }) => column.property === reference)?.column ?? null;
}

function ownColumn(entity: LocalEntity, relation: LocalRelation, referenced: LocalColumn, added: JoinColumn[], strategy: NamingStrategy): JoinColumn {
  const { embedded, args } = relation;
  const given = relation.joinColumns.find(({ name, references }) => name !== null && (references === null || references === referenced.property));
  const name = given?.name ?? strategy.joinColumnName(args.property, referenced.property);
  const declared = (embedded ? embedded.columns : entity.ownColumns).find(({ columnWithoutPrefix }) => columnWithoutPrefix === name);
  if (declared) return { column: declared, relation: null, type: referenced.type };
  // Inside an embedded value TypeORM does not look at what other relations have added.
  const shared = embedded ? undefined : added.find(({ column }) => column.columnWithoutPrefix === name);
  if (shared) return sharedJoinColumn(shared, referenced);
  const column = addedJoinColumn(relation, referenced, name, strategy);
  const join: JoinColumn = { column, relation: relation.path, type: referenced.type };
  added.push(join);
  return join;
}

/** A join column that serves several times is copied for each but the first, with the path of what that one references. */
function sharedJoinColumn(shared: JoinColumn, referenced: LocalColumn): JoinColumn {
  const { column, relation } = shared;
  const path = relation === null || referenced.property === column.property ? column.property : `${column.property}.${referenced.property}`;
  return path === column.path ? shared : { ...shared, column: { ...column, path } };
}

function addedJoinColumn(
  { args, embedded, declaredIn }: LocalRelation,
  referenced: LocalColumn,
  name: string,
  strategy: NamingStrategy,
): LocalColumn {
  const path = embedded ? `${embedded.path}.${args.property}` : args.property;
  return {
    ...virtualColumn(args.property, strategy.columnName(args.property, name, embedded?.prefixes ?? []), declaredIn),
    columnWithoutPrefix: strategy.columnName(args.property, name, []),
    path: referenced.property === args.property ? path : `${path}.${referenced.property}`,
    nullable: args.nullable,
    type: referenced.type,
    length: referenced.length,
  };
}
