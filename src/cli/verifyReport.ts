import type { LiveCheck, LiveDifference } from '../core/typeorm/live/checkLive';
import { placeIn, relativeTo } from './relativePath';

/** Per DataSource one line, then each difference with its place, as compilers print them. */
export function verdictToText(checks: readonly LiveCheck[], cwd: string): string {
  return checks.map((check) => [summary(check), ...check.differences.map((difference) => `  ${lineOf(difference, cwd)}`), ''].join('\n')).join('');
}

/** The contract of docs/verify.md. Files are relative to the working directory; positions 1-based. */
export function verdictToJson(checks: readonly LiveCheck[], cwd: string): string {
  const dataSources = checks.map(({ differences, ...check }) => ({
    ...check,
    differences: differences.map(({ source, ...difference }) => ({
      ...difference,
      source: source && { file: relativeTo(cwd, source.file), line: source.line, column: source.column },
    })),
  }));
  return `${JSON.stringify({ version: 1, equal: checks.every(({ differences }) => differences.length === 0), dataSources }, null, 2)}\n`;
}

function summary({ dataSource, entities, relations, columns, differences }: LiveCheck): string {
  const loaded = [count(entities, 'entity', 'entities'), count(relations, 'relation', 'relations'), count(columns, 'column', 'columns')].join(', ');
  return `${dataSource}: ${loaded}: ${differences.length === 0 ? 'all equal' : count(differences.length, 'difference', 'differences')}`;
}

function lineOf({ source, message }: LiveDifference, cwd: string): string {
  return source ? `${placeIn(cwd, { ...source, function: null })}:${source.column}  ${message}` : message;
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
