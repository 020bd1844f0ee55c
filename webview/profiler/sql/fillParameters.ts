/** A statement with its parameters written into it, for pasting into a SQL console. */
import { tokenizeSql } from './tokenizeSql';

/**
 * Replaces `?`, `?1`, `$1`, `:1` and `@0` by literals; a placeholder without a value stays. Parameters come from a recording, so a
 * date is its ISO text and a buffer is `{ type: 'Buffer', data }`.
 */
export function fillParameters(sql: string, parameters: readonly unknown[]): string {
  let next = 0;
  return tokenizeSql(sql)
    .map(({ kind, text }) => {
      if (kind !== 'parameter') return text;
      const index = text === '?' ? next++ : placeholderIndex(text);
      return index !== null && index in parameters ? toLiteral(parameters[index]) : text;
    })
    .join('');
}

/** SQL Server counts its `@0` from zero, all others from one. */
function placeholderIndex(placeholder: string): number | null {
  const match = /^([?$:@])(\d+)$/.exec(placeholder);
  if (!match) return null;
  return Number(match[2]) - (match[1] === '@' ? 0 : 1);
}

function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (isBuffer(value)) return `X'${value.data.map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`;
  return quote(typeof value === 'string' ? value : JSON.stringify(value));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isBuffer(value: unknown): value is { readonly data: readonly number[] } {
  const buffer = value as { type?: unknown; data?: unknown };
  return typeof value === 'object' && value !== null && buffer.type === 'Buffer' && Array.isArray(buffer.data);
}
