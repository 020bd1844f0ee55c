import { describe, expect, it } from 'vitest';
import { diffDiagram } from '../../../../src/core/diagram/diffDiagram';
import { aColumn, aGraph, anEntity, anId, aRelation, joinedBy } from '../../builders/graphBuilder';

const author = anEntity('Author');
const book = anEntity('Book', {
  columns: [anId(), aColumn('author.id', { column: 'authorId', relation: 'author' })],
  relations: [aRelation('many-to-one', 'author', 'Author', joinedBy('authorId'))],
});

describe('the diagram of a difference', () => {
  it('shows nothing as changed where nothing changed', () => {
    const { tables, edges, model } = diffDiagram(aGraph(author, book), aGraph(author, book));
    expect([tables, edges, model.tables.length]).toEqual([[], [], 2]);
  });

  it('keeps a removed table and its relations as ghosts', () => {
    const { tables, edges, model } = diffDiagram(aGraph(author, book), aGraph(author));
    expect(model.tables.map(({ name }) => name)).toEqual(['Author', 'Book']);
    expect(tables.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['Book removed']);
    expect(edges).toEqual([{ edge: `${book.id}.author`, kind: 'removed' }]);
  });

  it('keeps a removed column and relation in the table that lost them', () => {
    const { tables, edges, model } = diffDiagram(aGraph(author, book), aGraph(author, anEntity('Book')));
    expect(model.tables[1]?.columns.map(({ property }) => property)).toEqual(['id', 'author.id']);
    expect(tables[0]?.details.map(({ kind, what, name }) => `${kind} ${what} ${name}`)).toEqual([
      'removed column author.id',
      'removed relation author',
    ]);
    expect(edges).toEqual([{ edge: `${book.id}.author`, kind: 'removed' }]);
  });

  it('marks a relation that changed, in words', () => {
    const cascading = { ...book, relations: book.relations.map((relation) => ({ ...relation, onDelete: 'CASCADE' })) };
    const { tables, edges } = diffDiagram(aGraph(author, book), aGraph(author, cascading));
    expect(tables[0]?.details).toEqual([{ kind: 'changed', what: 'relation', name: 'author', text: 'on delete: none → CASCADE' }]);
    expect(edges).toEqual([{ edge: `${book.id}.author`, kind: 'changed' }]);
  });

  it('leads a ghost’s relation to the table as it is now, wherever its file went', () => {
    const moved = { ...author, id: '/app/people/author.ts#Author' };
    const { edges, model } = diffDiagram(aGraph(author, book), aGraph(moved));
    expect(model.edges.map(({ to }) => to.table)).toEqual([moved.id]);
    expect(edges.map(({ kind }) => kind)).toEqual(['removed']);
  });
});
