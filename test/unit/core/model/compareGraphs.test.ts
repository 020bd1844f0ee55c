import { describe, expect, it } from 'vitest';
import { compareGraphs, type EntityChange } from '../../../../src/core/model/compareGraphs';
import type { Entity } from '../../../../src/core/model/relationGraph';
import { aColumn, aGraph, anEntity, anId, aRelation, aShop, joinedBy } from '../../builders/graphBuilder';

describe('comparing two graphs', () => {
  it('says nothing of graphs that are the same, wherever their sources stand', () => {
    const moved = aGraph(
      ...aShop().entities.map((entity) => ({ ...entity, id: `/elsewhere.ts#${entity.name}`, module: 'lib', source: { ...entity.source, line: 9 } })),
    );
    expect(compareGraphs(aShop(), moved)).toEqual({ entities: [], equal: aShop().entities.length });
  });

  it('names entities that were added and removed, as a whole', () => {
    const { entities, equal } = compareGraphs(aGraph(anEntity('Author'), anEntity('Book')), aGraph(anEntity('Author'), anEntity('Tag')));
    expect(entities.map(({ before, after, columns }) => [before?.name, after?.name, columns])).toEqual([
      [undefined, 'Tag', []],
      ['Book', undefined, []],
    ]);
    expect(equal).toBe(1);
  });

  it('names columns and relations that were added, removed and changed, with the fields', () => {
    const before = anEntity('Book', {
      columns: [anId(), aColumn('title'), aColumn('isbn')],
      relations: [aRelation('many-to-one', 'author', 'Author', joinedBy('authorId')), aRelation('many-to-many', 'tags', 'Tag')],
    });
    const after = anEntity('Book', {
      columns: [anId(), aColumn('title', { nullable: true, type: 'text' }), aColumn('pages', { type: 'integer' })],
      relations: [aRelation('many-to-one', 'author', 'Author', joinedBy('author_id')), aRelation('one-to-many', 'reviews', 'Review')],
    });
    expect(outline(before, after)).toEqual([
      'Book.title: nullable false → true, type "varchar" → "text"',
      '+ column Book.pages',
      '- column Book.isbn',
      'Book.author: joinColumns [{"column":"authorId","references":"id"}] → [{"column":"author_id","references":"id"}]',
      '+ relation Book.reviews',
      '- relation Book.tags',
    ]);
  });

  it('follows an entity to another file, and a class or property to another name', () => {
    const before = anEntity('Book', { table: 'book', columns: [anId(), aColumn('title', { column: 'book_title' })] });
    const after = anEntity('Volume', { table: 'book', id: '/other.ts#Volume', columns: [anId(), aColumn('name', { column: 'book_title' })] });
    expect(outline(before, after)).toEqual(['Volume: name "Book" → "Volume"', 'Volume.name: property "title" → "name"']);
  });

  it('tells two entities of one name apart by their tables', () => {
    const user = (table: string, id: string): Entity => anEntity('User', { table, id: `/${id}.ts#User` });
    expect(compareGraphs(aGraph(user('a', '1'), user('b', '2')), aGraph(user('b', '3'), user('a', '4')))).toEqual({ entities: [], equal: 2 });
  });

  it('does not take a child of a shared table for another one that is gone', () => {
    const child = (name: string): Entity => anEntity(name, { table: 'content', type: 'entity-child' });
    const { entities } = compareGraphs(aGraph(child('Photo')), aGraph(child('Video')));
    expect(entities.map(({ before, after }) => [before?.name, after?.name])).toEqual([
      [undefined, 'Video'],
      ['Photo', undefined],
    ]);
  });

  it('compares indices and uniques by their columns, in whatever order these are written', () => {
    const before = anEntity('Book', { indices: [{ columns: ['a', 'b'], unique: false }], uniques: [['x', 'y']] });
    const same = anEntity('Book', { indices: [{ columns: ['b', 'a'], unique: false }], uniques: [['y', 'x']] });
    const after = anEntity('Book', { indices: [{ columns: ['a', 'b'], unique: true }], uniques: [['x']] });
    expect(outline(before, same)).toEqual([]);
    expect(outline(before, after)).toEqual(['index a, b: unique false → true', '+ unique x', '- unique x, y']);
  });

  it('does not make a difference of what one side does not know', () => {
    const before = anEntity('Book', { columns: [anId(), aColumn('title', { type: null, length: '100' })] });
    const after = anEntity('Book', { columns: [anId(), aColumn('title', { type: 'text', length: null, unique: true, declaredIn: 'Base' })] });
    expect(outline(before, after)).toEqual([]);
  });
});

/** What changed between two entities, a line each. */
function outline(before: Entity, after: Entity): string[] {
  return compareGraphs(aGraph(before), aGraph(after)).entities.flatMap(linesOf);
}

function linesOf({ after, fields, columns, relations, indices, uniques }: EntityChange): string[] {
  const name = after?.name ?? '';
  return [
    ...(fields.length > 0 ? [`${name}: ${words(fields)}`] : []),
    ...columns.map((change) => line(change, 'column', ({ property }) => `${name}.${property}`)),
    ...relations.map((change) => line(change, 'relation', ({ property }) => `${name}.${property}`)),
    ...indices.map((change) => line(change, '', (index) => `index ${index.columns.join(', ')}`)),
    ...uniques.map((change) => line(change, '', (unique) => `unique ${unique.join(', ')}`)),
  ];
}

function line<Part>(
  { before, after, fields }: { readonly before: Part | null; readonly after: Part | null; readonly fields: EntityChange['fields'] },
  kind: string,
  nameOf: (part: Part) => string,
): string {
  if (before && after) return `${nameOf(after)}: ${words(fields)}`;
  const part = after ?? before;
  return [after ? '+' : '-', kind, part === null ? '' : nameOf(part)].filter(Boolean).join(' ');
}

function words(fields: EntityChange['fields']): string {
  return fields.map(({ field, before, after }) => `${field} ${JSON.stringify(before)} → ${JSON.stringify(after)}`).join(', ');
}
