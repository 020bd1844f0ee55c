/** Where nobody listens, the probe is not there: no method of TypeORM's or of Node's is another than without it. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preloadEnvironment } from '../../src/collector/preloadEnvironment';
import { openProbeServer, type ProbeListener } from '../../src/collector/probeServer';
import { bothVersions, probeBundle, runToEnd, writeApp, type App } from './app';
import { libraryApp } from './library';

/**
 * Prints every own property of the classes that are hooked, and of what is hooked in Node: name, attributes and source of each function.
 * After TypeORM was used, once `until` is true or 5 s are over.
 */
const inspection = `
const { AsyncLocalStorage, executionAsyncId } = require('node:async_hooks');
const Module = require('node:module'), net = require('node:net'), vm = require('node:vm');
const folder = require('node:path').dirname(require.resolve('TYPEORM'));
const own = (name, target) => Reflect.ownKeys(target).map((key) => {
  const { value, get, ...attributes } = Object.getOwnPropertyDescriptor(target, key);
  return name + '.' + String(key) + ' ' + JSON.stringify(attributes) + ' ' + String(get) + (typeof value === 'function' ? value.name + value.length + value : '');
});
const loaded = {
  compile: Object.getOwnPropertyDescriptor(Module.prototype, '_compile').value, emit: net.Server.prototype.emit, script: vm.Script, function: vm.compileFunction };
const ofNode = () => [
  ...own('Module', Module.prototype), ...own('Server', net.Server.prototype), ...own('Error', Error).filter((line) => !line.includes('prepareStackTrace')),
  'vm ' + (vm.Script === loaded.script && vm.compileFunction === loaded.function && net.Server.prototype.emit === loaded.emit),
  'exit ' + process.listenerCount('exit')];
const classes = { Repository: 'repository/Repository', TreeRepository: 'repository/TreeRepository', EntityManager: 'entity-manager/EntityManager',
  DataSource: 'data-source/DataSource', SelectQueryBuilder: 'query-builder/SelectQueryBuilder', InsertQueryBuilder: 'query-builder/InsertQueryBuilder',
  UpdateQueryBuilder: 'query-builder/UpdateQueryBuilder', DeleteQueryBuilder: 'query-builder/DeleteQueryBuilder', QueryBuilder: 'query-builder/QueryBuilder',
  SoftDeleteQueryBuilder: 'query-builder/SoftDeleteQueryBuilder', RelationQueryBuilder: 'query-builder/RelationQueryBuilder',
  RelationLoader: 'query-builder/RelationLoader', Broadcaster: 'subscriber/Broadcaster', BaseQueryRunner: 'query-runner/BaseQueryRunner',
  BetterSqlite3QueryRunner: 'driver/better-sqlite3/BetterSqlite3QueryRunner',
  RawSqlResultsToEntityTransformer: 'query-builder/transformer/RawSqlResultsToEntityTransformer' };
const ofTypeorm = () => Object.entries(classes).flatMap(([name, file]) => own(name, require(folder + '/' + file + '.js')[name].prototype));
/** Promises have ids of their own only while something follows them. */
const followsPromises = async () => { const before = executionAsyncId(); await null; return executionAsyncId() !== before && executionAsyncId() !== 0; };
`;

function inspected(until: string): App {
  const { source, files } = libraryApp(`
  await authors.find(); await (await authors.findOneBy({ id: 1 })).books; await ds.query('SELECT 1');
  const deadline = Date.now() + 30_000;
  while (!(${until}) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  console.log(JSON.stringify([ofNode(), ofTypeorm(), await followsPromises()]));`);
  const [imports = '', ...rest] = source.trimStart().split('\n');
  return { source: [inspection, imports, ...rest].join('\n'), ...(files ? { files } : {}) };
}

const isRestored = `!typeorm.Repository.prototype.find.toString().includes('context')`;
const listener: ProbeListener = { connected: () => undefined, event: () => undefined, disconnected: () => undefined, refused: () => undefined };
let folder = '';
let stale = '';

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-test-'));
  stale = path.join(folder, 'stale.sock');
  await leaveStaleSocket(stale);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.each(bothVersions)('%s', (typeorm) => {
  it.each(['no socket', 'no token', 'a socket that its listener left behind', 'a file in its place'] as const)(
    'is untouched with %s',
    async (where) => {
      const app = { ...inspected('true'), typeorm };
      const plain = path.join(folder, `plain-${typeorm}.sock`);
      fs.writeFileSync(plain, '');
      const environments = {
        'no socket': preloadEnvironment(probeBundle(), path.join(folder, 'none.sock'), 'token'),
        'no token': preloadEnvironment(probeBundle(), stale, ''),
        'a socket that its listener left behind': preloadEnvironment(probeBundle(), stale, 'token'),
        'a file in its place': preloadEnvironment(probeBundle(), plain, 'token'),
      };
      const [without, probed] = await Promise.all([{}, environments[where]].map((env) => run(app, env)));
      expect(without).toMatchObject({ status: 0, stderr: '' });
      expect(probed).toEqual(without);
    },
  );

  it('is itself again once the listener has refused, or has gone', async () => {
    const server = await openProbeServer(listener);
    const short = net.createServer((socket) => setTimeout(() => socket.destroy(), 30));
    const shortPath = path.join(folder, `short-${typeorm}.sock`);
    await new Promise<void>((resolve) => short.listen(shortPath, resolve));
    try {
      const app = { ...inspected(isRestored), typeorm };
      const [without, refused, left] = await Promise.all(
        [{}, preloadEnvironment(probeBundle(), server.socketPath, 'wrong'), preloadEnvironment(probeBundle(), shortPath, 'token')].map((env) =>
          run(app, env),
        ),
      );
      expect(without).toMatchObject({ status: 0, stderr: '' });
      expect(refused).toEqual(without);
      expect(left).toEqual(without);
    } finally {
      short.close();
      await server.close();
    }
  });

  it('is another while somebody listens', async () => {
    const server = await openProbeServer(listener);
    try {
      const app = { ...inspected('true'), typeorm };
      const [without, listened] = await Promise.all(
        [{}, preloadEnvironment(probeBundle(), server.socketPath, server.token)].map((env) => run(app, env)),
      );
      expect(listened?.status).toBe(0);
      expect(listened?.stdout).not.toBe(without?.stdout);
    } finally {
      await server.close();
    }
  });
});

async function run(app: App, env: Readonly<Record<string, string>>): Promise<Awaited<ReturnType<typeof runToEnd>>> {
  const appFolder = writeApp(app);
  try {
    return await runToEnd(app, appFolder, env);
  } finally {
    fs.rmSync(appFolder, { recursive: true, force: true });
  }
}

/** As a collector that was killed leaves one. */
function leaveStaleSocket(socketPath: string): Promise<void> {
  const child = spawn(process.execPath, [
    '-e',
    `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`,
    socketPath,
  ]);
  return new Promise((resolve) => child.once('close', () => resolve()));
}
