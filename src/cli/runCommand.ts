import { SocketFolderError } from '../collector/socketFolder';
import { asksForHelp, helpText } from './help';
import { ArgumentError, type CliIo, exitStatus, FileError, UsageError } from './io';

/** One of the tool's commands: takes the arguments after its name, resolves to the exit status. */
export type Command = (args: readonly string[], io: CliIo) => Promise<number>;

/** Runs a command, or prints its help; what the user can put right is told on standard error under the command's name, without a stack. */
export async function runCommand(name: string, command: Command, args: readonly string[], io: CliIo): Promise<number> {
  if (asksForHelp(args)) {
    io.stdout.write(helpText(name));
    return exitStatus.ok;
  }
  try {
    return await command(args, io);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof FileError || error instanceof SocketFolderError)) throw error;
    const next = error instanceof ArgumentError ? ` See \`relation-lens ${name} --help\`.` : '';
    io.stderr.write(`relation-lens ${name}: ${error.message}${next}\n`);
    return exitStatus.usage;
  }
}
