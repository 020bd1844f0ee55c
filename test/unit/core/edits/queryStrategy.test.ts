import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, type LoadCase } from './loadEdits';

const advice = anAdvice({ kind: 'query-strategy', relations: [], strategy: 'query', predictedQueryCount: null });
const multiplied: LoadCase = { finding: { kind: 'row-multiplication', relation: null, parent: null, advice } };
const edited = (marked: string) => editOf(`|${marked}`, multiplied);

describe('collections that multiply each other (G13)', () => {
  test('are read by a query each', () => {
    const { after, again } = edited('await repo.¦find({ relations: { awards: true, books: true } });\n');
    expect(after).toBe("await repo.find({ relations: { awards: true, books: true }, relationLoadStrategy: 'query' });\n");
    expect(again()).toEqual({ kind: 'mended' });
  });

  test('a join strategy that is written is changed', () => {
    expect(edited('await repo.¦find({ relationLoadStrategy: "join", relations: { books: true } });\n').after).toBe(
      'await repo.find({ relationLoadStrategy: "query", relations: { books: true } });\n',
    );
  });

  test.each([
    ['where filters what is loaded', 'await repo.¦find({ where: { books: { title: "x" } }, relations: { books: true } });\n', /filters books/],
    ['the key is not selected', 'await repo.¦find({ select: { name: true }, relations: { books: true } });\n', /primary key/],
    ['there are no options', 'await repo.¦find();\n', /eager in the entity/],
  ])('declined where %s', (_, source, reason) => {
    expect(edited(source).result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(reason) });
  });

  test.each([
    ['postgres', 'declined'],
    ['better-sqlite3', 'declined'],
  ])('rows that %s joins without an order keep the order they have', (driver, kind) => {
    const seen: LoadCase = { finding: { ...multiplied.finding, advice: { ...advice, driver } } };
    expect(editOf('|await repo.¦find({ relations: { awards: true } });\n', seen).result.kind).toBe(kind);
    expect(editOf("|await repo.¦find({ relations: { awards: true }, order: { awards: { id: 'ASC' } } });\n", seen).result.kind).toBe('edit');
  });

  test('gone where the query is', () => {
    expect(edited('await repo.¦count();\n').result).toEqual({ kind: 'gone' });
  });
});

describe('a relation beside others that the query loads by queries of their own', () => {
  const load = (marked: string) => editOf(marked, { load: ['address.city'] }).result;

  test('takes queries of its own too: one for its rows, one for the keys that no property holds', () => {
    expect(load("await repo.|find({ relationLoadStrategy: 'query', relations: { books: true } });\n")).toMatchObject({ kind: 'edit', predicted: 3 });
  });

  test('joined, it takes none', () => {
    expect(load('await repo.|find({ relations: { books: true } });\n')).toMatchObject({ kind: 'edit', predicted: 1 });
  });

  test('of a page no count is told: what a join would have taken twice is not joined', () => {
    expect(load("await repo.|find({ relationLoadStrategy: 'query', take: 5 });\n")).toMatchObject({ kind: 'edit', predicted: null });
    expect(load("await repo.|findOne({ relationLoadStrategy: 'query' });\n")).toMatchObject({ kind: 'edit', predicted: null });
  });
});
