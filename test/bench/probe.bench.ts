/**
 * What it costs an app to be watched, per query, on in-memory better-sqlite3: without anything, with the probe and nobody listening,
 * with the probe recording, and with OpenTelemetry's instrumentation of TypeORM. Processor time of the app's process; the ways take
 * turns, and each counts by its best turn, for whatever else the machine does only ever adds.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer } from '../../src/collector/probeServer';
import type { BenchRow } from './benchRow';

const root = process.cwd();
const workload = path.join(root, 'test/bench/probeWorkload.cjs');
const probe = path.join(root, 'dist/probe.js');
const turns = 5;
const queriesPerTurn = 5_000;

const kinds = [
  { kind: 'lookup', what: '`findOneBy` in a loop' },
  { kind: 'lazy', what: 'a lazy relation in a loop' },
  { kind: 'raw', what: '`query` in a loop' },
] as const;

interface Way {
  readonly name: 'bare' | 'unheard' | 'recorded' | 'otel';
  readonly env: Record<string, string>;
  readonly args: readonly string[];
}

export async function rows(): Promise<BenchRow[]> {
  const silent = { connected: () => undefined, event: () => undefined, disconnected: () => undefined, refused: () => undefined };
  const server = await openProbeServer(silent);
  const nobody = path.join(os.tmpdir(), 'relation-lens-nobody.sock');
  const ways: readonly Way[] = [
    { name: 'bare', env: {}, args: [] },
    { name: 'unheard', env: preloadEnvironment(probe, nobody, ''), args: [] },
    { name: 'recorded', env: preloadEnvironment(probe, server.socketPath, server.token), args: [] },
    { name: 'otel', env: {}, args: ['otel'] },
  ];
  try {
    const found: BenchRow[] = [];
    for (const { kind, what } of kinds) found.push(...toRows(what, await measure(kind, ways)));
    return found;
  } finally {
    await server.close();
  }
}

/** Microseconds per query, by way. */
async function measure(kind: string, ways: readonly Way[]): Promise<Record<Way['name'], number>> {
  const best = { bare: Infinity, unheard: Infinity, recorded: Infinity, otel: Infinity };
  for (let turn = 0; turn < turns; turn++) {
    for (const way of ways) best[way.name] = Math.min(best[way.name], await once(kind, way));
  }
  return best;
}

function once(kind: string, { env, args }: Way): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [workload, kind, String(queriesPerTurn), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (status) => (status === 0 ? resolve(Number(output)) : reject(new Error(`${workload} ended with ${status}`))));
  });
}

function toRows(what: string, { bare, unheard, recorded, otel }: Record<Way['name'], number>): BenchRow[] {
  const beside = (time: number): string => `${percent(time / bare - 1)} (${time.toFixed(1)} µs a query beside ${bare.toFixed(1)} µs)`;
  return [
    { what: `${what}: probe loaded, nobody listening`, measured: beside(unheard), reach: '≤ 1 %' },
    { what: `${what}: probe recording, with call sites`, measured: beside(recorded), reach: 'less than OpenTelemetry' },
    { what: `${what}: OpenTelemetry's instrumentation`, measured: beside(otel), reach: '—' },
    {
      what: `${what}: what the probe adds, as a share of what OpenTelemetry adds`,
      measured: `${((recorded - bare) / (otel - bare)).toFixed(2)} × (${(recorded - bare).toFixed(1)} µs beside ${(otel - bare).toFixed(1)} µs)`,
      reach: '< 1 ×',
    },
  ];
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`;
}
