/**
 * What it costs an app to be watched, per query, on in-memory better-sqlite3: without anything, with the probe and nobody listening,
 * with the probe recording, and with OpenTelemetry's instrumentation of TypeORM. Processor time of the app's process, as the middle of
 * what each way took more than the bare app in the same round (probeProcesses.ts); the bare app runs twice, and what the second one "takes
 * more" is what this run cannot tell apart. On PostgreSQL time elapsed counts, too, and beside the probe stands what Node itself takes as soon
 * as anything is carried through awaits (an AsyncLocalStorage that nobody reads): nothing that knows which request a query belongs to does with
 * less. Newer versions of Node take less for it, so they are measured, too, where there is one. Where property reads are watched, figures are of an entity instead of a query; where requests are answered, of a request.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer } from '../../src/collector/probeServer';
import { nodeAt, nodeOfVscode } from '../nodeOfVscode';
import type { BenchRow } from './benchRow';
import { differenceOf, measureInTurns, type Cost, type Difference, type Plan, type Rounds, type Way } from './probeProcesses';
import { median } from './statistics';

const root = process.cwd();
const probe = path.join(root, 'dist/probe.js');

const loops: readonly (Plan & { readonly what: string })[] = [
  { kind: 'lookup', what: '`findOneBy` in a loop', block: 500, rounds: 40 },
  { kind: 'lazy', what: 'a lazy relation in a loop', block: 510, rounds: 40 },
  { kind: 'raw', what: '`query` in a loop', block: 2_000, rounds: 60 },
];
const cold: Plan = { kind: 'cold', block: 250, rounds: 20 };
const reads: Plan = { kind: 'reads', block: 2_000, rounds: 30 };
const lookups: Plan = { kind: 'lookup', block: 100, rounds: 120 };
const requests: Plan = { kind: 'request', block: 20, rounds: 60 };

type LoopWay = 'bare' | 'again' | 'unheard' | 'stale' | 'recorded' | 'otel';
type ServerWay = 'bare' | 'again' | 'recorded' | 'context' | 'otel';

export async function rows(): Promise<BenchRow[]> {
  const silent = { connected: () => undefined, event: () => undefined, disconnected: () => undefined, refused: () => undefined };
  const server = await openProbeServer(silent);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-bench-'));
  const stale = await leaveStaleSocket(path.join(folder, 'stale.sock'));
  const way = <Name extends string>(name: Name, env: Way<Name>['env'] = {}, ...args: string[]): Way<Name> => ({ name, env, args });
  const bare = way('bare');
  const again = way('again');
  const recorded = way('recorded', preloadEnvironment(probe, server.socketPath, server.token));
  const watched = way('watched', preloadEnvironment(probe, server.socketPath, server.token, true));
  const ways: readonly Way<LoopWay>[] = [
    bare,
    way('unheard', preloadEnvironment(probe, path.join(folder, 'nobody.sock'), 'token')),
    way('stale', preloadEnvironment(probe, stale, 'token')),
    recorded,
    again,
    way('otel', {}, 'otel'),
  ];
  try {
    const found: BenchRow[] = [];
    for (const loop of loops) found.push(...loopRows(loop.what, await measureInTurns(loop, ways)));
    found.push(coldRow(await measureInTurns(cold, [bare, recorded])));
    found.push(readsRow(await measureInTurns(reads, [bare, recorded, watched])));
    found.push(...(await postgresRows([bare, recorded, again, way('context', {}, 'context'), way('otel', {}, 'otel')])));
    return found;
  } finally {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function loopRows(what: string, rounds: Rounds<LoopWay>): BenchRow[] {
  const more = (way: LoopWay): Difference => differenceOf(rounds[way], rounds.bare, 'processor');
  const ours = more('recorded').more;
  const theirs = more('otel').more;
  return [
    { what: `${what}: without the probe, measured a second time`, measured: worded(more('again')), reach: 'what this run can tell apart' },
    { what: `${what}: probe loaded, no socket`, measured: worded(more('unheard')), reach: '≤ 1 %' },
    { what: `${what}: probe loaded, a socket that its listener left behind`, measured: worded(more('stale')), reach: '≤ 1 %' },
    { what: `${what}: probe recording, with call sites`, measured: worded(more('recorded')), reach: 'less than OpenTelemetry' },
    { what: `${what}: OpenTelemetry's instrumentation`, measured: worded(more('otel')), reach: '—' },
    {
      what: `${what}: what the probe adds, as a share of what OpenTelemetry adds`,
      measured: `${(ours / theirs).toFixed(2)} × (${ours.toFixed(1)} µs beside ${theirs.toFixed(1)} µs)`,
      reach: '< 1 ×',
    },
  ];
}

function coldRow({ bare, recorded }: Rounds<'bare' | 'recorded'>): BenchRow {
  return {
    what: '`query` from a place never seen before: what the probe adds',
    measured: `${worded(differenceOf(recorded, bare, 'processor'))}, a file of its own compiled for each place`,
    reach: '≤ 10 µs',
  };
}

function readsRow({ bare, recorded, watched }: Rounds<'bare' | 'recorded' | 'watched'>): BenchRow {
  const middle = (costs: readonly Cost[]): number => median(costs.map(({ processor }) => processor));
  const share = median(watched.map(({ processor }, round) => processor / (recorded[round]?.processor ?? NaN)));
  return {
    what: '1,000 entities hydrated and all their properties read: with property reads watched',
    measured: `${share.toFixed(2)} × recording alone (${middle(watched).toFixed(1)} µs an entity beside ${middle(recorded).toFixed(1)} µs; ${middle(bare).toFixed(1)} µs without the probe)`,
    reach: '≤ 2 ×',
  };
}

async function postgresRows(ways: readonly Way<ServerWay>[]): Promise<BenchRow[]> {
  const { startPostgres } = (await import(pathToFileURL(path.join(root, 'scripts/lib/postgres.mjs')).href)) as {
    startPostgres: () => Promise<Server>;
  };
  const server = await startPostgres();
  const env = { BENCH_POSTGRES: server.url };
  const newer = newerNode();
  try {
    return [
      ...serverRows('`findOneBy` in a loop on PostgreSQL over loopback', await measureInTurns({ ...lookups, env }, ways)),
      ...serverRows(
        'an HTTP request of five queries, four without an index over 10,000 rows, on PostgreSQL',
        await measureInTurns({ ...requests, env }, ways),
      ),
      ...(newer === undefined ? [] : await newerNodeRows(newer, { ...lookups, env }, ways)),
    ];
  } finally {
    await server.stop();
  }
}

/** From Node.js 24 on, AsyncLocalStorage is carried along by V8 itself instead of by a hook that every promise runs through. */
async function newerNodeRows({ node, version }: NewerNode, plan: Plan, ways: readonly Way<ServerWay>[]): Promise<BenchRow[]> {
  const rounds = await measureInTurns(
    plan,
    ways.map((way) => ({ ...way, node })),
  );
  return serverRows(`on Node.js ${version}, \`findOneBy\` in a loop on PostgreSQL`, rounds);
}

interface NewerNode {
  readonly node: string;
  readonly version: number;
}

/** Where it is newer than the one that runs this: the one at BENCH_NODE, or that of the tests in VS Code. */
function newerNode(): NewerNode | undefined {
  const wanted = process.env.BENCH_NODE;
  const found = wanted ? nodeAt(wanted) : nodeOfVscode();
  if (wanted && !found) throw new Error(`BENCH_NODE is no Node.js: ${wanted}`);
  const version = parseInt(found?.version ?? '', 10);
  return found && version > parseInt(process.versions.node, 10) ? { node: found.node, version } : undefined;
}

function serverRows(what: string, rounds: Rounds<ServerWay>): BenchRow[] {
  const elapsed = (way: ServerWay): Difference => differenceOf(rounds[way], rounds.bare, 'elapsed');
  const { before } = elapsed('recorded');
  const processor = (way: ServerWay): string => {
    const { more } = differenceOf(rounds[way], rounds.bare, 'processor');
    return `${percent(more / before)} (${more.toFixed(1)} µs beside ${before.toFixed(0)} µs)`;
  };
  return [
    {
      what: `${what}: without the probe, time elapsed, a second time`,
      measured: worded(elapsed('again')),
      reach: 'what this run can tell apart',
    },
    { what: `${what}: probe recording, time elapsed`, measured: worded(elapsed('recorded')), reach: '≤ 5 %' },
    {
      what: `${what}: processor time that the probe adds, as a share of the time elapsed without it`,
      measured: processor('recorded'),
      reach: '≤ 5 %',
    },
    {
      what: `${what}: the same of an empty AsyncLocalStorage, Node’s own price of knowing what belongs to what`,
      measured: processor('context'),
      reach: '—',
    },
    { what: `${what}: the same of OpenTelemetry's instrumentation`, measured: processor('otel'), reach: '—' },
  ];
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

/** `+3.1 % (1.4 µs more than 45.2 µs; half of the rounds from 1.1 to 1.9 µs)` */
function worded({ before, more, from, to }: Difference): string {
  return `${percent(more / before)} (${more.toFixed(1)} µs more than ${before.toFixed(1)} µs; half of the rounds from ${from.toFixed(1)} to ${to.toFixed(1)} µs)`;
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`;
}
