/** A statement over several lines: each clause on its own, long lists of columns one beneath the other, subqueries indented. */
import { needsSpace } from './compactSql';
import { isKeyword, tokenizeSql, type SqlToken } from './tokenizeSql';

const clauses = new Set('FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT INTERSECT VALUES SET RETURNING'.split(' '));
const joinWords = new Set('LEFT RIGHT FULL INNER CROSS NATURAL JOIN'.split(' '));
/** A select list longer than this many characters gets a line for each column. */
const longList = 72;

export function formatSql(sql: string): readonly SqlToken[] {
  const tokens = tokenizeSql(sql.trim()).filter(({ kind }) => kind !== 'space');
  const formatted: SqlToken[] = [];
  const stack: Level[] = [{ indent: 0, query: true, list: false }];
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.text === ')') stack.length = Math.max(stack.length - 1, 1);
    const level = stack.at(-1) as Level;
    if (previous !== undefined) formatted.push(...breakBetween(previous, token, tokens, index, level, stack));
    formatted.push(token);
    if (isKeyword(token, 'SELECT')) level.list = listLength(tokens, index) > longList;
    else if (isKeyword(token, 'FROM')) level.list = false;
    if (token.text === '(') stack.push({ indent: level.indent + 1, query: isKeyword(tokens[index + 1], 'SELECT'), list: false });
  });
  return formatted;
}

interface Level {
  indent: number;
  /** Whether this pair of brackets holds a query of its own. */
  query: boolean;
  /** Whether a long select list is being written. */
  list: boolean;
}

function breakBetween(
  previous: SqlToken,
  token: SqlToken,
  tokens: readonly SqlToken[],
  index: number,
  level: Level,
  stack: readonly Level[],
): readonly SqlToken[] {
  const extra = lineIndent(previous, token, tokens, index, level);
  if (extra !== null && stack.every(({ query }) => query)) return [{ kind: 'space', text: `\n${'  '.repeat(level.indent + extra)}` }];
  return needsSpace(previous, token) ? [{ kind: 'space', text: ' ' }] : [];
}

/** Steps of indentation where a new line begins before the token; null where none does. */
function lineIndent(previous: SqlToken, token: SqlToken, tokens: readonly SqlToken[], index: number, level: Level): number | null {
  if (level.list && (isKeyword(previous, 'SELECT') || isKeyword(previous, 'DISTINCT') || previous.text === ',')) {
    return isKeyword(token, 'DISTINCT') ? null : 1;
  }
  if (token.kind !== 'keyword') return null;
  const word = token.text.toUpperCase();
  if (word === 'SELECT' && (previous.text === '(' || isKeyword(previous, 'ALL') || isKeyword(previous, 'UNION'))) return 0;
  if (word === 'AND' || word === 'OR') return isBetween(tokens, index) ? null : 1;
  if (isKeyword(previous, 'DELETE') || isKeyword(previous, 'DISTINCT')) return null;
  if (clauses.has(word)) return isKeyword(previous, 'DO') || isKeyword(previous, 'DEFAULT') ? null : 0;
  if (joinWords.has(word)) return previous.kind === 'keyword' && joinWords.has(previous.text.toUpperCase()) ? null : 0;
  return null;
}

/** Whether an AND belongs to `BETWEEN a AND b`: going back, the BETWEEN comes before any other AND. */
function isBetween(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens.slice(0, index).findLast((token) => isKeyword(token, 'BETWEEN') || isKeyword(token, 'AND') || isKeyword(token, 'WHERE'));
  return isKeyword(before, 'BETWEEN');
}

function listLength(tokens: readonly SqlToken[], select: number): number {
  let length = 0;
  let depth = 0;
  for (const token of tokens.slice(select + 1)) {
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    if (depth < 0 || (depth === 0 && isKeyword(token, 'FROM'))) break;
    length += token.text.length + 1;
  }
  return length;
}
