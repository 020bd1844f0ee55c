/**
 * Runs a small app, written in the test, in a process of its own, with the probe preloaded and a listener in this process.
 * A line that a test speaks of carries a mark, `// @find`: call sites are compared by it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer, type ProbeListener } from '../../src/collector/probeServer';
import { SiteMapper } from '../../src/collector/siteMapper';
import type { OperationStartEvent, ProbeEvent, QueryEvent, SiteFrame } from '../../src/protocol/probe';

const root = path.resolve(__dirname, '../..');
const appsFolder = path.join(__dirname, '.apps');

export type TypeormPackage = 'typeorm' | 'typeorm-0.3';
export const bothVersions: readonly TypeormPackage[] = ['typeorm', 'typeorm-0.3'];

export interface App {
  /** Source of the file that is started. */
  readonly source: string;
  readonly typeorm?: TypeormPackage;
  /** Name of the file that is started; default `app.cjs`. */
  readonly file?: string;
  /** Further files by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
  /** The Node.js that runs it; default the one that runs the test. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How the probe is started; `none` without it, `nobody` with a socket at which nobody listens. Default `listening`. */
  readonly probe?: 'listening' | 'none' | 'nobody';
}

export interface Outcome {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An operation with everything the events say of it, in the terms that tests speak. */
export interface SeenOperation {
  readonly id: number;
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  /** Mark of the line of its site; null where the line has none, or there is no site. */
  readonly at: string | null;
  /** Marks of all its frames, innermost first. */
  readonly via: readonly (string | null)[];
  readonly frames: readonly SiteFrame[];
  readonly scope: string | null;
  readonly parent: SeenOperation | null;
  readonly owner: SeenOperation | null;
  readonly start: OperationStartEvent;
  readonly queries: readonly (QueryEvent & { readonly text: string })[];
  readonly entities: number;
  readonly roots: number;
  readonly error: string | null;
  readonly ended: boolean;
}

export interface ProbedOutcome extends Outcome {
  readonly events: readonly ProbeEvent[];
  /** Events of each process apart. */
  readonly processes: readonly (readonly ProbeEvent[])[];
  readonly operations: readonly SeenOperation[];
}

export function eventsOf<E extends ProbeEvent['e']>(events: readonly ProbeEvent[], kind: E): Extract<ProbeEvent, { e: E }>[] {
  return events.filter((event): event is Extract<ProbeEvent, { e: E }> => event.e === kind);
}

/** Runs the app to its end. */
export async function runApp(app: App): Promise<ProbedOutcome> {
  const folder = writeApp(app);
  const processes: ProbeEvent[][] = [];
  const listener: ProbeListener = {
    connected: (id) => void (processes[id - 1] = []),
    event: (id, event) => void processes[id - 1]?.push(event),
    disconnected: () => undefined,
    refused: () => undefined,
  };
  const server = await openProbeServer(listener);
  try {
    const outcome = await runToEnd(app, folder, environmentOf(app, server.socketPath, server.token));
    await server.drained(5_000);
    const events = processes.flat();
    const marks = new Marks();
    return { ...outcome, events, processes, operations: processes.flatMap((own) => seenOperations(own, folder, marks)) };
  } finally {
    await server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The bundle that users get, built once per test file. */
export function probeBundle(): string {
  builtProbe ??= buildProbe();
  return builtProbe;
}

let builtProbe: string | undefined;

// Of each test file: the process that it runs in may be ended by a signal.
afterAll(() => {
  if (builtProbe !== undefined) fs.rmSync(path.dirname(builtProbe), { recursive: true, force: true });
});

function buildProbe(): string {
  const outfile = path.join(os.tmpdir(), `relation-lens-probe-${process.pid}`, 'probe with space.js');
  buildSync({
    entryPoints: [path.join(root, 'src/probe/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    keepNames: true,
    logLevel: 'silent',
  });
  const pause = path.join(path.dirname(outfile), 'pause.js');
  buildSync({ entryPoints: [path.join(root, 'src/probe/pauseStatement.ts')], outfile: pause, bundle: true, platform: 'node', format: 'cjs' });
  return outfile;
}

/** Writes the app's files where they can require what the repository has installed. */
export function writeApp({ source, file = 'app.cjs', files = {}, typeorm = 'typeorm' }: App): string {
  const folder = path.join(appsFolder, randomBytes(6).toString('hex'));
  for (const [name, content] of Object.entries({ [file]: source, ...files })) {
    const target = path.join(folder, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content.replaceAll('TYPEORM', typeorm));
  }
  return folder;
}

function environmentOf({ env = {}, probe = 'listening' }: App, socketPath: string, token: string): Record<string, string> {
  if (probe === 'none') return { ...env };
  const address = probe === 'nobody' ? path.join(os.tmpdir(), 'relation-lens-nobody.sock') : socketPath;
  return { ...preloadEnvironment(probeBundle(), address, token), ...env };
}

export function runToEnd(
  { file = 'app.cjs', nodeArguments = [], node = process.execPath }: App,
  folder: string,
  env: Record<string, string>,
): Promise<Outcome> {
  const { NODE_OPTIONS: _own, ...inherited } = process.env;
  const child = spawn(node, [...nodeArguments, path.join(folder, file)], { cwd: folder, env: { ...inherited, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

function seenOperations(events: readonly ProbeEvent[], folder: string, marks: Marks): SeenOperation[] {
  const mapper = new SiteMapper(folder);
  for (const event of eventsOf(events, 'map')) mapper.add(event);
  const sites = new Map(eventsOf(events, 'site').map((site) => [site.id, mapper.map(site).frames]));
  const texts = new Map(eventsOf(events, 'sql').map(({ id, text }) => [id, text]));
  const scopes = new Map([...eventsOf(events, 'scope'), ...eventsOf(events, 'scopeName')].map(({ id, name }) => [id, name]));
  const ends = new Map(eventsOf(events, 'opEnd').map((end) => [end.id, end]));
  const queries = eventsOf(events, 'query').map((query) => ({
    ...query,
    text: typeof query.sql === 'number' ? (texts.get(query.sql) ?? '?') : query.sql,
  }));
  const seen = new Map<number, SeenOperation>();
  for (const operation of eventsOf(events, 'op')) {
    const frames = sites.get(operation.site) ?? [];
    const end = ends.get(operation.id);
    seen.set(operation.id, {
      id: operation.id,
      api: operation.api,
      entity: operation.entity,
      relation: operation.relation,
      at: frames[0] ? marks.at(frames[0]) : null,
      via: frames.map((frame) => marks.at(frame)),
      frames,
      scope: scopes.get(operation.scope) ?? null,
      parent: seen.get(operation.parent) ?? null,
      owner: seen.get(operation.ownerOperation ?? 0) ?? null,
      start: operation,
      queries: queries.filter(({ op }) => op === operation.id),
      entities: end?.entities ?? 0,
      roots: end?.roots ?? 0,
      error: end?.error ?? null,
      ended: end !== undefined,
    });
  }
  return [...seen.values()];
}

/** The mark of a frame's line, `// @mark`. */
class Marks {
  private readonly lines = new Map<string, readonly string[]>();

  at({ file, line }: SiteFrame): string | null {
    let lines = this.lines.get(file);
    if (!lines) this.lines.set(file, (lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []));
    return /@(\w+)\s*$/.exec(lines[line - 1] ?? '')?.[1] ?? null;
  }
}
