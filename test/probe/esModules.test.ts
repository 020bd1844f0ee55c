/**
 * Watched packages as ES modules. They need a newer Node.js than the one that runs the other tests may be (`canWatch`): the one that the tests in VS Code
 * have installed in .vscode-test/. Where neither is new enough, all of these are skipped, and the name of the group says why. TypeORM's queries go to the
 * SQLite that such a Node.js has built in, for better-sqlite3 is compiled for one version of Node.js.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { canWatch } from '../../src/probe/esModules';
import { nodeOfVscode } from '../nodeOfVscode';
import { eventsOf, probeBundle, runApp, type App, type ProbedOutcome } from './app';
import { library, nodeSqlite } from './library';

const own = { node: process.execPath, version: process.versions.node };
const newer = [own, nodeOfVscode()].find((found) => found && canWatch(found.version));

const database = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const { open, Author } = require('./library.cjs');
export const ds = await open({ driver: require('./driver.cjs') });
export const authors = ds.getRepository(Author);
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
export const each = async (n) => { for (let i = 0; i < n; i++) { await pause(2); await authors.findOneBy({ id: i }); } return n; };`;

/** @param files those of packages by their path in node_modules, of the app otherwise */
function esApp(source: string, files: Readonly<Record<string, string>>, more: Partial<App> = {}): App {
  const inPackages = Object.entries(files).map(([name, text]) => [/^[.]\//.test(name) ? name.slice(2) : `node_modules/${name}`, text]);
  return {
    node: newer?.node ?? process.execPath,
    file: 'app.mjs',
    source,
    nodeArguments: ['--disable-warning=ExperimentalWarning'],
    files: { 'library.cjs': library, 'driver.cjs': nodeSqlite, 'database.mjs': database, ...(Object.fromEntries(inPackages) as object) },
    ...more,
  };
}

/** Runs it without the probe as well: what it prints has to be the same. */
async function runBoth(app: App): Promise<ProbedOutcome> {
  const [without, probed] = await Promise.all([runApp({ ...app, probe: 'none' }), runApp(app)]);
  const unplaced = (text: string): string => text.replace(/[0-9a-f]{12}/g, '');
  expect(without).toMatchObject({ status: 0, stderr: '' });
  expect({ ...probed, stdout: unplaced(probed.stdout) }).toMatchObject({ status: 0, stderr: '', stdout: unplaced(without.stdout) });
  expect(eventsOf(probed.events, 'notice')).toEqual([]);
  return probed;
}

/** `kind name: operations` of those that have ended. */
function scopes({ events, operations }: ProbedOutcome): string[] {
  const ended = new Set(eventsOf(events, 'scopeEnd').map(({ id }) => id));
  return eventsOf(events, 'scope')
    .filter(({ id }) => ended.has(id))
    .map(({ id, kind, name }) => {
      const renamed = eventsOf(events, 'scopeName').findLast((event) => event.id === id)?.name ?? name;
      return `${kind} ${renamed}: ${operations.filter(({ start }) => start.scope === id).length}`;
    });
}

const asModule = (main: string): string => JSON.stringify({ type: 'module', exports: { '.': main, './*': './*' } });
/** With what must stay as it is: lines, `import.meta`, awaits, and a last line that is a comment. */
const nodeCron = `
const here = [new Error('here').stack.split('\\n')[1].replace(/.*[/]node-cron/, ''), import.meta.url.endsWith('node-cron.js'), await Promise.resolve(7)];
function schedule(times, task, options) { return createTask(times, task, options); }
function createTask(times, task, options) { return { execute: async () => task(times) }; }
const nodeCron = { schedule, createTask };
const validate = (times) => times.length > 0;
export { schedule, createTask, nodeCron as default, nodeCron, validate, here };
//# sourceMappingURL=node-cron.js.map`;
const nodeCronFiles = { 'node-cron/package.json': asModule('./dist/node-cron.js'), 'node-cron/dist/node-cron.js': nodeCron };

describe.skipIf(!newer)(
  `packages that are ES modules (on ${newer ? `Node.js ${newer.version}` : 'no Node.js: none here is 24.12, 25.2 or newer'})`,
  () => {
    it('have their functions watched, under whatever name they are imported', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { each, ds } from './database.mjs';
import cron, { schedule, createTask, nodeCron, validate, here } from 'node-cron';
import * as all from 'node-cron';
const tasks = [schedule('0 3 * * *', () => each(2)), cron.schedule('0 4 * * *', () => each(3), { name: 'nightly' }), createTask('0 5 * * *', () => each(1))];
console.log(await Promise.all(tasks.map((task) => task.execute())));
console.log(Object.keys(all), cron === nodeCron, all.default === cron, schedule === all.schedule, schedule.name, schedule.length, validate('x'), here);
await ds.destroy();`,
          nodeCronFiles,
        ),
      );
      expect(outcome.stdout).toContain('[ 2, 3, 1 ]');
      expect(scopes(outcome)).toEqual(['job cron 0 3 * * *: 2', 'job cron nightly: 3', 'job cron 0 5 * * *: 1']);
    });

    it('have their classes watched, also where a bundler has given them another name: croner', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { each, ds } from './database.mjs';
import { Cron } from 'croner';
console.log(await new Cron('0 3 * * *', () => each(2))._trigger(), Object.getOwnPropertyNames(Cron.prototype));
await ds.destroy();`,
          {
            'croner/package.json': asModule('./dist/croner.js'),
            'croner/dist/croner.js': `
var a=1,j=class s{constructor(p,f){this._states={pattern:{pattern:p}};this.fn=f}async _trigger(){return await this.fn(this)}};export{a as once,j as Cron};`,
          },
        ),
      );
      expect(outcome.stdout).toContain('2 [');
      expect(scopes(outcome)).toEqual(['job cron 0 3 * * *: 2']);
    });

    it('have their classes watched: timers, messages and gateways of Nest 12', async () => {
      const creator = (name: string): string =>
        `export class ${name} { create(instance, callback) { return async (...args) => callback.apply(instance, args); } }`;
      const outcome = await runBoth(
        esApp(
          `
import { each, ds } from './database.mjs';
import { ScheduleExplorer } from '@nestjs/schedule';
import { RpcContextCreator } from '@nestjs/microservices/context/rpc-context-creator.js';
import { WsContextCreator } from '@nestjs/websockets/context/ws-context-creator.js';
class Reports { async soon() { return each(2); } }
const reports = new Reports();
console.log(await new ScheduleExplorer().wrapFunctionInTryCatchBlocks(reports.soon, reports)());
for (const Creator of [RpcContextCreator, WsContextCreator]) console.log(await new Creator().create(reports, reports.soon)());
console.log(new ScheduleExplorer().constructor === ScheduleExplorer, Object.getOwnPropertyNames(ScheduleExplorer.prototype));
await ds.destroy();`,
          {
            '@nestjs/schedule/package.json': asModule('./dist/schedule.explorer.js'),
            '@nestjs/schedule/dist/schedule.explorer.js': `
let ScheduleExplorer = class ScheduleExplorer { wrapFunctionInTryCatchBlocks(methodRef, instance) { return async (...args) => methodRef.call(instance, ...args); } };
export { ScheduleExplorer };`,
            '@nestjs/microservices/package.json': asModule('./context/rpc-context-creator.js'),
            '@nestjs/microservices/context/rpc-context-creator.js': creator('RpcContextCreator'),
            '@nestjs/websockets/package.json': asModule('./context/ws-context-creator.js'),
            '@nestjs/websockets/context/ws-context-creator.js': creator('WsContextCreator'),
          },
        ),
      );
      expect(scopes(outcome)).toEqual(['job job Reports.soon: 2', 'job message Reports.soon: 2', 'job message Reports.soon: 2']);
    });

    it('have operations of GraphQL named, also where a server keeps `execute` before TypeORM is there', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { execute } from 'graphql';
import { kept } from './server.mjs';
const { each, ds } = await import('./database.mjs');
const document = { definitions: [{ kind: 'OperationDefinition', operation: 'query', name: { value: 'Authors' } }] };
console.log(await execute({ document, run: () => each(2) }), await kept({ document, run: () => each(1) }), kept === execute);
await ds.destroy();`,
          {
            'graphql/package.json': asModule('./index.mjs'),
            'graphql/index.mjs': `export { execute } from './execution/execute.mjs';`,
            'graphql/execution/execute.mjs': 'export function execute(args) { return args.run(); }',
            './server.mjs': `import { execute } from 'graphql'; export const kept = execute;`,
          },
        ),
      );
      expect(scopes(outcome)).toEqual(['graphql GraphQL query Authors: 2', 'graphql GraphQL query Authors: 1']);
    });

    it('have operations of Yoga and tests of Mocha named', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { execute } from '@graphql-tools/executor';
import { Runner } from 'mocha/lib/runner.js';
const { each, ds } = await import('./database.mjs');
const document = { definitions: [{ kind: 'OperationDefinition', operation: 'query', name: { value: 'Authors' } }] };
console.log(await execute({ document, run: () => each(2) }));
const runner = new Runner(), test = { title: 'lists', parent: { title: '' } };
runner.emit('test', test);
console.log(await each(1));
runner.emit('test end', test);
await ds.destroy();`,
          {
            '@graphql-tools/executor/package.json': asModule('./esm/execution/execute.js'),
            '@graphql-tools/executor/esm/execution/execute.js': 'export function execute(args) { return args.run(); }',
            'mocha/package.json': asModule('./lib/runner.js'),
            'mocha/lib/runner.js': `import { EventEmitter } from 'node:events'; class Runner extends EventEmitter {} export { Runner };`,
          },
        ),
      );
      expect(scopes(outcome)).toEqual(['graphql GraphQL query Authors: 2', 'test lists: 1']);
    });

    it('have tests of AVA and tap named', async () => {
      const outcome = await runBoth(
        esApp(
          `
import Runner from 'ava/lib/runner.js';
import { TestBase } from '@tapjs/core';
const { each, ds } = await import('./database.mjs');
const runner = Object.assign(new Runner(), { file: process.cwd() + '/shop.test.js' });
console.log(await runner.runTest({ title: 'lists', implementation: () => each(2), metadata: {} }));
await new Promise((done) => Object.assign(new TestBase(), { parent: {}, name: 'counts', cb: () => each(1) }).main(done));
await ds.destroy();`,
          {
            'ava/package.json': asModule('./lib/runner.js'),
            'ava/lib/runner.js': `
import Test from './test.js';
export default class Runner { runTest({ title, implementation, metadata }) { return new Test(title, implementation, metadata).run(); } }`,
            'ava/lib/test.js': `
export default class Test { constructor(title, fn, metadata) { Object.assign(this, { title, fn, metadata }); } callFn() { return this.fn(); } run() { return this.callFn(); } }`,
            '@tapjs/core/package.json': asModule('./dist/esm/test-base.js'),
            '@tapjs/core/dist/esm/test-base.js': 'export class TestBase { main(done) { this.cb().then(() => done()); } }',
          },
        ),
      );
      expect(scopes(outcome)).toEqual(['test shop.test.js › lists: 2', 'test app.mjs › counts: 1']);
    });

    /** Its routers hand entries on to one another and replace their own `match`, as Hono's do. */
    const router = (name: string, inner: string): string => `${inner}
var ${name} = class {
  entries = [];
  add(method, path, entry) { this.entries.push([method, path, entry]); }
  match(method, path) {
    const test = (pattern) => new RegExp('^' + pattern.replace(/:\\w+/g, '[^/]+').replace(/\\*/g, '.*') + '$').test(path);
    return this.entries.filter(([known, pattern]) => (known === 'ALL' || known === method) && test(pattern)).map(([, , entry]) => entry);
  }
};
export { ${name} };`;
    const hono = {
      'hono/package.json': asModule('./dist/hono.js'),
      'hono/dist/router/trie-router/router.js': router('TrieRouter', ''),
      'hono/dist/hono.js': `
import { TrieRouter } from './router/trie-router/router.js';
export class Hono {
  router = new TrieRouter();
  on(method, path, handler) { this.router.add(method, path, [handler, { path, method, handler }]); }
  routesOf(method, path) { return this.router.match(method, path).map(([, route]) => route.path); }
  async fetch(method, path) {
    const entries = this.router.match(method, path);
    const next = async (i) => (entries[i] ? entries[i][0]({ path }, () => next(i + 1)) : 'nothing');
    return next(0);
  }
}`,
    };

    it('have routes of h3 named by their pattern', async () => {
      const outcome = await runBoth(
        esApp(
          `
import http from 'node:http';
import { authors, ds } from './database.mjs';
import { H3Event } from 'h3';
const server = http.createServer(async (request, response) => {
  const event = new H3Event(request, response);
  if (event.path.startsWith('/authors/')) event.context.matchedRoute = { path: '/authors/:id' };
  await authors.count();
  response.end('ok');
});
await new Promise((done) => server.listen(0, done));
for (const path of ['/authors/7', '/authors/8', '/nothing']) console.log(await (await fetch('http://127.0.0.1:' + server.address().port + path)).text());
server.closeAllConnections(); server.close();
await ds.destroy();`,
          {
            'h3/package.json': asModule('./dist/index.mjs'),
            'h3/dist/index.mjs': `
class H3Event {
  context = {};
  constructor(req, res) { this.node = { req, res }; }
  get path() { return this.node.req.url; }
}
export { H3Event };`,
          },
        ),
      );
      expect(scopes(outcome)).toEqual(['http GET /authors/:id: 1', 'http GET /authors/:id: 1', 'http GET /nothing: 1']);
    });

    it.each(['h3', 'cache'])(
      'have routes of h3 2 named by their pattern, those of mounted apps with their base (its classes in %s.mjs)',
      async (file) => {
        const outcome = await runBoth(
          esApp(
            `
import http from 'node:http';
import { authors, ds } from './database.mjs';
import { H3 } from 'h3';
const books = new H3('/books/:id', () => authors.count());
const app = new H3('/authors/:id', () => authors.count());
const other = new H3('/**', (event) => books.fetch({ url: event.req.url.slice(4), runtime: event.req.runtime }));
const nothing = new H3(null, () => authors.count());
const server = http.createServer(async (request, response) => {
  const { url } = request;
  const asked = url.startsWith('/authors') ? app : url.startsWith('/sub') ? other : nothing;
  // A request that is made up within another knows nothing of Node's.
  await nothing.fetch({ url: '/made/up' });
  response.end(String(await asked.fetch({ url, runtime: { node: { req: request, res: response } } })));
});
await new Promise((done) => server.listen(0, done));
for (const path of ['/authors/7', '/authors/8', '/sub/books/3', '/nothing/9'])
  console.log(await (await fetch('http://127.0.0.1:' + server.address().port + path)).text());
console.log(Object.getOwnPropertyNames(H3.prototype), app.handler.name, app.handler.length);
server.closeAllConnections(); server.close();
await ds.destroy();`,
            {
              'h3/package.json': asModule('./dist/index.node.mjs'),
              'h3/dist/index.node.mjs': `export { H3 } from './${file}.mjs';`,
              [`h3/dist/${file}.mjs`]: `
var H3Core = class {
  constructor(route, answer) { this.route = route; this.answer = answer; this.handler = this.handler.bind(this); }
  fetch(req) { return this.handler({ req, context: {} }); }
  handler(event) {
    if (this.route !== null) event.context.matchedRoute = { method: '', route: this.route };
    return this.answer(event);
  }
};
export { H3Core as H3 };`,
            },
          ),
        );
        expect(outcome.stdout).toContain('3\n3\n3\n3\n');
        expect(scopes(outcome)).toEqual([
          'http GET /authors/:id: 2',
          'http GET /authors/:id: 2',
          'http GET /sub/books/:id: 2',
          'http GET /nothing/9: 2',
        ]);
      },
    );

    it('have routes of Hono named by their pattern, not by what middleware or the app itself asks beside it', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { createServer } from 'node:http';
import { Hono } from 'hono';
const app = new Hono();
let authors;
app.on('ALL', '/*', async (c, next) => { await authors.count(); return next(); });
app.on('GET', '/*', async (c, next) => next());
app.on('GET', '/authors/:id', async (c) => JSON.stringify(await authors.findOneBy({ id: Number(c.path.split('/')[2]) })));
app.on('GET', '/both', async () => (await app.fetch('GET', '/authors/1')) + (await app.fetch('GET', '/authors/2')));
app.on('GET', '/boom', () => { throw new Error('mine'); });
app.on('POST', '/*', async () => 'caught');
app.on('GET', '/files/*', async () => 'file');
const database = await import('./database.mjs');
authors = database.authors;
const server = createServer(async (request, response) => response.end(await app.fetch(request.method, request.url).catch((error) => error.stack)));
await new Promise((done) => server.listen(0, done));
for (const path of ['/authors/3', '/both', '/boom', '/unknown', '/files/a/b']) console.log(await (await fetch('http://127.0.0.1:' + server.address().port + path)).text());
console.log(await (await fetch('http://127.0.0.1:' + server.address().port + '/x', { method: 'POST' })).text(), app.routesOf('GET', '/authors/1'));
server.closeAllConnections(); server.close();
await database.ds.destroy();`,
          hono,
        ),
      );
      expect(outcome.stdout).toContain('{"id":3,"name":"Cid"}\n{"id":1,"name":"Ann"}{"id":2,"name":"Bob"}\n');
      expect(scopes(outcome)).toEqual([
        'http GET /authors/:id: 2',
        'http GET /both: 5',
        'http GET /boom: 1',
        'http GET /unknown: 1',
        'http GET /files/*: 1',
        'http POST /x: 1',
      ]);
    });

    it('are left alone where they are the app’s own, or of another package, in the same folders', async () => {
      const outcome = await runBoth(
        esApp(
          `
import { each, ds } from './database.mjs';
import { schedule } from './node-cron/dist/node-cron.js';
import { SmartRouter, text } from '@my/hono/dist/router/smart-router/router.js';
import * as renamed from '@nestjs/schedule';
console.log(await schedule('0 3 * * *', () => each(1)).execute(), schedule.toString(), SmartRouter.prototype.add.toString(), text, Object.keys(renamed));
console.log(Reflect.ownKeys(globalThis).filter((key) => typeof key === 'string').length);
await ds.destroy();`,
          {
            './node-cron/dist/node-cron.js': nodeCron,
            './package.json': '{"type":"module"}',
            '@my/hono/dist/router/smart-router/router.js': `export class SmartRouter { add() {} }\nexport const text = new Error('here').stack.split('\\n').length;`,
            '@my/hono/package.json': '{"type":"module"}',
            // Of a version that calls it otherwise.
            '@nestjs/schedule/package.json': asModule('./dist/schedule.explorer.js'),
            '@nestjs/schedule/dist/schedule.explorer.js': 'export class Explorer {}',
          },
        ),
      );
      expect(scopes(outcome)).toEqual([]);
    });

    it.each([
      [
        'in its own thread',
        `registerHooks({ load(url, context, next) { const loaded = next(url, context); return url.endsWith('app.mjs') ? { ...loaded, source: String(loaded.source).replace('mine', 'hooked') } : loaded; } });`,
      ],
      [
        'in a thread of theirs',
        `register('data:text/javascript,' + encodeURIComponent("export async function load(url, context, next) { const loaded = await next(url, context); return url.endsWith('app.mjs') ? { ...loaded, source: String(loaded.source).replace('mine', 'hooked') } : loaded; }"));`,
      ],
    ])('leave an app its own hooks %s', async (_where, hooks) => {
      const outcome = await runBoth(
        esApp(
          `
import { each, ds } from './database.mjs';
import { schedule } from 'node-cron';
console.log('mine', await schedule('0 3 * * *', () => each(2)).execute());
await ds.destroy();`,
          { ...nodeCronFiles, './hooks.mjs': `import { register, registerHooks } from 'node:module';\n${hooks}` },
          { nodeArguments: ['--no-warnings', '--import', './hooks.mjs'] },
        ),
      );
      expect(outcome.stdout).toBe('hooked 2\n');
      expect(scopes(outcome)).toEqual(['job cron 0 3 * * *: 2']);
    });

    it('leave the stacks of errors as they are', async () => {
      await runBoth(
        esApp(
          `
import { ds } from './database.mjs';
import { schedule } from 'node-cron';
const stackOf = async (run) => run().then(() => 'none', (error) => error.stack);
console.log(new Error('here').stack, await stackOf(async () => import('./throws.mjs')), await stackOf(async () => import('./throws.cjs')), await stackOf(async () => import('nowhere')));
console.log((await stackOf(async () => import('./data.weird'))).includes('probe'));
await ds.destroy();`,
          { ...nodeCronFiles, './throws.mjs': `throw new Error('mine');`, './throws.cjs': `throw new Error('mine');`, './data.weird': '' },
        ),
      );
    });

    /** Node's own frames tell whether anything goes through hooks. */
    const tellsOfHooks = `import('./data.weird').catch((error) => console.log(error.code, error.stack.includes('customization_hooks')));`;

    it('cost nothing where nobody listens', async () => {
      const app = esApp(tellsOfHooks, { ...nodeCronFiles, './data.weird': '' });
      expect((await runApp({ ...app, probe: 'nobody' })).stdout).toBe('ERR_UNKNOWN_FILE_EXTENSION false\n');
      expect((await runApp(app)).stdout).toBe('ERR_UNKNOWN_FILE_EXTENSION true\n');
    });

    it('cost nothing where none of them is installed', () => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-test-'));
      try {
        for (const [file, text] of [
          ['app.mjs', tellsOfHooks],
          ['data.weird', ''],
          ['socket', ''],
        ] as const)
          fs.writeFileSync(path.join(folder, file), text);
        const run = (): string =>
          spawnSync(newer?.node ?? '', [path.join(folder, 'app.mjs')], {
            env: { ...process.env, ...preloadEnvironment(probeBundle(), path.join(folder, 'socket'), 'token') },
            encoding: 'utf8',
          }).stdout;
        expect(run()).toBe('ERR_UNKNOWN_FILE_EXTENSION false\n');
        fs.mkdirSync(path.join(folder, 'node_modules/hono'), { recursive: true });
        expect(run()).toBe('ERR_UNKNOWN_FILE_EXTENSION true\n');
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    });
  },
);
