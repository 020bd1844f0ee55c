/** `npm run bench` bundles each measurement and runs it by itself: what it imports must not be a test runner's, by way of a harness of the tests either. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const folder = path.join(__dirname, '../bench');

test.each(readdirSync(folder).filter((file) => file.endsWith('.bench.ts')))('%s runs outside of a test runner', async (file) => {
  const { metafile } = await build({
    entryPoints: [path.join(folder, file)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
    outfile: 'bench.cjs',
    logLevel: 'silent',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map((each) => each.path));
  expect(imported).toContain('node:path');
  expect(imported).not.toContain('vitest');
});
