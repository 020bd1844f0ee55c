/** The forked collector of ordinary Node launches, and apps that are started from a terminal with its environment. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CollectorProcess } from '../../src/extension/profile/collectorProcess';
import { forPowerShell, forShell } from '../../src/extension/profile/shellEnvironment';
import type { ProfileUpdate } from '../../src/protocol/collector';
import { libraryApp } from '../probe/library';
import { writeApp } from '../probe/app';
import { buildPrograms } from './bundles';

const run = promisify(execFile);

/** As one pastes it: the copied text before the command. */
async function runInShell(env: Readonly<Record<string, string>>, cwd: string): Promise<void> {
  if (process.platform === 'win32') await run('powershell', ['-Command', `${forPowerShell(env)}& '${process.execPath}' app.cjs`], { cwd });
  else await run('sh', ['-c', `${forShell(env)}"${process.execPath}" app.cjs`], { cwd });
}

describe('collector process', () => {
  let programs: string;
  let folder: string;
  let collector: CollectorProcess;
  const updates: ProfileUpdate[] = [];

  beforeAll(() => {
    programs = buildPrograms({ 'collector.js': 'src/collector/main.ts', 'probe.js': 'src/probe/main.ts' });
  });
  afterAll(() => fs.rmSync(programs, { recursive: true, force: true }));

  beforeEach(() => {
    folder = writeApp(libraryApp('for (const author of await authors.find()) await author.books;'));
    updates.length = 0;
    collector = new CollectorProcess(
      path.join(programs, 'collector.js'),
      path.join(folder, 'storage'),
      (update) => updates.push(update),
      () => undefined,
    );
  });
  afterEach(() => {
    collector.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('profiles an app that a shell starts with the copied environment', async () => {
    const { runId, env } = await collector.request('startRun', { name: 'Started from a terminal', cwd: folder });
    await runInShell(env, folder);
    await collector.request('endRun', { runId });
    const scopes = updates.flatMap((update) => update.scopes);
    expect(Math.max(...scopes.map(({ queryCount }) => queryCount))).toBeGreaterThanOrEqual(4);
    expect(updates.at(-1)?.run).toMatchObject({ id: runId, state: 'ended' });
    const detail = await collector.request('scopeDetail', { runId, scope: scopes.at(-1)!.id });
    expect(detail?.operations.filter(({ api }) => api === 'lazy')).toHaveLength(3);
  });

  it('J21 leaves out of durations what it is told that a debugger held the app for', async () => {
    const [held, wall] = [path.join(folder, 'held'), path.join(folder, 'wall')];
    // The file is the breakpoint: the app stands still while it is there.
    const body = `
  const fs = require('node:fs');
  const lens = globalThis[Symbol.for('relation-lens')];
  const startedAt = Date.now();
  await lens.scope('held', async () => {
    await authors.find();
    fs.writeFileSync('held.tmp', lens.thread);
    fs.renameSync('held.tmp', 'held');
    while (fs.existsSync('held')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    await authors.find();
  });
  fs.writeFileSync('wall', String(Date.now() - startedAt));`;
    fs.writeFileSync(path.join(folder, 'app.cjs'), libraryApp(body).source);
    const { runId, env } = await collector.request('startRun', { name: 'Held', cwd: folder });
    const app = runInShell(env, folder);
    while (!fs.existsSync(held)) await sleep(10);
    const from = Date.now();
    const thread = fs.readFileSync(held, 'utf8');
    await collector.request('stoodStill', { thread, from, to: null });
    await sleep(300);
    const to = Date.now();
    await collector.request('stoodStill', { thread, from, to });
    fs.rmSync(held);
    await app;
    await collector.request('endRun', { runId });
    const scope = updates.flatMap(({ scopes }) => scopes).findLast(({ name }) => name === 'held');
    expect(scope).toMatchObject({ queryCount: 2, live: false });
    // A millisecond for the clock's whole numbers.
    expect(scope?.durationMs).toBeLessThanOrEqual(Number(fs.readFileSync(wall, 'utf8')) - (to - from) + 1);
  });

  it('answers a request that fails with its error', async () => {
    const unknown = 'noSuchMethod' as 'startRun';
    await expect(collector.request(unknown, { name: 'x', cwd: folder })).rejects.toThrow();
  });

  it('starts anew after it was lost, and lets nobody wait for the one that is gone', async () => {
    const lost = collector.request('startRun', { name: 'x', cwd: folder });
    collector.dispose();
    await expect(lost).rejects.toThrow('closed');
    expect((await collector.request('startRun', { name: 'x', cwd: folder })).env).toHaveProperty('NODE_OPTIONS');
  });

  it('says so where it cannot be started', async () => {
    const missing = new CollectorProcess(
      path.join(programs, 'nowhere.js'),
      folder,
      () => undefined,
      () => undefined,
    );
    await expect(missing.request('startRun', { name: 'x', cwd: folder })).rejects.toThrow(/ended/);
  });
});
