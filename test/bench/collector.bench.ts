/**
 * A million queries through the real collector, in a process of its own: the memory it takes, whether every query was counted, and how
 * many it takes in a second. The queries are written to its socket as a probe writes them, waiting only for the socket.
 */
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { PROBE_PROTOCOL, PROBE_SOCKET_ENV, PROBE_TOKEN_ENV } from '../../src/protocol/probe';
import type { CollectorMethod, CollectorRequests, FromCollector, ProfileUpdate } from '../../src/protocol/collector';
import type { BenchRow } from './benchRow';

const root = process.cwd();
const QUERIES = 1_000_000;

const workloads = [
  { what: '1,000,000 queries in 10,000 requests of 100', perScope: 100 },
  { what: '1,000,000 queries in one request', perScope: QUERIES },
] as const;

export async function rows(): Promise<BenchRow[]> {
  const found: BenchRow[] = [];
  for (const { what, perScope } of workloads) {
    const { counted, peakMb, seconds, dropped } = await send(perScope);
    found.push(
      {
        what: `collector: ${what}, memory at its peak`,
        measured: `${peakMb === null ? 'not told by this system' : `${peakMb} MB`}`,
        reach: '≤ 300 MB',
      },
      {
        what: `collector: ${what}, counted`,
        measured: `${counted.toLocaleString('en')} (details of ${dropped.toLocaleString('en')} left out, ${Math.round(QUERIES / seconds).toLocaleString('en')} a second)`,
        reach: '1,000,000',
      },
    );
  }
  return found;
}

interface Outcome {
  readonly counted: number;
  readonly dropped: number;
  readonly peakMb: number | null;
  readonly seconds: number;
}

async function send(perScope: number): Promise<Outcome> {
  const collector = new ForkedCollector();
  const { runId, env } = await collector.request('startRun', { name: 'bench', cwd: root });
  const startedAt = performance.now();
  const socket = net.connect(env[PROBE_SOCKET_ENV] ?? '');
  for (const chunk of chunksOf(perScope, env[PROBE_TOKEN_ENV] ?? '')) {
    if (!socket.write(chunk)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  socket.end();
  await collector.untilCounted(QUERIES);
  const seconds = (performance.now() - startedAt) / 1000;
  const outcome = { counted: collector.counted, dropped: collector.dropped, peakMb: collector.peakMb(), seconds };
  await collector.request('endRun', { runId });
  collector.stop();
  return outcome;
}

/** What a probe writes: requests, calls from twenty places, thirty different statements. */
function* chunksOf(perScope: number, token: string): Generator<string> {
  const lines: unknown[] = [
    { e: 'hello', protocol: PROBE_PROTOCOL, token, pid: 1, ppid: 0, node: 'v20', cwd: root, argv: [], timeOrigin: Date.now() },
    { e: 'metadata', source: 1, driver: 'postgres', entities: [] },
  ];
  for (let id = 1; id <= 20; id++)
    lines.push({ e: 'site', id, frames: [{ file: `${root}/a.ts`, line: id, column: 1, function: 'list', async: false }] });
  for (let id = 1; id <= 30; id++)
    lines.push({ e: 'sql', id, text: `SELECT "a"."id" AS "a_id", "a"."c${id}" AS "a_c${id}" FROM "author" "a" WHERE "a"."id" = $1` });
  let t = 0;
  for (let query = 1; query <= QUERIES; query++) {
    const scope = Math.ceil(query / perScope);
    const at = query % 20;
    if ((query - 1) % perScope === 0) lines.push({ e: 'scope', id: scope, kind: 'http', name: `GET /${scope % 50}`, path: `/${scope}`, t });
    lines.push({ e: 'op', id: query, scope, parent: 0, api: 'Repository.findOneBy', entity: 'Author', relation: null, site: at + 1, source: 1, t });
    lines.push({
      e: 'query',
      id: query,
      op: query,
      scope,
      source: 1,
      sql: at + 1,
      params: [query],
      site: at + 1,
      t,
      ms: 0.2,
      rows: 1,
      error: null,
      values: { a_id: [query] },
    });
    lines.push({ e: 'opEnd', id: query, t: ++t, entities: 1, roots: 1, error: null });
    if (query % perScope === 0 || query === QUERIES) lines.push({ e: 'scopeEnd', id: scope, t, status: 200, responseHash: null });
    if (lines.length > 2_000)
      yield lines
        .splice(0)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join('');
  }
  yield lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The collector as the extension forks it. */
class ForkedCollector {
  dropped = 0;
  private readonly child: ChildProcess = fork(path.join(root, 'dist/collector.js'), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  private readonly counts = new Map<number, number>();
  private readonly waiting = new Map<number, (result: unknown) => void>();
  private lastId = 0;

  constructor() {
    this.child.on('message', (message: FromCollector) => {
      if (message.type === 'update') this.note(message.update);
      else if (message.ok) this.waiting.get(message.id)?.(message.result);
    });
  }

  get counted(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']> {
    const id = ++this.lastId;
    this.child.send({ type: 'request', id, method, params });
    return new Promise((resolve) => this.waiting.set(id, (result) => resolve(result as CollectorRequests[M]['result'])));
  }

  async untilCounted(queries: number): Promise<void> {
    while (this.counted < queries) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** The most memory that the process ever had resident; null where the system does not tell. */
  peakMb(): number | null {
    try {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8')) ?? [];
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
    } catch {
      return null;
    }
  }

  stop(): void {
    this.child.disconnect();
  }

  private note({ scopes, dropped }: ProfileUpdate): void {
    this.dropped = dropped;
    for (const { id, queryCount } of scopes) this.counts.set(id, queryCount);
  }
}
