/**
 * Follows lines through edits: a run names lines of the text as it was then. Lines before and after the edited stretch are known
 * exactly; a line inside of it is sought by its words.
 */
export interface LineTracker {
  /** The line (1-based) that was `line` when the file was first seen. */
  lineNow(file: string, line: number): number;
  /** The text that lines of a file refer to. */
  readonly seen: ReadonlyMap<string, string>;
}

/** @param earlier keeps the texts that files had when they were first seen: a later update of the same run names the same lines. */
export function trackLines(files: readonly string[], readFile: (file: string) => string | undefined, earlier?: LineTracker): LineTracker {
  const seen = new Map<string, string>();
  for (const file of files) {
    const text = earlier?.seen.get(file) ?? readFile(file);
    if (text !== undefined) seen.set(file, text);
  }
  return {
    seen,
    lineNow(file, line) {
      const before = seen.get(file);
      const now = readFile(file);
      return before === undefined || now === undefined || before === now ? line : followLine(before.split('\n'), now.split('\n'), line);
    },
  };
}

function followLine(before: readonly string[], now: readonly string[], line: number): number {
  const shortest = Math.min(before.length, now.length);
  let head = 0;
  while (head < shortest && before[head] === now[head]) head++;
  if (line <= head) return line;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  if (line > before.length - tail) return line + now.length - before.length;
  const words = before[line - 1]?.trim();
  const same = now.flatMap((text, i) => (i >= head && i < now.length - tail && text.trim() === words ? [i + 1] : []));
  return same.length === 1 ? (same[0] ?? line) : line;
}
