/** A command that runs with the probe loaded and can be asked to stop: the command itself and the processes in which the probe runs. */
import { spawn, type SpawnOptions } from 'node:child_process';
import os from 'node:os';
import { FileError } from './io';
import { windowsCommand } from './windowsCommand';

export interface AppCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What the collector wants to be added to the environment. */
  readonly probe: Readonly<Record<string, string>>;
  /** Where the command's standard output goes: with ours, or to standard error, where ours is a report's. */
  readonly output: 'inherit' | 'stderr';
}

export interface RunningApp {
  /**
   * The exit status; 128 and the signal's number where a signal ended it, as shells do.
   * Rejects with FileError where it could not be started for another reason than that there is no such command.
   */
  readonly ended: Promise<number | 'not found'>;
  /** Asks it to end, and after a while makes it. Signals do not pass through every npm and shell, hence the processes by their ids. */
  stop(pids: readonly number[]): Promise<void>;
}

/** How long an app may take over its own shutting down. */
const PATIENCE_MS = 5_000;
/** Signals that a terminal or a supervisor sends to us and means for the command. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

export function runApp({ command, args, cwd, env, probe, output }: AppCommand): RunningApp {
  const options: SpawnOptions = { stdio: ['inherit', output === 'stderr' ? 2 : 'inherit', 'inherit'], env: withProbe(env, probe), cwd };
  // Windows finds npm.cmd and its like only through a shell.
  const child = process.platform === 'win32' ? spawn(windowsCommand(command, args), { ...options, shell: true }) : spawn(command, args, options);
  const forward = (signal: NodeJS.Signals): void => {
    // Ctrl+C in a terminal reaches the whole group by itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const ended = new Promise<number | 'not found'>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve('not found');
      else reject(new FileError(`\`${command}\` could not be started (${error.code}): ${wayToStart(error.code)}`));
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])));
  }).finally(() => FORWARDED.forEach((signal) => process.off(signal, forward)));
  return {
    ended,
    async stop(pids) {
      const kill = (signal: NodeJS.Signals): void => [...pids, child.pid].forEach((pid) => pid !== undefined && send(pid, signal));
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), PATIENCE_MS);
      await ended.finally(() => clearTimeout(timer));
    },
  };
}

function wayToStart(code: string | undefined): string {
  return code === 'EACCES'
    ? 'make it executable with `chmod +x`, or put the program that runs it before it, as in `node app.js`.'
    : 'does it start without the profiler?';
}

/** What to say of a command that was not found. */
export function notFoundMessage(command: string): string {
  return `\`${command}\` was not found; is it installed, or does it want \`npx\` before it?`;
}

/** Node.js options that the user has set stay. */
function withProbe(env: NodeJS.ProcessEnv, probe: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...env, ...probe, NODE_OPTIONS: [env['NODE_OPTIONS'], probe['NODE_OPTIONS']].filter(Boolean).join(' ') };
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
