/** Tests of Node's own runner: a scope for each, and everything that the runner and the tests see as without the probe. */
import { describe, expect, it } from 'vitest';
import { nodeOfVscode } from '../nodeOfVscode';
import { eventsOf, runApp, type App } from './app';
import { library, nodeSqlite } from './library';

const tests = `
const { AsyncLocalStorage, executionAsyncId } = require('node:async_hooks');
const { open, Author } = require('./library.cjs');
const { describe, it, test, before, beforeEach, after } = require('node:test');
const stacks = [];
const stackOf = ({ stack }) => stack.replaceAll(__dirname, '').replace(/:\\d+:\\d+\\)/g, ')');
const own = new AsyncLocalStorage();
let ds, authors;
before(async () => { ds = await open(); authors = ds.getRepository(Author); await authors.count(); });
after(async () => { await ds.destroy(); console.error(JSON.stringify(stacks)); });
describe('shop', () => {
  beforeEach(async () => { await authors.count(); });
  it('lists', async () => { const list = await authors.find(); for (const { id } of list) await authors.findOneBy({ id }); });
  it('is done', (t, done) => { stacks.push(stackOf(new Error('callback'))); authors.find().then(() => done(), done); });
  it('is skipped', { skip: true }, () => {});
  it('asks nothing', () => { stacks.push(stackOf(new Error('plain'))); });
});
describe('at once', { concurrency: true }, () => {
  for (const count of [1, 2, 3]) it('number ' + count, async () => { for (let i = 0; i < count; i++) { await authors.find(); await new Promise((next) => setTimeout(next, 3)); } });
});
own.run('mine', () => test('outer', async (t) => {
  stacks.push(own.getStore());
  t.beforeEach(async () => { await authors.count(); });
  await authors.find();
  await t.test('inner', async () => { await authors.find(); await authors.find(); stacks.push(own.getStore()); });
  await test('found by where it runs', async () => { stacks.push(typeof executionAsyncId()); });
}));`;

const failing = `
const { open, Author } = require('./library.cjs');
const { it } = require('node:test');
it('first', async () => { const ds = await open(); await ds.getRepository(Author).find(); await ds.destroy(); });
it('throws at once', () => { throw new Error('at once'); });
it('throws later', async () => { await new Promise(setImmediate); throw new Error('later'); });
it('throws out of sight', () => { setTimeout(() => { throw new Error('out of sight'); }, 1); return new Promise((done) => setTimeout(done, 20)); });`;

const newer = nodeOfVscode();

const nodes: readonly { readonly name: string; readonly node?: string }[] = [
  { name: 'this Node.js' },
  ...(newer ? [{ name: `Node.js ${newer.version}`, node: newer.node }] : []),
];

describe.each(nodes)('node:test of $name', ({ node }) => {
  const app = (source: string): App => ({
    file: 'shop.test.cjs',
    source: node === undefined ? source : source.replaceAll('open()', "open({ driver: require('./driver.cjs') })"),
    files: { 'library.cjs': library, 'driver.cjs': nodeSqlite },
    nodeArguments: ['--test-reporter=tap', ...(node === undefined ? [] : ['--disable-warning=ExperimentalWarning'])],
    ...(node === undefined ? {} : { node }),
  });

  it('has a scope for each test, concurrent ones and subtests included; what hooks query belongs to none', async () => {
    const [probed, without] = await Promise.all([runApp(app(tests)), runApp({ ...app(tests), probe: 'none' })]);
    expect(probed.status).toBe(0);
    expect(probed.stderr).toBe(without.stderr);
    expect(withoutTimes(probed.stdout)).toBe(withoutTimes(without.stdout));
    const { events, operations } = probed;
    expect(eventsOf(events, 'notice')).toEqual([]);
    const ended = eventsOf(events, 'scopeEnd').map(({ id }) => id);
    const scopes = eventsOf(events, 'scope').map(({ id, kind, name }) => {
      expect(ended.filter((one) => one === id)).toHaveLength(1);
      return `${kind} ${name}: ${operations.filter(({ start }) => start.scope === id).length}`;
    });
    expect(scopes.sort()).toEqual([
      'test shop.test.cjs › at once › number 1: 1',
      'test shop.test.cjs › at once › number 2: 2',
      'test shop.test.cjs › at once › number 3: 3',
      'test shop.test.cjs › outer › found by where it runs: 0',
      'test shop.test.cjs › outer › inner: 2',
      'test shop.test.cjs › outer: 1',
      'test shop.test.cjs › shop › asks nothing: 0',
      'test shop.test.cjs › shop › is done: 1',
      'test shop.test.cjs › shop › lists: 4',
    ]);
    const counts = operations.filter(({ api }) => api === 'Repository.count');
    // Of the file, before each of the suite's tests that run, and before each subtest; Node.js 20 also runs them for tests that are skipped.
    expect(counts.length).toBeGreaterThanOrEqual(1 + 3 + 1);
    expect(counts.every(({ scope }) => scope === null)).toBe(true);
  });

  it('reports failures as without the probe', async () => {
    const [probed, without] = await Promise.all([runApp(app(failing)), runApp({ ...app(failing), probe: 'none' })]);
    expect(without.stdout).toContain('out of sight');
    expect(probed.status).toBe(1);
    expect(withoutTimes(probed.stdout)).toBe(withoutTimes(without.stdout));
  });
});

it('other resources keep their own method, before and behind tests', async () => {
  const { stdout, events } = await runApp({
    source: `
const { AsyncResource } = require('node:async_hooks');
const before = AsyncResource.prototype.runInAsyncScope;
const { open } = require('./library.cjs');
class Mine extends AsyncResource {}
const mine = new Mine('Mine');
console.log(mine.runInAsyncScope === before, mine.runInAsyncScope((a, b) => a + b, null, 1, 2), AsyncResource.bind(() => 4)());
class Test extends AsyncResource { run() {} }
console.log(new Test('Test').runInAsyncScope === before);
mine.runInAsyncScope = () => 5;
console.log(mine.runInAsyncScope(), Object.keys(mine));
open().then((ds) => ds.destroy());`,
    files: { 'library.cjs': library },
    env: { NODE_TEST_CONTEXT: 'child-v8' },
  });
  expect(stdout).toBe("true 3 4\ntrue\n5 [ 'runInAsyncScope' ]\n");
  expect(eventsOf(events, 'scope')).toEqual([]);
});

function withoutTimes(text: string): string {
  return text.replace(/\S*\.apps\/[^/\s]+/g, '').replace(/^.*duration_ms.*$/gm, '');
}
