/** The outside world as commands see it, so that tests can stand in for it. */
interface CliOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Exit statuses of the tool itself; `profile` else passes on the status of its command. */
export const exitStatus = { ok: 0, tripped: 1, usage: 2, notFound: 127 } as const;

/** Something the user can put right: printed as it is, without a stack. */
export class UsageError extends Error {}

/** An option that does not exist, or a value that it does not take: the command's help is named after it. */
export class ArgumentError extends UsageError {}

/** A file that cannot be read or written, or is not what it should be. */
export class FileError extends Error {}
