/** `// relation-lens-ignore-next-line` above a line, or `// relation-lens-ignore-line` on it: what is found there is known and meant. */
import type { FindingKind, Site } from './queryProfile';

export type SourceLine = (file: string, line: number) => string | null;

export interface IgnoreComment {
  /** As written behind the colon; null where none is given. */
  readonly reason: string | null;
}

/** The comment that silences findings of that kind at a site; one that names no kind silences all. Null where there is none. */
export function ignoreCommentAt(kind: FindingKind, site: Site | null, sourceLine: SourceLine | undefined): IgnoreComment | null {
  if (site === null || sourceLine === undefined) return null;
  return (
    read('relation-lens-ignore-next-line', kind, sourceLine(site.file, site.line - 1)) ??
    read('relation-lens-ignore-line', kind, sourceLine(site.file, site.line))
  );
}

function read(directive: string, kind: FindingKind, line: string | null): IgnoreComment | null {
  const comment = /(?:\/\/|\/\*)(.*?)(?:\*\/)?\s*$/.exec(line ?? '')?.[1];
  const found = new RegExp(`\\b${directive}\\b([^:]*)(?::(.*))?$`).exec(comment ?? '');
  if (!found) return null;
  const ids = (found[1] ?? '').split(',').map((id) => id.trim());
  const kinds = ids.filter((id) => /^[a-z]+(-[a-z0-9+]+)+$/.test(id));
  return kinds.length === 0 || kinds.includes(kind) ? { reason: found[2]?.trim() || null } : null;
}
