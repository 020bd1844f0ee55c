import { UsageError } from './io';
import { oneOf, readArguments, splitAtDashes } from './readArguments';

const FORMATS = ['text', 'json'] as const;

export interface VerifyRequest {
  /** Files and folders whose entities are compared; empty: the working directory. */
  readonly paths: readonly string[];
  readonly command: string;
  readonly commandArguments: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly keepRunning: boolean;
  /** How long a DataSource is waited for. */
  readonly timeoutMs: number;
}

const DEFAULT_TIMEOUT_S = 60;

/** @throws UsageError naming what to write instead */
export function parseVerifyArguments(args: readonly string[]): VerifyRequest {
  const { own, command: words } = splitAtDashes(args);
  const [command, ...commandArguments] = words;
  const { values, positionals } = readArguments(own, {
    format: { type: 'string' },
    timeout: { type: 'string' },
    'keep-running': { type: 'boolean' },
  });
  if (command === undefined)
    throw new UsageError('put the command that starts the app after --, as in: relation-lens verify src -- node dist/main.js');
  const format = oneOf('--format', values.format ?? 'text', FORMATS);
  const { timeout = String(DEFAULT_TIMEOUT_S) } = values;
  const seconds = Number(timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout ${timeout} is no number of seconds; write it as --timeout 60.`);
  return { paths: positionals, command, commandArguments, format, keepRunning: values['keep-running'] ?? false, timeoutMs: seconds * 1000 };
}
