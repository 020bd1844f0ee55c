import { expect, it } from 'vitest';
import { noteMissingIndex } from '../../../../src/core/profile/detect/missingIndex';
import { MetadataIndex } from '../../../../src/core/profile/metadataIndex';
import type { MetaColumn, MetaEntity, MetadataEvent } from '../../../../src/protocol/probe';

const column = (name: string, more: Partial<MetaColumn> = {}): MetaColumn => ({
  property: name,
  column: name,
  primary: false,
  generated: false,
  nullable: false,
  type: 'integer',
  ...more,
});

function entity(name: string, more: Partial<MetaEntity>): MetaEntity {
  return {
    name,
    table: name.toLowerCase(),
    kind: 'regular',
    parent: null,
    columns: [column('id', { primary: true })],
    relations: [],
    ...more,
  } as MetaEntity;
}

/** Authors and their books, whose `authorId` is the foreign key. */
function note(book: Partial<MetaEntity>, driver = 'postgres', detailed = true): string {
  const books = {
    property: 'books',
    kind: 'one-to-many',
    target: 'Book',
    inverse: 'author',
    joinColumns: [{ column: 'authorId', references: 'id' }],
  };
  const author = { ...books, property: 'author', kind: 'many-to-one', target: 'Author', inverse: 'books', owner: true };
  const entities = [
    entity('Author', { relations: [books] as never }),
    entity('Book', { columns: [column('id', { primary: true }), column('authorId')], relations: [author] as never, ...book }),
  ];
  const event = { e: 'metadata', source: 1, driver, entities, ...(detailed ? { detailed: true } : {}) } as MetadataEvent;
  const index = new MetadataIndex(event, '1', true);
  return noteMissingIndex(index, index.findRelation('Author', 'books'));
}

it('names the foreign key that no index begins with, and where to declare one', () => {
  expect(note({})).toBe(' No index is declared on book.authorId, so each of them may read the whole table: add `@Index()` to Book.author.');
  expect(note({ indices: [{ columns: ['id', 'authorId'], unique: false }] })).toContain('No index');
});

it.each([
  ['an index on the column', { indices: [{ columns: ['authorId'], unique: false }] }],
  ['an index on the relation', { indices: [{ columns: ['author'], unique: false }] }],
  ['an index that begins with it', { indices: [{ columns: ['authorId', 'id'], unique: false }] }],
  ['a unique constraint', { uniques: [['authorId']] }],
  ['a primary key that begins with it', { columns: [column('authorId', { primary: true }), column('id', { primary: true })] }],
])('is silent with %s', (_what, book) => {
  expect(note(book)).toBe('');
});

it('is silent where the database indexes foreign keys itself, and where indices were not told', () => {
  expect(note({}, 'mysql')).toBe('');
  expect(note({}, 'postgres', false)).toBe('');
});
