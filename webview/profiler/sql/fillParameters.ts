/** A statement with its parameters written into it, for pasting into a SQL console. */
import { tokenizeSql } from './tokenizeSql';

/**
 * Replaces `?`, `?1`, `$1`, `:1` and `@0` by literals; a placeholder stays where its value is missing, or was not recorded as a whole. Parameters come
 * from a recording (`probe/values.ts`): a date is its ISO text, an object its JSON text.
 */
export function fillParameters(sql: string, parameters: readonly unknown[]): string {
  let next = 0;
  return tokenizeSql(sql)
    .map(({ kind, text }) => {
      if (kind !== 'parameter') return text;
      const index = text === '?' ? next++ : placeholderIndex(text);
      if (index === null || !(index in parameters)) return text;
      const missing = notRecorded(parameters[index]);
      return missing === null ? toLiteral(parameters[index], consoles[text.charAt(0)] ?? plain) : `${text} /* ${missing} */`;
    })
    .join('');
}

/** SQL Server counts its `@0` from zero, all others from one. */
function placeholderIndex(placeholder: string): number | null {
  const match = /^([?$:@])(\d+)$/.exec(placeholder);
  if (!match) return null;
  return Number(match[2]) - (match[1] === '@' ? 0 : 1);
}

/** Of bytes their number is recorded, of long texts the beginning: written out, either would be another value. */
function notRecorded(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const [, bytes] = /^<(\d+ bytes)>$/.exec(value) ?? [];
  return bytes ?? (value.length > RECORDED_TEXT && value.endsWith('…') ? `a text of more than ${RECORDED_TEXT} characters` : null);
}

/** Characters that the probe records of a text. */
const RECORDED_TEXT = 2_000;

/** What a console of the database reads, where SQL has no literal that all share. */
interface Console {
  boolean(value: boolean): string;
  list(values: readonly unknown[]): string;
}

const plain: Console = {
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
  list: (values) => quote(JSON.stringify(values)),
};

/** By the placeholders that their drivers write: PostgreSQL and CockroachDB, SQL Server, Oracle. */
const consoles: Readonly<Record<string, Console>> = {
  $: { ...plain, list: (values) => quote(arrayOf(values)) },
  '@': { ...plain, boolean: (value) => (value ? '1' : '0') },
  ':': { ...plain, boolean: (value) => (value ? '1' : '0') },
};

function toLiteral(value: unknown, console: Console): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return console.boolean(value);
  if (Array.isArray(value)) return console.list(value);
  return quote(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `{1,"a b",NULL,{2}}`, as node-postgres writes a list. */
function arrayOf(values: readonly unknown[]): string {
  return `{${values.map(elementOf).join(',')}}`;
}

function elementOf(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return arrayOf(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  return typeof value === 'number' ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
