/** What belongs to which request: scopes with their routes' names, never mixed, ended whatever becomes of the response. */
import { describe, expect, it } from 'vitest';
import { eventsOf, runApp, type ProbedOutcome } from './app';
import { library } from './library';

const opening = `
const { open, Author, Book, Tag } = require('./library.cjs');
const get = async (server, path, options) => (await fetch('http://127.0.0.1:' + server.address().port + path, options)).text();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
`;

/** Runs `body` with a filled library in `ds`, and `stop(server)` to end it. */
async function serve(body: string): Promise<ProbedOutcome> {
  const outcome = await runApp({
    source: `${opening}
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book);
  const stop = async (server) => { await pause(30); server.close(); server.closeAllConnections?.(); await ds.destroy(); };
${body}
})();`,
    files: { 'library.cjs': library },
  });
  expect({ status: outcome.status, stderr: outcome.stderr }).toEqual({ status: 0, stderr: '' });
  return outcome;
}

/** Scope name → number of operations in it and status, in order of the scopes' start. */
function requests({ events, operations }: ProbedOutcome): { name: string; operations: number; status: number | null | undefined }[] {
  return eventsOf(events, 'scope').map(({ id, name }) => ({
    name: eventsOf(events, 'scopeName').findLast((event) => event.id === id)?.name ?? name,
    operations: operations.filter(({ start }) => start.scope === id).length,
    status: eventsOf(events, 'scopeEnd').find((event) => event.id === id)?.status,
  }));
}

describe('requests', () => {
  it('tell what they may be asked again with, and of everything else the name alone', async () => {
    const outcome = await serve(`
  const http = require('node:http');
  const server = http.createServer(async (request, response) => { for await (const _ of request); response.end(JSON.stringify(await authors.find())); });
  server.listen(0, async () => {
    const ask = (method, headers, body) => new Promise((done) => {
      const request = http.request({ port: server.address().port, path: '/authors', method, headers }, (response) => response.resume().on('end', done));
      request.end(body);
    });
    await ask('GET', { accept: 'text/csv', cookie: 'session=of-mine', 'X-Tenant': 'of-mine' });
    await ask('POST', { 'content-type': 'text/plain' }, 'of-mine');
    await ask('DELETE', {});
    await stop(server);
  });`);
    expect(eventsOf(outcome.events, 'scope').map(({ request }) => request)).toEqual([
      { headers: { accept: 'text/csv' }, withheld: ['cookie', 'x-tenant'], hasBody: false },
      { headers: { 'content-type': 'text/plain' }, withheld: [], hasBody: true },
      undefined,
    ]);
    expect(JSON.stringify(outcome.events)).not.toContain('of-mine');
  });

  it('of Express have their route as name, mounted routers included', async () => {
    const outcome = await serve(`
  const express = require('express');
  const app = express(), router = express.Router();
  router.get('/:id', async (request, response) => { response.json(await authors.findOneBy({ id: Number(request.params.id) })); });
  router.post('/', express.json(), async (request, response) => { await authors.save(request.body); response.status(201).end(); });
  app.use('/authors', router);
  app.get('/', (_request, response) => { response.send('hello'); });
  app.get('/broken', async () => { await authors.find(); throw new Error('no'); });
  app.use((_error, _request, response, _next) => { response.status(500).send('sorry'); });
  const server = app.listen(0, async () => {
    await get(server, '/authors/2?x=1');
    await get(server, '/authors', { method: 'POST', body: JSON.stringify({ name: 'New' }), headers: { 'content-type': 'application/json' } });
    await get(server, '/');
    await get(server, '/broken');
    await get(server, '/missing');
    await stop(server);
  });`);
    expect(requests(outcome)).toEqual([
      { name: 'GET /authors/:id', operations: 1, status: 200 },
      { name: 'POST /authors', operations: 1, status: 201 },
      { name: 'GET /', operations: 0, status: 200 },
      { name: 'GET /broken', operations: 1, status: 500 },
      { name: 'GET /missing', operations: 0, status: 404 },
    ]);
    expect(eventsOf(outcome.events, 'scope').map(({ path }) => path)[0]).toBe('/authors/2?x=1');
  });

  it('of Express have the route that answered as name, not one to which the router goes on behind the answer', async () => {
    const outcome = await serve(`
  const app = require('express')();
  app.get('/authors/latest', async (_request, response, next) => { response.json(await authors.findOneBy({ id: 3 })); next(); });
  app.get('/authors/all', async (_request, response, next) => { for (const row of await authors.find()) response.write(row.name); next(); });
  app.get('/authors/:id', async (_request, response, next) => { if (!response.headersSent) response.send('one'); else response.end(); });
  const server = app.listen(0, async () => {
    for (const path of ['latest', 'all', '2']) console.log(await get(server, '/authors/' + path));
    await stop(server);
  });`);
    expect(outcome.stdout).toBe('{"id":3,"name":"Cid"}\nAnnBobCid\none\n');
    expect(requests(outcome)).toEqual([
      { name: 'GET /authors/latest', operations: 1, status: 200 },
      { name: 'GET /authors/all', operations: 1, status: 200 },
      { name: 'GET /authors/:id', operations: 0, status: 200 },
    ]);
  });

  it('are answered though asking for their route throws', async () => {
    const outcome = await serve(`
  const app = require('express')();
  app.get('/authors', (request, response) => {
    Object.defineProperty(request, 'route', { get() { throw new Error('of the app'); } });
    response.send('hidden');
  });
  const server = app.listen(0, async () => { console.log(await get(server, '/authors')); await stop(server); });`);
    expect(outcome.stdout).toBe('hidden\n');
  });

  it.each([
    [
      'Express 4',
      `const app = require('express-4')(), router = require('express-4').Router();
  router.get('/:id', async (request, response) => response.json(await authors.findOneBy({ id: request.params.id })));
  app.use('/authors', router);
  const server = app.listen(0, ask);`,
    ],
    [
      'Fastify',
      `const app = require('fastify')();
  app.register(async (inner) => {
    inner.addHook('preHandler', async () => {});
    inner.get('/:id', async (request) => authors.findOneBy({ id: request.params.id }));
  }, { prefix: '/authors' });
  await app.listen({ port: 0 });
  const { server } = app;
  setImmediate(ask);`,
    ],
    [
      'Koa',
      `const Koa = require('koa'), { Router } = require('@koa/router');
  const router = new Router({ prefix: '/authors' });
  router.get('/:id', async (context) => { context.body = await authors.findOneBy({ id: context.params.id }); });
  const server = new Koa().use(router.routes()).listen(0, ask);`,
    ],
  ])('of %s have their route as name', async (_framework, app) => {
    const outcome = await serve(`
  const ask = async () => {
    console.log(await get(server, '/authors/2?x=1'));
    await get(server, '/missing');
    await stop(server);
  };
  ${app}`);
    expect(outcome.stdout).toBe('{"id":2,"name":"Bob"}\n');
    expect(requests(outcome)).toEqual([
      { name: 'GET /authors/:id', operations: 1, status: 200 },
      { name: 'GET /missing', operations: 0, status: 404 },
    ]);
  });

  it('that run at the same time are never mixed, not over one connection either', async () => {
    const outcome = await serve(`
  const http = require('node:http');
  const server = http.createServer(async (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const count = Number(request.url.slice(1));
      for (let i = 0; i < count; i++) { await authors.findOneBy({ id: i }); await pause(1); }
      response.end(Buffer.concat(chunks));
    });
  });
  server.listen(0, async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    const ask = (count) => new Promise((done) => {
      const request = http.request({ agent, port: server.address().port, path: '/' + count, method: 'POST' }, (response) => {
        response.resume();
        response.on('end', done);
      });
      request.end('body of ' + count);
    });
    await Promise.all([5, 1, 4, 2, 3].map(ask));
    agent.destroy();
    await stop(server);
  });`);
    expect(
      requests(outcome)
        .map(({ name, operations }) => `${name} ${operations}`)
        .sort(),
    ).toEqual([1, 2, 3, 4, 5].map((n) => `POST /${n} ${n}`));
  });

  it('end when they are aborted, without a status', async () => {
    const outcome = await serve(`
  const http = require('node:http');
  const { once } = require('node:events');
  const server = http.createServer(async (request, response) => { await authors.find(); server.emit('found', response); });
  server.listen(0, async () => {
    const request = http.get({ port: server.address().port, path: '/slow' });
    request.on('error', () => {});
    const [response] = await once(server, 'found');
    request.destroy();
    await once(response, 'close');
    await stop(server);
  });`);
    expect(requests(outcome)).toEqual([{ name: 'GET /slow', operations: 1, status: null }]);
  });

  it('keep what they still do after the response, told apart by the time', async () => {
    const outcome = await serve(`
  const http = require('node:http');
  const server = http.createServer(async (_request, response) => {
    await authors.find();
    response.on('finish', () => books.find());
    response.end('done');
    await pause(10);
    await books.count();
  });
  server.listen(0, async () => {
    await get(server, '/late');
    await stop(server);
  });`);
    const end = eventsOf(outcome.events, 'scopeEnd')[0];
    const inScope = outcome.operations.filter(({ scope }) => scope === 'GET /late');
    expect(inScope.map(({ api, start }) => [api, start.t > (end?.t ?? Infinity)])).toEqual([
      ['Repository.find', false],
      ['Repository.find', true],
      ['Repository.count', true],
    ]);
  });

  it('have a hash of their response: the same for the same answer, whenever it is given', async () => {
    const outcome = await serve(`
  const http = require('node:http');
  const server = http.createServer((request, response) => {
    if (request.url === '/long') return response.end('x'.repeat(2_000_000));
    response.write(request.url === '/other' ? '{"a":2,' : '{"a":1,');
    response.end('"at":"' + new Date().toISOString() + '","then":"2001-01-01T00:00:00Z"}');
  });
  server.listen(0, async () => {
    const texts = [];
    for (const path of ['/same', '/same', '/other', '/long']) { texts.push(await get(server, path)); await pause(3); }
    console.log(texts[0].length, texts[3].length);
    await stop(server);
  });`);
    const [first, second, other, long] = eventsOf(outcome.events, 'scopeEnd').map(({ responseHash }) => responseHash);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(long).toBeNull();
    expect(outcome.stdout).toMatch(/^\d+ 2000000$/m);
  });

  it('say at which address they came in, each of two servers its own, over connections that are kept alive', async () => {
    const { events, stdout } = await serve(`
  const http = require('node:http');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const listen = () => new Promise((done) => {
    const server = http.createServer((_request, response) => response.end('{}'));
    server.listen(0, '127.0.0.1', () => done(server));
  });
  const ask = (server) => new Promise((done) => http.get({ agent, host: '127.0.0.1', port: server.address().port }, (response) => response.resume().on('end', done)));
  const one = await listen(), other = await listen();
  for (const server of [one, other, one, other]) await ask(server);
  console.log(JSON.stringify([one, other].map((server) => 'http://127.0.0.1:' + server.address().port)));
  agent.destroy();
  one.close();
  await stop(other);`);
    const [one, other] = JSON.parse(stdout) as [string, string];
    expect(one).not.toBe(other);
    expect(eventsOf(events, 'scope').map(({ origin }) => origin)).toEqual([one, other, one, other]);
  });

  it('of HTTPS and HTTP/2 servers are requests as well', async () => {
    const outcome = await serve(`
  const http2 = require('node:http2');
  const server = http2.createServer(async (_request, response) => { response.end(JSON.stringify(await authors.find())); });
  server.listen(0, async () => {
    const client = http2.connect('http://127.0.0.1:' + server.address().port);
    const stream = client.request({ ':path': '/two?y=1' });
    stream.resume();
    await new Promise((done) => stream.on('end', done));
    client.close();
    await stop(server);
  });`);
    expect(requests(outcome)).toEqual([{ name: 'GET /two', operations: 1, status: 200 }]);
  });
});

describe('scopes by hand', () => {
  it('hold what runs in them, give the answer back, and end', async () => {
    const outcome = await serve(`
  const lens = globalThis[Symbol.for('relation-lens')];
  await authors.find();
  const count = await lens.scope('import', async () => { await pause(1); await authors.find(); return 7; });
  const sync = lens.scope('plain', () => 8);
  const failed = await lens.scope('failing', async () => { throw new Error('mine'); }).catch((error) => error.message);
  await authors.find();
  console.log(count, sync, failed);
  await ds.destroy();`);
    expect(outcome.stdout).toBe('7 8 mine\n');
    expect(requests(outcome)).toEqual([
      { name: 'import', operations: 1, status: null },
      { name: 'plain', operations: 0, status: null },
      { name: 'failing', operations: 0, status: null },
    ]);
    expect(outcome.operations.filter(({ api, scope }) => api === 'Repository.find' && scope === null)).toHaveLength(2);
  });
});
