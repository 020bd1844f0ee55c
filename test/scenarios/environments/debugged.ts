/** A debugger holds the main thread: a worker thread that talks to its inspector. What it does is told in files, so that the harness can play the editor. */
import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { Session } from 'node:inspector';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Authors, lens, openLibrary } from './library';

const folder = process.env['DEBUGGED_FOLDER'] ?? '';
const tell = (name: string, text: string): void => {
  fs.writeFileSync(path.join(folder, `${name}.new`), text);
  fs.renameSync(path.join(folder, `${name}.new`), path.join(folder, name));
};
const wait = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function debug(): void {
  // Keeps the worker alive.
  parentPort?.on('message', () => undefined);
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.paused', () => {
    tell('paused', String(workerData));
    while (!fs.existsSync(path.join(folder, 'goOn'))) wait(5);
    session.post('Debugger.resume');
    session.disconnect();
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause', () => parentPort?.postMessage('pausing'));
}

async function main(): Promise<void> {
  const library = await openLibrary();
  const authors = library.getRepository(Authors);
  const startedAt = performance.now();
  await lens().scope('held', async () => {
    await authors.find();
    const debuggerOfIt = new Worker(__filename, { workerData: Reflect.get(lens(), 'thread') as unknown });
    await once(debuggerOfIt, 'message');
    await authors.count();
    await debuggerOfIt.terminate();
  });
  tell('wall', String(performance.now() - startedAt));
}

if (isMainThread) void main();
else debug();
