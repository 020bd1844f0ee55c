/** Builds graphs for tests: only what a case is about is said, the rest is as TypeORM would have it. */
import type { Column, Entity, JoinColumn, Relation, RelationGraph, SourceRange } from '../../../src/core/model/relationGraph';

export const nowhere: SourceRange = { file: '/app/entities.ts', line: 1, column: 1, endLine: 1, endColumn: 2 };

export function aColumn(property: string, overrides: Partial<Column> = {}): Column {
  return {
    property,
    column: property,
    primary: false,
    generated: false,
    nullable: false,
    relation: null,
    kind: 'regular',
    type: 'varchar',
    length: null,
    unique: false,
    declaredIn: 'Entity',
    source: nowhere,
    ...overrides,
  };
}

export const anId = (property = 'id'): Column => aColumn(property, { primary: true, generated: 'increment', type: 'integer' });

export function aRelation(kind: Relation['kind'], property: string, target: string, overrides: Partial<Relation> = {}): Relation {
  return {
    property,
    kind,
    target,
    targetId: `/app/entities.ts#${target}`,
    inverse: null,
    owner: kind === 'many-to-one',
    joinColumns: [],
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
    declaredIn: 'Entity',
    source: nowhere,
    range: nowhere,
    decorator: nowhere,
    inverseSource: null,
    ...overrides,
  };
}

/** `author.authorId → id` */
export function joinedBy(column: string, references = 'id'): Pick<Relation, 'joinColumns' | 'owner'> {
  const joinColumns: JoinColumn[] = [{ column, references }];
  return { joinColumns, owner: true };
}

export function anEntity(name: string, overrides: Partial<Entity> = {}): Entity {
  return {
    id: `/app/entities.ts#${name}`,
    name,
    table: name.charAt(0).toLowerCase() + name.slice(1),
    schema: null,
    type: 'regular',
    parent: null,
    parentId: null,
    discriminatorValue: null,
    tree: null,
    declaredBy: 'decorator',
    abstract: false,
    module: 'src',
    source: nowhere,
    range: nowhere,
    columns: [anId()],
    relations: [],
    indices: [],
    uniques: [],
    ...overrides,
  };
}

export function aGraph(...entities: readonly Entity[]): RelationGraph {
  return { entities: [...entities].sort((a, b) => (a.name < b.name ? -1 : 1)), problems: [] };
}

/** Authors with books (and their publishers), orders with users: the shapes that loading is about. */
export function aShop(): RelationGraph {
  return aGraph(
    anEntity('Author', {
      columns: [anId(), aColumn('name'), aColumn('bio', { nullable: true })],
      relations: [
        aRelation('one-to-many', 'books', 'Book', { inverse: 'author' }),
        aRelation('one-to-many', 'awards', 'Award', { inverse: 'author', lazy: true }),
        aRelation('many-to-one', 'address.city', 'City', { ...joinedBy('addressCityId') }),
      ],
    }),
    anEntity('Award', {
      columns: [anId(), aColumn('authorId', { type: 'integer' })],
      relations: [
        aRelation('many-to-one', 'author', 'Author', { inverse: 'awards', source: { ...nowhere, line: 50, endLine: 50 }, ...joinedBy('authorId') }),
      ],
    }),
    anEntity('City'),
    anEntity('Book', {
      columns: [
        anId(),
        aColumn('title'),
        aColumn('authorId', { type: 'integer' }),
        aColumn('publisher.id', { column: 'publisherId', relation: 'publisher', kind: 'virtual' }),
      ],
      relations: [
        aRelation('many-to-one', 'author', 'Author', { inverse: 'books', nullable: false, ...joinedBy('authorId') }),
        aRelation('many-to-one', 'publisher', 'Publisher', { inverse: null, ...joinedBy('publisherId') }),
        aRelation('many-to-many', 'tags', 'Tag', {
          owner: true,
          joinTable: { table: 'book_tags_tag', joinColumns: ['bookId'], inverseJoinColumns: ['tagId'] },
        }),
      ],
    }),
    anEntity('Publisher', { columns: [anId(), aColumn('name')] }),
    anEntity('Tag', { columns: [anId(), aColumn('deletedAt', { kind: 'delete-date', nullable: true })] }),
    anEntity('User', { columns: [anId(), aColumn('name')], relations: [aRelation('one-to-many', 'orders', 'Order', { inverse: 'user' })] }),
    anEntity('Order', {
      columns: [anId(), aColumn('userId', { type: 'integer', nullable: true }), aColumn('buyerId', { type: 'integer' })],
      relations: [
        aRelation('many-to-one', 'user', 'User', { inverse: 'orders', ...joinedBy('userId') }),
        aRelation('many-to-one', 'buyer', 'User', { nullable: false, ...joinedBy('buyerId') }),
        aRelation('many-to-one', 'lazyUser', 'User', { lazy: true, ...joinedBy('userId') }),
      ],
    }),
  );
}
