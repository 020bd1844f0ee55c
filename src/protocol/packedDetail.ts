/**
 * A scope's details on their way to a viewer. A hundred queries of a loop differ in a number and a time: what they have in common is sent once, a statement as
 * what it differs in from the one before it of its shape, and the names of properties once for all.
 */
import type { Operation, Query, QueryGroup, ScopeDetail, Site } from '../core/profile/queryProfile';

export interface PackedDetail extends Omit<ScopeDetail, 'operations' | 'queries' | 'groups'> {
  readonly texts: readonly (string | AlikeText)[];
  readonly sites: readonly Site[];
  readonly operations: PackedRows;
  readonly queries: PackedRows;
  readonly groups: PackedRows;
}

/** The index of an earlier text, how many of its first characters this one begins with, what follows, how many of its last characters it ends with. */
type AlikeText = readonly [of: number, start: number, middle: string, end: number];

/** Objects without the names of their properties: each row begins with the index of its names. */
interface PackedRows {
  readonly names: readonly (readonly string[])[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Properties whose values repeat: rows hold the index of the text, or null. */
const TEXTS: ReadonlySet<string> = new Set(['api', 'entity', 'relation', 'sql', 'shape', 'kind', 'error', 'target']);

export function packDetail({ operations, queries, groups, ...rest }: ScopeDetail): PackedDetail {
  const packer = new Packer();
  const packed = { operations: packer.rows(operations), queries: packer.rows(queries), groups: packer.rows(groups) };
  return { ...rest, ...packed, texts: packer.texts, sites: packer.sites };
}

/** Equal to what was packed. Queries, operations and groups of the same place share its object. */
export function unpackDetail({ texts: packedTexts, sites, operations, queries, groups, ...rest }: PackedDetail): ScopeDetail {
  const texts: string[] = [];
  for (const text of packedTexts) texts.push(typeof text === 'string' ? text : writtenOut(text, texts[text[0]] ?? ''));
  const valueOf = (name: string, value: unknown): unknown => {
    if (typeof value !== 'number') return value;
    return name === 'site' ? sites[value] : TEXTS.has(name) ? texts[value] : value;
  };
  const unpack = <Row>({ names, rows }: PackedRows): Row[] =>
    rows.map(
      ([layout, ...values]) => Object.fromEntries((names[layout as number] ?? []).map((name, at) => [name, valueOf(name, values[at])])) as Row,
    );
  return { ...rest, operations: unpack<Operation>(operations), queries: unpack<Query>(queries), groups: unpack<QueryGroup>(groups) };
}

class Packer {
  readonly texts: (string | AlikeText)[] = [];
  readonly sites: Site[] = [];
  private readonly textIndex = new Map<string, number>();
  private readonly siteIndex = new Map<string, number>();
  /** Of each shape the statement that came last. */
  private readonly latest = new Map<string, string>();

  rows(items: readonly (Operation | Query | QueryGroup)[]): PackedRows {
    const layouts = new Map<string, number>();
    const rows = items.map((item) => {
      if ('sql' in item) this.putStatement(item);
      const entries = Object.entries(item).filter(([, value]) => value !== undefined);
      const layout = indexIn(layouts, entries.map(([name]) => name).join());
      return [layout, ...entries.map(([name, value]: [string, unknown]) => this.packed(name, value))];
    });
    return { names: [...layouts.keys()].map((names) => names.split(',')), rows };
  }

  private packed(name: string, value: unknown): unknown {
    if (value === null) return null;
    if (name === 'site') return this.site(value as Site);
    return TEXTS.has(name) ? this.put(value as string, value as string) : value;
  }

  private putStatement({ sql, shape }: Query): void {
    const before = this.latest.get(shape);
    this.put(sql, before === undefined ? sql : alike(sql, before, this.textIndex.get(before) ?? 0));
    this.latest.set(shape, sql);
  }

  private put(text: string, written: string | AlikeText): number {
    const index = indexIn(this.textIndex, text);
    if (index === this.texts.length) this.texts.push(written);
    return index;
  }

  private site(site: Site): number {
    const index = indexIn(this.siteIndex, `${site.file}:${site.line}:${site.column} ${site.function}`);
    if (index === this.sites.length) this.sites.push(site);
    return index;
  }
}

function indexIn(known: Map<string, number>, key: string): number {
  const index = known.get(key) ?? known.size;
  known.set(key, index);
  return index;
}

function alike(text: string, before: string, of: number): AlikeText {
  const most = Math.min(text.length, before.length);
  let start = 0;
  while (start < most && text[start] === before[start]) start++;
  let end = 0;
  while (end < most - start && text.at(-1 - end) === before.at(-1 - end)) end++;
  return [of, start, text.slice(start, text.length - end), end];
}

function writtenOut([, start, middle, end]: AlikeText, before: string): string {
  return before.slice(0, start) + middle + before.slice(before.length - end);
}
