/** Tests of Mocha: a scope for each, told by what its runner tells, and stacks as without the probe. */
import { expect, it } from 'vitest';
import { eventsOf, runApp, type App } from './app';
import { library } from './library';

/** What Mocha 11's runner does with tests, hooks and retries, as far as one can see it from outside: by callbacks, one out of the other. */
const runner = `
const { EventEmitter } = require('node:events');
const call = (fn, done) => setImmediate(() => {
  try {
    if (fn.length) fn(done);
    else Promise.resolve(fn()).then(() => done(), done);
  } catch (error) { done(error); }
});
module.exports = class Runner extends EventEmitter {
  hook(title, done) {
    const fn = this.suite[title];
    if (!fn) return done();
    const hook = { title, fn };
    this.emit('hook', hook);
    call(fn, (error) => {
      if (error) this.emit('fail', hook, error);
      else this.emit('hook end', hook);
      done(error);
    });
  }
  run(suite, done) {
    this.suite = suite;
    const tests = [...suite.tests];
    const finish = () => { this.emit('suite end', suite); done(); };
    const next = () => {
      const test = tests.shift();
      if (!test) return finish();
      if (!test.fn) { this.emit('pending', test); this.emit('test end', test); return next(); }
      this.emit('test', test);
      this.hook('beforeEach', (failed) => failed ? finish() : call(test.fn, (error) => {
        if (error && test.retries) {
          this.emit('retry', test, error);
          tests.unshift({ ...test, retries: test.retries - 1 });
        } else {
          this.emit(error ? 'fail' : 'pass', test, error);
          this.emit('test end', test);
        }
        this.hook('afterEach', next);
      }));
    };
    next();
  }
};`;

const app: App = {
  source: `
const Runner = require('mocha/lib/runner.js');
const { open, Author } = require('./library.cjs');
const runner = new Runner(), file = process.cwd() + '/shop.spec.js', parent = { title: 'shop', parent: { title: '' } };
runner.on('fail', ({ title }, { message, stack }) => console.log(title, message, stack.split('\\n').filter((line) => /^ +at/.test(line) && !/node:/.test(line)).length));
let authors, attempts = 0;
const tests = [
  { title: 'lists', fn: async () => { const list = await authors.find(); for (const { id } of list) await authors.findOneBy({ id }); } },
  { title: 'is skipped' },
  { title: 'throws at once', fn: () => { throw new Error('at once'); } },
  { title: 'is done', fn: (done) => { authors.find().then(() => done()); } },
  { title: 'is tried again', retries: 1, fn: async () => { await authors.count(); if (attempts++ === 0) throw new Error('once'); } },
].map((test) => ({ ...test, file, parent }));
(async () => {
  const ds = await open();
  authors = ds.getRepository(Author);
  const run = (suite) => new Promise((done) => runner.run(suite, done));
  const beforeEach = async () => { await authors.count(); await new Promise((done) => setTimeout(done, 40)); };
  await run({ tests, beforeEach, afterEach: (done) => { authors.count().then(() => done(), done); } });
  await authors.count();
  await run({ tests: [tests[0]], beforeEach: async () => { throw new Error('no fixture'); } });
  await authors.count();
  await ds.destroy();
})();`,
  files: { 'library.cjs': library, 'node_modules/mocha/lib/runner.js': runner },
};

it('each test has a scope; what hooks query, and what is queried between tests, belongs to none', async () => {
  const { events, operations, stderr } = await runApp(app);
  expect(stderr).toBe('');
  expect(eventsOf(events, 'scopeEnd')).toHaveLength(6);
  expect(
    eventsOf(events, 'scope').map(({ id, kind, name }) => `${kind} ${name}: ${operations.filter(({ start }) => start.scope === id).length}`),
  ).toEqual([
    'test shop.spec.js › shop › lists: 4',
    'test shop.spec.js › shop › throws at once: 0',
    'test shop.spec.js › shop › is done: 1',
    'test shop.spec.js › shop › is tried again: 1',
    'test shop.spec.js › shop › is tried again: 1',
    'test shop.spec.js › shop › lists: 0',
  ]);
  expect(operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(12);
  // What its hook takes is no time of the test's.
  const [lists] = eventsOf(events, 'scope');
  const hook = operations.find(({ api, scope, start }) => scope === null && api === 'Repository.count' && start.t < (lists?.t ?? 0));
  expect((lists?.t ?? 0) - (hook?.start.t ?? Infinity)).toBeGreaterThan(30);
});

it('failures look as without the probe', async () => {
  const [probed, without] = await Promise.all([runApp(app), runApp({ ...app, probe: 'none' })]);
  expect(without.stdout).toContain('at once');
  expect(probed.stdout).toBe(without.stdout);
});
