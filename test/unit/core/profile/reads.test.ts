/** Findings that rest on what the app read, each with what must stay silent. */
import { describe, expect, it } from 'vitest';
import type { ReadManner, ReadNode, ReadState } from '../../../../src/protocol/probeReads';
import { ProfiledApp, rows, type CallOptions } from '../../builders/profiledApp';

const authors = rows(12, (n) => ({ id: 101 + n, name: `author ${n}` }));
const state = (by: ReadManner | null, filled = 36, more: Partial<ReadState> = {}): ReadState => ({ by, filled, bytes: 0, firstReads: 0, ...more });

/** Three runs of one call path in one request, and what was read of their authors. */
function app(nodes: readonly Partial<ReadNode>[], options: CallOptions & { readonly runs?: number; readonly tail?: string } = {}): ProfiledApp {
  const { runs = 3, ...call } = options;
  const profiled = new ProfiledApp();
  return profiled.request('GET /', () => {
    let op = 0;
    for (let run = 0; run < runs; run++) op = profiled.find('Author', authors, { at: 'list.ts:10 list < main.ts:5 main', ...call });
    profiled.reads(op, runs, nodes);
  });
}

function found(profiled: ProfiledApp) {
  return profiled.findings().filter(({ kind }) => kind !== 'duplicate-query');
}

const root = (node: Partial<ReadNode>): Partial<ReadNode> => ({ entities: 36, ...node });

describe('an eager load that nobody read', () => {
  it('is a warning once the call path ran often enough', () => {
    expect(found(app([root({ relations: { books: state(null) } })]))).toMatchObject([
      {
        kind: 'unused-eager-load',
        severity: 'warning',
        entity: 'Author',
        relation: 'books',
        site: { file: '/app/list.ts', line: 10 },
        parent: { proven: true },
        advice: { kind: 'remove-relation', relations: ['books'], editable: true },
        message: 'Author.books was loaded at list.ts:10 and read on none of 36 entities in 3 runs.',
      },
    ]);
  });

  it('is information before that, and for single rows', () => {
    expect(found(app([{ entities: 12, relations: { books: state(null, 12) } }], { runs: 1 }))).toMatchObject([{ severity: 'info' }]);
    expect(found(app([{ entities: 3, relations: { books: state(null, 3) } }]))).toMatchObject([{ severity: 'info' }]);
  });

  it.each(['code', 'orm', 'copied', 'resolved'] as const)('is silent where it was read by %s', (by) => {
    expect(found(app([root({ relations: { books: state(by) } })]))).toEqual([]);
  });

  it('is silent where there was nothing to read on any row', () => {
    expect(found(app([root({ relations: { books: state(null, 0) } })]))).toEqual([]);
  });

  it('is information without a change where it only went into JSON', () => {
    expect(found(app([root({ relations: { books: state('serialised') } })]))).toMatchObject([{ severity: 'info', advice: { kind: 'none' } }]);
  });

  it('is information without a change where clients name the fields that are read', () => {
    const nodes = [root({ relations: { books: state(null) }, columns: { name: state('resolved') } })];
    expect(found(app(nodes))).toMatchObject([{ kind: 'unused-eager-load', severity: 'info', advice: { kind: 'none' } }]);
  });

  it('is told for the outermost relation only', () => {
    const nodes = [
      root({ relations: { books: state(null) } }),
      { path: 'books', entity: 'Book', entities: 90, relations: { comments: state(null) } },
    ];
    expect(found(app(nodes)).map(({ relation }) => relation)).toEqual(['books']);
    const used = [
      root({ relations: { books: state('code') } }),
      { path: 'books', entity: 'Book', entities: 90, relations: { comments: state(null) } },
    ];
    expect(found(app(used))).toMatchObject([{ entity: 'Book', relation: 'comments', advice: { relations: ['books.comments'] } }]);
  });

  it('gives no advice where another caller of the same line reads it', () => {
    const profiled = app([root({ relations: { books: state(null) } })]);
    profiled.request('GET /other', () => {
      const op = profiled.find('Author', authors, { at: 'list.ts:10 list < other.ts:7 other' });
      profiled.reads(op, 1, [{ entities: 12, relations: { books: state('code', 12) } }]);
    });
    expect(found(profiled)).toMatchObject([
      { scopeName: 'GET /', severity: 'info', advice: { kind: 'none', reason: expect.stringMatching(/^Used by 1 of 2 call paths/) } },
    ]);
  });

  it('is taken back when a later run of the path reads it', () => {
    const profiled = app([root({ relations: { books: state(null) } })]);
    expect(found(profiled)).toHaveLength(1);
    profiled.request('GET / again', () => {
      const op = profiled.find('Author', authors, { at: 'list.ts:10 list < main.ts:5 main' });
      profiled.reads(op, 4, [root({ relations: { books: state('code') } })]);
    });
    expect(found(profiled)).toEqual([]);
  });

  it('still speaks of runs after the path is no longer watched', () => {
    const profiled = app([root({ relations: { books: state(null) } })]);
    profiled.request('GET / again', () => void profiled.find('Author', authors, { at: 'list.ts:10 list < main.ts:5 main' }));
    expect(found(profiled).map(({ scopeName }) => scopeName)).toEqual(['GET /', 'GET / again']);
  });

  it('never contradicts the advice to load it', () => {
    const profiled = new ProfiledApp();
    profiled.request('GET /lazy', () => {
      const op = profiled.find('Author', authors);
      for (const { id } of authors)
        profiled.lazy(
          'Author.books',
          op,
          Number(id),
          rows(2, (n) => ({ id: n })),
          { at: 'list.ts:12 list' },
        );
    });
    expect(found(profiled)).toMatchObject([{ advice: { kind: 'load-relations' } }]);
    profiled.request('GET /', () => {
      let op = 0;
      for (let run = 0; run < 3; run++) op = profiled.find('Author', authors, { at: 'list.ts:10 list < main.ts:5 main' });
      profiled.reads(op, 3, [root({ relations: { books: state(null) } })]);
    });
    expect(found(profiled)[1]).toMatchObject({ kind: 'unused-eager-load', severity: 'info', advice: { kind: 'none' } });
  });

  it('nor that of an earlier run', () => {
    const profiled = new ProfiledApp({ history: () => ({ previous: null, queryCounts: [], advised: ['Author.books'] }) });
    profiled.request('GET /', () => {
      let op = 0;
      for (let run = 0; run < 3; run++) op = profiled.find('Author', authors);
      profiled.reads(op, 3, [root({ relations: { books: state(null) } })]);
    });
    expect(found(profiled)).toMatchObject([{ severity: 'info' }]);
  });

  it('is a matter of columns where the condition needs the join', () => {
    const tail = ' LEFT JOIN "book" "Author__books" ON "Author__books"."authorId" = "Author"."id" WHERE "Author__books"."title" = \'x\'';
    expect(found(app([root({ relations: { books: state(null) } })], { tail }))).toMatchObject([
      { kind: 'over-fetched-columns', relation: 'books', advice: { kind: 'select-columns' } },
    ]);
  });
});

describe('columns that nobody read', () => {
  const wide = { bio: state(null, 36, { bytes: 90_000 }), name: state('code') };

  it('are told where they are wide', () => {
    expect(found(app([root({ columns: wide })]))).toMatchObject([
      { kind: 'over-fetched-columns', severity: 'warning', entity: 'Author', count: 1, advice: { kind: 'select-columns', columns: ['name'] } },
    ]);
  });

  it('are told where they are many', () => {
    const many = Object.fromEntries(
      rows(40, (n) => ({ n })).map(({ n }) => [`c${n}`, Number(n) < 3 ? state('code') : state(null, 36, { bytes: 2_000 })]),
    );
    expect(found(app([root({ columns: many })]))).toMatchObject([{ count: 37, advice: { columns: ['c0', 'c1', 'c2'] } }]);
  });

  it.each([
    ['few bytes', { bio: state(null, 36, { bytes: 900 }), name: state('code') }],
    ['nothing read at all', { bio: state(null, 36, { bytes: 90_000 }), name: state(null) }],
    ['entities that are saved', { bio: state(null, 36, { bytes: 90_000 }), name: state('orm') }],
    ['entities that go into JSON', { ...wide, id: state('serialised') }],
    ['entities of which a GraphQL client names the fields', { ...wide, title: state('resolved') }],
  ])('are silent for %s', (_what, columns) => {
    expect(found(app([root({ columns })]))).toEqual([]);
  });
});

describe('rows that nobody looked at', () => {
  const result = (firstReads: Readonly<Record<string, number>>, by: ReadManner | null = 'code'): readonly Partial<ReadNode>[] => [
    {
      entities: 600,
      firstEntities: 200,
      columns: Object.fromEntries(
        ['id', 'name', 'state'].map((name) => [name, state(firstReads[name] === undefined ? null : by, 600, { firstReads: firstReads[name] ?? 0 })]),
      ),
    },
  ];

  it.each([
    ['none', {}, 'Of 200 authors fetched nothing was read'],
    ['the first few', { name: 5, id: 5 }, 'Of 200 authors fetched, 5 were looked at.'],
    ['all for a filter', { state: 200, name: 12 }, 'Of 200 authors fetched, all but 12 were left aside after a look at state.'],
  ])('are told: %s', (_what, reads, message) => {
    expect(found(app(result(reads)))).toMatchObject([
      { kind: 'unbounded-result', count: 200, message: expect.stringContaining(message), advice: { kind: 'paginate' } },
    ]);
  });

  it.each([
    ['all of them', result({ name: 200, id: 200 })],
    ['half of them', result({ name: 100 })],
    ['all keys, to find other rows', result({ id: 200, name: 3 })],
    ['all, as JSON', result({ name: 0 }, 'serialised')],
    ['a short list', [{ entities: 60, firstEntities: 20, columns: { name: state(null) } }]],
  ])('are silent: %s', (_what, nodes) => {
    expect(found(app(nodes))).toEqual([]);
  });
});

describe('a relation read though it was not loaded', () => {
  const missed = (count: number): ProfiledApp => {
    const profiled = new ProfiledApp();
    return profiled.request('GET /', () => {
      const op = profiled.find(
        'Order',
        rows(12, (n) => ({ id: 701 + n, customerId: 601 + n })),
        { at: 'orders.ts:10 list' },
      );
      if (count > 0)
        profiled.send({ e: 'unloaded', op, entity: 'Order', relation: 'customer', path: '', site: profiled.site('orders.ts:12 list'), count });
    });
  };

  it('names the line, the call and what to load', () => {
    expect(found(missed(12))).toMatchObject([
      {
        kind: 'unloaded-relation-read',
        severity: 'warning',
        entity: 'Order',
        relation: 'customer',
        count: 12,
        site: { line: 12 },
        parent: { proven: true, site: { line: 10 } },
        advice: { kind: 'load-relations', relations: ['customer'], strategy: 'join', predictedQueryCount: 1, editable: true },
      },
    ]);
  });

  it('is silent where none was', () => {
    expect(found(missed(0))).toEqual([]);
  });

  describe('in a check', () => {
    const kinds = (lines: readonly string[], column: number, asked: string, at: string): string[] => {
      const profiled = new ProfiledApp({ sourceLine: (_file, line) => lines[line - 12] ?? null });
      profiled.request('GET /', () => {
        const op = profiled.find(
          'Order',
          rows(12, (n) => ({ id: 701 + n, customerId: 601 + n })),
          { at: 'orders.ts:10 list' },
        );
        profiled.send({
          e: 'unloaded',
          op,
          entity: 'Order',
          relation: 'customer',
          path: '',
          site: profiled.site(`orders.ts:12.${column} customerOf`),
          count: 12,
        });
        for (let id = 601; id < 613; id++) profiled.findBy(asked, 'id', id, [{ id }], { at });
      });
      return found(profiled)
        .map(({ kind }) => kind)
        .sort();
    };
    const line = 'const customer = order.customer ?? (await customers.findOneBy({ id: order.customerId }));';

    it.each([
      ['on one line', [line], 24, 'orders.ts:12 customerOf < orders.ts:11 list'],
      [
        'over two lines',
        ['return order.customer', '  ?? customers.findOneBy({ id: order.customerId });'],
        14,
        'orders.ts:13 customerOf < orders.ts:11 list',
      ],
      [
        'before a return',
        ['if (order.customer) return order.customer;', 'return load(order.customerId);'],
        11,
        'load.ts:3 load < orders.ts:13 customerOf',
      ],
    ])('is silent, for it is asked for then: %s', (_what, lines, column, at) => {
      expect(kinds(lines, column, 'Customer', at)).toEqual(['loop-n-plus-one']);
    });

    it.each([
      ['something else is asked for', [line], 24, 'Visit', 'orders.ts:12 customerOf < orders.ts:11 list'],
      ['it is asked for elsewhere', [line], 24, 'Customer', 'orders.ts:12 otherOf < orders.ts:11 list'],
      [
        'nothing is checked',
        ['print(order.customer?.name);', 'await load(order.customerId);'],
        13,
        'Customer',
        'load.ts:3 load < orders.ts:13 customerOf',
      ],
    ])('is told where %s', (_what, lines, column, asked, at) => {
      expect(kinds(lines, column, asked, at)).toContain('unloaded-relation-read');
    });
  });
});

describe('parent columns that one join repeats', () => {
  const joined = (bytes: number): ProfiledApp => {
    const profiled = new ProfiledApp();
    return profiled.request('GET /', () => {
      const sql = 'SELECT "a"."id" AS "a_id" FROM "author" "a" LEFT JOIN "book" "b" ON "b"."authorId" = "a"."id"';
      const op = profiled.call('Repository.find', 'Author', [{ sql, rowCount: 90 }], { entities: 93, roots: 3 });
      profiled.reads(op, 1, [{ entities: 3, columns: { bio: state('code', 3, { bytes }) } }]);
    });
  };

  it('are told with their bytes', () => {
    expect(found(joined(30_000))).toMatchObject([
      {
        kind: 'row-multiplication',
        count: 90,
        advice: { kind: 'query-strategy', strategy: 'query' },
        message: expect.stringContaining('about 850 KB'),
      },
    ]);
  });

  it('are silent where they are narrow', () => {
    expect(found(joined(300))).toEqual([]);
  });
});
