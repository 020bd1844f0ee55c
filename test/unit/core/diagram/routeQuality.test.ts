import { describe, expect, it } from 'vitest';
import type { DiagramEdge, DiagramModel, DiagramTable } from '../../../../src/core/diagram/diagramModel';
import { hitTest } from '../../../../src/core/diagram/hitTest';
import { layoutDiagram } from '../../../../src/core/diagram/layoutDiagram';
import { toLayoutInput } from '../../../../src/core/diagram/layoutInput';
import { createEdgeRouter } from '../../../../src/core/diagram/routeEdges';
import { buildScene, type Scene, type SceneEdge } from '../../../../src/core/diagram/scene';
import { segmentsOf } from '../../../../src/core/diagram/segments';
import { createSpatialIndex } from '../../../../src/core/diagram/spatialIndex';
import { shapeTable } from '../../../../src/core/diagram/tableShape';
import { anEdge, aTable, bookshop, generatedModel } from './models';
import { routeQuality } from './routeQuality';

const measure = (text: string): number => text.length * 7;

function arranged(model: DiagramModel): Scene {
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  return buildScene(model, shapes, layoutDiagram(tables, edges, { aspect: 1.6 }));
}

/** The schema of an application with many customers in one database: each table refers to its tenant, most to their user, some to each other. */
function tenants(moduleCount: number, tablesPerModule: number): DiagramModel {
  const hubs = ['Tenant', 'User'].map((name) => aTable('core', name, ['id uuid PK', 'name varchar']));
  const [tenant, user] = hubs as [DiagramTable, DiagramTable];
  const edges: DiagramEdge[] = [anEdge(user, tenant)];
  const others = Array.from({ length: moduleCount * tablesPerModule }, (_, index) => {
    const keys = ['tenantId uuid FK', ...(index % 3 === 0 ? [] : ['userId uuid FK']), ...(index % 2 === 0 ? [] : [`t${index - 1}Id uuid FK`])];
    return aTable(`m${Math.floor(index / tablesPerModule)}`, `T${index}`, ['id uuid PK', 'name varchar', 'note text', ...keys]);
  });
  others.forEach((table, index) => {
    edges.push(anEdge(table, tenant));
    if (index % 3 !== 0) edges.push(anEdge(table, user));
    const before = others[index - 1];
    if (index % 2 !== 0 && before) edges.push(anEdge(table, before));
  });
  const modules = ['core', ...Array.from({ length: moduleCount }, (_, index) => `m${index}`)].map((name) => ({ id: `src/${name}`, name }));
  return { tables: [...hubs, ...others], edges, modules, problems: [] };
}

/**
 * What was reached, with a little room. With each edge on a line of its own it was 1.1 crossings and 730 pixels of lines for each edge of
 * the sixty tables, 4.4 and 1,740 for those of the three hundred, 1.0 and 500 for those of the tenants.
 */
describe('the edges of an arranged picture', () => {
  it.each([
    { name: 'a bookshop', model: bookshop(), crossingsPerEdge: 0.6, inkPerEdge: 420 },
    { name: 'sixty tables', model: generatedModel(61), crossingsPerEdge: 0.85, inkPerEdge: 710 },
    { name: 'three hundred tables', model: generatedModel(300), crossingsPerEdge: 3.6, inkPerEdge: 1640 },
    { name: 'the tables of many tenants', model: tenants(9, 10), crossingsPerEdge: 0.97, inkPerEdge: 365 },
  ])('of $name cross seldom, are short, and leave boxes alone', ({ model, crossingsPerEdge, inkPerEdge }) => {
    const scene = arranged(model);
    const { crossings, ink, throughBoxes } = routeQuality(scene);
    expect(throughBoxes).toBe(0);
    expect(crossings / scene.edges.length).toBeLessThanOrEqual(crossingsPerEdge);
    expect(ink / scene.edges.length).toBeLessThanOrEqual(inkPerEdge);
  });
});

describe('edges to one row', () => {
  const author = aTable('m', 'Author', ['id int PK']);
  const books = [0, 1, 2].map((index) => aTable('m', `Book${index}`, ['id int PK', 'authorId int FK']));
  const wall = aTable('m', 'Wall', ['id int PK', ...Array.from({ length: 20 }, (_, index) => `c${index} int`)]);
  const modules = [{ id: 'src/m', name: 'm' }];
  const shapes = new Map([author, ...books, wall].map((table) => [table.id, shapeTable(table, 'all', measure)]));
  /** The books behind a wall from the author, one below the other. */
  const positions = new Map([
    [author.id, { x: 0, y: 0 }],
    [wall.id, { x: 400, y: -100 }],
    ...books.map((book, index) => [book.id, { x: 800, y: 40 + index * 140 }] as const),
  ]);

  function routesOf(edges: readonly DiagramEdge[]): readonly (readonly string[])[] {
    const scene = buildScene({ tables: [author, ...books, wall], edges, modules, problems: [] }, shapes, positions);
    const router = createEdgeRouter(scene);
    return scene.edges.map((edge) => segmentsOf(router.route(edge)).map(({ a, b }) => `${a.x === b.x ? 'x' : 'y'}${a.x === b.x ? a.x : a.y}`));
  }

  it('run on one line as far as they can', () => {
    const routes = routesOf(books.map((book) => anEdge(book, author)));
    const [first = [], ...others] = routes;
    // Around the wall on its one side, and into the row.
    for (const route of others) expect(route.slice(-3)).toEqual(first.slice(-3));
  });

  it('are told together where one points at the line, and alone where each runs by itself', () => {
    const scene = buildScene(
      { tables: [author, ...books, wall], edges: books.map((book) => anEdge(book, author)), modules, problems: [] },
      shapes,
      positions,
    );
    const router = createEdgeRouter(scene);
    const routes = scene.edges.map((edge) => router.route(edge));
    const targets = {
      scene,
      boxIndex: createSpatialIndex(scene.boxes, (box) => box),
      edgeIndex: createSpatialIndex(scene.edges, () => scene.bounds),
      routeOf: (edge: SceneEdge) => router.route(edge),
      pillOf: () => null,
    };
    const [beside, own] = [routes[2]?.at(-2), routes[2]?.[0]];
    if (!beside || !own) throw new Error('A route has corners.');
    const together = hitTest(targets, beside, 3);
    if (together.kind !== 'edge') throw new Error('The trunk is there.');
    expect([together.edge, ...(together.sharing ?? [])].map(({ edge }) => edge.id).sort()).toEqual(scene.edges.map(({ edge }) => edge.id).sort());
    const alone = hitTest(targets, { x: own.x - 12, y: own.y }, 3);
    expect(alone).toEqual({ kind: 'edge', edge: scene.edges[2] });
  });

  it('keep apart where pills must tell whose they are', () => {
    const routes = routesOf(books.map((book) => anEdge(book, author, { kind: 'many-to-many', joinTable: 'author_book' })));
    expect(new Set(routes.map((route) => route.slice(-3, -1).join())).size).toBe(3);
  });

  it('are routed anew without a trunk that is gone', () => {
    const edges = books.map((book) => anEdge(book, author));
    const model = { tables: [author, ...books, wall], edges, modules, problems: [] };
    const before = buildScene(model, shapes, positions);
    const router = createEdgeRouter(before);
    for (const edge of before.edges) router.route(edge);
    const later = buildScene({ ...model, edges: edges.slice(1) }, shapes, positions, undefined, before);
    const alone = createEdgeRouter(buildScene({ ...model, edges: [] }, shapes, positions), createEdgeRouter(later, router));
    const last = buildScene({ ...model, edges: edges.slice(0, 1) }, shapes, positions);
    const [edge] = last.edges;
    if (!edge) throw new Error('One edge was left.');
    expect(createEdgeRouter(last, alone).route(edge)).toEqual(createEdgeRouter(last).route(edge));
  });
});
