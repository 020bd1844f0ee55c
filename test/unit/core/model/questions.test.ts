import { describe, expect, it } from 'vitest';
import { findEntity, inverseOf, isLinkEntity, relationsTo } from '../../../../src/core/model/questions';
import type { Entity, RelationGraph } from '../../../../src/core/model/relationGraph';
import { aColumn, aGraph, anEntity, anId, aRelation, aShop, joinedBy } from '../../builders/graphBuilder';

function entity(graph: RelationGraph, name: string): Entity {
  const found = findEntity(graph, name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

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
