/** What frameworks hand to the app without a request of Node's, and routes that they do not leave on the request. None takes what belongs to another. */
import { describe, expect, it } from 'vitest';
import { eventsOf, runApp, type ProbedOutcome } from './app';
import { endedScopes } from './endedScopes';
import { library } from './library';

/** @param packages files by their path in node_modules */
async function run(body: string, packages: Readonly<Record<string, string>> = {}): Promise<ProbedOutcome> {
  const outcome = await runApp({
    source: `
const { open, Author, Book } = require('./library.cjs');
const { EventEmitter } = require('node:events');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author);
  const each = async (n) => { for (let i = 0; i < n; i++) { await pause(2); await authors.findOneBy({ id: i }); } return n; };
${body}
  await ds.destroy();
})();`,
    files: { 'library.cjs': library, ...Object.fromEntries(Object.entries(packages).map(([name, text]) => [`node_modules/${name}`, text])) },
  });
  expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: '' });
  expect(eventsOf(outcome.events, 'notice')).toEqual([]);
  return outcome;
}

describe.each(['express', 'express-4'])('%s', (name) => {
  const app = `
  const { IncomingMessage, ServerResponse } = require('node:http');
  const express = require('${name}');
  const app = express(), admin = express();
  app.get('/authors/:id', async (request, response) => { await each(2); response.json(request.params); });
  admin.get('/count', async (request, response) => { await authors.count(); response.end('3'); });
  app.use('/admin', admin);`;

  it('has a scope for requests that are made up, mounted apps included', async () => {
    const outcome = await run(`${app}
  const ask = (url) => new Promise((done) => {
    const request = Object.assign(new IncomingMessage(null), { method: 'GET', url, headers: {} });
    const response = new ServerResponse(request);
    response.on('finish', () => done(response.statusCode));
    response.assignSocket(new (require('node:stream').PassThrough)());
    app(request, response);
  });
  console.log(await Promise.all([ask('/authors/7'), ask('/admin/count'), ask('/nothing')]));
  await authors.count();`);
    expect(outcome.stdout).toBe('[ 200, 200, 404 ]\n');
    expect(endedScopes(outcome).sort()).toEqual(['http GET /admin/count: 1', 'http GET /authors/:id: 2', 'http GET /nothing: 0']);
  });

  it('has one scope for each request of a server', async () => {
    const outcome = await run(`${app}
  const server = app.listen(0);
  await new Promise((done) => server.on('listening', done));
  await fetch('http://127.0.0.1:' + server.address().port + '/admin/count');
  server.closeAllConnections(); server.close();`);
    expect(endedScopes(outcome)).toEqual(['http GET /admin/count: 1']);
  });

  it('has requests named by their path where its route only hands everything on', async () => {
    const [everything, files] = name === 'express' ? ['/{*rest}', '/files/*file'] : ['*', '/files/*'];
    const outcome = await run(`${app}
  app.get('${files}', (request, response) => response.end('file'));
  app.all('${everything}', async (request, response) => { await authors.findOneBy({ id: 1 }); response.end('page'); });
  const server = app.listen(0);
  await new Promise((done) => server.on('listening', done));
  for (const path of ['/shop/7', '/cart?x=1', '/files/a/b', '/authors/3']) await fetch('http://127.0.0.1:' + server.address().port + path);
  server.closeAllConnections(); server.close();`);
    expect(endedScopes(outcome)).toEqual(['http GET /shop/7: 1', 'http GET /cart: 1', `http GET ${files}: 0`, 'http GET /authors/:id: 2']);
  });
});

describe('routes', () => {
  const server = (answer: string): string => `
  const server = require('node:http').createServer(async (request, response) => { ${answer} });
  await new Promise((done) => server.listen(0, done));
  const ask = async (path) => (await fetch('http://127.0.0.1:' + server.address().port + path)).text();`;
  const close = 'server.closeAllConnections(); server.close();';

  it('of hapi are told by its own request', async () => {
    const outcome = await run(
      `
  const Request = require('@hapi/hapi/lib/request.js');
  ${server(`
    const hapi = Request.generate({}, request, response);
    await authors.count();
    if (request.url !== '/nothing') hapi.route = { method: 'get', path: '/authors/{id}' };
    response.end('ok');`)}
  console.log(await ask('/authors/seven'), await ask('/nothing'));
  ${close}`,
      {
        '@hapi/hapi/lib/request.js': `
module.exports = class Request {
  static generate(server, req, res) { return new Request(req, res); }
  constructor(req, res) { this.raw = { req, res }; this.route = { method: '_special', path: '/{p*}' }; }
};`,
      },
    );
    expect(outcome.stdout).toBe('ok ok\n');
    expect(endedScopes(outcome)).toEqual(['http GET /authors/{id}: 1', 'http GET /nothing: 1']);
  });

  it('of h3 are told by its event, with the base that a router is used under', async () => {
    const outcome = await run(
      `
  const { H3Event } = require('h3');
  ${server(`
    const [path, pattern] = request.url.split('?');
    const event = new H3Event(request, response);
    // As app.use(base, router) and useBase do.
    request.originalUrl = path;
    if (pattern) request.url = path.replace(/^[/]api/, '');
    event.path;
    await authors.count();
    if (pattern) event.context.matchedRoute = { path: decodeURIComponent(pattern) };
    response.end(event.path);`)}
  const asks = [['/', '/'], ['/authors/7', '/authors/:id'], ['/api/books/7', '/books/:id'], ['/api/', '/'], ['/files/a/b', '/files/**'],
    ['/api/files/a/b', '/files/**:path'], ['/pages/7', '/**'], ['/nothing']];
  const answers = [];
  for (const [path, pattern] of asks) answers.push(await ask(path + (pattern ? '?' + encodeURIComponent(pattern) : '')));
  console.log(answers.join(' '));
  ${close}`,
      {
        'h3/package.json': '{"main":"./dist/index.cjs"}',
        'h3/dist/index.cjs': `
exports.H3Event = class H3Event {
  context = {};
  constructor(req, res) { this.node = { req, res }; }
  get path() { return this.node.req.url; }
};`,
      },
    );
    expect(outcome.stdout).toBe('/ /authors/7 /books/7 / /files/a/b /files/a/b /pages/7 /nothing\n');
    expect(endedScopes(outcome)).toEqual([
      'http GET /: 1',
      'http GET /authors/:id: 1',
      'http GET /api/books/:id: 1',
      'http GET /api: 1',
      'http GET /files/**: 1',
      'http GET /api/files/a/b: 1',
      'http GET /pages/7: 1',
      'http GET /nothing: 1',
    ]);
  });

  it('of AdonisJS are told by the context that it publishes, once it has matched one', async () => {
    const outcome = await run(`
  const { start } = require('node:diagnostics_channel').tracingChannel('adonisjs.http.request');
  start.publish(undefined);
  start.publish({ ctx: {} });
  ${server(`
    const ctx = { request: { request } };
    start.publish({ ctx });
    await authors.count();
    if (request.url.startsWith('/authors')) ctx.route = { pattern: '/authors/:id' };
    if (request.url.startsWith('/pages')) ctx.route = { pattern: '/*' };
    response.end('ok');`)}
  for (const path of ['/authors/7', '/authors/8', '/pages/7', '/nothing']) console.log(await ask(path));
  ${close}`);
    expect(outcome.stdout).toBe('ok\nok\nok\nok\n');
    expect(endedScopes(outcome)).toEqual(['http GET /authors/:id: 1', 'http GET /authors/:id: 1', 'http GET /pages/7: 1', 'http GET /nothing: 1']);
  });

  it('of tRPC are the procedures, each once, whatever a batch asks of them', async () => {
    const outcome = await run(`${server(`
    await authors.count();
    if (request.url.startsWith('/trpc/')) request.route = { path: '/trpc/:path' };
    if (request.url.startsWith('/tags/')) request.route = { path: '/tags/:tags' };
    response.end('ok');`)}
  for (const path of ['/author.get,author.get,book.all?batch=1', '/trpc/author.get?input=3', '/tags/red,red?batch=1', '/red,red']) await ask(path);
  ${close}`);
    expect(endedScopes(outcome)).toEqual([
      'http GET /author.get,book.all: 1',
      'http GET /trpc/author.get: 1',
      'http GET /tags/:tags: 1',
      'http GET /red,red: 1',
    ]);
    const asked = eventsOf(outcome.events, 'scope').map((scope) => scope.asked);
    expect(asked).toEqual([{ 'author.get': 2 }, undefined, { red: 2 }, undefined]);
  });

  it('of LoopBack are those that it looks up', async () => {
    const outcome = await run(
      `
  const { RoutingTable } = require('@loopback/rest/dist/router/routing-table.js');
  const table = new RoutingTable();
  ${server(`
    try { response.end(table.find(request).spec); } catch (error) { response.end(error.message); }`)}
  console.log(await ask('/authors/seven'), await ask('/static'), await ask('/nothing'));
  ${close}`,
      {
        '@loopback/rest/dist/router/routing-table.js': `
exports.RoutingTable = class RoutingTable {
  find(request) {
    if (request.url === '/nothing') throw new Error('mine');
    return request.url === '/static' ? { spec: 'file' } : { path: '/authors/{id}', spec: 'api' };
  }
};`,
      },
    );
    expect(outcome.stdout).toBe('api file mine\n');
    expect(endedScopes(outcome)).toEqual(['http GET /authors/{id}: 0', 'http GET /static: 0', 'http GET /nothing: 0']);
  });

  it('are put together from the parameters that a router leaves on the request, where they can stand in one place only', async () => {
    const outcome = await run(`${server(`
    request.params = JSON.parse(new URL(request.url, 'http://x').searchParams.get('p'));
    response.end('ok');`)}
  const params = (value) => '?p=' + encodeURIComponent(JSON.stringify(value));
  await ask('/authors/ann%20b/books/11' + params({ name: 'ann b', book: 11 }));
  await ask('/books/books' + params({ shelf: 'books' }));
  await ask('/books/7' + params({ shelf: 'other' }));
  await ask('/books/7' + params({}));
  await ask('/books/7' + params('text'));
  ${close}`);
    expect(endedScopes(outcome)).toEqual([
      'http GET /authors/:name/books/:book: 0',
      'http GET /books/books: 0',
      'http GET /books/7: 0',
      'http GET /books/7: 0',
      'http GET /books/7: 0',
    ]);
  });

  it('of Feathers are put together from what it has looked up', async () => {
    const outcome = await run(`${server(`
    request.path = request.url;
    if (request.url !== '/mine/4') request.lookup = { service: {}, params: request.url === '/authors' ? {} : { __id: '4' } };
    else request.lookup = { params: { __id: '4' } };
    response.end('ok');`)}
  for (const path of ['/authors/4', '/authors', '/mine/4']) await ask(path);
  ${close}`);
    expect(endedScopes(outcome)).toEqual(['http GET /authors/:id: 0', 'http GET /authors: 0', 'http GET /mine/4: 0']);
  });
});

describe('messages', () => {
  it('of socket.io have a scope each, with the event’s name, whatever listeners do with it', async () => {
    const outcome = await run(
      `
  const { Socket } = require('socket.io/dist/socket.js');
  const socket = new Socket();
  const done = [];
  socket.on('list', async (n) => { done.push(await each(n)); });
  socket.on('nothing', () => done.push(0));
  socket.dispatch(['list', 3]); socket.dispatch(['list', 2]); socket.dispatch(['nothing']);
  while (done.length < 3) await pause(2);
  await authors.count();`,
      {
        'socket.io/dist/socket.js': `
const { EventEmitter } = require('node:events');
exports.Socket = class Socket extends EventEmitter { dispatch(event) { process.nextTick(() => super.emit(...event)); } };`,
      },
    );
    expect(endedScopes(outcome)).toEqual(['job message list: 3', 'job message list: 2']);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(1);
  });

  it('of WebSockets have one on servers; that of a library behind them bears its name', async () => {
    const outcome = await run(
      `
  const WebSocket = require('ws/lib/websocket.js');
  const { Socket } = require('socket.io/dist/socket.js');
  const done = [];
  const socketOf = (isServer) => Object.assign(new WebSocket(), { _isServer: isServer }).on('message', async (n) => { done.push(await each(n)); });
  const socket = new Socket().on('list', async (n) => { done.push(await each(n)); });
  const server = socketOf(true);
  console.log(server.emit('message', 2), server.emit('ping'), socketOf(false).emit('message', 1));
  new WebSocket().on('message', (n) => socket.dispatch(['list', n])).emit('message', 1);
  Object.assign(new WebSocket(), { _isServer: true }).on('message', (n) => socket.dispatch(['list', n])).emit('message', 3);
  while (done.length < 4) await pause(2);`,
      {
        'ws/lib/websocket.js': `module.exports = class WebSocket extends require('node:events').EventEmitter {};`,
        'socket.io/dist/socket.js': `
const { EventEmitter } = require('node:events');
exports.Socket = class Socket extends EventEmitter { dispatch(event) { process.nextTick(() => super.emit(...event)); } };`,
      },
    );
    expect(outcome.stdout).toBe('true false true\n');
    expect(endedScopes(outcome).sort()).toEqual(['job message list: 1', 'job message list: 3', 'job message: 2']);
  });

  it('are actions and events of Moleculer, unless something else of the app calls them', async () => {
    const outcome = await run(
      `
  const Service = require('moleculer/src/service.js');
  const service = new Service();
  const one = service._createAction(() => each(2), 'one');
  const all = service._createAction(async function () { for (let i = 0; i < 2; i++) await one.handler(); return this.name; }, 'all');
  const made = service._createEvent(() => each(1), 'author.made');
  console.log(await Promise.all([one.handler(), all.handler(), made.handler()]), one.service === service);
  await globalThis[Symbol.for('relation-lens')].scope('mine', () => one.handler());`,
      {
        'moleculer/src/service.js': `
module.exports = class Service {
  name = 'authors';
  _createAction(handler, name) { return { name: this.name + '.' + name, service: this, handler: async (...args) => handler.apply(this, args) }; }
  _createEvent(handler, name) { return { name, service: this, handler: (ctx) => handler.call(this, ctx) }; }
};`,
      },
    );
    expect(outcome.stdout).toBe("[ 2, 'authors', 1 ] true\n");
    expect(endedScopes(outcome).sort()).toEqual([
      'custom mine: 2',
      'job action authors.all: 4',
      'job action authors.one: 2',
      'job event author.made: 1',
    ]);
  });
});

describe('jobs', () => {
  it('of pg-boss, Agenda and bee-queue are named by their queue', async () => {
    const outcome = await run(
      `
  const Manager = require('pg-boss/src/manager.js'), { Job } = require('agenda/dist/job/index.js'), Queue = require('bee-queue/lib/queue.js');
  const work = await new Manager().work('mail', { batchSize: 2 }, async (jobs) => each(jobs.length));
  console.log(await Promise.all([work([1, 2, 3]), new Job('digest', () => each(2)).run(), new Queue('letters', () => each(1))._runJob({})]));
  console.log(await new Manager().work('no handler'));`,
      {
        'pg-boss/src/manager.js': 'module.exports = class Manager { async work(name, ...args) { return args.at(-1); } };',
        'agenda/dist/job/index.js': `
exports.Job = class Job { constructor(name, run) { this.attrs = { name }; this.process = run; } };
exports.Job.prototype.run = async function () { return this.process(); };`,
        'bee-queue/lib/queue.js': `
module.exports = class Queue { constructor(name, handler) { this.name = name; this.handler = handler; } _runJob(job) { return this.handler(job); } };`,
      },
    );
    expect(outcome.stdout).toBe('[ 3, 2, 1 ]\nundefined\n');
    expect(endedScopes(outcome).sort()).toEqual(['job job digest: 2', 'job job letters: 1', 'job job mail: 3']);
  });

  it('of node-schedule and croner are named by their name or their times, and do not mix', async () => {
    const outcome = await run(
      `
  const { Job } = require('node-schedule/lib/Job.js'), { Cron } = require('croner/dist/croner.cjs'), Cron8 = require('older/node_modules/croner/dist/croner.min.cjs');
  const runs = [
    new Job('nightly', () => each(2)).invoke(new Date()),
    new Job('<Anonymous Job 1 2026-11-24T03:00:00.000Z>', () => each(1)).invoke(new Date()),
    new Cron('0 3 * * *', { name: 'letters' }, () => each(3))._trigger(),
    new Cron('0 4 * * *', {}, () => each(1))._trigger(),
    new Cron8('0 5 * * *', {}, () => each(2))._trigger(),
  ];
  console.log(await Promise.all(runs));
  const failing = new Job('failing', async () => { await each(1); throw new Error('mine'); });
  console.log(await failing.invoke().catch((error) => error.message));`,
      {
        'node-schedule/lib/Job.js': `
function Job(name, job) { this.job = job; Object.defineProperty(this, 'name', { value: name, enumerable: true }); }
Job.prototype.invoke = function (fireDate) { return this.job(fireDate); };
module.exports = { Job };`,
        'croner/dist/croner.cjs': `
exports.Cron = class S { constructor(pattern, options, fn) { this.name = options.name; this.options = options; this._states = { pattern: { pattern } }; this.fn = fn; }
  async _trigger() { return await this.fn(this); } };`,
        'older/node_modules/croner/dist/croner.min.cjs': `
function Cron(pattern, options, fn) { this._states = { pattern: { pattern } }; this.fn = fn; }
Cron.prototype._trigger = async function () { return await this.fn(this); };
module.exports = Cron;`,
      },
    );
    expect(outcome.stdout).toBe('[ 2, 1, 3, 1, 2 ]\nmine\n');
    expect(endedScopes(outcome).sort()).toEqual([
      'job cron 0 4 * * *: 1',
      'job cron 0 5 * * *: 2',
      'job cron letters: 3',
      'job job <Anonymous Job 1>: 1',
      'job job failing: 1',
      'job job nightly: 2',
    ]);
  });

  it('of graphile-worker are named by their task, also by one that is added later, and do not mix', async () => {
    const outcome = await run(
      `
  const { makeNewWorker } = require('graphile-worker/dist/worker.js');
  const tasks = Object.freeze({ mail: async (n, helpers) => [await each(n), helpers], fails: async () => { await each(1); throw new Error('mine'); } });
  const later = Object.create(null);
  const [worker, watching] = [makeNewWorker({ shared: 1 }, { tasks, more: 2 }), makeNewWorker({ shared: 1 }, { tasks: later })];
  later.added = () => each(2);
  console.log(await Promise.all([worker('mail', 3), worker('mail', 1), worker('fails').catch((error) => error.message), watching('added')]));
  console.log(await worker('toString').catch((error) => error.message), await makeNewWorker(3)('none').catch((error) => error.message));
  await authors.count();`,
      {
        'graphile-worker/dist/worker.js': `
exports.makeNewWorker = function makeNewWorker(options, params) {
  return async (name, payload) => {
    const task = params.tasks[name];
    if (!task || !Object.keys(params).includes('tasks') || (options.shared && name === 'toString')) throw new Error('unsupported ' + typeof task);
    return task(payload, params.more);
  };
};`,
      },
    );
    expect(outcome.stdout).toBe("[ [ 3, 2 ], [ 1, 2 ], 'mine', 2 ]\nunsupported function Cannot read properties of undefined (reading 'tasks')\n");
    expect(endedScopes(outcome).sort()).toEqual(['job job added: 2', 'job job fails: 1', 'job job mail: 1', 'job job mail: 3']);
  });
});

describe('Cucumber', () => {
  it('has a scope for each step that asks for something; what hooks query belongs to none', async () => {
    const outcome = await run(
      `
  const Runner = require('@cucumber/cucumber/lib/runtime/test_case_runner.js').default;
  const scenario = (name, steps) => Object.assign(new Runner(), { pickle: { name, uri: 'features/shop.feature' }, gherkinDocument: { feature: { name: 'Shop' } }, steps });
  const hook = { hook: () => authors.count() }, step = (n) => ({ text: n + ' authors', step: () => each(n) });
  console.log(await scenario('Lists', [hook, step(2), hook, step(0), step(1), hook]).runAttempt());
  console.log(await scenario('Fails', [step(1), { step: () => { throw new Error('mine'); } }]).runAttempt().catch((error) => error.message));
  await authors.count();`,
      {
        '@cucumber/cucumber/lib/runtime/test_case_runner.js': `
exports.default = class TestCaseRunner {
  async invokeStep(step, definition) { return await definition(); }
  async runAttempt() { for (const { hook, text, step } of this.steps) await (hook ? this.invokeStep(null, hook) : this.invokeStep({ text }, step)); return false; }
};`,
      },
    );
    expect(outcome.stdout).toBe('false\nmine\n');
    expect(endedScopes(outcome)).toEqual([
      'test features/shop.feature › Shop › Lists › 2 authors: 2',
      'test features/shop.feature › Shop › Lists › 1 authors: 1',
      'test features/shop.feature › Shop › Fails › 1 authors: 1',
    ]);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(4);
    // A step goes on from the one before that has asked for something; another scenario does not.
    const begun = eventsOf(outcome.events, 'scope');
    expect(begun.map(({ follows }) => begun.findIndex(({ id }) => id === follows))).toEqual([-1, 0, -1]);
  });
});

describe('AVA', () => {
  it('has a scope for each test, of its file; what a test tries is a part of it', async () => {
    const outcome = await run(
      `
  const Runner = require('ava/lib/runner.js');
  const runner = new Runner(require('node:path').resolve('test/shop.js'));
  const test = (title, fn) => ({ title, implementation: fn, metadata: {} });
  console.log(await Promise.all([runner.runTest(test('lists', () => each(2))), runner.runTest(test('counts', (t) => t.try(() => each(1)))), runner.runTest(test('says', () => 7))]));`,
      {
        'ava/lib/runner.js': `
const Test = require('./test.js');
module.exports = class Runner {
  constructor(file) { this.file = file; }
  async runTest({ title, implementation: fn, metadata }) {
    return new Test({ title, metadata, fn }).run();
  }
};`,
        'ava/lib/test.js': `
module.exports = class Test {
  constructor(options) { Object.assign(this, options); }
  callFn() { return this.fn({ try: (fn) => new Test({ ...this, title: 'attempt', fn }).run() }); }
  run() { return this.callFn(); }
};`,
      },
    );
    expect(outcome.stdout).toBe('[ 2, 1, 7 ]\n');
    expect(endedScopes(outcome)).toEqual(['test test/shop.js › lists: 2', 'test test/shop.js › counts: 1', 'test test/shop.js › says: 0']);
  });

  it('has none for its hooks', async () => {
    const outcome = await run(
      `
  const Test = require('ava/lib/test.js');
  await new Test({ title: 'beforeEach', isHook: true, metadata: {}, fn: () => authors.count() }).run();
  await new Test({ title: 'fails', metadata: {}, fn: async () => { await each(1); throw new Error('mine'); } }).run().catch((error) => console.log(error.message));`,
      {
        'ava/lib/test.js': `module.exports = class Test { constructor(options) { Object.assign(this, options); } callFn() { return this.fn(); } run() { return this.callFn(); } };`,
      },
    );
    expect(outcome.stdout).toBe('mine\n');
    expect(endedScopes(outcome)).toEqual(['test fails: 1']);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(1);
  });
});

describe('tap', () => {
  it.each([
    ['@tapjs/core/dist/commonjs/test-base.js', 'exports.TestBase ='],
    ['libtap/lib/test.js', 'module.exports ='],
  ])('has a scope for each test, those within others too: %s', async (file, exported) => {
    const outcome = await run(
      `
  const loaded = require('${file}');
  const Test = loaded.TestBase ?? loaded;
  const start = (test) => new Promise((done) => test.main(() => done(test.answer)));
  const root = new Test({ name: 'TAP' });
  console.log(await start(new Test({ name: 'lists', parent: root, cb: () => each(2) })));
  const outer = new Test({ name: 'counts', parent: root, cb: async (t) => { await authors.count(); return start(new Test({ name: 'inner', parent: t, cb: () => each(3) })); } });
  console.log(await start(outer), await start(root));
  await authors.count();`,
      {
        [file]: `
${exported} class Test {
  constructor(options) { Object.assign(this, options); }
  main(done) { Promise.resolve(this.cb?.(this)).then((answer) => { this.answer = answer; done(); }); }
};`,
      },
    );
    expect(outcome.stdout).toBe('2\n3 undefined\n');
    expect(endedScopes(outcome)).toEqual(['test app.cjs › lists: 2', 'test app.cjs › counts: 1', 'test app.cjs › counts › inner: 3']);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(1);
  });
});

describe('AWS Lambda', () => {
  it('has a scope for each call of a handler by serverless-offline, whichever way it answers', async () => {
    const outcome = await run(
      `
  const { load } = require('serverless-offline/src/lambda/handler-runner/in-process-runner/aws-lambda-ric/UserFunction.js');
  const handlers = {
    promise: Object.assign(async (event, context) => each(event.n + context.n), { streams: true }),
    callback: (event, context, callback) => { each(1).then((n) => callback(null, n)); },
    now: (event, context, callback) => callback(null, 0),
    fails: async () => { throw new Error('mine'); },
  };
  const call = async (name) => {
    const handler = await load('/app', '/app/src/shop.' + name, handlers);
    return new Promise((resolve, reject) => {
      const answer = handler({ n: 1 }, { n: 1 }, (error, value) => (error ? reject(error) : resolve(value)));
      if (answer) answer.then(resolve, reject);
    });
  };
  console.log(await Promise.all([call('promise'), call('callback'), call('now'), call('fails').catch((error) => error.message)]));
  console.log((await load('', 'x.promise', handlers)).streams, await load('', 'x.none', handlers));
  await globalThis[Symbol.for('relation-lens')].scope('mine', () => call('promise'));
  await authors.count();`,
      {
        'serverless-offline/src/lambda/handler-runner/in-process-runner/aws-lambda-ric/UserFunction.js': `
module.exports.load = async function (root, handler, handlers) { return handlers[handler.split('.').at(-1)]; };`,
      },
    );
    expect(outcome.stdout).toBe("[ 2, 1, 0, 'mine' ]\ntrue undefined\n");
    expect(endedScopes(outcome).sort()).toEqual([
      'custom mine: 2',
      'job lambda shop.callback: 1',
      'job lambda shop.fails: 0',
      'job lambda shop.now: 0',
      'job lambda shop.promise: 2',
    ]);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count')).toHaveLength(1);
  });

  it('has one for each call by lambda-local, whose promise tells of its end', async () => {
    const outcome = await run(
      `
  const { execute } = require('lambda-local/build/lambdalocal.js');
  const lambdaFunc = { handler: (event) => each(event) };
  console.log(await Promise.all([execute({ lambdaFunc, event: 2 }), execute({ lambdaFunc, event: 1, lambdaPath: '/app/shop.js', lambdaHandler: 'handler' })]));
  await new Promise((done) => execute({ lambdaFunc, event: 3, callback: done }));`,
      {
        'lambda-local/build/lambdalocal.js': `
exports.execute = ({ lambdaFunc, event, callback }) => { const answer = lambdaFunc.handler(event); return callback ? void answer.then(callback) : answer; };`,
      },
    );
    expect(outcome.stdout).toBe('[ 2, 1 ]\n');
    expect(endedScopes(outcome)).toEqual(['job lambda handler: 2', 'job lambda shop.handler: 1']);
    expect(outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.findOneBy')).toHaveLength(3);
  });
});
