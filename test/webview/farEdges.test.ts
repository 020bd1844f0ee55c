import { describe, expect, it, test } from 'vitest';
import type { Scene } from '../../src/core/diagram/scene';
import { farStrength, findHubs } from '../../webview/diagram/farEdges';

const edge = (from: string, to: string) => ({ from: { box: { id: from } }, to: { box: { id: to } } });

describe('edges of hubs', () => {
  it('are those of tables with thirty edges and more, at either end', () => {
    const toTenant = Array.from({ length: 29 }, (_, index) => edge(`table${index}`, 'tenant'));
    const own = [edge('tenant', 'plan'), edge('table1', 'table2')];
    expect(findHubs([...toTenant, ...own]).edges).toEqual(new Set([...toTenant, own[0]]));
  });

  it('are none where relations are spread', () => {
    expect(findHubs(Array.from({ length: 29 }, (_, index) => edge(`table${index}`, 'tenant'))).edges.size).toBe(0);
    expect(findHubs(Array.from({ length: 40 }, (_, index) => edge(`table${index}`, `table${index + 1}`))).edges.size).toBe(0);
  });

  it('count a self-relation once', () => {
    expect(findHubs(Array.from({ length: 29 }, () => edge('node', 'node'))).edges.size).toBe(0);
  });

  it('are as strong as others at thirty, and give way the more there are, never wholly', () => {
    const strengthOf = (count: number) => findHubs(Array.from({ length: count }, (_, index) => edge(`table${index}`, 'tenant'))).strength;
    expect(strengthOf(30)).toBe(1);
    expect(strengthOf(120)).toBe(0.5);
    expect(strengthOf(10_000)).toBe(0.2);
  });
});

test('from afar few edges are drawn strongly, thousands faintly, fainter still between dots', () => {
  const strengthOf = (count: number, dots: boolean) => farStrength({ edges: Array.from<Scene['edges'][number]>({ length: count }) }, dots);
  expect([0, 60, 240, 5_000].map((count) => strengthOf(count, false))).toEqual([0.9, 0.9, 0.5, 0.5]);
  expect(strengthOf(5_000, true)).toBe(0.3);
});
