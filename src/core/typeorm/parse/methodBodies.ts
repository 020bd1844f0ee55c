/**
 * Texts without the bodies of methods, for parsing: what a method does says nothing about the graph, and is often a fifth of what there is to parse.
 * The bodies are found by their braces alone. Wherever that could go wrong, the text is left as it is.
 */

interface ShortenedText {
  /** As long as the given text, with the same line breaks: blanks stand where the bodies were. */
  readonly text: string;
  /** Where those bodies end, behind the brace. */
  readonly emptied: ReadonlySet<number>;
}

/**
 * Empties the bodies of methods and accessors of the classes on a text's top level. Constructors keep theirs: TypeORM runs them.
 * Null where there is nothing to leave out, or where the text cannot be told apart by its characters alone.
 */
export function withoutMethodBodies(text: string): ShortenedText | null {
  const bodies = findBodies(text) ?? [];
  if (bodies.reduce((length, { start, end }) => length + end - start, 0) < worthwhile) return null;
  let shortened = '';
  let from = 0;
  for (const { start, end } of bodies) {
    shortened += text.slice(from, start) + blanksFor(text, start, end);
    from = end;
  }
  return { text: shortened + text.slice(from), emptied: new Set(bodies.map(({ end }) => end + 1)) };
}

/** Fewer characters are parsed as quickly as a copy of the text is made. */
const worthwhile = 40;

/** From behind the opening brace to the closing one. */
interface Body {
  readonly start: number;
  readonly end: number;
}

/** Line breaks stay, so that whatever follows keeps its line. */
function blanksFor(text: string, start: number, end: number): string {
  let blanks = '';
  let from = start;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', from)) {
    blanks += `${spaces(at - from)}\n`;
    from = at + 1;
  }
  return blanks + spaces(end - from);
}

const manySpaces = ' '.repeat(200);

function spaces(count: number): string {
  return count <= manySpaces.length ? manySpaces.slice(0, count) : ' '.repeat(count);
}

/** A return type that needs no thought, and the brace that opens the body; in `Promise<{ … }>` it would be that of a type. */
const bodyOpens = /\s*(?::\s*\w(?:[\w \t.<>[\],|]*[\w>\]])?\s*)?\{/y;
/** Before a brace between `class` and its members: `class Post extends Base<{ … }> {`. */
const insideTypes = /[<,|&:]\s*$/;
/** What holds a class of its own may declare something after all; and line breaks of other kinds have to stay, too. */
const keepsBody = /\bclass\b|\r(?!\n)|[\u2028\u2029]/;

function findBodies(text: string): Body[] | null {
  const bodies: Body[] = [];
  let [braces, parentheses] = [0, 0];
  // A class opens with the first brace behind its keyword; its members stand one level deeper.
  let [isClassAhead, isInClass, isConstructor] = [false, false, false];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isPlain(character)) continue;
    switch (character) {
      case openBrace:
        if (braces === 0 && parentheses === 0) {
          isInClass = isClassAhead && !insideTypes.test(text.slice(Math.max(0, at - 20), at));
          if (isInClass) isClassAhead = false;
        }
        braces++;
        break;
      case closeBrace:
        if (--braces < 0) return null;
        break;
      case openParenthesis:
        if (isInClass && braces === 1 && parentheses === 0) isConstructor = mayFollowConstructor(text, at);
        parentheses++;
        break;
      case closeParenthesis: {
        if (--parentheses < 0) return null;
        if (!isInClass || braces !== 1 || parentheses > 0) break;
        bodyOpens.lastIndex = at + 1;
        if (!bodyOpens.test(text)) break;
        const start = bodyOpens.lastIndex;
        const end = endOfBlock(text, start);
        if (end === null) return null;
        if (!isConstructor && end > start && !keepsBody.test(text.slice(start, end))) bodies.push({ start, end });
        at = end;
        break;
      }
      case letterC:
        if (braces === 0 && parentheses === 0 && isClassKeyword(text, at)) isClassAhead = true;
        break;
      case doubleQuote:
      case singleQuote:
      case backtick:
      case slash: {
        const behind = behindToken(text, at);
        if (behind === null) return null;
        at = behind - 1;
        break;
      }
      default:
    }
  }
  return braces === 0 && parentheses === 0 ? bodies : null;
}

/** Whether a parenthesis follows a name that is, or may be, `constructor`. */
function mayFollowConstructor(text: string, parenthesis: number): boolean {
  return !/\w/.test(text.charAt(parenthesis - 1)) || text.endsWith('constructor', parenthesis);
}

/** Where the brace stands that closes a block; null where there is none. */
function endOfBlock(text: string, start: number): number | null {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (isPlain(character)) continue;
    switch (character) {
      case openBrace:
        depth++;
        break;
      case closeBrace:
        if (depth-- === 0) return at;
        break;
      case doubleQuote:
      case singleQuote:
      case backtick:
      case slash: {
        const behind = behindToken(text, at);
        if (behind === null) return null;
        at = behind - 1;
        break;
      }
      default:
    }
  }
  return null;
}

/** Where a string, template, comment, pattern or division ends that begins here; null where it has no end, or may be one of several. */
function behindToken(text: string, start: number): number | null {
  switch (text.charCodeAt(start)) {
    case backtick:
      return behindTemplate(text, start);
    case slash:
      return behindSlash(text, start);
    default:
      return behindString(text, start);
  }
}

function behindString(text: string, start: number): number | null {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) return at + 1;
    if (character === newLine) return null;
    if (character === backslash) at++;
  }
  return null;
}

function behindTemplate(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === backtick) return at + 1;
    if (character === backslash) at++;
    if (character !== dollar || text.charCodeAt(at + 1) !== openBrace) continue;
    const end = endOfBlock(text, at + 2);
    if (end === null) return null;
    at = end;
  }
  return null;
}

/** Behind these a slash begins a pattern: nothing is there to be divided. */
const beforePattern = /(?:[(,=:[&|?;]|\breturn)\s*$/;

function behindSlash(text: string, start: number): number | null {
  const next = text.charCodeAt(start + 1);
  if (next === slash) return endOfLine(text, start);
  if (next === asterisk) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? null : end + 2;
  }
  const before = text.slice(Math.max(0, start - 20), start);
  if (beforePattern.test(before)) return behindPattern(text, start);
  // A pattern ends in its line: without a second slash this is a division.
  const isAlone = text.slice(start + 1, endOfLine(text, start)).indexOf('/') < 0;
  return isAlone ? start + 1 : null;
}

function behindPattern(text: string, start: number): number | null {
  let isInSet = false;
  for (let at = start + 1; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case newLine:
        return null;
      case backslash:
        at++;
        break;
      case openBracket:
        isInSet = true;
        break;
      case closeBracket:
        isInSet = false;
        break;
      case slash:
        if (!isInSet) return at + 1;
        break;
      default:
    }
  }
  return null;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function isClassKeyword(text: string, at: number): boolean {
  return text.startsWith('class', at) && !/[\w$.]/.test(text.charAt(at - 1)) && !/[\w$]/.test(text.charAt(at + 5));
}

const newLine = 10;
const doubleQuote = 34;
const dollar = 36;
const singleQuote = 39;
const openParenthesis = 40;
const closeParenthesis = 41;
const asterisk = 42;
const slash = 47;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const backtick = 96;
const letterC = 99;
const openBrace = 123;
const closeBrace = 125;

/** One for each character that has to be looked at: nearly all are passed over by this table alone. */
const special = new Uint8Array(128);
for (const character of [openBrace, closeBrace, openParenthesis, closeParenthesis, doubleQuote, singleQuote, backtick, slash, letterC])
  special[character] = 1;

function isPlain(character: number): boolean {
  return character > 127 || special[character] === 0;
}
