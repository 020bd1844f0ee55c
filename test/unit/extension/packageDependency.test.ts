import { describe, expect, it } from 'vitest';
import { bringsTypeorm, dependsOnTypeorm } from '../../../src/extension/workspace/packageDependency';

describe('dependsOnTypeorm', () => {
  it.each([
    ['as a dependency', { dependencies: { typeorm: '^1.1.1' } }],
    ['for development', { devDependencies: { typeorm: '0.3' } }],
    ['as a peer', { peerDependencies: { typeorm: '*' } }],
    ['as an option', { optionalDependencies: { typeorm: '*' } }],
    ['through NestJS', { dependencies: { '@nestjs/typeorm': '11' } }],
    ['under another name', { dependencies: { orm: 'npm:typeorm@^0.3' } }],
  ])('sees typeorm %s', (_case, manifest) => {
    expect(dependsOnTypeorm(JSON.stringify(manifest))).toBe(true);
  });

  it.each([
    ['another ORM', JSON.stringify({ dependencies: { prisma: '7', 'typeorm-naming-strategies': '4', x: 'npm:typeorm-fork@1' } })],
    ['no dependencies', '{}'],
    ['a package of that name', JSON.stringify({ name: 'typeorm' })],
    ['strange values', JSON.stringify({ dependencies: null, devDependencies: [] })],
    ['a list', '[]'],
    ['null', 'null'],
    ['a file that is being typed', '{ "dependencies": { "typeorm'],
  ])('sees none with %s', (_case, text) => {
    expect(dependsOnTypeorm(text)).toBe(false);
  });
});

describe('bringsTypeorm', () => {
  const typeorm = '/repo/node_modules/typeorm/package.json';
  const core = '/repo/node_modules/@shop/core/package.json';
  const brings = (manifest: unknown, files: Record<string, unknown>) =>
    bringsTypeorm(JSON.stringify(manifest), '/repo/apps/shop', async (file) => (file in files ? JSON.stringify(files[file]) : null));
  const app = { dependencies: { '@shop/core': '3' } };

  it.each([
    ['depends on it', { dependencies: { typeorm: '0.3' } }],
    ['wants it beside itself', { peerDependencies: { typeorm: '1' } }],
    ['wants NestJS’s', { peerDependencies: { '@nestjs/typeorm': '11' }, peerDependenciesMeta: { other: { optional: true } } }],
  ])('sees typeorm with a package that %s', async (_case, manifest) => {
    expect(await brings(app, { [typeorm]: {}, [core]: manifest })).toBe(true);
  });

  it.each([
    ['can do without it', { peerDependencies: { typeorm: '1' }, peerDependenciesMeta: { typeorm: { optional: true } } }],
    ['was developed with it', { devDependencies: { typeorm: '1' } }],
    ['has nothing to do with it', {}],
  ])('sees none with a package that %s', async (_case, manifest) => {
    expect(await brings(app, { [typeorm]: {}, [core]: manifest })).toBe(false);
  });

  it('sees none where it is not installed, or comes with a tool for development', async () => {
    const needing = { dependencies: { typeorm: '0.3' } };
    expect(await brings(app, { [core]: needing })).toBe(false);
    expect(await brings({ devDependencies: { '@shop/core': '3' } }, { [typeorm]: {}, [core]: needing })).toBe(false);
  });
});
