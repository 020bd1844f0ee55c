import { runCommand, type Command } from '../../../src/cli/runCommand';

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the tool within the test's process, in a folder; its mistakes are told as the tool tells them. */
export async function runInProcess(name: string, command: Command, args: readonly string[], cwd: string): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof written) => ({ write: (text: string) => void (written[stream] += text) });
  const status = await runCommand(name, command, args, { stdout: into('stdout'), stderr: into('stderr'), cwd, env: {} });
  return { status, ...written };
}
