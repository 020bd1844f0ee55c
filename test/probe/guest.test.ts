/** The probe is a guest: the app behaves as without it, with a listener, without one, and when the listener goes away. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { parseLine } from '../../src/collector/probeServer';
import { leftBehindFile } from '../../src/protocol/probe';
import { bothVersions, eventsOf, probeBundle, runApp, writeApp, type App } from './app';
import { library, libraryApp } from './library';

/** Things that a careless probe changes, printed. */
const telltale = libraryApp(`
  const { inspect } = require('node:util');
  const say = (name, value) => console.log(name, inspect(value, { depth: 4 }));
  say('list', await authors.find());
  say('keys', Reflect.ownKeys((await authors.find())[0]));
  say('json', JSON.stringify(await books.find({ relations: { tags: true } })));
  const author = await authors.findOneBy({ id: 1 });
  say('lazy', (await author.books).length);
  say('same', (await author.books) === (await author.books));
  say('save', await tags.save({ label: 'new' }));
  say('find', authors.find() instanceof Promise);
  say('names', [typeorm.Repository.prototype.find.name, typeorm.Repository.prototype.find.length, typeorm.EntityManager.prototype.save.length]);
  say('enumerable', Object.keys(typeorm.Repository.prototype));
  say('limit', [Error.stackTraceLimit, Error.prepareStackTrace, Object.keys(globalThis)]);
  const failure = await ds.query('SELECT nonsense').catch((error) => error);
  say('failure', [failure.constructor === typeorm.QueryFailedError, failure.message, failure.query]);
  const mine = new Error('mine');
  say('identity', (await ds.transaction(() => { throw mine; }).catch((error) => error)) === mine);
  say('rolled back', await ds.transaction(async (manager) => { await manager.delete(Tag, {}); throw mine; }).catch(() => tags.count()));
  const missing = await authors.findOneByOrFail({ id: 99 }).catch((error) => error);
  say('missing', missing.constructor.name);
  try { ds.getRepository('Nobody'); } catch (error) { say('thrown', error.constructor.name); }
  await authors.save(undefined).catch((error) => say('rejected', error.constructor.name));
  say('stack', missing.stack.split('\\n').filter((line) => line.includes('app.cjs')).length);
`);

describe.each(bothVersions)('an app on %s', (typeorm) => {
  it('prints the same without the probe, with nobody listening, and with a listener', async () => {
    const app: App = { ...telltale, typeorm };
    const [none, nobody, listening] = await Promise.all((['none', 'nobody', 'listening'] as const).map((probe) => runApp({ ...app, probe })));
    expect(none).toMatchObject({ status: 0, stderr: '' });
    expect(nobody).toMatchObject({ status: 0, stderr: '', stdout: none?.stdout });
    expect(listening).toMatchObject({ status: 0, stderr: '', stdout: none?.stdout });
    expect(none?.events).toEqual([]);
    expect(eventsOf(listening?.events ?? [], 'query').length).toBeGreaterThan(10);
    expect(eventsOf(listening?.events ?? [], 'notice')).toEqual([]);
  });

  it('keeps the error of a query on record', async () => {
    const { operations } = await runApp({ ...telltale, typeorm });
    const failed = operations.find(({ queries }) => queries[0]?.text === 'SELECT nonsense');
    expect(failed?.error).toMatch(/no such column/);
    expect(failed?.queries[0]?.error).toMatch(/no such column/);
  });
});

describe('the end of an app', () => {
  it.each([
    ['process.exit', 'process.exit(7);', 7],
    ['an uncaught error', `setTimeout(() => { throw new Error('crash'); }); await new Promise(() => {});`, 1],
    ['an unhandled rejection', 'await null; authors.find({ where: { nonsense: 1 } }); await new Promise((done) => setTimeout(done, 1000));', 1],
  ])('%s keeps what happened before, and the exit code', async (_name, end, status) => {
    const app = libraryApp(`  for (let i = 0; i < 300; i++) await authors.findOneBy({ id: 1 }); // @loop\n  ${end}`);
    const [without, probed] = await Promise.all([runApp({ ...app, probe: 'none' }), runApp(app)]);
    expect(without.status).toBe(status);
    expect(probed.status).toBe(status);
    expect(probed.stderr.split('\n').filter((line) => /Error/.test(line))).toEqual(without.stderr.split('\n').filter((line) => /Error/.test(line)));
    expect(probed.operations.filter(({ at, ended }) => at === 'loop' && ended)).toHaveLength(300);
    expect(probed.events.at(-1)?.e).toBe('bye');
  });

  it('by a kill right after a response keeps every query of the request', async () => {
    const { operations, signal } = await runApp(
      libraryApp(`
  const http = require('node:http');
  const server = http.createServer(async (request, response) => {
    for (let i = 0; i < 20; i++) await authors.findOneBy({ id: 1 }); // @loop
    response.end('done');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  http.get({ port: server.address().port, host: '127.0.0.1' }, (answer) => answer.resume().once('end', () => process.kill(process.pid, 'SIGKILL')));
  await new Promise(() => {});`),
    );
    expect(signal).toBe('SIGKILL');
    expect(operations.filter(({ at, ended }) => at === 'loop' && ended)).toHaveLength(20);
  });

  it('by a kill keeps requests that ended a moment ago, however closely they followed one another', async () => {
    const { events, signal } = await runApp(
      libraryApp(`
  const http = require('node:http');
  const server = http.createServer(async (request, response) => {
    await authors.findOneBy({ id: 1 });
    response.end('done');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  for (let i = 0; i < 5; i++) await (await fetch('http://127.0.0.1:' + server.address().port)).text();
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});`),
    );
    expect(signal).toBe('SIGKILL');
    expect(eventsOf(events, 'scopeEnd')).toHaveLength(5);
    expect(eventsOf(events, 'query').filter(({ scope }) => scope > 0)).toHaveLength(5);
  });

  it('in the middle of many requests keeps all that were answered', async () => {
    const { events, operations, status } = await runApp(
      libraryApp(`
  const http = require('node:http');
  const server = http.createServer(async (request, response) => {
    await authors.findOneBy({ id: 1 }); // @lookup
    response.end('done');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const ask = () => fetch('http://127.0.0.1:' + server.address().port).then((answer) => answer.text());
  await Promise.all(Array.from({ length: 200 }, ask));
  process.exit(3);`),
    );
    expect(status).toBe(3);
    expect(operations.filter(({ at, ended }) => at === 'lookup' && ended)).toHaveLength(200);
    expect(eventsOf(events, 'scopeEnd')).toHaveLength(200);
  });

  it('at its start leaves the stack of its error as it is', async () => {
    const app: App = {
      source: `try { require('./part.cjs'); } catch (error) { console.log(error.stack); throw error; }`,
      files: { 'part.cjs': `function start() { throw new Error('no port'); }\nstart();` },
    };
    const [without, probed] = await Promise.all([runApp({ ...app, probe: 'none' }), runApp(app)]);
    expect(without.stdout).toContain('part.cjs:1');
    expect(linesWithoutFolders(probed.stdout)).toEqual(linesWithoutFolders(without.stdout));
    expect(linesWithoutFolders(probed.stderr)).toEqual(linesWithoutFolders(without.stderr));
    expect(probed.status).toBe(without.status);
  });

  it('at its start shows the error as it is where sources are compiled in memory, but for one frame of the module loader', async () => {
    const app: App = {
      source: `require.extensions['.ts'] = (module, file) => module._compile(require('node:fs').readFileSync(file, 'utf8'), file);\nrequire('./part.ts');`,
      files: { 'part.ts': `throw new Error('no port');` },
    };
    const [without, probed] = await Promise.all([runApp({ ...app, probe: 'none' }), runApp(app)]);
    const expected = linesWithoutFolders(without.stderr);
    const added = linesWithoutFolders(probed.stderr).filter((line) => !expected.includes(line));
    expect(added).toEqual([expect.stringMatching(/^ {4}at Module\.\S+ .*probe with space\.js/)]);
    expect(probed.status).toBe(without.status);
  });

  it('comes when the app has nothing left to do, though the listener never reads', async () => {
    const outcome = await runWithReader(libraryApp('  for (let i = 0; i < 5000; i++) await ds.query("SELECT 1 AS id");'), 'never reads');
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
  });

  it('comes as ever where the socket was left behind by a listener that is gone', async () => {
    const outcome = await runWithReader(libraryApp('  console.log((await authors.find()).length);'), 'is gone');
    expect(outcome).toMatchObject({ status: 0, stderr: '', stdout: '3\n' });
  });

  it('comes as ever where the listener hangs up in the middle', async () => {
    const outcome = await runWithReader(
      libraryApp(`
  const restored = () => typeorm.Repository.prototype.find.toString().includes('manager.find');
  for (let i = 0; i < 20_000 && !restored(); i++) { await authors.find(); await new Promise((done) => setTimeout(done, 2)); }
  console.log(restored(), (await authors.find()).length);`),
      'hangs up',
    );
    expect(outcome).toMatchObject({ status: 0, stderr: '', stdout: 'true 3\n' });
  });
});

describe('a listener that is too slow', () => {
  it('misses details, but no query in the counts, and the app does not wait', async () => {
    const count = 14_000;
    const { stdout, received } = await runWithReader(
      libraryApp(`
  const text = 'x'.repeat(1500);
  for (let i = 0; i < ${count}; i++) {
    await ds.query('SELECT ? AS id', [text]);
    if (i % 500 === 0) await new Promise(setImmediate);
  }
  console.log('done');
  await new Promise((done) => setTimeout(done, 400));
  await ds.query('SELECT 2');
  await new Promise((done) => setTimeout(done, 100));`),
      'reads once the app is done',
    );
    expect(stdout).toBe('done\n');
    const events = received.split('\n').flatMap(parseLine);
    const kept = eventsOf(events, 'query').length;
    const dropped = eventsOf(events, 'dropped').reduce((sum, { queries }) => sum + queries, 0);
    expect(dropped).toBeGreaterThan(0);
    const before = eventsOf(events, 'sql').find(({ text }) => text.startsWith('SELECT ?'));
    expect(before).toBeDefined();
    // What opens the library (schema and rows) is queried as well, and kept: it comes first.
    const own = eventsOf(events, 'query').filter(({ sql }) => sql === before?.id).length;
    expect(own + dropped).toBe(count);
    expect(kept).toBeGreaterThan(own);
    expect(events.at(-1)?.e).toBe('bye');
  });

  it('hears the exact counts of each scope, though the app ends at once', async () => {
    const [scopes, each] = [4, 5_000];
    const { status, received } = await runWithReader(
      libraryApp(`
  const lens = globalThis[Symbol.for('relation-lens')];
  const text = 'x'.repeat(1500);
  for (let scope = 0; scope < ${scopes}; scope++) {
    await lens.scope('scope ' + scope, async () => {
      for (let i = 0; i < ${each}; i++) await ds.query('SELECT ? AS id', [text]);
    });
  }
  require('node:fs').writeSync(1, 'done');
  process.exit(7);`),
      'reads slowly once the app is done',
    );
    expect(status).toBe(7);
    const events = received.split('\n').flatMap(parseLine);
    expect(eventsOf(events, 'dropped').length).toBeGreaterThan(0);
    const named = eventsOf(events, 'scope').filter(({ name }) => name.startsWith('scope '));
    const counts = named.map(
      ({ id }) =>
        eventsOf(events, 'query').filter(({ scope }) => scope === id).length +
        eventsOf(events, 'dropped').reduce((sum, { scope, queries }) => sum + (scope === id ? queries : 0), 0),
    );
    expect(counts).toEqual(Array.from({ length: scopes }, () => each));
    expect(events.at(-1)?.e).toBe('bye');
  });
});

describe('an app that is not for the probe', () => {
  it('loads nothing without TypeORM, and does not connect', async () => {
    const { events, stdout, status } = await runApp({
      source: `
const before = Object.keys(process.binding('natives')).length > 0;
console.log(before, process.getActiveResourcesInfo().filter((name) => /Pipe|Timeout/.test(name)).length, process.listenerCount('exit'));`,
      nodeArguments: ['--no-deprecation'],
    });
    expect({ events, stdout, status }).toEqual({ events: [], stdout: 'true 0 0\n', status: 0 });
  });

  it('sees every process of a family that uses TypeORM, and only those', async () => {
    const { processes, stdout, operations } = await runApp({
      source: `
const { execFileSync } = require('node:child_process');
const { Worker } = require('node:worker_threads');
console.log(execFileSync(process.execPath, ['-p', '1+1']).toString().trim());
console.log(execFileSync(process.execPath, [__dirname + '/child.cjs']).toString().trim());
new Worker(__dirname + '/child.cjs');`,
      files: {
        'library.cjs': library,
        'child.cjs': `require('./library.cjs').open().then((ds) => ds.query('SELECT 1')).then((rows) => console.log(rows.length)); // @child`,
      },
    });
    expect(stdout.split('\n').slice(0, 3)).toEqual(['2', '1', '1']);
    expect(processes).toHaveLength(2);
    expect(operations.filter(({ at, api }) => at === 'child' && api === 'DataSource.query')).toHaveLength(2);
  });

  it('hooks several copies of TypeORM in one process, each once', async () => {
    const { operations, events, stderr } = await runApp({
      source: `
const one = require('./one.cjs'), two = require('./two.cjs');
(async () => {
  const first = await one.open(), second = await two.open(), third = await one.open();
  await first.getRepository(one.Author).find(); // @first
  await second.getRepository(two.Author).find(); // @second
  await third.getRepository(one.Author).find(); // @third
})();`,
      files: { 'one.cjs': library, 'two.cjs': library.replaceAll('TYPEORM', 'typeorm-0.3') },
    });
    expect(stderr).toBe('');
    expect(eventsOf(events, 'typeorm').map(({ version }) => version.split('.').slice(0, 2).join('.'))).toEqual(['1.1', '0.3']);
    const found = operations.filter(({ api }) => api === 'Repository.find');
    expect(found.map(({ at, start, queries }) => [at, start.source, queries.length])).toEqual([
      ['first', 1, 1],
      ['second', 2, 1],
      ['third', 3, 1],
    ]);
  });
});

type Misbehaviour = 'never reads' | 'hangs up' | 'is gone' | 'reads once the app is done' | 'reads slowly once the app is done';

/** Lines of output, with the folder that each run has for itself taken out. */
function linesWithoutFolders(output: string): string[] {
  return output.split('\n').map((line) => line.replace(/\/\S*\/\.apps\/[^/]+\//g, ''));
}

/** Runs an app against a listener that behaves badly. */
async function runWithReader(
  app: App,
  behaviour: Misbehaviour,
): Promise<{ status: number | null; stdout: string; stderr: string; received: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-test-'));
  const socketPath = path.join(folder, 'bad.sock');
  const sockets: net.Socket[] = [];
  let received = '';
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.pause();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
    socket.pause();
    if (behaviour === 'hangs up') setTimeout(() => socket.destroy(), 30);
  });
  if (behaviour === 'is gone') fs.writeFileSync(socketPath, '');
  else await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const appFolder = writeApp(app);
  try {
    const child = spawn(process.execPath, [path.join(appFolder, 'app.cjs')], {
      env: { ...process.env, ...preloadEnvironment(probeBundle(), socketPath, 'token') },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (behaviour === 'reads once the app is done') for (const socket of sockets) socket.resume();
      if (behaviour === 'reads slowly once the app is done') sockets.forEach(readSlowly);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (behaviour.endsWith('once the app is done')) await Promise.all(sockets.map(closed));
    // What a busy machine was too slow to read in time.
    const leftBehind = leftBehindFile(socketPath, { pid: child.pid ?? 0 });
    if (fs.existsSync(leftBehind)) received += fs.readFileSync(leftBehind, 'utf8');
    return { status, stdout, stderr, received };
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
    fs.rmSync(appFolder, { recursive: true, force: true });
  }
}

/** A piece, and a rest. */
function readSlowly(socket: net.Socket): void {
  socket.on('data', () => {
    socket.pause();
    setTimeout(() => socket.resume(), 8);
  });
  socket.resume();
}

function closed(socket: net.Socket): Promise<unknown> {
  return new Promise((resolve) => (socket.closed ? resolve(undefined) : socket.once('close', resolve)));
}
