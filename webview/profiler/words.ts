/** Numbers, durations and places as the panel writes them. */
import { pathInPackage } from '../../src/core/profile/packageOf';
import type { QueryKind, Site } from '../../src/core/profile/queryProfile';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `1234` → `1,234`. */
export function formatCount(count: number): string {
  // Most numbers are small, and `Intl` takes long for them.
  return Number.isInteger(count) && count >= 0 && count < 1000 ? String(count) : whole.format(count);
}

/** Statements that read nothing have no count of rows, which is something else than none found. */
export function formatRows(kind: QueryKind, rows: number): string {
  return kind !== 'select' && rows === 0 ? '–' : formatCount(rows);
}

/** `1` → `1 query`, `3` → `3 queries`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

export function countQueries(count: number): string {
  return countOf(count, 'query', 'queries');
}

/** Milliseconds with their unit and three significant digits or so: `0.09 ms`, `1.9 ms`, `46 ms`, `1.25 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return '0 ms';
  if (durationMs < 1) return `${Math.max(durationMs, 0.01).toFixed(2)} ms`;
  if (durationMs < 10) return `${durationMs.toFixed(1)} ms`;
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 2 : 1)} s`;
  return `${whole.format(Math.floor(durationMs / 60_000))} min ${Math.round((durationMs % 60_000) / 1000)} s`;
}

/** Milliseconds for a column whose head names the unit, so that the decimal points stand beneath each other. */
export function formatMsCell(durationMs: number): string {
  return durationMs > 0 && durationMs < 0.05 ? '<0.1' : oneDecimal.format(durationMs);
}

/** Time of day on the user's clock: `14:02:31`. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString('en-GB');
}

/** A path beneath the deepest workspace folder that holds it; `folders` are absolute with forward slashes. */
export function relativePath(file: string, folders: readonly string[]): string {
  const holders = folders.filter((folder) => file.startsWith(withSlash(folder)));
  const deepest = holders.reduce((best, folder) => (folder.length > best.length ? folder : best), '');
  return deepest === '' ? file : file.slice(withSlash(deepest).length);
}

function withSlash(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`;
}

/** `src/routes/authors.ts:12`; `@acme/core/dist/authors.js:12` in a package. */
export function formatSite(site: Site, folders: readonly string[]): string {
  return `${pathInPackage(site.file) ?? relativePath(site.file, folders)}:${site.line}`;
}

/** `authors.ts`, for narrow columns. */
export function fileName({ file }: Site): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

const HTTP_NAME = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(.*)$/;
const GRAPHQL_NAME = /^GraphQL (query|mutation|subscription) (.*)$/;

/** A request's name in two parts: the method, the type of a GraphQL operation or the scope's kind, and the rest. */
export function splitName(kind: string, name: string): { readonly method: string; readonly rest: string } {
  const match = (kind === 'graphql' ? GRAPHQL_NAME : HTTP_NAME).exec(name);
  if (match) return { method: match[1] ?? '', rest: match[2] ?? '' };
  return { method: kind === 'unattributed' ? '' : kind, rest: name };
}
