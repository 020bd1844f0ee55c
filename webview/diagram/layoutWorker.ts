/**
 * Lays diagrams out off the main thread. A newer request ends the running one. The browser compiles ELK's code when it first runs,
 * which takes longer than most layouts: while nobody waits, it is run on made-up clusters.
 */
import { createArrange } from '../../src/core/diagram/arrangeCluster';
import { createElk, createElkArrange, type Elk } from '../../src/core/diagram/elkArrange';
import { layoutInSteps, type ArrangeCluster } from '../../src/core/diagram/layoutDiagram';
import type { Cluster } from '../../src/core/diagram/partition';
import type { FromLayoutWorker, ToLayoutWorker } from './layoutMessages';

interface ElkModule {
  exports: { readonly Worker: unknown };
}

declare const self: {
  onmessage: ((event: MessageEvent<ToLayoutWorker>) => void) | null;
  postMessage(message: FromLayoutWorker): void;
  /** ELK's script as a CommonJS module (layoutClient.ts). It runs where a layout asks for it first, to which most never come. */
  loadElk(module: ElkModule, exports: ElkModule['exports']): void;
};

/** Beyond this many tables each attempt costs more than it adds: our own columns stand as they come. */
const mostTablesForElk = 6000;
/** After this long the worker tells how far it is, and looks whether it is still wanted. */
const turnMs = 12;

let latest = 0;
/** Null where ELK could not be started, undefined before it was. */
let elk: Elk | null | undefined;

self.onmessage = ({ data }) => {
  latest = data.id;
  if (data.kind === 'layout') void answer(data);
};

async function answer({ id, tables, edges, aspect }: Extract<ToLayoutWorker, { kind: 'layout' }>): Promise<void> {
  try {
    const steps = layoutInSteps(tables, edges, { aspect, ...arrangeFor(tables.length) });
    let step = steps.next();
    for (let turn = performance.now(); step.done !== true; step = steps.next()) {
      if (performance.now() - turn < turnMs) continue;
      self.postMessage({ id, kind: 'progress', placed: step.value });
      await untilMessagesWereHeard();
      if (id !== latest) return;
      turn = performance.now();
    }
    self.postMessage({ id, kind: 'done', positions: [...step.value].map(([table, { x, y }]) => [table, x, y] as const) });
  } catch (error) {
    self.postMessage({ id, kind: 'failed', message: String(error) });
  }
}

function arrangeFor(tableCount: number): { readonly arrange?: ArrangeCluster } {
  return tableCount <= mostTablesForElk ? { arrange: createArrange(startElk) } : {};
}

function startElk(): Elk | null {
  if (elk !== undefined) return elk;
  // In a worker elkjs takes the messages for its own as soon as it is loaded.
  const { onmessage } = self;
  try {
    const module: ElkModule = { exports: { Worker: undefined } };
    self.loadElk(module, module.exports);
    elk = createElk(module.exports);
  } catch {
    elk = null;
  }
  self.onmessage = onmessage;
  return elk;
}

async function warmUp(): Promise<void> {
  if (latest !== 0) return;
  const started = startElk();
  if (!started) return;
  const arrange = createElkArrange(started);
  for (let size = 6; size < 6 + warmUpRounds && latest === 0; size++) {
    await untilMessagesWereHeard();
    if (latest === 0) arrange(madeUpCluster(size));
  }
}

/** A model that is known already arrives before, and must not wait for what it may not need. */
const warmUpAfterMs = 400;
/** Enough for the browser to have compiled what most layouts need. */
const warmUpRounds = 12;

/** Tables of which each refers to one or two before it. */
function madeUpCluster(size: number): Cluster {
  const tables = Array.from({ length: size }, (_, index) => ({ id: `${index}`, module: '', width: 180 + index * 4, height: 100 + index * 11 }));
  const edges = tables.slice(1).flatMap(({ id: from }, index) => [`${index >> 1}`, `${(index * 7) % (index + 1)}`].map((to) => ({ from, to })));
  return { tables, edges };
}

/** A message to oneself arrives after those that wait already, and without the delay of a nested timer. */
function untilMessagesWereHeard(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

setTimeout(() => void warmUp(), warmUpAfterMs);
