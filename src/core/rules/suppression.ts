/**
 * Comments by which a user says "not here", for rules and profiler findings alike:
 *
 *     // relation-lens-ignore-next-line lazy-n-plus-one: at most three authors
 *     // relation-lens-ignore-file fk-no-index: a table of ten rows
 */
export interface Suppressions {
  /** Whether a problem of that id at that 1-based line is to be left out. */
  covers(id: string, line: number): boolean;
  /** What the comment that covers it gives as its reason; null where it gives none, or none covers it. */
  reasonFor(id: string, line: number): string | null;
}

const COMMENT = /\/[/*]\s*relation-lens-ignore-(next-line|file)\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)(?:\s*:\s*(.*?))?\s*(?:\*\/|$)/;

interface Comment {
  readonly ids: readonly string[];
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly reason: string | null;
}

export function readSuppressions(text: string): Suppressions {
  const comments = text.includes('relation-lens-ignore-') ? readComments(text.split(/\r?\n/)) : [];
  const find = (id: string, line: number): Comment | undefined =>
    comments.find((comment) => comment.ids.includes(id) && (comment.line === null || comment.line === line));
  return { covers: (id, line) => find(id, line) !== undefined, reasonFor: (id, line) => find(id, line)?.reason ?? null };
}

function readComments(lines: readonly string[]): Comment[] {
  return lines.flatMap((text, i) => {
    const [, where, ids, reason] = COMMENT.exec(text) ?? [];
    if (!where || !ids) return [];
    return [{ ids: ids.split(/\s*,\s*/), line: where === 'file' ? null : lineAfterComments(lines, i), reason: reason || null }];
  });
}

/** The next line that is not itself a comment (1-based): several comments may stand above one line. */
function lineAfterComments(lines: readonly string[], comment: number): number {
  let next = comment + 1;
  while (next < lines.length && /^\s*\/\//.test(lines[next] ?? '')) next++;
  return next + 1;
}
