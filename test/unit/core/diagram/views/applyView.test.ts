import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../../../../src/core/diagram/diagramModel';
import { applyView } from '../../../../../src/core/diagram/views/applyView';
import { emptyFilter, emptyView, isJunctionDrawn, showsPart, type DiagramFilter } from '../../../../../src/core/diagram/views/diagramView';
import { facetsOf, revealTables } from '../../../../../src/core/diagram/views/filterDiagram';
import { edgeOfJunction, junctionIdOf } from '../../../../../src/core/diagram/views/junctionTables';
import { bookshop } from '../models';

const shop = bookshop();
const idOf = (name: string): string => shop.tables.find((table) => table.name === name)?.id ?? '';
const names = ({ tables }: DiagramModel): string[] => tables.map(({ name }) => name).sort();
const filtered = (filter: Partial<DiagramFilter>) => applyView(shop, { ...emptyView, filter: { ...emptyFilter, ...filter } }).model;

describe('a view’s filter', () => {
  it('shows everything by default, as it is', () => {
    expect(applyView(shop, emptyView)).toEqual({ whole: shop, model: shop, groups: new Map() });
    expect(showsPart(emptyView)).toBe(false);
  });

  it.each<[string, Partial<DiagramFilter>, string[]]>([
    ['a module', { modules: ['src/sales'] }, ['BookSales', 'Customer', 'Order', 'OrderLine']],
    ['two modules', { modules: ['src/sales', 'src/community'] }, ['BookSales', 'Customer', 'Order', 'OrderLine', 'Review']],
    ['a folder', { folders: ['/shop/community'] }, ['Review']],
    ['a folder, not one that begins alike', { folders: ['/shop/comm'] }, []],
    ['views', { kinds: ['view'] }, ['BookSales']],
    ['trees and children', { kinds: ['tree', 'child'] }, ['Category', 'PrintedBook']],
    ['embedded values', { kinds: ['embedded'] }, ['Publisher']],
    ['a text in a name', { text: 'order' }, ['Customer', 'Order', 'OrderLine']],
    ['words that all stand in it', { text: 'order quantity' }, ['OrderLine']],
    ['a module and a kind together', { modules: ['src/sales'], kinds: ['link', 'view'] }, ['BookSales', 'OrderLine']],
    ['what was hidden by hand', { modules: ['src/sales'], hidden: [idOf('Order')] }, ['BookSales', 'Customer', 'OrderLine']],
    ['what was revealed by hand', { kinds: ['view'], revealed: [idOf('Tag')] }, ['BookSales', 'Tag']],
    ['nothing that is both revealed and hidden', { kinds: ['view'], revealed: [idOf('Tag')], hidden: [idOf('Tag')] }, ['BookSales']],
  ])('by %s', (_, filter, shown) => {
    expect(names(filtered(filter))).toEqual(shown);
  });

  it('by a DataSource, where entities tell theirs', () => {
    const two: DiagramModel = {
      ...shop,
      tables: shop.tables.map((table) => ({ ...table, dataSources: table.module === 'src/sales' ? ['sales', 'reports'] : ['shop'] })),
    };
    const view = { ...emptyView, filter: { ...emptyFilter, dataSources: ['reports'] } };
    expect(names(applyView(two, view).model)).toEqual(['BookSales', 'Customer', 'Order', 'OrderLine']);
    expect(facetsOf(two).dataSources.map(({ value, count }) => [value, count])).toEqual([
      ['reports', 4],
      ['sales', 4],
      ['shop', 8],
    ]);
    expect(facetsOf(shop).dataSources).toEqual([]);
  });

  it('shows tables as well, naming none that it would show anyway', () => {
    const [tag, order] = [idOf('Tag'), idOf('Order')];
    const revealed = (filter: Partial<DiagramFilter>, ids: string[]): Partial<DiagramFilter> => {
      const { hidden, revealed: beside } = revealTables(shop, { ...emptyView, filter: { ...emptyFilter, ...filter } }, ids);
      return { hidden, revealed: beside };
    };
    expect(revealed({ hidden: [tag, order] }, [tag])).toEqual({ hidden: [order], revealed: [] });
    expect(revealed({ modules: ['src/sales'], hidden: [tag] }, [tag, order])).toEqual({ hidden: [], revealed: [tag] });
    expect(revealed({ modules: ['src/sales'], revealed: [tag] }, [tag])).toEqual({ hidden: [], revealed: [tag] });
  });

  it('keeps to what is near a table, and to everything where that table is gone', () => {
    const near = (depth: number, table = idOf('Tag')) => names(applyView(shop, { ...emptyView, focus: { table, depth } }).model);
    expect(near(1)).toEqual(['Book', 'Tag']);
    expect(near(2)).toEqual(['Author', 'Book', 'OrderLine', 'PrintedBook', 'Publisher', 'Review', 'Tag']);
    expect(near(1, 'gone')).toHaveLength(12);
  });

  it('tells which neighbours a table at the border has lost', () => {
    const { tables } = filtered({ modules: ['src/sales'] });
    const hidden = Object.fromEntries(tables.map(({ name, hiddenNeighbours = [] }) => [name, hiddenNeighbours]));
    expect(hidden).toEqual({ BookSales: [], Customer: [idOf('Review')], Order: [], OrderLine: [idOf('Book')] });
  });

  it('counts what there is to choose from', () => {
    const { modules, kinds } = facetsOf(shop);
    expect(modules.map(({ label, count }) => [label, count])).toEqual([
      ['catalog', 7],
      ['community', 1],
      ['sales', 4],
    ]);
    expect(kinds.map(({ value, count }) => `${value} ${count}`)).toEqual(['entity 8', 'view 1', 'tree 1', 'child 1', 'link 1', 'embedded 1']);
  });

  it('offers folders from where they part, unless they are the modules again', () => {
    expect(facetsOf(shop).folders).toEqual([]);
    const flat: DiagramModel = { ...shop, tables: shop.tables.map((table) => ({ ...table, module: 'all' })) };
    expect(facetsOf(flat).folders).toEqual([
      { value: '/shop/catalog', label: 'catalog', count: 7 },
      { value: '/shop/community', label: 'community', count: 1 },
      { value: '/shop/sales', label: 'sales', count: 4 },
    ]);
  });

  it('offers no choice of one', () => {
    const one: DiagramModel = { ...shop, tables: shop.tables.slice(0, 1), edges: [] };
    expect(facetsOf(one)).toEqual({ modules: [], folders: [], dataSources: [], kinds: [] });
  });
});

describe('junction tables', () => {
  const withColumns: DiagramModel = {
    ...shop,
    edges: shop.edges.map((edge) => (edge.joinTable === null ? edge : { ...edge, joinColumns: { from: ['bookId'], to: ['tagId'] } })),
  };
  const tags = `${idOf('Book')}.tags`;
  const drawn = applyView(withColumns, { ...emptyView, junctionsOtherwise: new Set([tags]) });
  const junction = drawn.model.tables.find(({ look }) => look === 'junction');

  it('are folded unless the view or the relation says otherwise', () => {
    expect(applyView(withColumns, emptyView).model).toEqual(withColumns);
    const all = { ...emptyView, junctions: 'drawn' as const };
    expect(applyView(withColumns, all).model.tables.filter(({ look }) => look === 'junction')).toHaveLength(2);
    expect(isJunctionDrawn({ ...all, junctionsOtherwise: new Set([tags]) }, tags)).toBe(false);
    expect(isJunctionDrawn({ ...emptyView, junctionsOtherwise: new Set([tags]) }, tags)).toBe(true);
  });

  it('are drawn as a box with both foreign keys, which are its key', () => {
    expect(junction).toMatchObject({ name: 'book_tags_tag', table: 'book_tags_tag', module: 'src/catalog', type: 'junction' });
    expect(junction?.columns.map(({ column, type, primary, foreign }) => [column, type, primary, foreign])).toEqual([
      ['bookId', 'int', true, true],
      ['tagId', 'int', true, true],
    ]);
    expect(edgeOfJunction(withColumns, junction?.id ?? '')?.id).toBe(tags);
  });

  it('stand between two many-to-one edges in the place of the one edge', () => {
    const ids = drawn.model.edges.map(({ id }) => id);
    expect(ids).not.toContain(tags);
    const halves = drawn.model.edges.filter(({ from }) => from.table === junction?.id);
    expect(halves.map(({ id, from, to }) => [id, from.columns, from.max, to.table, to.max, to.optional])).toEqual([
      [`${tags}#owner`, ['bookId'], 'many', idOf('Book'), 'one', false],
      [`${tags}#inverse`, ['tagId'], 'many', idOf('Tag'), 'one', false],
    ]);
    expect(halves[0]?.description).toBe(
      'Each row of book_tags_tag joins exactly one Book (Book.tags) to one Tag. Foreign key book_tags_tag.bookId → book.id.',
    );
  });

  it('can be filtered by, and go with a table that is left out', () => {
    const view = { ...emptyView, junctions: 'drawn' as const, filter: { ...emptyFilter, kinds: ['junction' as const] } };
    expect(names(applyView(withColumns, view).model)).toEqual(['book_tags_tag', 'customer_following_customer']);
    expect(junctionIdOf({ id: tags, joinTable: 'book_tags_tag' })).toBe(junction?.id);
  });
});

describe('a view’s colours', () => {
  it('are a table’s own before its module’s', () => {
    const view = {
      ...emptyView,
      moduleColours: new Map([['src/sales', 'amber' as const]]),
      tableColours: new Map([[idOf('Order'), 'pink' as const]]),
    };
    const { tables, modules } = applyView(shop, view).model;
    const colours = Object.fromEntries(tables.map(({ name, colour }) => [name, colour]));
    expect([colours['Order'], colours['Customer'], colours['Book']]).toEqual([6, 3, undefined]);
    expect(modules.map(({ name, colour }) => [name, colour])).toContainEqual(['sales', 3]);
  });
});

describe('modules that a view names', () => {
  const several: DiagramModel = {
    ...shop,
    tables: shop.tables.map((table) => ({ ...table, module: `shop/${table.module}` })),
    modules: shop.modules.map((module) => ({ ...module, id: `shop/${module.id}` })),
  };
  const sales = ['BookSales', 'Customer', 'Order', 'OrderLine'];
  const by = (model: DiagramModel, module: string) => applyView(model, { ...emptyView, filter: { ...emptyFilter, modules: [module] } }).model;

  it('are found again where their folder is one of several in the workspace, or alone', () => {
    expect(names(by(several, 'src/sales'))).toEqual(sales);
    expect(names(by(several, 'shop/src/sales'))).toEqual(sales);
    expect(names(by(shop, 'shop/src/sales'))).toEqual(sales);
    const painted = applyView(several, { ...emptyView, moduleColours: new Map([['src/sales', 'amber']]) }).model;
    expect(painted.tables.filter(({ colour }) => colour !== undefined).map(({ name }) => name)).toHaveLength(4);
  });

  it('are no others where one of that name is there', () => {
    const two: DiagramModel = {
      ...shop,
      tables: shop.tables.map((table) => (table.name === 'Tag' ? { ...table, module: 'api/src/sales' } : table)),
      modules: [...shop.modules, { id: 'api/src/sales', name: 'api/src/sales' }],
    };
    expect(names(by(two, 'src/sales'))).toEqual(sales);
    expect(names(by(two, 'api/src/sales'))).toEqual(['Tag']);
    expect(names(by(shop, 'src/gone'))).toEqual([]);
  });
});

describe('a view’s groups', () => {
  const groups = applyView(shop, { ...emptyView, grouping: 'relations' }).groups;
  const modulesOf = ({ tables }: DiagramModel): string[] => [...new Set(tables.map(({ module }) => module))].sort();

  it('are found by relations where one asks for them, junction tables with their owners', () => {
    const { whole } = applyView(shop, { ...emptyView, grouping: 'relations', junctions: 'drawn' });
    expect(modulesOf(whole).every((module) => module.startsWith('~'))).toBe(true);
    expect(groups.size).toBe(shop.tables.length);
  });

  it('are not looked for while tables stand where they were arranged by folders', () => {
    const apart: DiagramModel = { ...shop, tables: shop.tables.map((table) => ({ ...table, module: `src/${table.name}` })) };
    expect(modulesOf(applyView(apart, emptyView).model).some((module) => module.startsWith('~'))).toBe(true);
    const arranged = { ...emptyView, positions: new Map(apart.tables.map(({ id }) => [id, { x: 0, y: 0 }])) };
    expect(modulesOf(applyView(apart, arranged).model)).toEqual(modulesOf(apart));
    expect(modulesOf(applyView(apart, { ...arranged, groups }).model).some((module) => module.startsWith('~'))).toBe(true);
  });

  it('leave filters by folder as they were, and can be filtered by', () => {
    const view = { ...emptyView, grouping: 'relations' as const };
    expect(names(applyView(shop, { ...view, filter: { ...emptyFilter, modules: ['src/sales'] } }).model)).toEqual([
      'BookSales',
      'Customer',
      'Order',
      'OrderLine',
    ]);
    const own = `~${groups.get(idOf('Book')) ?? ''}`;
    expect(names(applyView(shop, { ...view, filter: { ...emptyFilter, modules: [own] } }).model)).toContain('Book');
  });
});
