/** What a profiler that stands still when the app ends hears of it all the same. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer } from '../../src/collector/probeServer';
import { leftBehindFile, type ProbeEvent } from '../../src/protocol/probe';
import { eventsOf, probeBundle, writeApp } from './app';
import { libraryApp } from './library';

it('the exact counts of each scope are heard though nobody reads while the app works and ends', async () => {
  const [scopes, each] = [3, 1_500];
  const events: ProbeEvent[] = [];
  let ended = (): void => undefined;
  const hasEnded = new Promise<void>((resolve) => (ended = resolve));
  const server = await openProbeServer({
    connected: () => undefined,
    event: (_process, event) => void events.push(event),
    disconnected: () => ended(),
    refused: (reason) => expect.unreachable(reason),
  });
  const folder = writeApp(
    libraryApp(`
  const lens = globalThis[Symbol.for('relation-lens')];
  const text = 'ü'.repeat(1500);
  console.log('ready');
  await new Promise((go) => process.stdin.once('data', go));
  process.stdin.destroy();
  require('node:fs').writeSync(1, 'went');
  for (let scope = 0; scope < ${scopes}; scope++) {
    await lens.scope('scope ' + scope, async () => {
      for (let i = 0; i < ${each}; i++) await ds.query('SELECT ? AS id', [text]);
    });
  }`),
  );
  const child = spawn(process.execPath, [path.join(folder, 'app.cjs')], {
    env: { ...process.env, ...preloadEnvironment(probeBundle(), server.socketPath, server.token) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdin.write('go');
    await new Promise((resolve) => child.stdout.once('data', resolve));
    standStillUntil(() => fs.existsSync(leftBehindFile(server.socketPath, { pid: child.pid ?? 0 })));
    expect(await exited).toBe(0);
    await hasEnded;
    const named = eventsOf(events, 'scope').filter(({ name }) => name.startsWith('scope '));
    const counts = named.map(
      ({ id }) =>
        eventsOf(events, 'query').filter(({ scope }) => scope === id).length +
        eventsOf(events, 'dropped').reduce((sum, { scope, queries }) => sum + (scope === id ? queries : 0), 0),
    );
    expect(counts).toEqual(Array.from({ length: scopes }, () => each));
    expect(events.at(-1)?.e).toBe('bye');
    expect(fs.readdirSync(path.dirname(server.socketPath))).toEqual([path.basename(server.socketPath)]);
  } finally {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** Nothing else runs in this process meanwhile, the reader least of all. */
function standStillUntil(isTrue: () => boolean): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let turns = 0; turns < 6_000 && !isTrue(); turns++) Atomics.wait(clock, 0, 0, 10);
}
