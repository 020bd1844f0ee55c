/** Which line of a stack is called the loop's, where the source can be read. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp } from '../../builders/profiledApp';

const ids = [601, 602, 603, 604];

/** Orders read at `parent`, a customer asked for from `child` for each of them; sources by file, the first line being number 1. */
function findingOf(parent: string, child: string, sources: Readonly<Record<string, readonly string[]>>): Finding | undefined {
  const sourceLine = (file: string, line: number) => sources[file.replace('/app/', '')]?.[line - 1] ?? null;
  const app = new ProfiledApp({ sourceLine });
  app.request('GET /', () => {
    app.find(
      'Order',
      ids.map((id) => ({ id: id + 100, customerId: id })),
      { at: parent },
    );
    for (const id of ids) app.findBy('Customer', 'id', id, [{ id }], { at: child });
  });
  return app.findings().find(({ kind }) => kind === 'loop-n-plus-one');
}

describe('a helper that is handed the rows', () => {
  const main = ['async function main() {', '  const orders = await findOrders();', '  return describe(orders);', '}'];
  const asked = (helper: readonly string[]) =>
    findingOf('orders.ts:1 findOrders < main.ts:2 main', 'names.ts:9 nameOf < ~helper.ts:3 describe < ~main.ts:3 main', {
      'main.ts': main,
      'helper.ts': helper,
    });

  it('holds the loop where its source shows one', () => {
    const found = asked(['async function describe(orders) {', '  for (const order of orders)', '    out.push(await nameOf(order));', '}']);
    expect(found).toMatchObject({ site: { file: '/app/helper.ts', line: 3 }, parent: { site: { line: 1 }, proven: true } });
    expect(found?.message).toContain('through names.ts:9');
  });

  it('does not where it shows none', () => {
    const found = asked(['async function describe(orders) {', '  const [order] = orders;', '  return nameOf(order);', '}']);
    expect(found).toMatchObject({ site: { file: '/app/main.ts', line: 3 } });
  });
});

describe('a loop that calls itself for the next row', () => {
  const asking = [
    'function next(rows) {',
    '  names.findOneBy({ id: rows.shift().id })',
    '    .then((name) => {',
    '      out.push(name);',
    '      next(rows);',
    '    });',
    '}',
  ];
  const main = ['async function main() {', '  const orders = await findOrders();', '  next(orders);', '}'];
  const asked = (turn: string, next: readonly string[] = asking) => {
    const sources: Readonly<Record<string, readonly string[]>> = { 'next.ts': next, 'main.ts': main };
    const app = new ProfiledApp({ sourceLine: (file, line) => sources[file.replace('/app/', '')]?.[line - 1] ?? null });
    app.request('GET /', () => {
      app.find(
        'Order',
        ids.map((id) => ({ id: id + 100, customerId: id })),
        { at: 'orders.ts:1 findOrders < main.ts:2 main' },
      );
      ids.forEach((id, i) => app.findBy('Customer', 'id', id, [{ id }], { at: `next.ts:2 next < ${i === 0 ? 'main.ts:3 main' : turn}` }));
    });
    return app.findings().find(({ kind }) => kind === 'loop-n-plus-one');
  };

  it('is told where it asks, with all of its turns', () => {
    const found = asked('next.ts:5');
    expect(found).toMatchObject({ count: 4, site: { file: '/app/next.ts', line: 2 }, parent: { site: { line: 1 }, proven: true } });
    expect(found?.message).toMatch(/4 times in a loop, once for each order/);
  });

  it.each([
    [
      'the callback is another statement’s',
      ['function next(rows) {', '  names.findOneBy({ id: rows.shift().id });', '  onceRead(() => {', '', '    next(rows);', '  });', '}'],
    ],
    ['the caller is a function with a name', asking],
  ])('is none where %s', (what, source) => {
    expect(asked(what.startsWith('the caller') ? 'next.ts:5 again' : 'next.ts:5', source)).toMatchObject({
      count: 3,
      site: { file: '/app/next.ts' },
    });
  });
});

describe('keys that no query gave', () => {
  const service = ['class Names {', '  async nameOf(id) {', '    return this.find(id);', '  }', '}'];
  const asked = (handler: readonly string[], line: number, called = 'nameOf') => {
    const sources: Readonly<Record<string, readonly string[]>> = { 'names.ts': service, 'handler.ts': handler };
    const app = new ProfiledApp({ sourceLine: (file, at) => sources[file.replace('/app/', '')]?.[at - 1] ?? null });
    app.request('POST /', () => {
      for (const id of ids) app.findBy('Customer', 'id', id, [{ id }], { at: `names.ts:3 ${called} < ~handler.ts:${line} create < ~main.ts:1 main` });
    });
    return app.findings().find(({ kind }) => kind === 'loop-n-plus-one');
  };
  const helper = { file: '/app/names.ts', line: 3 };

  it('are gone through by the innermost loop that the source shows, and the helper is named beside it', () => {
    const found = asked(['async function create(body) {', '  for (const item of body.items)', '    out.push(await names.nameOf(item.id));', '}'], 3);
    expect(found).toMatchObject({ site: { file: '/app/handler.ts', line: 3 }, parent: null, advice: { kind: 'batch-in', innermost: helper } });
    expect(found?.message).toContain('through names.ts:3');
  });

  it('are gone through by a map', () => {
    const found = asked(['async function create(ids) {', '  return Promise.all(ids.map((id) => names.nameOf(id)));', '}'], 2);
    expect(found).toMatchObject({ site: { file: '/app/handler.ts', line: 2 } });
  });

  it('leave the finding where it asks, where no source shows a loop', () => {
    const found = asked(['async function create(id) {', '  return names.nameOf(id);', '}'], 2);
    expect(found).toMatchObject({ site: helper });
    expect(found?.advice.innermost).toBeUndefined();
  });

  it('are not gone through by a method of one’s own that is called as a list’s is', () => {
    const found = asked(['async function create(id) {', '  return names.filter(id);', '}'], 2, 'filter');
    expect(found).toMatchObject({ site: helper });
  });
});

describe('a loop around both, the query for the rows and the helper', () => {
  const pages = (first: string) => [
    'async function main() {',
    first,
    '    const orders = await nextPage();',
    '    await describe(orders);',
    '  }',
    '}',
  ];
  const helper = ['async function describe(orders) {', '  for (const order of orders)', '    out.push(await nameOf(order));', '}'];
  const asked = (lines: readonly string[], parentLine: number, childLine: number) =>
    findingOf(`orders.ts:1 nextPage < main.ts:${parentLine} main`, `names.ts:9 nameOf < ~helper.ts:3 describe < ~main.ts:${childLine} main`, {
      'main.ts': lines,
      'helper.ts': helper,
    });

  it('is the loop over pages; the rows’ is the helper’s', () => {
    expect(asked(pages('  while (true) {'), 3, 4)).toMatchObject({ site: { file: '/app/helper.ts', line: 3 } });
  });

  it('is the loop over the rows where its head reads them', () => {
    const lines = ['async function main() {', '  for (const order of await findOrders()) {', '    await describe(order);', '  }', '}'];
    expect(asked(lines, 2, 3)).toMatchObject({ site: { file: '/app/main.ts', line: 3 } });
  });
});

describe('a field of a GraphQL query', () => {
  const service = ['class Names {', '  async nameOf(id) {', '    return this.find(id);', '  }', '}'];
  const asked = (resolver: readonly string[], { kind = 'graphql', child = 'names.ts:3 nameOf < resolver.ts:3 customer' } = {}) => {
    const sources: Readonly<Record<string, readonly string[]>> = { 'resolver.ts': resolver, 'names.ts': service };
    const app = new ProfiledApp({ sourceLine: (file, line) => sources[file.replace('/app/', '')]?.[line - 1] ?? null });
    app.send({ e: 'scope', id: 1, kind: kind as 'graphql', name: 'GraphQL query', path: null, t: 0 });
    app.enter(1);
    app.find(
      'Order',
      ids.map((id) => ({ id: id + 100, customerId: id })),
      { at: 'orders.ts:1 orders' },
    );
    for (const id of ids) app.findBy('Customer', 'id', id, [{ id }], { at: child });
    app.closeRequest(1);
    return app.findings().find((finding) => finding.kind === 'loop-n-plus-one');
  };
  const resolver = ['class OrderResolver {', '  async customer(order) {', '    return this.names.nameOf(order.customerId);', '  }', '}'];

  it('is told from its resolver, and mended by a DataLoader', () => {
    const found = asked(resolver);
    expect(found).toMatchObject({
      relation: 'customer',
      site: { file: '/app/resolver.ts', line: 3 },
      parent: { site: { file: '/app/orders.ts', line: 1 }, proven: true },
      advice: { kind: 'batch-in', editable: false, currentQueryCount: 5, predictedQueryCount: 2 },
    });
    expect(found?.message).toContain('through names.ts:3');
    expect(found?.advice.reason).toMatch(/^GraphQL calls `customer` for one row at a time: let a DataLoader/);
    expect(found?.advice.whyNot).toContain('DataLoader');
  });

  it('needs no helper for that', () => {
    expect(asked(resolver, { child: 'resolver.ts:3 customer' })).toMatchObject({
      site: { file: '/app/resolver.ts', line: 3 },
      advice: { kind: 'batch-in', editable: false },
    });
  });

  it('is told from its resolver, whatever middleware a library calls around that', () => {
    for (const called of ['next();', 'resolve(root, args, context, info);']) {
      const lines = [...resolver, 'const log = async () => {', called, '};'];
      const child = 'names.ts:3 nameOf < resolver.ts:3 customer < resolver.ts:7 log';
      expect(asked(lines, { child })).toMatchObject({ site: { line: 3 }, advice: { innermost: { file: '/app/names.ts', line: 3 } } });
      expect(asked(lines, { child: 'resolver.ts:3 customer < resolver.ts:7 log' })).toMatchObject({ site: { file: '/app/resolver.ts', line: 3 } });
    }
  });

  it('is told from the outermost line where that calls something else', () => {
    const lines = [...resolver, 'const log = async () => {', 'resolve(order);', '};'];
    expect(asked(lines, { child: 'resolver.ts:3 customer < resolver.ts:7 log' })).toMatchObject({ site: { file: '/app/resolver.ts', line: 7 } });
  });

  it('is told to have one data loader where it makes one for each row', () => {
    const loader = ['export const customers = () =>', '  new DataLoader(async (ids) => {', '    return find(ids);', '  });'];
    expect(asked(loader, { child: 'resolver.ts:3 _batchLoadFn' })?.advice).toMatchObject({
      kind: 'batch-in',
      editable: false,
      reason: expect.stringContaining('make one for each request') as string,
    });
  });

  it('is one’s own loop where the source shows one', () => {
    const looping = ['  async customers(orders) {', '    for (const order of orders)', '      await this.names.nameOf(order);', '  }'];
    expect(asked(looping)?.advice.reason).not.toContain('DataLoader');
  });

  it('is none outside of a GraphQL operation', () => {
    const found = asked(resolver, { kind: 'http' });
    expect(found).toMatchObject({ site: { file: '/app/names.ts', line: 3 }, advice: { kind: 'load-relations', editable: true } });
  });
});

describe('a function that was called twice, once for the rows and once for each of them', () => {
  const main = [
    'async function main() {',
    '  const orders = await ask(Order);',
    '  for (const order of orders)',
    '    await ask(Customer, order.customerId);',
    '}',
  ];
  const sources = { 'main.ts': main, 'ask.ts': ['async function ask(entity, id) {', '  return repository(entity).findBy({ id });', '}'] };

  it('holds no loop: its second caller does', () => {
    const found = findingOf('ask.ts:2 ask < main.ts:2 main', 'ask.ts:2 ask < main.ts:4 main', sources);
    expect(found).toMatchObject({ site: { file: '/app/main.ts', line: 4 }, parent: { site: { file: '/app/ask.ts', line: 2 }, proven: true } });
    expect(found?.message).toContain('through ask.ts:2');
  });

  it('holds it where it was called once, though its caller’s place is another behind an await', () => {
    const inside = {
      'main.ts': ['async function main() {', '  const one = ask();', '  return one;', '}'],
      'ask.ts': ['async function ask() {', '  const orders = await find(Order);', '  for (const order of orders)', '    await findBy(order);', '}'],
    };
    expect(findingOf('ask.ts:2 ask < main.ts:2 main', 'ask.ts:4 ask < ~main.ts:3 main', inside)).toMatchObject({
      site: { file: '/app/ask.ts', line: 4 },
    });
  });

  it('holds it where both are called from the same place', () => {
    const found = findingOf('ask.ts:2 ask < main.ts:2 main', 'ask.ts:4 ask < main.ts:2 main', {
      'main.ts': main,
      'ask.ts': ['async function ask() {', '  const orders = await find(Order);', '  for (const order of orders)', '    await findBy(order);', '}'],
    });
    expect(found).toMatchObject({ site: { file: '/app/ask.ts', line: 4 } });
  });
});

describe('a call that both came by', () => {
  const sources = { 'main.ts': ['', '', "await scope('import', run);"], 'names.ts': ['pool(orders, async (order) => find(order));'] };

  it('holds the loop somewhere within it', () => {
    const found = findingOf('orders.ts:1 run < main.ts:3 main', 'names.ts:1 limit < ~main.ts:3 main', sources);
    expect(found).toMatchObject({ site: { file: '/app/names.ts', line: 1 } });
  });

  it('is the loop’s line where it stands in a loop', () => {
    const inLoop = { ...sources, 'main.ts': ['', '', 'await Promise.all((await run()).map(limit));'] };
    const found = findingOf('orders.ts:1 run < main.ts:3 main', 'names.ts:1 limit < ~main.ts:3 main', inLoop);
    expect(found).toMatchObject({ site: { file: '/app/main.ts', line: 3 } });
  });
});

describe('a loop that may be left before its last row', () => {
  const search = [
    'async function main() {',
    '  for (const order of await orders.find()) {',
    '    const customer = await customers.find(order.customerId);',
    '    if (customer.active) return order;',
    '  }',
    '}',
  ];
  const asked = (lines: readonly string[], keys: readonly number[]) => {
    const app = new ProfiledApp({ sourceLine: (_file, line) => lines[line - 1] ?? null });
    app.request('GET /', () => {
      app.find(
        'Order',
        Array.from({ length: 10 }, (_, n) => ({ id: 701 + n, customerId: 601 + n })),
        { at: 'main.ts:2 main' },
      );
      for (const id of keys) app.findBy('Customer', 'id', id, [{ id }], { at: '~main.ts:3 main' });
    });
    return app.findings().map(({ kind, severity }) => `${severity} ${kind}`);
  };

  it('is told as information where it was', () => {
    expect(asked(search, [601, 602, 603])).toEqual(['info loop-n-plus-one']);
  });

  it('is warned of where it went over all rows, or skipped some', () => {
    expect(
      asked(
        search,
        Array.from({ length: 10 }, (_, n) => 601 + n),
      ),
    ).toEqual(['warning loop-n-plus-one']);
    expect(asked(search, [601, 603, 604, 607])).toEqual(['warning loop-n-plus-one']);
  });

  it('is warned of where nothing in it leaves it', () => {
    const whole = search.map((line) => line.replace('return order', 'out.push(order)'));
    expect(asked(whole, [601, 602, 603])).toEqual(['warning loop-n-plus-one']);
  });
});

describe('an async function that was compiled to a generator', () => {
  const names = (child: string) => findingOf('orders.ts:1 findOrders < main.ts:2 main', child, {})?.site;

  it.each([
    ['ES2015', 'names.ts:9 < names.js:8 < names.js:4 __awaiter < names.ts:7 nameOf'],
    ['ES5', 'names.ts:9 < names.js:33 step < names.js:14 < names.js:8 < names.js:4 __awaiter < names.ts:7 nameOf'],
  ])('is one frame with its line and its name: %s', (_, child) => {
    expect(names(child)).toMatchObject({ file: '/app/names.ts', line: 9, function: 'nameOf' });
  });

  it.each([
    ['ES2015', 'names.ts:9 < names.js:8 < names.js:4 __awaiter < names.ts:7 nameOf < main.ts:3 < main.js:5 fulfilled'],
    [
      'ES5',
      'names.ts:9 < names.js:33 step < names.js:14 < names.js:8 < names.js:4 __awaiter < names.ts:7 nameOf < main.ts:3 < main.js:33 step < main.js:14 < main.js:5 fulfilled',
    ],
  ])('is the loop’s, behind an await of its own: %s', (_, child) => {
    const found = findingOf('main.ts:2 < main.js:8 < main.js:4 __awaiter < main.ts:1 main', child, {});
    expect(found).toMatchObject({ site: { file: '/app/main.ts', line: 3 } });
    expect(found?.message).toContain('through names.ts:9');
  });

  it('is not made of callbacks, nor of a function that bears such a name', () => {
    expect(names('names.ts:9 < names.ts:8 < names.ts:7 nameOf')).toMatchObject({ line: 9, function: null });
    expect(names('names.ts:9 < names.ts:5 fulfilled < names.ts:7 nameOf')).toMatchObject({ line: 9, function: null });
  });
});
