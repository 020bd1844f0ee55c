/**
 * SQL text → tokens that together are the text again. Made for showing statements of any of TypeORM's drivers, so it knows all their
 * quotes and placeholders and never fails: what it cannot place is punctuation.
 */
export type SqlTokenKind = 'space' | 'comment' | 'string' | 'number' | 'parameter' | 'keyword' | 'word' | 'quoted' | 'punctuation';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

const keywords = new Set(
  (
    'ADD ALL ALTER AND ANY AS ASC BEGIN BETWEEN BY CASCADE CASE CAST COLLATE COMMIT CONFLICT CONSTRAINT CREATE CROSS DEFAULT DELETE DESC DISTINCT DO DROP ' +
    'DUPLICATE ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FETCH FIRST FOR FROM FULL GROUP HAVING IF ILIKE IN INDEX INNER INSERT INTERSECT INTO IS ISOLATION ' +
    'JOIN KEY LAST LATERAL LEFT LEVEL LIKE LIMIT LOCK NATURAL NEXT NOT NOTHING NULL NULLS OF OFFSET ON ONLY OR ORDER OUTER OVER PARTITION PRAGMA ' +
    'PRIMARY QUERY RECURSIVE RELEASE REFERENCES REPLACE RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET SHARE START TABLE THEN TOP ' +
    'TRANSACTION TRUE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH'
  ).split(' '),
);

/** Token rules in the order they are tried, each anchored where the last token ended. */
const rules: readonly (readonly [SqlTokenKind, RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y],
  ['quoted', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[A-Za-z_][\w $.#@-]*\]/y],
  ['parameter', /\?\d*|\$\d+|@\w+|(?<!:):\w+/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\b/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['punctuation', /::|<>|[<>!=]=|\|\||[\s\S]/y],
];

const standardString = /[NEX]?'(?:[^']|'')*(?:'|$)/iy;
/** MySQL reads a backslash in a string as an escape; its statements give themselves away by their backticks. */
const backslashString = /[NEX]?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/iy;

export function tokenizeSql(sql: string): readonly SqlToken[] {
  const string = sql.includes('`') ? backslashString : standardString;
  const tokens: SqlToken[] = [];
  for (let at = 0; at < sql.length;) {
    const token = matchAt('string', string, sql, at) ?? matchRules(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function matchRules(sql: string, at: number): SqlToken {
  for (const [kind, rule] of rules) {
    const token = matchAt(kind, rule, sql, at);
    if (token) return token.kind === 'word' && keywords.has(token.text.toUpperCase()) ? { ...token, kind: 'keyword' } : token;
  }
  return { kind: 'punctuation', text: sql.charAt(at) };
}

function matchAt(kind: SqlTokenKind, rule: RegExp, sql: string, at: number): SqlToken | null {
  rule.lastIndex = at;
  const match = rule.exec(sql);
  return match && match[0] !== '' ? { kind, text: match[0] } : null;
}

/** Whether the token is this keyword, however it is written. */
export function isKeyword(token: SqlToken | undefined, keyword: string): boolean {
  return token?.kind === 'keyword' && token.text.toUpperCase() === keyword;
}

export function isName(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

/** An identifier without its quotes. */
export function unquote({ kind, text }: SqlToken): string {
  return kind === 'quoted' ? text.slice(1, -1).replace(/""|``/g, (pair) => pair.charAt(0)) : text;
}
