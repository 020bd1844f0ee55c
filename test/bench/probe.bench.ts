/**
 * What it costs an app to be watched, per query, on in-memory better-sqlite3: without anything, with the probe and nobody listening,
 * with the probe recording, and with OpenTelemetry's instrumentation of TypeORM. Processor time of the app's process; the ways take
 * turns, and each counts by its best turn, for whatever else the machine does only ever adds. On PostgreSQL it is time elapsed, and
 * for the watching of property reads an entity instead of a query.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer } from '../../src/collector/probeServer';
import type { BenchRow } from './benchRow';

const root = process.cwd();
const workload = path.join(root, 'test/bench/probeWorkload.cjs');
const probe = path.join(root, 'dist/probe.js');
const turns = 5;

const kinds = [
  { kind: 'lookup', what: '`findOneBy` in a loop', count: 10_000 },
  { kind: 'lazy', what: 'a lazy relation in a loop', count: 10_000 },
  { kind: 'raw', what: '`query` in a loop', count: 40_000 },
] as const;

type Kind = (typeof kinds)[number]['kind'] | 'cold' | 'reads';
type WayName = 'bare' | 'again' | 'unheard' | 'stale' | 'recorded' | 'watched' | 'otel';

interface Way {
  readonly name: WayName;
  readonly env: Record<string, string>;
  readonly args: readonly string[];
}

type Times = Readonly<Record<WayName, number>>;

export async function rows(): Promise<BenchRow[]> {
  const silent = { connected: () => undefined, event: () => undefined, disconnected: () => undefined, refused: () => undefined };
  const server = await openProbeServer(silent);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-bench-'));
  const stale = await leaveStaleSocket(path.join(folder, 'stale.sock'));
  const bare: Way = { name: 'bare', env: {}, args: [] };
  const again: Way = { ...bare, name: 'again' };
  const recorded: Way = { name: 'recorded', env: preloadEnvironment(probe, server.socketPath, server.token), args: [] };
  const ways: readonly Way[] = [
    bare,
    { name: 'unheard', env: preloadEnvironment(probe, path.join(folder, 'nobody.sock'), 'token'), args: [] },
    { name: 'stale', env: preloadEnvironment(probe, stale, 'token'), args: [] },
    again,
    recorded,
    { name: 'otel', env: {}, args: ['otel'] },
  ];
  const watched: Way = { name: 'watched', env: preloadEnvironment(probe, server.socketPath, server.token, true), args: [] };
  try {
    const found: BenchRow[] = [];
    for (const { kind, what, count } of kinds) found.push(...toRows(what, await measure(kind, count, ways)));
    found.push(coldRow(await measure('cold', 5_000, [bare, recorded])));
    found.push(readsRow(await measure('reads', 20_000, [bare, recorded, watched])));
    found.push(await postgresRow(bare, again, recorded));
    return found;
  } finally {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Microseconds per query, by way. */
async function measure(kind: Kind, count: number, ways: readonly Way[], env: Readonly<Record<string, string>> = {}): Promise<Times> {
  const best: Record<WayName, number> = {
    bare: Infinity,
    again: Infinity,
    unheard: Infinity,
    stale: Infinity,
    recorded: Infinity,
    watched: Infinity,
    otel: Infinity,
  };
  for (let turn = 0; turn < turns; turn++) {
    for (const way of ways) best[way.name] = Math.min(best[way.name], await once(kind, count, way, env));
  }
  return best;
}

function once(kind: Kind, count: number, way: Way, env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [workload, kind, String(count), ...way.args], {
      cwd: root,
      env: { ...process.env, ...env, ...way.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (status) => (status === 0 ? resolve(Number(output)) : reject(new Error(`${workload} ended with ${status}`))));
  });
}

function toRows(what: string, { bare, again, unheard, stale, recorded, otel }: Times): BenchRow[] {
  const beside = (time: number): string => `${percent(time / bare - 1)} (${time.toFixed(1)} µs a query beside ${bare.toFixed(1)} µs)`;
  return [
    { what: `${what}: without the probe, measured a second time`, measured: beside(again), reach: 'what this run can tell apart' },
    { what: `${what}: probe loaded, no socket`, measured: beside(unheard), reach: '≤ 1 %' },
    { what: `${what}: probe loaded, a socket that its listener left behind`, measured: beside(stale), reach: '≤ 1 %' },
    { what: `${what}: probe recording, with call sites`, measured: beside(recorded), reach: 'less than OpenTelemetry' },
    { what: `${what}: OpenTelemetry's instrumentation`, measured: beside(otel), reach: '—' },
    {
      what: `${what}: what the probe adds, as a share of what OpenTelemetry adds`,
      measured: `${((recorded - bare) / (otel - bare)).toFixed(2)} × (${(recorded - bare).toFixed(1)} µs beside ${(otel - bare).toFixed(1)} µs)`,
      reach: '< 1 ×',
    },
  ];
}

function coldRow({ bare, recorded }: Times): BenchRow {
  return {
    what: '`query` from a place never seen before: what the probe adds',
    measured: `${(recorded - bare).toFixed(1)} µs (${recorded.toFixed(1)} µs beside ${bare.toFixed(1)} µs, compiling the place included)`,
    reach: '≤ 10 µs',
  };
}

function readsRow({ bare, recorded, watched }: Times): BenchRow {
  return {
    what: '1,000 entities hydrated and all their properties read: with property reads watched',
    measured: `${(watched / recorded).toFixed(2)} × recording alone (${watched.toFixed(1)} µs an entity beside ${recorded.toFixed(1)} µs; ${bare.toFixed(1)} µs without the probe)`,
    reach: '≤ 2 ×',
  };
}

async function postgresRow(...[bare, again, recorded]: readonly [Way, Way, Way]): Promise<BenchRow> {
  const { startPostgres } = (await import(pathToFileURL(path.join(root, 'scripts/lib/postgres.mjs')).href)) as {
    startPostgres: () => Promise<Server>;
  };
  const server = await startPostgres();
  try {
    const times = await measure('lookup', 2_000, [bare, recorded, again], { BENCH_POSTGRES: server.url });
    const noise = percent(times.again / times.bare - 1);
    return {
      what: '`findOneBy` in a loop on PostgreSQL over loopback: probe recording, time elapsed',
      measured: `${percent(times.recorded / times.bare - 1)} (${times.recorded.toFixed(0)} µs a query beside ${times.bare.toFixed(0)} µs; without the probe a second time ${noise})`,
      reach: '≤ 5 %',
    };
  } finally {
    await server.stop();
  }
}

interface Server {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** As a collector that was killed leaves one. */
async function leaveStaleSocket(socketPath: string): Promise<string> {
  const listen = "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
  const child = spawn(process.execPath, ['-e', listen, socketPath]);
  await new Promise((resolve) => child.once('close', resolve));
  return socketPath;
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`;
}
