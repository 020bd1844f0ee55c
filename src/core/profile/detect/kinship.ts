import type { MetaColumn, MetaEntity, MetaRelation } from '../../../protocol/probe';
import type { EntityRelation, MetadataIndex } from '../metadataIndex';
import type { ColumnReference } from '../sql/statementFacts';

/** What two columns have to do with each other, as far as TypeORM's metadata knows. */
export type ColumnKinship =
  /** A relation connects them; null where only the far side declares it (`declared` then is that side). */
  | { readonly kind: 'relation'; readonly entity: MetaEntity; readonly relation: EntityRelation | null; readonly declared: EntityRelation }
  /** No relation leads from one to the other, but both are keys of the same: by the name, as `userId` and `user.id`, or as foreign keys. */
  | { readonly kind: 'named' }
  /** The very same column. */
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown' }
  /** Both are keys, of things that have nothing to do with each other. */
  | { readonly kind: 'unrelated' };

export interface ColumnPair {
  readonly metadata: MetadataIndex | null;
  /** The column a later query compared with the key. */
  readonly child: ColumnReference;
  /** Tables of that query, the main one first. */
  readonly childTables: readonly { readonly table: string; readonly alias: string }[];
  /** The column of the earlier result; undefined where its origin is unknown. */
  readonly parent: ColumnReference | undefined;
  readonly resultColumn: string;
}

export function kinshipOf(pair: ColumnPair): ColumnKinship {
  const { metadata, child, parent } = pair;
  const childSide = metadata && child.table !== null ? metadata.findColumn(child.table, child.column) : undefined;
  const parentSide = metadata && parent && parent.table !== null ? metadata.findColumn(parent.table, parent.column) : undefined;
  if (metadata && childSide && parentSide) {
    return (
      throughJunction(childSide, parentSide, metadata) ??
      throughPairs(childSide, parentSide, metadata) ??
      (asksForRowsOf(pair) ? throughForeignKey(childSide, parentSide, metadata) : undefined) ??
      throughJoin(pair, metadata, parentSide.entity) ??
      throughClosure(pair, childSide, parentSide) ??
      (isSameColumn(childSide, parentSide) ? { kind: 'same' } : undefined) ??
      (isKeyOfSame(childSide, parentSide, metadata) ? { kind: 'named' } : undefined) ??
      (isNamedAfter(parent?.column ?? '', child) ? { kind: 'named' } : undefined) ??
      (isKey(childSide) && isKey(parentSide) ? { kind: 'unrelated' } : { kind: 'unknown' })
    );
  }
  const name = parent?.column ?? pair.resultColumn;
  if (child.table !== null && parent?.table === child.table && parent.column === child.column) return { kind: 'same' };
  if (isNamedAfter(name, child) || (parent && parent.table !== null && isNamedAfter(child.column, parent))) return { kind: 'named' };
  return { kind: 'unknown' };
}

/** Whether the column is one of the rows asked for; a joined table's only chooses among them: issues, by the key of their media. */
function asksForRowsOf({ child, childTables: [main] }: ColumnPair): boolean {
  return main === undefined || child.alias === null || child.alias === main.alias;
}

function throughForeignKey(child: Side, parent: Side, metadata: MetadataIndex): ColumnKinship | undefined {
  // order.userId fed user.id: the relation is the order's own.
  const owned = ownedRelation(parent, child, metadata);
  if (owned) {
    const relation = { entity: parent.entity, relation: owned };
    return { kind: 'relation', entity: parent.entity, relation, declared: relation };
  }
  // author.id fed book.authorId: the book owns it, the author may declare its inverse.
  const farSide = ownedRelation(child, parent, metadata);
  return farSide ? inverseOf({ entity: child.entity, relation: farSide }, parent.entity, metadata) : undefined;
}

/** ticket.id fed ticket_labels.ticketId: the rows of the many-to-many, asked for with the key of either side. */
function throughJunction(child: Side, parent: Side, metadata: MetadataIndex): ColumnKinship | undefined {
  if (child.entity.type !== 'junction') return undefined;
  for (const entity of metadata.entitiesOfTable(parent.entity.table)) {
    const relation = entity.relations.find(
      ({ junction, joinTable, owner, joinColumns, inverseJoinColumns = [] }) =>
        (junction?.table ?? joinTable) === child.entity.table &&
        (owner ? joinColumns : inverseJoinColumns).some((join) => join.column === child.column.column && join.references === parent.column.column),
    );
    if (relation) return { kind: 'relation', entity, relation: { entity, relation }, declared: { entity, relation } };
  }
  return undefined;
}

/** ticket_labels.labelId fed label.id: the pairs of keys that a `@RelationId` is read by. */
function throughPairs(child: Side, parent: Side, metadata: MetadataIndex): ColumnKinship | undefined {
  if (parent.entity.type !== 'junction' || !child.column.primary) return undefined;
  for (const entity of metadata.event.entities) {
    const relation = entity.relations.find(
      ({ junction, joinTable, owner, target, joinColumns, inverseJoinColumns = [] }) =>
        (junction?.table ?? joinTable) === parent.entity.table &&
        metadata.findEntity(target)?.table === child.entity.table &&
        (owner ? inverseJoinColumns : joinColumns).some((join) => join.column === parent.column.column && join.references === child.column.column),
    );
    if (relation) return { kind: 'relation', entity, relation: { entity, relation }, declared: { entity, relation } };
  }
  return undefined;
}

/** The relation of the one's entity that has the one as join column, and refers to the other. */
function ownedRelation({ entity, column }: Side, referenced: Side, metadata: MetadataIndex): MetaRelation | undefined {
  return entity.relations.find(
    (relation) =>
      relation.owner &&
      relation.joinTable === null &&
      metadata.findEntity(relation.target)?.table === referenced.entity.table &&
      relation.joinColumns.some((join) => join.column === column.column && join.references === referenced.column.column),
  );
}

/** `find({ where: { author: { id } } })` on books joins the author and compares its key. */
function throughJoin({ child, childTables }: ColumnPair, metadata: MetadataIndex, parent: MetaEntity): ColumnKinship | undefined {
  const main = childTables[0];
  if (!main || main.alias === child.alias || child.table === null || metadata.findEntity(parent.name)?.table !== child.table) return undefined;
  for (const entity of metadata.entitiesOfTable(main.table)) {
    const towards = entity.relations.filter((relation) => metadata.findEntity(relation.target)?.table === child.table);
    const named = towards.find(({ property }) => child.alias?.endsWith(`_${property.replaceAll('.', '_')}`));
    const relation = named ?? (towards.length === 1 ? towards[0] : undefined);
    if (relation) return inverseOf({ entity, relation }, parent, metadata);
  }
  return undefined;
}

/** topic.id fed topic_closure.id_descendant: what TreeRepository compares to find the ancestors of a row, or what is below it. */
function throughClosure({ childTables }: ColumnPair, child: Side, parent: Side): ColumnKinship | undefined {
  const isOwn = childTables[0]?.table.toLowerCase() === parent.entity.table.toLowerCase();
  return child.entity.type === 'closure-junction' && parent.column.primary && isOwn ? { kind: 'named' } : undefined;
}

function inverseOf(declared: EntityRelation, parent: MetaEntity, metadata: MetadataIndex): ColumnKinship {
  const relation = inverseOn(parent.name, declared, metadata) ?? inverseOn(declared.relation.target, declared, metadata) ?? null;
  return { kind: 'relation', entity: parent, relation, declared };
}

/** The owning side need not name its inverse: `@ManyToOne(() => Author) author` beside `@OneToMany(() => Book, (book) => book.author) books`. */
function inverseOn(entityName: string, { entity, relation }: EntityRelation, metadata: MetadataIndex): EntityRelation | undefined {
  if (relation.inverse !== null) return metadata.findRelation(entityName, relation.inverse);
  const other = metadata.findEntity(entityName);
  const found = other?.relations.find(({ owner, inverse, target }) => !owner && inverse === relation.property && target === entity.name);
  return other && found && { entity: other, relation: found };
}

type Side = { readonly entity: MetaEntity; readonly column: MetaColumn };

function isSameColumn(a: Side, b: Side): boolean {
  return a.entity.table === b.entity.table && a.column.column === b.column.column;
}

/** request.mediaId fed issue.mediaId, or the id of the media that an issue is joined with. */
function isKeyOfSame(a: Side, b: Side, metadata: MetadataIndex): boolean {
  const key = keyOf(a, metadata);
  return key !== undefined && key === keyOf(b, metadata);
}

/** Table and column that a foreign key refers to, or those of a primary key itself. */
function keyOf({ entity, column }: Side, metadata: MetadataIndex): string | undefined {
  for (const { owner, joinTable, target, joinColumns } of entity.relations) {
    const join = owner && joinTable === null ? joinColumns.find((one) => one.column === column.column) : undefined;
    const table = join && metadata.findEntity(target)?.table;
    if (table !== undefined) return `${table}.${join?.references}`;
  }
  return column.primary ? `${entity.table}.${column.column}` : undefined;
}

function isKey({ entity, column }: Side): boolean {
  return column.primary || entity.relations.some(({ joinColumns, owner }) => owner && joinColumns.some((join) => join.column === column.column));
}

/** `userId`, `user_id` and `userid` are named after `user.id`; `authorId` is not. */
function isNamedAfter(name: string, target: ColumnReference): boolean {
  if (target.table === null) return false;
  const table = plain(target.table);
  const wanted = [table, table.replace(/s$/, ''), table.replace(/ies$/, 'y')].map((stem) => stem + plain(target.column));
  return wanted.some((stem) => plain(name).endsWith(stem));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
}
