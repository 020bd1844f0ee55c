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
  const bodies = new BodySearch(text).run() ?? [];
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

/** One pass over a text, from one character of meaning to the next. */
class BodySearch {
  private readonly bodies: Body[] = [];
  private braces = 0;
  private parentheses = 0;
  /** How deep each template stands that goes on behind the brace of its `${…}`. */
  private readonly templates: number[] = [];
  /** A class opens with the first brace behind its keyword; its members stand one level deeper. */
  private isClassAhead = false;
  private isInClass = false;
  private isConstructor = false;
  /** Where the body began that is being passed; null outside of one. */
  private bodyStart: number | null = null;

  constructor(private readonly text: string) {}

  /** Null where the braces cannot be told apart, or do not match. */
  run(): readonly Body[] | null {
    const { text } = this;
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at);
      if (isPlain(character)) continue;
      const last = this.pass(character, at);
      if (last === null) return null;
      at = last;
    }
    return this.braces === 0 && this.parentheses === 0 ? this.bodies : null;
  }

  /** The last position of what begins with this character; null where it has no end, or may be one of several things. */
  private pass(character: number, at: number): number | null {
    switch (character) {
      case openBrace:
        this.openBrace(at);
        return at;
      case closeBrace:
        return this.closeBrace(at);
      case openParenthesis:
        this.openParenthesis(at);
        return at;
      case closeParenthesis:
        return this.closeParenthesis(at);
      case letterC:
        if (this.isOutside() && isClassKeyword(this.text, at)) this.isClassAhead = true;
        return at;
      case backtick:
        return this.passTemplate(at);
      case slash:
        return endOfSlash(this.text, at);
      default:
        return endOfString(this.text, at);
    }
  }

  private isOutside(): boolean {
    return this.braces === 0 && this.parentheses === 0;
  }

  private isAmongMembers(): boolean {
    return this.isInClass && this.braces === 1 && this.parentheses === 0;
  }

  private openBrace(at: number): void {
    if (this.isOutside()) {
      this.isInClass = this.isClassAhead && !insideTypes.test(this.text.slice(Math.max(0, at - 20), at));
      if (this.isInClass) this.isClassAhead = false;
    }
    this.braces++;
  }

  private closeBrace(at: number): number | null {
    if (--this.braces < 0) return null;
    if (this.braces === 0) this.isInClass = false;
    if (this.templates.at(-1) === this.braces) {
      this.templates.pop();
      return this.passTemplate(at);
    }
    if (this.bodyStart !== null && this.braces === 1) this.endBody(this.bodyStart, at);
    return at;
  }

  private endBody(start: number, end: number): void {
    this.bodyStart = null;
    if (!this.isConstructor && end > start && !keepsBody.test(this.text.slice(start, end))) this.bodies.push({ start, end });
  }

  // What a body holds is told by its braces alone: while it is typed, a parenthesis may be missing.
  private openParenthesis(at: number): void {
    if (this.bodyStart !== null) return;
    if (this.isAmongMembers()) this.isConstructor = mayFollowConstructor(this.text, at);
    this.parentheses++;
  }

  private closeParenthesis(at: number): number | null {
    if (this.bodyStart !== null) return at;
    if (--this.parentheses < 0) return null;
    if (!this.isAmongMembers()) return at;
    bodyOpens.lastIndex = at + 1;
    if (!bodyOpens.test(this.text)) return at;
    this.bodyStart = bodyOpens.lastIndex;
    this.braces++;
    return this.bodyStart - 1;
  }

  /** From the backtick, or from the brace behind which a template goes on, to the other backtick or the next `${`. */
  private passTemplate(from: number): number | null {
    const end = endOfTemplatePart(this.text, from);
    if (end !== null && this.text.charCodeAt(end) === openBrace) this.templates.push(this.braces++);
    return end;
  }
}

/** Whether a parenthesis follows a name that is, or may be, `constructor`. */
function mayFollowConstructor(text: string, parenthesis: number): boolean {
  return !/\w/.test(text.charAt(parenthesis - 1)) || text.endsWith('constructor', parenthesis);
}

function endOfString(text: string, start: number): number | null {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) return at;
    if (character === newLine) return null;
    if (character === backslash) at++;
  }
  return null;
}

/** The backtick that ends a template, or the brace of its next `${`. */
function endOfTemplatePart(text: string, from: number): number | null {
  for (let at = from + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === backtick) return at;
    if (character === backslash) at++;
    else if (character === dollar && text.charCodeAt(at + 1) === openBrace) return at + 1;
  }
  return null;
}

/** Behind these a slash begins a pattern: nothing is there to be divided. */
const beforePattern = /(?:[(,=:[&|?;]|\breturn)\s*$/;

/** The end of a comment or a pattern; of a division the slash itself. */
function endOfSlash(text: string, start: number): number | null {
  const next = text.charCodeAt(start + 1);
  if (next === slash) return endOfLine(text, start) - 1;
  if (next === asterisk) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? null : end + 1;
  }
  const before = text.slice(Math.max(0, start - 20), start);
  if (beforePattern.test(before)) return endOfPattern(text, start);
  // A pattern ends in its line: without a second slash this is a division.
  const isAlone = text.slice(start + 1, endOfLine(text, start)).indexOf('/') < 0;
  return isAlone ? start : null;
}

function endOfPattern(text: string, start: number): number | null {
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
        if (!isInSet) return at;
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
