/** Asks the layout worker. Starts it at once, so that it is ready when the first model arrives, and anew when it dies. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import type { LayoutEdge, LayoutTable } from '../../src/core/diagram/partition';
import type { FromLayoutWorker, ToLayoutWorker } from './layoutMessages';

interface LayoutAnswer {
  readonly positions: Positions;
  /** Why the worker had to be started again on the way; null where it did not. */
  readonly restartedBecause: string | null;
}

export interface LayoutClient {
  /** Rejects where the worker failed twice. */
  layout(
    tables: readonly LayoutTable[],
    edges: readonly LayoutEdge[],
    aspect: number,
    onProgress: (placed: number) => void,
  ): Promise<LayoutAnswer | 'cancelled' | 'superseded'>;
  /** Ends the request that waits; false where none does. */
  cancel(): boolean;
}

interface Pending {
  readonly request: Extract<ToLayoutWorker, { kind: 'layout' }>;
  readonly resolve: (answer: LayoutAnswer | 'cancelled' | 'superseded') => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (placed: number) => void;
  failure: string | null;
}

/** A worker that is silent for this long counts as dead: it tells its progress many times a second. */
const silenceMs = 15_000;

/** `workerUri` names the worker's script, beside which ELK's lies; a webview may start workers only from a blob, so their texts are fetched first. */
export function createLayoutClient(workerUri: string): LayoutClient {
  let worker: Promise<Worker> | null = null;
  let pending: Pending | null = null;
  let count = 0;
  let silenceTimer = 0;

  const start = async (): Promise<Worker> => {
    const [program, elk] = await Promise.all([textOf(workerUri), textOf(new URL('elk.js', new URL(workerUri, location.href)).href)]);
    // As a function, ELK is not even compiled before it is called.
    const script = [program, '\nself.loadElk = (module, exports) => {\n', elk, '\n};'];
    const url = URL.createObjectURL(new Blob(script, { type: 'text/javascript' }));
    const started = new Worker(url);
    URL.revokeObjectURL(url);
    started.onmessage = ({ data }: MessageEvent<FromLayoutWorker>) => hear(data);
    started.onerror = (event) => {
      // A death that nobody waited for; the next request starts another.
      event.preventDefault();
      fail(event.message || 'it stopped');
    };
    return started;
  };

  const send = async (request: ToLayoutWorker): Promise<void> => {
    try {
      worker ??= start();
      (await worker).postMessage(request);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  };

  const listenForSilence = (): void => {
    clearTimeout(silenceTimer);
    if (pending) silenceTimer = window.setTimeout(() => fail('it did not answer'), silenceMs);
  };

  const hear = (message: FromLayoutWorker): void => {
    if (!pending || message.id !== pending.request.id) return;
    if (message.kind === 'progress') {
      pending.onProgress(message.placed);
      listenForSilence();
    } else if (message.kind === 'failed') {
      fail(message.message);
    } else {
      settle(({ resolve, failure }) =>
        resolve({ positions: new Map(message.positions.map(([id, x, y]) => [id, { x, y }])), restartedBecause: failure }),
      );
    }
  };

  const settle = (how: (settled: Pending) => void): void => {
    const settled = pending;
    pending = null;
    clearTimeout(silenceTimer);
    if (settled) how(settled);
  };

  const fail = (reason: string): void => {
    void worker?.then(
      (dead) => dead.terminate(),
      () => undefined,
    );
    worker = null;
    if (pending?.failure !== null) return settle(({ reject }) => reject(new Error(reason)));
    pending.failure = reason;
    listenForSilence();
    void send(pending.request);
  };

  const first = start();
  worker = first;
  // What keeps it from starting is met again by the first request, and told then.
  first.catch(() => {
    if (worker === first) worker = null;
  });

  return {
    layout: (tables, edges, aspect, onProgress) =>
      new Promise((resolve, reject) => {
        settle((earlier) => earlier.resolve('superseded'));
        const request = { kind: 'layout', id: ++count, tables, edges, aspect } as const;
        pending = { request, resolve, reject, onProgress, failure: null };
        listenForSilence();
        void send(request);
      }),
    cancel() {
      if (!pending) return false;
      settle(({ resolve }) => resolve('cancelled'));
      void send({ kind: 'cancel', id: ++count });
      return true;
    },
  };
}

async function textOf(uri: string): Promise<string> {
  const response = await fetch(uri);
  if (!response.ok) throw new Error(`The layout worker could not be loaded (${response.status}).`);
  return response.text();
}
