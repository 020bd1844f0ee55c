/**
 * The diagram in headless Chromium with software raster: layout in the worker, first paint after it, frames while panning and zooming,
 * an edit until it is painted, nodes and heap. Beside it, in the same run on the same tables: a plain React Flow diagram under the same
 * gestures, and ELK's layered algorithm over the whole graph at once.
 */
import ELK from 'elkjs/lib/elk.bundled.js';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { layoutDiagram } from '../../src/core/diagram/layoutDiagram';
import { toLayoutInput, type LayoutInput } from '../../src/core/diagram/layoutInput';
import { shapeTable } from '../../src/core/diagram/tableShape';
import type { FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import { generatedModel } from '../unit/core/diagram/models';
import { startHarness, type Harness, type Webview } from '../webview/harness';
import type { BenchRow } from './benchRow';
import { openReactFlow } from './reactFlow';
import { percentile } from './statistics';

type Diagram = Webview<ToDiagram, FromDiagram>;

const sizes = [100, 300, 1000, 3000] as const;
/** Beyond this, one layout of the whole graph takes minutes. */
const largestGlobalLayout = 1000;
/** React Flow is given this long to show a diagram and move it; in software raster thousands of tables may take longer. */
const reactFlowSeconds = 120;
const framesPerGesture = 60;
const edits = 20;

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

interface Figures {
  readonly pan: number;
  readonly zoom: number;
  readonly close: number;
  readonly nodes: number;
  readonly heap: number;
}

async function measureSize(harness: Harness, size: number): Promise<BenchRow[]> {
  const model = generatedModel(size);
  const { layout, paint, edit, figures } = await measureOurs(harness, model);
  const input = inputOf(model);
  const whole = size <= largestGlobalLayout ? await globalLayout(input) : null;
  const other = await withinLimit(measureReactFlow(harness, model, input));
  const global = whole === null ? 'not run: minutes' : `${(whole / layout).toFixed(1)} × as long: ${whole.toFixed(0)} ms`;
  const beside = (figure: keyof Figures, unit: string, digits: number): string => {
    const theirs = other ? `${other[figure].toFixed(digits)}${unit}` : `not done after ${reactFlowSeconds} s`;
    return `${figures[figure].toFixed(digits)}${unit} (React Flow: ${theirs})`;
  };
  const name = `diagram of ${size.toLocaleString('en')} entities`;
  return [
    {
      what: `${name}: layout in the worker`,
      measured: `${layout.toFixed(0)} ms (ELK over the whole graph ${global})`,
      reach: size >= 3000 ? '≤ 2 s' : '≤ 1 s',
    },
    { what: `${name}: first paint after it`, measured: `${paint.toFixed(0)} ms`, reach: '≤ 500 ms' },
    { what: `${name}: an edit until it is painted, p95 of ${edits}`, measured: `${edit.toFixed(0)} ms`, reach: '≤ 200 ms' },
    { what: `${name}: frame p95, pan over everything`, measured: beside('pan', ' ms', 1), reach: '≤ 20 ms' },
    { what: `${name}: frame p95, zoom`, measured: beside('zoom', ' ms', 1), reach: '≤ 20 ms' },
    { what: `${name}: frame p95, pan close up`, measured: beside('close', ' ms', 1), reach: '≤ 20 ms' },
    { what: `${name}: DOM nodes`, measured: beside('nodes', '', 0), reach: '≤ 2,000' },
    { what: `${name}: heap`, measured: beside('heap', ' MB', 1), reach: '≤ 20 MB' },
  ];
}

async function measureOurs(harness: Harness, model: DiagramModel): Promise<{ layout: number; paint: number; edit: number; figures: Figures }> {
  const diagram = await harness.open<ToDiagram, FromDiagram>({ bundle: 'diagram', width: 1600, height: 1000 });
  try {
    await diagram.waitFor('ready');
    const heapBefore = await heapMegabytes(diagram);
    await diagram.send({ type: 'model', model, revision: 1, focus: null, state: { kind: 'ready' } });
    await diagram.page.waitForSelector('#app[data-layout=done]', { timeout: 300_000 });
    await diagram.page.waitForTimeout(500);
    const layout = await measured(diagram, 'diagram-layout');
    const paint = await measured(diagram, 'diagram-first-paint');
    const heap = (await heapMegabytes(diagram)) - heapBefore;
    const edit = await measureEdits(diagram, model);
    await diagram.send({ type: 'command', command: 'fit' });
    const pan = await frames(diagram, 'pan', 'canvas.canvas');
    const zoom = await frames(diagram, 'zoom', 'canvas.canvas');
    const close = await frames(diagram, 'pan', 'canvas.canvas');
    const nodes = await countNodes(diagram);
    return { layout, paint, edit, figures: { pan, zoom, close, nodes, heap } };
  } finally {
    await diagram.close();
  }
}

async function measureReactFlow(harness: Harness, model: DiagramModel, { tables, edges }: LayoutInput): Promise<Figures> {
  const webview = await openReactFlow(harness, model, layoutDiagram(tables, edges, { aspect: 1.6 }));
  try {
    await webview.page.waitForTimeout(1000);
    const heap = await heapMegabytes(webview);
    const nodes = await countNodes(webview);
    const pan = await frames(webview, 'pan', '.react-flow__pane');
    const zoom = await frames(webview, 'zoom', '.react-flow__pane');
    const close = await frames(webview, 'pan', '.react-flow__pane');
    return { pan, zoom, close, nodes, heap };
  } finally {
    await webview.close();
  }
}

/** Null where it takes too long. */
async function withinLimit(measurement: Promise<Figures>): Promise<Figures | null> {
  // What goes wrong after the limit, when the browser is closed, is nobody's concern.
  measurement.catch(() => undefined);
  const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), reactFlowSeconds * 1000).unref());
  return Promise.race([measurement, limit]);
}

async function measured(diagram: Diagram, name: string): Promise<number> {
  return diagram.page.evaluate(`performance.getEntriesByName(${JSON.stringify(name)}).at(-1).duration`);
}

type AnyPage = Pick<Diagram, 'page'>;

async function countNodes({ page }: AnyPage): Promise<number> {
  return page.evaluate(`document.querySelectorAll('*').length`);
}

async function heapMegabytes({ page }: AnyPage): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1024 / 1024;
}

/** 95th percentile of the time from an edited model's message until the frame that shows it, in milliseconds. */
async function measureEdits(diagram: Diagram, model: DiagramModel): Promise<number> {
  await diagram.page.evaluate(`window.edited = ${JSON.stringify(model)}`);
  const times = (await diagram.page.evaluate(`(async () => {
    const app = document.getElementById('app');
    const times = [];
    for (let edit = 0; edit < ${edits}; edit++) {
      const table = edited.tables[(edit * 37) % edited.tables.length];
      table.columns.push({ ...table.columns.at(-1), property: 'added' + edit, column: 'added' + edit, foreign: false });
      const message = structuredClone({ type: 'model', model: edited, revision: edit + 2, focus: null, state: { kind: 'ready' } });
      const start = performance.now();
      app.dataset.layout = '';
      window.postMessage(message, '*');
      while (app.dataset.layout !== 'done') await new Promise((resolve) => requestAnimationFrame(resolve));
      // The frame is drawn in the animation frame after the layout; the next one begins when it has been painted.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      times.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return times;
  })()`)) as number[];
  return percentile(times, 95);
}

/** 95th percentile of the time between frames while one gesture event arrives in each, in milliseconds. */
async function frames({ page }: AnyPage, gesture: 'pan' | 'zoom', target: string): Promise<number> {
  const times = (await page.evaluate(`new Promise((resolve) => {
    const target = document.querySelector(${JSON.stringify(target)});
    const times = [];
    let last = performance.now();
    let count = 0;
    const step = (now) => {
      times.push(now - last);
      last = now;
      if (++count > ${framesPerGesture}) return resolve(times.slice(1));
      const turn = count < ${framesPerGesture / 2} ? 1 : -1;
      const event = ${gesture === 'pan' ? `{ deltaX: 12 * turn, deltaY: 8 * turn }` : `{ deltaY: -20, ctrlKey: true }`};
      target.dispatchEvent(new WheelEvent('wheel', { clientX: 800, clientY: 500, bubbles: true, cancelable: true, view: window, ...event }));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`)) as number[];
  return percentile(times, 95);
}

function inputOf(model: DiagramModel): LayoutInput {
  return toLayoutInput(model, new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', (text) => text.length * 7)])));
}

/** The same tables and edges in one layered layout, in milliseconds. */
async function globalLayout({ tables, edges }: LayoutInput): Promise<number> {
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
