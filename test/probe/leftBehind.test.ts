/** What a profiler that stands still when the app ends hears of it all the same. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer } from '../../src/collector/probeServer';
import { leftBehindFile, type ProbeEvent } from '../../src/protocol/probe';
import { eventsOf, probeBundle, writeApp } from './app';
import { libraryApp } from './library';

it('the exact counts of each scope are heard though nobody reads while the app works and ends', async () => {
  const { events, counts } = await countsHeard(
    `
  console.log('ready');
  await new Promise((go) => process.stdin.once('data', go));
  process.stdin.destroy();
  require('node:fs').writeSync(1, 'went');
  for (let scope = 0; scope < SCOPES; scope++) await inScope(scope);`,
    async ({ child, leftBehind }) => {
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.stdin.write('go');
      await new Promise((resolve) => child.stdout.once('data', resolve));
      standStillUntil(() => fs.existsSync(leftBehind));
    },
  );
  expect(counts).toEqual([1_500, 1_500, 1_500]);
  expect(events.at(-1)?.e).toBe('bye');
});

it('a reader that is slow from the start on, so that the socket is always full, is not taken for none', async () => {
  const { counts } = await countsHeard(
    `
  const until = Date.now() + 2_500;
  for (let scope = 0; scope < SCOPES; scope++) await inScope(scope);
  // Whether anybody is there is asked between turns of the event loop: it turns, with more to be told each time.
  while (Date.now() < until) {
    await lens.scope('more', async () => { for (let i = 0; i < 50; i++) await ds.query('SELECT ? AS id', [text]); });
    await new Promise(setImmediate);
  }
  for (let scope = 0; scope < SCOPES; scope++) await inScope(scope);`,
    async ({ exited }) => {
      let hasExited = false;
      void exited.then(() => (hasExited = true));
      while (!hasExited) {
        standStillFor(20);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  );
  expect(counts).toEqual([1_500, 1_500, 1_500, 1_500, 1_500, 1_500]);
});

interface App {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly leftBehind: string;
  readonly exited: Promise<unknown>;
}

/** What a profiler hears of an app whose scopes run 1,500 queries each, while `meanwhile` says when it reads. */
async function countsHeard(work: string, meanwhile: (app: App) => Promise<void>): Promise<{ events: ProbeEvent[]; counts: number[] }> {
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
  const SCOPES = 3;
  const inScope = (scope) => lens.scope('scope ' + scope, async () => {
    for (let i = 0; i < 1_500; i++) await ds.query('SELECT ? AS id', [text]);
  });${work}`),
  );
  const child = spawn(process.execPath, [path.join(folder, 'app.cjs')], {
    env: { ...process.env, ...preloadEnvironment(probeBundle(), server.socketPath, server.token) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    await meanwhile({ child, leftBehind: leftBehindFile(server.socketPath, { pid: child.pid ?? 0 }), exited });
    expect(await exited).toBe(0);
    await hasEnded;
    const named = eventsOf(events, 'scope').filter(({ name }) => name.startsWith('scope '));
    const counts = named.map(
      ({ id }) =>
        eventsOf(events, 'query').filter(({ scope }) => scope === id).length +
        eventsOf(events, 'dropped').reduce((sum, { scope, queries }) => sum + (scope === id ? queries : 0), 0),
    );
    expect(fs.readdirSync(path.dirname(server.socketPath))).toEqual([path.basename(server.socketPath)]);
    return { events, counts };
  } finally {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing else runs in this process meanwhile, the reader least of all. */
function standStillUntil(isTrue: () => boolean): void {
  for (let turns = 0; turns < 6_000 && !isTrue(); turns++) standStillFor(10);
}

function standStillFor(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
