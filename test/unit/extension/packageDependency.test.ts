import { describe, expect, it } from 'vitest';
import { dependsOnTypeorm } from '../../../src/extension/workspace/packageDependency';

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
