import { describe, expect, it } from 'vitest';
import { readTrace } from '../../../../../src/core/profile/otlp/readOtlp';
import type { OtlpAttribute, OtlpSpan, OtlpTraces } from '../../../../../src/core/profile/otlp/otlpTypes';
import { readSpans, tracesIn } from '../../../../../src/core/profile/otlp/traceSpans';
import { writeOtlp } from '../../../../../src/core/profile/otlp/writeOtlp';
import { createProfileBuilder } from '../../../../../src/core/profile/profileBuilder';
import type { QueryProfile } from '../../../../../src/core/profile/queryProfile';
import { ProfiledApp, rows } from '../../../builders/profiledApp';

const run = { id: 'run', name: 'shop', startedAtMs: 0, state: 'ended', pids: [], typeormVersions: [], drivers: ['postgres'], message: null } as const;

/** A span as a collector writes it; `at` and `ms` are milliseconds. */
interface Draft {
  readonly id: string;
  readonly in?: string;
  readonly name: string;
  readonly kind?: number;
  readonly at: number;
  readonly ms: number;
  readonly about?: Readonly<Record<string, string | number>>;
}

function span({ id, in: parent = '', name, kind = 3, at, ms, about = {} }: Draft): OtlpSpan {
  const nanos = (time: number) => String(BigInt(1_700_000_000_000) * 1_000_000n + BigInt(Math.round(time * 1e6)));
  return {
    traceId: 'a'.repeat(32),
    spanId: id,
    parentSpanId: parent,
    name,
    kind,
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + ms),
    attributes: Object.entries(about).map(([key, value]): OtlpAttribute => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    })),
  };
}

function traces(spans: readonly Draft[], library = '@opentelemetry/instrumentation-pg', service = 'shop'): OtlpTraces {
  return {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
        scopeSpans: [{ scope: { name: library }, spans: spans.map(span) }],
      },
    ],
  };
}

function judge(...documents: readonly OtlpTraces[]): QueryProfile {
  const { processes } = readTrace(documents.flatMap(readSpans));
  const builder = createProfileBuilder({ runId: 'trace', isTrace: true, root: '/' });
  for (const [service, events] of processes) {
    for (const event of events) builder.add(service, event);
    builder.endProcess(service);
  }
  return builder.profile(run);
}

const request: Draft = {
  id: 'request',
  name: 'GET',
  kind: 2,
  at: 0,
  ms: 100,
  about: { 'http.request.method': 'GET', 'http.route': '/authors', 'url.path': '/authors', 'http.response.status_code': 200 },
};
const list: Draft = {
  id: 'list',
  in: 'request',
  name: 'pg.query:SELECT shop',
  at: 1,
  ms: 2,
  about: { 'db.system': 'postgresql', 'db.statement': 'SELECT * FROM "author"' },
};
const books = (count: number, statement = 'SELECT * FROM "book" WHERE "authorId" = $1', ms = 1): Draft[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `books ${n}`,
    in: 'request',
    name: 'pg.query:SELECT shop',
    at: 5 + 2 * n,
    ms,
    about: { 'db.system': 'postgresql', 'db.statement': statement },
  }));

describe('OpenTelemetry traces', () => {
  it('become requests with their queries', () => {
    const { scopes, queries, findings } = judge(traces([request, list]));
    expect(scopes).toMatchObject([
      { kind: 'http', name: 'GET /authors', path: '/authors', status: 200, queryCount: 1, durationMs: 100, dbTimeMs: 2 },
    ]);
    expect(queries).toMatchObject([{ sql: 'SELECT * FROM "author"', kind: 'select', durationMs: 2, offsetMs: 1 }]);
    expect(findings).toEqual([]);
  });

  it('show a loop although they do not tell its values, with a parent that is only a guess', () => {
    const { findings } = judge(traces([request, list, ...books(20)]));
    expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', severity: 'warning', count: 20, advice: { kind: 'none', editable: false } }]);
    expect(findings[0]?.parent?.proven ?? false).toBe(false);
    expect(findings[0]?.message).toBe('The same query of book ran 20 times, one after the other; its values are not in the trace.');
  });

  it.each([
    [
      'mysql2, with the values in the text',
      'mysql',
      (n: number) => `SELECT * FROM \`book\` WHERE \`authorId\` = ${n} AND \`kind\` = 'a"b'`,
      'each time with another key',
    ],
    ['mysql2, masked', 'mysql', () => 'SELECT * FROM `book` WHERE `authorId` = ?', 'its values are not in the trace'],
    ['JDBC', 'postgresql', () => 'select b1_0.id, b1_0.title from book b1_0 where b1_0.author_id=?', 'its values are not in the trace'],
    ['Entity Framework', 'mssql', () => 'SELECT [b].[Id] FROM [book] AS [b] WHERE [b].[AuthorId] = @__p_0', 'its values are not in the trace'],
    ['psycopg', 'postgresql', () => 'SELECT "id" FROM "book" WHERE "author_id" = %s', 'its values are not in the trace'],
    ['Oracle', 'oracle.db', () => 'SELECT "b"."id" FROM "book" "b" WHERE "b"."authorId" = :1', 'its values are not in the trace'],
  ])('show a loop in the spans of %s, by old and new names of attributes', (_driver, system, statement, why) => {
    for (const [text, database] of [
      ['db.statement', 'db.system'],
      ['db.query.text', 'db.system.name'],
    ] as const) {
      const queries = books(8).map((draft, n) => ({ ...draft, about: { [database]: system, [text]: statement(n + 40) } }));
      const { findings } = judge(traces([request, list, ...queries]));
      expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', count: 8, site: null, advice: { kind: 'none' } }]);
      expect(findings[0]?.message).toContain(`of book ran 8 times, one after the other, ${why}`.replace(', its', '; its'));
      expect(findings[0]?.parent?.proven ?? false).toBe(false);
    }
  });

  it('show a loop by the values of new conventions, which name no place in the code', () => {
    const queries = books(8).map((draft, n) => ({ ...draft, about: { ...draft.about, 'db.query.parameter.0': String(n + 40) } }));
    expect(judge(traces([request, list, ...queries])).findings).toMatchObject([{ kind: 'loop-n-plus-one', count: 8 }]);
    const chunks = books(8, 'SELECT * FROM "book" WHERE "id" IN (1, 2)').map((draft, n) => ({
      ...draft,
      about: { 'db.statement': `SELECT * FROM "book" WHERE "id" IN (${2 * n}, ${2 * n + 1})` },
    }));
    expect(judge(traces([request, list, ...chunks])).findings).toEqual([]);
  });

  it('are read as Tempo answers them, and with anything else in their lists', () => {
    const document = traces([request, list]);
    const spans = readSpans(document);
    const { resourceSpans } = document;
    expect([tracesIn({ batches: resourceSpans }), tracesIn({ trace: { resourceSpans } }), tracesIn({ trace: { batches: [] } })]).toEqual([
      document,
      document,
      { resourceSpans: [] },
    ]);
    expect([tracesIn(null), tracesIn([]), tracesIn({ trace: 1 }), tracesIn({ resourceSpans: 'x' })]).toEqual([null, null, null, null]);
    const odd = { resourceSpans: [null, { scopeSpans: null }, { scopeSpans: [{ scope: null, spans: [null, 'x'] }] }, ...(resourceSpans ?? [])] };
    expect(readSpans(odd as unknown as OtlpTraces)).toEqual(spans);
    const empty = { ...span(list), attributes: [null, { key: 'db.statement', value: null }] };
    expect(readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [empty as unknown as OtlpSpan] }] }] })[0]?.attributes.get('db.statement')).toBe('');
  });

  it('show a loop side by side, as GraphQL resolves its fields: by fewer runs where the trace tells their keys', () => {
    const told = (queries: readonly Draft[]) =>
      judge(traces([request, list, ...queries])).findings.map(({ severity, message }) => [severity, message]);
    expect(told(books(10, undefined, 50))).toEqual([['info', 'The same query of book ran 10 times, side by side; its values are not in the trace.']]);
    const withKeys = books(5, undefined, 50).map((draft, n) => ({ ...draft, about: { ...draft.about, 'db.query.parameter.0': String(n + 40) } }));
    expect(told(withKeys)).toEqual([['warning', 'The same query of book ran 5 times, side by side, each time with another key.']]);
    expect(told(withKeys.slice(1))).toEqual([]);
  });

  it('say nothing of loops and repeats among spans that have no parent: they may be of different requests', () => {
    const alone = books(20, 'SELECT * FROM "book" WHERE "authorId" = 7').map((draft) => ({ ...draft, in: '' }));
    expect(judge(traces([request, list, ...alone])).findings).toEqual([]);
    const slow = alone.map((draft, n) => ({ ...draft, ms: n === 0 ? 900 : 1 }));
    expect(judge(traces([request, list, ...slow])).findings.map(({ message }) => message)).toEqual([
      'A query took 900 ms (it ran 20 times, 919 ms in all); usually 1.0 ms, in 19 other runs.',
    ]);
  });

  it('keep together what one span did that is not in the file, and apart what several did', () => {
    const lost = books(20).map((draft) => ({ ...draft, in: 'lost' }));
    const { scopes, findings } = judge(traces([{ ...list, in: 'lost' }, ...lost]));
    expect(scopes).toMatchObject([{ kind: 'custom', name: 'span not in the file', queryCount: 21, status: null }]);
    expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', severity: 'warning', count: 20 }]);
    const handler: Draft = { id: 'handler', in: 'lost', name: 'request handler', kind: 1, at: 1, ms: 90, about: { 'http.route': '/authors' } };
    const router: Draft = { ...handler, id: 'router', ms: 1, about: { 'http.route': '/' } };
    const named = judge(traces([router, handler, { ...list, in: 'handler' }, ...lost]));
    expect(named.scopes).toMatchObject([{ kind: 'custom', name: '/authors', queryCount: 21 }]);
    // A service that another one calls once for each row, as far as the file knows.
    const calls = books(20).map((draft, n) => ({ ...draft, in: `call ${n}` }));
    const apart = judge(traces([...calls]));
    expect(apart.scopes.map(({ queryCount }) => queryCount)).toEqual(calls.map(() => 1));
    expect(apart.findings).toEqual([]);
  });

  it('give what a lost span did to the request, where its service was asked only once in the trace', () => {
    const lost = books(20).map((draft) => ({ ...draft, in: 'lost' }));
    const once = judge(traces([request, list, ...lost]));
    expect(once.scopes).toMatchObject([{ name: 'GET /authors', queryCount: 21 }]);
    expect(once.findings).toMatchObject([{ kind: 'loop-n-plus-one', count: 20 }]);
    const twice = judge(traces([request, { ...request, id: 'another' }, list, ...lost]));
    expect(twice.scopes.map(({ name, queryCount }) => `${name} ${queryCount}`).sort()).toEqual(['GET /authors 1', 'span not in the file 20']);
    const elsewhere = judge(traces([request, list]), traces(lost, undefined, 'stock'));
    expect(elsewhere.scopes.map(({ name, queryCount }) => `${name} ${queryCount}`).sort()).toEqual(['GET /authors 1', 'span not in the file 20']);
  });

  it('say how many spans are missing, where queries are in them', () => {
    const notices = (...spans: readonly Draft[]) => readTrace(readSpans(traces(spans))).notices;
    expect(notices({ ...list, in: 'lost' }, ...books(2).map((draft) => ({ ...draft, in: 'too' })))).toEqual([
      "The file lacks 2 spans that queries are in (sampled away, or sent later): what one of them did is shown together, mostly without the request's name.",
    ]);
    // What they did is the request's.
    expect(notices(request, list, ...books(2).map((draft) => ({ ...draft, in: 'lost' })))).toEqual([]);
    expect(notices(request, list, { id: 'ping', in: 'lost', name: 'GET', at: 1, ms: 1 })).toEqual([]);
    // The caller of a service is mostly in another file.
    expect(notices({ ...request, in: 'caller' }, list, { ...list, id: 'alone', in: '' })).toEqual([]);
  });

  it.each([
    ['a few of the same', books(4)],
    ['a few that ran side by side', books(9, undefined, 50)],
    ['pages', books(20, 'SELECT * FROM "book" WHERE "shopId" = $1 ORDER BY "id" LIMIT 10 OFFSET $2')],
    ['lists of keys', books(20, 'SELECT * FROM "book" WHERE "authorId" IN ($1, $2, $3)')],
    ['writes to a log', books(20, 'INSERT INTO "log" ("text") VALUES ($1)')],
  ])('say nothing of a loop over %s', (_, queries) => {
    expect(
      judge(traces([request, list, ...queries])).findings.filter(({ kind }) => kind === 'loop-n-plus-one' || kind === 'duplicate-query'),
    ).toEqual([]);
  });

  it('prove duplicates where the text holds all values, and not where it does not', () => {
    const setting = (statement: string) => judge(traces([request, ...books(2, statement)])).findings.map(({ kind }) => kind);
    expect(setting('SELECT * FROM "setting" WHERE "key" = 5')).toEqual(['duplicate-query']);
    expect(setting('SELECT * FROM "setting" WHERE "key" = $1')).toEqual([]);
  });

  it('compare keys that are in the text or beside it', () => {
    const inlined = books(5).map((draft, n) => ({ ...draft, about: { 'db.query.text': `SELECT * FROM book WHERE authorId = ${n + 40}` } }));
    const beside = books(5).map((draft, n) => ({ ...draft, about: { ...draft.about, 'db.query.parameter.0': String(n + 40) } }));
    for (const queries of [inlined, beside]) {
      const located = queries.map((draft) => ({
        ...draft,
        about: { ...draft.about, 'code.filepath': '/app/a.ts', 'code.lineno': 12, 'code.function': 'list' },
      }));
      const { findings } = judge(traces([request, list, ...located]));
      expect(findings).toMatchObject([{ kind: 'loop-n-plus-one', count: 5, site: { file: '/app/a.ts', line: 12, function: 'list' } }]);
    }
  });

  it('put TypeORM’s calls around the SQL of the driver', () => {
    const call: Draft = {
      id: 'find',
      in: 'request',
      name: 'find author',
      at: 0.5,
      ms: 3,
      about: { 'db.operation.name': 'find', 'db.collection.name': 'author', 'db.query.text': '{"entityClass":"Author"}' },
    };
    const { operations, queries } = judge(traces([request, { ...list, in: 'find' }]), traces([call], '@opentelemetry/instrumentation-typeorm'));
    expect(operations).toMatchObject([{ api: 'EntityManager.find', entity: 'author', queryCount: 1, durationMs: 3 }]);
    expect(queries).toMatchObject([{ operation: operations[0]?.id }]);
  });

  it('count SQL of the query builder once, whether or not the driver tells it too', () => {
    const call: Draft = { ...list, id: 'call', in: 'request', at: 0.5, ms: 3, about: { 'db.query.text': 'SELECT 1 FROM author' } };
    const typeorm = traces([call], '@opentelemetry/instrumentation-typeorm');
    expect(judge(traces([request]), typeorm).queries).toHaveLength(1);
    expect(judge(traces([request, { ...list, in: 'call' }]), typeorm).queries).toHaveLength(1);
  });

  it('keep services, jobs, GraphQL operations and what belongs to nobody apart', () => {
    const job: Draft = { id: 'job', name: 'mail process', kind: 5, at: 0, ms: 9 };
    const graphql: Draft = {
      id: 'gql',
      in: 'request',
      name: 'query',
      kind: 1,
      at: 0.5,
      ms: 5,
      about: { 'graphql.operation.type': 'query', 'graphql.operation.name': 'Authors' },
    };
    const { scopes } = judge(
      traces([request, graphql, { ...list, in: 'gql' }]),
      traces([job, { ...list, id: 'mail', in: 'job' }, { ...list, id: 'alone', in: '' }], undefined, 'mailer'),
    );
    expect(scopes.map(({ kind, name, queryCount }) => `${kind} ${name} ${queryCount}`).sort()).toEqual([
      'graphql query Authors 1',
      'job mail process 1',
      expect.stringMatching(/^unattributed .* 1$/),
    ]);
  });

  it('pass over databases without SQL, and over spans that are their own ancestors', () => {
    const redis: Draft = { ...list, id: 'redis', about: { 'db.system': 'redis', 'db.statement': 'SET a 1' } };
    const circle: Draft = { ...list, id: 'circle', in: 'circle' };
    expect(judge(traces([request, redis])).queries).toEqual([]);
    expect(judge(traces([request, circle])).queries).toHaveLength(1);
  });

  it('say which instrumentation is missing', () => {
    const calls = traces([{ ...list, about: { 'db.query.text': '{"entityClass":"Author"}' } }], '@opentelemetry/instrumentation-typeorm');
    expect(readTrace(readSpans(calls)).notices).toEqual([
      'The trace has 1 call of TypeORM, but no SQL: enable the instrumentation of the database driver (for PostgreSQL: @opentelemetry/instrumentation-pg).',
    ]);
    expect(readTrace(readSpans(traces([request, list]))).notices).toEqual([]);
  });
});

describe('a profile as OTLP', () => {
  function measured(): QueryProfile {
    const app = new ProfiledApp({ driver: 'postgres' });
    app.request('GET /authors/:id', () => {
      const owner = app.find(
        'Author',
        rows(5, (n) => ({ id: 101 + n })),
        { at: 'a.ts:10 list' },
      );
      for (const key of [101, 102, 103, 104, 105]) app.lazy('Author.books', owner, key, [{ id: key }], { at: 'a.ts:12 list' });
    });
    return app.builder.profile(run);
  }

  it('nests queries in operations in scopes, with the names of the semantic conventions', () => {
    const document = writeOtlp(measured());
    const [root, ...rest] = readSpans(document);
    expect(tracesIn(document)).toEqual(document);
    expect(root).toMatchObject({ name: 'GET /authors/:id', kind: 'server', parentId: '' });
    expect(root?.attributes.get('http.route')).toBe('/authors/:id');
    const query = rest.find(({ kind }) => kind === 'client');
    expect(query?.attributes.get('db.system.name')).toBe('postgresql');
    expect(query?.attributes.get('code.line.number')).toBe(10);
    const operation = rest.find(({ id }) => id === query?.parentId);
    expect(operation).toMatchObject({ name: 'Repository.find Author', parentId: root?.id });
    expect(new Set([root, ...rest].map((each) => each?.id)).size).toBe(rest.length + 1);
  });

  it('tells the findings as events of the scope’s span', () => {
    const events = writeOtlp(measured()).resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0]?.events ?? [];
    expect(events.map(({ name }) => name)).toEqual(['relation_lens.finding']);
    expect(events[0]?.attributes).toContainEqual({ key: 'relation_lens.finding.kind', value: { stringValue: 'lazy-n-plus-one' } });
  });

  it('read again, is the same run: counts, times, places and operations', () => {
    const before = measured();
    const after = judge(writeOtlp(before));
    const brief = ({ scopes, operations, queries }: QueryProfile) => ({
      scopes: scopes.map(({ kind, name, queryCount, rowCount, dbTimeMs }) => ({ kind, name, queryCount, rowCount, dbTimeMs: dbTimeMs.toFixed(2) })),
      operations: operations.map(({ api, entity, relation, site, queryCount }) => ({ api, entity, relation, line: site?.line, queryCount })),
      queries: queries.map(({ sql, shape, parameters, rows: count, site }) => ({
        sql,
        shape,
        parameters: parameters?.map(String),
        count,
        line: site?.line,
      })),
    });
    expect(brief(after)).toEqual(brief(before));
  });
});
