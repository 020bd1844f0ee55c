/** The command-line tool and the probe, built anew into a folder of the test's own, and programs to profile with them. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

const repository = path.resolve(__dirname, '../..');

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Tool {
  readonly folder: string;
  run(args: readonly string[], options?: { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv }): Promise<Outcome>;
  /** Bundles a program; `typeorm` is the package it gets under that name. */
  build(entry: string, typeorm: 'typeorm' | 'typeorm-0.3'): string;
  write(name: string, text: string): string;
  remove(): void;
}

export function buildTool(): Tool {
  // The real path: a temporary folder may be reached through a link, and sources are named by where they are.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-cli-')));
  const bundle = (entry: string, outfile: string) =>
    buildSync({
      entryPoints: [path.join(repository, entry)],
      outfile: path.join(folder, outfile),
      bundle: true,
      platform: 'node',
      external: ['typescript'],
    });
  bundle('src/cli/main.ts', 'cli.js');
  bundle('src/probe/main.ts', 'probe.js');
  return {
    folder,
    run: (args, options = {}) => run([path.join(folder, 'cli.js'), ...args], { cwd: folder, ...options }),
    build: (entry, typeorm) => buildProgram(folder, entry, typeorm),
    write(name, text) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
      return file;
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function buildProgram(folder: string, entry: string, typeorm: string): string {
  const outfile = path.join(folder, typeorm, `${path.basename(entry, '.ts')}.cjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    sourcemap: true,
    packages: 'external',
    // A program that uses both copies has them the other way round.
    alias: typeorm === 'typeorm' ? {} : { typeorm, [typeorm]: 'typeorm' },
  });
  return outfile;
}

/** Programs outside of the repository still find its packages. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  return { ...env, NODE_PATH: path.join(repository, 'node_modules') };
}

function run(args: readonly string[], { cwd, input, env }: { cwd: string; input?: string; env?: NodeJS.ProcessEnv }): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { cwd, env: env ?? programEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    // It may end before it has read what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}
