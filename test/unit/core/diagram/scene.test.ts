import { describe, expect, it } from 'vitest';
import { detailAt } from '../../../../src/core/diagram/detail';
import { hitTest, type Hit, type HitTargets } from '../../../../src/core/diagram/hitTest';
import { createEdgeRouter } from '../../../../src/core/diagram/routeEdges';
import { assignColours, buildScene } from '../../../../src/core/diagram/scene';
import { searchDiagram, searchEntities } from '../../../../src/core/diagram/searchDiagram';
import { createSpatialIndex } from '../../../../src/core/diagram/spatialIndex';
import { fitText, shapeTable } from '../../../../src/core/diagram/tableShape';
import { pillRect } from '../../../../src/core/diagram/paint';
import { worstProblem } from '../../../../src/core/diagram/problemMarks';
import { aTable, bookshop } from './models';

const measure = (text: string): number => text.length * 7;
const shop = bookshop();
const shapes = new Map(shop.tables.map((table) => [table.id, shapeTable(table, 'all', measure)]));
const positions = new Map(shop.tables.map(({ id }, index) => [id, { x: (index % 4) * 500, y: Math.floor(index / 4) * 400 }]));
const scene = buildScene(shop, shapes, positions);
const idOf = (name: string): string => shop.tables.find((table) => table.name === name)?.id ?? '';

describe('the shape of a table', () => {
  const wide = aTable('m', 'Wide', [
    'id int PK',
    ...Array.from({ length: 500 }, (_, index) => `field${index} varchar`),
    'ownerId int FK',
    'slug varchar U',
  ]);

  it('marks keys and leaves other columns unmarked', () => {
    expect(shapes.get(idOf('OrderLine'))?.rows.map(({ mark, label }) => `${mark} ${label}`.trim())).toEqual([
      'PK FK orderId',
      'PK FK bookId',
      'quantity',
      'unitPriceCents',
      'order · book',
    ]);
  });

  it('shows keys of an entity with 500 columns and counts the rest', () => {
    const shape = shapeTable(wide, 'all', measure);
    expect(shape.rows.length).toBe(25);
    expect(shape.rows.map(({ label }) => label)).toEqual(expect.arrayContaining(['id', 'ownerId', 'slug', '479 more columns']));
  });

  it('holds only keys where keys are asked for, and nothing where names are', () => {
    expect(shapeTable(wide, 'keys', measure).rows.map(({ label }) => label)).toEqual(['id', 'ownerId', 'slug']);
    expect(shapeTable(wide, 'names', measure).rows).toEqual([]);
  });

  it('stays within its bounds for a name of 300 letters', () => {
    expect(shapeTable(aTable('m', 'N'.repeat(300), ['id int PK']), 'all', measure).width).toBe(440);
  });

  it('cuts text to a width', () => {
    expect(fitText('abcdefghij', 42, 'label', measure)).toBe('abcde…');
    expect(fitText('abc', 42, 'label', measure)).toBe('abc');
  });
});

describe('what lies under the pointer', () => {
  const router = createEdgeRouter(scene);
  const targets: HitTargets = {
    scene,
    boxIndex: createSpatialIndex(scene.boxes, (box) => box),
    edgeIndex: createSpatialIndex(scene.edges, () => scene.bounds),
    routeOf: (edge) => router.route(edge),
    pillOf: (edge) => pillRect(edge, router.route(edge), null, measure),
  };
  const tell = (hit: Hit): string => {
    switch (hit.kind) {
      case 'box':
        return `${hit.box.table.name}${hit.row ? `.${hit.row.label}` : ''}`;
      case 'edge':
        return `${hit.edge.edge.from.property ?? 'inheritance'} edge`;
      case 'hidden-mark':
        return `+${hit.box.table.hiddenNeighbours?.length ?? 0}`;
      case 'module':
        return `module ${hit.module.name}`;
      case 'nothing':
        return 'nothing';
    }
  };

  it('is the mark of a table whose neighbours are left out, also where it reaches out of the box', () => {
    const [box] = scene.boxes;
    if (!box) throw new Error('The scene has no box.');
    const below = { x: box.x + box.width - 20, y: box.y + box.height + 5 };
    expect(tell(hitTest(targets, below, 0))).not.toContain('+');
    const marked = { ...box, table: { ...box.table, hiddenNeighbours: ['a', 'b'] } };
    expect(tell(hitTest({ ...targets, boxIndex: createSpatialIndex([marked], (own) => own) }, below, 0))).toBe('+2');
  });

  it('is a box by its header and a column by its row', () => {
    const box = scene.boxById.get(idOf('Book'));
    if (!box) throw new Error('The shop has books.');
    expect(tell(hitTest(targets, { x: box.x + 20, y: box.y + 10 }, 5))).toBe('Book');
    expect(tell(hitTest(targets, { x: box.x + 20, y: box.y + 30 + 6 + 22 + 11 }, 5))).toBe('Book.title');
  });

  it('is an edge within a few pixels of it, and not beyond', () => {
    const edge = scene.edges.find((candidate) => candidate.edge.from.property === 'parent');
    const points = edge ? router.route(edge) : [];
    const corner = points[1];
    if (!corner) throw new Error('A loop has corners.');
    expect(tell(hitTest(targets, { x: corner.x + 3, y: corner.y + 4 }, 6))).toBe('parent edge');
    expect(tell(hitTest(targets, { x: corner.x + 9, y: corner.y + 8 }, 6))).not.toBe('parent edge');
  });

  it('is the junction table’s edge on its pill', () => {
    const edge = scene.edges.find((candidate) => candidate.edge.joinTable === 'book_tags_tag');
    const pill = edge ? targets.pillOf(edge) : null;
    if (!pill) throw new Error('Books have tags.');
    expect(tell(hitTest(targets, { x: pill.x + 4, y: pill.y + 4 }, 1))).toBe('tags edge');
  });

  it('is nothing outside of everything', () => {
    expect(tell(hitTest(targets, { x: -5000, y: -5000 }, 5))).toBe('nothing');
  });
});

describe('spatial index', () => {
  it('finds exactly what meets an area, large items too', () => {
    const items = [
      { name: 'small', x: 0, y: 0, width: 10, height: 10 },
      { name: 'far', x: 9000, y: 9000, width: 10, height: 10 },
      { name: 'huge', x: -50_000, y: -50_000, width: 100_000, height: 100_000 },
    ];
    const index = createSpatialIndex(items, (item) => item);
    expect(index.query({ x: 5, y: 5, width: 1, height: 1 }).map(({ name }) => name)).toEqual(['small', 'huge']);
    expect(index.query({ x: 20, y: 20, width: 1, height: 1 }).map(({ name }) => name)).toEqual(['huge']);
  });
});

describe('levels of detail', () => {
  it('go from dots over names and keys to all columns', () => {
    expect([0.03, 0.15, 0.4, 0.5, 1, 3].map(detailAt)).toEqual(['dots', 'names', 'keys', 'all', 'all', 'all']);
  });
});

describe('colours of modules', () => {
  it('stay when other modules come and go', () => {
    const before = assignColours(['a', 'c', 'd']);
    const after = assignColours(['a', 'b', 'c'], before);
    expect([after.get('a'), after.get('c')]).toEqual([before.get('a'), before.get('c')]);
    expect([before.get('a'), before.get('c')]).not.toContain(after.get('b'));
  });
});

describe('problems of a box', () => {
  const box = scene.boxById.get(idOf('Book'));
  it('stand at their row, and at the header only where they have none', () => {
    if (!box) throw new Error('The shop has books.');
    expect(worstProblem(box, 'authorId')).toBe('warning');
    expect(worstProblem(box, 'title')).toBeNull();
    expect(worstProblem(box, null)).toBeNull();
    expect(worstProblem(scene.boxById.get(idOf('Review')) ?? box, null)).toBe('info');
  });
});

describe('search', () => {
  const found = (query: string): string[] => searchDiagram(shop, query, 8).map(({ kind, label, detail }) => `${kind} ${label} (${detail})`);

  it('puts the equal name first, then the equal table, then beginnings', () => {
    expect(found('book').slice(0, 3)).toEqual([
      'entity Book (book · src/catalog)',
      'entity PrintedBook (book · src/catalog)',
      'entity BookSales (book_sales · src/sales)',
    ]);
  });

  it('finds tables by their name in the database and columns by theirs', () => {
    expect(found('order_l')[0]).toBe('entity OrderLine (order_line · src/sales)');
    expect(found('isbn')).toEqual(['column isbn (Book)']);
  });

  it('finds by the first letters of words', () => {
    expect(found('bs')[0]).toBe('entity BookSales (book_sales · src/sales)');
  });

  it('looks into an entity after a dot', () => {
    expect(found('Book.pub')).toEqual(['relation publisher (Book → )', 'column publisherId (Book)']);
  });

  it('calls a join column that no field declares by its own name, as its table does', () => {
    const [match] = searchDiagram(withPathOfKey(shop), 'Book.authorId', 8);
    expect([match?.label, match?.property]).toEqual(['authorId', 'author.id']);
  });

  it('among entities alone, where a table is asked for', () => {
    const entities = (query: string): string[] => searchEntities(shop, query, 8).map(({ kind, label }) => `${kind} ${label}`);
    expect(entities('order')).toEqual(['entity Order', 'entity OrderLine']);
    expect(entities('isbn')).toEqual([]);
    expect(entities('')).toHaveLength(8);
  });

  it('lists entities for nothing typed and nothing for nonsense', () => {
    expect(found('')).toHaveLength(8);
    expect(found('zzzz')).toEqual([]);
  });

  it('says which letters matched', () => {
    expect(searchDiagram(shop, 'sales', 1)[0]?.highlights).toEqual([4, 5, 6, 7, 8]);
  });
});

/** The join column as the graph tells it where only the relation is declared. */
function withPathOfKey(model: typeof shop): typeof shop {
  const tables = model.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => (column.column === 'authorId' ? { ...column, property: 'author.id', source: null } : column)),
  }));
  return { ...model, tables };
}
