/** `relation-lens verify [paths…] -- COMMAND`: is the graph of the sources what TypeORM builds in the running app (docs/verify.md)? */
import path from 'node:path';
import typescript from 'typescript';
import { createCollector, type Collector } from '../collector/collector';
import { createEntityProject } from '../core/typeorm/entityProject';
import { checkLive, type LiveCheck } from '../core/typeorm/live/checkLive';
import { createDiskHost } from '../disk/diskHost';
import type { RunInfo } from '../protocol/collector';
import { type CliIo, exitStatus, FileError } from './io';
import { notFoundMessage, runApp, type RunningApp } from './runApp';
import { checkReadable, sourcePaths } from './sourcePaths';
import { parseVerifyArguments, type VerifyRequest } from './verifyArguments';
import { verdictToJson, verdictToText } from './verifyReport';

const LOOK_EVERY_MS = 100;
/** Apps with several DataSources initialise them one after the other: so long after the last one no further is expected. */
const SETTLED_AFTER_MS = 1_500;

export async function runVerifyCommand(args: readonly string[], io: CliIo): Promise<number> {
  const request = parseVerifyArguments(args);
  const paths = sourcePaths(request.paths, io.cwd);
  checkReadable(paths);
  const graph = createEntityProject(typescript, createDiskHost(paths)).graph();
  const collector = createCollector({ probePath: path.join(__dirname, 'probe.js'), storageFolder: null, oneRun: true });
  try {
    const { runId, env } = await collector.request('startRun', { name: request.command, cwd: io.cwd });
    const { command, commandArguments: args } = request;
    const app = runApp({ command, args, cwd: io.cwd, env: io.env, probe: env, output: 'stderr' });
    const how = await untilMetadata(collector, runId, app, request);
    await collector.request('endRun', { runId });
    const sources = await collector.request('metadata', { runId });
    if (sources.length === 0) throw new FileError(whyNothing(collector.profile(runId)?.run, how, request));
    return deliver(distinct(sources.flatMap((source) => checkLive(graph, source) ?? [])), request, io);
  } finally {
    await collector.dispose();
  }
}

type Ending = { readonly by: 'itself'; readonly status: number | 'not found' } | { readonly by: 'us' };

/** Waits for the metadata of all DataSources, or for the command's end; with `--keep-running` always for the latter. */
async function untilMetadata(collector: Collector, runId: string, app: RunningApp, request: VerifyRequest): Promise<Ending> {
  const ended = app.ended.then((status): Ending => ({ by: 'itself', status }));
  if (request.keepRunning) return ended;
  const stopped = new AbortController();
  const settled = hasSettled(collector, runId, request.timeoutMs, stopped.signal).then((): Ending => ({ by: 'us' }));
  try {
    const first = await Promise.race([ended, settled]);
    if (first.by === 'us') await app.stop(collector.profile(runId)?.run.pids ?? []);
    return first;
  } finally {
    stopped.abort();
  }
}

async function hasSettled(collector: Collector, runId: string, timeoutMs: number, stopped: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  let known: { readonly count: number; readonly since: number } = { count: 0, since: startedAt };
  while (!stopped.aborted) {
    const sources = await collector.request('metadata', { runId });
    const now = performance.now();
    if (sources.length !== known.count || sources.some(({ busy }) => busy)) known = { count: sources.length, since: now };
    if (now - known.since > (known.count > 0 ? SETTLED_AFTER_MS : timeoutMs)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** An app that forks builds the same DataSource in each process. */
function distinct(checks: readonly LiveCheck[]): readonly LiveCheck[] {
  return [...new Map(checks.map((check) => [JSON.stringify(check), check])).values()];
}

function deliver(checks: readonly LiveCheck[], { format }: VerifyRequest, io: CliIo): number {
  io.stdout.write(format === 'json' ? verdictToJson(checks, io.cwd) : verdictToText(checks, io.cwd));
  return checks.some(({ differences }) => differences.length > 0) ? exitStatus.tripped : exitStatus.ok;
}

/** What kept us from comparing, and what to do about it. */
function whyNothing(run: RunInfo | undefined, how: Ending, { command, timeoutMs }: VerifyRequest): string {
  const happened =
    how.by === 'us'
      ? `within ${timeoutMs / 1000} seconds`
      : how.status === 0
        ? 'before the command ended'
        : `before the command failed with status ${how.status}`;
  const failure = 'nothing could be compared:';
  if (how.by === 'itself' && how.status === 'not found') return `${failure} ${notFoundMessage(command)}`;
  // The probe says hello when TypeORM is loaded, not before.
  return !run || run.typeormVersions.length === 0
    ? `${failure} no Node.js process loaded TypeORM ${happened}. Put the command after -- that starts the app itself, or give it more time with --timeout.`
    : `${failure} no DataSource was initialised ${happened}. What the command printed says more: does its database run, are its environment variables set?`;
}
