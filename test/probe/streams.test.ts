/** `stream()` of a query builder: its rows are seen on their way, and the app's stream stays what it is. */
import { describe, expect, it } from 'vitest';
import { eventsOf, runApp, type ProbedOutcome } from './app';
import { endedScopes } from './endedScopes';
import { library } from './library';

/**
 * better-sqlite3 has no streams: the runner is given one as PostgreSQL's, whose rows come with what else the connection brings (here, in the context of
 * whoever asked first).
 */
async function run(body: string): Promise<ProbedOutcome> {
  const app = {
    source: `
const { typeorm, open, Author, Book } = require('./library.cjs');
const { Readable, Writable } = require('node:stream');
const { AsyncResource } = require('node:async_hooks');
const { pipeline } = require('node:stream/promises');
const { BetterSqlite3QueryRunner } = require('TYPEORM/driver/better-sqlite3/BetterSqlite3QueryRunner.js');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let connection;
BetterSqlite3QueryRunner.prototype.stream = async function (sql, parameters) {
  if (sql.includes('"title" = ')) throw new Error('refused');
  const [db, rows] = [await this.connect(), []];
  connection ??= new AsyncResource('connection');
  for (const row of db.prepare(sql).all(...(parameters ?? []))) rows.push(row);
  return new Readable({
    objectMode: true, highWaterMark: 2,
    read() {
      setTimeout(() => connection.runInAsyncScope(() => {
        if (rows.length === 0 && sql.includes('FROM "tag"')) return this.destroy(new Error('connection lost'));
        this.push(rows.shift() ?? null);
      }), 1);
    },
  });
};
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book);
  const builder = () => authors.createQueryBuilder('author');
  const server = require('node:http').createServer(async (request, response) => {
    await routes[request.url.slice(0, 2)]();
    response.end('ok');
  });
  const ask = (path) => fetch('http://127.0.0.1:' + server.address().port + path).then((answer) => answer.text());
  await new Promise((done) => server.listen(0, done));
${body}
  server.closeAllConnections(); server.close();
  await ds.destroy();
})();`,
    files: { 'library.cjs': library },
  };
  const [without, probed] = await Promise.all([runApp({ ...app, probe: 'none' }), runApp(app)]);
  expect(without).toMatchObject({ status: 0, stderr: '' });
  expect(probed).toMatchObject({ status: 0, stderr: '', stdout: without.stdout });
  expect(eventsOf(probed.events, 'notice')).toEqual([]);
  return probed;
}

/** Keys that the rows of a stream are told to hold, by its operation. */
function streamed(outcome: ProbedOutcome): Record<string, (string | number)[]>[] {
  const byOperation = new Map<number, Record<string, (string | number)[]>>();
  for (const { op, values } of eventsOf(outcome.events, 'streamed')) {
    const all = byOperation.get(op) ?? {};
    byOperation.set(op, all);
    for (const [column, list] of Object.entries(values)) all[column] = [...(all[column] ?? []), ...list];
  }
  return [...byOperation.values()];
}

describe('a stream', () => {
  it('tells the keys of its rows, also of those that were given another name, as far as the app asks for them', async () => {
    const outcome = await run(`
  const routes = {};
  for await (const row of await builder().stream()) await books.findOneBy({ authorId: row.author_id });
  for await (const row of await builder().select('author.id', 'writer').addSelect('author.name', 'says').stream()) { if (row.writer === 1) break; }
  (await builder().stream()).destroy();`);
    const keys = streamed(outcome);
    expect(keys.slice(0, 1)).toEqual([{ author_id: [1, 2, 3] }]);
    // Read ahead as far as without the probe.
    expect(keys[1]?.writer?.slice(0, 1)).toEqual([1]);
    expect(Object.keys(keys[1] ?? {})).toEqual(['writer']);
    expect(keys).toHaveLength(2);
  });

  it('belongs to the request that asked for it, whatever connection its rows come by', async () => {
    const outcome = await run(`
  const sink = (each) => new Writable({ objectMode: true, highWaterMark: 1, write(row, _, done) { each(row).then(() => done(), done); } });
  const one = (row) => books.findOneBy({ authorId: row.author_id });
  const routes = {
    '/p': async () => pipeline(await builder().stream(), sink(one)),
    '/d': async () => {
      const stream = await builder().stream(), asked = [];
      stream.on('data', (row) => asked.push(one(row)));
      await new Promise((done) => stream.on('end', done));
      await Promise.all(asked);
    },
    '/t': async () => { const rows = []; for await (const row of await builder().stream()) rows.push(row.author_id); await books.findBy({ authorId: typeorm.In(rows) }); },
  };
  console.log(await Promise.all(Array.from({ length: 21 }, (_, n) => ask(['/p', '/d', '/t'][n % 3]))));`);
    const counts = new Map<string, number>();
    for (const scope of endedScopes(outcome)) counts.set(scope, (counts.get(scope) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ 'http GET /p: 4': 7, 'http GET /d: 4': 7, 'http GET /t: 2': 7 });
  });

  it('stays as it is: paused until it is read, ended, failed and destroyed as without the probe', async () => {
    const outcome = await run(`
  const routes = {};
  const stream = await builder().stream();
  await pause(20);
  console.log(stream.readableFlowing, stream.readableLength, stream.listenerCount('data'), Object.keys(stream).includes('push'), stream.push.length);
  stream.read(0);
  await pause(20);
  console.log(stream.readableFlowing, stream.readableLength);
  stream.on('data', (row) => { for (const key of Object.keys(row)) delete row[key]; });
  await new Promise((done) => stream.on('end', done));
  console.log(Object.getOwnPropertyNames(stream).includes('push'), stream.destroyed);
  console.log(await ds.createQueryBuilder(Book, 'book').where('"title" = 1').stream().catch((error) => error.message));
  const failing = await ds.createQueryBuilder('Tag', 'tag').stream();
  try { for await (const row of failing) console.log(row.tag_id); } catch (error) { console.log(error.message); }
  const stopped = await builder().stream();
  stopped.destroy(new Error('mine'));
  console.log(await new Promise((done) => stopped.on('error', (error) => done(error.message))), stopped.destroyed);`);
    expect(outcome.stdout).toBe('null 0 0 false 2\nnull 2\nfalse true\nrefused\n21\n22\nconnection lost\nmine true\n');
    // Before the app took them away.
    expect(streamed(outcome)).toEqual([{ author_id: [1, 2, 3] }, { tag_id: [21, 22] }]);
  });
});
