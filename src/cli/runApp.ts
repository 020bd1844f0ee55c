/** A command that runs with the probe loaded and can be asked to stop: the command itself and the processes in which the probe runs. */
import { spawn } from 'node:child_process';
import os from 'node:os';
import { FileError } from './io';

export interface RunningApp {
  /** The exit status; 128 and the signal's number where a signal ended it, as shells do. Rejects with FileError where it could not start. */
  readonly ended: Promise<number>;
  /** Asks it to end, and after a while makes it. Signals do not pass through every npm and shell, hence the processes by their ids. */
  stop(pids: readonly number[]): Promise<void>;
}

/** How long an app may take over its own shutting down. */
const PATIENCE_MS = 5_000;

/** What the command prints goes to standard error: standard output is the report's. */
export function runApp(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): RunningApp {
  // Windows finds npm.cmd and its like only through a shell.
  const child = spawn(command, args, { stdio: ['inherit', 2, 2], env, cwd, shell: process.platform === 'win32' });
  const forward = (signal: NodeJS.Signals): void => {
    // Ctrl+C in a terminal reaches the whole group by itself.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  for (const signal of forwarded) process.on(signal, forward);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new FileError(`\`${command}\` could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])));
  }).finally(() => forwarded.forEach((signal) => process.off(signal, forward)));
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

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
