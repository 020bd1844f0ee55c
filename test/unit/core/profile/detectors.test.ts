import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp, rows, type Statement } from '../../builders/profiledApp';

function findingsOf(run: (app: ProfiledApp) => void, app = new ProfiledApp()): readonly Finding[] {
  app.request('GET /', () => run(app));
  return app.findings();
}

const kinds = (run: (app: ProfiledApp) => void, app?: ProfiledApp) =>
  findingsOf(run, app).map(({ severity, kind, count }) => `${severity} ${kind} ×${count}`);
const insert = (key: number): Statement => ({ sql: `INSERT INTO "visit"("customerId") VALUES (${key})`, rowCount: 1 });
const update = (key: number): Statement => ({ sql: `UPDATE "visit" SET "n" = 1 WHERE "id" = ${key}`, rowCount: 1 });
const read = (key: number): Statement => ({ sql: `SELECT "v"."n" FROM "visit" "v" WHERE "v"."id" = ${key}`, rowCount: 1 });
const begin: Statement = { sql: 'BEGIN TRANSACTION' };
const commit: Statement = { sql: 'COMMIT' };
const many = (count: number, make: (index: number) => Statement) => Array.from({ length: count }, (_, index) => make(index));

describe('writes one by one', () => {
  it('H1 counts writes, and says how many statements they cost', () => {
    const [finding] = findingsOf((app) =>
      many(5, insert).forEach((statement) => app.call('Repository.save', 'Visit', [begin, statement, commit], { at: 'w.ts:3 store' })),
    );
    expect(finding).toMatchObject({
      kind: 'write-n-plus-one',
      severity: 'warning',
      entity: 'Visit',
      count: 5,
      advice: { kind: 'bulk-write', predictedQueryCount: 1 },
    });
    expect(finding?.message).toContain('15 statements');
  });

  it.each([
    ['what the database filled in, where it is read after each write', (n: number) => [update(n), read(n)], 14],
    ['nothing, where it gives back what it wrote', (n: number) => [update(n)], 9],
  ])('H6 predicts that one call reads back %s', (_what, writes, predicted) => {
    const [finding] = findingsOf((app) => {
      app.find(
        'Visit',
        rows(5, (n) => ({ id: n })),
        { at: 'w.ts:1 store' },
      );
      for (const n of [0, 1, 2, 3, 4]) app.call('Repository.softRemove', 'Visit', [begin, read(n), ...writes(n), commit], { at: 'w.ts:3 store' });
    });
    expect(finding).toMatchObject({ kind: 'write-n-plus-one', advice: { kind: 'bulk-write', predictedQueryCount: predicted } });
  });

  it('H6 predicts the statements of rows that a cascade leads to, as measured on SQLite', () => {
    const found = findingsOf((app) => {
      app.find(
        'Visit',
        rows(8, (n) => ({ id: n })),
        { at: 'w.ts:1 store' },
      );
      const notes = (n: number, sql: string) => many(3, (index) => ({ sql: sql.replace('?', `${n * 3 + index}`), rowCount: 1 }));
      for (let n = 0; n < 8; n++) {
        const writes = [update(n), ...notes(n, 'UPDATE "note" SET "n" = 1 WHERE "id" = ?')];
        const reads = [read(n), ...notes(n, 'SELECT "o"."n" FROM "note" "o" WHERE "o"."id" = ?')];
        app.call(
          'Repository.softRemove',
          'Visit',
          [read(n), ...notes(n, 'SELECT "o"."id" FROM "note" "o" WHERE "o"."id" = ?').slice(1), begin, ...writes, ...reads, commit],
          { at: 'w.ts:3 store' },
        );
      }
    });
    expect(found.find(({ kind }) => kind === 'write-n-plus-one')).toMatchObject({ advice: { currentQueryCount: 105, predictedQueryCount: 70 } });
  });

  it('H8 only informs within one transaction', () => {
    expect(
      kinds((app) => {
        app.call('QueryRunner.startTransaction', null, [begin], { at: 'w.ts:1 store' });
        for (const statement of many(5, insert)) app.call('EntityManager.insert', 'Visit', [statement], { at: 'w.ts:3 store' });
        app.call('QueryRunner.commitTransaction', null, [commit], { at: 'w.ts:5 store' });
      }),
    ).toEqual(['info write-n-plus-one ×5']);
  });

  describe('outside of any scope', () => {
    const store = (app: ProfiledApp, key: number) => app.call('Repository.save', 'Visit', [insert(key)], { at: 'w.ts:3 store' });
    /** Five scopes with a write before each. */
    const between = (kind: 'http' | 'test') => {
      const app = new ProfiledApp();
      for (const key of [1, 2, 3, 4, 5]) {
        app.enter(0);
        store(app, key);
        app.closeRequest(app.openRequest(`scope ${key}`, kind));
      }
      return app;
    };
    const briefly = (app: ProfiledApp) => app.findings().map(({ severity, kind, count }) => `${severity} ${kind} ×${count}`);

    it('are a loop, whatever is asked for meanwhile', () => {
      expect(briefly(between('http'))).toEqual(['warning write-n-plus-one ×5']);
    });

    it('are none where a hook makes one before each test', () => {
      const app = between('test');
      expect(briefly(app)).toEqual([]);
      expect(app.builder.scopes().filter(({ kind }) => kind === 'unattributed')).toMatchObject(Array(5).fill({ queryCount: 1 }));
    });

    it('are one where a single hook makes them all', () => {
      const app = between('test');
      app.enter(0);
      for (const key of [6, 7, 8]) store(app, key);
      expect(briefly(app)).toEqual(['warning write-n-plus-one ×3']);
    });
  });

  describe('by a subscriber, for each row of one save', () => {
    const saved = (app: ProfiledApp) => {
      const save = app.call('Repository.save', 'Order', [begin, insert(1)], { at: 's.ts:9 create' });
      for (const statement of many(4, insert)) app.call('EntityManager.insert', 'Visit', [statement], { at: 'sub.ts:4 afterInsert', parent: save });
      app.query(save, app.site('s.ts:9 create'), commit);
    };

    it('H13 warns: the transaction is the save’s own', () => {
      const [finding] = findingsOf(saved);
      expect(finding).toMatchObject({
        kind: 'write-n-plus-one',
        severity: 'warning',
        entity: 'Visit',
        count: 4,
        site: { file: '/app/sub.ts', line: 4 },
        parent: { site: { file: '/app/s.ts', line: 9 } },
        advice: { kind: 'bulk-write', editable: false, whyNot: 'TypeORM calls this for each row that `save` writes.' },
      });
    });

    it('only informs where the app has put the save into a transaction', () => {
      expect(
        kinds((app) => {
          app.call('QueryRunner.startTransaction', null, [begin], { at: 's.ts:7 create' });
          const save = app.call('Repository.save', 'Order', [insert(1)], { at: 's.ts:9 create' });
          for (const statement of many(4, insert))
            app.call('EntityManager.insert', 'Visit', [statement], { at: 'sub.ts:4 afterInsert', parent: save });
          app.call('QueryRunner.commitTransaction', null, [commit], { at: 's.ts:11 create' });
        }),
      ).toEqual(['info write-n-plus-one ×4']);
    });
  });

  it('says nothing of two writes, or of writes from different lines', () => {
    expect(kinds((app) => many(2, insert).forEach((statement) => app.call('Repository.save', 'Visit', [statement], { at: 'w.ts:3 store' })))).toEqual(
      [],
    );
    expect(
      kinds((app) =>
        many(5, insert).forEach((statement, index) => app.call('Repository.save', 'Visit', [statement], { at: `w.ts:${index + 3} store` })),
      ),
    ).toEqual([]);
  });

  describe('a worker that asks for the next row and writes it until none is left', () => {
    const tail = ` WHERE "Visit"."n" = 0 LIMIT 1`;
    const ids = [1, 2, 3, 4, 5];
    const claim = (app: ProfiledApp, answer: (id: number) => readonly number[], question = (_id: number) => tail) => {
      for (const id of ids) {
        app.find(
          'Visit',
          answer(id).map((each) => ({ id: each })),
          { api: 'Repository.findOne', at: 'w.ts:2 work', tail: question(id) },
        );
        app.call('Repository.update', 'Visit', [update(id)], { at: 'w.ts:3 work' });
      }
    };
    const writesOf = (run: (app: ProfiledApp) => void) => kinds(run).filter((kind) => kind.includes('write-n-plus-one'));

    it('is left alone: the next row is not known before', () => expect(writesOf((app) => claim(app, (id) => [id]))).toEqual([]));

    it.each<[string, (app: ProfiledApp) => void]>([
      [
        'rows that each have a question of their own',
        (app) =>
          claim(
            app,
            (id) => [id],
            (id) => ` WHERE "Visit"."id" = ${id}`,
          ),
      ],
      ['rows of one list that is asked for anew with each', (app) => claim(app, () => ids)],
      [
        'rows that nobody asked for in between',
        (app) => ids.forEach((id) => app.call('Repository.update', 'Visit', [update(id)], { at: 'w.ts:3 work' })),
      ],
    ])('not so %s', (_what, run) => expect(writesOf(run)).toEqual(['warning write-n-plus-one ×5']));
  });

  it('F20 says nothing of writes tried again after an error', () => {
    expect(
      kinds((app) =>
        many(4, () => insert(1)).forEach((statement) =>
          app.call('Repository.insert', 'Visit', [{ ...statement, error: 'deadlock' }], { at: 'w.ts:3 store' }),
        ),
      ),
    ).toEqual([]);
  });
});

describe('fan-out of one call', () => {
  it('H3 tells an UPDATE for each entity', () => {
    const [finding] = findingsOf((app) => app.call('Repository.save', 'Visit', [begin, ...many(6, update), commit], { at: 'w.ts:3 store' }));
    expect(finding).toMatchObject({
      kind: 'orm-fan-out',
      severity: 'warning',
      count: 6,
      parent: null,
      advice: { kind: 'bulk-write', predictedQueryCount: 3 },
    });
  });

  it('H4 tells an INSERT for each row, and the driver that makes it so', () => {
    const [finding] = findingsOf((app) => app.call('Repository.save', 'Visit', many(6, insert), { at: 'w.ts:3 store' }));
    expect(finding?.advice.reason).toContain('better-sqlite3');
  });

  it('H15 H16 says nothing of cascades and of reads after a write', () => {
    const cascade = many(6, (n) => ({ sql: `INSERT INTO "line"("orderId") VALUES (${n})`, rowCount: 1 }));
    const reselect = many(6, (n) => ({ sql: `SELECT "n" FROM "visit" WHERE "id" = ${n}`, rowCount: 1 }));
    expect(kinds((app) => app.call('Repository.save', 'Order', [insert(1), ...cascade], { at: 'w.ts:3 store' }))).toEqual([]);
    expect(kinds((app) => app.call('Repository.save', 'Visit', [insert(1), ...reselect], { at: 'w.ts:3 store' }))).toEqual([]);
  });

  it('E3 tells findTrees by what it does', () => {
    const trees = many(4, (n) => ({ sql: `SELECT "id" FROM "category" WHERE "path" LIKE '${n}.%'`, rows: [{ id: n }] }));
    const [finding] = findingsOf((app) => app.call('TreeRepository.findTrees', 'Category', trees, { at: 't.ts:3 list' }));
    expect(finding).toMatchObject({ kind: 'orm-fan-out', count: 4, advice: { relations: [] } });
    expect(finding?.advice.reason).toContain('findTrees');
  });

  it('F2 F3 F4 says nothing of a constant number of queries', () => {
    const read = (table: string): Statement => ({
      sql: `SELECT "x"."id" AS "x_id" FROM "${table}" "x" WHERE "x"."k" IN (1, 2)`,
      rows: [{ x_id: 1 }],
    });
    expect(kinds((app) => app.call('Repository.find', 'Author', [read('author'), read('book'), read('country')], { at: 'a.ts:1 list' }))).toEqual([]);
  });
});

describe('duplicates', () => {
  const ask = (app: ProfiledApp, at: string, after = 0.1) => app.findBy('Customer', 'id', 605, [{ id: 605 }], { at, after });

  it('I1 names the callers of a helper that asked twice', () => {
    const [finding] = findingsOf((app) => {
      ask(app, 'h.ts:2 current < a.ts:5 list');
      ask(app, 'h.ts:2 current < a.ts:9 list');
    });
    expect(finding).toMatchObject({
      kind: 'duplicate-query',
      severity: 'warning',
      count: 2,
      site: { file: '/app/a.ts', line: 9 },
      advice: { kind: 'hoist', predictedQueryCount: 1 },
    });
    expect(finding?.message).toContain('a.ts:5 and a.ts:9');
  });

  it('I2 tells a repeated question from an N+1', () => {
    expect(kinds((app) => [1, 2, 3].forEach(() => ask(app, 'a.ts:5 list')))).toEqual(['warning duplicate-query ×3']);
  });

  it('I3 says nothing where the table was written in between', () => {
    const write = (app: ProfiledApp, table: string) =>
      app.call('Repository.update', 'Customer', [{ sql: `UPDATE "${table}" SET "name" = 'x' WHERE "id" = 605`, rowCount: 1 }], { at: 'a.ts:6 list' });
    const run = (table: string) => (app: ProfiledApp) => {
      ask(app, 'a.ts:5 list');
      write(app, table);
      ask(app, 'a.ts:7 list');
    };
    expect(kinds(run('customer'))).toEqual([]);
    expect(kinds(run('visit'))).toEqual(['warning duplicate-query ×2']);
  });

  it('B14 only informs of polling', () => {
    expect(kinds((app) => [1, 2, 3, 4].forEach(() => ask(app, 'w.ts:5 wait', 50)))).toEqual(['info duplicate-query ×4']);
  });

  it('F20 says nothing of a question asked again after an error', () => {
    const fail = (app: ProfiledApp) =>
      app.call('Repository.findOneBy', 'Customer', [{ sql: 'SELECT 1 FROM "customer" WHERE "id" = 5', error: 'serialization failure' }], {
        at: 'a.ts:5 list',
      });
    expect(kinds((app) => [1, 2, 3].forEach(() => fail(app)))).toEqual([]);
  });

  it('F13 says nothing of the same question in different requests', () => {
    const app = new ProfiledApp();
    for (let turn = 0; turn < 20; turn++) app.request('GET /', () => ask(app, 'auth.ts:3 user'));
    expect(app.findings()).toEqual([]);
  });

  it('F14 F15 says nothing of housekeeping', () => {
    expect(
      kinds((app) => {
        for (let turn = 0; turn < 4; turn++) {
          app.call('DataSource.query', null, [{ sql: 'SELECT 1' }], { at: 'h.ts:1 health' });
          app.call('DataSource.query', null, [{ sql: 'SELECT * FROM "sqlite_master" WHERE name = \'x\'' }], { at: 'h.ts:2 health' });
          app.call('EntityManager.transaction', null, [begin, commit], { at: 'h.ts:3 health' });
        }
      }),
    ).toEqual([]);
  });

  it('D9 says nothing of two relations that load the same row', () => {
    expect(
      kinds((app) => {
        const owner = app.find('Order', [{ id: 1 }], { at: 'o.ts:1 show' });
        for (const relation of ['author', 'updater']) {
          app.call('lazy', 'Order', [{ sql: 'SELECT "u"."id" AS "u_id" FROM "user" "u" WHERE "u"."id" = 7', rows: [{ u_id: 7 }] }], {
            at: `o.ts:${relation.length} show`,
            relation,
            owner,
            ownerKey: [1],
          });
        }
      }),
    ).toEqual([]);
  });
});

describe('volume', () => {
  const wide = {
    sql: 'SELECT "b"."id" AS "b_id" FROM "book" "b" LEFT JOIN "comment" "c" ON "c"."bookId" = "b"."id" LEFT JOIN "tag" "t" ON "t"."bookId" = "b"."id"',
  };

  it('G13 measures how often rows were multiplied', () => {
    const [finding] = findingsOf((app) => app.call('Repository.find', 'Book', [{ ...wide, rowCount: 1000 }], { at: 'b.ts:3 list', entities: 210 }));
    expect(finding).toMatchObject({ kind: 'row-multiplication', count: 1000, advice: { kind: 'query-strategy', strategy: 'query', editable: true } });
    expect(finding?.message).toContain('4.8 times');
  });

  it('G14 G16 says nothing of joins that multiply nothing', () => {
    expect(kinds((app) => app.call('Repository.find', 'Book', [{ ...wide, rowCount: 1000 }], { at: 'b.ts:3 list', entities: 3000 }))).toEqual([]);
    expect(kinds((app) => app.call('Repository.find', 'Book', [{ ...wide, rowCount: 12 }], { at: 'b.ts:3 list', entities: 4 }))).toEqual([]);
  });

  it('G20 tells of a whole table, not of a page or of a filter', () => {
    const read = (app: ProfiledApp, tail: string) =>
      app.call('Repository.find', 'Visit', [{ sql: `SELECT "v"."id" AS "v_id" FROM "visit" "v"${tail}`, rowCount: 5000 }], {
        at: 'v.ts:3 list',
        roots: 5000,
      });
    expect(kinds((app) => read(app, ''))).toEqual(['warning unbounded-result ×5000']);
    expect(kinds((app) => read(app, ' LIMIT 5000'))).toEqual([]);
    expect(kinds((app) => read(app, ' WHERE "v"."id" > 1'))).toEqual([]);
  });

  it('I6 tells of a slow query, by the time in the driver', () => {
    const read = (ms: number) => (app: ProfiledApp) => app.find('Visit', [{ id: 1 }], { at: 'v.ts:3 list', ms });
    expect(kinds(read(600))).toEqual(['warning slow-query ×1']);
    expect(kinds(read(20))).toEqual([]);
  });
});

describe('budgets', () => {
  const ask = (app: ProfiledApp, count: number) => {
    for (let n = 0; n < count; n++) app.call('Repository.find', 'Visit', [{ sql: `SELECT "c${n}" FROM "visit"` }], { at: `v.ts:${n + 1} list` });
  };

  it('I4 informs of many different queries', () => {
    expect(kinds((app) => ask(app, 14))).toEqual(['info query-budget ×14']);
    expect(kinds((app) => ask(app, 12))).toEqual([]);
  });

  it('I5 a budget that is kept is silence, one that is not a warning', () => {
    const withBudget = (budget: number) => new ProfiledApp({ thresholds: { budgets: { 'GET /': budget } } });
    expect(kinds((app) => ask(app, 5), withBudget(5))).toEqual([]);
    expect(kinds((app) => ask(app, 14), withBudget(14))).toEqual([]);
    expect(kinds((app) => ask(app, 6), withBudget(5))).toEqual(['warning query-budget ×6']);
  });

  it('I7 informs of a route that ran fewer queries in the run before', () => {
    const history = () => ({ previous: { queryCount: 4, dbTimeMs: 1, rowCount: 4, durationMs: 2, responseHash: null }, queryCounts: [4] });
    expect(kinds((app) => ask(app, 9), new ProfiledApp({ history }))).toEqual(['info query-budget ×9']);
    expect(kinds((app) => ask(app, 5), new ProfiledApp({ history }))).toEqual([]);
  });
});

describe('one after the other', () => {
  const slow = (app: ProfiledApp, table: string, line: number, where = '') =>
    app.call(
      'Repository.find',
      table,
      [{ sql: `SELECT "x"."id" AS "x_id" FROM "${table}" "x"${where}`, rows: rows(2, (n) => ({ x_id: 7 + n })), ms: 40 }],
      { at: `d.ts:${line} dashboard` },
    );
  const three = (where: string) => (app: ProfiledApp) => {
    slow(app, 'Author', 3);
    slow(app, 'Book', 4, where);
    slow(app, 'Order', 5);
  };

  it('C10 tells of slow reads that do not need each other', () => {
    expect(kinds(three(''), new ProfiledApp({ driver: 'postgres' }))).toEqual(['warning sequential-queries ×3']);
  });

  it('C11 says nothing where one needs the other’s answer', () => {
    expect(kinds(three(' WHERE "x"."authorId" IN (7, 8)'), new ProfiledApp({ driver: 'postgres' }))).toEqual([]);
  });

  it('says nothing on SQLite, which answers one at a time', () => {
    expect(kinds(three(''))).toEqual([]);
  });
});
