import { writeOtlp } from '../core/profile/otlp/writeOtlp';
import type { QueryProfile } from '../core/profile/queryProfile';
import { redactProfile } from '../core/profile/redactProfile';
import { writeBudgets } from './budgetFile';
import { compareRuns, isRegression, type RunComparison } from './compareRuns';
import { type CliIo, exitStatus } from './io';
import { readRun } from './readRun';
import { renderHtml } from './renderHtml';
import { renderJson } from './renderJson';
import { renderText } from './renderText';
import type { ReportOptions } from './reportOptions';
import { checkReadable } from './sourcePaths';
import { checkWritable, writeTextFile } from './writeTextFile';

/**
 * Asks for the files of a report before the run that it is of, which may be long.
 * @throws FileError naming the first that could not be written, or the recording to compare with that cannot be read
 */
export function checkReportFiles({ out, recording, writeBudgets, compare }: ReportOptions): void {
  if (out !== null) checkWritable(out, 'the report');
  if (recording !== null) checkWritable(recording, 'the recording');
  if (writeBudgets !== null) checkWritable(writeBudgets, 'the budgets');
  if (compare !== null) checkReadable([compare]);
}

/**
 * Prints the report, or writes it to its file.
 * @param measured the run, its suppressed findings already set aside
 * @param root folder from which files are named
 * @returns 1 where a budget or --fail-on tripped, else 0
 * @throws FileError where the report cannot be written, or the recording to compare with cannot be read
 */
export async function deliverReport(measured: QueryProfile, root: string, options: ReportOptions, io: CliIo): Promise<number> {
  const earlier = options.compare === null ? null : (await readRun(options.compare, options.thresholds, io.cwd)).profile;
  const comparison = earlier && compareRuns(earlier, measured);
  const profile = options.redact ? redactProfile(measured) : measured;
  const text = render(profile, comparison, root, options, io);
  if (options.out === null) io.stdout.write(text);
  else writeTextFile(options.out, text, 'the report');
  if (options.writeBudgets !== null) writeBudgets(options.writeBudgets, profile);
  tellWhatHasNoPlace(profile, options, io);
  warnOfUnknownBudgets(profile, options, io);
  return isTripped(profile, comparison, options) ? exitStatus.tripped : exitStatus.ok;
}

function render(profile: QueryProfile, comparison: RunComparison | null, root: string, { format, out }: ReportOptions, io: CliIo): string {
  switch (format) {
    case 'json':
      return renderJson(profile, root, comparison);
    case 'html':
      return renderHtml(profile, root, comparison);
    case 'text':
      return renderText(profile, root, { colours: out === null && hasColours(io), width: (out === null && io.stdout.columns) || 100 }, comparison);
    case 'otlp':
      return `${JSON.stringify(writeOtlp(profile))}\n`;
  }
}

/** https://no-color.org */
function hasColours({ stdout, env }: CliIo): boolean {
  return stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

function isTripped({ findings, scopes }: QueryProfile, comparison: RunComparison | null, { failOn, thresholds }: ReportOptions): boolean {
  if (failOn === 'warning' && findings.some(({ severity }) => severity === 'warning')) return true;
  if (failOn === 'regression' && comparison?.scopes.some(isRegression)) return true;
  return scopes.some(({ name, queryCount }) => queryCount > (thresholds.budgets[name] ?? Infinity));
}

/** What was amiss with the run (a recording that broke off, say) stands in reports that people read; the other formats have no word for it. */
function tellWhatHasNoPlace({ run }: QueryProfile, { format }: ReportOptions, io: CliIo): void {
  if (run.message !== null && (format === 'json' || format === 'otlp')) io.stderr.write(`relation-lens: ${run.message}\n`);
}

function warnOfUnknownBudgets({ scopes }: QueryProfile, { thresholds }: ReportOptions, io: CliIo): void {
  const names = new Set(scopes.map(({ name }) => name));
  for (const name of Object.keys(thresholds.budgets).filter((budget) => !names.has(budget))) {
    const seen = [...names].slice(0, 8).join(', ') || 'none';
    io.stderr.write(`relation-lens: the budget of \`${name}\` was not checked, no scope has that name (there were: ${seen}).\n`);
  }
}
