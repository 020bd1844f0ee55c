// Packing the extension: what users install, and what the end-to-end suite runs.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { mustRun, root, ScriptError } from './run.mjs';

/** Users wait for the download; the design's limit. */
const MAX_MEGABYTES = 4;

/**
 * Builds every bundle and packs the VSIX.
 * @param {string} file where to write it
 * @returns {Promise<{file: string, megabytes: number}>} its path and size in millions of bytes
 */
export async function packVsix(file) {
  await mustRun(process.execPath, ['esbuild.js'], { what: 'The build' });
  const { createVSIX } = await import('@vscode/vsce');
  mkdirSync(path.dirname(file), { recursive: true });
  // Everything is bundled, so no module is packed; there is no public repository yet to point links at.
  await createVSIX({ cwd: root, packagePath: file, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const megabytes = statSync(file).size / 1e6;
  if (megabytes > MAX_MEGABYTES) throw new ScriptError(`${file} has ${megabytes.toFixed(2)} MB; the limit is ${MAX_MEGABYTES} MB.`);
  return { file, megabytes };
}
