import type { ProbeEvent, QueryEvent, ScopeStartEvent, StreamedEvent } from '../../protocol/probe';
import { type Dialect, dialectOf, type Token, tokenize } from './sql/tokenize';

/** Gives the same token for the same value, and does not tell the value. */
export type TokenOf = (value: string) => string;

/**
 * Takes the values out of one process's events before they are written down: each becomes a token. Tokens of equal values are equal, so
 * that a recording is judged like the run itself, proven parents included; names of tables, columns, routes and files stay.
 */
export class EventRedactor {
  private readonly dialects = new Map<number, Dialect>();

  constructor(private readonly tokenOf: TokenOf) {}

  redact(event: ProbeEvent): ProbeEvent {
    switch (event.e) {
      case 'hello':
        return { ...event, argv: [] };
      case 'metadata':
        this.dialects.set(event.source, dialectOf(event.driver));
        return event;
      case 'scope':
        return withoutRequest({ ...event, path: null });
      case 'sql':
        return { ...event, text: this.statement(event.text, this.onlyDialect()) };
      case 'op':
        return event.ownerKey === undefined ? event : { ...event, ownerKey: event.ownerKey.map((value) => this.value(value)) };
      case 'opEnd':
        return event.error === null ? event : { ...event, error: REDACTED_ERROR };
      case 'query':
        return this.query(event);
      case 'streamed':
        return { ...event, values: this.columns(event.values) };
      case 'pause':
        // What a database says of a failure quotes values.
        return { ...event, sql: null, message: event.kind === 'failedQuery' ? REDACTED_PAUSE : event.message };
      default:
        return event;
    }
  }

  private query(event: QueryEvent): QueryEvent {
    const { params, values, sql } = event;
    return {
      ...event,
      sql: typeof sql === 'string' ? this.statement(sql, this.dialects.get(event.source) ?? null) : sql,
      error: event.error === null ? null : REDACTED_ERROR,
      ...(params === undefined ? {} : { params: params.map((value) => this.value(value)) }),
      ...(values === undefined ? {} : { values: this.columns(values) }),
    };
  }

  private columns(values: StreamedEvent['values']): StreamedEvent['values'] {
    return Object.fromEntries(Object.entries(values).map(([column, list]) => [column, list.map((value) => this.tokenOf(String(value)))]));
  }

  /** A text is sent without its DataSource; with several dialects in one process it is read without any. */
  private onlyDialect(): Dialect {
    const dialects = new Set(this.dialects.values());
    return dialects.size === 1 ? ([...dialects][0] ?? null) : null;
  }

  private value(value: unknown): unknown {
    if (value === null || value === undefined || typeof value === 'boolean') return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value === 'object' && 'value' in value) return this.value(value.value);
    return this.tokenOf(typeof value === 'object' ? JSON.stringify(value) : String(value));
  }

  private statement(sql: string, dialect: Dialect): string {
    return tokenize(sql, dialect)
      .map((token, index, tokens) => (token.spaced && index > 0 ? ' ' : '') + this.token(token, tokens[index - 1]))
      .join('');
  }

  /** Numbers behind LIMIT and OFFSET are no one's data, and tell pages from keys. */
  private token({ kind, text }: Token, previous: Token | undefined): string {
    if (kind === 'string') return `'${this.tokenOf(unquoted(text))}'`;
    if (kind === 'number' && !/^(limit|offset|first|next|top)$/i.test(previous?.text ?? '')) return `'${this.tokenOf(text)}'`;
    return text;
  }
}

const REDACTED_ERROR = 'The database refused the statement; its message is redacted.';
const REDACTED_PAUSE = 'Failed query: its message is redacted.';

function unquoted(text: string): string {
  const body = /^[a-z]*'(.*)'$|^"(.*)"$/is.exec(text);
  return body === null ? text : (body[1] ?? body[2] ?? '').replaceAll("''", "'");
}

/** Nobody can ask again what has no path, so nothing of it is kept. */
function withoutRequest({ request: _request, ...event }: ScopeStartEvent): ScopeStartEvent {
  return event;
}
