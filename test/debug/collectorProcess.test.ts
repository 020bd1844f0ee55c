/** The forked collector of ordinary Node launches, and apps that are started from a terminal with its environment. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CollectorProcess } from '../../src/extension/profile/collectorProcess';
import { forPowerShell, forShell } from '../../src/extension/profile/shellEnvironment';
import type { Finding, ProfileUpdate } from '../../src/protocol/collector';
import { unpackDetail } from '../../src/protocol/packedDetail';
import { libraryApp } from '../probe/library';
import { writeApp } from '../probe/app';
import { buildPrograms } from './bundles';

const run = promisify(execFile);

/** As one pastes it: the copied text before the command. */
async function runInShell(env: Readonly<Record<string, string>>, cwd: string): Promise<void> {
  if (process.platform === 'win32') await run('powershell', ['-Command', `${forPowerShell(env)}& '${process.execPath}' app.cjs`], { cwd });
  else await run('sh', ['-c', `${forShell(env)}"${process.execPath}" app.cjs`], { cwd });
}

/** Updates come a little after what caused them. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

describe('collector process', () => {
  let programs: string;
  let folder: string;
  let collector: CollectorProcess;
  const updates: ProfileUpdate[] = [];

  beforeAll(() => {
    programs = buildPrograms({ 'collector.js': 'src/collector/main.ts', 'probe.js': 'src/probe/main.ts' });
  });
  afterAll(() => fs.rmSync(programs, { recursive: true, force: true }));

  beforeEach(() => {
    folder = writeApp(libraryApp('for (const author of await authors.find()) await author.books;'));
    updates.length = 0;
    collector = new CollectorProcess(
      path.join(programs, 'collector.js'),
      path.join(folder, 'storage'),
      (update) => updates.push(update),
      () => undefined,
    );
  });
  afterEach(() => {
    collector.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('profiles an app that a shell starts with the copied environment', async () => {
    const { runId, env } = await collector.request('startRun', { name: 'Started from a terminal', cwd: folder });
    await runInShell(env, folder);
    await collector.request('endRun', { runId });
    const scopes = updates.flatMap((update) => update.scopes);
    expect(Math.max(...scopes.map(({ queryCount }) => queryCount))).toBeGreaterThanOrEqual(4);
    expect(updates.at(-1)?.run).toMatchObject({ id: runId, state: 'ended' });
    const detail = await collector.request('scopeDetail', { runId, scope: scopes.at(-1)!.id });
    expect(unpackDetail(detail!).operations.filter(({ api }) => api === 'lazy')).toHaveLength(3);
  });

  it('says of a TypeORM before 0.3 that it is not supported, and lets the app run', async () => {
    // Where each of its versions has its connection; nothing else of it is looked at.
    const old = path.join(folder, 'node_modules', 'typeorm');
    fs.mkdirSync(path.join(old, 'connection'), { recursive: true });
    fs.writeFileSync(path.join(old, 'package.json'), JSON.stringify({ name: 'typeorm', version: '0.2.45' }));
    fs.writeFileSync(path.join(old, 'connection', 'Connection.js'), 'exports.Connection = class {};');
    const app = `require('fs').writeFileSync('done', typeof require('./node_modules/typeorm/connection/Connection.js').Connection);`;
    fs.writeFileSync(path.join(folder, 'app.cjs'), app);
    const { runId, env } = await collector.request('startRun', { name: 'Old', cwd: folder });
    await runInShell(env, folder);
    await collector.request('endRun', { runId });
    expect(fs.readFileSync(path.join(folder, 'done'), 'utf8')).toBe('function');
    expect(updates.at(-1)?.run).toMatchObject({
      typeormVersions: ['0.2.45'],
      message: 'TypeORM 0.2.45 is not supported: queries are recorded of 0.3 and 1.x. Update typeorm to see them.',
    });
  });

  describe('a recording that is opened', () => {
    const recording = () => {
      const recordings = path.join(folder, 'storage', 'recordings');
      const names = fs.readdirSync(recordings).sort();
      return names.map((name) => path.join(recordings, name));
    };
    const record = async (name: string): Promise<string> => {
      const { runId, env } = await collector.request('startRun', { name, cwd: folder });
      await runInShell(env, folder);
      await collector.request('endRun', { runId });
      return runId;
    };
    /** Without what a run has of its own. */
    const measures = (run: string) =>
      new Map(updates.filter((update) => update.run.id === run).flatMap(({ scopes }) => scopes.map((scope) => [scope.id, { ...scope, runId: '' }])));

    it('tells the same as the run did: requests, findings, details, and what the run before had measured', async () => {
      await record('Shop');
      const live = await record('Shop');
      const { runId } = await collector.request('openRecording', { file: recording()[1]! });
      const opened = updates.at(-1)!;
      expect(opened.run).toMatchObject({ id: runId, name: 'Shop', state: 'ended', recording: path.basename(recording()[1]!) });
      expect([...measures(runId).values()]).toEqual([...measures(live).values()]);
      expect([...measures(runId).values()].map(({ previous }) => previous !== null)).toContain(true);
      const kinds = (run: string) => findingsOf(updates.filter((update) => update.run.id === run)).map(({ kind }) => kind);
      expect(kinds(runId)).toEqual(kinds(live));
      const [scope] = measures(runId).keys();
      const detail = async (run: string) => unpackDetail((await collector.request('scopeDetail', { runId: run, scope: scope! }))!).queries;
      expect(await detail(runId)).toEqual(await detail(live));
      expect(await collector.request('explain', { runId, scope: scope!, query: 1 })).toEqual({
        whyNot: 'This is a recording: start the app and repeat the request.',
      });
    });

    it('knows nothing of runs that came later', async () => {
      await record('Shop');
      await record('Shop');
      const { runId } = await collector.request('openRecording', { file: recording()[0]! });
      expect([...measures(runId).values()].map(({ previous }) => previous)).toEqual([...measures(runId).values()].map(() => null));
    });

    it('shows no values where these are to be left out, though it holds them', async () => {
      fs.writeFileSync(path.join(folder, 'app.cjs'), libraryApp("await authors.findBy({ name: 'Ada' });").source);
      await record('Shop');
      expect(fs.readFileSync(recording()[0]!, 'utf8')).toContain('Ada');
      const { runId } = await collector.request('openRecording', { file: recording()[0]!, redact: true });
      const details = await Promise.all([...measures(runId).keys()].map((scope) => collector.request('scopeDetail', { runId, scope })));
      expect(details.flatMap((detail) => unpackDetail(detail!).queries).length).toBeGreaterThan(0);
      expect(JSON.stringify([updates.at(-1), details])).not.toContain('Ada');
    });

    it('is forgotten when it is cleared, and says why where it is none', async () => {
      await record('Shop');
      const { runId } = await collector.request('openRecording', { file: recording()[0]! });
      const [scope] = measures(runId).keys();
      await collector.request('clear', { runId });
      expect(await collector.request('scopeDetail', { runId, scope: scope! })).toBeNull();
      await expect(collector.request('openRecording', { file: path.join(folder, 'app.cjs') })).rejects.toThrow('is no recording of Relation Lens');
      await expect(collector.request('openRecording', { file: path.join(folder, 'none.ndjson') })).rejects.toThrow('does not exist');
    });
  });

  it('J21 leaves out of durations what it is told that a debugger held the app for', async () => {
    const [held, wall] = [path.join(folder, 'held'), path.join(folder, 'wall')];
    // The file is the breakpoint: the app stands still while it is there.
    const body = `
  const fs = require('node:fs');
  const lens = globalThis[Symbol.for('relation-lens')];
  const startedAt = Date.now();
  await lens.scope('held', async () => {
    await authors.find();
    fs.writeFileSync('held.tmp', lens.thread);
    fs.renameSync('held.tmp', 'held');
    while (fs.existsSync('held')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    await authors.find();
  });
  fs.writeFileSync('wall', String(Date.now() - startedAt));`;
    fs.writeFileSync(path.join(folder, 'app.cjs'), libraryApp(body).source);
    const { runId, env } = await collector.request('startRun', { name: 'Held', cwd: folder });
    const app = runInShell(env, folder);
    while (!fs.existsSync(held)) await sleep(10);
    const from = Date.now();
    const thread = fs.readFileSync(held, 'utf8');
    await collector.request('stoodStill', { thread, from, to: null });
    await sleep(300);
    const to = Date.now();
    await collector.request('stoodStill', { thread, from, to });
    fs.rmSync(held);
    await app;
    await collector.request('endRun', { runId });
    const scope = updates.flatMap(({ scopes }) => scopes).findLast(({ name }) => name === 'held');
    expect(scope).toMatchObject({ queryCount: 2, live: false });
    // A millisecond for the clock's whole numbers.
    expect(scope?.durationMs).toBeLessThanOrEqual(Number(fs.readFileSync(wall, 'utf8')) - (to - from) + 1);
  });

  describe('what the user says no to', () => {
    const entry = { finding: 'lazy-n-plus-one', entity: 'Author', relation: 'books', reason: 'three authors' };
    const heard = () => findingsOf(updates).map(({ kind }) => kind);
    const hot = () => updates.findLast(({ relationStats }) => relationStats)?.relationStats?.map(({ warning }) => warning);
    const list = () => updates.flatMap(({ scopes }) => scopes).findLast(({ name }) => name === 'list');
    const warnings = () => list()?.warnings;
    const suppressed = async (runId: string) => {
      const detail = await collector.request('scopeDetail', { runId, scope: list()?.id ?? 0 });
      return detail?.suppressed?.map(({ by, reason }) => `${by}: ${reason}`);
    };

    /** The app with a loop that is marked as a request of its own; gives the run, ended or not. */
    async function aRun(params: { readonly suppress?: readonly unknown[] } = {}, body = LOOP): Promise<string> {
      fs.writeFileSync(path.join(folder, 'app.cjs'), libraryApp(body).source);
      const { runId, env } = await collector.request('startRun', { name: 'App', cwd: folder, ...params });
      await runInShell(env, folder);
      await collector.request('endRun', { runId });
      return runId;
    }
    const LOOP = `
  await globalThis[Symbol.for('relation-lens')].scope('list', async () => {
    for (const author of await authors.find()) await author.books;
  });`;

    it('is kept back from the first moment, where it comes with the run', async () => {
      const runId = await aRun({ suppress: [entry, 'nonsense'] });
      const everHeard = updates.flatMap(({ findings = [] }) => findings.flatMap((told) => told.findings));
      expect(everHeard.map(({ kind }) => kind)).not.toContain('lazy-n-plus-one');
      expect(await suppressed(runId)).toEqual(['setting: three authors']);
    });

    it('goes from a run that is over when the setting changes, with its warning and its heat, and comes back', async () => {
      const runId = await aRun();
      expect([heard(), warnings(), hot()]).toEqual([['lazy-n-plus-one'], 1, [true]]);
      await collector.request('suppress', { entries: [entry] });
      await until(() => heard().length === 0);
      expect([warnings(), hot(), await suppressed(runId)]).toEqual([0, [false], ['setting: three authors']]);
      await collector.request('suppress', { entries: [] });
      await until(() => heard().length === 1);
      expect([warnings(), hot(), await suppressed(runId)]).toEqual([1, [true], []]);
    });

    it('counts for later runs too, whatever these bring along', async () => {
      await collector.request('suppress', { entries: [entry] });
      await aRun({ suppress: [] });
      expect(heard()).toEqual([]);
    });

    it('goes at once where a comment was written for its line', async () => {
      const runId = await aRun();
      const site = findingsOf(updates)[0]?.site;
      await collector.request('suppressHere', { kind: 'lazy-n-plus-one', file: site?.file ?? '', line: site?.line ?? 0, reason: 'few' });
      await until(() => heard().length === 0);
      expect(await suppressed(runId)).toEqual(['comment: few']);
    });
  });

  it('answers a request that fails with its error', async () => {
    const unknown = 'noSuchMethod' as 'startRun';
    await expect(collector.request(unknown, { name: 'x', cwd: folder })).rejects.toThrow();
  });

  it('starts anew after it was lost, and lets nobody wait for the one that is gone', async () => {
    const lost = collector.request('startRun', { name: 'x', cwd: folder });
    collector.dispose();
    await expect(lost).rejects.toThrow('closed');
    expect((await collector.request('startRun', { name: 'x', cwd: folder })).env).toHaveProperty('NODE_OPTIONS');
  });

  it('says so where it cannot be started', async () => {
    const missing = new CollectorProcess(
      path.join(programs, 'nowhere.js'),
      folder,
      () => undefined,
      () => undefined,
    );
    await expect(missing.request('startRun', { name: 'x', cwd: folder })).rejects.toThrow(/ended/);
  });
});

/** What a viewer of one run knows: of each scope what was told of it last. */
function findingsOf(updates: readonly ProfileUpdate[]): readonly Finding[] {
  const told = new Map(updates.flatMap(({ run, findings = [] }) => findings.map(({ scope, findings }) => [`${run.id} ${scope}`, findings])));
  return [...told.values()].flat();
}
