import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
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

describe('positions in packages', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-packages-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  function install(name: string, manifest: string, files: readonly string[] = []): string {
    const installed = path.join(folder, 'node_modules', name);
    for (const file of ['package.json', ...files]) {
      fs.mkdirSync(path.dirname(path.join(installed, file)), { recursive: true });
      fs.writeFileSync(path.join(installed, file), file === 'package.json' ? manifest : '');
    }
    return installed;
  }

  it.each([
    ['@acme/shop', '{ "dependencies": { "typeorm": "^1" } }', true],
    ['plugin', '{ "peerDependencies": { "@nestjs/typeorm": "*" } }', true],
    ['p-map', '{ "dependencies": { "p-limit": "^6" } }', false],
    ['typeorm', '{ "dependencies": { "typeorm": "^1" } }', false],
    ['broken', '{ "dependencies"', false],
  ])('are told of %s where it depends on TypeORM', (name, manifest, isTold) => {
    const file = path.join(install(name, manifest), 'dist/index.js');
    expect(new SiteMapper(folder).map(siteAt(file))).toEqual(isTold ? siteAt(file) : { ...siteAt(file), frames: [] });
  });

  it('are not told beside one in the user’s code', () => {
    const file = path.join(install('@acme/shop', '{ "dependencies": { "typeorm": "^1" } }'), 'dist/index.js');
    const site = { ...siteAt(file), frames: [...siteAt(file).frames, ...siteAt('/shop/own.ts').frames] };
    expect(new SiteMapper(folder).map(site)).toEqual(siteAt('/shop/own.ts'));
  });

  it('are those of its sources only where they are installed with it', () => {
    const installed = install('with-map', '{ "dependencies": { "typeorm": "^1" } }', ['src/index.ts']);
    const mapper = new SiteMapper(folder);
    for (const name of ['index', 'lost']) mapper.add({ e: 'map', file: path.join(installed, `dist/${name}.js`), map: mapTo(`../src/${name}.ts`) });
    const placesOf = (file: string) =>
      mapper.map(siteAt(path.join(installed, file))).frames.map(({ file: at, line }) => `${path.relative(installed, at)}:${line}`);
    expect([...placesOf('dist/index.js'), ...placesOf('dist/lost.js')]).toEqual(['src/index.ts:3', 'dist/lost.js:1']);
  });
});
