import { describe, expect, test } from 'vitest';
import { packageFacts } from '../../../src/service/packageFacts';

const factsWith = (files: Record<string, string>) => packageFacts(['/app/package.json'], (file) => files[file]);
const withDependencies = (dependencies: Record<string, string>) => factsWith({ '/app/package.json': JSON.stringify({ dependencies }) });

describe('which TypeORM a workspace has', () => {
  test('the installed one decides', () => {
    const files = { '/app/package.json': '{"dependencies":{"typeorm":"^1.1.1"}}', '/app/node_modules/typeorm/package.json': '{"version":"0.3.31"}' };
    expect(factsWith(files).typeormMajor).toBe(0);
  });

  test.each([
    ['^1.1.1', 1],
    ['~0.3.20', 0],
    ['1', 1],
    ['latest', null],
    ['workspace:*', null],
  ])('else what is asked for: %s', (typeorm, major) => {
    expect(withDependencies({ typeorm }).typeormMajor).toBe(major);
  });

  test('broken or missing manifests tell nothing', () => {
    expect(factsWith({ '/app/package.json': '{' }).typeormMajor).toBeNull();
    expect(factsWith({}).typeormMajor).toBeNull();
  });
});

test('only MySQL’s family makes indices for foreign keys by itself', () => {
  expect(withDependencies({ mysql2: '3' }).indexesForeignKeys).toBe(true);
  expect(withDependencies({ mysql2: '3', 'better-sqlite3': '12' }).indexesForeignKeys).toBe(false);
  expect(withDependencies({ pg: '8' }).indexesForeignKeys).toBe(false);
  expect(withDependencies({}).indexesForeignKeys).toBe(false);
});

test('a file belongs to the package nearest above it', () => {
  const { packageOf } = packageFacts(['/app/package.json', '/app/packages/shop/package.json'], () => undefined);
  expect(packageOf('/app/src/author.ts')).toBe('/app');
  expect(packageOf('/app/packages/shop/src/author.ts')).toBe('/app/packages/shop');
  expect(packageOf('/app/packages/shopping/author.ts')).toBe('/app');
  expect(packageOf('/elsewhere/author.ts')).toBe('');
});
