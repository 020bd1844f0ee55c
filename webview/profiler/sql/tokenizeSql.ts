/** The core's SQL tokens made ready for showing: with the white space and comments between them, so that all together are the text again. */
import { tokenize, type Dialect, type TokenKind } from '../../../src/core/profile/sql/tokenize';

export type SqlTokenKind = 'space' | 'comment' | 'string' | 'number' | 'parameter' | 'keyword' | 'word' | 'quoted' | 'punctuation';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

/** Words that are coloured as keywords; what is missing here is only plainer. */
const keywords = new Set(
  (
    'ADD ALL ALTER AND ANY AS ASC BEGIN BETWEEN BY CASCADE CASE CAST COLLATE COMMIT CONFLICT CONSTRAINT CREATE CROSS DEFAULT DELETE DESC DISTINCT DO DROP ' +
    'DUPLICATE ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FETCH FIRST FOR FROM FULL GROUP HAVING IF ILIKE IN INDEX INNER INSERT INTERSECT INTO IS ' +
    'ISOLATION JOIN KEY LAST LATERAL LEFT LEVEL LIKE LIMIT LOCK NATURAL NEXT NOT NOTHING NULL NULLS OF OFFSET ON ONLY OR ORDER OUTER OVER PARTITION ' +
    'PRAGMA PRIMARY RECURSIVE RELEASE REFERENCES REPLACE RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET SHARE START TABLE THEN TOP ' +
    'TRANSACTION TRUE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH'
  ).split(' '),
);

const kinds: Readonly<Record<TokenKind, SqlTokenKind>> = {
  word: 'word',
  quoted: 'quoted',
  string: 'string',
  number: 'number',
  param: 'parameter',
  operator: 'punctuation',
  punctuation: 'punctuation',
  hint: 'comment',
};

export function tokenizeSql(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  for (const { kind, text } of tokenize(sql, guessDialect(sql))) {
    const start = startOf(sql, text, at);
    tokens.push(...between(sql.slice(at, start)), { kind: kind === 'word' && keywords.has(text.toUpperCase()) ? 'keyword' : kinds[kind], text });
    at = start + text.length;
  }
  return [...tokens, ...between(sql.slice(at))];
}

/** A statement's own quotes and placeholders tell its dialect as far as showing it needs. */
function guessDialect(sql: string): Dialect {
  if (sql.includes('`')) return 'mysql';
  if (/\$\d/.test(sql)) return 'postgres';
  return /@\d/.test(sql) ? 'mssql' : 'sqlite';
}

/** Where a token stands, past the comments in front of it. */
function startOf(sql: string, text: string, from: number): number {
  const gap = /(?:\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  gap.lastIndex = from;
  if (sql.startsWith(text, from)) return from;
  const start = from + (gap.exec(sql)?.[0].length ?? 0);
  return sql.startsWith(text, start) ? start : Math.max(sql.indexOf(text, from), from);
}

function between(text: string): readonly SqlToken[] {
  if (text === '') return [];
  return [{ kind: text.trim() === '' ? 'space' : 'comment', text }];
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
