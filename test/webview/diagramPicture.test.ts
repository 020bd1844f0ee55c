import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import type { Point } from '../../src/core/diagram/geometry';
import { buildScene } from '../../src/core/diagram/scene';
import { shapeTable } from '../../src/core/diagram/tableShape';
import { createPicture, type Picture } from '../../webview/diagram/picture';
import { aTable, anEdge } from '../unit/core/diagram/models';

const measure = (text: string): number => text.length * 7;

function pictureOf(model: DiagramModel, positions: ReadonlyMap<string, Point>): Picture {
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', measure)]));
  return createPicture(buildScene(model, shapes, positions), new Map(), measure);
}

const modules = [{ id: 'src/m', name: 'm' }];

describe('the edges in an area', () => {
  it('hold a loop of which only the far end of its pill is in view', () => {
    const customer = aTable('m', 'Customer', ['id int PK']);
    const follows = anEdge(customer, customer, { kind: 'many-to-many', joinTable: 'customer_following_customer', from: { property: 'following' } });
    const model: DiagramModel = { tables: [customer], edges: [follows], modules, problems: [] };
    const picture = pictureOf(model, new Map([[customer.id, { x: 0, y: 0 }]]));
    const [edge] = picture.scene.edges;
    const pill = edge && picture.pillOf(edge);
    if (!pill) throw new Error('The loop has a pill.');
    expect(picture.edgesIn({ x: pill.x + pill.width - 4, y: pill.y, width: 4, height: 4 })).toHaveLength(1);
    expect(picture.edgesIn({ x: pill.x + pill.width + 400, y: pill.y, width: 4, height: 4 })).toEqual([]);
  });

  it('hold one that takes a way far outside of its tables, once that is known', () => {
    const [author, book] = [aTable('m', 'Author', ['id int PK']), aTable('m', 'Book', ['id int PK', 'authorId int FK'])];
    const walls = Array.from({ length: 7 }, (_, index) => aTable('m', `Wall${index}`, ['id int PK', 'a int', 'b int', 'c int', 'd int', 'e int']));
    const model: DiagramModel = { tables: [author, book, ...walls], edges: [anEdge(book, author)], modules, problems: [] };
    // A wall between the two without a gap, high above and far below them.
    const positions = new Map<string, Point>([
      [author.id, { x: 0, y: 0 }],
      [book.id, { x: 800, y: 0 }],
      ...walls.map((wall, index) => [wall.id, { x: 400, y: (index - 3) * 174 }] as const),
    ]);
    const picture = pictureOf(model, positions);
    const [edge] = picture.scene.edges;
    if (!edge) throw new Error('One edge was given.');
    const points = picture.router.route(edge);
    const farthest = points.reduce((far, point) => (Math.abs(point.y) > Math.abs(far.y) ? point : far));
    expect(Math.abs(farthest.y)).toBeGreaterThan(300);
    expect(picture.edgesIn({ x: 400, y: farthest.y - 5, width: 100, height: 10 })).toEqual([edge]);
  });
});
