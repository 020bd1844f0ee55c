/** The rows of the query table in its four views: folded by fingerprint, by the operations or the call sites that ran them, and in order of time. */
import { groupBy } from '../../src/core/model/groupBy';
import type { Finding, Operation, Query, QueryGroup, ScopeDetail, Site } from '../../src/core/profile/queryProfile';

export type QueryView = 'fingerprint' | 'operations' | 'sites' | 'timeline';
export type QuerySort = 'time' | 'rows' | 'duration';

export interface QueryRowOptions {
  readonly view: QueryView;
  readonly expanded: ReadonlySet<string>;
  /** Words that must all occur in the statement, its site or its operation. */
  readonly text: string;
  /** Order of the outermost rows; `time` is the order they happened in. */
  readonly sort: QuerySort;
}

interface RowBase {
  readonly key: string;
  readonly level: number;
  readonly rows: number;
  readonly durationMs: number;
  readonly site: Site | null;
  /** What the waterfall draws. */
  readonly queries: readonly Query[];
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** The finding that this row's queries belong to. */
  readonly finding: Finding | null;
  readonly errors: number;
}

export interface GroupRow extends RowBase {
  readonly kind: 'group';
  readonly group: QueryGroup;
}

export interface SingleQueryRow extends RowBase {
  readonly kind: 'query';
  readonly query: Query;
  /** True beneath a row that already shows the statement: the parameters are then the news. */
  readonly folded: boolean;
}

export interface OperationRow extends RowBase {
  readonly kind: 'operation';
  /** One, or several equal ones folded. */
  readonly operations: readonly Operation[];
  readonly queryCount: number;
}

/** Everything that one line of source asked the database. */
export interface SiteRow extends RowBase {
  readonly kind: 'site';
  readonly queryCount: number;
  /** Different statements among them. */
  readonly statements: number;
}

export type QueryRow = GroupRow | SingleQueryRow | OperationRow | SiteRow;

export function toQueryRows(detail: ScopeDetail, options: QueryRowOptions): QueryRow[] {
  const context = new RowContext(detail, options);
  switch (options.view) {
    case 'fingerprint':
      return context.groupRows();
    case 'operations':
      return context.operationRows();
    case 'sites':
      return context.siteRows();
    case 'timeline':
      return context.timelineRows();
  }
}

/** The finding that a query run at this site belongs to, if any: warnings first. */
function findingAt(findings: readonly Finding[], site: Site | null): Finding | null {
  const here = findings.filter((finding) => sameSite(finding.site, site));
  return here.find(({ severity }) => severity === 'warning') ?? here[0] ?? null;
}

function sameSite(a: Site | null, b: Site | null): boolean {
  return a !== null && b !== null && a.line === b.line && a.column === b.column && a.file === b.file;
}

/** Lookups shared by the rows of one request. */
class RowContext {
  private readonly queryById: ReadonlyMap<number, Query>;
  private readonly words: readonly string[];

  constructor(
    private readonly detail: ScopeDetail,
    private readonly options: QueryRowOptions,
  ) {
    this.queryById = new Map(detail.queries.map((query) => [query.id, query]));
    this.words = options.text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  groupRows(): QueryRow[] {
    const groups = this.detail.groups.map((group, index) => ({ group, index }));
    const sorted = this.sorted(groups, ({ group }) => ({ rows: group.rows, durationMs: group.dbTimeMs }));
    return sorted.flatMap(({ group, index }) => this.groupRow(group, index));
  }

  private groupRow(group: QueryGroup, index: number, level = 1): QueryRow[] {
    const queries = group.queryIds.flatMap((id) => this.queryById.get(id) ?? []);
    const [only] = queries;
    if (!this.matches(group.shape, group.site, only?.sql ?? '')) return [];
    if (group.count === 1 && only) return [this.queryRow(only, level, false)];
    const key = `group:${index}`;
    const expanded = this.options.expanded.has(key);
    const row: GroupRow = {
      kind: 'group',
      key,
      level,
      group,
      rows: group.rows,
      durationMs: group.dbTimeMs,
      site: group.site,
      queries,
      expandable: queries.length > 0,
      expanded,
      finding: findingAt(this.detail.findings, group.site),
      errors: queries.filter(({ error }) => error !== null).length,
    };
    return expanded ? [row, ...queries.map((query) => this.queryRow(query, level + 1, true))] : [row];
  }

  /** Lines in order of first appearance; what has no line of the app's own comes last. */
  siteRows(): QueryRow[] {
    const groups = this.detail.groups.map((group, index) => ({ group, index }));
    const bySite = [...groupBy(groups, ({ group: { site } }) => (site === null ? '' : `${site.file}:${site.line}`))];
    const measured = bySite.map(([place, items]) => ({
      place,
      items: items.filter(({ group }) => this.matches(group.shape, group.site, '')),
      rows: sum(items, ({ group }) => group.rows),
      durationMs: sum(items, ({ group }) => group.dbTimeMs),
    }));
    const sorted = this.sorted(measured, (site) => site).filter(({ items }) => items.length > 0);
    return [...sorted].sort((a, b) => Number(a.place === '') - Number(b.place === '')).flatMap((site) => this.siteRow(site.place, site.items));
  }

  private siteRow(place: string, items: readonly { readonly group: QueryGroup; readonly index: number }[]): QueryRow[] {
    const groups = items.map(({ group }) => group);
    const queries = groups.flatMap(({ queryIds }) => queryIds.flatMap((id) => this.queryById.get(id) ?? []));
    const site = groups[0]?.site ?? null;
    const key = `site:${place}`;
    const expanded = this.options.expanded.has(key);
    const row: SiteRow = {
      kind: 'site',
      key,
      level: 1,
      queryCount: sum(groups, ({ count }) => count),
      statements: groups.length,
      rows: sum(groups, ({ rows }) => rows),
      durationMs: sum(groups, ({ dbTimeMs }) => dbTimeMs),
      site,
      queries,
      expandable: true,
      expanded,
      finding: groups.map((group) => findingAt(this.detail.findings, group.site)).find((finding) => finding !== null) ?? null,
      errors: queries.filter(({ error }) => error !== null).length,
    };
    return expanded ? [row, ...items.flatMap(({ group, index }) => this.groupRow(group, index, 2))] : [row];
  }

  timelineRows(): QueryRow[] {
    const queries = this.detail.queries.filter(({ sql, site }) => this.matches(sql, site, ''));
    const inTime = [...queries].sort((a, b) => a.offsetMs - b.offsetMs || a.id - b.id);
    return this.sorted(inTime, ({ rows, durationMs }) => ({ rows, durationMs })).map((query) => this.queryRow(query, 1, false));
  }

  private queryRow(query: Query, level: number, folded: boolean): SingleQueryRow {
    return {
      kind: 'query',
      key: `query:${query.id}`,
      level,
      query,
      folded,
      rows: query.rows,
      durationMs: query.durationMs,
      site: query.site,
      queries: [query],
      expandable: false,
      expanded: false,
      finding: findingAt(this.detail.findings, query.site),
      errors: query.error === null ? 0 : 1,
    };
  }

  operationRows(): QueryRow[] {
    const queriesOf = groupBy(this.detail.queries, ({ operation }) => operation ?? 0);
    const childrenOf = groupBy(this.detail.operations, ({ parent }) => parent ?? 0);
    const known = new Set(this.detail.operations.map(({ id }) => id));
    const roots = this.detail.operations.filter(({ parent }) => parent === null || !known.has(parent));
    const orphans = this.detail.queries.filter(({ operation }) => operation === null || !known.has(operation));
    const folds = this.sorted(foldEqual(roots), (operations) => ({
      rows: sum(operations, ({ rawRows }) => rawRows),
      durationMs: sum(operations, ({ durationMs }) => durationMs),
    }));
    return [
      ...folds.flatMap((operations) => this.operationRow(operations, 1, '', queriesOf, childrenOf)),
      ...orphans.filter(({ sql, site }) => this.matches(sql, site, '')).map((query) => this.queryRow(query, 1, false)),
    ];
  }

  private operationRow(
    operations: readonly Operation[],
    level: number,
    prefix: string,
    queriesOf: ReadonlyMap<number, readonly Query[]>,
    childrenOf: ReadonlyMap<number, readonly Operation[]>,
  ): QueryRow[] {
    const [first] = operations;
    if (!first) return [];
    if (level === 1 && !this.matches(nameOperation(first), first.site, '')) return [];
    const key = `${prefix}operation:${first.id}${operations.length > 1 ? '+' : ''}`;
    const expanded = this.options.expanded.has(key);
    const own = operations.flatMap(({ id }) => queriesOf.get(id) ?? []);
    const queries = [...own, ...operations.flatMap(({ id }) => this.queriesBeneath(id, queriesOf, childrenOf))];
    const row: OperationRow = {
      kind: 'operation',
      key,
      level,
      operations,
      queryCount: sum(operations, ({ queryCount }) => queryCount),
      rows: sum(operations, ({ rawRows }) => rawRows),
      durationMs: sum(operations, ({ durationMs }) => durationMs),
      site: first.site,
      queries,
      expandable: queries.length > 0 || operations.length > 1,
      expanded,
      finding: findingAt(this.detail.findings, first.site),
      errors: queries.filter(({ error }) => error !== null).length,
    };
    if (!expanded) return [row];
    if (operations.length > 1) {
      return [row, ...operations.flatMap((operation) => this.operationRow([operation], level + 1, `${key}/`, queriesOf, childrenOf))];
    }
    const children = foldEqual(childrenOf.get(first.id) ?? []);
    return [
      row,
      ...own.map((query) => this.queryRow(query, level + 1, false)),
      ...children.flatMap((child) => this.operationRow(child, level + 1, `${key}/`, queriesOf, childrenOf)),
    ];
  }

  private queriesBeneath(
    operation: number,
    queriesOf: ReadonlyMap<number, readonly Query[]>,
    childrenOf: ReadonlyMap<number, readonly Operation[]>,
  ): readonly Query[] {
    return (childrenOf.get(operation) ?? []).flatMap(({ id }) => [...(queriesOf.get(id) ?? []), ...this.queriesBeneath(id, queriesOf, childrenOf)]);
  }

  private matches(text: string, site: Site | null, more: string): boolean {
    if (this.words.length === 0) return true;
    const haystack = `${text} ${more} ${site ? `${site.file}:${site.line}` : ''}`.toLowerCase();
    return this.words.every((word) => haystack.includes(word));
  }

  private sorted<T>(items: readonly T[], measure: (item: T) => { rows: number; durationMs: number }): readonly T[] {
    const { sort } = this.options;
    if (sort === 'time') return items;
    const column = sort === 'duration' ? 'durationMs' : sort;
    return [...items].sort((a, b) => measure(b)[column] - measure(a)[column]);
  }
}

/** `Repository<Author>.find()`; a lazy load is named by its relation. */
export function nameOperation({ api, entity, relation }: Pick<Operation, 'api' | 'entity' | 'relation'>): string {
  if (api === 'lazy') return relation === null ? 'lazy load' : `${entity ?? ''}.${relation}`;
  const [owner, ...method] = api.split('.');
  if (method.length === 0 || entity === null) return `${api}()`;
  return `${owner}<${entity}>.${method.join('.')}()`;
}

/** Equal operations (same call, same line) become one fold, in order of first appearance. */
function foldEqual(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const key = ({ api, entity, relation, site }: Operation): string =>
    `${api} ${entity} ${relation} ${site ? `${site.file}:${site.line}:${site.column}` : ''}`;
  return [...groupBy(operations, key).values()];
}

function sum<T>(items: readonly T[], measure: (item: T) => number): number {
  return items.reduce((total, item) => total + measure(item), 0);
}
