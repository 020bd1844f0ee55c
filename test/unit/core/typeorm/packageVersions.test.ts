import { describe, expect, it } from 'vitest';
import { PackageVersions } from '../../../../src/core/typeorm/resolve/packageVersions';

const majorFor = (folder: string, manifests: Readonly<Record<string, object>>): number | null => {
  const files = new Map(Object.entries(manifests).map(([file, content]) => [file, JSON.stringify(content)]));
  return new PackageVersions({ readFile: (file) => files.get(file), fileExists: (file) => files.has(file) }, 'typeorm').majorFor(folder);
};
const asksFor = (typeorm: string) => ({ dependencies: { typeorm } });

describe('the line of TypeORM that a folder uses', () => {
  it.each<[version: string, major: number | null]>([
    ['0.3.20', 0],
    ['^0.3.0', 0],
    ['>=0.3 <2', 0],
    ['~1.1.1', 1],
    ['1', 1],
    ['1.x', 1],
    ['npm:@acme/typeorm@0.3.1', 0],
    ['workspace:*', null],
    ['latest', null],
    ['git+https://example.com/typeorm.git#v2next', null],
  ])('%s', (version, major) => {
    expect(majorFor('/app/src', { '/app/package.json': asksFor(version) })).toBe(major);
  });

  it('is what is installed, whatever the package asks for', () => {
    const files = { '/app/package.json': asksFor('>=0.3'), '/app/node_modules/typeorm/package.json': { version: '1.1.1' } };
    expect(majorFor('/app/src/deep', files)).toBe(1);
  });

  it("is the package's own, and else that of the folders above", () => {
    const files = { '/repo/package.json': asksFor('^1.0.0'), '/repo/a/package.json': asksFor('^0.3.0'), '/repo/b/package.json': {} };
    expect(['/repo/a/src', '/repo/b/src', '/repo'].map((folder) => majorFor(folder, files))).toEqual([0, 1, 1]);
  });

  it('is not known where nothing tells', () => {
    expect(majorFor('/app', { '/app/package.json': { name: 'app' } })).toBeNull();
  });
});
