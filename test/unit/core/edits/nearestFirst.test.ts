import { describe, expect, it } from 'vitest';
import { nearestFirst } from '../../../../src/core/edits/nearestFirst';
import type { Entity, RelationGraph } from '../../../../src/core/model/relationGraph';
import { anEntity, nowhere } from '../../builders/graphBuilder';

const entityIn = (name: string, file: string): Entity => anEntity(name, { id: `${file}#${name}`, source: { ...nowhere, file } });
const graphOf = (...entities: readonly Entity[]): RelationGraph => ({ entities, problems: [] });
const shop = entityIn('User', '/work/apps/shop/src/user.entity.ts');
const admin = entityIn('User', '/work/apps/admin/src/user.entity.ts');

describe('entities of one name', () => {
  it('stand in the order of their nearness to the file', () => {
    const graph = graphOf(shop, admin);
    expect(nearestFirst(graph, '/work/apps/admin/src/user.service.ts').entities).toEqual([admin, shop]);
    expect(nearestFirst(graph, '/work/apps/shop/src/user.service.ts').entities).toEqual([shop, admin]);
    expect(nearestFirst(graph, '/work/libs/user.service.ts').entities).toEqual([shop, admin]);
  });

  it('are sorted once for all findings of a file', () => {
    const graph = graphOf(shop, admin);
    const sorted = nearestFirst(graph, '/work/apps/admin/src/user.service.ts');
    expect(nearestFirst(graph, '/work/apps/admin/src/user.service.ts')).toBe(sorted);
    expect(nearestFirst(graph, '/work/apps/shop/src/user.service.ts')).not.toBe(sorted);
  });

  it('leave a graph alone in which there are none', () => {
    const graph = graphOf(shop, entityIn('Order', '/work/apps/admin/src/order.entity.ts'));
    expect(nearestFirst(graph, '/work/apps/admin/src/user.service.ts')).toBe(graph);
  });
});
