/** The Node.js that the tests in VS Code have installed, mostly newer than the one that runs the others. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const node = path.join(process.cwd(), '.vscode-test/node/node_modules/node/bin/node');

/** A Node.js that is installed. */
export interface InstalledNode {
  /** Path of the program. */
  readonly node: string;
  /** As `24.12.0`. */
  readonly version: string;
}

/** @returns undefined where those tests were never run */
export function nodeOfVscode(): InstalledNode | undefined {
  return nodeAt(node);
}

/** @returns undefined where no Node.js is at the path */
export function nodeAt(program: string): InstalledNode | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return stdout ? { node: program, version: stdout.slice(1).trim() } : undefined;
}
