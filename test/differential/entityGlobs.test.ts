/** Globs match the files that TypeORM's own loader finds on disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { matchesGlobs, resolveGlobs } from '../../src/core/typeorm/resolve/entityGlobs';

const load = createRequire(__filename);
const names = ['top', 'a/one.entity', 'a/two', 'a/b/three.entity', 'a/b/c/four.entity', 'z/five.entity', '.hidden/six.entity', 'a/.seven.entity'];
const folder = mkdtempSync(join(tmpdir(), 'entity-globs-')).replaceAll('\\', '/');
const files = names.map((name) => `${folder}/${name}.js`);
for (const [index, file] of files.entries()) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `exports.Entity${index} = class Entity${index} {};`);
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const globs = [
  '*.js',
  '**/*.js',
  '**/*.entity{.ts,.js}',
  'a/*.entity.js',
  'a/**/*.entity.js',
  'a/**/**/*.js',
  'a/*/*.js',
  '{a,z}/*.entity.{js,ts}',
  '{a/{b,none},z}/*.js',
  '?/*.js',
  '[az]/*.js',
  '[!z]/*.js',
  '[b-z]/*.entity.js',
  'a/.*.js',
  '.hidden/*.js',
  'a/../z/*.js',
  'a/@(one|two)*.js',
  'a/!(two|.*).js',
  'a/!(*.entity).js',
  '!(z|.*)/*.js',
  'a/**/!(*.entity|two).js',
  'a/?(one|two).js',
  'a/?(one).entity.js',
  'a/+(o|n|e).entity.js',
  'a/*(t|w|o).js',
  'a/@(one|t+(w)o)*.js',
  '**/*.!(entity).js',
  '**/!(*.entity)*.js',
  '+(a|z)/*.js',
  'a/*(.js',
  '{a/b,z}/**/*.entity.js',
  'none/**/*.js',
];

describe.each(['typeorm', 'typeorm-0.3'])('%s', (version) => {
  const { importClassesFromDirectories } = load(`${version}/util/DirectoryExportedClassesLoader`) as {
    importClassesFromDirectories(logger: { log(): void }, globs: string[]): Promise<{ name: string }[]>;
  };

  it.each(globs)('%s', async (glob) => {
    const classes = await importClassesFromDirectories({ log: () => undefined }, [`${folder}/${glob}`]);
    const found = classes.map(({ name }) => names[Number(name.slice('Entity'.length))]).sort();
    const patterns = resolveGlobs([glob], folder, files);
    expect(names.filter((_, index) => matchesGlobs(files[index] ?? '', patterns)).sort()).toEqual(found);
  });
});
