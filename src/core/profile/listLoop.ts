/** What a loop in the source does with the rows of a list, as far as its lines say: indentation is read, nothing is parsed. */
import type { SourceLine } from './ignoreComments';
import type { Site } from './queryProfile';
import { indentOf, isInLoop, type LoopHead, loopHead } from './sourceLoop';

/** Lines that one statement takes at most, and lines of a body that are looked through. */
const STATEMENT = 6;
const BODY = 80;

/** True where the line stands in a loop over rows that goes on to the last of them, whatever their number. */
export function isInWholeLoop(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  return head !== null && isInLoop(site, sourceLine) && !endsEarly(head, sourceLine);
}

/** True where that loop may be left before its last row: a search for the first that fits. */
export function mayEndEarly(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  return head !== null && endsEarly(head, sourceLine);
}

/** True where that loop goes over what the statement at `query` gave a name: `const list = await …` and `for (const row of list)`, `list.map(`. */
export function isLoopOver(site: Site | null, query: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  if (head === null || query === null || head.file !== query.file || query.line > head.line) return false;
  const name = query.line === head.line ? null : nameGiven(query, sourceLine);
  return name === null ? query.line === head.line : new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$(])`).test(head.text);
}

/** A body that may leave the loop, or a method that stops at the first hit. */
function endsEarly({ file, line, text }: LoopHead, sourceLine: SourceLine | undefined): boolean {
  const whole = sourceLine?.(file, line) ?? '';
  if (!/\bfor\b|\bwhile\b/.test(text)) return /\.(?:find|some|every)\s*\(/.test(text);
  const body = [whole.slice(whole.search(/\bfor\b|\bwhile\b/))];
  for (let at = line + 1; at < line + BODY; at++) {
    const next = sourceLine?.(file, at) ?? null;
    if (next === null || (next.trim() !== '' && indentOf(next) <= indentOf(whole))) break;
    body.push(next);
  }
  return body.some((each) => /\b(?:break|return)\b/.test(each));
}

const GIVEN = /(?:\b(?:const|let|var)\s+\[?\s*([\w$]+)|^\s*([\w$]+))(?:\s*,[^=]*)?\]?\s*(?::[^=]+)?=(?!=)/;

/** The name that the statement around a call gives its result; of `[rows, total]` the first. */
function nameGiven({ file, line }: Site, sourceLine: SourceLine | undefined): string | null {
  for (let at = line; at > 0 && at > line - STATEMENT; at--) {
    const text = sourceLine?.(file, at) ?? null;
    if (text === null || (at < line && /[;{}]\s*$/.test(text))) return null;
    const [, declared, assigned] = GIVEN.exec(text) ?? [];
    if (declared !== undefined || assigned !== undefined) return declared ?? assigned ?? null;
  }
  return null;
}
