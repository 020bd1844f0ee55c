/**
 * Comments by which a user says "not here", for rules and profiler findings alike. They are the same wherever they are read: in the editor, in the
 * collector, on the command line.
 *
 *     // relation-lens-ignore-next-line lazy-n-plus-one: at most three authors
 *     const books = await author.books; // relation-lens-ignore-line: a script that is run once
 *     // relation-lens-ignore-file fk-no-index: a table of ten rows
 */
import { statementStart } from './statementStart';

export interface Suppressions {
  /** Whether a problem of that id at that 1-based line is to be left out. */
  covers(id: string, line: number): boolean;
  /** What the comment that covers it gives as its reason; null where it gives none, or none covers it. */
  reasonFor(id: string, line: number): string | null;
}

const ID = '[a-z0-9]+(?:-[a-z0-9+]+)+';
const COMMENT = new RegExp(
  `/[/*]\\s*relation-lens-ignore-(next-line|line|file)(?:\\s+(${ID}(?:\\s*,\\s*${ID})*))?(?=[\\s:*]|$)\\s*:?\\s*(.*?)\\s*(?:\\*/|$)`,
);

interface Comment {
  /** Null: whatever it is. Not for a whole file, where nobody could tell later what was meant. */
  readonly ids: readonly string[] | null;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly reason: string | null;
}

export function readSuppressions(text: string): Suppressions {
  const lines = text.includes('relation-lens-ignore-') ? text.split(/\r?\n/) : [];
  const comments = readComments(lines);
  const find = (id: string, line: number): Comment | undefined => {
    const candidates = comments.filter(({ ids }) => ids === null || ids.includes(id));
    if (candidates.length === 0) return undefined;
    const start = statementStart(lines, line);
    return candidates.find((comment) => comment.line === null || comment.line === line || comment.line === start);
  };
  return { covers: (id, line) => find(id, line) !== undefined, reasonFor: (id, line) => find(id, line)?.reason ?? null };
}

function readComments(lines: readonly string[]): Comment[] {
  return lines.flatMap((text, i) => {
    const [, where, named, reason] = COMMENT.exec(text) ?? [];
    const ids = named?.split(/\s*,\s*/) ?? null;
    if (!where || (where === 'file' && ids === null)) return [];
    const line = where === 'file' ? null : where === 'line' ? i + 1 : lineAfterComments(lines, i);
    return [{ ids, line, reason: reason || null }];
  });
}

/** The next line that is not itself a comment (1-based): several comments may stand above one line. */
function lineAfterComments(lines: readonly string[], comment: number): number {
  let next = comment + 1;
  while (next < lines.length && /^\s*\/\//.test(lines[next] ?? '')) next++;
  return next + 1;
}
