import { describe, expect, test } from 'vitest';
import { typeormMajor } from '../../../src/server/typeormVersion';

const majorWith = (files: Record<string, string>): number | null => typeormMajor(['/app/package.json'], (file) => files[file]);

describe('which TypeORM a workspace has', () => {
  test('the installed one decides', () => {
    expect(
      majorWith({ '/app/package.json': '{"dependencies":{"typeorm":"^1.1.1"}}', '/app/node_modules/typeorm/package.json': '{"version":"0.3.31"}' }),
    ).toBe(0);
  });

  test.each([
    ['^1.1.1', 1],
    ['~0.3.20', 0],
    ['1', 1],
    ['latest', null],
    ['workspace:*', null],
  ])('else what is asked for: %s', (range, major) => {
    expect(majorWith({ '/app/package.json': JSON.stringify({ devDependencies: { typeorm: range } }) })).toBe(major);
  });

  test('broken or missing manifests tell nothing', () => {
    expect(majorWith({ '/app/package.json': '{' })).toBeNull();
    expect(majorWith({})).toBeNull();
  });
});
