import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { createCollector } from '../collector/collector';
import { deliverReport } from './deliverReport';
import { type CliIo, exitStatus, FileError, UsageError } from './io';
import { parseReportOptions } from './reportOptions';

/** `relation-lens profile -- COMMAND`: runs it with the probe loaded and reports what it did. */
export async function runProfileCommand(args: readonly string[], io: CliIo): Promise<number> {
  const at = args.indexOf('--');
  const options = parseReportOptions(at < 0 ? args : args.slice(0, at), io.cwd);
  const [command, ...commandArguments] = at < 0 ? [] : args.slice(at + 1);
  if (command === undefined || options.positionals.length > 0) {
    throw new UsageError(
      `put the command to run after --, as in: relation-lens profile -- ${[...options.positionals, ...(command === undefined ? [] : [command])].join(' ') || 'node app.js'}`,
    );
  }
  const collector = createCollector({
    probePath: path.join(__dirname, 'probe.js'),
    storageFolder: null,
    oneRun: true,
    watchReads: options.watchReads,
    thresholds: options.thresholds,
    ...(options.recording === null ? {} : { recordingFile: options.recording }),
  });
  try {
    const { runId, env } = await collector.request('startRun', { name: [command, ...commandArguments].join(' '), cwd: io.cwd, redact: options.redact });
    const status = await runCommand(command, commandArguments, withProbe(io.env, env), io.cwd);
    await collector.request('endRun', { runId });
    const profile = collector.profile(runId);
    if (profile === null) throw new FileError('nothing was measured.');
    const own = await deliverReport(profile, io.cwd, options, io);
    return status !== 0 ? status : own;
  } finally {
    await collector.dispose();
  }
}

function withProbe(env: NodeJS.ProcessEnv, probe: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...env, ...probe, NODE_OPTIONS: [env['NODE_OPTIONS'], probe['NODE_OPTIONS']].filter(Boolean).join(' ') };
}

/** Signals that a terminal or a supervisor sends to us and means for the command. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** @returns the command's exit status; 128 and the signal's number where a signal ended it, as shells do */
function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // Windows finds npm.cmd and its like only through a shell.
    const child = spawn(command, args, { stdio: 'inherit', env, cwd, shell: process.platform === 'win32' });
    const forward = (signal: NodeJS.Signals) => {
      // Ctrl+C in a terminal reaches the whole group by itself.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const settle = (finish: () => void) => {
      for (const signal of FORWARDED) process.off(signal, forward);
      finish();
    };
    child.once('error', (error: NodeJS.ErrnoException) =>
      settle(() =>
        error.code === 'ENOENT' ? resolve(notFound(command)) : reject(new FileError(`\`${command}\` could not be started: ${error.message}`)),
      ),
    );
    child.once('exit', (code, signal) => settle(() => resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]))));
  });
}

function notFound(command: string): number {
  process.stderr.write(`relation-lens profile: the command \`${command}\` was not found; is it installed, or does it want \`npx\` before it?\n`);
  return exitStatus.notFound;
}
