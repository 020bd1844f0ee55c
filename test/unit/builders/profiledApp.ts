/**
 * Writes the probe's events as an app would cause them: requests, calls of TypeORM, lazy loads. A test says what its case is about; SQL, ids,
 * times and metadata follow. Places are written `list.ts:10 list < main.ts:3 main`, innermost first; `~main.ts:3` was reached through an await.
 */
import { createProfileBuilder, type ProfileBuilder, type ProfileBuilderOptions } from '../../../src/core/profile/profileBuilder';
import type { Finding } from '../../../src/core/profile/queryProfile';
import type { MetaEntity, MetaRelation, ProbeEvent, SiteFrame } from '../../../src/protocol/probe';
import type { ReadNode } from '../../../src/protocol/probeReads';

export type Row = Readonly<Record<string, string | number>>;

export interface CallOptions {
  readonly at?: string;
  readonly api?: string;
  readonly ms?: number;
  /** Milliseconds after the end of the call before. Default 0.1. */
  readonly after?: number;
  readonly error?: string;
  readonly parent?: number;
  readonly entities?: number;
  readonly source?: number;
}

export interface Statement {
  readonly sql: string;
  readonly params?: readonly unknown[];
  readonly rows?: readonly Row[];
  readonly rowCount?: number;
  readonly ms?: number;
  readonly waitMs?: number;
  readonly error?: string;
}

/** `Author id name; books: Book[] by author` in a few words: columns, then relations. */
export function entity(name: string, columns: readonly string[], relations: readonly MetaRelation[] = []): MetaEntity {
  return {
    name,
    table: name.toLowerCase(),
    schema: null,
    type: 'regular',
    parent: null,
    columns: columns.map((column) => ({
      property: column,
      column,
      primary: column === 'id',
      generated: column === 'id',
      nullable: false,
      type: 'int',
    })),
    relations,
  };
}

export function toOne(property: string, target: string, inverse: string | null, overrides: Partial<MetaRelation> = {}): MetaRelation {
  return {
    ...anyRelation,
    property,
    kind: 'many-to-one',
    target,
    inverse,
    owner: true,
    joinColumns: [{ column: `${property}Id`, references: 'id' }],
    ...overrides,
  };
}

export function toMany(property: string, target: string, inverse: string, overrides: Partial<MetaRelation> = {}): MetaRelation {
  return {
    ...anyRelation,
    property,
    kind: 'one-to-many',
    target,
    inverse,
    owner: false,
    joinColumns: [{ column: `${inverse}Id`, references: 'id' }],
    ...overrides,
  };
}

const anyRelation: MetaRelation = {
  property: '',
  kind: 'many-to-one',
  target: '',
  inverse: null,
  owner: false,
  lazy: true,
  eager: false,
  nullable: true,
  joinColumns: [],
  joinTable: null,
};

/** Authors with books, books with comments, orders of customers; visits name a customer without a relation. */
export const bookshop: readonly MetaEntity[] = [
  entity('Author', ['id', 'name', 'countryId'], [toMany('books', 'Book', 'author'), toOne('country', 'Country', 'authors')]),
  entity('Country', ['id', 'name'], [toMany('authors', 'Author', 'country')]),
  entity('Book', ['id', 'title', 'authorId'], [toOne('author', 'Author', 'books'), toMany('comments', 'Comment', 'book')]),
  entity('Comment', ['id', 'text', 'bookId'], [toOne('book', 'Book', 'comments')]),
  entity('Category', ['id', 'name', 'parentId'], [toOne('parent', 'Category', null)]),
  entity('Customer', ['id', 'name'], [toMany('orders', 'Order', 'customer')]),
  entity('Order', ['id', 'customerId'], [toOne('customer', 'Customer', 'orders')]),
  entity('Visit', ['id', 'customerId']),
];

interface AppOptions {
  readonly driver?: string;
  readonly entities?: readonly MetaEntity[];
  /** Recordings of earlier probes do not. */
  readonly tellsIndices?: boolean;
}

const folder = '/app';

export class ProfiledApp {
  readonly builder: ProfileBuilder;
  private now = 0;
  private ids = { scope: 0, op: 0, query: 0 };
  private readonly sites = new Map<string, number>();
  private scope = 0;

  constructor(
    options: Partial<ProfileBuilderOptions> & AppOptions = {},
    private readonly processId: number = 1,
    builder?: ProfileBuilder,
  ) {
    const { driver = 'better-sqlite3', entities = bookshop, tellsIndices = false, ...rest } = options;
    this.builder = builder ?? createProfileBuilder({ runId: 'run', ...rest });
    this.send({ e: 'hello', protocol: 1, token: '', pid: processId, ppid: 0, node: 'v20', cwd: folder, argv: [], timeOrigin: 1000 * processId });
    this.send({ e: 'metadata', source: 1, driver, entities, ...(tellsIndices ? { detailed: true } : {}) });
  }

  send(event: ProbeEvent): void {
    this.builder.add(this.processId, event);
  }

  /** Everything called within `run` belongs to a request of this name. */
  request(name: string, run: () => void): this {
    const id = this.openRequest(name);
    run();
    this.closeRequest(id);
    return this;
  }

  /** @param asked what its client asks for several times, and how often */
  openRequest(name: string, kind: 'http' | 'graphql' | 'test' = 'http', asked?: Readonly<Record<string, number>>): number {
    const id = ++this.ids.scope;
    this.send({ e: 'scope', id, kind, name, path: null, t: this.now, ...(asked === undefined ? {} : { asked }) });
    this.scope = id;
    return id;
  }

  closeRequest(id: number, responseHash: string | null = null): void {
    this.send({ e: 'scopeEnd', id, t: this.now, status: 200, responseHash });
  }

  enter(scope: number): void {
    this.scope = scope;
  }

  /** In milliseconds of the process's clock. */
  get time(): number {
    return this.now;
  }

  pause(ms: number): void {
    this.now += ms;
  }

  /** One call of TypeORM's API and the statements it leads to. @returns its id */
  call(
    api: string,
    name: string | null,
    statements: readonly Statement[],
    options: CallOptions & { relation?: string; owner?: number; ownerKey?: readonly unknown[]; roots?: number } = {},
  ): number {
    this.now += options.after ?? 0.1;
    const id = ++this.ids.op;
    const site = this.site(options.at);
    this.send({
      e: 'op',
      id,
      scope: this.scope,
      parent: options.parent ?? 0,
      api,
      entity: name,
      relation: options.relation ?? null,
      site,
      source: options.source ?? 1,
      t: this.now,
      ...(options.owner === undefined ? {} : { ownerOperation: options.owner }),
      ...(options.ownerKey === undefined ? {} : { ownerKey: options.ownerKey }),
    });
    for (const statement of statements) this.query(id, site, statement, options);
    const roots = options.roots ?? statements[0]?.rows?.length ?? 0;
    this.send({ e: 'opEnd', id, t: this.now, entities: options.entities ?? roots, roots, error: options.error ?? null });
    return id;
  }

  query(op: number, site: number, { sql, params, rows = [], rowCount, ms, waitMs, error }: Statement, options: CallOptions = {}): void {
    const duration = ms ?? options.ms ?? 0.2;
    const values: Record<string, (string | number)[]> = {};
    for (const row of rows) for (const [column, value] of Object.entries(row)) (values[column] ??= []).push(value);
    this.send({
      e: 'query',
      id: ++this.ids.query,
      op,
      scope: this.scope,
      source: options.source ?? 1,
      sql,
      ...(params ? { params } : {}),
      site,
      t: this.now,
      ms: duration,
      ...(waitMs === undefined ? {} : { waitMs }),
      rows: rowCount ?? rows.length,
      error: error ?? options.error ?? null,
      ...(Object.keys(values).length > 0 ? { values } : {}),
    });
    this.now += duration;
  }

  /** `Repository.find` over a whole table, as TypeORM writes it. */
  find(name: string, rows: readonly Row[], options: CallOptions & { readonly tail?: string } = {}): number {
    return this.call(
      options.api ?? 'Repository.find',
      name,
      [{ sql: `${this.select(name, rows)}${options.tail ?? ''}`, rows: this.named(name, rows) }],
      options,
    );
  }

  /** `Repository.findOneBy({ column: key })`, or another read by key. */
  findBy(
    name: string,
    column: string,
    key: number | string,
    rows: readonly Row[],
    options: CallOptions & { readonly and?: string; readonly tail?: string } = {},
  ): number {
    const where = ` WHERE (("${name}"."${column}" = ${typeof key === 'number' ? key : `'${key}'`}${options.and ?? ''}))`;
    return this.call(
      options.api ?? 'Repository.findOneBy',
      name,
      [{ sql: `${this.select(name, rows)}${where}${options.tail ?? ''}`, rows: this.named(name, rows) }],
      options,
    );
  }

  /** Reads a lazy relation on the row with this key, which `owner` had hydrated. */
  lazy(relation: string, owner: number, key: number, rows: readonly Row[], options: CallOptions = {}): number {
    const [name = '', property = ''] = relation.split('.');
    const sql = `SELECT "x"."id" AS "x_id" FROM "${property}" "x" WHERE "x"."ownerId" IN (${key})`;
    return this.call('lazy', name, [{ sql, rows: rows.map(({ id = 0 }) => ({ x_id: id })) }], {
      ...options,
      relation: property,
      owner,
      ownerKey: [key],
    });
  }

  /** What the probe says, up to now, of how the app read what `op` and the calls before it from the same place returned. */
  reads(op: number, runs: number, nodes: readonly Partial<ReadNode>[]): void {
    const full = nodes.map((node) => ({ path: '', entity: 'Author', entities: 0, firstEntities: 0, relations: {}, columns: {}, ...node }));
    this.send({ e: 'reads', op, runs, nodes: full });
  }

  findings(): readonly Finding[] {
    return this.builder.findings();
  }

  site(at = 'app.ts:1 main'): number {
    const known = this.sites.get(at);
    if (known !== undefined) return known;
    const id = this.sites.size + 1;
    this.sites.set(at, id);
    this.send({ e: 'site', id, frames: at === '' ? [] : at.split(' < ').map(parseFrame) });
    return id;
  }

  private select(name: string, rows: readonly Row[]): string {
    const columns = Object.keys(rows[0] ?? { id: 0 }).map((column) => `"${name}"."${column}" AS "${name}_${column}"`);
    return `SELECT ${columns.join(', ')} FROM "${name.toLowerCase()}" "${name}"`;
  }

  private named(name: string, rows: readonly Row[]): Row[] {
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [`${name}_${column}`, value])));
  }
}

function parseFrame(text: string): SiteFrame {
  const match = /^(~?)([^:]+):(\d+)(?:\.(\d+))?(?: (\w+))?$/.exec(text);
  if (!match) throw new Error(`no place: ${text}`);
  const [, resumed, file, line, column, name] = match;
  return { file: `${folder}/${file}`, line: Number(line), column: Number(column ?? 1), function: name ?? null, async: resumed === '~' };
}

/** `rows(3, (n) => ({ id: n }))` */
export function rows(count: number, make: (index: number) => Row): Row[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Three authors, whose books are loaded one by one in a loop at `a.ts:12`. */
export function listWithBooks(app: ProfiledApp): void {
  const authors = rows(3, (n) => ({ id: 101 + n }));
  const owner = app.find('Author', authors, { at: 'a.ts:10 list' });
  const books = rows(2, (n) => ({ id: n }));
  for (const { id } of authors) app.lazy('Author.books', owner, id as number, books, { at: 'a.ts:12 list' });
}
