import { describe, expect, it } from 'vitest';
import {
  columnAt,
  entityAt,
  findEntity,
  foreignKeysOf,
  inverseOf,
  isLinkEntity,
  neighboursOf,
  pathsBetween,
  relationAt,
  relationsTo,
} from '../../../../src/core/model/questions';
import type { Entity, RelationGraph, SourceRange } from '../../../../src/core/model/relationGraph';
import { aColumn, aGraph, anEntity, anId, aRelation, aShop, joinedBy } from '../../builders/graphBuilder';

function entity(graph: RelationGraph, name: string): Entity {
  const found = findEntity(graph, name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const names = (entities: readonly Entity[]): string[] => entities.map(({ name }) => name);

describe('questions on the graph', () => {
  const shop = aShop();

  it('find an entity by id and by name', () => {
    expect(findEntity(shop, '/app/entities.ts#Book')).toBe(findEntity(shop, 'Book'));
    expect(findEntity(shop, 'Nobody')).toBeUndefined();
  });

  it('find the other side of a relation, where it names one', () => {
    const [author, publisher] = entity(shop, 'Book').relations;
    expect(author && inverseOf(shop, author)).toMatchObject({ entity: { name: 'Author' }, relation: { property: 'books' } });
    expect(publisher && inverseOf(shop, publisher)).toBeUndefined();
  });

  it('list the relations that lead to an entity', () => {
    expect(relationsTo(shop, entity(shop, 'User')).map(({ relation }) => relation.property)).toEqual(['user', 'buyer', 'lazyUser']);
    expect(relationsTo(shop, entity(shop, 'Order')).map(({ relation }) => relation.property)).toEqual(['orders']);
  });

  it('list the foreign keys that a table holds', () => {
    expect(foreignKeysOf(shop, entity(shop, 'Book')).map(({ target, columns }) => [target.name, columns])).toEqual([
      ['Author', [{ column: 'authorId', references: 'id' }]],
      ['Publisher', [{ column: 'publisherId', references: 'id' }]],
    ]);
    expect(foreignKeysOf(shop, entity(shop, 'User'))).toEqual([]);
  });

  it('list neighbours in both directions', () => {
    expect(names(neighboursOf(shop, entity(shop, 'Author')))).toEqual(['Award', 'Book', 'City']);
    expect(names(neighboursOf(shop, entity(shop, 'Tag')))).toEqual(['Book']);
  });

  it('find the ways between two entities, shortest first', () => {
    const way = (from: string, to: string): string[] =>
      pathsBetween(shop, entity(shop, from), entity(shop, to)).map((path) => path.map(({ relation }) => relation.property).join('.'));
    expect(way('Author', 'Tag')).toEqual(['books.tags']);
    expect(way('Award', 'Publisher')).toEqual(['author.books.publisher']);
    expect(way('Order', 'User')).toEqual(['user', 'buyer', 'lazyUser']);
    expect(way('Tag', 'Author')).toEqual([]);
    expect(way('Author', 'Author')).toEqual(['books.author', 'awards.author']);
  });

  it('bound the length of ways', () => {
    expect(pathsBetween(shop, entity(shop, 'Award'), entity(shop, 'Publisher'), 2)).toEqual([]);
  });
});

describe('a link entity', () => {
  const joins = [
    aRelation('many-to-one', 'student', 'Student', { nullable: false, ...joinedBy('studentId') }),
    aRelation('many-to-one', 'course', 'Course', { nullable: false, ...joinedBy('courseId') }),
  ];
  const check = (overrides: Partial<Entity>, ...others: Entity[]): boolean => {
    const link = anEntity('Enrollment', { relations: joins, ...overrides });
    return isLinkEntity(aGraph(anEntity('Student'), anEntity('Course'), link, ...others), link);
  };

  it('joins two others and has little of its own', () => {
    expect(check({ columns: [anId(), aColumn('studentId'), aColumn('courseId'), aColumn('grade')] })).toBe(true);
  });

  it('may have data of its own where its key is made of the two', () => {
    const keys = [aColumn('studentId', { primary: true }), aColumn('courseId', { primary: true })];
    expect(check({ columns: [...keys, aColumn('grade'), aColumn('note'), aColumn('room'), aColumn('hours')] })).toBe(true);
  });

  it('may have data of its own where the pair is unique', () => {
    const columns = [anId(), aColumn('studentId'), aColumn('courseId'), aColumn('a'), aColumn('b'), aColumn('c')];
    expect(check({ columns, uniques: [['courseId', 'studentId']] })).toBe(true);
    expect(check({ columns })).toBe(false);
  });

  it('is not one that others refer to', () => {
    const certificate = anEntity('Certificate', { relations: [aRelation('many-to-one', 'enrollment', 'Enrollment', joinedBy('enrollmentId'))] });
    expect(check({ columns: [anId()] }, certificate)).toBe(false);
  });

  it('is not one that may do without either side', () => {
    expect(check({ relations: joins.map((relation) => ({ ...relation, nullable: true })) })).toBe(false);
    expect(check({ relations: joins.slice(0, 1) })).toBe(false);
  });
});

describe('what stands at a place', () => {
  const at = (line: number, column: number, endLine: number, endColumn: number): SourceRange => ({
    file: '/app/pet.ts',
    line,
    column,
    endLine,
    endColumn,
  });
  const owner = aRelation('many-to-one', 'owner', 'Person', { declaredIn: 'Animal', range: at(3, 3, 4, 20) });
  const name = aColumn('name', { declaredIn: 'Pet', source: at(6, 3, 6, 7) });
  const pet = anEntity('Pet', { range: at(1, 1, 8, 2), relations: [owner], columns: [anId(), name] });
  const animal = anEntity('Animal', { range: { ...at(1, 1, 8, 2), file: '/app/animal.ts' }, relations: [owner] });
  const graph = aGraph(pet, animal, anEntity('Person'));

  it('is the entity whose declaration covers it', () => {
    expect(entityAt(graph, '/app/pet.ts', 5, 1)?.name).toBe('Pet');
    expect(entityAt(graph, '/app/pet.ts', 9, 1)).toBeUndefined();
    expect(entityAt(graph, '/app/other.ts', 5, 1)).toBeUndefined();
  });

  it('is a relation, with the entity that declares it', () => {
    expect(relationAt(graph, '/app/pet.ts', 4, 20)).toMatchObject({ entity: { name: 'Animal' }, relation: { property: 'owner' } });
    expect(relationAt(graph, '/app/pet.ts', 4, 21)).toBeUndefined();
    expect(relationAt(graph, '/app/pet.ts', 3, 2)).toBeUndefined();
  });

  it('is a column by its name', () => {
    expect(columnAt(graph, '/app/pet.ts', 6, 4)).toMatchObject({ entity: { name: 'Pet' }, column: { property: 'name' } });
    expect(columnAt(graph, '/app/pet.ts', 6, 9)).toBeUndefined();
  });
});
