/** The Queries panel in a real VS Code with the packaged extension: test/vscode/panelSpeed.ts measures, in a process of its own. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { BenchRow } from './benchRow';

const root = process.cwd();

export async function rows(): Promise<BenchRow[]> {
  const script = (name: string): Promise<Scripts> => import(pathToFileURL(path.join(root, 'scripts/lib', name)).href);
  const [{ ensureChromium, CHROMIUM_ENV }, { installCodeServer }, { packVsix }] = await Promise.all([
    script('chromium.mjs'),
    script('codeServer.mjs'),
    script('vsix.mjs'),
  ]);
  await installCodeServer();
  const { file } = await packVsix(path.join(root, '.vscode-test/relation-lens.vsix'));
  const env = { ...process.env, [CHROMIUM_ENV]: await ensureChromium(), RELATION_LENS_VSIX: file };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/vscode/panelSpeed.ts'], { cwd: root, env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as BenchRow[];
}

interface Scripts {
  readonly CHROMIUM_ENV: string;
  ensureChromium(): Promise<string>;
  installCodeServer(): Promise<void>;
  packVsix(file: string): Promise<{ readonly file: string }>;
}
