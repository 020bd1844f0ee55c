/** The Node.js that the tests in VS Code have installed, mostly newer than the one that runs the others. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const node = path.join(process.cwd(), '.vscode-test/node/node_modules/node/bin/node');

/** @returns its version as `24.12.0`; undefined where those tests were never run */
export function nodeOfVscode(): { readonly node: string; readonly version: string } | undefined {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return stdout ? { node, version: stdout.slice(1).trim() } : undefined;
}
