import path from 'node:path';
import { createCollector } from '../collector/collector';
import { keepHeapSmall } from '../collector/smallHeap';
import { checkReportFiles, deliverReport } from './deliverReport';
import { type CliIo, exitStatus, FileError, UsageError } from './io';
import { readConfig } from './projectConfig';
import { splitAtDashes } from './readArguments';
import { parseReportOptions } from './reportOptions';
import { notFoundMessage, runApp } from './runApp';
import { setSuppressedAside } from './suppression';

/** `relation-lens profile -- COMMAND`: runs it with the probe loaded and reports what it did. */
export async function runProfileCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { own, command: words } = splitAtDashes(args);
  const options = parseReportOptions(own, io.cwd);
  const [command, ...commandArguments] = words;
  if (command === undefined || options.positionals.length > 0) {
    throw new UsageError(
      `put the command to run after --, as in: relation-lens profile -- ${[...options.positionals, ...(command === undefined ? [] : [command])].join(' ') || 'node app.js'}`,
    );
  }
  const { suppress } = readConfig(io.cwd);
  checkReportFiles(options);
  keepHeapSmall();
  const collector = createCollector({
    probePath: path.join(__dirname, 'probe.js'),
    storageFolder: null,
    oneRun: true,
    watchReads: options.watchReads,
    thresholds: options.thresholds,
    ...(options.recording === null ? {} : { recordingFile: options.recording }),
  });
  try {
    const { runId, env } = await collector.request('startRun', {
      name: [command, ...commandArguments].join(' '),
      cwd: io.cwd,
      redact: options.redact,
    });
    const app = runApp({ command, args: commandArguments, cwd: io.cwd, env: io.env, probe: env, output: 'inherit' });
    const status = await app.ended;
    await collector.request('endRun', { runId });
    if (status === 'not found') {
      io.stderr.write(`relation-lens profile: the command ${notFoundMessage(command)}\n`);
      return exitStatus.notFound;
    }
    const profile = collector.profile(runId);
    if (profile === null) throw new FileError('nothing was measured.');
    const own = await deliverReport(setSuppressedAside(profile, suppress), io.cwd, options, io);
    return status !== 0 ? status : own;
  } finally {
    await collector.dispose();
  }
}
