import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.resolve(__dirname, '../..');

/** Builds programs side by side into a folder of their own, as dist/ has them: `{ 'probe.js': 'src/probe/main.ts' }`. The caller removes it. */
export function buildPrograms(programs: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-programs-'));
  for (const [file, entry] of Object.entries(programs)) {
    buildSync({
      entryPoints: [path.join(root, entry)],
      outfile: path.join(folder, file),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
  }
  return folder;
}
