/**
 * Comments by which a user says "not here", for rules and profiler findings alike:
 *
 *     // relation-lens-ignore-next-line lazy-n-plus-one: at most three authors
 *     // relation-lens-ignore-file fk-no-index: a table of ten rows
 */
export interface Suppressions {
  /** Whether a problem of that id at that 1-based line is to be left out. */
  covers(id: string, line: number): boolean;
}

const COMMENT = /\/[/*]\s*relation-lens-ignore-(next-line|file)\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)/;

export function readSuppressions(text: string): Suppressions {
  if (!text.includes('relation-lens-ignore-')) return { covers: () => false };
  const inFile = new Set<string>();
  const byLine = new Map<number, readonly string[]>();
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    const [, where, ids] = COMMENT.exec(line) ?? [];
    const names = ids?.split(/\s*,\s*/) ?? [];
    if (where === 'file') names.forEach((name) => inFile.add(name));
    else if (where) byLine.set(lineAfterComments(lines, i), names);
  });
  return { covers: (id, line) => inFile.has(id) || (byLine.get(line)?.includes(id) ?? false) };
}

/** The next line that is not itself a comment (1-based): several comments may stand above one line. */
function lineAfterComments(lines: readonly string[], comment: number): number {
  let next = comment + 1;
  while (next < lines.length && /^\s*\/\//.test(lines[next] ?? '')) next++;
  return next + 1;
}
