import path from 'node:path';
import { checkReportFiles, deliverReport } from './deliverReport';
import { type CliIo, UsageError } from './io';
import { readConfig } from './projectConfig';
import { readRun } from './readRun';
import { parseReportOptions } from './reportOptions';
import { setSuppressedAside } from './suppression';

/** `relation-lens report RECORDING`: the report of a run that was recorded earlier, or of OpenTelemetry traces. */
export async function runReportCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = parseReportOptions(args, io.cwd);
  const [recording, ...others] = options.positionals;
  if (options.recording !== null)
    throw new UsageError('--recording belongs to `relation-lens profile`; name the recording itself: relation-lens report run.ndjson');
  if (options.watchReads)
    throw new UsageError('--watch-reads belongs to `relation-lens profile`: what the app reads can only be watched while it runs.');
  if (recording === undefined)
    throw new UsageError('name a recording: relation-lens report run.ndjson (made by `relation-lens profile --recording run.ndjson -- COMMAND`).');
  if (others.length > 0) throw new UsageError(`one recording at a time; \`${others.join(' ')}\` was left over.`);
  const { suppress } = readConfig(io.cwd);
  checkReportFiles(options);
  const { profile, cwd } = await readRun(path.resolve(io.cwd, recording), options.thresholds, io.cwd);
  return deliverReport(setSuppressedAside(profile, suppress), cwd, options, io);
}
