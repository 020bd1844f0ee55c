/**
 * What was seen since the last flush, in order: plain objects while the app waits for its database, put into words only when they
 * are sent. A call that nothing else came in between of, the usual one, becomes a single line (CompactLine in the protocol).
 */
import type { ScopeStartEvent } from '../protocol/probe';
import type { OperationState, ScopeBeginning, ScopeState } from './context';
import type { ColumnValues } from './resultValues';
import type { Importance } from './transport';

export interface QueryEntry {
  readonly operation: OperationState;
  readonly id: number;
  /** Id of the text, or the text. */
  readonly sql: number | string;
  readonly parameters: readonly unknown[] | undefined;
  readonly t: number;
  readonly ms: number;
  readonly rows: number;
  readonly error: string | null;
  readonly values: ColumnValues | undefined;
  readonly waitMs: number;
  readonly target: string | undefined;
}

interface EndEntry {
  readonly ended: OperationState;
  readonly t: number;
  readonly entities: number;
  readonly roots: number;
  readonly error: string | null;
}

/** The beginning of a scope. It is put into words with what happens in it, when its name mostly is the final one. */
interface ScopeEntry extends Readonly<ScopeBeginning> {
  readonly began: ScopeState;
}

/** An operation stands for its start, a text for a line of another kind. */
type Entry = ScopeEntry | OperationState | QueryEntry | EndEntry | string;

const MAX_NAMES = 10_000;

export class EventLog {
  private entries: Entry[] = [];

  get length(): number {
    return this.entries.length;
  }

  scope(entry: ScopeEntry): void {
    this.entries.push(entry);
  }

  start(operation: OperationState): void {
    this.entries.push(operation);
  }

  query(query: QueryEntry): void {
    this.entries.push(query);
  }

  end(ended: OperationState, t: number, error: string | null): void {
    this.entries.push({ ended, t, entities: ended.entities, roots: ended.roots, error });
  }

  line(line: string): void {
    this.entries.push(line);
  }

  clear(): void {
    this.entries = [];
  }

  /**
   * Empties the log into lines.
   * @param send answers whether there was room for the line
   * @param refused called for each query whose line there was no room for
   */
  drain(send: (line: string, importance: Importance) => boolean, refused: (query: QueryEntry) => void): void {
    const { entries } = this;
    this.entries = [];
    let at = 0;
    while (at < entries.length) {
      const next = endOfLine(entries, at);
      const importance = isScope(entries[at] as Entry) ? 'definition' : 'detail';
      if (!send(this.toLine(entries, at, next), importance)) for (const entry of entries.slice(at, next)) if (isQuery(entry)) refused(entry);
      at = next;
    }
  }

  private toLine(entries: readonly Entry[], from: number, to: number): string {
    const entry = entries[from] as Entry;
    if (typeof entry === 'string') return entry;
    if (isScope(entry)) return scopeLine(entry);
    if (isQuery(entry)) {
      const { operation } = entry;
      return `["q",${operation.id},${operation.scope?.id ?? 0},${operation.source},${operation.site},${queryFields(entry)}]\n`;
    }
    if (isEnd(entry)) return `["e",${entry.ended.id},${endFields(entry)}]\n`;
    if (to === from + 1) return `["o",${this.startFields(entry)}]\n`;
    let line = `["c",${this.startFields(entry)},[${endFields(entries[to - 1] as EndEntry)}]`;
    for (let at = from + 1; at < to - 1; at++) line += `,[${queryFields(entries[at] as QueryEntry)}]`;
    return line + ']\n';
  }

  private startFields({ id, scope, parent, site, t, start }: OperationState): string {
    return (
      `${id},${scope?.id ?? 0},${parent},${quoted(start.api)},${quotedOrNull(start.entity)},${quotedOrNull(start.relation)},` +
      `${site},${start.source},${microseconds(t)},${start.ownerOperation ?? -1},${start.ownerKey ? JSON.stringify(start.ownerKey) : 'null'}`
    );
  }
}

/** Where the line that begins at `from` ends: behind a call's end, where only the call's own queries stand before it. */
function endOfLine(entries: readonly Entry[], from: number): number {
  const operation = entries[from] as Entry;
  if (typeof operation === 'string' || isScope(operation) || isQuery(operation) || isEnd(operation)) return from + 1;
  for (let at = from + 1; at < entries.length; at++) {
    const entry = entries[at] as Entry;
    if (typeof entry === 'string' || isScope(entry)) break;
    if (isEnd(entry) && entry.ended === operation) return at + 1;
    if (!isQuery(entry) || entry.operation !== operation) break;
  }
  return from + 1;
}

function isScope(entry: Entry): entry is ScopeEntry {
  return typeof entry !== 'string' && 'began' in entry;
}

function isQuery(entry: Entry): entry is QueryEntry {
  return typeof entry !== 'string' && 'sql' in entry;
}

function isEnd(entry: Entry): entry is EndEntry {
  return typeof entry !== 'string' && 'ended' in entry;
}

/** Whoever renames the scope from now on has to say so. */
function scopeLine({ began: scope, path, t, facts }: ScopeEntry): string {
  const { id, kind, name } = scope;
  scope.isTold = true;
  const event = { e: 'scope', id, kind, name, path, t, ...facts } satisfies { readonly [Field in keyof ScopeStartEvent]: unknown };
  return JSON.stringify(event) + '\n';
}

function queryFields(query: QueryEntry): string {
  const { id, sql, parameters, t, ms, rows, error, values } = query;
  return (
    `${id},${typeof sql === 'number' ? sql : JSON.stringify(sql)},${parameters ? listToJson(parameters) : 'null'},` +
    `${microseconds(t)},${microseconds(ms)},${rows},${error === null ? 'null' : JSON.stringify(error)}` +
    rareFields(query, values ? valuesToJson(values) : null)
  );
}

/** What most queries have not, or not all of it. */
function rareFields({ waitMs, target }: QueryEntry, values: string | null): string {
  if (waitMs === 0 && target === undefined) return values === null ? '' : `,${values}`;
  return `,${values ?? 'null'},${microseconds(waitMs)}${target === undefined ? '' : `,${quoted(target)}`}`;
}

/** Most lists are a few numbers, for which JSON.stringify takes long. */
function listToJson(list: readonly unknown[]): string {
  let json = '[';
  for (let at = 0; at < list.length; at++) {
    const value = list[at];
    if (at > 0) json += ',';
    json += typeof value === 'number' && Number.isFinite(value) ? value : (JSON.stringify(value) ?? 'null');
  }
  return json + ']';
}

function valuesToJson(values: ColumnValues): string {
  let json = '{';
  for (const column in values) json += `${json === '{' ? '' : ','}${quoted(column)}:${listToJson(values[column] ?? [])}`;
  return json + '}';
}

/** Names as JSON. */
const quotedNames = new Map<string, string>();

function quoted(name: string): string {
  let json = quotedNames.get(name);
  if (json === undefined) {
    json = JSON.stringify(name);
    if (quotedNames.size < MAX_NAMES) quotedNames.set(name, json);
  }
  return json;
}

function quotedOrNull(name: string | null): string {
  return name === null ? 'null' : quoted(name);
}

function endFields({ t, entities, roots, error }: EndEntry): string {
  return `${microseconds(t)},${entities},${roots},${error === null ? 'null' : JSON.stringify(error)}`;
}

/** Whole numbers are the quickest to write. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
