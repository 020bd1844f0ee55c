// A PostgreSQL server of the tests' own: Debian's package, data in a temporary folder, a random port of the loopback interface. It shares
// nothing with a server that runs already, and is gone when the tests are.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDebianPackages } from './debian.mjs';
import { freePort } from './freePort.mjs';
import { ScriptError } from './run.mjs';

/** Names the server for tests: `postgres://…`. */
export const POSTGRES_ENV = 'SCENARIOS_POSTGRES';
const USER = 'lens';
const PATIENCE_MS = 20_000;

/**
 * Starts a server; installs Debian's package where there is none.
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 * @throws ScriptError saying what is missing
 */
export async function startPostgres() {
  const programs = await findPrograms();
  const account = unprivilegedAccount();
  const folder = mkdtempSync(path.join(tmpdir(), 'relation-lens-postgres-'));
  const data = path.join(folder, 'data');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const password = randomBytes(12).toString('hex');
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account.uid !== undefined) for (const place of [folder, passwordFile]) chownSync(place, account.uid, account.gid);
    initialise(path.join(programs, 'initdb'), data, passwordFile, account);
    const port = await freePort();
    const server = spawn(path.join(programs, 'postgres'), serverArguments(data, folder, port), {
      ...account,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const stop = stopper(server, remove);
    await untilReady(server, port, stop);
    return { url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The folder with initdb and postgres, which Debian keeps off the path. */
async function findPrograms() {
  const found = programFolder();
  if (found) return found;
  await ensureDebianPackages(['postgresql'], 'Testing on PostgreSQL');
  const installed = programFolder();
  if (!installed) throw new ScriptError('PostgreSQL is installed, but initdb was not found in /usr/lib/postgresql nor on the path.');
  return installed;
}

function programFolder() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => path.join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))));
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody. */
function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((option) => Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout.trim() || NaN));
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new ScriptError('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
}

function initialise(initdb, data, passwordFile, account) {
  const args = ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync'];
  const { status, stderr, error } = spawnSync(initdb, args, { ...account, cwd: path.dirname(data), encoding: 'utf8' });
  if (status !== 0) throw new ScriptError(`initdb failed: ${error?.message ?? stderr}`);
}

/** Nothing of it has to survive a crash, so it does not wait for the disk. */
function serverArguments(data, folder, port) {
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=40', 'shared_buffers=16MB'];
  return ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])];
}

function stopper(server, remove) {
  let ending;
  const kill = () => server.exitCode === null && server.kill('SIGINT');
  const onExit = () => {
    kill();
    remove();
  };
  // SIGINT is PostgreSQL's fast shutdown; it also has to go where this process is ended from outside.
  process.once('exit', onExit);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  return () => {
    ending ??= new Promise((resolve) => {
      const done = () => {
        process.off('exit', onExit);
        remove();
        resolve();
      };
      if (server.exitCode !== null || server.signalCode !== null) return done();
      server.once('exit', done);
      kill();
    });
    return ending;
  };
}

async function untilReady(server, port, stop) {
  let log = '';
  server.stderr.setEncoding('utf8');
  server.stderr.on('data', (text) => (log = (log + text).slice(-4_000)));
  const until = Date.now() + PATIENCE_MS;
  while (!/ready to accept connections/.test(log)) {
    if (server.exitCode !== null || Date.now() > until) {
      await stop();
      throw new ScriptError(`PostgreSQL did not start on port ${port}: ${log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
