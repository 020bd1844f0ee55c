import { describe, expect, it } from 'vitest';
import { describePath, findPaths, manyAlong, toQueryBuilder, toRelationsOption } from '../../../../src/core/diagram/findPaths';
import { graphToDiagram } from '../../../../src/core/diagram/graphToDiagram';
import { bookshop, generatedModel } from './models';
import { libraryGraph } from './graphs';

const library = graphToDiagram(libraryGraph());
const shop = bookshop();
const idOf = (model: typeof shop, name: string): string => model.tables.find((table) => table.name === name)?.id ?? '';
const tell = (model: typeof shop, from: string, to: string): string[] =>
  findPaths(model, idOf(model, from), idOf(model, to)).map((path) =>
    describePath(path, (id) => model.tables.find((table) => table.id === id)?.name ?? ''),
  );

describe('paths between entities', () => {
  it('go along fields in both directions', () => {
    expect(tell(library, 'Tag', 'Profile')).toEqual(['Tag → books → author → profile']);
    expect(tell(library, 'Profile', 'Tag')).toEqual(['Profile → author → books → tags']);
  });

  it('list every simple way, the shortest first', () => {
    expect(tell(shop, 'Order', 'Book')).toEqual(['Order → lines → book', 'Order → customer → reviews → book']);
  });

  it('say where a hop has no field, and put such a way behind', () => {
    expect(tell(shop, 'Book', 'Order')).toEqual(['Book → (OrderLine) → order', 'Book → reviews → customer → orders']);
  });

  it('do not follow inheritance, and end nowhere where there is no way', () => {
    expect(tell(shop, 'PrintedBook', 'Author')).toEqual([]);
    expect(tell(shop, 'Category', 'Book')).toEqual([]);
  });

  it('stay bounded in a schema with very many ways', () => {
    const large = generatedModel(1000);
    const [first, last] = [large.tables[3]?.id ?? '', large.tables[990]?.id ?? ''];
    expect(findPaths(large, first, last, { limit: 5 }).length).toBeLessThanOrEqual(5);
  });
});

describe('the relations option of a path', () => {
  it('nests the fields', () => {
    const [path] = findPaths(library, idOf(library, 'Tag'), idOf(library, 'Profile'));
    expect(toRelationsOption(path ?? [])).toBe('{ books: { author: { profile: true } } }');
  });

  it('reaches relations of embedded values through the embedded value', () => {
    const [path] = findPaths(library, idOf(library, 'Book'), idOf(library, 'Author'));
    expect(toRelationsOption((path ?? []).map((hop) => ({ ...hop, property: 'origin.author' })))).toBe('{ origin: { author: true } }');
  });

  it('is null where a hop has no field', () => {
    const [path] = findPaths(shop, idOf(shop, 'Book'), idOf(shop, 'Order'));
    expect(toRelationsOption(path ?? [])).toBeNull();
    expect(toRelationsOption([])).toBeNull();
  });
});

describe('what loading along a path costs', () => {
  const nameOf = (id: string): string => library.tables.find((table) => table.id === id)?.name ?? '';

  it('counts the fields that lead to many', () => {
    const [there] = findPaths(library, idOf(library, 'Profile'), idOf(library, 'Tag'));
    const [back] = findPaths(library, idOf(library, 'Book'), idOf(library, 'Profile'));
    expect(manyAlong(there ?? [], nameOf)).toEqual(['books', 'tags']);
    expect(manyAlong(back ?? [], nameOf)).toEqual([]);
  });

  it('is joined by a query builder, one join a line', () => {
    const [path] = findPaths(library, idOf(library, 'Tag'), idOf(library, 'Profile'));
    expect(toQueryBuilder(path ?? [], library)).toBe(`createQueryBuilder('tag')
  .leftJoinAndSelect('tag.books', 'books')
  .leftJoinAndSelect('books.author', 'author')
  .leftJoinAndSelect('author.profile', 'profile')`);
  });

  it('gives an alias that is taken a number', () => {
    const [path] = findPaths(library, idOf(library, 'Book'), idOf(library, 'Author'));
    const again = (path ?? []).map((hop) => ({ ...hop, property: 'book' }));
    expect(toQueryBuilder(again, library)).toBe(`createQueryBuilder('book')\n  .leftJoinAndSelect('book.book', 'book2')`);
  });

  it('is joined by the other side’s field where there is none in its direction, and multiplies rows the same', () => {
    const [fieldless] = findPaths(shop, idOf(shop, 'Book'), idOf(shop, 'Order'));
    expect(toQueryBuilder(fieldless ?? [], shop)).toBe(`createQueryBuilder('book')
  .leftJoinAndMapMany('book.orderLines', OrderLine, 'orderLines', 'orderLines.book = book.id')
  .leftJoinAndSelect('orderLines.order', 'order')`);
    expect(manyAlong(fieldless ?? [], (id) => shop.tables.find((table) => table.id === id)?.name ?? '')).toEqual(['OrderLine']);
  });

  it('has no joins where a condition on one column does not tell who belongs together', () => {
    const [path] = findPaths(shop, idOf(shop, 'Book'), idOf(shop, 'Order'));
    const composite = (path ?? []).map((hop) => ({ ...hop, edge: { ...hop.edge, to: { ...hop.edge.to, columns: ['id', 'edition'] } } }));
    const junction = (path ?? []).map((hop) => ({ ...hop, edge: { ...hop.edge, joinTable: 'book_orders' } }));
    expect([toQueryBuilder(composite, shop), toQueryBuilder(junction, shop)]).toEqual([null, null]);
  });
});
