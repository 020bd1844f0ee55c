/** The collector as the extension uses it: a forked process that speaks over IPC, from the bundle that ships. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { quoteNodeOption } from '../../src/collector/preloadEnvironment';
import type { CollectorMethod, CollectorRequests, FromCollector, ProfileUpdate } from '../../src/protocol/collector';
import { unpackDetail } from '../../src/protocol/packedDetail';
import { probeBundle, writeApp } from './app';
import { libraryApp } from './library';

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-test-'));
  const entryPoints = [path.resolve(__dirname, '../../src/collector/main.ts')];
  buildSync({ entryPoints, outfile: path.join(folder, 'collector.js'), bundle: true, platform: 'node', target: 'node20', logLevel: 'silent' });
  fs.copyFileSync(probeBundle(), path.join(folder, 'probe.js'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('answers requests, tells updates, and goes when its parent goes', async () => {
  const collector = fork(path.join(folder, 'collector.js'), [path.join(folder, 'storage')], { execArgv: [] });
  const updates: ProfileUpdate[] = [];
  const request = connect(collector, (update) => updates.push(update));
  const run = await request('startRun', { name: 'Script', cwd: folder });
  expect(run.preload).toBe(path.join(folder, 'probe.js'));
  const appFolder = writeApp(libraryApp('  await authors.find();'));
  const app = spawn(process.execPath, [path.join(appFolder, 'app.cjs')], { env: { ...process.env, ...run.env } });
  await new Promise((resolve) => app.once('close', resolve));
  fs.rmSync(appFolder, { recursive: true, force: true });
  await request('endRun', { runId: run.runId });
  expect(updates.at(-1)?.run).toMatchObject({ state: 'ended', pids: [app.pid] });
  const scope = updates.flatMap(({ scopes }) => scopes).at(-1);
  expect(scope).toMatchObject({ kind: 'unattributed', live: false });
  const detail = await request('scopeDetail', { runId: run.runId, scope: scope?.id ?? 0 });
  expect(unpackDetail(detail!).operations.map(({ api }) => api)).toContain('Repository.find');
  await expect(request('nonsense' as 'clear', { runId: '' })).rejects.toThrow();
  const waiting = await request('startRun', { name: 'Waiting', cwd: folder });
  const socketPath = waiting.env['RELATION_LENS_SOCKET'] ?? '';
  expect(fs.existsSync(socketPath)).toBe(true);
  collector.disconnect();
  await new Promise((resolve) => collector.once('exit', resolve));
  expect(fs.existsSync(path.dirname(socketPath))).toBe(false);
});

it('quotes paths as Node splits NODE_OPTIONS', async () => {
  const odd = path.join(folder, process.platform === 'win32' ? 'a b' : 'a "b" \\c\\ d');
  fs.mkdirSync(odd);
  fs.writeFileSync(path.join(odd, 'p.js'), 'console.log("preloaded");');
  const node = spawn(process.execPath, ['-e', '0'], {
    env: { ...process.env, NODE_OPTIONS: `--require ${quoteNodeOption(path.join(odd, 'p.js'))}` },
  });
  let stdout = '';
  node.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  await new Promise((resolve) => node.once('close', resolve));
  expect(stdout).toBe('preloaded\n');
});

function connect(
  collector: ChildProcess,
  onUpdate: (update: ProfileUpdate) => void,
): <M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']) => Promise<CollectorRequests[M]['result']> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  collector.on('message', (message: FromCollector) => {
    if (message.type === 'update') return onUpdate(message.update);
    const request = waiting.get(message.id);
    if (message.ok) request?.resolve(message.result as never);
    else request?.reject(new Error(message.error));
  });
  let lastId = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      collector.send({ type: 'request', id: lastId, method, params });
    });
}
