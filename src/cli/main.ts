/** The command-line tool: `relation-lens graph | lint | profile | verify | report | fix`. */
import { nearestName } from '../core/model/nearestName';
import { type CliIo, exitStatus } from './io';
import { helpText, versionText } from './help';
import { type Command, runCommand } from './runCommand';

/** Loaded when asked for: `graph` brings the TypeScript compiler with it. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  graph: async () => (await import('./graph.js')).runGraphCommand,
  lint: async () => (await import('./lint.js')).runLintCommand,
  profile: async () => (await import('./profile.js')).runProfileCommand,
  verify: async () => (await import('./verify.js')).runVerifyCommand,
  report: async () => (await import('./report.js')).runReportCommand,
  fix: async () => (await import('./fix.js')).runFixCommand,
};

async function main(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') return print(io, versionText());
  if (name === undefined) return usageError(io, helpText());
  if (name === '--help' || name === '-h' || name === 'help') return print(io, helpText());
  const load = commands[name];
  if (load === undefined) return usageError(io, noSuchCommand(name));
  return runCommand(name, await load(), rest, io);
}

function noSuchCommand(name: string): string {
  const meant = nearestName(name, Object.keys(commands));
  return `relation-lens: there is no command \`${name}\`.${meant === null ? '' : ` Is \`${meant}\` meant?`} See \`relation-lens --help\`.\n`;
}

function print(io: CliIo, text: string): number {
  io.stdout.write(text);
  return exitStatus.ok;
}

function usageError(io: CliIo, text: string): number {
  io.stderr.write(text);
  return exitStatus.usage;
}

// A reader that has seen enough (`| head`) closes the pipe: no reason for a word. A full disk is one, but not for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`relation-lens: the output could not be written: ${error.message}. Write it to another place.\n`);
  process.exitCode = exitStatus.usage;
});
// Where nobody reads mistakes, there is nobody to tell.
process.stderr.on('error', () => {});

void main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, cwd: process.cwd(), env: process.env }).then((status) => {
  process.exitCode ??= status;
});
