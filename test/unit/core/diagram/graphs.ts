/** Builders of relationship graphs: a case shows only what it is about. */
import type { Column, Entity, JoinTable, Relation, RelationGraph, SourceRange } from '../../../../src/core/model/relationGraph';
import { aColumn as aColumnAnywhere } from '../../builders/graphBuilder';

export function at(file: string, line: number, lines = 1): SourceRange {
  return { file, line, column: 3, endLine: line + lines - 1, endColumn: 40 };
}

/** Its entity is named by `anEntity`. */
export const aColumn = (property: string, extra: Partial<Column> = {}): Column =>
  aColumnAnywhere(property, { declaredIn: '', source: null, ...extra });

export function anEntity(name: string, extra: Partial<Entity> = {}): Entity {
  const file = `/app/src/${name.toLowerCase()}.ts`;
  const columns = (extra.columns ?? [aColumn('id', { primary: true, generated: 'increment', type: 'int' })]).map((column) => ({
    ...column,
    declaredIn: column.declaredIn === '' ? name : column.declaredIn,
  }));
  return {
    id: `${file}#${name}`,
    name,
    table: name.toLowerCase(),
    schema: null,
    type: 'regular',
    parent: null,
    parentId: null,
    discriminatorValue: null,
    tree: null,
    declaredBy: 'decorator',
    abstract: false,
    module: 'src',
    source: at(file, 2),
    range: at(file, 1, 100),
    relations: [],
    indices: [],
    uniques: [],
    ...extra,
    columns,
  };
}

/** A relation field of `owner`; joins and the rest as TypeORM would have them by default. */
export function aRelation(owner: Entity, property: string, kind: Relation['kind'], target: Entity, extra: Partial<Relation> = {}): Relation {
  const owns = extra.owner ?? (kind === 'many-to-one' || (extra.joinTable ?? null) !== null);
  const line = 10 + owner.relations.length * 5;
  return {
    property,
    kind,
    target: target.name,
    targetId: target.id,
    inverse: null,
    owner: owns,
    joinColumns: owns && kind !== 'many-to-many' ? [{ column: `${property}Id`, references: 'id' }] : [],
    joinTable: null,
    cascade: [],
    onDelete: null,
    onUpdate: null,
    nullable: true,
    eager: false,
    lazy: false,
    orphanedRowAction: 'nullify',
    tree: null,
    foreignKey: true,
    declaredIn: owner.name,
    source: at(owner.source.file, line),
    range: at(owner.source.file, line - 1, 3),
    decorator: null,
    inverseSource: null,
    ...extra,
  };
}

/** The entity with relations, and the join-only columns that they bring. */
export function relate(entity: Entity, ...relations: readonly Relation[]): Entity {
  const joins = relations.flatMap(({ property, joinColumns, nullable, declaredIn, kind }) =>
    joinColumns.map(({ column }) =>
      aColumn(`${property}.id`, { column, relation: property, nullable, kind: 'virtual', type: 'int', declaredIn, unique: kind === 'one-to-one' }),
    ),
  );
  return { ...entity, columns: [...entity.columns, ...joins], relations: [...entity.relations, ...relations] };
}

export function aJunction(table: string, ...columns: readonly [string, string]): JoinTable {
  return { table, joinColumns: [columns[0]], inverseJoinColumns: [columns[1]] };
}

export function aGraph(...entities: readonly Entity[]): RelationGraph {
  return { entities, problems: [] };
}

/** Author, Book (with Tag by a junction table), Profile; both sides of every relation declared. */
export function libraryGraph(): RelationGraph {
  const author = anEntity('Author', { module: 'src/catalog' });
  const book = anEntity('Book', { module: 'src/catalog' });
  const tag = anEntity('Tag', { module: 'src/catalog' });
  const profile = anEntity('Profile', { module: 'src/people' });
  const junction = aJunction('book_tags_tag', 'bookId', 'tagId');
  return aGraph(
    relate(
      author,
      aRelation(author, 'books', 'one-to-many', book, { inverse: 'author' }),
      aRelation(author, 'profile', 'one-to-one', profile, { inverse: 'author' }),
    ),
    relate(
      book,
      aRelation(book, 'author', 'many-to-one', author, { inverse: 'books', nullable: false, onDelete: 'CASCADE' }),
      aRelation(book, 'tags', 'many-to-many', tag, { inverse: 'books', joinTable: junction }),
    ),
    relate(
      profile,
      aRelation(profile, 'author', 'one-to-one', author, {
        inverse: 'profile',
        owner: true,
        joinColumns: [{ column: 'authorId', references: 'id' }],
      }),
    ),
    relate(tag, aRelation(tag, 'books', 'many-to-many', book, { inverse: 'tags', owner: false, joinTable: junction })),
  );
}
