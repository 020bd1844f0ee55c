/** Runs as the extension would send them to the profiler: builders with overrides, and the stories that the tests tell with them. */
import type { Advice, Finding, Operation, Query, QueryGroup, RunInfo, ScopeDetail, ScopeSummary, Site } from '../../src/core/profile/queryProfile';
import { packDetail } from '../../src/protocol/packedDetail';
import type { ToProfiler } from '../../src/protocol/profilerPanel';
import { aFinding as aFindingAnywhere, aParent } from '../unit/builders/findingBuilder';

export const folder = '/home/ada/bookshop';

export function aRun(overrides: Partial<RunInfo> = {}): RunInfo {
  return {
    id: 'run-1',
    name: 'Debug bookshop',
    startedAtMs: 1_760_000_000_000,
    state: 'connected',
    pids: [4711],
    typeormVersions: ['1.1.1'],
    drivers: ['better-sqlite3'],
    message: null,
    ...overrides,
  };
}

export function aScope(overrides: Partial<ScopeSummary> = {}): ScopeSummary {
  return {
    id: 1,
    runId: 'run-1',
    kind: 'http',
    name: 'GET /authors',
    path: '/authors',
    startedAtMs: 1_760_000_001_000,
    durationMs: 61,
    dbTimeMs: 48,
    queryCount: 101,
    rowCount: 400,
    status: 200,
    live: false,
    warnings: 0,
    infos: 0,
    previous: null,
    history: [],
    responseHash: 'a1',
    ...overrides,
  };
}

export function aSite(line: number, file = 'src/routes/authors.ts', name: string | null = 'listAuthors'): Site {
  return { file: `${folder}/${file}`, line, column: 28, function: name };
}

export function anAdvice(overrides: Partial<Advice> = {}): Advice {
  return {
    kind: 'load-relations',
    relations: ['books'],
    strategy: 'query',
    predictedQueryCount: 2,
    editable: true,
    whyNot: null,
    reason: 'Two queries rather than a join: 3.0 books for each author would repeat each author three times.',
    ...overrides,
  };
}

export function aFinding(overrides: Partial<Finding> = {}): Finding {
  return aFindingAnywhere({
    dbTimeMs: 46.2,
    site: aSite(12),
    parent: aParent({ site: aSite(10) }),
    advice: anAdvice(),
    message: 'Author.books was loaded 100 times, once for each author that src/routes/authors.ts:10 returned.',
    ...overrides,
  });
}

export function aQuery(overrides: Partial<Query> = {}): Query {
  return {
    id: 1,
    scope: 1,
    operation: 1,
    sql: 'SELECT "Author"."id" AS "Author_id", "Author"."name" AS "Author_name" FROM "author" "Author"',
    shape: 'SELECT Author.id, Author.name FROM author Author',
    kind: 'select',
    parameters: [],
    offsetMs: 1,
    durationMs: 1.9,
    rows: 100,
    error: null,
    site: aSite(10),
    ...overrides,
  };
}

export function anOperation(overrides: Partial<Operation> = {}): Operation {
  return {
    id: 1,
    scope: 1,
    parent: null,
    api: 'Repository.find',
    entity: 'Author',
    relation: null,
    site: aSite(10),
    offsetMs: 0.5,
    durationMs: 3.1,
    queryCount: 1,
    rawRows: 100,
    entities: 100,
    ...overrides,
  };
}

const bookSql =
  'SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title", "Book"."isbn" AS "Book_isbn", "Book"."price" AS "Book_price", "Book"."authorId" AS "Book_authorId" FROM "book" "Book" WHERE "Book"."authorId" = ?';

/** One request that loads a hundred lazy relations one by one: 101 queries. */
export function lazyLoop(scope: ScopeSummary = aScope({ warnings: 1 })): ScopeDetail {
  const loops = Array.from({ length: 100 }, (_, index) => ({
    query: aQuery({
      id: index + 2,
      scope: scope.id,
      operation: index + 2,
      sql: bookSql,
      shape: bookSql,
      parameters: [index + 1],
      offsetMs: 4 + index * 0.53,
      durationMs: 0.4 + (index % 7) * 0.02,
      rows: 3,
      site: aSite(12),
    }),
    operation: anOperation({
      id: index + 2,
      scope: scope.id,
      api: 'lazy',
      relation: 'books',
      site: aSite(12),
      offsetMs: 4 + index * 0.53,
      durationMs: 0.5,
      rawRows: 3,
      entities: 3,
    }),
  }));
  const queries = [aQuery({ scope: scope.id }), ...loops.map(({ query }) => query)];
  return {
    scope,
    operations: [anOperation({ scope: scope.id }), ...loops.map(({ operation }) => operation)],
    queries,
    droppedQueries: 0,
    groups: groupQueries(queries),
    findings: scope.warnings > 0 ? [aFinding({ scope: scope.id })] : [],
  };
}

/** The same request after its `find` loads the relation: 2 queries. */
export function mended(scope: ScopeSummary): ScopeDetail {
  const queries = [
    aQuery({ scope: scope.id }),
    aQuery({
      id: 2,
      scope: scope.id,
      sql: bookSql.replace('= ?', `IN (${Array.from({ length: 100 }, () => '?').join(', ')})`),
      shape: bookSql.replace('= ?', 'IN (?)'),
      parameters: Array.from({ length: 100 }, (_, index) => index + 1),
      offsetMs: 3.4,
      durationMs: 1.6,
      rows: 300,
    }),
  ];
  return {
    scope,
    operations: [anOperation({ scope: scope.id, queryCount: 2, rawRows: 400, durationMs: 6.2 })],
    queries,
    droppedQueries: 0,
    groups: groupQueries(queries),
    findings: [],
  };
}

/** A checkout with a likely parent, a hint, a fix that cannot be offered, and a failed query. */
export function busyOrder(scope: ScopeSummary): ScopeDetail {
  const place = (line: number): Site => aSite(line, 'src/orders/checkout.ts', 'placeOrder');
  const queries = [
    aQuery({
      id: 1,
      scope: scope.id,
      sql: 'SELECT "Order"."id" AS "Order_id", "Order__Order_lines"."id" AS "Order__Order_lines_id", "Order__Order_lines"."quantity" AS "Order__Order_lines_quantity" FROM "order" "Order" LEFT JOIN "order_line" "Order__Order_lines" ON "Order__Order_lines"."orderId"="Order"."id" WHERE ("Order"."customerId" = $1 AND "Order"."state" = $2) ORDER BY "Order"."id" DESC LIMIT 20',
      parameters: [17, "it's open"],
      rows: 20,
      durationMs: 2.4,
      site: place(18),
    }),
    ...Array.from({ length: 22 }, (_, index) =>
      aQuery({
        id: index + 2,
        scope: scope.id,
        operation: 2 + index,
        sql: 'SELECT "Book"."id" AS "Book_id", "Book"."price" AS "Book_price" FROM "book" "Book" WHERE ("Book"."id" = ?) LIMIT 1',
        shape: 'SELECT "Book"."id" AS "Book_id", "Book"."price" AS "Book_price" FROM "book" "Book" WHERE ("Book"."id" = ?) LIMIT ?',
        parameters: [index + 40],
        offsetMs: 5 + index * 0.6,
        durationMs: 0.5,
        rows: 1,
        site: place(24),
      }),
    ),
    aQuery({
      id: 30,
      scope: scope.id,
      operation: 40,
      kind: 'insert',
      sql: 'INSERT INTO "order_line"("id", "quantity", "orderId", "bookId") VALUES (NULL, ?, ?, ?)',
      shape: 'INSERT INTO order_line(id, quantity, orderId, bookId) VALUES (NULL, ?, ?, ?)',
      parameters: [2, 17, null],
      offsetMs: 18.2,
      durationMs: 0.3,
      rows: 0,
      error: 'SqliteError: NOT NULL constraint failed: order_line.bookId',
      site: place(31),
    }),
  ];
  const operations = [
    anOperation({ scope: scope.id, entity: 'Order', site: place(18), rawRows: 20, entities: 28 }),
    ...Array.from({ length: 22 }, (_, index) =>
      anOperation({
        id: 2 + index,
        scope: scope.id,
        api: 'Repository.findOneBy',
        entity: 'Book',
        site: place(24),
        rawRows: 1,
        entities: 1,
        durationMs: 0.7,
      }),
    ),
    anOperation({ id: 40, scope: scope.id, api: 'EntityManager.save', entity: 'OrderLine', site: place(31), rawRows: 0, entities: 0 }),
  ];
  const findings = [
    aFinding({
      scope: scope.id,
      scopeName: scope.name,
      kind: 'loop-n-plus-one',
      entity: 'OrderLine',
      relation: 'book',
      count: 22,
      rows: 22,
      dbTimeMs: 11,
      site: place(24),
      parent: { operation: 1, api: 'Repository.find', entity: 'Order', entities: 20, site: place(18), proven: false },
      advice: anAdvice({
        relations: ['lines.book'],
        strategy: 'join',
        predictedQueryCount: 3,
        editable: false,
        whyNot: 'The `find` is built in a helper that other routes use.',
        reason: 'A join: each line has one book.',
      }),
      message: 'Book was read 22 times with findOneBy, most likely once for each line that src/orders/checkout.ts:18 returned.',
    }),
    aFinding({
      id: 2,
      scope: scope.id,
      scopeName: scope.name,
      kind: 'over-fetched-columns',
      severity: 'info',
      entity: 'Order',
      relation: null,
      count: 14,
      rows: 20,
      dbTimeMs: 2.4,
      site: place(18),
      parent: null,
      advice: anAdvice({ kind: 'select-columns', relations: [], strategy: null, predictedQueryCount: null, reason: 'Only id and state were read.' }),
      message: '14 of 16 columns of Order were never read.',
    }),
  ];
  return { scope, operations, queries, droppedQueries: 0, groups: groupQueries(queries), findings };
}

/** Queries folded as the collector folds them. */
export function groupQueries(queries: readonly Query[]): QueryGroup[] {
  const groups = new Map<string, Query[]>();
  for (const query of queries) {
    const key = `${query.shape} ${query.site?.file}:${query.site?.line}`;
    groups.set(key, [...(groups.get(key) ?? []), query]);
  }
  return [...groups.values()].map((members) => {
    const first = members[0] as Query;
    return {
      shape: first.shape,
      kind: first.kind,
      site: first.site,
      count: members.length,
      rows: members.reduce((sum, { rows }) => sum + rows, 0),
      dbTimeMs: members.reduce((sum, { durationMs }) => sum + durationMs, 0),
      queryIds: members.map(({ id }) => id),
    };
  });
}

/** What a developer sees after a while: several routes, a job and a test, mended and unmended. */
export function manyRoutes(): ScopeSummary[] {
  const at = (second: number): number => 1_760_000_000_000 + second * 1000;
  return [
    aScope({ id: 1, warnings: 1, startedAtMs: at(60), history: [101, 101, 104, 101] }),
    aScope({
      id: 2,
      name: 'GET /books/:id',
      path: '/books/7',
      queryCount: 2,
      rowCount: 6,
      dbTimeMs: 3.1,
      durationMs: 9,
      startedAtMs: at(50),
      history: [14, 14, 14],
      previous: { queryCount: 14, dbTimeMs: 9.4, rowCount: 17, durationMs: 21, responseEqual: true },
    }),
    ...Array.from({ length: 12 }, (_, index) =>
      aScope({
        id: 20 + index,
        name: 'GET /books/:id',
        path: `/books/${index + 8}`,
        queryCount: index === 3 ? 5 : 2,
        rowCount: 6,
        dbTimeMs: 3,
        durationMs: 8,
        startedAtMs: at(20 + index),
      }),
    ),
    aScope({
      id: 3,
      name: 'POST /orders',
      path: '/orders',
      queryCount: 27,
      rowCount: 42,
      dbTimeMs: 19.3,
      durationMs: 44,
      warnings: 1,
      infos: 1,
      status: 500,
      startedAtMs: at(49),
      history: [12, 20],
      previous: { queryCount: 20, dbTimeMs: 12, rowCount: 30, durationMs: 30, responseEqual: false },
    }),
    aScope({
      id: 4,
      name: 'GET /search',
      path: '/search?q=night',
      queryCount: 1,
      rowCount: 12,
      dbTimeMs: 2.2,
      durationMs: 6,
      startedAtMs: at(40),
      history: [1, 1, 1, 1],
    }),
    aScope({
      id: 5,
      kind: 'job',
      name: 'nightly-digest',
      path: null,
      queryCount: 6,
      rowCount: 60,
      dbTimeMs: 8.4,
      durationMs: 80,
      status: null,
      infos: 1,
      startedAtMs: at(30),
      history: [6, 6],
    }),
    aScope({
      id: 6,
      kind: 'test',
      name: 'orders › totals include the discount',
      path: null,
      queryCount: 4,
      rowCount: 9,
      dbTimeMs: 1.2,
      durationMs: 11,
      status: null,
      startedAtMs: at(28),
      previous: { queryCount: 6, dbTimeMs: 2, rowCount: 12, durationMs: 14, responseEqual: null },
      history: [9, 6],
    }),
    aScope({
      id: 7,
      name: 'GET /reports/sales',
      path: '/reports/sales',
      queryCount: 3,
      rowCount: 1200,
      dbTimeMs: 640,
      durationMs: 0,
      live: true,
      status: null,
      startedAtMs: at(10),
    }),
  ];
}

export function reset(scopes: readonly ScopeSummary[], runs: readonly RunInfo[] = [aRun()]): ToProfiler {
  return { type: 'reset', runs, scopes, folders: [folder] };
}

export function detailMessage(detail: ScopeDetail): ToProfiler {
  return { type: 'detail', runId: detail.scope.runId, scope: detail.scope.id, detail: packDetail(detail) };
}
