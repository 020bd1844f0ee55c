/** Whether a line stands in a loop over rows, as far as the lines above it say: indentation is read, nothing is parsed. */
import type { SourceLine } from './ignoreComments';
import type { Site } from './queryProfile';

/** How far up a loop's head is looked for. */
const LINES = 60;

const HEAD = /\bfor\s+await\s*\(|\bfor\s*\(|\bwhile\s*\(|\.(?:map|forEach|flatMap|filter|some|every|reduce|find)\s*\(/;
/** Rows come out of a variable or a call; a list written out, or a count up to a number, does not grow with the data. */
const FIXED = /\bof\s*\[|\]\s*\.(?:map|forEach|flatMap|filter|some|every|reduce|find)\s*\(|[<>]=?\s*\d+\s*;/;
const FUNCTION =
  /\bfunction\b|=>|^\s*(?!(?:if|switch|catch|with)\b)(?:(?:public|private|protected|static|async|override|get|set)\s+)*[\w#$]+\s*\([^;]*\)\s*(?::[^;{]*)?\{\s*$/;

/** True where the nearest block around the line that is a loop or a function is a loop over what may have any number of rows. */
export function isInLoop(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  if (site === null || sourceLine === undefined) return false;
  const own = sourceLine(site.file, site.line);
  if (own === null) return false;
  const before = own.slice(0, Math.max(0, site.column - 1));
  if (HEAD.test(before)) return !FIXED.test(before);
  let indent = indentOf(own);
  for (let line = site.line - 1; line > 0 && line > site.line - LINES; line--) {
    const text = sourceLine(site.file, line);
    if (text === null) return false;
    if (text.trim() === '' || indentOf(text) >= indent) continue;
    indent = indentOf(text);
    if (HEAD.test(text)) return !FIXED.test(text);
    if (FUNCTION.test(text)) return false;
  }
  return false;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
