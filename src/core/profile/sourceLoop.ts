/** Whether a line stands in a loop over rows, as far as the lines above it say: indentation is read, nothing is parsed. */
import type { SourceLine } from './ignoreComments';
import type { Site } from './queryProfile';

/** How far up a loop's head is looked for. */
const LINES = 60;
/** The same for a function's. */
const FUNCTION_LINES = 500;

const OVER = String.raw`\.(?:map|forEach|flatMap|filter|some|every|reduce|find)\s*\(`;
const HEAD = new RegExp(String.raw`\bfor\s+await\s*\(|\bfor\s*\(|\bwhile\s*\(|${OVER}`);
/** A call that runs its callback for each of many: of an array, a pool, an observable. */
const MAPPING = /(?<!\bnew\s+)\b(?:\w*[mM]ap|\w*[eE]ach\w*|flatMap|filter|reduce|Array\.from)\s*\(/;
/** `rows.map((row) => row.id)`, `rows.filter(({ isOpen }) => isOpen)`: what it does with each of them calls nothing. */
const PLUCKING =
  /\.(?:map|flatMap|filter|reduce|some|every|find)\s*\(\s*(?:Boolean\s*\)|(?:\([^()]*\)|[\w$]+)\s*=>\s*(?:\(\{[^()]*\}\)|(?!\{)[^()]*)\))/g;
/** Between brackets, nothing that may be any number of things (`[...new Set(ids)]`). */
const WRITTEN_OUT = String.raw`\[(?![^\]]*\.\.\.)`;
/** A count up to a number, `of ['a', 'b']`, or a list that is written out before `.map(`; `rows[0].map(` and `data['rows'].map(` are none. */
const FIXED = new RegExp(
  String.raw`\bof\s*${WRITTEN_OUT}|(?:^|[=(,:]|\breturn|\bawait)\s*${WRITTEN_OUT}[^[\]]*\]\s*${OVER}|^\s*\]\s*${OVER}|[<>]=?\s*\d+\s*;`,
);
/** `of names)`, `names.map(`: a list with a name. */
const NAMED_LIST = new RegExp(String.raw`\bof\s+([\w$]+)\s*\)|\b([\w$]+)\s*${OVER}`);
const FUNCTION =
  /\bfunction\b|=>|^\s*(?!(?:if|switch|catch|with)\b)(?:(?:public|private|protected|static|async|override|get|set)\s+)*[\w#$]+\s*\([^;]*\)\s*(?::[^;{]*)?\{\s*$/;

/** True where the nearest block around the line that is a loop or a function is a loop over what may have any number of rows. */
export function isInLoop(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  return head !== null && !isFixed(head, sourceLine);
}

/**
 * The same, or a line that itself hands a callback to something like a map: `rows.map(this.toDto)`, `pMap(rows, …)`, `mergeMap(…)`.
 *
 * @param called the function that the line calls, as its frame is named: one of the app's own is no map, whatever its name (`Users.filter`)
 */
export function mayBeLoop(site: Site | null, sourceLine: SourceLine | undefined, called?: string | null): boolean {
  const own = site === null ? null : (sourceLine?.(site.file, site.line) ?? null);
  if (own === null) return false;
  const name = called?.split(/[ .]/).at(-1) ?? '';
  const calling = own.replace(PLUCKING, '');
  const handing = name === '' ? calling : calling.replaceAll(`${name}(`, '');
  return MAPPING.test(handing) || loopHead(site, sourceLine) !== null;
}

/**
 * True where a line stands in what the statement of another one hands on, as `next()` does in `ask(a).then((answer) => { keep(answer); next(); })`: what it calls comes
 * after the other's answer, and makes no loop of its own.
 */
export function isBehind(site: Site, asking: Site, sourceLine: SourceLine | undefined): boolean {
  if (sourceLine === undefined || site.file !== asking.file || site.line < asking.line) return false;
  if (site.line === asking.line) return site.column > asking.column && !mayBeLoop(site, sourceLine);
  const statement = sourceLine(asking.file, asking.line);
  if (statement === null || site.line - asking.line > LINES) return false;
  for (let line = asking.line + 1; line <= site.line; line++) {
    const text = sourceLine(asking.file, line) ?? '';
    if (text.trim() !== '' && indentOf(text) <= indentOf(statement)) return false;
  }
  return true;
}

/**
 * True where that loop is over names that are written out in the source: kinds, states, settings, of which there will be as many tomorrow. Numbers
 * written out may well be keys, and a count up to a number a number of rows.
 */
export function isOverWrittenNames(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  const list = head && (listIn(head.text) ?? listAbove(head, sourceLine) ?? namedList(head, sourceLine));
  return list !== null && /['"`]/.test(list) && !/\.\.\.|\(/.test(list);
}

/** True where that loop goes on until something is found out (`while`, a `for` without a list), rather than over a list. */
export function isInSearchLoop(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(site, sourceLine);
  return head !== null && /\bwhile\s*\(|\bfor\s*\([^)]*;/.test(head.text) && !/\bof\b|\.length\b|\bin\b/.test(head.text);
}

export interface LoopHead {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Of the nearest block around the line, where that is a loop and no function. */
export function loopHead(site: Site | null, sourceLine: SourceLine | undefined): LoopHead | null {
  if (site === null || sourceLine === undefined) return null;
  const own = sourceLine(site.file, site.line);
  if (own === null) return null;
  const before = own.slice(0, Math.max(0, site.column - 1));
  if (HEAD.test(before.replace(PLUCKING, ''))) return { file: site.file, line: site.line, text: before };
  let indent = indentOf(own);
  for (let line = site.line - 1; line > 0 && line > site.line - LINES; line--) {
    const text = sourceLine(site.file, line);
    if (text === null) return null;
    if (text.trim() === '' || indentOf(text) >= indent) continue;
    indent = indentOf(text);
    if (HEAD.test(text)) return { file: site.file, line, text };
    if (FUNCTION.test(text)) return null;
  }
  return null;
}

/** Line of the function that the line stands in, as far as the lines above it say; null where none is seen. */
export function functionHead(site: Site, sourceLine: SourceLine | undefined): number | null {
  const own = sourceLine?.(site.file, site.line) ?? null;
  if (own === null) return null;
  if (FUNCTION.test(own.slice(0, Math.max(0, site.column - 1)))) return site.line;
  let indent = indentOf(own);
  for (let line = site.line - 1; line > 0 && line > site.line - FUNCTION_LINES; line--) {
    const text = sourceLine?.(site.file, line) ?? '';
    if (text.trim() === '' || indentOf(text) >= indent) continue;
    indent = indentOf(text);
    if (FUNCTION.test(text)) return line;
  }
  return null;
}

function isFixed(head: LoopHead, sourceLine: SourceLine | undefined): boolean {
  if (FIXED.test(head.text)) return true;
  const list = namedList(head, sourceLine);
  return list !== null && !/\.\.\.|\(/.test(list);
}

const OF_LIST = /\bof\s*\[([^\]]*)\]/;
const MAPPED_LIST = new RegExp(String.raw`(?:^|[=(,:]|\breturn|\bawait)\s*\[([^[\]]*)\]\s*${OVER}`);
const LIST_END = new RegExp(String.raw`^\s*\]\s*${OVER}`);

/** What stands between the brackets of `of ['a', 'b']` and `['a', 'b'].map(`. */
function listIn(text: string): string | null {
  return (OF_LIST.exec(text) ?? MAPPED_LIST.exec(text))?.[1] ?? null;
}

/** The same where the list takes lines of its own. */
function listAbove({ file, line, text }: LoopHead, sourceLine: SourceLine | undefined): string | null {
  if (!LIST_END.test(text)) return null;
  const lines: string[] = [];
  for (let at = line - 1; at > 0 && at > line - LINES; at--) {
    const above = sourceLine?.(file, at) ?? '';
    if (above.includes('[')) return [above.slice(above.indexOf('[') + 1), ...lines].join(' ');
    lines.unshift(above);
  }
  return null;
}

/** `const names = ['a', 'b'];` above a loop over `names`: what stands between its brackets. */
function namedList({ file, line: from, text }: LoopHead, sourceLine: SourceLine | undefined): string | null {
  const [, iterated, mapped] = NAMED_LIST.exec(text) ?? [];
  const name = iterated ?? mapped;
  if (name === undefined) return null;
  const declaration = new RegExp(`\\bconst\\s+${name.replaceAll('$', '\\$')}\\s*(?::[^=]+)?=\\s*\\[(.*)$`);
  for (let line = from - 1; line > 0 && line > from - LINES; line--) {
    const found = declaration.exec(sourceLine?.(file, line) ?? '');
    if (found === null) continue;
    const rest = [found[1] ?? ''];
    for (let next = line + 1; !(rest.at(-1) ?? '').includes(']') && next < from; next++) rest.push(sourceLine?.(file, next) ?? '');
    const list = rest.join(' ');
    return /\](?:\s+as\s+const)?\s*;?\s*$/.test(list) ? list.slice(0, list.lastIndexOf(']')) : null;
  }
  return null;
}

export function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
