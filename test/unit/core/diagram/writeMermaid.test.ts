import { expect, it } from 'vitest';
import { writeMermaid } from '../../../../src/core/diagram/writeMermaid';
import { aColumn, aGraph, anEntity, anId, aRelation, joinedBy } from '../../builders/graphBuilder';

it('writes tables, one line per pair of relations, junction tables and inheritance', () => {
  const graph = aGraph(
    anEntity('Author', {
      columns: [anId(), aColumn('email', { unique: true, type: null })],
      relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author' })],
    }),
    anEntity('Book', {
      columns: [anId(), aColumn('author.id', { column: 'author_id', nullable: true, type: 'character varying' })],
      relations: [
        aRelation('many-to-one', 'author', 'Author', { inverse: 'books', ...joinedBy('author_id') }),
        aRelation('many-to-many', 'tags', 'Tag', {
          owner: true,
          joinTable: { table: 'book_tags', joinColumns: ['book'], inverseJoinColumns: ['tag'] },
        }),
        aRelation('many-to-one', 'lost', 'Nobody', { targetId: null }),
      ],
    }),
    anEntity('Tag', { relations: [aRelation('one-to-many', 'alone', 'Author')] }),
    anEntity('Novel', { type: 'entity-child', parent: 'Book', parentId: '/app/entities.ts#Book', columns: [anId()] }),
    anEntity('Odd name', { columns: [aColumn('1st', { type: 'enum', primary: true })] }),
  );
  expect(writeMermaid(graph)).toBe(`erDiagram
  Author {
    integer id PK
    unknown email UK
  }
  Book {
    integer id PK
    character_varying author_id FK "nullable"
  }
  Novel {
  }
  "Odd name" {
    enum _1st PK "1st"
  }
  Tag {
    integer id PK
  }
  Book }o--o| Author : "author / books"
  Book }o--o{ Tag : "tags (book_tags)"
  Tag |o--o{ Author : "alone"
  Book ||..o| Novel : "extended by"
`);
});
