import { describe, expect, it } from 'vitest';
import type { ReadManner } from '../../../../src/protocol/probeReads';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { bookshop, entity, ProfiledApp, rows, toMany, toOne } from '../../builders/profiledApp';

const authors = (count: number) => rows(count, (n) => ({ id: 101 + n, countryId: 51 + (n % 2) }));
const orders = (count: number) => rows(count, (n) => ({ id: 701 + n, customerId: 601 + n }));

function brief({ kind, severity, entity: name, relation, count, site, parent }: Finding): string {
  const place = site && `${site.file.replace('/app/', '')}:${site.line}`;
  const from = parent?.site ? ` from ${parent.site.file.replace('/app/', '')}:${parent.site.line}${parent.proven ? '' : '?'}` : '';
  return `${severity} ${kind} ${name}.${relation} ×${count} at ${place}${from}`;
}

function findingsOf(run: (app: ProfiledApp) => void, app = new ProfiledApp()): string[] {
  app.request('GET /', () => run(app));
  return app.findings().map(brief);
}

function firstFinding(run: (app: ProfiledApp) => void, app = new ProfiledApp()): Finding {
  app.request('GET /', () => run(app));
  return app.findings()[0] as Finding;
}

describe('lazy N+1', () => {
  const list = (app: ProfiledApp, count = 5) => app.find('Author', authors(count), { at: 'a.ts:10 list' });
  const loadBooks = (app: ProfiledApp, owner: number, keys: readonly number[], at = 'a.ts:12 list') => {
    for (const key of keys)
      app.lazy(
        'Author.books',
        owner,
        key,
        rows(3, (n) => ({ id: n + 1 })),
        { at },
      );
  };

  it('A1 names the relation, the line, and the query that fed it', () => {
    const finding = firstFinding((app) => loadBooks(app, list(app), [101, 102, 103, 104, 105]));
    expect(brief(finding)).toBe('warning lazy-n-plus-one Author.books ×5 at a.ts:12 from a.ts:10');
    expect(finding.message).toBe('Author.books was loaded 5 times, once for each author that a.ts:10 returned.');
    expect(finding.advice).toMatchObject({
      kind: 'load-relations',
      relations: ['books'],
      strategy: 'query',
      predictedQueryCount: 3,
      editable: true,
      whyNot: null,
    });
    expect(finding.parent).toMatchObject({ api: 'Repository.find', entity: 'Author', entities: 5, proven: true });
  });

  it('A2 joins a to-one relation, whatever it costs', () => {
    const finding = firstFinding((app) => {
      const owner = list(app);
      for (const key of [101, 102, 103]) app.lazy('Author.country', owner, key, [{ id: 51 }], { at: 'a.ts:12 list' });
    });
    expect(finding.advice).toMatchObject({ relations: ['country'], strategy: 'join', predictedQueryCount: 1 });
  });

  it('predicts that a function which goes on with what it loaded goes on loading', () => {
    const finding = firstFinding((app) => {
      const owner = list(app);
      for (const key of [101, 102, 103, 104, 105]) {
        const above = app.lazy('Author.mentor', owner, key, [{ id: key - 1 }], { at: 'a.ts:12 up' });
        app.lazy('Author.mentor', above, key - 1, [], { at: 'a.ts:12 up' });
      }
    });
    expect(finding).toMatchObject({ count: 10, advice: { currentQueryCount: 11, predictedQueryCount: 6 } });
  });

  it('A10 A11 says nothing of a single load', () => {
    expect(findingsOf((app) => loadBooks(app, list(app), [101]))).toEqual([]);
    expect(findingsOf((app) => loadBooks(app, app.findBy('Author', 'id', 101, authors(1), { at: 'a.ts:10 list' }), [101]))).toEqual([]);
  });

  it('A15 takes the place that read the relation, even far from the query', () => {
    expect(findingsOf((app) => loadBooks(app, list(app), [101, 102, 103], 'view.ts:5 toJSON < a.ts:20 list'))).toEqual([
      'warning lazy-n-plus-one Author.books ×3 at view.ts:5 from a.ts:10',
    ]);
  });

  it('A20 only informs where few of many rows were followed', () => {
    const finding = firstFinding((app) => loadBooks(app, list(app, 100), [101, 102, 103]));
    expect(finding).toMatchObject({ severity: 'info', advice: { kind: 'none', relations: [] } });
    expect(finding.message).toContain('3 %');
    expect(findingsOf((app) => loadBooks(app, list(app, 10), [101, 102, 103]))[0]).toMatch(/^warning/);
  });

  it('B13 keeps different places apart', () => {
    expect(
      findingsOf((app) => {
        const owner = list(app);
        loadBooks(app, owner, [101], 'a.ts:12 list');
        loadBooks(app, owner, [102], 'a.ts:13 list');
      }),
    ).toEqual([]);
  });

  it('takes the first turn’s deeper stack for the same loop', () => {
    expect(
      findingsOf((app) => {
        const owner = list(app);
        loadBooks(app, owner, [101], 'a.ts:12 list < wrap.ts:4 < main.ts:7 main');
        loadBooks(app, owner, [102, 103], 'a.ts:12 list < ~main.ts:7.3 main');
      }),
    ).toEqual(['warning lazy-n-plus-one Author.books ×3 at a.ts:12 from a.ts:10']);
  });

  it('D1 D4 combines what one query should have loaded', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => {
      const countries = app.find(
        'Country',
        rows(2, (n) => ({ id: 51 + n })),
        { at: 'a.ts:10 list' },
      );
      for (const country of [51, 52]) {
        const owner = app.lazy('Country.authors', countries, country, authors(2), { at: 'a.ts:12 list' });
        for (const author of [country * 2, country * 2 + 1]) app.lazy('Author.books', owner, author, authors(3), { at: 'a.ts:13 list' });
      }
    });
    const found = app.findings();
    expect(found.map(brief)).toEqual([
      'warning lazy-n-plus-one Country.authors ×2 at a.ts:12 from a.ts:10',
      'warning lazy-n-plus-one Author.books ×4 at a.ts:13 from a.ts:10',
    ]);
    for (const { advice } of found)
      expect(advice).toMatchObject({ relations: ['authors', 'authors.books'], strategy: 'query', predictedQueryCount: 5 });
  });

  describe('on rows that were read in other ways as well', () => {
    const read = (by: ReadManner) => ({ columns: { name: { by, filled: 3, bytes: 0, firstReads: 0 } } });
    const adviceWhere = (by: ReadManner) =>
      firstFinding((app) => {
        const owner = list(app, 3);
        loadBooks(app, owner, [101, 102, 103]);
        app.reads(owner, 1, [read(by)]);
      }).advice;

    it.each(['serialised', 'copied'] as const)('leaves it to the user where they were %s', (by) => {
      expect(adviceWhere(by)).toMatchObject({ editable: false, whyNot: expect.stringContaining('sent or copied whole') as string });
    });

    it.each(['code', 'orm', 'resolved'] as const)('offers the edit where properties of them were read by %s', (by) => {
      expect(adviceWhere(by)).toMatchObject({ editable: true, relations: ['books'] });
    });

    it.each([
      ['serialised', false],
      ['resolved', true],
    ] as const)('says the same of what hangs below them (%s)', (by, editable) => {
      const app = new ProfiledApp();
      app.request('GET /', () => {
        const owner = list(app, 3);
        for (const key of [101, 102, 103]) {
          const books = app.lazy(
            'Author.books',
            owner,
            key,
            rows(2, (n) => ({ id: 10 * key + n })),
            { at: 'a.ts:12 list' },
          );
          for (const book of [10 * key, 10 * key + 1]) app.lazy('Book.comments', books, book, [{ id: book }], { at: 'a.ts:13 list' });
        }
        app.reads(owner, 1, [read(by)]);
      });
      expect(app.findings().map(({ relation, advice }) => [relation, advice.editable])).toEqual([
        ['books', editable],
        ['comments', editable],
      ]);
    });
  });

  describe('of the rows below one row', () => {
    const entities = [
      entity('Shelf', ['id'], [toMany('volumes', 'Volume', 'shelf')]),
      entity('Volume', ['id', 'shelfId', 'printerId'], [toOne('shelf', 'Shelf', 'volumes'), toOne('printer', 'Printer', null)]),
      entity('Printer', ['id']),
    ];
    const below = (volumes: number) =>
      firstFinding((app) => {
        const shelf = app.findBy('Shelf', 'id', 101, [{ id: 101 }], { at: 'a.ts:10 list', tail: ' LIMIT 1' });
        const loaded = rows(volumes, (n) => ({ id: 11 + n }));
        const found = app.lazy('Shelf.volumes', shelf, 101, loaded, { at: 'a.ts:12 list' });
        for (const { id } of loaded) app.lazy('Volume.printer', found, Number(id), [{ id: Number(id) }], { at: 'a.ts:13 list' });
      }, new ProfiledApp({ entities })).advice;

    it('joins where a query for each relation would save nothing', () => {
      expect(below(2)).toMatchObject({
        relations: ['volumes', 'volumes.printer'],
        strategy: 'join',
        currentQueryCount: 4,
        predictedQueryCount: 2,
        editable: true,
      });
    });

    it('asks for each relation where that saves enough', () => {
      expect(below(9)).toMatchObject({ strategy: 'query', currentQueryCount: 11 });
    });
  });

  it('offers no edit where the query stands in a package or in JavaScript', () => {
    const at = (place: string) => firstFinding((app) => loadBooks(app, app.find('Author', authors(3), { at: place }), [101, 102, 103])).advice;
    expect(at('node_modules/x/a.ts:1 list')).toMatchObject({ editable: false, whyNot: expect.stringContaining('package') as string });
    expect(at('src/a.js:1 list')).toMatchObject({ editable: false, whyNot: expect.stringContaining('JavaScript') as string });
  });

  it('says so where it does not know who loaded the rows', () => {
    const finding = firstFinding((app) => loadBooks(app, 0, [101, 102, 103]));
    expect(finding).toMatchObject({ parent: null, advice: { kind: 'none', editable: false } });
  });
});

describe('N+1 by queries in a loop', () => {
  const list = (app: ProfiledApp, count = 5, at = 'o.ts:10 list') => app.find('Order', orders(count), { at });
  const loop = (app: ProfiledApp, keys: readonly number[], at = 'o.ts:12 list') => {
    for (const key of keys) app.findBy('Customer', 'id', key, [{ id: key }], { at, tail: ' LIMIT 1' });
  };
  const keys = (count: number, from = 601) => Array.from({ length: count }, (_, n) => from + n);

  it('B1 recognises the relation by its foreign key', () => {
    const finding = firstFinding((app) => {
      list(app);
      loop(app, keys(5));
    });
    expect(brief(finding)).toBe('warning loop-n-plus-one Order.customer ×5 at o.ts:12 from o.ts:10');
    expect(finding.advice).toMatchObject({ kind: 'load-relations', relations: ['customer'], strategy: 'join', predictedQueryCount: 1 });
    expect(finding.message).toBe('Order.customer was loaded 5 times in a loop, once for each order that o.ts:10 returned.');
  });

  it('B1 from the other side: keys of the parent in a foreign key of the children', () => {
    const finding = firstFinding((app) => {
      app.find('Author', authors(4), { at: 'a.ts:10 list' });
      for (const { id } of authors(4))
        app.findBy(
          'Book',
          'authorId',
          id as number,
          rows(2, (n) => ({ id: n })),
          { api: 'Repository.findBy', at: 'a.ts:12 list' },
        );
    });
    expect(brief(finding)).toBe('warning loop-n-plus-one Author.books ×4 at a.ts:12 from a.ts:10');
    expect(finding.advice).toMatchObject({ relations: ['books'], strategy: 'query' });
  });

  it('B2 batches where no relation is declared', () => {
    const finding = firstFinding((app) => {
      app.find(
        'Visit',
        rows(4, (n) => ({ id: n + 1, customerId: 601 + n })),
        { at: 'o.ts:10 list' },
      );
      loop(app, keys(4));
    });
    expect(brief(finding)).toBe('warning loop-n-plus-one Customer.null ×4 at o.ts:12 from o.ts:10');
    expect(finding.advice).toMatchObject({ kind: 'batch-in', relations: [], predictedQueryCount: 2, editable: true });
  });

  describe('a limit of one row, in order', () => {
    const reasonFor = (name: string, column: string): string | null =>
      firstFinding((app) => {
        list(app, 5, 'o.ts:10 list');
        for (const key of keys(5))
          app.findBy(name, column, key, [{ id: key }], {
            api: 'Repository.findOne',
            tail: ` ORDER BY "${name}"."id" ASC LIMIT 1`,
            at: 'o.ts:12 list',
          });
      }).advice.reason;

    it('takes the first of many where the key is not theirs alone', () => {
      expect(reasonFor('Visit', 'customerId')).toContain('takes the first rows of each key');
    });

    it('is how TypeORM asks for the one row of a primary key', () => {
      expect(reasonFor('Visit', 'id')).toContain('Ask once with `In(keys)`');
    });
  });

  describe('asking once', () => {
    const adviceFor = (statements: (key: number) => readonly string[]): Finding['advice'] =>
      firstFinding((app) => {
        for (const key of keys(5))
          app.call(
            'Repository.findOne',
            'Customer',
            statements(key).map((sql) => ({ sql })),
            { at: 'o.ts:12 list' },
          );
      }).advice;
    const rowOf = (key: number) => `SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE "Customer"."id" = ${key}`;

    it('takes what is read for the rows by further queries as well', () => {
      const counted = (key: number) => `SELECT "order"."customerId", COUNT(*) FROM "order" "order" WHERE "order"."customerId" IN (${key}) GROUP BY 1`;
      expect(adviceFor((key) => [rowOf(key), counted(key)])).toMatchObject({ currentQueryCount: 10, predictedQueryCount: 2, batchQueries: 2 });
    });

    it('takes what a cached query looks up before and stores after', () => {
      const lookup = (key: number) => `SELECT * FROM "query-result-cache" "cache" WHERE "cache"."identifier" = 'c${key}'`;
      const store = (key: number) => `INSERT INTO "query-result-cache"("identifier") VALUES ('c${key}')`;
      expect(adviceFor((key) => [lookup(key), rowOf(key), store(key)])).toMatchObject({ currentQueryCount: 15, predictedQueryCount: 3 });
    });

    it.each([
      ['from the loop’s line, and counts them out', 'o.ts:12 list', 3],
      ['from elsewhere, and leaves them in', 'o.ts:20 other', 3 + 7],
    ])('knows queries that the cache answered %s', (_what, at, predictedQueryCount) => {
      const lookup = { sql: 'SELECT * FROM "query-result-cache" "cache" WHERE "cache"."identifier" = 1' };
      const store = { sql: 'INSERT INTO "query-result-cache"("identifier") VALUES (1)' };
      const finding = firstFinding((app) => {
        for (const key of keys(5)) app.call('Repository.findOne', 'Customer', [lookup, { sql: rowOf(key) }, store], { at: 'o.ts:12 list' });
        for (let again = 0; again < 7; again++) app.call('Repository.findOne', 'Customer', [lookup], { at });
      });
      expect(finding).toMatchObject({ count: 5, advice: { currentQueryCount: 22, predictedQueryCount } });
    });

    it('takes no page of keys, which only a limit needs', () => {
      const page = (key: number) => `SELECT DISTINCT "distinctAlias"."Customer_id" FROM (${rowOf(key)}) "distinctAlias" LIMIT 1`;
      expect(adviceFor((key) => [page(key), rowOf(key)])).toMatchObject({ currentQueryCount: 10, predictedQueryCount: 1, batchQueries: 1 });
    });
  });

  it('B8 keeps a filter in the advice', () => {
    const finding = firstFinding((app) => {
      app.find('Author', authors(4), { at: 'a.ts:10 list' });
      for (const { id } of authors(4))
        app.findBy('Book', 'authorId', id as number, [{ id: 1 }], { api: 'Repository.find', and: ' AND "Book"."published" = 1', at: 'a.ts:12 list' });
    });
    expect(finding.advice.kind).toBe('batch-in');
    expect(finding.advice.reason).toContain('published');
  });

  it('B12 names the loop, not the helper', () => {
    const finding = firstFinding((app) => {
      list(app, 5, 'o.ts:10 list < main.ts:3 main');
      loop(app, keys(5), 'helper.ts:4 nameOf < o.ts:12 list < ~main.ts:3 main');
    });
    expect(finding.site).toMatchObject({ file: '/app/o.ts', line: 12 });
    expect(finding.message).toContain('through helper.ts:4');
  });

  it('stays in the callback of a map, which is the loop', () => {
    const finding = firstFinding((app) => {
      list(app, 5, 'o.ts:10 list');
      loop(app, keys(5), 'o.ts:13 < o.ts:12 list');
    });
    expect(finding.site).toMatchObject({ line: 13 });
  });

  it('B13 says nothing of one helper called from several places', () => {
    expect(
      findingsOf((app) => {
        for (const [index, key] of keys(4).entries()) loop(app, [key], `helper.ts:4 nameOf < o.ts:${20 + index} list`);
      }),
    ).toEqual([]);
  });

  it('B16 names no parent for keys from outside, and warns from three on', () => {
    expect(findingsOf((app) => loop(app, [603, 605, 608]))).toEqual(['warning loop-n-plus-one Customer.null ×3 at o.ts:12']);
    expect(findingsOf((app) => loop(app, [603, 605]))).toEqual(['info loop-n-plus-one Customer.null ×2 at o.ts:12']);
  });

  it('B18 only informs of a loop that counts to three', () => {
    expect(findingsOf((app) => loop(app, [1, 2, 3]))[0]).toMatch(/^info/);
  });

  it('B19 F7 says nothing of batches', () => {
    expect(
      findingsOf((app) => {
        list(app, 6);
        for (const chunk of ['601, 602, 603', '604, 605, 606']) {
          app.call(
            'Repository.findBy',
            'Customer',
            [
              {
                sql: `SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE "Customer"."id" IN (${chunk})`,
                rows: [{ Customer_id: 601 }],
              },
            ],
            { at: 'o.ts:12 list' },
          );
        }
      }),
    ).toEqual([]);
  });

  it('F10 F11 says nothing of pages', () => {
    const page = (app: ProfiledApp, tail: string) => app.find('Order', orders(2), { at: 'o.ts:12 list', tail });
    expect(findingsOf((app) => [0, 2, 4].forEach((offset) => page(app, ` LIMIT 2 OFFSET ${offset}`)))).toEqual([]);
    expect(findingsOf((app) => [0, 702, 704].forEach((last) => page(app, ` WHERE "Order"."id" > ${last} LIMIT 2`)))).toEqual([]);
  });

  it('F19 says nothing of workers that lock what they take', () => {
    expect(
      findingsOf((app) =>
        keys(4).forEach((key) => app.findBy('Customer', 'id', key, [{ id: key }], { at: 'w.ts:3 work', tail: ' FOR UPDATE SKIP LOCKED' })),
      ),
    ).toEqual([]);
  });

  it('F23 only informs of a search that ends at the first match', () => {
    const [finding] = findingsOf((app) => {
      app.find('Author', authors(10), { at: 'a.ts:10 list' });
      for (const [index, { id }] of authors(4).entries()) {
        app.findBy('Book', 'authorId', id as number, index === 3 ? [{ id: 1 }] : [], { api: 'Repository.findBy', at: 'a.ts:12 list' });
      }
    });
    expect(finding).toMatch(/^info/);
  });

  it('P3 is not led astray by another list with the same numbers', () => {
    const finding = firstFinding((app) => {
      app.find(
        'Order',
        rows(5, (n) => ({ id: n + 1, customerId: n + 1 })),
        { at: 'o.ts:10 list' },
      );
      app.find(
        'Category',
        rows(5, (n) => ({ id: n + 1 })),
        { at: 'o.ts:11 list' },
      );
      loop(app, [1, 2, 3, 4, 5]);
    });
    expect(brief(finding)).toContain('Order.customer ×5 at o.ts:12 from o.ts:10');
  });

  it('names no list whose keys mean something else', () => {
    const finding = firstFinding((app) => {
      app.find(
        'Category',
        rows(9, (n) => ({ id: n + 1 })),
        { at: 'o.ts:11 list' },
      );
      loop(app, [2, 4, 6, 7]);
    });
    expect(finding).toMatchObject({ severity: 'warning', parent: null });
  });

  it('K1 names no parent that holds fewer than nine keys in ten', () => {
    const finding = firstFinding((app) => {
      list(app, 5);
      loop(app, keys(7));
    });
    expect(finding.parent).toBeNull();
  });

  it('reads keys that are bound as parameters', () => {
    const app = new ProfiledApp({ driver: 'postgres' });
    const found = findingsOf(() => {
      list(app, 4);
      for (const key of keys(4)) {
        app.call(
          'Repository.findOneBy',
          'Customer',
          [
            {
              sql: 'SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE (("Customer"."id" = $1)) LIMIT 1',
              params: [String(key)],
              rows: [{ Customer_id: key }],
            },
          ],
          { at: 'o.ts:12 list' },
        );
      }
    }, app);
    expect(found).toEqual(['warning loop-n-plus-one Order.customer ×4 at o.ts:12 from o.ts:10']);
  });

  it.each([
    ['as PostgreSQL gives them', (uuid: string) => uuid, ['string']],
    ['in upper case', (uuid: string) => uuid.toUpperCase(), ['string']],
    ['in braces', (uuid: string) => `{${uuid}}`, ['uuid spelt otherwise']],
    ['some without hyphens', (uuid: string) => (uuid.endsWith('1') ? uuid.replaceAll('-', '') : uuid), ['string', 'uuid spelt otherwise']],
  ])('tells of uuids whether they were asked for %s', (_how, spelt, keyTypes) => {
    const app = new ProfiledApp({ driver: 'postgres' });
    const sql = 'SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE (("Customer"."id" = $1)) LIMIT 1';
    for (const key of [1, 2, 3, 4]) {
      const params = [spelt(`aaaaaaaa-0000-4000-8000-00000000000${key}`)];
      app.call('Repository.findOneBy', 'Customer', [{ sql, params, rows: [{ Customer_id: key }] }], { at: 'o.ts:12 list' });
    }
    expect(app.findings()[0]?.advice.keyTypes).toEqual(keyTypes);
  });

  it('E10 recognises a relation that references another column than the key', () => {
    const entities = [
      ...bookshop,
      entity('Parcel', ['id', 'carrierCode'], [toOne('carrier', 'Carrier', null, { joinColumns: [{ column: 'carrierCode', references: 'code' }] })]),
      entity('Carrier', ['id', 'code']),
    ];
    const app = new ProfiledApp({ entities });
    const found = findingsOf(() => {
      app.find(
        'Parcel',
        rows(3, (n) => ({ id: n, carrierCode: `c${n}` })),
        { at: 'p.ts:1 list' },
      );
      for (const code of ['c0', 'c1', 'c2']) app.findBy('Carrier', 'code', code, [{ id: 1 }], { at: 'p.ts:3 list' });
    }, app);
    expect(found).toEqual(['warning loop-n-plus-one Parcel.carrier ×3 at p.ts:3 from p.ts:1']);
  });

  it('B15 recognises a chain', () => {
    const [finding] = findingsOf((app) => {
      for (const id of [501, 502, 503, 504])
        app.findBy('Category', 'id', id, [{ id, parentId: id + 1 }], { at: `c.ts:5 up${' < c.ts:6 up'.repeat(id - 501)}` });
    });
    expect(finding).toBe('warning loop-n-plus-one Category.parent ×4 at c.ts:5');
  });

  it('H13 blames the subscriber and names the save that called it', () => {
    const finding = firstFinding((app) => {
      const save = app.call('Repository.save', 'Order', [{ sql: 'INSERT INTO "order" ("id") VALUES (1)' }], { at: 's.ts:9 create' });
      for (const key of keys(4)) app.findBy('Customer', 'id', key, [{ id: key }], { at: 'sub.ts:4 afterInsert', parent: save });
    });
    expect(brief(finding)).toContain('at sub.ts:4 from s.ts:9');
  });
});
