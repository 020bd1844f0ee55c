/** The debug adapter as a process, driven over DAP: what an editor sees of a profiled run, from launch to the end. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ProfileUpdate } from '../../src/protocol/collector';
import {
  CHILD_ENDED_REQUEST,
  CHILD_FAILED_REQUEST,
  CHILD_TYPE_PROPERTY,
  CLIENT_STARTS_CHILD_PROPERTY,
  COLLECTOR_REQUEST,
  PROFILE_EVENT,
  START_CHILD_EVENT,
  STOP_CHILD_EVENT,
  type StartChildEventBody,
} from '../../src/protocol/debug';
import { unpackDetail, type PackedDetail } from '../../src/protocol/packedDetail';
import { PROBE_PAUSE_ENV } from '../../src/protocol/pauses';
import { PROBE_SOCKET_ENV } from '../../src/protocol/probe';
import { writeApp } from '../probe/app';
import { library } from '../probe/library';
import { buildPrograms } from './bundles';
import { DapClient } from './dapClient';

const server = `
if (process.argv.includes('--early')) process.exit(0);
const express = require('express');
const { open, Author } = require('./library.cjs');
open().then((ds) => {
  const app = express();
  app.get('/authors', async (_request, response) => {
    const answer = [];
    for (const author of await ds.getRepository(Author).find()) answer.push((await author.books).length);
    response.json(answer);
  });
  const server = app.listen(0, async () => {
    await (await fetch('http://127.0.0.1:' + server.address().port + '/authors')).text();
    console.log('answered with', process.env.GREETING, process.execArgv.length);
    if (process.argv.includes('--once')) process.exit(0);
  });
  process.on('SIGTERM', () => process.exit(0));
});
`;

const servers: http.Server[] = [];

/** Answers everything on a loopback port with the text; gives the port. */
async function serve(answer: string, port = 0): Promise<number> {
  const listening = http.createServer((_request, response) => response.end(answer));
  servers.push(listening);
  await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
  return (listening.address() as AddressInfo).port;
}

/** Where nobody listens right now. */
async function freePort(): Promise<number> {
  const port = await serve('');
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

/** To be preloaded: a bug that shows whenever the adapter is asked to evaluate something. */
const fault = `process.stdin.on('data', (asked) => String(asked).includes('evaluate') && setImmediate(() => { throw new Error('a bug'); }));`;

describe('debug adapter', () => {
  let bundles: string;
  let folder: string;
  let client: DapClient;

  beforeAll(() => {
    bundles = buildPrograms({ 'debugAdapter.js': 'src/debug/main.ts', 'probe.js': 'src/probe/main.ts' });
  });

  afterAll(() => fs.rmSync(bundles, { recursive: true, force: true }));

  beforeEach(() => {
    folder = writeApp({
      source: server,
      file: 'server.cjs',
      files: { 'library.cjs': library, 'broken.cjs': `require('./nowhere');`, 'fault.cjs': fault },
    });
    client = new DapClient(path.join(bundles, 'debugAdapter.js'), path.join(folder, 'storage'));
  });

  afterEach(() => {
    for (const listening of servers.splice(0)) listening.close();
    client.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const launch = (more: object = {}) =>
    client.send('launch', { name: 'Shop', program: path.join(folder, 'server.cjs'), cwd: folder, env: { GREETING: 'hello' }, ...more });

  const scopeWith = (name: string) => (update: ProfileUpdate) => update.scopes.some((scope) => scope.name === name && !scope.live);

  it('starts the app as a child of the JavaScript debugger, with everything of the configuration and the probe', async () => {
    client.runsApps = false;
    await client.initialize();
    expect(await launch({ args: ['--x'], env: { NODE_OPTIONS: '--max-old-space-size=900', GREETING: 'hi' }, stopOnEntry: true })).toMatchObject({
      success: true,
    });
    await client.until(() => client.children[0], 'the child session');
    const [{ request, configuration }] = client.children as [DapClient['children'][number]];
    expect(request).toBe('launch');
    expect(configuration).toMatchObject({
      name: 'Shop (app)',
      program: path.join(folder, 'server.cjs'),
      args: ['--x'],
      stopOnEntry: true,
      [CHILD_TYPE_PROPERTY]: 'pwa-node',
    });
    expect(configuration).not.toHaveProperty('type');
    expect(configuration.env).toMatchObject({ GREETING: 'hi', [PROBE_SOCKET_ENV]: expect.any(String) as string });
    expect(configuration.env?.['NODE_OPTIONS']).toMatch(/^--max-old-space-size=900 --require .*probe\.js$/);
  });

  it('reports requests, queries and findings while the app runs, and answers for the details', async () => {
    await client.initialize();
    await launch();
    const update = await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    const scope = update.scopes.find(({ name }) => name === 'GET /authors')!;
    expect(scope.queryCount).toBe(4);
    const response = await client.send(COLLECTOR_REQUEST, { method: 'scopeDetail', params: { runId: update.run.id, scope: scope.id } });
    const detail = unpackDetail(response.body as PackedDetail);
    expect(detail.queries).toHaveLength(4);
    expect(detail.operations.map(({ api }) => api)).toEqual(['Repository.find', 'lazy', 'lazy', 'lazy']);
    await client.until(() => client.appOutput.includes('answered with hello') || undefined, 'the app’s output');
  });

  it('offers to pause at what the profiler finds, and hands the choice to the app', async () => {
    client.runsApps = false;
    const { exceptionBreakpointFilters } = await client.initialize();
    expect(exceptionBreakpointFilters?.map(({ label }) => label)).toEqual([
      'N+1 query',
      'Lazy load',
      'Unloaded relation read',
      'Slow query',
      'Failed query',
    ]);
    await client.send('setExceptionBreakpoints', { filters: ['lazyLoad'], filterOptions: [{ filterId: 'nPlusOne', condition: '3' }] });
    await client.send('configurationDone');
    await launch();
    await client.until(() => client.children[0], 'the child session');
    const wanted = client.children[0]?.configuration.env?.[PROBE_PAUSE_ENV];
    expect(JSON.parse(wanted ?? 'null')).toEqual({ lazyLoad: 1, nPlusOne: 3 });
  });

  it('ends with the app, after the last update', async () => {
    await client.initialize();
    await launch({ args: ['--once'] });
    await client.event('terminated');
    const kinds = client.events.map(({ event }) => event);
    expect(kinds.indexOf('terminated')).toBe(kinds.length - 1);
    const updates = client.events.filter(({ event }) => event === PROFILE_EVENT).map(({ body }) => body as ProfileUpdate);
    expect(updates.at(-1)?.run.state).toBe('ended');
    expect(updates.some(scopeWith('GET /authors'))).toBe(true);
    await client.send('disconnect');
    expect(await client.exited).toBe(0);
  });

  it('stops the app when it is stopped itself', async () => {
    await client.initialize();
    await launch();
    await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    expect(await client.send('terminate')).toMatchObject({ success: true });
    await client.event(STOP_CHILD_EVENT);
    await client.event('terminated');
  });

  it('ends the app’s processes itself where the client does not stop the child', async () => {
    client.stopsChildren = false;
    await client.initialize();
    await launch();
    await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    await client.send('terminate');
    await client.event('terminated');
  });

  it('starts the app again on restart, as a new run that is compared with the one before', async () => {
    await client.initialize();
    await launch();
    const first = await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    await client.send('restart');
    const second = await client.event<ProfileUpdate>(PROFILE_EVENT, (update) => update.run.id !== first.run.id && scopeWith('GET /authors')(update));
    expect(client.children).toHaveLength(2);
    expect(second.scopes.find(({ name }) => name === 'GET /authors')?.previous).toMatchObject({ queryCount: 4, responseEqual: true });
    expect(client.events.map(({ event }) => event)).not.toContain('terminated');
  });

  it('compares with the run of an earlier session', async () => {
    await client.initialize();
    await launch({ args: ['--once'] });
    await client.event('terminated');
    client.dispose();
    client = new DapClient(path.join(bundles, 'debugAdapter.js'), path.join(folder, 'storage'));
    await client.initialize();
    await launch();
    const again = await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    expect(again.scopes.find(({ name }) => name === 'GET /authors')?.previous?.queryCount).toBe(4);
  });

  it('runs the app unprofiled on request', async () => {
    await client.initialize();
    await launch({ profile: false, args: ['--once'] });
    await client.event('terminated');
    expect(client.children[0]?.configuration.env).toEqual({ GREETING: 'hello' });
    expect(client.events.map(({ event }) => event)).not.toContain(PROFILE_EVENT);
    expect(client.appOutput).toContain('answered with hello');
  });

  it('passes attaching through', async () => {
    client.runsApps = false;
    await client.initialize();
    const port = await serve('{"Browser": "node.js/v24.0.0", "Protocol-Version": "1.1"}');
    await client.send('attach', { name: 'Attach', port });
    await client.until(() => client.children[0], 'the child session');
    const skipFiles = ['<node_internals>/**', path.join(bundles, 'probe.js').replaceAll('\\', '/')];
    expect(client.children).toEqual([
      { request: 'attach', configuration: { name: 'Attach (app)', port, address: '127.0.0.1', [CHILD_TYPE_PROPERTY]: 'pwa-node', skipFiles } },
    ]);
    await client.send(CHILD_ENDED_REQUEST);
    await client.event('terminated');
  });

  it.each([{ address: 'shop.local' }, { websocketAddress: 'ws://shop.local/1' }, { processId: '42' }])(
    'attaches where the configuration says: %o',
    async (where) => {
      client.runsApps = false;
      await client.initialize();
      await client.send('attach', { name: 'Attach', ...where });
      const child = await client.until(() => client.children[0], 'the child session');
      expect(child.configuration).toMatchObject(where);
      expect(child.configuration).not.toMatchObject({ address: '127.0.0.1' });
      await client.send(CHILD_ENDED_REQUEST);
      await client.event('terminated');
    },
  );

  it('waits for an app that is started right after its debugger', async () => {
    client.runsApps = false;
    await client.initialize();
    const port = await freePort();
    const attached = client.send('attach', { name: 'Attach', port });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(client.children).toEqual([]);
    await serve('{"Protocol-Version": "1.1"}', port);
    expect((await attached).success).toBe(true);
    await client.until(() => client.children[0], 'the child session');
    await client.send(CHILD_ENDED_REQUEST);
    await client.event('terminated');
  });

  it('starts nothing once it was stopped while it waited for the app', async () => {
    client.runsApps = false;
    await client.initialize();
    const port = await freePort();
    const attached = client.send('attach', { name: 'Attach', port });
    await client.send('terminate');
    await client.event('terminated');
    await serve('{"Protocol-Version": "1.1"}', port);
    await attached;
    expect(client.children).toEqual([]);
  });

  it.each([
    ['nobody listens', () => freePort(), /nobody listens at 127\.0\.0\.1:\d+.*--inspect.*“Attach”/],
    ['the app itself listens', () => serve('Hello'), /127\.0\.0\.1:\d+ is no Node\.js inspector.*“Attach”/],
  ])('shows the user that there is nothing to attach to where %s', async (_case, listen, message) => {
    await client.initialize();
    const response = (await client.send('attach', { name: 'Attach', port: await listen(), timeout: 300 })) as DebugProtocol.ErrorResponse;
    expect(response.success).toBe(false);
    expect(response.message).toMatch(message);
    expect(response.body.error?.showUser).toBe(true);
    expect(client.children).toEqual([]);
  });

  it('names what it did not attach to', async () => {
    client.refusal = 'no permission';
    await client.initialize();
    await client.send('attach', { name: 'Attach', processId: '42' });
    const { output } = await client.event<DebugProtocol.OutputEvent['body']>('output');
    expect(output).toMatch(/did not attach to process 42 \(“no permission”\).*--inspect/);
    await client.event('terminated');
  });

  it.each([
    ['says that there is no envFile, and runs the app', '.env.nowhere', [/no file .*\.env\.nowhere.*"envFile".*“Shop”/]],
    ['says nothing of an envFile that is there', '.env', []],
  ])('%s', async (_case, name, expected) => {
    fs.writeFileSync(path.join(folder, '.env'), 'A=1');
    await client.initialize();
    await launch({ envFile: path.join(folder, name), args: ['--once'] });
    await client.event('terminated');
    expect(client.appOutput).toContain('answered with');
    const said = client.events.flatMap(({ event, body }) => (event === 'output' ? [body as DebugProtocol.OutputEvent['body']] : []));
    expect(said).toEqual(
      expected.map((output) => expect.objectContaining({ category: 'important', output: expect.stringMatching(output) as string })),
    );
  });

  it('leaves the error of an app that cannot start as it is', async () => {
    await client.initialize();
    await launch({ program: path.join(folder, 'broken.cjs') });
    await client.event('terminated');
    expect(client.appOutput).toContain(`Cannot find module './nowhere'`);
    expect(client.events.filter(({ event }) => event === 'output')).toEqual([]);
  });

  it.each([
    ['a killed app that it was killed', [], {}, /process \d+\) ended without an exit code: .*"outputCapture": "std".*“Shop”/],
    ['a killed app that prints all it says', [], { outputCapture: 'std' }, /process \d+\) ended without an exit code: .* native code\.\n$/],
    [
      'an app that ended before it loaded TypeORM that it did',
      ['--early'],
      {},
      /ended before it loaded TypeORM.* exit code 0 .*"outputCapture": "std"/,
    ],
    [
      'one that prints all it says',
      ['--early'],
      { outputCapture: 'std' },
      /ended before it loaded TypeORM.* nothing to show\. What it printed says why\.\n$/,
    ],
    ['one in a terminal', ['--early'], { console: 'integratedTerminal' }, /nothing to show\. What it printed says why\.\n$/],
    ['an app that ended as apps do nothing', ['--once'], {}, null],
  ])('says of %s, where its debugger says nothing', async (_case, args, output, expected) => {
    client.endsSilently = true;
    await client.initialize();
    await launch({ args, ...output });
    if (args.length === 0) {
      await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
      client.stopApp('SIGKILL');
    }
    await client.event('terminated');
    const said = client.events.flatMap(({ event, body }) => (event === 'output' ? [(body as DebugProtocol.OutputEvent['body']).output] : []));
    expect(said).toEqual(expected === null ? [] : [expect.stringMatching(expected) as string]);
  });

  it('says nothing of a killed app whose end was asked for', async () => {
    await client.initialize();
    await launch();
    await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    client.stopApp('SIGKILL');
    await client.event('terminated');
    expect(client.events.filter(({ event }) => event === 'output')).toEqual([]);
  });

  it('outlives a fault of its own, says so once, and goes on with the run', async () => {
    client.dispose();
    client = new DapClient(path.join(bundles, 'debugAdapter.js'), path.join(folder, 'storage'), ['--require', path.join(folder, 'fault.cjs')]);
    await client.initialize();
    await launch();
    await client.event<ProfileUpdate>(PROFILE_EVENT, scopeWith('GET /authors'));
    await client.send('evaluate');
    await client.send('evaluate');
    const said = await client.event<DebugProtocol.OutputEvent['body']>('output');
    expect(said).toMatchObject({
      category: 'important',
      output: expect.stringMatching(/The query profiler failed \(a bug\)\. The app goes on/) as string,
    });
    await client.send('terminate');
    await client.event('terminated');
    expect(client.events.filter(({ event }) => event === 'output')).toHaveLength(1);
  });

  it.each([
    ['a program that is not there', { program: '/nowhere/app.js' }, /no file \/nowhere\/app\.js.*“Shop”.*build the app/],
    ['a folder that is not there', { cwd: '/nowhere' }, /no folder \/nowhere.*"cwd"/],
    ['nothing to run', { program: undefined }, /names nothing to run.*"program"/],
  ])('says what is wrong with %s, and what to do', async (_case, configuration, message) => {
    await client.initialize();
    const response = (await launch(configuration)) as DebugProtocol.ErrorResponse;
    expect(response.success).toBe(false);
    expect(response.message).toMatch(message);
    expect(response.body.error?.showUser).toBe(true);
    expect(client.children).toEqual([]);
  });

  it('says why no child session was started, and ends', async () => {
    client.refusal = 'no such debug type';
    await client.initialize();
    await launch({ childType: 'other-node' });
    await client.event('terminated');
    expect(client.events.find(({ event }) => event === 'output')?.body).toMatchObject({
      output: expect.stringMatching(/“other-node”.*no such debug type/) as string,
    });
  });

  it('leaves starting the child to a client that says more than DAP can', async () => {
    client.runsApps = false;
    await client.initialize({ supportsStartDebuggingRequest: false });
    await launch({ [CLIENT_STARTS_CHILD_PROPERTY]: true, childType: 'other-node' });
    const child = await client.event<StartChildEventBody>(START_CHILD_EVENT);
    expect(client.children).toEqual([]);
    expect(child).toMatchObject({ request: 'launch', configuration: { name: 'Shop (app)', [CHILD_TYPE_PROPERTY]: 'other-node' } });
    expect(child.configuration).not.toHaveProperty(CLIENT_STARTS_CHILD_PROPERTY);
    // VS Code sends none where there is nothing in it.
    await client.send(CHILD_FAILED_REQUEST, null);
    // The debugger has told the user itself: ours must not cover its words.
    expect(await client.event<DebugProtocol.OutputEvent['body']>('output')).toMatchObject({ category: 'stderr' });
    await client.event('terminated');
  });

  it('tells an editor that cannot start child sessions about the command line', async () => {
    await client.initialize({ supportsStartDebuggingRequest: false });
    expect((await launch()).message).toMatch(/relation-lens profile/);
  });

  it('leaves no socket behind', async () => {
    client.runsApps = false;
    await client.initialize();
    await launch();
    await client.until(() => client.children[0], 'the child session');
    const socket = client.children[0]!.configuration.env![PROBE_SOCKET_ENV]!;
    expect(fs.existsSync(socket)).toBe(true);
    await client.send('disconnect');
    await client.exited;
    expect(fs.existsSync(socket)).toBe(false);
  });
});
