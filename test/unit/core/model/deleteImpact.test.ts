import { describe, expect, it } from 'vitest';
import { deleteImpact, pathTo, type DeleteImpact, type DeleteQuestion } from '../../../../src/core/model/deleteImpact';
import type { RelationGraph } from '../../../../src/core/model/relationGraph';
import { aColumn, aGraph, anEntity, anId, aRelation, joinedBy } from '../../builders/graphBuilder';

const removeAll: DeleteQuestion = { way: 'remove', typeormMajor: 1, loaded: 'all' };
const sql: DeleteQuestion = { ...removeAll, way: 'delete' };

/** `removed book by typeorm (cascade: ["remove"])`, one line a step. */
function told(graph: RelationGraph, entity: string, question: DeleteQuestion): string[] {
  const impact = deleteImpact(graph, entity, question) as DeleteImpact;
  return impact.steps.map(({ effect, table, by, rule, certain }) => `${effect} ${table} by ${by} (${rule})${certain ? '' : ' perhaps'}`);
}

const library = aGraph(
  anEntity('Author', { relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author', cascade: ['remove'] })] }),
  anEntity('Book', {
    columns: [anId(), aColumn('authorId')],
    relations: [aRelation('many-to-one', 'author', 'Author', { inverse: 'books', nullable: false, ...joinedBy('authorId') })],
  }),
  anEntity('Loan', {
    columns: [anId(), aColumn('bookId', { nullable: true })],
    relations: [aRelation('many-to-one', 'book', 'Book', { onDelete: 'SET NULL', ...joinedBy('bookId') })],
  }),
);

describe('deleting an entity', () => {
  it('removes what TypeORM cascades to, then what the database does to rows behind', () => {
    expect(told(library, 'Author', removeAll)).toEqual([
      'removed book by typeorm (cascade: ["remove"])',
      'set-null loan by database (ON DELETE SET NULL)',
    ]);
  });

  it('is refused by a key without an action where the cascade is not loaded, and says so', () => {
    const impact = deleteImpact(library, 'Author', { ...removeAll, loaded: 'eager' });
    expect(impact?.steps.map(({ effect, table }) => `${effect} ${table}`)).toEqual(['refused book']);
    expect(impact?.notLoaded).toEqual([{ entity: '/app/entities.ts#Author', property: 'books' }]);
  });

  it('is refused in 0.3, which knows the cascade and does nothing about it', () => {
    expect(told(library, 'Author', { ...removeAll, typeormMajor: 0 })).toEqual(['refused book by database (ON DELETE NO ACTION)']);
  });

  it('leaves the cascade out of `delete()` and of SQL', () => {
    expect(told(library, 'Author', sql)).toEqual(['refused book by database (ON DELETE NO ACTION)']);
  });

  it('tells the way to each step', () => {
    const impact = deleteImpact(library, 'Author', removeAll) as DeleteImpact;
    expect(pathTo(impact, 1).map(({ via }) => via.property)).toEqual(['books', 'book']);
  });

  it('reaches nothing from an entity that nothing points at', () => {
    expect(deleteImpact(library, 'Loan', removeAll)).toMatchObject({ steps: [], notLoaded: [], impossible: null });
  });

  it('names what is said about rows that a save leaves out, of which no deletion asks', () => {
    const orphans = (action: 'delete' | 'nullify'): DeleteImpact | null => {
      const [author, book] = [
        anEntity('Author', { relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author' })] }),
        anEntity('Book', {
          columns: [anId(), aColumn('authorId', { nullable: true })],
          relations: [aRelation('many-to-one', 'author', 'Author', { inverse: 'books', orphanedRowAction: action, ...joinedBy('authorId') })],
        }),
      ];
      return deleteImpact(aGraph(author, book), 'Author', removeAll);
    };
    expect(orphans('delete')?.onlyOnSave).toEqual([{ property: 'books', target: '/app/entities.ts#Book', action: 'delete' }]);
    expect(orphans('delete')?.steps).toEqual(orphans('nullify')?.steps);
    expect(orphans('nullify')?.onlyOnSave).toEqual([]);
  });

  it('comes to an end in a ring of cascades', () => {
    const ring = (from: string, to: string) =>
      anEntity(from, {
        columns: [anId(), aColumn('nextId')],
        relations: [aRelation('many-to-one', 'next', to, { onDelete: 'CASCADE', cascade: ['remove'], ...joinedBy('nextId') })],
      });
    const graph = aGraph(ring('A', 'B'), ring('B', 'C'), ring('C', 'A'));
    expect(told(graph, 'A', sql)).toEqual([
      'removed c by database (ON DELETE CASCADE)',
      'removed b by database (ON DELETE CASCADE)',
      'removed a by database (ON DELETE CASCADE)',
    ]);
    expect(told(graph, 'A', removeAll)).toHaveLength(6);
  });

  it('may pass a key without an action whose rows go by another way', () => {
    const graph = aGraph(
      anEntity('Author'),
      anEntity('Book', {
        columns: [anId(), aColumn('authorId')],
        relations: [aRelation('many-to-one', 'author', 'Author', { onDelete: 'CASCADE', ...joinedBy('authorId') })],
      }),
      anEntity('Review', {
        columns: [anId(), aColumn('bookId'), aColumn('authorId')],
        relations: [
          aRelation('many-to-one', 'author', 'Author', joinedBy('authorId')),
          aRelation('many-to-one', 'book', 'Book', { onDelete: 'CASCADE', ...joinedBy('bookId') }),
        ],
      }),
    );
    expect(told(graph, 'Author', sql)).toContain('refused review by database (ON DELETE NO ACTION) perhaps');
  });

  it('cannot soft-remove what has no column for it', () => {
    expect(deleteImpact(library, 'Author', { ...removeAll, way: 'softRemove' })?.impossible).toBe('no-delete-date-column');
    expect(deleteImpact(aGraph(anEntity('Totals', { type: 'view' })), 'Totals', sql)?.impossible).toBe('view');
  });

  it('knows no entity of another name', () => {
    expect(deleteImpact(library, 'Reader', removeAll)).toBeNull();
  });
});
