import { type Comparison, readTemplate } from './statementFacts';
import { type Dialect, tokenize } from './tokenize';

/**
 * How many rows a statement names: the rows of VALUES, or the keys of its condition. At least one.
 */
export function namedRows(sql: string, dialect: Dialect): number {
  const rows = rowsOfValues(sql, dialect);
  return rows > 0 ? rows : keysOf(readTemplate(sql, dialect).comparisons);
}

function rowsOfValues(sql: string, dialect: Dialect): number {
  let [depth, rows, isInValues] = [0, 0, false];
  for (const { kind, text } of tokenize(sql, dialect)) {
    if (text === '(' && kind === 'punctuation') {
      if (depth++ === 0 && isInValues) rows++;
    } else if (text === ')' && kind === 'punctuation') depth--;
    else if (kind === 'word' && depth === 0) isInValues = /^VALUES$/i.test(text);
  }
  return rows;
}

/** `id IN (1, 2, 3)`, or `id = 1 OR id = 2 OR id = 3`. */
function keysOf(
  comparisons: readonly (Pick<Comparison, 'column' | 'alias' | 'operator' | 'clause'> & { readonly values: readonly unknown[] })[],
): number {
  const byColumn = new Map<string, number>();
  for (const { column, alias, operator, clause, values } of comparisons) {
    if (clause !== 'where' || operator === 'other') continue;
    const key = `${alias}.${column}`;
    byColumn.set(key, (byColumn.get(key) ?? 0) + values.length);
  }
  return Math.max(1, ...byColumn.values());
}
