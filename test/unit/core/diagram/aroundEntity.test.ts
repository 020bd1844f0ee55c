import { describe, expect, it } from 'vitest';
import { aroundEntity } from '../../../../src/core/diagram/aroundEntity';
import { neighbourhood } from '../../../../src/core/diagram/graphToDiagram';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { bookshop } from './models';

const shop = bookshop();
const idOf = (name: string): string => shop.tables.find((table) => table.name === name)?.id ?? '';
const measure = (text: string): number => text.length * 7;

function around(name: string): ReturnType<typeof aroundEntity> {
  return aroundEntity(neighbourhood(shop, idOf(name), 1), idOf(name));
}

describe('the side bar around an entity', () => {
  it('shows its own relations, those to itself among them, and not those between its neighbours', () => {
    const book = around('Book');
    expect(book.edges.length).toBeGreaterThan(3);
    expect(book.edges.filter(({ from, to }) => from.table !== idOf('Book') && to.table !== idOf('Book'))).toEqual([]);
    // Authors have authors for mentors.
    expect(neighbourhood(shop, idOf('Book'), 1).edges.some(({ from }) => from.property === 'mentor')).toBe(true);
    expect(around('Author').edges.some(({ from }) => from.property === 'mentor')).toBe(true);
    expect(book.tables).toHaveLength(neighbourhood(shop, idOf('Book'), 1).tables.length);
  });

  it('names a junction table in the header of the table behind it', () => {
    const { tables, edges } = around('Book');
    const tag = tables.find(({ name }) => name === 'Tag');
    expect(tag?.via).toBe('book_tags_tag');
    expect(tag && shapeTable(tag, 'keys', measure).note).toBe('via book_tags_tag');
    expect(tables.filter(({ via }) => via !== undefined)).toHaveLength(1);
    expect(edges.map(({ joinTable }) => joinTable)).toEqual(edges.map(() => null));
  });

  it('is not widened by a long name of a junction table', () => {
    const tag = around('Book').tables.find(({ name }) => name === 'Tag');
    if (!tag) throw new Error('Books have tags.');
    expect(shapeTable({ ...tag, via: 'a_junction_table_with_a_very_long_name_indeed' }, 'names', measure).width).toBeLessThan(220);
  });
});
