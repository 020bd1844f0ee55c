/** The collector with real processes: what a viewer is told of an Express app that loads too much. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCollector, type Collector } from '../../src/collector/collector';
import type { ProfileUpdate } from '../../src/protocol/collector';
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
    await new Promise<void>((resolve, reject) => {
      const child = spawn(process.execPath, [path.join(folder, 'app.cjs')], { env: { ...process.env, ...run.env, ...env }, stdio: 'inherit' });
      child.once('error', reject);
      child.once('exit', () => resolve());
    });
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
  });
});
