import { describe, expect, it } from 'vitest';
import { SiteMapper } from '../../../src/collector/siteMapper';
import type { SiteEvent } from '../../../src/protocol/probe';

/** Line 1, column 1 of the generated file ↔ line 3, column 5 of the only source. */
function mapTo(source: string, sourceRoot = ''): string {
  const map = { version: 3, sources: [source], sourceRoot, names: [], mappings: 'AAEI' };
  return `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

function siteAt(file: string): SiteEvent {
  return { e: 'site', id: 1, frames: [{ file, line: 1, column: 1, function: 'list', async: false }] };
}

describe('positions', () => {
  it.each([
    ['beside the file', 'app.ts', '', '/shop/dist/app.ts'],
    ['relative to it', '../src/app.ts', '', '/shop/src/app.ts'],
    ['below a root', 'app.ts', '../src', '/shop/src/app.ts'],
    ['as URL', 'file:///shop/src/app.ts', '', '/shop/src/app.ts'],
    ['as webpack names it', 'webpack://shop/./src/app.ts?1a2b', '', '/shop/src/app.ts'],
    ['as Turbopack names it', 'turbopack:///[project]/src/app.ts', '', '/shop/src/app.ts'],
    ['as older webpacks name it', 'webpack:///./src/app.ts', '', '/shop/src/app.ts'],
  ])('in a source named %s', (_how, source, sourceRoot, file) => {
    const mapper = new SiteMapper('/shop');
    mapper.add({ e: 'map', file: '/shop/dist/app.js', map: mapTo(source, sourceRoot) });
    expect(mapper.map(siteAt('/shop/dist/app.js')).frames).toEqual([{ file, line: 3, column: 5, function: 'list', async: false }]);
  });

  it('stay where there is no map, or none that can be read', () => {
    const mapper = new SiteMapper('/shop');
    mapper.add({ e: 'map', file: '/shop/broken.js', map: 'data:application/json,nonsense' });
    for (const file of ['/shop/broken.js', '/shop/none.js', '/shop/own.ts']) expect(mapper.map(siteAt(file))).toEqual(siteAt(file));
  });

  it('in packages that were bundled with the app are left out', () => {
    const mapper = new SiteMapper('/shop');
    mapper.add({ e: 'map', file: '/shop/dist/app.js', map: mapTo('webpack://shop/./node_modules/typeorm/repository/Repository.js') });
    expect(mapper.map(siteAt('/shop/dist/app.js')).frames).toEqual([]);
  });
});
