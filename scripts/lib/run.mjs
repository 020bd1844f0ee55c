// Starting other programs and saying what happens: shared by every script of this folder.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure that the user can act on: the message is the whole story, so no stack is printed. */
export class ScriptError extends Error {}

/** Prints a step's title. */
export function say(message) {
  process.stdout.write(`▸ ${message}\n`);
}

/**
 * Runs a program with its output passed through.
 * @returns {Promise<number>} its exit code (1 where a signal ended it)
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** As `run`, but a non-zero exit is a ScriptError. */
export async function mustRun(command, args, { what = `${command} ${args.join(' ')}`, ...options } = {}) {
  const code = await run(command, args, options);
  if (code !== 0) throw new ScriptError(`${what} failed (exit code ${code}). Its output stands above.`);
}

/** Whether a program can be started at all. */
export function isInstalled(command, args = ['--version']) {
  const { error, status } = needsShell(command)
    ? spawnSync(commandLine(command, args), { stdio: 'ignore', shell: true })
    : spawnSync(command, args, { stdio: 'ignore' });
  return error === undefined && status === 0;
}

/** Runs a script's main function; a ScriptError prints its sentence, anything else its stack. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof ScriptError ? `✖ ${error.message}` : error);
    process.exitCode = 1;
  }
}

function start(command, args, options) {
  return needsShell(command)
    ? spawn(commandLine(command, args), { cwd: root, ...options, shell: true })
    : spawn(command, args, { cwd: root, ...options });
}

/** One line for Windows' shell, which would take a folder with spaces apart. */
export function commandLine(command, args) {
  return [command, ...args].map((part) => (/[\s&|<>^()]/.test(part) ? `"${part}"` : part)).join(' ');
}

/** On Windows npm, npx and code are .cmd files, which only a shell can start. */
function needsShell(command) {
  return process.platform === 'win32' && /^(npm|npx|code)$/.test(command);
}
