/** Lays diagrams out off the main thread. A newer request makes the running one end at its next module. */
import { createElkArrange } from '../../src/core/diagram/elkArrange';
import { layoutDiagram } from '../../src/core/diagram/layoutDiagram';
import { createDirectElk } from './directElk';
import type { FromLayoutWorker, ToLayoutWorker } from './layoutMessages';

declare const self: {
  onmessage: ((event: MessageEvent<ToLayoutWorker>) => void) | null;
  postMessage(message: FromLayoutWorker): void;
};

const arrange = createElkArrange(createDirectElk());
let latest = 0;

class Superseded extends Error {}

self.onmessage = ({ data }) => {
  latest = data.id;
  void answer(data);
};

async function answer({ id, tables, edges, aspect }: ToLayoutWorker): Promise<void> {
  let told = 0;
  const onProgress = (placed: number): void => {
    if (id !== latest) throw new Superseded();
    if (placed - told < 50) return;
    told = placed;
    self.postMessage({ id, kind: 'progress', placed });
  };
  try {
    const positions = await layoutDiagram(tables, edges, arrange, { aspect, onProgress });
    self.postMessage({ id, kind: 'done', positions: [...positions].map(([table, { x, y }]) => [table, x, y] as const) });
  } catch (error) {
    if (!(error instanceof Superseded)) self.postMessage({ id, kind: 'failed', message: String(error) });
  }
}
