/** Scopes beside plain requests: Nest's routes, GraphQL operations, jobs, tests of Vitest. None takes what belongs to another. */
import { describe, expect, it } from 'vitest';
import { eventsOf, runApp, type App, type ProbedOutcome } from './app';
import { endedScopes } from './endedScopes';
import { library } from './library';

async function run(body: string, more: Partial<App> = {}): Promise<ProbedOutcome> {
  const outcome = await runApp({
    source: `
const { open, Author, Book } = require('./library.cjs');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author);
${body}
  await ds.destroy();
})();`,
    files: { 'library.cjs': library },
    ...more,
  });
  expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: '' });
  return outcome;
}

describe('Nest', () => {
  it('has routes with their controller’s path', async () => {
    const outcome = await run(`
  const { Module, Controller, Get, Param } = require('@nestjs/common');
  const { NestFactory } = require('@nestjs/core');
  class AuthorsController { one(id) { return authors.findOneBy({ id: Number(id) }); } }
  Controller('authors')(AuthorsController);
  Get(':id')(AuthorsController.prototype, 'one', Object.getOwnPropertyDescriptor(AuthorsController.prototype, 'one'));
  Param('id')(AuthorsController.prototype, 'one', 0);
  class AppModule {}
  Module({ controllers: [AuthorsController] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0);
  console.log(await (await fetch('http://127.0.0.1:' + app.getHttpServer().address().port + '/authors/2')).text());
  app.getHttpServer().closeAllConnections();
  await app.close();`);
    expect(outcome.stdout).toBe('{"id":2,"name":"Bob"}\n');
    expect(endedScopes(outcome)).toEqual(['http GET /authors/:id: 1']);
  });
});

describe('Hono', () => {
  it('has routes, where it is required', async () => {
    const outcome = await run(
      `
  const { Router } = require('hono/dist/cjs/router/trie-router/router.js');
  const router = new Router();
  const add = (method, path, handler) => router.add(method, path, [handler, { path, method, handler }]);
  add('ALL', '/*', (next) => authors.count().then(next));
  add('GET', '/authors/:id', () => authors.findOneBy({ id: 2 }));
  const server = require('node:http').createServer(async (request, response) => {
    const [middleware, handler] = router.entries;
    response.end(JSON.stringify(await middleware[0](() => handler[0]())));
  });
  await new Promise((done) => server.listen(0, done));
  console.log(await (await fetch('http://127.0.0.1:' + server.address().port + '/authors/2')).text());
  const mine = [];
  router.add('GET', '/mine', mine); router.add('GET', '/mine', 'mine'); router.add('GET', '/mine', [() => 1, { path: 3 }]);
  router.entries[1][0] = 'replaced';
  console.log(router.entries[1][0], Object.keys(router.entries[1]), router.entries.length);
  server.closeAllConnections(); server.close();`,
      {
        files: {
          'library.cjs': library,
          'node_modules/hono/dist/cjs/router/trie-router/router.js': `
exports.Router = class { entries = []; add(method, path, entry) { this.entries.push(entry); } };`,
        },
      },
    );
    expect(outcome.stdout).toBe('{"id":2,"name":"Bob"}\nreplaced [ \'0\', \'1\' ] 5\n');
    expect(endedScopes(outcome)).toEqual(['http GET /authors/:id: 2']);
  });
});

describe('GraphQL', () => {
  const schema = `
  const { buildSchema } = require('graphql');
  const schema = buildSchema('type Author { id: Int name: String } type Query { authors: [Author] author(id: Int): Author } type Mutation { rename(id: Int, name: String): Author }');
  const rootValue = {
    authors: () => authors.find(),
    author: async ({ id }) => { await pause(5); return authors.findOneBy({ id }); },
    rename: async ({ id, name }) => { await authors.update(id, { name }); return authors.findOneBy({ id }); },
  };`;

  it('has a scope for each operation that asks for more than the schema, by its name, with a hash of its result', async () => {
    const outcome = await run(`${schema}
  const { createHandler } = require('graphql-http/lib/use/http');
  const server = require('node:http').createServer(createHandler({ schema, rootValue }));
  await new Promise((done) => server.listen(0, done));
  const ask = async (query, operationName) => (await fetch('http://127.0.0.1:' + server.address().port, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, operationName }) })).json();
  await Promise.all([
    ask('query Two { a: author(id: 1) { name } b: author(id: 2) { name } }'),
    ask('query All { authors { id } } query One { author(id: 3) { name } }', 'One'),
  ]);
  await ask('mutation Rename { rename(id: 1, name: "Eve") { name } }');
  await ask('{ __typename authors { name } }');
  await ask('query Introspection { __typename __schema { queryType { name } } }');
  console.log(JSON.stringify(await ask('{ nonsense }')).includes('Cannot query field'));
  server.closeAllConnections(); server.close();`);
    expect(outcome.stdout).toBe('true\n');
    const asked = eventsOf(outcome.events, 'scope').flatMap((scope) => (scope.asked ? [[scope.name, scope.asked]] : []));
    expect(asked).toEqual([['GraphQL query Two', { author: 2 }]]);
    expect(
      endedScopes(outcome)
        .filter((scope) => !scope.startsWith('http'))
        .sort(),
    ).toEqual([
      'graphql GraphQL mutation Rename: 2',
      'graphql GraphQL query (unnamed): 1',
      'graphql GraphQL query One: 1',
      'graphql GraphQL query Two: 2',
    ]);
    const operations = eventsOf(outcome.events, 'scope').filter(({ kind }) => kind === 'graphql');
    const requests = eventsOf(outcome.events, 'scope').filter(({ kind }) => kind === 'http');
    expect(operations.every(({ within }) => requests.some(({ id }) => id === within))).toBe(true);
    const hashes = operations.map(({ id }) => eventsOf(outcome.events, 'scopeEnd').find((end) => end.id === id)?.responseHash);
    expect(new Set(hashes).size).toBe(4);
    expect(hashes).not.toContain(null);
  });

  it('is seen through Yoga as well, which does not call the package graphql', async () => {
    const outcome = await run(
      `
  const executor = require('@graphql-tools/executor');
  const document = { definitions: [{ kind: 'OperationDefinition', operation: 'query', name: { value: 'Counting' } }] };
  console.log(await executor.normalizedExecutor({ document, run: () => authors.count() }));`,
      {
        files: {
          'library.cjs': library,
          'node_modules/@graphql-tools/executor/package.json': '{"main":"cjs/index.js"}',
          'node_modules/@graphql-tools/executor/cjs/index.js': `
const execution = require('./execution/execute.js');
exports.normalizedExecutor = (args) => (0, execution.execute)(args);`,
          'node_modules/@graphql-tools/executor/cjs/execution/execute.js': 'exports.execute = execute; function execute(args) { return args.run(); }',
        },
      },
    );
    expect(outcome.stdout).toBe('3\n');
    expect(endedScopes(outcome)).toEqual(['graphql GraphQL query Counting: 1']);
  });

  it('is seen through Apollo as well', async () => {
    const outcome = await run(`
  const { ApolloServer } = require('@apollo/server');
  const server = new ApolloServer({ typeDefs: 'type Query { count: Int }', resolvers: { Query: { count: () => authors.count() } } });
  const { body } = await server.executeOperation({ query: 'query Counting { count }' });
  console.log(JSON.stringify(body.singleResult.data));
  await server.stop();`);
    expect(outcome.stdout).toBe('{"count":3}\n');
    expect(endedScopes(outcome)).toEqual(['graphql GraphQL query Counting: 1']);
  });
});

describe('jobs', () => {
  it('of BullMQ are named by queue and job, and do not mix', async () => {
    const outcome = await run(`
  const { Worker } = require('bullmq');
  const worker = Object.create(Worker.prototype);
  worker.processFn = async (job) => { for (let i = 0; i < job.data; i++) { await pause(2); await authors.findOneBy({ id: i }); } return job.data; };
  const process = (name, data) => worker.callProcessJob({ queueName: 'mail', name, data }, 'token');
  console.log(await Promise.all([process('welcome', 3), process('digest', 2)]));
  const mine = new Error('mine');
  worker.processFn = async () => { throw mine; };
  console.log((await process('failing', 1).catch((error) => error)) === mine);`);
    expect(outcome.stdout).toBe('[ 3, 2 ]\ntrue\n');
    expect(endedScopes(outcome)).toEqual(['job job mail welcome: 3', 'job job mail digest: 2', 'job job mail failing: 0']);
  });

  it('of cron are named by their name or their times', async () => {
    const outcome = await run(`
  const { CronJob } = require('cron');
  for (const name of [undefined, 'nightly']) {
    const job = CronJob.from({ cronTime: '0 0 3 * * *', onTick: () => authors.find(), name, waitForCompletion: true });
    await job.fireOnTick();
  }`);
    expect(endedScopes(outcome)).toEqual(['job cron 0 0 3 * * *: 1', 'job cron nightly: 1']);
  });

  it('of cron last until they are done, though the tick does not wait for them', async () => {
    const outcome = await run(`
  const { CronJob } = require('cron');
  const done = [];
  const onTick = async () => { for (const id of [1, 2, 3]) { await pause(2); await authors.findOneBy({ id }); } done.push('tick'); };
  const job = CronJob.from({ cronTime: '0 0 3 * * *', onTick, name: 'nightly' });
  job.addCallback(async function () { await pause(1); await authors.count(); done.push(this === job ? 'second' : 'lost'); });
  const callbacks = job._callbacks;
  void job.fireOnTick();
  while (done.length < 2) await pause(1);
  console.log(done.join(), job._callbacks === callbacks && callbacks[0] === onTick);
  const failed = new Promise((resolve) => CronJob.from({ cronTime: '0 0 3 * * *', name: 'failing', errorHandler: resolve, onTick: async () => { await authors.find(); throw 'mine'; } }).fireOnTick());
  console.log(await failed);`);
    expect(outcome.stdout).toBe('second,tick true\nmine\n');
    expect(endedScopes(outcome)).toEqual(['job cron nightly: 3', 'job cron nightly: 1', 'job cron failing: 1']);
  });

  it('of cron may add callbacks while they run: the next tick has them', async () => {
    const outcome = await run(`
  const { CronJob } = require('cron');
  const ran = [];
  const job = CronJob.from({ cronTime: '0 0 3 * * *', onTick: () => { ran.push('first'); if (ran.length === 1) job.addCallback(() => { ran.push('added'); }); } });
  await job.fireOnTick();
  ran.push('|');
  await job.fireOnTick();
  console.log(ran.join(' '));`);
    expect(outcome.stdout).toBe('first added | first added\n');
  });

  it('of node-cron are named by their name or their times', async () => {
    const outcome = await run(
      `
  const cron = require('node-cron');
  const each = async (n) => { for (let i = 0; i < n; i++) { await pause(2); await authors.findOneBy({ id: i }); } return n; };
  const tasks = [cron.schedule('0 3 * * *', () => each(2)), cron.default.schedule('0 4 * * *', () => each(3), { name: 'nightly' })];
  console.log(await Promise.all(tasks.map((task) => task.execute())), cron.schedule('0 5 * * *', './task.js').task);`,
      {
        files: {
          'library.cjs': library,
          'node_modules/node-cron/dist/node-cron.cjs': `
const schedule = (times, task, options) => ({ task: task instanceof Function ? undefined : task, execute: async () => task() });
exports.schedule = schedule;
exports.default = { schedule };`,
          'node_modules/node-cron/package.json': '{"name":"node-cron","main":"./dist/node-cron.cjs"}',
        },
      },
    );
    expect(outcome.stdout).toBe('[ 2, 3 ] ./task.js\n');
    expect(endedScopes(outcome)).toEqual(['job cron 0 3 * * *: 2', 'job cron nightly: 3']);
  });

  it('of Bull are named by queue and job', async () => {
    const outcome = await run(
      `
  const Queue = require('bull');
  const queue = new Queue('letters', async (job) => { for (let i = 0; i < job.data; i++) { await pause(2); await authors.findOneBy({ id: i }); } return job.data; });
  console.log(await Promise.all([queue.processJob({ queue, name: 'digest', data: 2 }), queue.processJob({ queue, name: '__default__', data: 1 }), queue.processJob(null)]));`,
      {
        files: {
          'library.cjs': library,
          'node_modules/bull/lib/queue.js': `
module.exports = function Queue(name, handler) { this.name = name; this.handler = handler; this.processJob = this.processJob.bind(this); };
module.exports.prototype.processJob = function (job, notFetch = false) { return job ? this.handler(job) : Promise.resolve(null); };`,
          'node_modules/bull/package.json': '{"name":"bull","main":"./lib/queue.js"}',
        },
      },
    );
    expect(outcome.stdout).toBe('[ 2, 1, null ]\n');
    expect(endedScopes(outcome)).toEqual(['job job letters digest: 2', 'job job letters: 1']);
  });

  it('are a message each for microservices and gateways of Nest, and do not mix', async () => {
    const creator = (name: string): string => `
exports.${name} = class ${name} {
  create(instance, callback, moduleKey, methodName) { return async (...args) => callback.apply(instance, args); }
};`;
    const outcome = await run(
      `
  const { RpcContextCreator } = require('@nestjs/microservices/context/rpc-context-creator.js');
  const { WsContextCreator } = require('@nestjs/websockets/context/ws-context-creator.js');
  class Orders { async each(n) { for (let i = 0; i < n; i++) { await pause(2); await authors.findOneBy({ id: i }); } return n; } }
  const orders = new Orders();
  const handlers = [RpcContextCreator, WsContextCreator].map((Creator) => new Creator().create(orders, orders.each, 'module', 'each'));
  console.log(await Promise.all([handlers[0](2), handlers[0](3), handlers[1](1)]));`,
      {
        files: {
          'library.cjs': library,
          'node_modules/@nestjs/microservices/context/rpc-context-creator.js': creator('RpcContextCreator'),
          'node_modules/@nestjs/websockets/context/ws-context-creator.js': creator('WsContextCreator'),
        },
      },
    );
    expect(outcome.stdout).toBe('[ 2, 3, 1 ]\n');
    expect(endedScopes(outcome)).toEqual(['job message Orders.each: 2', 'job message Orders.each: 3', 'job message Orders.each: 1']);
  });

  it('are a message each where an interceptor makes an Observable of the answer', async () => {
    const outcome = await run(
      `
  const { Observable, defer, map, throwError, lastValueFrom, catchError, of } = require('rxjs');
  const { RpcContextCreator } = require('@nestjs/microservices/context/rpc-context-creator.js');
  class Orders { async each(n) { for (let i = 0; i < n; i++) { await pause(2); await authors.findOneBy({ id: i }); } if (n === 0) throw 'mine'; return n; } }
  const orders = new Orders();
  const create = (answer) => new RpcContextCreator().create(orders, orders.each, answer);
  const handler = create((n) => defer(() => orders.each(n)).pipe(map((one) => one * 10)));
  const ask = async (n) => lastValueFrom((await handler(n)).pipe(catchError((error) => of(error))));
  console.log(await Promise.all([ask(2), ask(3), ask(0)]));
  const answer = await handler(1);
  console.log(answer instanceof Observable, Object.keys(answer).includes('subscribe'), await new Promise((done) => answer.subscribe(done)), Object.hasOwn(answer, 'subscribe'));
  (await create(() => new Observable((subscriber) => { void authors.count(); })) (1)).subscribe().unsubscribe();
  await pause(20);
  const plain = { subscribe: () => 'mine' };
  console.log((await create(() => plain)(1)).subscribe(), (await create(() => Object.freeze({ pipe() {}, subscribe: () => 'frozen' }))(1)).subscribe());
  const shy = new Proxy({}, { get(target, name) { if (name === 'then') return undefined; throw new Error('mine'); } });
  console.log((await create(() => shy)(1)) === shy);`,
      {
        files: {
          'library.cjs': library,
          'node_modules/@nestjs/microservices/context/rpc-context-creator.js': `
exports.RpcContextCreator = class RpcContextCreator { create(instance, callback, answer) { return async (...args) => answer(...args); } };`,
        },
      },
    );
    expect(outcome.stdout).toBe("[ 20, 30, 'mine' ]\ntrue false 10 false\nmine frozen\ntrue\n");
    expect(endedScopes(outcome)).toEqual([
      'job message Orders.each: 2',
      'job message Orders.each: 3',
      'job message Orders.each: 0',
      'job message Orders.each: 1',
      'job message Orders.each: 1',
      ...Array.from({ length: 3 }, () => 'job message Orders.each: 0'),
    ]);
  });

  it('of Nest are named by their method, whatever timer runs them', async () => {
    const outcome = await run(`
  const { Module, Injectable } = require('@nestjs/common');
  const { NestFactory } = require('@nestjs/core');
  const { ScheduleModule, SchedulerRegistry, Cron, Timeout } = require('@nestjs/schedule');
  let done; const ran = new Promise((resolve) => (done = resolve));
  class Reports {
    async nightly() { await authors.find(); }
    async soon() { await pause(1); await authors.count(); done(); }
  }
  Injectable()(Reports);
  const describe = (name) => Object.getOwnPropertyDescriptor(Reports.prototype, name);
  Cron('0 0 3 * * *', { name: 'reports', waitForCompletion: true })(Reports.prototype, 'nightly', describe('nightly'));
  Timeout(5)(Reports.prototype, 'soon', describe('soon'));
  class AppModule {}
  Module({ imports: [ScheduleModule.forRoot()], providers: [Reports] })(AppModule);
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  await ran;
  await pause(5);
  await app.get(SchedulerRegistry).getCronJob('reports').fireOnTick();
  await app.close();`);
    expect(endedScopes(outcome)).toEqual(['job job Reports.soon: 1', 'job job Reports.nightly: 1']);
  });
});

const vitestRun = `
import { startVitest } from 'vitest/node';
const vitest = await startVitest('test', [], { root: import.meta.dirname, watch: false, reporters: [{}], include: ['*.spec.mjs'], config: false });
await vitest.close();`;

describe('tests', () => {
  it('of Vitest have a scope each; what hooks of a suite and concurrent tests query belongs to none', async () => {
    const outcome = await runApp({
      file: 'run.mjs',
      source: vitestRun,
      files: {
        'library.cjs': library,
        'shop.spec.mjs': `
import { describe, expect, it, beforeAll } from 'vitest';
import { createRequire } from 'node:module';
const { open, Author } = createRequire(import.meta.url)('./library.cjs');
let authors;
beforeAll(async () => { authors = (await open()).getRepository(Author); await authors.count(); });
describe('shop', () => {
  it('lists', async () => { expect(await authors.find()).toHaveLength(3); });
  it('finds', async () => { await authors.findOneBy({ id: 1 }); await authors.findOneBy({ id: 2 }); });
});
describe('at once', () => {
  it.concurrent('one', async () => { await authors.find(); });
  it.concurrent('two', async () => { await authors.find(); });
});`,
      },
    });
    expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: '' });
    expect(endedScopes(outcome)).toEqual(['test shop.spec.mjs › shop › lists: 1', 'test shop.spec.mjs › shop › finds: 2']);
    const unattributed = outcome.operations.filter(({ scope, api }) => scope === null && /^Repository/.test(api));
    expect(unattributed.map(({ api }) => api).sort()).toEqual(['Repository.count', 'Repository.find', 'Repository.find']);
  });

  it('of Vitest are told whole though their worker is killed as soon as they are over', async () => {
    const outcome = await runApp({
      file: 'run.mjs',
      source: vitestRun,
      files: {
        'library.cjs': library,
        'shop.spec.mjs': `
import { afterAll, beforeAll, it } from 'vitest';
import { createRequire } from 'node:module';
const { open, Author } = createRequire(import.meta.url)('./library.cjs');
let authors;
beforeAll(async () => { authors = (await open()).getRepository(Author); });
it('lists', async () => { await authors.find(); });
afterAll(() => process.kill(process.pid, 'SIGKILL'));`,
      },
    });
    expect(endedScopes(outcome)).toEqual(['test shop.spec.mjs › lists: 1']);
    expect(eventsOf(outcome.events, 'scopeEnd')).toHaveLength(1);
  });
});
