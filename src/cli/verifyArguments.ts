import { parseArgs } from 'node:util';
import { ArgumentError, firstSentence, UsageError } from './io';

export interface VerifyRequest {
  /** Files and folders whose entities are compared; empty: the working directory. */
  readonly paths: readonly string[];
  readonly command: string;
  readonly commandArguments: readonly string[];
  readonly format: 'text' | 'json';
  readonly keepRunning: boolean;
  /** How long a DataSource is waited for. */
  readonly timeoutMs: number;
}

const DEFAULT_TIMEOUT_S = 60;

/** @throws UsageError naming what to write instead */
export function parseVerifyArguments(args: readonly string[]): VerifyRequest {
  const at = args.indexOf('--');
  const [command, ...commandArguments] = at < 0 ? [] : args.slice(at + 1);
  const { values, positionals } = parse(at < 0 ? args : args.slice(0, at));
  if (command === undefined)
    throw new UsageError('put the command that starts the app after --, as in: relation-lens verify src -- node dist/main.js');
  const { format = 'text', timeout = String(DEFAULT_TIMEOUT_S) } = values;
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format} is not known; it can be text or json.`);
  const seconds = Number(timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout ${timeout} is no number of seconds; write it as --timeout 60.`);
  return { paths: positionals, command, commandArguments, format, keepRunning: values['keep-running'] ?? false, timeoutMs: seconds * 1000 };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string' }, timeout: { type: 'string' }, 'keep-running': { type: 'boolean' } },
    });
  } catch (error) {
    throw new ArgumentError(firstSentence(error));
  }
}
