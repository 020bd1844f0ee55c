/** The collector as a process of its own: forked by the extension, speaks ToCollector and FromCollector over IPC. */
import path from 'node:path';
import type { FromCollector, ToCollector } from '../protocol/collector';
import { createCollector } from './collector';
import { keepHeapSmall } from './smallHeap';

/** `collector.js STORAGE_FOLDER`; without a folder nothing is written. */
const [storageFolder] = process.argv.slice(2);
keepHeapSmall();
const collector = createCollector({ probePath: path.join(__dirname, 'probe.js'), storageFolder: storageFolder ?? null, watchReads: true });

collector.onUpdate((update) => send({ type: 'update', update }));

process.on('message', (message: ToCollector) => {
  if (message.type === 'request') void answer(message);
});
// The extension host is gone: nothing to collect for.
process.on('disconnect', () => void collector.dispose().finally(() => process.exit()));

async function answer({ id, method, params }: ToCollector): Promise<void> {
  try {
    send({ type: 'response', id, ok: true, result: await collector.request(method, params) });
  } catch (error) {
    send({ type: 'response', id, ok: false, error: error instanceof Error ? error.message : String(error) });
  }
}

function send(message: FromCollector): void {
  process.send?.(message, undefined, undefined, () => undefined);
}
