/** What the app would be paused at, with its inspector open: how often, and that it is told before it happens. */
import { describe, expect, it } from 'vitest';
import { PROBE_PAUSE_ENV, type PauseOn } from '../../src/protocol/pauses';
import { eventsOf, runApp } from './app';
import { libraryApp } from './library';

async function pauses(on: PauseOn, body: string, open = true, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const inspect = open ? `require('node:inspector').open(0, '127.0.0.1');` : '';
  const app = libraryApp(`${inspect}\n  const lens = globalThis[Symbol.for('relation-lens')];\n${body}`);
  const outcome = await runApp({
    ...app,
    files: { ...app.files, ...files },
    env: { [PROBE_PAUSE_ENV]: JSON.stringify(on) },
  });
  expect(outcome.status).toBe(0);
  return eventsOf(outcome.events, 'pause').map(({ message }) => message);
}

const loop = `
  for (const name of ['first', 'second']) await lens.scope(name, async () => {
    for (let i = 0; i < 9; i++) await authors.findOneBy({ id: i });
  });
  for (let i = 0; i < 2; i++) await books.findOneBy({ id: i });`;

describe('pausing', () => {
  it('happens at an N+1 once in each scope, and not for fewer repetitions', async () => {
    expect(await pauses({ nPlusOne: 4 }, loop)).toEqual([
      'N+1 query: Repository.findOneBy of Author is asked here for the 4th time in first',
      'N+1 query: Repository.findOneBy of Author is asked here for the 4th time in second',
    ]);
  });

  it('counts as people do', async () => {
    const body = `await lens.scope('all', async () => { for (let i = 0; i < 9; i++) await authors.findOneBy({ id: i }); });`;
    expect(await pauses({ nPlusOne: 2 }, body)).toEqual(['N+1 query: Repository.findOneBy of Author is asked here for the 2nd time in all']);
  });

  it('judges what hooks ask before each test by itself', async () => {
    const test = `
  const Runner = require('mocha/lib/runner.js');
  const runner = new Runner(), hook = async (times) => { for (let i = 0; i < times; i++) await authors.findOneBy({ id: i }); };
  for (const [title, times] of [['one', 1], ['two', 1], ['three', 1], ['four', 1], ['five', 6]]) {
    runner.emit('test', { title });
    runner.emit('hook', {}); await hook(times); runner.emit('hook end', {});
    runner.emit('test end', { title });
  }`;
    const runner = `module.exports = class Runner extends require('node:events') {};`;
    expect(await pauses({ nPlusOne: 4 }, test, true, { 'node_modules/mocha/lib/runner.js': runner })).toEqual([
      'N+1 query: Repository.findOneBy of Author is asked here for the 4th time',
    ]);
  });

  it('happens where a lazy relation is read, and when a query has failed', async () => {
    const body = `
  await (await authors.findOneBy({ id: 1 })).books;
  await ds.query('SELECT nonsense').catch(() => {});`;
    expect(await pauses({ lazyLoad: 1, failedQuery: 1 }, body)).toEqual([
      'Lazy load: Author.books is loaded',
      expect.stringMatching(/^Failed query: .*no such column/) as string,
    ]);
  });

  it('does not happen unless asked for, nor where no debugger could let the app go on', async () => {
    expect(await pauses({}, loop)).toEqual([]);
    expect(await pauses({ nPlusOne: 4 }, loop, false)).toEqual([]);
  });
});
