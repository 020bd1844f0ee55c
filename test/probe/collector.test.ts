/** The collector with real processes: what a viewer is told of an Express app that loads too much. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCollector, type Collector } from '../../src/collector/collector';
import { createProfileBuilder } from '../../src/core/profile/profileBuilder';
import type { ProfileUpdate } from '../../src/protocol/collector';
import { unpackDetail } from '../../src/protocol/packedDetail';
import type { ProbeEvent, RecordingHeader } from '../../src/protocol/probe';
import { probeBundle, writeApp, type App } from './app';
import { library } from './library';

const shop: App = {
  source: `
const express = require('express');
const { open, Author, Book } = require('./library.cjs');
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book);
  const app = express();
  app.get('/authors', async (_request, response) => {
    const list = await authors.find(process.env.EAGER ? { relations: { books: true } } : {});
    const answer = [];
    for (const author of list) answer.push({ name: author.name, books: (await author.books).length });
    response.json(answer);
  });
  app.get('/books/:first/owners', async (_request, response) => {
    const owners = [];
    for (const book of await books.find()) owners.push(await authors.findOneBy({ id: book.authorId }));
    response.json(owners.map(({ name }) => name));
  });
  const server = app.listen(0, async () => {
    for (const url of ['/authors', '/books/7/owners?x=1', '/nowhere']) {
      await (await fetch('http://127.0.0.1:' + server.address().port + url)).text();
    }
    server.close(() => ds.destroy());
    server.closeAllConnections();
  });
})();
`,
  files: { 'library.cjs': library },
};

describe('collector', () => {
  let storage: string;
  let collector: Collector;
  const updates: ProfileUpdate[] = [];

  beforeEach(() => {
    storage = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-test-'));
    updates.length = 0;
    open();
  });
  afterEach(async () => {
    await collector.dispose();
    fs.rmSync(storage, { recursive: true, force: true });
  });

  function open(): void {
    collector = createCollector({ probePath: probeBundle(), storageFolder: storage });
    collector.onUpdate((update) => updates.push(structuredClone(update)));
  }

  async function profile(env: Record<string, string> = {}): Promise<string> {
    const folder = writeApp(shop);
    const run = await collector.request('startRun', { name: 'Shop', cwd: folder });
    await runOnce(folder, { ...run.env, ...env });
    await collector.request('endRun', { runId: run.runId });
    fs.rmSync(folder, { recursive: true, force: true });
    return run.runId;
  }

  it('tells requests, their queries and what is wrong with them, and ends with nothing open', async () => {
    const runId = await profile();
    const last = updates.at(-1);
    expect(last?.run).toMatchObject({ id: runId, name: 'Shop', state: 'ended', typeormVersions: ['1.1.1'], drivers: ['better-sqlite3'] });
    const result = collector.profile(runId);
    expect(result?.scopes.map(({ name, path: url, queryCount, status, live }) => ({ name, url, queryCount, status, live }))).toMatchObject([
      { name: 'outside of any request' },
      { name: 'GET /authors', url: '/authors', queryCount: 4, status: 200, live: false },
      { name: 'GET /books/:first/owners', url: '/books/7/owners?x=1', queryCount: 5, status: 200 },
      { name: 'GET /nowhere', url: '/nowhere', queryCount: 0, status: 404 },
    ]);
    expect(
      result?.findings
        .filter(({ severity }) => severity === 'warning')
        .map(({ kind, scopeName, count, parent }) => ({ kind, scopeName, count, proven: parent?.proven })),
    ).toEqual([
      { kind: 'lazy-n-plus-one', scopeName: 'GET /authors', count: 3, proven: true },
      { kind: 'loop-n-plus-one', scopeName: 'GET /books/:first/owners', count: 4, proven: true },
    ]);
  });

  it('tells it live, each scope first while it lives, and details on request', async () => {
    const runId = await profile();
    expect(updates[0]?.run.state).toBe('waiting');
    const told = new Map(updates.flatMap(({ scopes }) => scopes).map((scope) => [scope.name, scope]));
    expect(told.get('GET /authors')).toMatchObject({ queryCount: 4, warnings: 1, live: false, status: 200, previous: null, history: [] });
    const detail = unpackDetail((await collector.request('scopeDetail', { runId, scope: told.get('GET /authors')?.id ?? 0 }))!);
    expect(detail.queries).toHaveLength(4);
    expect(detail.operations.map(({ api, site }) => [api, path.basename(site?.file ?? ''), site?.line])).toEqual([
      ['Repository.find', 'app.cjs', lineOf('authors.find(')],
      ...Array(3).fill(['lazy', 'app.cjs', lineOf('await author.books')]),
    ]);
    expect(await collector.request('scopeDetail', { runId, scope: 99 })).toBeNull();
    expect(await collector.request('scopeDetail', { runId: 'unknown', scope: 1 })).toBeNull();
  });

  it('compares with earlier runs, also with those of an earlier collector', async () => {
    await profile();
    await profile({ EAGER: '1' });
    await collector.dispose();
    open();
    const runId = await profile({ EAGER: '1' });
    const authors = collector.profile(runId)?.scopes.find(({ name }) => name === 'GET /authors');
    expect(authors).toMatchObject({ queryCount: 1, previous: { queryCount: 1, responseEqual: true }, history: [4, 1] });
    expect(collector.profile(runId)?.findings.filter(({ kind }) => kind === 'lazy-n-plus-one')).toEqual([]);
  });

  it('records what it heard, so that the same profile can be made of it again', async () => {
    const runId = await profile();
    const file = collector.recordingPath(runId) ?? '';
    expect(path.dirname(file)).toBe(path.join(storage, 'recordings'));
    if (process.platform !== 'win32') expect(fs.statSync(file).mode & 0o077).toBe(0);
    const [header, ...lines] = fs
      .readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { e: string; p: number; token?: string });
    expect(header).toMatchObject({ e: 'recording', version: 1, name: 'Shop' });
    expect(lines[0]).toMatchObject({ e: 'hello', p: 1, token: '' });
    const again = createProfileBuilder({ runId, root: (header as unknown as RecordingHeader).cwd });
    for (const { p, ...event } of lines) again.add(p, event as ProbeEvent);
    expect(again.findings()).toEqual(collector.profile(runId)?.findings);
    expect(again.scopes().map(({ name, queryCount }) => [name, queryCount])).toEqual(
      collector.profile(runId)?.scopes.map(({ name, queryCount }) => [name, queryCount]),
    );
  });

  it('asks the running app’s database how it would run a query, and leaves no trace of that in the profile', async () => {
    const folder = writeApp({
      source: `
const { open, Author, Book } = require('./library.cjs');
const lens = globalThis[Symbol.for('relation-lens')];
(async () => {
  const ds = await open();
  await lens.scope('list', async () => {
    await ds.getRepository(Book).findBy({ authorId: 1 });
    await ds.query('UPDATE book SET title = title');
  });
  process.send('ready');
  process.once('disconnect', () => ds.destroy());
})();
`,
      files: { 'library.cjs': library },
    });
    const { runId, env } = await collector.request('startRun', { name: 'Shop', cwd: folder });
    const child = spawn(process.execPath, [path.join(folder, 'app.cjs')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await new Promise((resolve) => child.once('message', resolve));
    await expect.poll(() => updates.some(({ scopes }) => scopes.some(({ name, live }) => name === 'list' && !live))).toBe(true);
    const scope = collector.profile(runId)?.scopes.find(({ name }) => name === 'list');
    const { queries } = unpackDetail((await collector.request('scopeDetail', { runId, scope: scope?.id ?? 0 }))!);
    const explain = (kind: string) =>
      collector.request('explain', { runId, scope: scope?.id ?? 0, query: queries.find((query) => query.kind === kind)?.id ?? 0 });
    expect(await explain('select')).toMatchObject({ steps: [{ text: expect.stringMatching(/^SCAN /) as string, severity: 'warning' }] });
    expect(await explain('update')).toEqual({ whyNot: 'Only statements that read are explained.' });
    expect(await explain('ddl')).toHaveProperty('whyNot');
    child.disconnect();
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await explain('select')).toEqual({ whyNot: 'The app is not running any more: start it again and repeat the request.' });
    await collector.request('endRun', { runId });
    expect(collector.profile(runId)?.queries.filter(({ sql }) => /EXPLAIN/.test(sql))).toEqual([]);
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('takes each start of a watched app for a run of its own', async () => {
    const folder = writeApp(shop);
    const run = await collector.request('startRun', { name: 'Shop', cwd: folder });
    for (const EAGER of ['', '1']) await runOnce(folder, { ...run.env, EAGER });
    await collector.request('endRun', { runId: run.runId });
    fs.rmSync(folder, { recursive: true, force: true });
    const runs = [...new Set(updates.map(({ run: { id } }) => id))];
    expect(runs).toEqual([run.runId, `${run.runId}.2`]);
    const counts = runs.map((id) => collector.profile(id)?.scopes.find(({ name }) => name === 'GET /authors')?.queryCount);
    expect(counts).toEqual([4, 1]);
    const second = collector.profile(`${run.runId}.2`)?.scopes.find(({ name }) => name === 'GET /authors');
    expect(second?.previous).toMatchObject({ queryCount: 4, responseEqual: true });
  });

  it('listens where only the user may go, and to nobody without the token', async () => {
    const run = await collector.request('startRun', { name: 'Shop', cwd: storage });
    const socketPath = run.env['RELATION_LENS_SOCKET'] ?? '';
    expect(fs.statSync(path.dirname(socketPath)).mode & 0o077).toBe(0);
    await say(socketPath, '{"e":"hello","protocol":1,"token":"guess","pid":1}\n{"e":"scope","id":1,"kind":"http","name":"x","path":null,"t":1}\n');
    await say(socketPath, 'not a word of JSON\n');
    await collector.request('endRun', { runId: run.runId });
    expect(updates.at(-1)?.run).toMatchObject({
      pids: [],
      message: expect.stringMatching(/turned away .* secret: .* Copy the environment again/) as string,
    });
    expect(updates.at(-1)?.scopes).toEqual([]);
    expect(fs.existsSync(path.dirname(socketPath))).toBe(false);
  });

  it('survives half lines, broken lines and unknown events', async () => {
    const run = await collector.request('startRun', { name: 'Shop', cwd: storage });
    const hello = {
      e: 'hello',
      protocol: 1,
      token: run.env['RELATION_LENS_TOKEN'],
      pid: 42,
      ppid: 1,
      node: 'v20',
      cwd: '/',
      argv: [],
      timeOrigin: 0,
    };
    const lines = [hello, { e: 'from the future' }, { e: 'site', id: 1 }, { e: 'scope', id: 1, kind: 'custom', name: 'ü', path: null, t: 1 }].map(
      (line) => JSON.stringify(line),
    );
    const bytes = Buffer.from(['{"e":', ...lines.slice(1), '[]', '{"e":"query","id":1'].join('\n'));
    const cut = bytes.indexOf('ü') + 1;
    await say(run.env['RELATION_LENS_SOCKET'] ?? '', `${lines[0]}\n`, bytes.subarray(0, cut), bytes.subarray(cut));
    await collector.request('endRun', { runId: run.runId });
    expect(collector.profile(run.runId)?.scopes.map(({ name, live }) => [name, live])).toEqual([['ü', false]]);
    expect(updates.at(-1)?.run.pids).toEqual([42]);
  });

  it('goes on where nothing can be written', async () => {
    await collector.dispose();
    fs.writeFileSync(path.join(storage, 'file'), '');
    collector = createCollector({ probePath: probeBundle(), storageFolder: path.join(storage, 'file') });
    const runId = await profile();
    expect(collector.profile(runId)?.scopes).toHaveLength(4);
    expect(collector.profile(runId)?.run.message).toMatch(/recording could not be written/);
  });
});

function lineOf(text: string): number {
  return shop.source.split('\n').findIndex((line) => line.includes(text)) + 1;
}

function say(socketPath: string, ...chunks: (string | Buffer)[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    const next = (): void => {
      const chunk = chunks.shift();
      if (chunk === undefined) socket.end();
      else socket.write(chunk, () => setTimeout(next, 5));
    };
    next();
    socket.resume();
  });
}

function runOnce(folder: string, env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(folder, 'app.cjs')], { env: { ...process.env, ...env }, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
