import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../../../src/core/diagram/diagramModel';
import { boundsOf, inflate, intersects, type Point } from '../../../../src/core/diagram/geometry';
import { layoutDiagram } from '../../../../src/core/diagram/layoutDiagram';
import { pillRect } from '../../../../src/core/diagram/paint';
import { toLayoutInput } from '../../../../src/core/diagram/layoutInput';
import { createEdgeRouter } from '../../../../src/core/diagram/routeEdges';
import { segmentsOf } from '../../../../src/core/diagram/segments';
import { buildScene, type Scene } from '../../../../src/core/diagram/scene';
import { searchPath } from '../../../../src/core/diagram/searchPath';
import { withoutRest } from '../../../../src/core/diagram/steps';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { anEdge, aTable, bookshop, generatedModel } from './models';

const measure = (text: string): number => text.length * 7;

function sceneOf(model: DiagramModel, positions: ReadonlyMap<string, Point>): Scene {
  return buildScene(model, new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)])), positions);
}

function arranged(model: DiagramModel): Scene {
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  const positions = layoutDiagram(tables, edges, { aspect: 1.6 });
  return buildScene(model, shapes, positions);
}

/** Stretches that run through a box; the two that end at a box may touch it. */
function crossings(scene: Scene): string[] {
  const router = createEdgeRouter(scene);
  return scene.edges.flatMap((edge) =>
    segmentsOf(router.route(edge)).flatMap(({ a, b }) => {
      const area = boundsOf([
        { ...a, width: 0.1, height: 0.1 },
        { ...b, width: 0.1, height: 0.1 },
      ]);
      return scene.boxes.filter((box) => intersects(inflate(box, -1), area)).map((box) => `${edge.edge.id} through ${box.table.name}`);
    }),
  );
}

/** Every table refers to every third, wherever that is, and every fifth to itself. */
function tangle(count: number, modules: number): DiagramModel {
  const tables = Array.from({ length: count }, (_, index) => aTable(`m${index % modules}`, `T${index}`, ['id int PK', ...foreignKeys(count, index)]));
  const edges = tables.flatMap((from, index) =>
    tables.filter((_, other) => refers(index, other)).map((to) => anEdge(from, to, { from: { columns: [`${to.name.toLowerCase()}Id`] } })),
  );
  return { tables, edges, modules: Array.from({ length: modules }, (_, index) => ({ id: `src/m${index}`, name: `m${index}` })), problems: [] };
}

function foreignKeys(count: number, index: number): string[] {
  return Array.from({ length: count }, (_, other) => other).flatMap((other) => (refers(index, other) ? [`t${other}Id int FK`] : []));
}

function refers(index: number, other: number): boolean {
  return index === other ? index % 5 === 0 : (index * 7 + other * 3) % 3 === 0;
}

/** Pairs of routes without a common port that run on the same line for a while. */
function overlapsOf(scene: Scene): number {
  const router = createEdgeRouter(scene);
  const stretches = scene.edges.flatMap((edge) =>
    segmentsOf(router.route(edge)).map(({ a, b }) => {
      const upright = a.x === b.x;
      const [low, high] = upright ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
      return { upright, at: upright ? a.x : a.y, low, high, keys: [edge.from.key, edge.to.key] };
    }),
  );
  return stretches.flatMap((one, index) =>
    stretches
      .slice(index + 1)
      .filter((other) => one.upright === other.upright && Math.abs(one.at - other.at) < 1.5)
      .filter((other) => Math.min(one.high, other.high) - Math.max(one.low, other.low) > 4)
      .filter((other) => !one.keys.some((key) => other.keys.includes(key))),
  ).length;
}

describe('routes', () => {
  it('are orthogonal, and start and end at the rows of their columns', () => {
    const scene = arranged(bookshop());
    const router = createEdgeRouter(scene);
    for (const edge of scene.edges) {
      const points = router.route(edge);
      expect(segmentsOf(points).every(({ a, b }) => a.x === b.x || a.y === b.y)).toBe(true);
      expect(points[0]?.y).toBe(edge.from.y);
      expect(points.at(-1)?.y).toBe(edge.to.y);
      expect([edge.from.box.x, edge.from.box.x + edge.from.box.width]).toContain(points[0]?.x);
      expect([edge.to.box.x, edge.to.box.x + edge.to.box.width]).toContain(points.at(-1)?.x);
    }
  });

  it.each([
    ['a bookshop', bookshop()],
    ['30 tables', generatedModel(30)],
    ['61 tables', generatedModel(61)],
    ['300 tables in 17 modules', generatedModel(300)],
    ['tables that all refer to each other, and to themselves', tangle(14, 1)],
    ['a tangle over four modules', tangle(36, 4)],
  ])('cross no box of %s', (_, model) => {
    expect(crossings(arranged(model))).toEqual([]);
  });

  it('hardly ever run on top of each other', () => {
    for (const model of [bookshop(), generatedModel(61), generatedModel(120)]) {
      const scene = arranged(model);
      expect(overlapsOf(scene)).toBeLessThanOrEqual(scene.edges.length / 40);
    }
  });

  it('go round a box that stands in the way', () => {
    const author = aTable('m', 'Author', ['id int PK']);
    const wall = aTable('m', 'Wall', ['id int PK', 'a int', 'b int', 'c int', 'd int']);
    const book = aTable('m', 'Book', ['id int PK', 'authorId int FK']);
    const model: DiagramModel = { tables: [author, wall, book], edges: [anEdge(book, author)], modules: [{ id: 'src/m', name: 'm' }], problems: [] };
    const scene = sceneOf(
      model,
      new Map([
        [author.id, { x: 0, y: 50 }],
        [wall.id, { x: 300, y: 0 }],
        [book.id, { x: 600, y: 40 }],
      ]),
    );
    expect(crossings(scene)).toEqual([]);
    const [edge] = scene.edges;
    if (!edge) throw new Error('One edge was given.');
    expect(createEdgeRouter(scene).route(edge).length).toBeGreaterThanOrEqual(4);
  });

  it('are searched for with rests between the searches, and come out the same', () => {
    const scene = arranged(generatedModel(150));
    const router = createEdgeRouter(scene);
    const inSteps = createEdgeRouter(scene);
    const rests = scene.edges.map((edge) => {
      const steps = inSteps.routeInSteps(edge);
      let count = 0;
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) count++;
      expect(step.value).toEqual(router.route(edge));
      return count;
    });
    expect(Math.max(...rests)).toBeGreaterThan(1);
  });

  it('that were found while a search for them rested are kept', () => {
    const scene = arranged(generatedModel(150));
    const router = createEdgeRouter(scene);
    const searches = scene.edges.map((edge) => ({ edge, steps: router.routeInSteps(edge) })).filter(({ steps }) => steps.next().done !== true);
    expect(searches.length).toBeGreaterThan(10);
    for (const { edge, steps } of searches) {
      const found = router.route(edge);
      expect(withoutRest(steps)).toBe(found);
    }
  });

  it('keep beside each other where they would run on top of each other', () => {
    const left = ['A', 'B', 'C'].map((name) => aTable('m', name, ['id int PK']));
    const right = ['X', 'Y', 'Z'].map((name, index) => aTable('m', name, ['id int PK', `${['c', 'b', 'a'][index] ?? ''}Id int FK`]));
    const edges = right.flatMap((from, index) => {
      const to = left[2 - index];
      return to ? [anEdge(from, to)] : [];
    });
    const model: DiagramModel = { tables: [...left, ...right], edges, modules: [{ id: 'src/m', name: 'm' }], problems: [] };
    const positions = new Map<string, Point>([
      ...left.map((table, index) => [table.id, { x: 0, y: index * 120 }] as const),
      ...right.map((table, index) => [table.id, { x: 400, y: index * 120 }] as const),
    ]);
    const scene = sceneOf(model, positions);
    const router = createEdgeRouter(scene);
    const uprights = scene.edges.flatMap((edge) => segmentsOf(router.route(edge)).filter(({ a, b }) => a.x === b.x && Math.abs(a.y - b.y) > 20));
    expect(uprights.length).toBeGreaterThan(1);
    expect(new Set(uprights.map(({ a }) => a.x)).size).toBe(uprights.length);
  });

  it('stay as they were where only another box moved, and give way where it moved onto them', () => {
    const [author, book, other] = [
      aTable('m', 'Author', ['id int PK']),
      aTable('m', 'Book', ['id int PK', 'authorId int FK']),
      aTable('m', 'Other', ['id int PK']),
    ];
    const model: DiagramModel = { tables: [author, book, other], edges: [anEdge(book, author)], modules: [{ id: 'src/m', name: 'm' }], problems: [] };
    const placed = (x: number, y: number): Scene =>
      sceneOf(
        model,
        new Map<string, Point>([
          [author.id, { x: 0, y: 0 }],
          [book.id, { x: 600, y: 60 }],
          [other.id, { x, y }],
        ]),
      );
    const routeIn = (
      scene: Scene,
      before?: ReturnType<typeof createEdgeRouter>,
    ): { router: ReturnType<typeof createEdgeRouter>; points: readonly Point[] } => {
      const router = createEdgeRouter(scene, before);
      const [edge] = scene.edges;
      return { router, points: edge ? router.route(edge) : [] };
    };
    const first = routeIn(placed(2000, 2000));
    expect(routeIn(placed(2000, 900), first.router).points).toBe(first.points);
    const blocked = placed(300, 20);
    expect(routeIn(blocked, first.router).points).not.toEqual(first.points);
    expect(crossings(blocked)).toEqual([]);
  });

  it('are found for two hundred relations between two tables', () => {
    const author = aTable('m', 'Author', ['id int PK']);
    const book = aTable('m', 'Book', ['id int PK', ...Array.from({ length: 200 }, (_, index) => `author${index}Id int FK`)]);
    const edges = Array.from({ length: 200 }, (_, index) => anEdge(book, author, { from: { property: `author${index}` } }));
    const model: DiagramModel = { tables: [author, book], edges, modules: [{ id: 'src/m', name: 'm' }], problems: [] };
    const scene = sceneOf(
      model,
      new Map<string, Point>([
        [author.id, { x: 0, y: 0 }],
        [book.id, { x: 500, y: 0 }],
      ]),
    );
    expect(scene.edges).toHaveLength(200);
    expect(crossings(scene)).toEqual([]);
  });

  it('leave a self-relation as a loop beside its box', () => {
    const scene = arranged(bookshop());
    const loop = scene.edges.find(({ edge }) => edge.from.property === 'parent');
    if (!loop) throw new Error('Categories have parents.');
    const points = createEdgeRouter(scene).route(loop);
    expect(points).toHaveLength(4);
    expect(points[0]?.y).not.toBe(points[3]?.y);
  });
});

describe('the pill of a self-relation', () => {
  it.each(['follows', 'customer_following_customer', 'a_junction_table_with_a_name_that_is_very_long_indeed'])(
    'stands in its module: %s',
    (joinTable) => {
      const customer = aTable('m', 'Customer', ['id int PK', 'name varchar']);
      const other = aTable('m', 'Other', ['id int PK', 'customerId int FK']);
      const edges = [anEdge(customer, customer, { kind: 'many-to-many', joinTable, from: { property: 'following' } }), anEdge(other, customer)];
      const scene = arranged({ tables: [customer, other], edges, modules: [{ id: 'src/m', name: 'm' }], problems: [] });
      const [loop, ...rest] = scene.edges;
      const [module] = scene.modules;
      if (!loop || !module) throw new Error('The loop is there.');
      const router = createEdgeRouter(scene);
      // Whatever ran there before it.
      for (const edge of rest) router.route(edge);
      const pill = pillRect(loop, router.route(loop), null, measure);
      if (!pill) throw new Error('The loop has a pill.');
      expect(pill.x + pill.width).toBeLessThanOrEqual(module.x + module.width);
      expect(scene.boxes.filter((box) => intersects(box, pill))).toEqual([]);
    },
  );
});

describe('the pill of an edge', () => {
  it('stands where it covers no box, and rather not at a row that other edges share', () => {
    const [book, tag] = [aTable('m', 'Book', ['id int PK']), aTable('m', 'Tag', ['id int PK'])];
    const edge = anEdge(book, tag, { kind: 'many-to-many', joinTable: 'book_tags', from: { property: 'tags' } });
    const positions = new Map<string, Point>([
      [book.id, { x: 0, y: 0 }],
      [tag.id, { x: 900, y: 400 }],
    ]);
    const scene = sceneOf({ tables: [book, tag], edges: [edge], modules: [{ id: 'src/m', name: 'm' }], problems: [] }, positions);
    const [only] = scene.edges;
    if (!only) throw new Error('One edge was given.');
    const points = createEdgeRouter(scene).route(only);
    const [, bend, next] = points;
    expect(points).toHaveLength(4);
    const placeOf = (taken: (y: number) => boolean): Point | undefined => {
      const pill = pillRect(only, points, null, measure, ({ y, height }) => !taken(y + height / 2));
      return pill ? { x: pill.x + pill.width / 2, y: pill.y + pill.height / 2 } : undefined;
    };
    const middle = ((bend?.y ?? 0) + (next?.y ?? 0)) / 2;
    expect(placeOf(() => false)).toEqual({ x: bend?.x, y: middle });
    const [top, bottom] = [Math.min(bend?.y ?? 0, next?.y ?? 0), Math.max(bend?.y ?? 0, next?.y ?? 0)];
    expect(placeOf((y) => y > top && y < bottom)?.x).not.toBe(bend?.x);
  });

  it('moves along a stretch whose middle lies at a box, no farther than it must', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 400 },
      { x: 0, y: 400 },
    ];
    const [author, book] = [aTable('m', 'Author', ['id int PK']), aTable('m', 'Book', ['id int PK'])];
    const model = { tables: [author, book], edges: [anEdge(author, book, { kind: 'many-to-many', joinTable: 'author_books' })] };
    const [edge] = arranged({ ...model, modules: [{ id: 'src/m', name: 'm' }], problems: [] }).edges;
    if (!edge) throw new Error('One edge was given.');
    const between = (above: number, below: number): number | undefined =>
      pillRect(edge, points, null, measure, ({ y, height }) => y >= above && y + height <= below)?.y;
    expect(between(0, 400)).toBe(189);
    expect(between(240, 275)).toBe(189 + 56);
    expect(between(120, 150)).toBe(189 - 64);
    // Nowhere free: the middle, as where nobody asks.
    expect(between(500, 600)).toBe(189);
  });
});

describe('the search for a way', () => {
  const end = (x: number, y: number, side: 1 | -1): { port: Point; stub: Point } => ({ port: { x, y }, stub: { x: x + side * 24, y } });

  it('prefers few bends', () => {
    const way = searchPath({ starts: [end(0, 0, 1)], goals: [end(400, 100, -1)], obstacles: [], clearance: 10, channel: 24 });
    expect(way).toHaveLength(4);
  });

  it('answers null where there is none', () => {
    const walls = [
      { x: 60, y: -500, width: 20, height: 1000 },
      { x: -500, y: -500, width: 560, height: 440 },
      { x: -500, y: 60, width: 560, height: 440 },
      { x: -500, y: -80, width: 400, height: 160 },
    ];
    expect(searchPath({ starts: [end(0, 0, 1)], goals: [end(400, 0, -1)], obstacles: walls, clearance: 10, channel: 24 })).toBeNull();
  });
});
