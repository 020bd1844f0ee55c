/**
 * A query-budget file: how many queries each route (job, test) may run, reviewed and committed beside the code.
 *
 *     { "version": 1, "budgets": { "GET /authors": 3 } }
 */
import fs from 'node:fs';
import type { QueryProfile } from '../core/profile/queryProfile';
import { foldScopes } from './foldScopes';
import { FileError } from './io';
import { writeTextFile } from './writeTextFile';

/**
 * @returns counts by scope name
 * @throws FileError naming what is wrong with the file
 */
export function readBudgets(file: string): Readonly<Record<string, number>> {
  const content = parse(file);
  if (!isRecord(content) || !isRecord(content['budgets']))
    throw new FileError(`${file} holds no budgets; it should look like {"version": 1, "budgets": {"GET /authors": 3}}.`);
  if (content['version'] !== 1)
    throw new FileError(`${file} has version ${JSON.stringify(content['version'])}; this version of Relation Lens reads version 1.`);
  for (const [name, count] of Object.entries(content['budgets'])) {
    if (!Number.isInteger(count) || (count as number) < 0)
      throw new FileError(`${file}: the budget of \`${name}\` is ${JSON.stringify(count)}; write a whole number.`);
  }
  return content['budgets'] as Record<string, number>;
}

/** Writes what each scope of the run needed at most; what belongs to no request or job has no budget. */
export function writeBudgets(file: string, { scopes }: QueryProfile): void {
  const counts = foldScopes(scopes.filter(({ kind }) => kind !== 'unattributed')).map(({ name, queryCount }) => [name, queryCount] as const);
  const budgets = Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeTextFile(file, `${JSON.stringify({ version: 1, budgets }, null, 2)}\n`, 'the budgets');
}

function parse(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new FileError(
      `the budgets in ${file} could not be read: ${error instanceof Error ? error.message : String(error)}; make the file with --write-budgets.`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
