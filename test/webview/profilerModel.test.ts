/** What the profiler panel thinks, without a browser: its store, its rows, its pictures and its words. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Announcer } from '../../webview/profiler/announcer';
import { DetailLoader } from '../../webview/profiler/detailLoader';
import { adviceCode, fixCode } from '../../webview/profiler/findingWords';
import { routeToFollow } from '../../webview/profiler/followRoute';
import { restoreState } from '../../webview/profiler/panelState';
import { sparklinePath, tickPath, tickStep, waterfallPath } from '../../webview/profiler/pictures';
import { nameOperation, toQueryRows, type QueryRow, type QueryRowOptions } from '../../webview/profiler/queryRows';
import { toRequestRows, type RequestFilter } from '../../webview/profiler/requestRows';
import { RunStore } from '../../webview/profiler/runStore';
import { formatCount, formatDuration, formatMsCell, formatSite, relativePath, splitName } from '../../webview/profiler/words';
import { packDetail } from '../../src/protocol/packedDetail';
import { anAdvice, anOperation, aQuery, aRun, aScope, aSite, busyOrder, folder, groupQueries, lazyLoop, reset } from './profilerFixtures';

describe('the store', () => {
  test('leaves out requests for GraphQL operations, which are rows of their own, unless they asked something themselves', () => {
    const store = new RunStore();
    const request = aScope({ id: 1, name: 'POST /graphql', queryCount: 0 });
    const operation = aScope({ id: 2, kind: 'graphql', name: 'GraphQL query Authors', queryCount: 2 });
    const names = () => store.routes('run-1').map(({ name }) => name);
    const hear = (scope: typeof request) => store.accept({ type: 'scopes', run: aRun(), scopes: [scope], judged: [], dropped: 0 });
    store.accept(reset([request]));
    expect(names()).toEqual(['POST /graphql']);
    hear({ ...request, carries: true });
    hear(operation);
    expect(names()).toEqual(['GraphQL query Authors']);
    expect(store.totals('run-1')).toEqual({ routes: 1, scopes: 1, queries: 2 });
    hear({ ...request, carries: true, queryCount: 1 });
    expect(names()).toEqual(['GraphQL query Authors', 'POST /graphql']);
    expect(store.totals('run-1')).toEqual({ routes: 2, scopes: 2, queries: 3 });
  });

  test('counts each request once, whatever is sent how often', () => {
    const store = new RunStore();
    store.accept(reset([aScope({ id: 1, queryCount: 3 }), aScope({ id: 2, queryCount: 4 })]));
    store.accept({ type: 'scopes', run: aRun(), scopes: [aScope({ id: 2, queryCount: 9 })], judged: [], dropped: 5 });
    expect(store.totals('run-1')).toEqual({ routes: 1, scopes: 2, queries: 12 });
    expect(store.route('run-1', 'GET /authors')?.latest.queryCount).toBe(9);
    expect(store.dropped('run-1')).toBe(5);
  });

  test('moves a request whose route becomes known, and forgets the route it leaves empty', () => {
    const store = new RunStore();
    store.accept(reset([aScope({ id: 1, name: 'GET /authors/7' }), aScope({ id: 2, name: 'GET /authors/8' })]));
    store.accept({ type: 'scopes', run: aRun(), scopes: [aScope({ id: 1, name: 'GET /authors/:id' })], judged: [], dropped: 0 });
    expect(store.routes('run-1').map(({ name }) => name)).toEqual(['GET /authors/8', 'GET /authors/:id']);
    expect(store.scope('run-1', 1)?.name).toBe('GET /authors/:id');
    expect(store.totals('run-1').queries).toBe(202);
  });

  test('keeps runs apart, newest first, and keeps only the newest when cleared', () => {
    const store = new RunStore();
    const later = aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 1 });
    store.accept(reset([aScope(), aScope({ runId: 'run-2', queryCount: 2 })], [aRun(), later]));
    expect(store.runs().map(({ id }) => id)).toEqual(['run-2', 'run-1']);
    store.clear();
    expect(store.runs().map(({ id }) => id)).toEqual(['run-2']);
    expect(store.totals('run-2')).toEqual({ routes: 0, scopes: 0, queries: 0 });
  });

  test('knows the latest request of each route, in whatever order requests come, move on and get their names', () => {
    const store = new RunStore();
    store.accept(reset([]));
    const [short, long] = ['GET /a', 'GET /b'];
    const sent = new Map<number, ReturnType<typeof aScope>>();
    let seed = 7;
    const below = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let step = 0; step < 2_000; step++) {
      const scope = aScope({ id: below(40), name: below(8) === 0 ? long : short, startedAtMs: 1_000 + below(25), queryCount: step });
      const before = sent.get(scope.id);
      // As a rule, what is told anew of a request is not when it began, nor its name.
      const told = before && below(3) > 0 ? { ...before, queryCount: step } : scope;
      // A request that gets another name stands behind those that were there.
      if (before && before.name !== told.name) sent.delete(told.id);
      sent.set(told.id, told);
      store.accept({ type: 'scopes', run: aRun(), scopes: [told], judged: [], dropped: 0 });
      for (const name of [short, long]) {
        const requests = [...sent.values()].filter((request) => request.name === name);
        const newest = Math.max(...requests.map(({ startedAtMs }) => startedAtMs));
        const expected = requests.findLast(({ startedAtMs }) => startedAtMs === newest) ?? null;
        expect(store.route('run-1', name)?.latest ?? null).toEqual(expected);
      }
    }
  });

  test('ignores requests of a run it was never told of', () => {
    const store = new RunStore();
    store.accept(reset([aScope({ runId: 'ghost' })]));
    expect(store.totals('ghost').scopes).toBe(0);
  });
});

describe('the open route', () => {
  const store = new RunStore();
  const asset = aScope({ id: 1, name: 'GET /favicon.ico', queryCount: 0, warnings: 0 });
  const plain = aScope({ id: 2, name: 'GET /events', queryCount: 1, warnings: 0 });
  const loop = aScope({ id: 3, name: 'GET /authors', queryCount: 101, warnings: 1 });
  const opened = (chosen: boolean) => ({ runId: 'run-1', scope: 2, name: 'GET /events', pinned: false, chosen });
  beforeEach(() => store.accept(reset([asset, plain, loop])));

  test('is the one with most to say, where none is open', () => {
    expect(routeToFollow(store, null)?.name).toBe('GET /authors');
    store.accept(reset([asset, plain]));
    expect(routeToFollow(store, null)?.name).toBe('GET /events');
  });

  test('gives way to one with more to say while it only opened by itself', () => {
    expect(routeToFollow(store, opened(false))?.name).toBe('GET /authors');
    store.accept(reset([plain, aScope({ id: 4, name: 'GET /books', queryCount: 9, warnings: 0 })]));
    expect(routeToFollow(store, opened(false))?.name).toBe('GET /events');
  });

  test('stays where the user chose it', () => expect(routeToFollow(store, opened(true))?.name).toBe('GET /events'));
});

describe('rows of requests', () => {
  const filter = { text: '', onlyFindings: false, order: 'recent', expanded: new Set<string>() } as const;

  test('need no row for the run where there is one, and fold earlier runs where there are several', () => {
    const store = new RunStore();
    const over = aRun({ state: 'ended' });
    const later = aRun({ id: 'run-2', startedAtMs: over.startedAtMs + 1 });
    store.accept(reset([aScope()], [over]));
    expect(toRequestRows(store, filter).map(({ kind }) => kind)).toEqual(['route']);
    store.accept(reset([aScope(), aScope({ runId: 'run-2' })], [over, later]));
    expect(toRequestRows(store, filter).map(({ kind }) => kind)).toEqual(['run', 'route', 'run']);
    expect(toRequestRows(store, { ...filter, expanded: new Set(['run:run-1', 'run:run-2']) }).map(({ kind }) => kind)).toEqual([
      'run',
      'run',
      'route',
    ]);
  });

  test('stand open for every app that runs', () => {
    const store = new RunStore();
    store.accept(reset([aScope(), aScope({ runId: 'run-2' })], [aRun(), aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 1 })]));
    expect(toRequestRows(store, filter).map(({ kind, age }) => `${kind} ${age}`)).toEqual([
      'run latest',
      'route latest',
      'run running',
      'route running',
    ]);
  });

  test('are narrowed to the requests that a filter asks for, which then stand open', () => {
    const store = new RunStore();
    const requests = [1, 2, 27].map((id) => aScope({ id, name: 'GET /books/:id', path: `/books/${id}` }));
    store.accept(reset([...requests, aScope({ id: 99 })]));
    const outline = (text: string, expanded: readonly string[] = []): string[] =>
      toRequestRows(store, { ...filter, text, expanded: new Set(expanded) }).map((row) =>
        row.kind === 'scope' ? `  ${row.scope.path}` : row.kind === 'route' ? `${row.route.name} ${row.matching}/${row.route.scopes.length}` : '',
      );
    expect(outline('/books/2')).toEqual(['GET /books/:id 2/3', '  /books/27', '  /books/2']);
    expect(outline('get /books/27')).toEqual(['GET /books/:id 1/3', '  /books/27']);
    expect(outline('books')).toEqual(['GET /books/:id 3/3']);
    expect(outline('/books/27', ['route:run-1/GET /books/:id'])).toEqual(['GET /books/:id 1/3']);
  });

  test('are ordered within a route as the routes are', () => {
    const store = new RunStore();
    const measures = [
      [1, 5, 40],
      [2, 9, 10],
      [3, 5, 20],
    ] as const;
    store.accept(reset(measures.map(([id, queryCount, dbTimeMs]) => aScope({ id, queryCount, dbTimeMs, startedAtMs: id }))));
    const ids = (order: RequestFilter['order']): number[] =>
      toRequestRows(store, { ...filter, order, expanded: new Set(['route:run-1/GET /authors']) }).flatMap((row) =>
        row.kind === 'scope' ? [row.scope.id] : [],
      );
    expect([ids('recent'), ids('queries'), ids('time')]).toEqual([
      [3, 2, 1],
      [2, 3, 1],
      [1, 3, 2],
    ]);
  });

  test('leave out an earlier run without requests', () => {
    const store = new RunStore();
    store.accept(reset([aScope({ runId: 'run-2' })], [aRun(), aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 1 })]));
    expect(toRequestRows(store, filter)).toHaveLength(1);
  });
});

describe('rows of queries', () => {
  const options: QueryRowOptions = { view: 'fingerprint', expanded: new Set(), text: '', sort: 'time' };
  const outline = (rows: readonly QueryRow[]): string[] =>
    rows.map(
      (row) =>
        `${'  '.repeat(row.level - 1)}${row.kind} ${row.kind === 'operation' ? nameOperation(row.operations[0] as never) : row.queries.length}`,
    );

  test('belong to the finding at their line, and to none elsewhere', () => {
    const rows = toQueryRows(lazyLoop(), options);
    expect(rows.map(({ finding }) => finding?.kind ?? null)).toEqual([null, 'lazy-n-plus-one']);
  });

  test('stand together by the line that asked, whatever it asked, with those of no line at the end', () => {
    const queries = [
      aQuery({ id: 1, site: null, shape: 'BEGIN', sql: 'BEGIN' }),
      aQuery({ id: 2, site: aSite(10), shape: 'a', sql: 'a', rows: 2 }),
      aQuery({ id: 3, site: aSite(10), shape: 'b', sql: 'b', rows: 3 }),
      aQuery({ id: 4, site: aSite(12), shape: 'a', sql: 'a' }),
    ];
    const detail = { ...lazyLoop(), queries, operations: [], findings: [], groups: groupQueries(queries) };
    const rows = toQueryRows(detail, { ...options, view: 'sites' });
    expect(rows.map((row) => (row.kind === 'site' ? [row.site?.line ?? 0, row.queryCount, row.statements, row.rows] : []))).toEqual([
      [10, 2, 2, 5],
      [12, 1, 1, 100],
      [0, 1, 1, 100],
    ]);
    const unfolded = toQueryRows(detail, { ...options, view: 'sites', expanded: new Set([rows[0]?.key ?? '']) });
    expect(unfolded.map(({ kind, level }) => `${kind} ${level}`)).toEqual(['site 1', 'query 2', 'query 2', 'site 1', 'site 1']);
    expect(toQueryRows(detail, { ...options, view: 'sites', text: ':12' }).map(({ site }) => site?.line)).toEqual([12]);
  });

  test('show operations inside operations, and queries that no operation ran at the end', () => {
    const site = aSite(30);
    const queries = [aQuery({ id: 1, operation: 1 }), aQuery({ id: 2, operation: 2 }), aQuery({ id: 3, operation: null })];
    const operations = [
      anOperation({ id: 1, api: 'EntityManager.save', entity: 'Order' }),
      anOperation({ id: 2, parent: 1, api: 'Repository.insert', site }),
    ];
    const detail = { ...lazyLoop(), queries, operations, findings: [], groups: groupQueries(queries) };
    const save = 'operation:1';
    expect(outline(toQueryRows(detail, { ...options, view: 'operations', expanded: new Set([save, `${save}/operation:2`]) }))).toEqual([
      'operation EntityManager<Order>.save()',
      '  query 1',
      '  operation Repository<Author>.insert()',
      '    query 1',
      'query 1',
    ]);
  });

  test('fold equal calls of one line, and unfold them one by one', () => {
    const rows = toQueryRows(lazyLoop(), { ...options, view: 'operations' });
    expect(rows.map((row) => (row.kind === 'operation' ? row.operations.length : 0))).toEqual([1, 100]);
    const unfolded = toQueryRows(lazyLoop(), { ...options, view: 'operations', expanded: new Set([rows[1]?.key ?? '']) });
    expect(unfolded).toHaveLength(102);
  });

  test('are found by statement, by place and by operation', () => {
    const detail = busyOrder(aScope({ id: 3, warnings: 1 }));
    const count = (text: string, view: QueryRowOptions['view'] = 'fingerprint'): number => toQueryRows(detail, { ...options, view, text }).length;
    expect([count('ORDER_LINE insert'), count('checkout.ts:24'), count('nowhere'), count('findOneBy', 'operations')]).toEqual([1, 1, 0, 1]);
  });

  test('are sorted without losing the order of time for equals', () => {
    const rows = toQueryRows(busyOrder(aScope({ id: 3 })), { ...options, sort: 'rows' });
    expect(rows.map(({ rows: count }) => count)).toEqual([22, 20, 0]);
  });
});

describe('details', () => {
  test('are asked for once until they are answered, and again when the counts have moved on', () => {
    const asked: number[] = [];
    const loader = new DetailLoader(
      (_, scope) => asked.push(scope),
      () => undefined,
    );
    const scope = aScope({ queryCount: 1, live: true });
    expect(loader.get(scope)).toBeUndefined();
    loader.get({ ...scope, queryCount: 2 });
    expect(asked).toEqual([1]);
    loader.accept('run-1', 1, packDetail(lazyLoop(scope)));
    expect(loader.get({ ...scope, queryCount: 2 })?.scope.queryCount).toBe(2);
    expect(asked).toEqual([1, 1]);
    loader.accept('run-1', 1, null);
    expect(loader.get({ ...scope, queryCount: 2 })).toBeNull();
    expect(asked).toEqual([1, 1]);
  });

  test('are asked for again where their findings have changed, and not where those of others have', () => {
    const asked: number[] = [];
    const loader = new DetailLoader(
      (_, scope) => asked.push(scope),
      () => undefined,
    );
    for (const scope of [aScope(), aScope({ id: 2 })]) {
      loader.get(scope);
      loader.accept('run-1', scope.id, packDetail(lazyLoop(scope)));
    }
    loader.refresh('run-1', [2, 3]);
    loader.refresh('run-2', [1]);
    for (const scope of [aScope(), aScope({ id: 2 })]) loader.get(scope);
    expect(asked).toEqual([1, 2, 2]);
  });
});

describe('the announcer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('tells of many requests in one sentence, of one by its name, and of none that runs', () => {
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text));
    announcer.announce([aScope({ live: true })]);
    vi.runAllTimers();
    announcer.announce([aScope({ warnings: 1 })]);
    vi.runAllTimers();
    announcer.announce([aScope({ id: 2, queryCount: 2 })]);
    announcer.announce([aScope({ id: 3, queryCount: 3 }), aScope({ id: 2, queryCount: 4 })]);
    vi.runAllTimers();
    expect(said).toEqual(['GET /authors: 101 queries, 1 warning', '2 new requests: 7 queries']);
  });
});

describe('pictures', () => {
  test.each([
    [0, 0, 0],
    [0.9, 0.5, 1],
    [61, 20, 3],
    [80, 20, 3],
    [100, 50, 1],
    [400, 100, 3],
    [9_999, 5_000, 1],
  ])('of time have lines at round times: %d ms each %d ms', (totalMs, step, lines) => {
    expect(tickStep(totalMs)).toBeCloseTo(step);
    expect([...tickPath(totalMs).matchAll(/M/g)]).toHaveLength(lines);
  });

  const bars = (path: string): number => path.split('M').length - 1;

  test('a hundred queries are a comb, ten thousand a band', () => {
    const spans = (count: number): { offsetMs: number; durationMs: number }[] =>
      Array.from({ length: count }, (_, index) => ({ offsetMs: (index * 100) / count, durationMs: 50 / count }));
    expect(bars(waterfallPath(spans(100), 100))).toBe(100);
    expect(bars(waterfallPath(spans(10_000), 100))).toBe(1);
  });

  test('a bar stays inside however late it is, and a request without time has none', () => {
    expect(waterfallPath([{ offsetMs: 500, durationMs: 9 }], 100)).toBe('M298 0H300V10H298Z');
    expect(waterfallPath([{ offsetMs: 0, durationMs: 0 }], 0)).toBe('');
  });

  test('equal counts are a flat line, one count is none', () => {
    expect(sparklinePath([5, 5, 5]).path).toBe('M3 2L28 2L53 2');
    expect(sparklinePath([5]).path).toBe('');
    expect(sparklinePath([0, 0]).lastY).toBe(12);
  });
});

describe('words', () => {
  test.each([
    [0, '0 ms'],
    [0.003, '0.01 ms'],
    [0.094, '0.09 ms'],
    [1.94, '1.9 ms'],
    [46.2, '46 ms'],
    [1249, '1.25 s'],
    [61_000, '1 min 1 s'],
  ])('%d ms is %s', (durationMs, words) => expect(formatDuration(durationMs)).toBe(words));

  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
    [2.6, '3'],
  ])('%d is written %s', (count, words) => expect(formatCount(count)).toBe(words));

  test('cells keep their decimals in line', () => expect([0, 0.01, 1.94, 1234.5].map(formatMsCell)).toEqual(['0.0', '<0.1', '1.9', '1,234.5']));

  test('paths lose the deepest folder that holds them, and only whole folders', () => {
    expect(relativePath('/a/b/c.ts', ['/a', '/a/b'])).toBe('c.ts');
    expect(relativePath('/ab/c.ts', ['/a'])).toBe('/ab/c.ts');
    expect(formatSite(aSite(12), [folder])).toBe('src/routes/authors.ts:12');
  });

  test('names fall into method and path, or kind and name', () => {
    expect(splitName('http', 'GET /a b')).toEqual({ method: 'GET', rest: '/a b' });
    expect(splitName('graphql', 'GraphQL mutation AddBook')).toEqual({ method: 'mutation', rest: 'AddBook' });
    expect(splitName('graphql', 'GraphQL query (unnamed)')).toEqual({ method: 'query', rest: '(unnamed)' });
    expect(splitName('job', 'GraphQL query Authors')).toEqual({ method: 'job', rest: 'GraphQL query Authors' });
    expect(splitName('job', 'nightly')).toEqual({ method: 'job', rest: 'nightly' });
    expect(splitName('unattributed', 'outside')).toEqual({ method: '', rest: 'outside' });
  });

  test('a call that asks for each row by itself is replaced, not given a condition', () => {
    const advice = anAdvice({ kind: 'batch-in', relations: [] });
    expect(fixCode({ kind: 'orm-fan-out', advice })).toEqual(['find() once']);
    expect(fixCode({ kind: 'loop-n-plus-one', advice })).toEqual(['where: { … : In([…]) }']);
  });

  test('nested relations are one nested object', () => {
    expect(adviceCode(anAdvice({ relations: ['books.publisher', 'books.reviews', 'address'], strategy: 'join' }))).toEqual([
      'relations: { books: { publisher: true, reviews: true }, address: true }',
    ]);
  });
});

test('a state of another version is read as far as it makes sense', () => {
  expect(restoreState('nonsense')).toEqual(restoreState(undefined));
  expect(restoreState({ view: 'pie', sort: 'rows', expanded: ['a', 1], listWidth: '7', selection: { runId: 'r', scope: 1 } })).toMatchObject({
    view: 'fingerprint',
    sort: 'rows',
    expanded: ['a'],
    listWidth: null,
    selection: null,
  });
});
