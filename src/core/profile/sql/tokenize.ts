/**
 * Cuts SQL of any dialect TypeORM speaks into tokens: fast, never failing, without understanding the grammar.
 * Comments are left out, except optimiser hints (a comment that opens with a plus or an exclamation mark): they change what the database does.
 */

export type Dialect = 'postgres' | 'mysql' | 'sqlite' | 'mssql' | 'oracle' | null;

export type TokenKind =
  /** A keyword or an unquoted identifier. */
  | 'word'
  /** A quoted identifier, with its quotes. */
  | 'quoted'
  | 'string'
  | 'number'
  /** A placeholder of any dialect. */
  | 'param'
  /** One operator of one or several characters. */
  | 'operator'
  /** `(` `)` `,` `;` `.` `[` `]` */
  | 'punctuation'
  | 'hint';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** True where white space or a comment stands before it. */
  readonly spaced: boolean;
}

/** Text beyond this many characters is not read: such statements are bulk inserts, whose beginning says it all. */
const LONGEST_TEXT = 200_000;

const WORD_START = /[\p{L}_]/u;
const OPERATORS = [
  '!~~*',
  '#>>',
  '->>',
  '<=>',
  '!~~',
  '!~*',
  '~~*',
  '::',
  ':=',
  '->',
  '#>',
  '#-',
  '<=',
  '>=',
  '<>',
  '!=',
  '||',
  '&&',
  '@>',
  '<@',
  '?|',
  '?&',
  '!~',
  '~*',
  '~~',
  '@@',
  '<<',
  '>>',
];

/** What stands second in a longer operator. */
const OPERATOR_TAIL = /[~>=:|&*@<?-]/;

/** Which family a TypeORM driver's SQL belongs to (driver types: TypeORM's `DatabaseType`). */
export function dialectOf(driver: string): Dialect {
  if (/postgres|cockroach/.test(driver)) return 'postgres';
  if (/mysql|mariadb/.test(driver)) return 'mysql';
  if (/sql(ite|js)|capacitor|cordova|expo|react-native|nativescript/.test(driver)) return 'sqlite';
  if (driver === 'mssql') return 'mssql';
  return driver === 'oracle' ? 'oracle' : null;
}

/** Whether a logger or a driver cut the text off; such texts must never be taken for the same statement. */
export function isTruncated(sql: string): boolean {
  return /(\.\.\.|…)\s*$/.test(sql);
}

export function tokenize(sql: string, dialect: Dialect = null): Token[] {
  return new Tokenizer(sql.length > LONGEST_TEXT ? sql.slice(0, LONGEST_TEXT) : sql, dialect).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private at = 0;
  private spaced = false;

  constructor(
    private readonly sql: string,
    private readonly dialect: Dialect,
  ) {}

  run(): Token[] {
    while (this.at < this.sql.length) this.next();
    return this.tokens;
  }

  private next(): void {
    const code = this.sql.charCodeAt(this.at);
    if (code <= 32 || code === 0xa0 || code === 0xfeff) {
      this.at++;
      this.spaced = true;
    } else if (isWordStart(code, this.sql, this.at)) this.word();
    else if (isDigit(code) || (code === 46 && isDigit(this.sql.charCodeAt(this.at + 1)) && !this.followsName())) this.number();
    else this.symbol(this.sql[this.at] ?? '');
  }

  private symbol(char: string): void {
    switch (char) {
      case "'":
        return this.emit('string', this.endOfString(this.at, this.backslashEscapes()));
      case '"':
        return this.emit(this.dialect === 'mysql' ? 'string' : 'quoted', this.endOfQuoted('"'));
      case '`':
        return this.emit('quoted', this.endOfQuoted('`'));
      case '[':
        return this.bracket();
      case '-':
        return this.sql[this.at + 1] === '-' ? this.lineComment() : this.operator();
      case '#':
        return this.isHashComment() ? this.lineComment() : this.hash();
      case '/':
        return this.sql[this.at + 1] === '*' ? this.blockComment() : this.operator();
      case '$':
        return this.dollar();
      case '?':
        return this.questionMark();
      case ':':
        return this.namedParameter(/^:(\w+)/);
      case '@':
        return this.namedParameter(/^@(\w+)/);
      case '%':
        return this.sql[this.at + 1] === 's' && !isWordPart(this.sql.charCodeAt(this.at + 2)) ? this.emit('param', this.at + 2) : this.operator();
      case '(':
      case ')':
      case ',':
      case ';':
      case '.':
      case ']':
        return this.emit('punctuation', this.at + 1);
      default:
        return this.operator();
    }
  }

  private emit(kind: TokenKind, end: number): void {
    this.tokens.push({ kind, text: this.sql.slice(this.at, end), spaced: this.spaced });
    this.at = end;
    this.spaced = false;
  }

  private skipTo(end: number): void {
    this.at = end;
    this.spaced = true;
  }

  private word(): void {
    const prefix = this.sql[this.at] ?? '';
    // E'…', N'…', B'…', X'…', and U&'…' are strings with a prefix; only E'' takes backslashes.
    if (/[eEnNbBxX]/.test(prefix) && this.sql[this.at + 1] === "'") {
      return this.emit('string', this.endOfString(this.at + 1, /[eE]/.test(prefix) || this.backslashEscapes()));
    }
    if (/[uU]/.test(prefix) && this.sql.startsWith("&'", this.at + 1)) return this.emit('string', this.endOfString(this.at + 2, false));
    let end = this.at + 1;
    while (end < this.sql.length && isWordPart(this.sql.charCodeAt(end))) end++;
    this.emit('word', end);
  }

  private number(): void {
    const rest = /(?:0[xX][\da-fA-F]+|(?:\d[\d_]*)?\.?\d+(?:[eE][+-]?\d+)?|\d[\d_]*\.?(?:[eE][+-]?\d+)?)/y;
    rest.lastIndex = this.at;
    const text = rest.exec(this.sql)?.[0] ?? this.sql[this.at] ?? '';
    this.emit('number', this.at + text.length);
  }

  /** After a closing quote or a name, a dot separates; elsewhere it may begin a fraction (`.5`). */
  private followsName(): boolean {
    const last = this.tokens.at(-1);
    return !this.spaced && last !== undefined && (last.kind === 'word' || last.kind === 'quoted');
  }

  private endOfString(quoteAt: number, backslashes: boolean): number {
    for (let i = quoteAt + 1; i < this.sql.length; i++) {
      const char = this.sql[i];
      if (backslashes && char === '\\') i++;
      else if (char === "'") {
        if (this.sql[i + 1] !== "'") return i + 1;
        i++;
      }
    }
    return this.sql.length;
  }

  private backslashEscapes(): boolean {
    return this.dialect === 'mysql' || this.dialect === null;
  }

  private endOfQuoted(quote: string): number {
    for (let i = this.at + 1; i < this.sql.length; i++) {
      if (this.sql[i] !== quote) continue;
      if (this.sql[i + 1] !== quote) return i + 1;
      i++;
    }
    return this.sql.length;
  }

  /** `[name]` is SQL Server's quoting (SQLite takes it too); `a[1]` and `ARRAY[1, 2]` are PostgreSQL's arrays. */
  private bracket(): void {
    const last = this.tokens.at(-1);
    const isArray =
      this.dialect === 'postgres' || (!this.spaced && last !== undefined && (last.kind === 'word' || last.kind === 'quoted' || last.text === ']'));
    const end = this.sql.indexOf(']', this.at);
    if (isArray || end < 0 || !WORD_START.test(this.sql[this.at + 1] ?? '')) this.emit('punctuation', this.at + 1);
    else this.emit('quoted', end + 1);
  }

  private lineComment(): void {
    const end = this.sql.indexOf('\n', this.at);
    this.skipTo(end < 0 ? this.sql.length : end + 1);
  }

  private blockComment(): void {
    const end = this.endOfBlockComment();
    const mark = this.sql[this.at + 2];
    if (mark === '+' || mark === '!') this.emit('hint', end);
    else this.skipTo(end);
  }

  /** PostgreSQL and SQL Server nest block comments; elsewhere the first end closes. */
  private endOfBlockComment(): number {
    const nests = this.dialect === 'postgres' || this.dialect === 'mssql';
    let depth = 1;
    for (let i = this.at + 2; i < this.sql.length; i++) {
      if (this.sql[i] === '*' && this.sql[i + 1] === '/') {
        depth--;
        i++;
        if (depth === 0) return i + 1;
      } else if (nests && this.sql[i] === '/' && this.sql[i + 1] === '*') {
        depth++;
        i++;
      }
    }
    return this.sql.length;
  }

  /** MySQL's line comment; elsewhere `#>` is an operator and `#name` a temporary table. */
  private isHashComment(): boolean {
    if (this.dialect !== null) return this.dialect === 'mysql';
    const next = this.sql[this.at + 1];
    return next === undefined || next === ' ' || next === '\n' || next === '\t';
  }

  private hash(): void {
    const name = /^##?\w+/.exec(this.sql.slice(this.at, this.at + 130));
    if (name) this.emit('word', this.at + name[0].length);
    else this.operator();
  }

  private dollar(): void {
    const head = this.sql.slice(this.at, this.at + 70);
    const placeholder = /^\$\w+(?!\w*\$)/.exec(head);
    const tag = /^\$(?:[\p{L}_][\p{L}\d_]*)?\$/u.exec(head);
    if (tag) {
      const end = this.sql.indexOf(tag[0], this.at + tag[0].length);
      this.emit('string', end < 0 ? this.sql.length : end + tag[0].length);
    } else if (placeholder) this.emit('param', this.at + placeholder[0].length);
    else this.operator();
  }

  /** PostgreSQL has operators `?`, `?|` and `?&` on JSON, and numbers its placeholders. */
  private questionMark(): void {
    const next = this.sql[this.at + 1];
    if (next === '|' && this.sql[this.at + 2] !== '|') return this.operator();
    if (next === '&' || this.dialect === 'postgres') return this.operator();
    let end = this.at + 1;
    while (isDigit(this.sql.charCodeAt(end))) end++;
    this.emit('param', end);
  }

  private namedParameter(pattern: RegExp): void {
    const name = pattern.exec(this.sql.slice(this.at, this.at + 130));
    const previous = this.sql[this.at - 1];
    if (name && previous !== ':' && previous !== '@') this.emit('param', this.at + name[0].length);
    else if (this.sql.startsWith('@@', this.at))
      this.emit('word', this.at + 2 + (/^\w*/.exec(this.sql.slice(this.at + 2, this.at + 130))?.[0].length ?? 0));
    else this.operator();
  }

  private operator(): void {
    const isLong = OPERATOR_TAIL.test(this.sql[this.at + 1] ?? '');
    const known = isLong ? OPERATORS.find((operator) => this.sql.startsWith(operator, this.at)) : undefined;
    this.emit('operator', this.at + (known?.length ?? 1));
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isWordStart(code: number, sql: string, at: number): boolean {
  if (code < 128) return isAsciiWordStart(code);
  return WORD_START.test(String.fromCodePoint(sql.codePointAt(at) ?? 0));
}

function isWordPart(code: number): boolean {
  return isAsciiWordStart(code) || isDigit(code) || code === 36 || code >= 128;
}
