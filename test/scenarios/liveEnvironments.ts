/** Programs that the profiler is watched with while they run: one that never ends (J14), one that a debugger holds (J21). */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collector, createCollector } from '../../src/collector/collector';
import type { QueryProfile } from '../../src/core/profile/queryProfile';
import { programEnvironment, type Tool } from '../cli/tool';
import { describeScopes } from './environments';

type TypeormPackage = 'typeorm' | 'typeorm-0.3';

interface LiveRun {
  readonly collector: Collector;
  readonly runId: string;
  readonly app: ChildProcess;
  /** Of the app, for what it tells the test. */
  readonly folder: string;
}

const programs = path.join(__dirname, 'environments');

/** A scope without an end: its findings are there while it goes on, with counts that say "at least". */
export async function runNeverEnding(tool: Tool, typeorm: TypeormPackage): Promise<string[]> {
  return withRun(tool, 'neverEnding', typeorm, async ({ collector, runId, app }) => {
    const profile = await profileWhen(collector, runId, ({ scopes, findings }) => {
      const worker = scopes.find(({ name }) => name === 'worker');
      return worker?.live === true && worker.queryCount === 4 && findings.length > 0;
    });
    const says = describeScopes(profile, programs, true).map((line) => `while it runs: ${line}`);
    app.kill('SIGKILL');
    await once(app, 'close');
    await collector.request('endRun', { runId });
    const ended = collector.profile(runId);
    return ended === null ? says : [...says, ...describeScopes(ended, programs, true).map((line) => `killed: ${line}`)];
  });
}

/** The debugger of an editor, which tells the collector since when the app stands, and from when on it runs again. */
export async function runDebugged(tool: Tool, typeorm: TypeormPackage): Promise<string[]> {
  return withRun(tool, 'debugged', typeorm, async ({ collector, runId, app, folder }) => {
    const thread = await fileText(path.join(folder, 'paused'));
    const from = Date.now();
    await collector.request('stoodStill', { thread, from, to: null });
    await sleep(300);
    const to = Date.now();
    fs.writeFileSync(path.join(folder, 'goOn'), '');
    await collector.request('stoodStill', { thread, from, to });
    await once(app, 'close');
    await collector.request('endRun', { runId });
    const profile = collector.profile(runId);
    if (profile === null) return [];
    const scope = profile.scopes.find(({ name }) => name === 'held');
    // A millisecond for the clock's whole numbers.
    const isLeftOut = scope !== undefined && scope.durationMs <= Number(await fileText(path.join(folder, 'wall'))) - (to - from) + 1;
    return describeScopes(profile, programs, true).map((line) => `${line}; the pause is ${isLeftOut ? 'in none of its times' : 'in its times'}`);
  });
}

async function withRun(tool: Tool, program: string, typeorm: TypeormPackage, watch: (run: LiveRun) => Promise<string[]>): Promise<string[]> {
  const collector = createCollector({ probePath: path.join(tool.folder, 'probe.js'), storageFolder: null, oneRun: true });
  const folder = fs.mkdtempSync(path.join(tool.folder, 'live-'));
  let app: ChildProcess | undefined;
  try {
    const { runId, env } = await collector.request('startRun', { name: program, cwd: programs });
    app = spawn(process.execPath, [tool.build(path.join(programs, `${program}.ts`), typeorm)], {
      cwd: programs,
      env: { ...programEnvironment(), ...env, DEBUGGED_FOLDER: folder },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return await watch({ collector, runId, app, folder });
  } finally {
    app?.kill('SIGKILL');
    await collector.dispose();
  }
}

async function profileWhen(collector: Collector, runId: string, isThere: (profile: QueryProfile) => boolean): Promise<QueryProfile> {
  for (;;) {
    const profile = collector.profile(runId);
    if (profile !== null && isThere(profile)) return profile;
    await sleep(20);
  }
}

async function fileText(file: string): Promise<string> {
  while (!fs.existsSync(file)) await sleep(10);
  return fs.readFileSync(file, 'utf8');
}
