/**
 * What a query builder selects for one raw row, where all of it are numbers of a group: `select('SUM(r.rating)', 'total').addSelect('COUNT(*)', 'count')`.
 * Each gives one value however many rows there are, so one query that groups by the key gives the same value for each key.
 */
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { literalText } from './queryBuilder';
import type { SourceText } from './sourceText';

/** One selected value of the row. */
export interface RawPart {
  readonly name: string;
  /** What it is where a group has no rows: `NULL`, or zero, which drivers give as a number or as a text. */
  readonly ofNothing: 'null' | 'zero';
  /** Whether nobody can change the value in its place, as one can a date. */
  readonly isPlain: boolean;
}

export interface RawParts {
  readonly kind: 'parts';
  readonly parts: readonly RawPart[];
}

/** @param calls the builder's, in the order in which they run */
export function rawParts(source: SourceText, calls: readonly MethodCall[]): RawParts | Declined {
  const selects = calls.filter(({ expression: { name } }) => /^(add)?[sS]elect$/.test(name.text));
  // `select()` forgets what was selected before it, and without it all columns are selected.
  if (selects.findIndex(({ expression: { name } }) => name.text === 'select') !== 0 || selects.slice(1).some(isSelect))
    return declined('the query builder selects more than numbers of a group.');
  const parts: RawPart[] = [];
  for (const written of selects.flatMap((call) => selectedBy(source, call))) {
    const part = written && partOf(written);
    if (!part) return declined('the query builder selects more than sums, counts and the like that have names of their own.');
    parts.push(part);
  }
  const names = new Set(parts.map(({ name }) => name));
  return names.size < parts.length || parts.length === 0 ? declined('the query builder selects two things by one name.') : { kind: 'parts', parts };
}

function isSelect({ expression: { name } }: MethodCall): boolean {
  return name.text === 'select';
}

interface Selected {
  readonly sql: string;
  readonly name: string;
}

/** `('SUM(r.rating)', 'total')`, `('SUM(r.rating) AS total')`, `(['SUM(r.rating) AS total', …])`; null for what is not written out. */
function selectedBy(source: SourceText, { arguments: [first, second, ...more] }: MethodCall): (Selected | null)[] {
  const { typescript } = source;
  if (!first || more.length > 0) return [null];
  if (typescript.isArrayLiteralExpression(first) && !second) return first.elements.map((each) => withName(literalText(source, each)));
  const sql = literalText(source, first);
  if (!second) return [withName(sql)];
  const name = literalText(source, second);
  return [sql !== null && name !== null && /^\w+$/.test(name) ? { sql, name } : null];
}

/** A name in the SQL: databases change how it is spelt, unless it is in lower case. */
function withName(text: string | null): Selected | null {
  const [, sql, name] = /^([^]+?)\s+as\s+"?([a-z_][a-z_0-9]*)"?\s*$/i.exec(text ?? '') ?? [];
  return sql && name && name === name.toLowerCase() ? { sql, name } : null;
}

const OF_GROUP = /^(count|sum|avg|min|max)\s*\(/i;
const OR_ZERO = /^(?:coalesce|ifnull)\s*\(([^]*),\s*0(?:\.0+)?\s*\)$/i;

function partOf({ sql, name }: Selected): RawPart | null {
  const text = sql.trim();
  const [, inner] = OR_ZERO.exec(text) ?? [];
  const measured = inner?.trim() ?? text;
  const [, what] = OF_GROUP.exec(measured) ?? [];
  if (!what || !isOneCall(measured) || (inner !== undefined && !isOneCall(text)) || /\bselect\b|\bover\b/i.test(text)) return null;
  const isCount = /^count$/i.test(what);
  return { name, ofNothing: isCount || inner !== undefined ? 'zero' : 'null', isPlain: !/^(min|max)$/i.test(what) };
}

/** Whether the first parenthesis ends with the text: no `SUM(a) / COUNT(b)`, which would be NULL, or an error, of nothing. */
function isOneCall(text: string): boolean {
  let depth = 0;
  for (const [i, char] of [...text.replace(/'(?:[^']|'')*'/g, (quoted) => '_'.repeat(quoted.length))].entries()) {
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i === text.length - 1;
  }
  return false;
}
