/**
 * TypeORM's statements made readable in one line: quotes and column aliases go, table aliases become the table's name, a long list
 * of columns becomes a count. For lists only; the full text is always one click away.
 *
 *     SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title" FROM "book" "Book" WHERE "Book"."authorId" = ?
 *     SELECT id, title FROM book WHERE authorId = ?
 */
import { isKeyword, isName, tokenizeSql, unquote, type SqlToken } from './tokenizeSql';

/** Longer lists of columns or values are counted. */
const shownColumns = 3;

/** A line has room for less than this many characters of any statement. */
const longestRead = 8000;
/** Rows are drawn again and again with the same few statements. */
const known = new Map<string, readonly SqlToken[]>();
const mostKnown = 500;

export function compactSql(sql: string): readonly SqlToken[] {
  const found = known.get(sql);
  if (found) return found;
  const compacted = compact(sql.slice(0, longestRead));
  if (known.size >= mostKnown) known.clear();
  known.set(sql, compacted);
  return compacted;
}

function compact(sql: string): readonly SqlToken[] {
  const tokens = tokenizeSql(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  const renamed = renameTables(dropColumnAliases(tokens), tableNames(tokens));
  return spaced(shortenValueLists(shortenSelectList(dropNeedlessBrackets(renamed))));
}

interface TableNames {
  /** Alias → what is written instead. */
  readonly byAlias: ReadonlyMap<string, string>;
  /** True where one table is all there is, so that columns need no prefix. */
  readonly single: boolean;
}

/** Reads `FROM table alias` and `JOIN table alias`; a table that occurs twice keeps its aliases. */
function tableNames(tokens: readonly SqlToken[]): TableNames {
  const aliases = new Map<string, string>();
  const uses = new Map<string, number>();
  tokens.forEach((token, index) => {
    if (!isKeyword(token, 'FROM') && !isKeyword(token, 'JOIN') && !isKeyword(token, 'UPDATE') && !isKeyword(token, 'INTO')) return;
    const table = readTable(tokens, index + 1);
    if (table === null) return;
    uses.set(table.name, (uses.get(table.name) ?? 0) + 1);
    aliases.set(table.alias ?? table.name, table.name);
  });
  const byAlias = new Map([...aliases].map(([alias, name]) => [alias, (uses.get(name) ?? 0) > 1 ? alias : name]));
  const subqueries = tokens.filter((token) => isKeyword(token, 'SELECT')).length;
  return { byAlias, single: byAlias.size === 1 && subqueries <= 1 };
}

/** `schema.table AS alias` from an index on; null where something else stands there (a subquery). */
function readTable(tokens: readonly SqlToken[], from: number): { name: string; alias: string | null; aliasAt: number; end: number } | null {
  let at = from;
  let last = tokens[at];
  if (!last || !isName(last)) return null;
  while (tokens[at + 1]?.text === '.' && isName(tokens[at + 2])) {
    at += 2;
    last = tokens[at] as SqlToken;
  }
  const aliasAt = isKeyword(tokens[at + 1], 'AS') ? at + 2 : at + 1;
  const alias = tokens[aliasAt];
  const named = alias !== undefined && isName(alias) && tokens[aliasAt + 1]?.text !== '(';
  return { name: unquote(last), alias: named ? unquote(alias) : null, aliasAt, end: named ? aliasAt : at };
}

/** `"a"."id" AS "a_id"` → `"a"."id"`, inside select lists. */
function dropColumnAliases(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const kept: SqlToken[] = [];
  const inSelectList: boolean[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as SqlToken;
    if (token.text === '(') inSelectList.push(false);
    else if (token.text === ')') inSelectList.pop();
    else if (isKeyword(token, 'SELECT')) inSelectList[Math.max(inSelectList.length - 1, 0)] = true;
    else if (isKeyword(token, 'FROM')) inSelectList[Math.max(inSelectList.length - 1, 0)] = false;
    if (isKeyword(token, 'AS') && inSelectList.at(-1) === true && tokens[index + 1]?.kind === 'quoted') index++;
    else kept.push(token);
  }
  return kept;
}

function renameTables(tokens: readonly SqlToken[], { byAlias, single }: TableNames): readonly SqlToken[] {
  const renamed: SqlToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as SqlToken;
    const previous = tokens[index - 1];
    if (isKeyword(previous, 'FROM') || isKeyword(previous, 'JOIN')) {
      const table = readTable(tokens, index);
      if (table !== null) {
        for (const part of tokens.slice(index, table.alias === null ? table.end + 1 : table.aliasAt)) {
          if (!isKeyword(part, 'AS')) renamed.push(plain(part));
        }
        if (table.alias !== null && byAlias.get(table.alias) === table.alias && table.alias !== table.name) {
          renamed.push({ kind: 'word', text: table.alias });
        }
        index = table.end;
        continue;
      }
    }
    const prefix = isName(token) && tokens[index + 1]?.text === '.' && previous?.text !== '.' ? byAlias.get(unquote(token)) : undefined;
    if (prefix === undefined) renamed.push(plain(token));
    else if (single) index++;
    else renamed.push({ kind: 'word', text: prefix });
  }
  return renamed;
}

/** An identifier that needs no quotes loses them. */
function plain(token: SqlToken): SqlToken {
  return token.kind === 'quoted' && /^[A-Za-z_]\w*$/.test(unquote(token)) ? { kind: 'word', text: unquote(token) } : token;
}

/** `WHERE ((a = ?))` → `WHERE a = ?`: TypeORM puts brackets around every condition. */
function dropNeedlessBrackets(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const dropped = new Set<number>();
  tokens.forEach((token, open) => {
    if (token.text !== '(' || isKeyword(tokens[open + 1], 'SELECT')) return;
    const close = closingBracket(tokens, open);
    if (isKeyword(tokens[open - 1], 'WHERE') && endsCondition(tokens[close + 1])) dropped.add(open).add(close);
    if (tokens[open + 1]?.text === '(' && closingBracket(tokens, open + 1) === close - 1) dropped.add(open + 1).add(close - 1);
  });
  return tokens.filter((_, index) => !dropped.has(index));
}

function endsCondition(token: SqlToken | undefined): boolean {
  return token === undefined || token.text === ';' || ['ORDER', 'GROUP', 'LIMIT', 'OFFSET', 'RETURNING'].some((word) => isKeyword(token, word));
}

/** Index of the bracket that closes the one at an index; -1 where none does. */
function closingBracket(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  return tokens.findIndex((token, index) => {
    if (index < open) return false;
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    return depth === 0;
  });
}

function shortenSelectList(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (!isKeyword(tokens[0], 'SELECT')) return tokens;
  const commas: number[] = [];
  let depth = 0;
  let end = -1;
  for (let index = 1; index < tokens.length && end < 0; index++) {
    const token = tokens[index] as SqlToken;
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (depth === 0 && token.text === ',') commas.push(index);
    else if (depth === 0 && isKeyword(token, 'FROM')) end = index;
  }
  if (end < 0 || commas.length + 1 <= shownColumns) return tokens;
  const start = isKeyword(tokens[1], 'DISTINCT') ? 2 : 1;
  return [...tokens.slice(0, start), { kind: 'comment', text: `${commas.length + 1} columns` }, ...tokens.slice(end)];
}

/** `(?, ?, ?, ?)` → `(?, … 3 more)`: how many values a list has is the news. */
function shortenValueLists(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const kept: SqlToken[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as SqlToken;
    kept.push(token);
    const values = token.text === '(' ? valueListLength(tokens, index + 1) : 0;
    if (values <= shownColumns) continue;
    kept.push(tokens[index + 1] as SqlToken, { kind: 'punctuation', text: ',' }, { kind: 'comment', text: `… ${values - 1} more` });
    index += values * 2 - 1;
  }
  return kept;
}

/** How many values stand from an index to the closing bracket; 0 where something else stands among them. */
function valueListLength(tokens: readonly SqlToken[], from: number): number {
  let at = from;
  while (isValue(tokens[at]) && tokens[at + 1]?.text === ',') at += 2;
  return isValue(tokens[at]) && tokens[at + 1]?.text === ')' ? (at - from) / 2 + 1 : 0;
}

function isValue(token: SqlToken | undefined): boolean {
  return token?.kind === 'parameter' || token?.kind === 'number' || token?.kind === 'string';
}

/** Tokens with single spaces where a reader expects them. */
function spaced(tokens: readonly SqlToken[]): readonly SqlToken[] {
  return tokens.flatMap((token, index) => {
    const previous = tokens[index - 1];
    return previous !== undefined && needsSpace(previous, token) ? [{ kind: 'space', text: ' ' }, token] : [token];
  });
}

export function needsSpace(previous: SqlToken, token: SqlToken): boolean {
  if (token.text === ',' || token.text === ')' || token.text === '.' || token.text === ';' || token.text === '::') return false;
  if (previous.text === '(' || previous.text === '.' || previous.text === '::') return false;
  if (token.text === '(') return previous.kind !== 'word' && previous.kind !== 'quoted';
  return true;
}
