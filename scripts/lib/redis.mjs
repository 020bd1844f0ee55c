// A Redis of the tests' own: Debian's package, nothing on disk, a random port of the loopback interface, gone when the tests are.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { ensureDebianPackages } from './debian.mjs';
import { freePort } from './freePort.mjs';
import { isInstalled, ScriptError } from './run.mjs';

/** Names the server for tests: `redis://…`. */
export const REDIS_ENV = 'SCENARIOS_REDIS';
const PATIENCE_MS = 10_000;

/**
 * Starts a server; installs Debian's package where there is none.
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 * @throws ScriptError saying what is missing
 */
export async function startRedis() {
  if (!isInstalled('redis-server')) await ensureDebianPackages(['redis-server'], 'Testing job queues');
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  // Settings by standard input: the password is nobody's to read in the list of processes.
  const server = spawn('redis-server', ['-'], { stdio: ['pipe', 'pipe', 'ignore'] });
  server.stdin.end(
    [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'appendonly no', `requirepass ${password}`, 'maxmemory-policy noeviction'].join('\n'),
  );
  const stop = stopper(server);
  await untilReady(server, port, stop);
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop };
}

function stopper(server) {
  const kill = () => server.exitCode === null && server.signalCode === null && server.kill('SIGTERM');
  process.once('exit', kill);
  return () =>
    new Promise((resolve) => {
      process.off('exit', kill);
      if (server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once('exit', () => resolve());
      kill();
    });
}

async function untilReady(server, port, stop) {
  let log = '';
  let failure;
  server.once('error', (error) => (failure = error.message));
  server.stdout.setEncoding('utf8');
  server.stdout.on('data', (text) => (log = (log + text).slice(-4_000)));
  const until = Date.now() + PATIENCE_MS;
  while (!/ready to accept connections/i.test(log)) {
    if (failure !== undefined || server.exitCode !== null || Date.now() > until) {
      await stop();
      throw new ScriptError(`Redis did not start on port ${port}: ${failure ?? log.trim()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
