import { describe, expect, it } from 'vitest';
import { findHubEdges } from '../../webview/diagram/hubEdges';

const edge = (from: string, to: string) => ({ from: { box: { id: from } }, to: { box: { id: to } } });

describe('edges of hubs', () => {
  it('are those of tables with thirty edges and more, at either end', () => {
    const toTenant = Array.from({ length: 29 }, (_, index) => edge(`table${index}`, 'tenant'));
    const own = [edge('tenant', 'plan'), edge('table1', 'table2')];
    expect(findHubEdges([...toTenant, ...own])).toEqual(new Set([...toTenant, own[0]]));
  });

  it('are none where relations are spread', () => {
    expect(findHubEdges(Array.from({ length: 29 }, (_, index) => edge(`table${index}`, 'tenant'))).size).toBe(0);
    expect(findHubEdges(Array.from({ length: 40 }, (_, index) => edge(`table${index}`, `table${index + 1}`))).size).toBe(0);
  });

  it('count a self-relation once', () => {
    expect(findHubEdges(Array.from({ length: 29 }, () => edge('node', 'node'))).size).toBe(0);
  });
});
