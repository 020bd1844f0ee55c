/**
 * Where the statement begins that a line belongs to, told from the text alone: the collector has no compiler, and a comment above a call that goes over
 * several lines must mean the same everywhere. A block (`… => {`) is where it ends: what is above a loop does not speak for the loop's body.
 *
 *     // relation-lens-ignore-next-line …
 *     const authors = await repo      ← begins here
 *       .createQueryBuilder('author')
 *       .getMany();                   ← for this line
 */

/** Longer statements are not followed; nobody would look for a comment that far up. */
const MAX_LINES = 60;

/** @param line 1-based, as what is given back; the line itself where it begins a statement */
export function statementStart(lines: readonly string[], line: number): number {
  let at = line;
  /** Brackets closed in what we have passed, whose opening ones are further up. */
  let missing = bracketsOf(code(lines[line - 1])).closed;
  while (at > 1 && line - at < MAX_LINES) {
    const above = code(lines[at - 2]);
    if (missing === 0 && !continues(code(lines[at - 1]), above)) return at;
    at--;
    const { closed, opened } = bracketsOf(above);
    missing = Math.max(0, missing - opened) + closed;
  }
  return at;
}

/** Whether a line goes on with what the line above began. */
function continues(text: string, above: string): boolean {
  if (above === '' || text === '') return false;
  if (/^(\?\.|\.(?!\.\.)|&&|\|\||\?\?|\?\s|:\s|[+\-*/%]\s)/.test(text)) return true;
  if (/^(case\b.*|default\s*):$/.test(above)) return false;
  // An object's brace comes behind an operator or an opening bracket; any other begins a block.
  if (above.endsWith('{')) return /([([,=:?]|\breturn)\s*\{$/.test(above) && !/\)\s*:\s*\{$/.test(above);
  return /([([,=?:+\-*/%|]|&&|=>|\b(await|return|yield|new|typeof|of|in))$/.test(above) && !/\+\+$|--$/.test(above);
}

/** Brackets that a line closes without having opened them, and those that it leaves open. */
function bracketsOf(text: string): { readonly closed: number; readonly opened: number } {
  let [closed, opened] = [0, 0];
  for (const character of text) {
    if ('([{'.includes(character)) opened++;
    else if (!')]}'.includes(character)) continue;
    else if (opened > 0) opened--;
    else closed++;
  }
  return { closed, opened };
}

/** The line without comments, and with empty strings: their brackets are no brackets. */
function code(line: string | undefined): string {
  const text = (line ?? '').replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''");
  return text
    .replace(/\/\*.*?\*\//g, '')
    .replace(/\/\/.*$/, '')
    .trim();
}
