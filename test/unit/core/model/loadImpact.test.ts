import { describe, expect, it } from 'vitest';
import { loadImpact, type LoadImpact, type LoadQuestion } from '../../../../src/core/model/loadImpact';
import { aGraph, anEntity, aRelation, aShop } from '../../builders/graphBuilder';

const measured: Readonly<Record<string, number>> = { 'Author.books': 3, 'Author.awards': 4, 'Book.tags': 2 };
const fanOut = (entity: string, relation: string): number | null => measured[`${entity}.${relation}`] ?? null;

function load(entity: string, relations: LoadQuestion['relations'], question: Partial<LoadQuestion> = {}): LoadImpact {
  return loadImpact(aShop(), entity, { relations, strategy: 'join', ...question }) as LoadImpact;
}

describe('loading an entity', () => {
  it('multiplies collections beside each other', () => {
    const { rows } = load('Author', { books: {}, awards: {} }, { fanOut });
    expect(rows).toEqual({
      factors: [
        { path: 'books', fanOut: 3 },
        { path: 'awards', fanOut: 4 },
      ],
      perEntity: 12,
      entities: 8,
      formula: 'books × awards',
      multiplies: true,
    });
  });

  it('does not call a collection in a collection a multiplication: every row is an entity of its own', () => {
    const { rows } = load('Author', { books: { tags: {} } }, { fanOut });
    expect(rows).toMatchObject({ perEntity: 6, entities: 10, formula: 'books × books.tags', multiplies: false });
  });

  it('says the formula where nobody measured', () => {
    expect(load('Author', { books: { tags: {} }, awards: {} }).rows).toMatchObject({ perEntity: null, entities: null, multiplies: true });
  });

  it('counts an empty collection as the one row that a join still returns', () => {
    expect(load('Author', { books: {} }, { fanOut: () => 0.25 }).rows.perEntity).toBe(1);
  });

  it('leaves lazy relations out, unless they are asked for', () => {
    expect(load('Author', {}).lazy).toEqual(['awards']);
    expect(load('Author', { awards: {} }).lazy).toEqual([]);
  });

  it('tells what is asked for and is no relation', () => {
    expect(load('Author', { books: { reviews: {} }, name: {} }).unknown).toEqual(['name', 'books.reviews']);
  });

  it('stops where eager relations lead back', () => {
    const graph = aGraph(
      anEntity('Hen', { relations: [aRelation('many-to-one', 'egg', 'Egg', { eager: true })] }),
      anEntity('Egg', { relations: [aRelation('many-to-one', 'hen', 'Hen', { eager: true })] }),
    );
    const { steps } = loadImpact(graph, 'Hen', { relations: {}, strategy: 'join' }) as LoadImpact;
    expect(steps.map(({ path, endless }) => ({ path, endless }))).toEqual([
      { path: 'egg', endless: false },
      { path: 'egg.hen', endless: true },
    ]);
  });

  it('may come back to an entity that is asked for: that has an end', () => {
    expect(load('Author', { books: { author: { books: {} } } }).steps.map(({ endless }) => endless)).toEqual([false, false, false]);
  });
});
