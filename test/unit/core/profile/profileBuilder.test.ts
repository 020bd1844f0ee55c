import { describe, expect, it } from 'vitest';
import { createProfileBuilder } from '../../../../src/core/profile/profileBuilder';
import { listWithBooks, ProfiledApp, rows } from '../../builders/profiledApp';

const authors = rows(3, (n) => ({ id: 101 + n }));

const aRun = {
  id: 'run',
  name: 'node app.js',
  startedAtMs: 0,
  state: 'ended',
  pids: [1],
  typeormVersions: [],
  drivers: [],
  message: null,
} as const;

describe('scopes', () => {
  it('sum up what belongs to them', () => {
    const app = new ProfiledApp();
    app.request('GET /authors', () => listWithBooks(app));
    expect(app.builder.scopes()).toMatchObject([
      { id: 1, kind: 'http', name: 'GET /authors', queryCount: 4, rowCount: 9, status: 200, live: false, warnings: 1, infos: 0 },
    ]);
  });

  it('keep requests apart that run at the same time (C12)', () => {
    const app = new ProfiledApp();
    const [first, second] = [app.openRequest('GET /a'), app.openRequest('GET /b')];
    for (let turn = 0; turn < 3; turn++) {
      app.enter(first);
      app.find('Author', authors);
      app.enter(second);
      app.find('Book', authors);
      app.find('Book', authors);
    }
    app.closeRequest(first);
    app.closeRequest(second);
    expect(app.builder.scopes().map(({ name, queryCount }) => [name, queryCount])).toEqual([
      ['GET /a', 3],
      ['GET /b', 6],
    ]);
  });

  it('tell of a request that it carries operations with scopes of their own', () => {
    const app = new ProfiledApp();
    const request = app.openRequest('POST /graphql');
    app.openRequest('GET /authors');
    app.send({ e: 'scope', id: 9, kind: 'graphql', name: 'GraphQL query Authors', path: null, t: 1, within: request });
    expect(app.builder.scopes().map(({ name, carries }) => [name, carries])).toEqual([
      ['POST /graphql', true],
      ['GET /authors', undefined],
      ['GraphQL query Authors', undefined],
    ]);
  });

  it('give what no request claims a place of its own (C13)', () => {
    const app = new ProfiledApp();
    app.find('Author', authors);
    app.request('GET /', () => app.find('Author', authors));
    expect(app.builder.scopes().map(({ kind, queryCount }) => [kind, queryCount])).toEqual([
      ['unattributed', 1],
      ['http', 1],
    ]);
  });

  it('give what begins after the response a place of its own (J12)', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => app.find('Author', authors));
    app.pause(5);
    app.find('Author', authors);
    expect(app.builder.scopes().map(({ name, queryCount }) => [name, queryCount])).toEqual([
      ['GET /', 1],
      ['after GET /', 1],
    ]);
  });

  it('are live until they end, with findings that say what is known (J14)', () => {
    const app = new ProfiledApp();
    app.openRequest('GET /');
    listWithBooks(app);
    expect(app.builder.scopes()).toMatchObject([{ live: true, warnings: 1 }]);
    const lazy = () => app.findings().find(({ kind }) => kind === 'lazy-n-plus-one');
    const before = lazy();
    listWithBooks(app);
    const after = lazy();
    expect([before?.count, after?.count]).toEqual([3, 6]);
    expect(after?.id).toBe(before?.id);
  });

  it('end with their process (J22)', () => {
    const app = new ProfiledApp();
    app.openRequest('GET /');
    app.find('Author', authors);
    app.builder.endProcess(1);
    expect(app.builder.scopes()).toMatchObject([{ live: false, queryCount: 1 }]);
  });

  it('learn their name late', () => {
    const app = new ProfiledApp();
    const id = app.openRequest('GET /authors/7');
    app.find('Author', authors);
    app.send({ e: 'scopeName', id, name: 'GET /authors/:id' });
    expect(app.builder.scopes()[0]?.name).toBe('GET /authors/:id');
  });

  it('lose the findings that the setting says no to, and get them back, while the app runs', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => listWithBooks(app));
    app.builder.takeChangedScopes();
    const listed = () => app.findings().map(({ kind }) => kind);
    expect(listed()).toContain('lazy-n-plus-one');
    const id = app.findings().find(({ kind }) => kind === 'lazy-n-plus-one')?.id;
    app.builder.suppress([{ finding: 'lazy-n-plus-one', entity: 'Author', relation: 'books', reason: 'three authors' }]);
    expect(listed()).not.toContain('lazy-n-plus-one');
    expect(app.builder.takeChangedScopes()).toMatchObject([{ name: 'GET /', warnings: 0 }]);
    const { suppressedFindings } = app.builder.profile(aRun);
    expect(suppressedFindings).toMatchObject([{ by: 'setting', reason: 'three authors', finding: { kind: 'lazy-n-plus-one', id } }]);
    app.request('GET /more', () => listWithBooks(app));
    expect(listed()).not.toContain('lazy-n-plus-one');
    app.builder.suppress([{ finding: 'lazy-n-plus-one', file: 'elsewhere.ts' }]);
    expect(app.findings().filter(({ kind }) => kind === 'lazy-n-plus-one')).toHaveLength(2);
    expect(app.builder.takeChangedScopes().map(({ warnings }) => warnings)).toEqual([1, 1]);
  });

  it('are told as changed once', () => {
    const app = new ProfiledApp().request('GET /', () => {});
    expect(app.builder.takeChangedScopes()).toHaveLength(1);
    expect(app.builder.takeChangedScopes()).toEqual([]);
    app.request('GET /2', () => {});
    expect(app.builder.takeChangedScopes().map(({ name }) => name)).toEqual(['GET /2']);
  });

  it('are compared with the run before', () => {
    const history = (name: string) =>
      name === 'GET /'
        ? { previous: { queryCount: 101, dbTimeMs: 9, rowCount: 300, durationMs: 12, responseHash: 'h' }, queryCounts: [99, 101] }
        : null;
    const app = new ProfiledApp({ history });
    for (const [name, hash] of [
      ['GET /', 'h'],
      ['GET /', 'other'],
      ['GET /', null],
      ['GET /new', 'h'],
    ] as const)
      app.closeRequest(app.openRequest(name), hash);
    expect(app.builder.scopes().map(({ previous, history: counts }) => [previous?.queryCount, previous?.responseEqual, counts])).toEqual([
      [101, true, [99, 101]],
      [101, false, [99, 101]],
      [101, null, [99, 101]],
      [undefined, undefined, []],
    ]);
  });

  it('are compared with the first of the run before where they are the first, with its latest else', () => {
    const latest = { queryCount: 101, dbTimeMs: 9, rowCount: 300, durationMs: 12, responseHash: null };
    const history = (name: string) => ({ previous: { ...latest, ...firstOf[name] }, queryCounts: [101] });
    const firstOf: Record<string, { first: { dbTimeMs: number; durationMs: number } | null }> = {
      'GET /often': { first: { dbTimeMs: 40, durationMs: 260 } },
      'GET /once': { first: null },
    };
    const app = new ProfiledApp({ history });
    for (const name of ['GET /often', 'GET /often', 'GET /once', 'GET /once', 'GET /unknown', 'GET /unknown']) app.request(name, () => {});
    const times = app.builder.scopes().map(({ name, isFirst, previous }) => [name, isFirst, previous?.durationMs, previous?.isFirst]);
    expect(times).toEqual([
      ['GET /often', true, 260, true],
      ['GET /often', undefined, 12, undefined],
      ['GET /once', true, 12, true],
      ['GET /once', undefined, 12, true],
      ['GET /unknown', true, 12, undefined],
      ['GET /unknown', undefined, 12, undefined],
    ]);
    expect(app.builder.scopes().map(({ previous }) => previous?.queryCount)).toEqual(Array(6).fill(101));
    app.builder.clear();
    app.request('GET /often', () => {});
    expect(app.builder.scopes().map(({ isFirst }) => isFirst)).toEqual([undefined]);
  });
});

describe('several processes', () => {
  it('count their ids by themselves; the run makes them one', () => {
    const builder = createProfileBuilder({ runId: 'run' });
    const [first, second] = [new ProfiledApp({}, 1, builder), new ProfiledApp({}, 2, builder)];
    first.request('GET /a', () => listWithBooks(first));
    second.request('GET /b', () => second.find('Book', authors, { at: 'b.ts:1 list' }));
    const [a, b] = builder.scopes();
    expect([a?.id, a?.queryCount, b?.id, b?.queryCount]).toEqual([1, 4, 2, 1]);
    expect(builder.scopeDetail(2)?.queries.map(({ id, operation, site }) => [id, operation, site?.file])).toEqual([[5, 5, '/app/b.ts']]);
    expect(builder.drivers).toEqual(['better-sqlite3']);
  });
});

describe('details', () => {
  it('list operations and queries, grouped by shape and place', () => {
    const app = new ProfiledApp().request('GET /', () => {});
    app.request('GET /authors', () => listWithBooks(app));
    const detail = app.builder.scopeDetail(2);
    expect(detail?.operations.map(({ api, relation, queryCount, rawRows }) => [api, relation, queryCount, rawRows])).toEqual([
      ['Repository.find', null, 1, 3],
      ['lazy', 'books', 1, 2],
      ['lazy', 'books', 1, 2],
      ['lazy', 'books', 1, 2],
    ]);
    expect(detail?.groups.map(({ count, rows: rowCount, queryIds }) => [count, rowCount, queryIds])).toEqual([
      [1, 3, [1]],
      [3, 6, [2, 3, 4]],
    ]);
    expect(detail?.findings).toHaveLength(1);
    expect(app.builder.scopeDetail(99)).toBeNull();
  });

  it('leave out redacted parameters', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => {
      app.call('DataSource.query', null, [{ sql: 'SELECT $1', params: [1] }, { sql: 'SELECT $1' }]);
    });
    const [shown, redacted] = app.builder.scopeDetail(1)?.queries ?? [];
    expect(shown?.parameters).toEqual([1]);
    expect(redacted && 'parameters' in redacted).toBe(false);
  });

  it('are bounded for a scope, while counts stay exact (J15)', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => {
      const owner = app.find('Author', authors, { at: 'a.ts:10 list' });
      for (let key = 1; key <= 2_500; key++) app.lazy('Author.books', owner, key, [{ id: 1 }], { at: 'a.ts:12 list' });
    });
    const detail = app.builder.scopeDetail(1);
    expect(detail?.scope.queryCount).toBe(2_501);
    // The first 1,800 and the slowest 100 of the rest.
    expect(detail?.queries).toHaveLength(1_900);
    expect(detail?.droppedQueries).toBe(601);
    expect(app.builder.dropped).toBeGreaterThan(500);
    expect(app.findings()).toMatchObject([{ kind: 'lazy-n-plus-one', count: 2_500, rows: 2_500 }]);
  });

  it('go from the oldest scopes first; their findings and counts stay', () => {
    const app = new ProfiledApp({ detailedQueries: 20 });
    for (let turn = 0; turn < 10; turn++) app.request('GET /', () => listWithBooks(app));
    const scopes = app.builder.scopes();
    expect(scopes.every(({ queryCount, warnings }) => queryCount === 4 && warnings === 1)).toBe(true);
    expect(app.builder.scopeDetail(1)?.queries).toEqual([]);
    expect(app.builder.scopeDetail(10)?.queries).toHaveLength(4);
    expect(app.findings().filter(({ kind }) => kind === 'lazy-n-plus-one')).toHaveLength(10);
  });

  it('count what the probe itself had to drop', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => app.find('Author', authors));
    app.send({ e: 'dropped', scope: 1, queries: 10, ms: 5, rows: 20 });
    expect(app.builder.scopes()).toMatchObject([{ queryCount: 11, rowCount: 23 }]);
    expect(app.builder.dropped).toBe(10);
  });

  it('are forgotten when cleared; the app goes on', () => {
    const app = new ProfiledApp().request('GET /', () => {});
    app.request('GET /', () => listWithBooks(app));
    app.builder.clear();
    expect([app.builder.scopes(), app.findings(), app.builder.relationStats(), app.builder.dropped]).toEqual([[], [], [], 0]);
    app.request('GET /again', () => listWithBooks(app));
    expect(app.builder.scopes()).toMatchObject([{ name: 'GET /again', queryCount: 4, warnings: 1 }]);
  });
});

describe('relation statistics', () => {
  it('sum up loads over the run, and name the worst scope', () => {
    const app = new ProfiledApp();
    app.request('GET /few', () => {
      const owner = app.find('Author', authors, { at: 'a.ts:10 list' });
      app.lazy('Author.books', owner, 101, [{ id: 1 }], { at: 'b.ts:2 one' });
    });
    app.request('GET /many', () => listWithBooks(app));
    expect(app.builder.relationStats()).toMatchObject([
      {
        entity: 'Author',
        relation: 'books',
        loads: 4,
        queries: 4,
        rows: 7,
        worstScope: 'GET /many',
        warning: true,
        sites: [{ line: 2 }, { line: 12 }],
      },
    ]);
  });

  it('count loops that stand for a relation, once however often they are judged', () => {
    const app = new ProfiledApp();
    const id = app.openRequest('GET /');
    app.find(
      'Order',
      rows(4, (n) => ({ id: n, customerId: 601 + n })),
      { at: 'o.ts:10 list' },
    );
    for (const key of [601, 602, 603, 604]) {
      app.findBy('Customer', 'id', key, [{ id: key }], { at: 'o.ts:12 list' });
      app.builder.relationStats();
    }
    app.closeRequest(id);
    expect(app.builder.relationStats()).toMatchObject([{ entity: 'Order', relation: 'customer', loads: 4, queries: 4 }]);
  });
});

describe('the profile as a whole', () => {
  it('is plain data in one piece', () => {
    const app = new ProfiledApp().request('GET /', () => {});
    app.request('GET /authors', () => listWithBooks(app));
    const profile = app.builder.profile(aRun);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    expect(profile).toMatchObject({
      version: 1,
      dropped: 0,
      scopes: [{ queryCount: 0 }, { queryCount: 4 }],
      findings: [{ id: 1, scope: 2, scopeName: 'GET /authors' }],
    });
    expect(profile.queries.map(({ scope, operation }) => [scope, operation])).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
      [2, 4],
    ]);
  });
});
