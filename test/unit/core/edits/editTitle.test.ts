import { describe, expect, test } from 'vitest';
import { loadTitle } from '../../../../src/core/edits/editTitle';
import { aFinding, anAdvice, aParent } from '../../builders/findingBuilder';

describe('what the lightbulb says', () => {
  test('what is loaded, what that saves, and how', () => {
    const advice = anAdvice({ strategy: 'query', predictedQueryCount: 2 });
    expect(loadTitle(aFinding({ advice }))).toBe('Load Author.books here: 101 → 2 queries (relations + query strategy)');
  });

  test('a query builder joins, whatever the strategy', () => {
    expect(loadTitle(aFinding({ parent: aParent({ api: 'SelectQueryBuilder.getMany' }) }))).toBe('Load Author.books here: 101 → 1 query');
  });

  test('a lookup in a loop gives way to the relation', () => {
    expect(loadTitle(aFinding({ kind: 'loop-n-plus-one' }))).toBe('Load Author.books and use it in the loop: 101 → 1 query');
  });

  test('several relations', () => {
    expect(loadTitle(aFinding({ advice: anAdvice({ relations: ['awards', 'books'] }) }))).toMatch(/^Load Author\.awards and Author\.books here/);
    expect(loadTitle(aFinding({ advice: anAdvice({ relations: ['a', 'b', 'c'] }) }))).toMatch(/^Load 3 relations of Author here/);
  });

  test('without a prediction it promises nothing', () => {
    expect(loadTitle(aFinding({ advice: anAdvice({ predictedQueryCount: null }) }))).toBe('Load Author.books here');
  });
});
