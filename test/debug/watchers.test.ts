/** Watchers start the app anew in an environment that they were given once: each start is a run that is compared with the one before. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CollectorProcess } from '../../src/extension/profile/collectorProcess';
import type { ProfileUpdate } from '../../src/protocol/collector';
import { writeApp } from '../probe/app';
import { libraryApp } from '../probe/library';
import { buildPrograms } from './bundles';

const tsx = path.resolve(__dirname, '../../node_modules/tsx/dist/cli.mjs');
const body = (loop: string) => `
  await globalThis[Symbol.for('relation-lens')].scope('list', async () => { ${loop} });
  setInterval(() => undefined, 1_000);`;
const LOOP = body('for (const author of await authors.find()) await author.books;');
const MENDED = body('await authors.find({ relations: { books: true } });');

let programs: string;
let folder: string;
let collector: CollectorProcess;
const updates: ProfileUpdate[] = [];

beforeAll(() => {
  programs = buildPrograms({ 'collector.js': 'src/collector/main.ts', 'probe.js': 'src/probe/main.ts' });
});
afterAll(() => fs.rmSync(programs, { recursive: true, force: true }));
beforeEach(() => {
  folder = writeApp(libraryApp(LOOP));
  updates.length = 0;
  const modulePath = path.join(programs, 'collector.js');
  collector = new CollectorProcess(
    modulePath,
    path.join(folder, 'storage'),
    (update) => updates.push(update),
    () => undefined,
  );
});
afterEach(() => {
  collector.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['node --watch', ['--watch']],
  ['tsx watch', [tsx, 'watch']],
])('%s: a run for each start, and the route’s count before and after', async (_what, args) => {
  const { env } = await collector.request('startRun', { name: 'Watched', cwd: folder });
  const watcher = spawn(process.execPath, [...args, 'app.cjs'], { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore', detached: true });
  try {
    const [first] = await ended(1);
    fs.writeFileSync(path.join(folder, 'app.cjs'), libraryApp(MENDED).source);
    const [, second] = await ended(2);
    expect(first).toMatchObject({ queryCount: 4, previous: null });
    expect(second?.queryCount).toBeLessThan(4);
    expect(second).toMatchObject({ previous: { queryCount: 4 }, history: [4] });
    expect(second?.runId).not.toBe(first?.runId);
    expect(updates.filter(({ run }) => run.id === first?.runId).at(-1)?.run.state).toBe('ended');
  } finally {
    // The watcher and the app that it has started.
    if (watcher.pid) process.kill(-watcher.pid, 'SIGKILL');
  }
});

/** The ended scopes by the name of `list`, one of each run, once so many runs have one. */
async function ended(runs: number) {
  for (;;) {
    const byRun = new Map(
      updates.flatMap(({ scopes }) => scopes.filter(({ name, live }) => name === 'list' && !live).map((scope) => [scope.runId, scope] as const)),
    );
    if (byRun.size >= runs) return [...byRun.values()];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
