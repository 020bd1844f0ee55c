/**
 * The diagram in headless Chromium with software raster: layout in the worker, first paint after it, frames while panning and zooming,
 * heap; beside ELK's layered algorithm over the whole graph at once, in the same run.
 */
import ELK from 'elkjs/lib/elk.bundled.js';
import { toLayoutInput } from '../../src/core/diagram/layoutInput';
import { shapeTable } from '../../src/core/diagram/tableShape';
import type { FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import { generatedModel } from '../unit/core/diagram/models';
import { startHarness, type Harness, type Webview } from '../webview/harness';
import type { BenchRow } from './benchRow';

type Diagram = Webview<ToDiagram, FromDiagram>;

const sizes = [100, 300, 1000, 3000] as const;
/** Beyond this, one layout of the whole graph takes minutes. */
const largestGlobalLayout = 1000;
const framesPerGesture = 60;

export async function rows(): Promise<BenchRow[]> {
  const harness = await startHarness();
  try {
    const found: BenchRow[] = [];
    for (const size of sizes) found.push(...(await measureSize(harness, size)));
    return found;
  } finally {
    await harness.close();
  }
}

async function measureSize(harness: Harness, size: number): Promise<BenchRow[]> {
  const diagram = await harness.open<ToDiagram, FromDiagram>({ bundle: 'diagram', width: 1600, height: 1000 });
  try {
    const heapBefore = await heapMegabytes(diagram);
    await diagram.send({ type: 'model', model: generatedModel(size), revision: 1, focus: null, state: { kind: 'ready' } });
    await diagram.page.waitForSelector('#app[data-layout=done]', { timeout: 300_000 });
    await diagram.page.waitForTimeout(500);
    const layout = await measured(diagram, 'diagram-layout');
    const paint = await measured(diagram, 'diagram-first-paint');
    const heap = (await heapMegabytes(diagram)) - heapBefore;
    const overview = await frames(diagram, 'pan');
    const zoom = await frames(diagram, 'zoom');
    const close = await frames(diagram, 'pan');
    const whole = size <= largestGlobalLayout ? await globalLayout(size) : null;
    const beside = whole === null ? 'not run: minutes' : `${(whole / layout).toFixed(1)} × as long: ${whole.toFixed(0)} ms`;
    const name = `diagram of ${size.toLocaleString('en')} entities`;
    return [
      {
        what: `${name}: layout in the worker`,
        measured: `${layout.toFixed(0)} ms (ELK over the whole graph ${beside})`,
        reach: size >= 3000 ? '≤ 2 s' : '≤ 1 s',
      },
      { what: `${name}: first paint after it`, measured: `${paint.toFixed(0)} ms`, reach: '≤ 500 ms' },
      { what: `${name}: frame p95, pan over everything`, measured: `${overview.toFixed(1)} ms`, reach: '≤ 20 ms' },
      { what: `${name}: frame p95, zoom`, measured: `${zoom.toFixed(1)} ms`, reach: '≤ 20 ms' },
      { what: `${name}: frame p95, pan close up`, measured: `${close.toFixed(1)} ms`, reach: '≤ 20 ms' },
      { what: `${name}: heap`, measured: `${heap.toFixed(1)} MB`, reach: '≤ 20 MB' },
    ];
  } finally {
    await diagram.close();
  }
}

async function measured(diagram: Diagram, name: string): Promise<number> {
  return diagram.page.evaluate(`performance.getEntriesByName(${JSON.stringify(name)}).at(-1).duration`);
}

async function heapMegabytes(diagram: Diagram): Promise<number> {
  const session = await diagram.page.context().newCDPSession(diagram.page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1024 / 1024;
}

/** 95th percentile of the time between frames while one gesture event arrives in each, in milliseconds. */
async function frames(diagram: Diagram, gesture: 'pan' | 'zoom'): Promise<number> {
  const times = (await diagram.page.evaluate(`new Promise((resolve) => {
    const canvas = document.querySelector('canvas.canvas');
    const times = [];
    let last = performance.now();
    let count = 0;
    const step = (now) => {
      times.push(now - last);
      last = now;
      if (++count > ${framesPerGesture}) return resolve(times.slice(1));
      const turn = count < ${framesPerGesture / 2} ? 1 : -1;
      const event = ${gesture === 'pan' ? `{ deltaX: 12 * turn, deltaY: 8 * turn }` : `{ deltaY: -20, ctrlKey: true }`};
      canvas.dispatchEvent(new WheelEvent('wheel', { clientX: 800, clientY: 500, bubbles: true, cancelable: true, ...event }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`)) as number[];
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
}

/** The same tables and edges in one layered layout, in milliseconds. */
async function globalLayout(size: number): Promise<number> {
  const model = generatedModel(size);
  const { tables, edges } = toLayoutInput(
    model,
    new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', (text) => text.length * 7)])),
  );
  const elk = new ELK();
  await elk.layout({ id: 'warm', children: [{ id: 'a', width: 10, height: 10 }] });
  const start = performance.now();
  await elk.layout({
    id: 'whole',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT' },
    children: tables.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ from, to }, index) => ({ id: `e${index}`, sources: [to], targets: [from] })),
  });
  return performance.now() - start;
}
