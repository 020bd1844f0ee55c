/** Findings that the user has said no to in a setting: `relationLens.suppress`, or `suppress` of relation-lens.config.json. No entry names a line. */
import type { Finding, Site } from './queryProfile';

/** Every field that is given has to fit. */
export interface SuppressEntry {
  /** The finding's kind, `lazy-n-plus-one`. */
  readonly finding: string;
  readonly entity?: string;
  readonly relation?: string;
  /** End of the file's path: `src/authors.ts`. */
  readonly file?: string;
  readonly function?: string;
  /** Name of the request or job: `GET /authors`. */
  readonly scope?: string;
  readonly reason?: string;
}

/** A finding whose comment has just been written: later runs read the comment, the runs that there are hear of it so. */
export interface SuppressedHere {
  readonly kind: string;
  readonly file: string;
  /** 1-based, as the finding's site names it. */
  readonly line: number;
  readonly reason: string | null;
}

/** What an entry may hold; the finding's kind it has to. */
export const suppressFields = [
  'finding',
  'entity',
  'relation',
  'file',
  'function',
  'scope',
  'reason',
] as const satisfies readonly (keyof SuppressEntry)[];

/** Entries without a finding's kind say nothing, and a field that is no text would fit nothing. */
export function parseSuppressEntries(value: unknown): SuppressEntry[] {
  return (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const fields = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
    const { finding } = fields;
    if (typeof finding !== 'string') return [];
    const given = suppressFields.flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name]] as const] : []));
    return [{ finding, ...Object.fromEntries(given) }];
  });
}

/** The first entry that fits. */
export function suppressEntryFor(finding: Finding, entries: readonly SuppressEntry[]): SuppressEntry | undefined {
  return entries.find((entry) => fits(entry, finding));
}

/** Whether a finding is the one that a comment was written for. */
export function isSuppressedHere(finding: Finding, { kind, file, line }: SuppressedHere): boolean {
  return finding.kind === kind && sitesOf(finding).some((site) => site.file === file && site.line === line);
}

/** The lines that a finding names. */
export function sitesOf({ site, parent }: Pick<Finding, 'site' | 'parent'>): Site[] {
  return [site, parent?.site ?? null].filter((candidate): candidate is Site => candidate !== null);
}

function fits(entry: SuppressEntry, finding: Finding): boolean {
  const places = sitesOf(finding);
  return (
    entry.finding === finding.kind &&
    (entry.entity ?? finding.entity) === finding.entity &&
    (entry.relation ?? finding.relation) === finding.relation &&
    (entry.scope ?? finding.scopeName) === finding.scopeName &&
    (entry.file === undefined || places.some((place) => endsWithPath(place.file, entry.file ?? ''))) &&
    (entry.function === undefined || places.some((place) => functionOf(place) === entry.function))
  );
}

function endsWithPath(file: string, end: string): boolean {
  const wanted = end.replaceAll('\\', '/').replace(/^\.?\//, '');
  return file === wanted || file.endsWith(`/${wanted}`);
}

/** `list` of `async AuthorService.list`. */
function functionOf({ function: name }: Site): string | undefined {
  return name?.split(/[ .]/).at(-1);
}
