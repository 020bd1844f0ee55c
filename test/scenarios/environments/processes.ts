/** The same file in a thread, in a child process and in a worker of a cluster: each measures what it does as its own. */
import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { isMainThread, Worker } from 'node:worker_threads';
import { Authors, lens, openLibrary } from './library';

const role = process.env['ROLE'] ?? 'main';

async function work(): Promise<void> {
  const library = await openLibrary();
  await lens().scope(`work of the ${role}`, async () => {
    const authors = await library.getRepository(Authors).find(); // J processes parent
    for (const author of authors) await author.books; // J processes site
  });
  await library.destroy();
}

void (async () => {
  if (!isMainThread || role !== 'main') {
    await work();
    cluster.worker?.disconnect();
    return;
  }
  await once(new Worker(__filename, { env: { ...process.env, ROLE: 'thread' } }), 'exit');
  await once(fork(__filename, { env: { ...process.env, ROLE: 'child' } }), 'exit');
  cluster.setupPrimary({ exec: __filename });
  await once(cluster.fork({ ROLE: 'cluster' }), 'exit');
})();
