/**
 * The key-like values of a result, column by column: what later proves which result fed a query. Bounded, and only numbers and
 * short strings: texts, dates and floats identify nothing.
 */
const MAX_COLUMNS = 24;
const MAX_VALUES_PER_COLUMN = 5_000;
const MAX_KEY_LENGTH = 64;

export type ColumnValues = Record<string, (string | number)[]>;

/**
 * @param rawSql the statement, where it may give a key another name (`book.authorId AS "writer"`); TypeORM's own statements never do
 * @returns values by column, undefined where no column is key-like.
 */
export function keyLikeValues(rows: readonly unknown[], isKeyColumn: (column: string) => boolean, rawSql?: string): ColumnValues | undefined {
  const first = rows[0];
  if (typeof first !== 'object' || first === null) return undefined;
  let values: ColumnValues | undefined;
  let looked = 0;
  let renamed: ReadonlySet<string> | undefined;
  for (const column of Object.keys(first)) {
    if (!isKeyColumn(column) && (rawSql === undefined || !(renamed ??= renamedKeys(rawSql, isKeyColumn)).has(column))) continue;
    if (++looked > MAX_COLUMNS) break;
    const found = columnValues(rows, column);
    if (found.length > 0) (values ??= {})[column] = found;
  }
  return values;
}

/** `isKeyColumn` for rows of one statement, whose keys it may give other names. */
export function keyColumnOf(isKeyColumn: (column: string) => boolean, rawSql: string): (column: string) => boolean {
  const renamed = renamedKeys(rawSql, isKeyColumn);
  return (column) => isKeyColumn(column) || renamed.has(column);
}

const RENAMED = /(\w+)["`\]]?\s+AS\s+["`[]?(\w+)/gi;
/** Of a statement that is longer, only so much is looked through. */
const MAX_SELECTED = 2_000;

/** The names that a statement gives to key columns. */
function renamedKeys(sql: string, isKeyColumn: (column: string) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, column, name] of sql.slice(0, MAX_SELECTED).matchAll(RENAMED)) {
    if (column !== undefined && name !== undefined && isKeyColumn(column)) names.add(name).add(name.toLowerCase());
  }
  return names;
}

function columnValues(rows: readonly unknown[], column: string): (string | number)[] {
  const found: (string | number)[] = [];
  const count = Math.min(rows.length, MAX_VALUES_PER_COLUMN);
  for (let index = 0; index < count; index++) {
    const value = (rows[index] as Record<string, unknown> | null)?.[column];
    if (typeof value === 'number') {
      if (Number.isInteger(value)) found.push(value);
    } else if (typeof value === 'string') {
      if (value.length <= MAX_KEY_LENGTH) found.push(value);
    } else if (typeof value === 'bigint') found.push(String(value));
  }
  return found;
}

/** Answers whether a result column looks like a key: a key column of some entity (`alias_column`), or named like an identifier. */
export function keyColumnTest(keyColumns: ReadonlySet<string>): (column: string) => boolean {
  const answers = new Map<string, boolean>();
  return (column) => {
    let answer = answers.get(column);
    if (answer === undefined) {
      answer = looksLikeKey(column, keyColumns);
      if (answers.size < 10_000) answers.set(column, answer);
    }
    return answer;
  };
}

function looksLikeKey(column: string, keyColumns: ReadonlySet<string>): boolean {
  if (keyColumns.has(column) || isNamedLikeKey(column)) return true;
  // `Author_books_ISBN`: any tail of the alias may be the column's own name.
  for (let at = column.indexOf('_'); at >= 0; at = column.indexOf('_', at + 1)) {
    if (keyColumns.has(column.slice(at + 1))) return true;
  }
  // `senderEmail`, where an email is a key.
  for (const { index } of column.matchAll(/(?<=[a-z\d])[A-Z]/g)) {
    if (keyColumns.has(column.charAt(index).toLowerCase() + column.slice(index + 1))) return true;
  }
  // Aliases beyond the driver's limit are hashed to hexadecimal digits: nothing can be told from them, so they are kept.
  return /^[0-9a-f]{10,}$/.test(column);
}

/** `id`, `author_id`, `authorId`, `countryCode`. */
export function isNamedLikeKey(name: string): boolean {
  return /(^|_)(id|uuid|guid|key|code|slug)$/i.test(name) || /[a-z](Id|ID|Uuid|Key|Code)$/.test(name);
}
