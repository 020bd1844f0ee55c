/** Asks the layout worker, starts it when first needed, and starts it anew when it dies. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import type { LayoutEdge, LayoutTable } from '../../src/core/diagram/partition';
import type { FromLayoutWorker, ToLayoutWorker } from './layoutMessages';

export interface LayoutClient {
  /** Rejects where the worker failed twice; never resolves where a newer request came in between. */
  layout(tables: readonly LayoutTable[], edges: readonly LayoutEdge[], aspect: number, onProgress: (placed: number) => void): Promise<Positions>;
  dispose(): void;
}

interface Pending {
  readonly request: ToLayoutWorker;
  readonly resolve: (positions: Positions) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (placed: number) => void;
  retried: boolean;
}

/** `workerUri` names the worker's script; a webview may start workers only from a blob, so its text is fetched first. */
export function createLayoutClient(workerUri: string): LayoutClient {
  let worker: Promise<Worker> | null = null;
  let pending: Pending | null = null;
  let count = 0;

  const start = async (): Promise<Worker> => {
    const response = await fetch(workerUri);
    if (!response.ok) throw new Error(`The layout worker could not be loaded (${response.status}).`);
    const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    const started = new Worker(url);
    URL.revokeObjectURL(url);
    started.onmessage = ({ data }: MessageEvent<FromLayoutWorker>) => hear(data);
    started.onerror = (event) => fail(event.message);
    return started;
  };

  const send = async (request: ToLayoutWorker): Promise<void> => {
    try {
      worker ??= start();
      (await worker).postMessage(request);
    } catch (error) {
      fail(String(error));
    }
  };

  const hear = (message: FromLayoutWorker): void => {
    if (!pending || message.id !== pending.request.id) return;
    if (message.kind === 'progress') return pending.onProgress(message.placed);
    if (message.kind === 'failed') return fail(message.message);
    const { resolve } = pending;
    pending = null;
    resolve(new Map(message.positions.map(([id, x, y]) => [id, { x, y }])));
  };

  const fail = (reason: string): void => {
    void worker?.then(
      (dead) => dead.terminate(),
      () => undefined,
    );
    worker = null;
    if (!pending) return;
    if (!pending.retried) {
      pending.retried = true;
      void send(pending.request);
      return;
    }
    const { reject } = pending;
    pending = null;
    reject(new Error(reason));
  };

  return {
    layout: (tables, edges, aspect, onProgress) =>
      new Promise((resolve, reject) => {
        const request = { id: ++count, tables, edges, aspect };
        pending = { request, resolve, reject, onProgress, retried: false };
        void send(request);
      }),
    dispose: () => void worker?.then((running) => running.terminate()),
  };
}
