import { describe, expect, test } from 'vitest';
import type { Entity, RelationGraph } from '../../../src/core/model/relationGraph';
import { createGraphKeeper, keepLastGood } from '../../../src/service/lastGoodGraph';
import { aColumn, aGraph, anEntity, anId, aRelation, nowhere } from '../builders/graphBuilder';

const inFile = (name: string, file: string, overrides: Partial<Entity> = {}): Entity =>
  anEntity(name, { source: { ...nowhere, file }, range: { ...nowhere, file }, ...overrides });
const author = inFile('Author', '/app/author.ts', { columns: [anId(), aColumn('name')] });
const key = aColumn('author.id', { column: 'authorId', relation: 'author', kind: 'virtual' });
const book = inFile('Book', '/app/book.ts', { columns: [key, anId()], relations: [aRelation('many-to-one', 'author', 'Author')] });
const orphan: Entity = { ...book, columns: [anId()], relations: [{ ...aRelation('many-to-one', 'author', 'Author'), targetId: null }] };
const always = () => true;
const never = () => false;

describe('while a file is half typed', () => {
  test('an entity that is lost stays, and relations lead to it as before', () => {
    expect(keepLastGood(aGraph(orphan), aGraph(author, book), (file) => file === '/app/author.ts')).toEqual(aGraph(author, book));
  });

  test('members that are lost stay, new ones are added', () => {
    const now = { ...author, columns: [aColumn('bio'), anId()] };
    const [kept] = keepLastGood(aGraph(now), aGraph(author), always).entities;
    expect(kept?.columns.map(({ property }) => property)).toEqual(['id', 'name', 'bio']);
  });
});

describe('a file that parses is believed', () => {
  test('what it no longer declares is gone', () => {
    const next = aGraph(orphan);
    expect(keepLastGood(next, aGraph(author, book), never)).toBe(next);
  });

  test('as soon as it parses, even where the sources’ graph is the same', () => {
    let broken = true;
    let graph: RelationGraph = aGraph(author, book);
    const current = createGraphKeeper(
      () => graph,
      () => broken,
    );
    expect(current().entities).toHaveLength(2);
    graph = aGraph(orphan);
    expect(current().entities).toHaveLength(2);
    broken = false;
    expect(current().entities).toEqual([orphan]);
  });

  test('nothing changed, same object', () => {
    const graph = aGraph(author, book);
    const current = createGraphKeeper(() => graph, never);
    expect(current()).toBe(current());
  });
});
