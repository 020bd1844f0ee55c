import fs from 'node:fs';
import path from 'node:path';
import type { QueryProfile } from '../core/profile/queryProfile';
import { type CliIo, exitStatus, FileError } from './io';
import { renderHtml } from './renderHtml';
import { renderJson } from './renderJson';
import { renderText } from './renderText';
import type { ReportFormat, ReportOptions } from './reportOptions';

/**
 * Prints the report, or writes it to its file.
 * @param root folder from which files are named
 * @returns 1 where a budget or --fail-on tripped, else 0
 */
export function deliverReport(profile: QueryProfile, root: string, options: ReportOptions, io: CliIo): number {
  const text = render(options.format, profile, root, options.out === null ? io : null);
  if (options.out === null) io.stdout.write(text);
  else writeReport(path.resolve(io.cwd, options.out), text);
  warnOfUnknownBudgets(profile, options, io);
  return isTripped(profile, options) ? exitStatus.tripped : exitStatus.ok;
}

function render(format: ReportFormat, profile: QueryProfile, root: string, io: CliIo | null): string {
  switch (format) {
    case 'json':
      return renderJson(profile, root);
    case 'html':
      return renderHtml(profile, root);
    case 'text':
      return renderText(profile, root, { colours: io !== null && hasColours(io), width: io?.stdout.columns ?? 100 });
  }
}

/** https://no-color.org */
function hasColours({ stdout, env }: CliIo): boolean {
  return stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

function writeReport(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new FileError(`the report could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isTripped({ findings, scopes }: QueryProfile, { failOnWarning, budgets }: ReportOptions): boolean {
  if (failOnWarning && findings.some(({ severity }) => severity === 'warning')) return true;
  return scopes.some(({ name, queryCount }) => queryCount > (budgets[name] ?? Infinity));
}

function warnOfUnknownBudgets({ scopes }: QueryProfile, { budgets }: ReportOptions, io: CliIo): void {
  const names = new Set(scopes.map(({ name }) => name));
  for (const name of Object.keys(budgets).filter((budget) => !names.has(budget))) {
    const seen = [...names].slice(0, 8).join(', ') || 'none';
    io.stderr.write(`relation-lens: the budget of \`${name}\` was not checked, no scope has that name (there were: ${seen}).\n`);
  }
}
