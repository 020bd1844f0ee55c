/**
 * The diagram in headless Chromium with software raster: layout in the worker, first paint after it, frames while panning and zooming,
 * an edit until it is painted, exports, nodes and heap. Beside it, in the same run on the same tables: a plain React Flow diagram under
 * the same gestures, and ELK's layered algorithm over the whole graph at once. Layouts and gestures are repeated, and medians told.
 */
import ELK from 'elkjs/lib/elk.bundled.js';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { layoutDiagram } from '../../src/core/diagram/layoutDiagram';
import { toLayoutInput, type LayoutInput } from '../../src/core/diagram/layoutInput';
import { shapeTable } from '../../src/core/diagram/tableShape';
import type { FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import { changeBetween } from '../../src/protocol/diagramChange';
import { generatedModel } from '../unit/core/diagram/models';
import { randomEdits } from '../unit/core/diagram/randomEdits';
import { startHarness, type Harness, type Webview } from '../webview/harness';
import type { BenchRow } from './benchRow';
import { openReactFlow } from './reactFlow';
import { median, percentile } from './statistics';

type Diagram = Webview<ToDiagram, FromDiagram>;

const sizes = [100, 300, 1000, 3000] as const;
/** Beyond this, one layout of the whole graph takes minutes. */
const largestGlobalLayout = 1000;
/** React Flow is given this long to show a diagram and move it; in software raster thousands of tables may take longer. */
const reactFlowSeconds = 120;
const framesPerGesture = 60;
/** Each kind of edit three times. */
const edits = 24;
/** Pages that are opened and laid out, and rounds of each gesture. */
const rounds = 3;
/** Sizes that are exported too. */
const exportedSizes: readonly number[] = [1000, 3000];

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
  const { layout, paint, edit, exports, figures } = await measureOurs(harness, model);
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
      what: `${name}: layout in the worker, median of ${rounds}`,
      measured: `${layout.toFixed(0)} ms (ELK over the whole graph ${global})`,
      reach: size >= 3000 ? '≤ 2 s' : '≤ 1 s',
    },
    { what: `${name}: first paint after it`, measured: `${paint.toFixed(0)} ms`, reach: '≤ 500 ms' },
    {
      what: `${name}: an edit, from the editor’s message until it is painted`,
      measured: `${percentile(edit, 50).toFixed(0)} ms median, ${percentile(edit, 95).toFixed(0)} ms p95`,
      reach: '≤ 200 ms p95',
    },
    { what: `${name}: frame p95, pan over everything`, measured: beside('pan', ' ms', 1), reach: '≤ 20 ms' },
    { what: `${name}: frame p95, zoom`, measured: beside('zoom', ' ms', 1), reach: '≤ 20 ms' },
    { what: `${name}: frame p95, pan close up`, measured: beside('close', ' ms', 1), reach: '≤ 20 ms' },
    ...exports.map((each) => ({
      what: `${name}: export as ${each.format}`,
      measured: `${(each.ms / 1000).toFixed(1)} s, ${(each.bytes / 1024 / 1024).toFixed(1)} MB; the page answers after ${each.silence.toFixed(0)} ms at most`,
      reach: each.format === 'SVG' && size <= 1000 ? '≤ 2 s, 50 ms' : '50 ms',
    })),
    { what: `${name}: DOM nodes`, measured: beside('nodes', '', 0), reach: '≤ 2,000' },
    { what: `${name}: heap`, measured: beside('heap', ' MB', 1), reach: '≤ 20 MB' },
  ];
}

interface OurFigures {
  readonly layout: number;
  readonly paint: number;
  readonly edit: readonly number[];
  readonly exports: readonly ExportFigures[];
  readonly figures: Figures;
}

async function measureOurs(harness: Harness, model: DiagramModel): Promise<OurFigures> {
  const pages: { layout: number; paint: number; heap: number }[] = [];
  for (let round = 1; round < rounds; round++) {
    const { diagram, ...shown } = await openDiagram(harness, model);
    pages.push(shown);
    await diagram.close();
  }
  const { diagram, ...shown } = await openDiagram(harness, model);
  try {
    pages.push(shown);
    const edit = await measureEdits(diagram, model);
    const pan: number[] = [];
    const zoom: number[] = [];
    const close: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await diagram.send({ type: 'command', command: 'fit' });
      await diagram.page.waitForTimeout(1000);
      pan.push(await frames(diagram, 'pan', 'canvas.canvas'));
      zoom.push(await frames(diagram, 'zoom', 'canvas.canvas'));
      close.push(await frames(diagram, 'pan', 'canvas.canvas'));
    }
    const nodes = await countNodes(diagram);
    const exports: ExportFigures[] = [];
    if (exportedSizes.includes(model.tables.length)) {
      for (const format of ['SVG', 'PNG'] as const) exports.push(await measureExport(diagram, format));
    }
    const middle = (of: 'layout' | 'paint' | 'heap'): number => median(pages.map((page) => page[of]));
    const figures = { pan: median(pan), zoom: median(zoom), close: median(close), nodes, heap: middle('heap') };
    return { layout: middle('layout'), paint: middle('paint'), edit, exports, figures };
  } finally {
    await diagram.close();
  }
}

async function openDiagram(harness: Harness, model: DiagramModel): Promise<{ diagram: Diagram; layout: number; paint: number; heap: number }> {
  const diagram = await harness.open<ToDiagram, FromDiagram>({ bundle: 'diagram', width: 1600, height: 1000 });
  await diagram.waitFor('ready');
  const heapBefore = await heapMegabytes(diagram);
  await diagram.send({ type: 'model', model, revision: 1, focus: null, state: { kind: 'ready' } });
  await diagram.page.waitForSelector('#app[data-layout=done]', { timeout: 300_000 });
  await diagram.page.waitForTimeout(500);
  const layout = await measured(diagram, 'diagram-layout');
  const paint = await measured(diagram, 'diagram-first-paint');
  return { diagram, layout, paint, heap: (await heapMegabytes(diagram)) - heapBefore };
}

interface ExportFigures {
  readonly format: 'SVG' | 'PNG';
  readonly ms: number;
  readonly bytes: number;
  /** The longest time in which the page answered nothing. */
  readonly silence: number;
}

/** From the command until the picture is handed to the editor. */
async function measureExport(diagram: Diagram, format: 'SVG' | 'PNG'): Promise<ExportFigures> {
  const command = format === 'SVG' ? 'exportSvg' : 'exportPng';
  const found = (await diagram.page.evaluate(`(async () => {
    const app = document.getElementById('app');
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    let silence = 0;
    port1.onmessage = () => {
      const now = performance.now();
      silence = Math.max(silence, now - last);
      last = now;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    const start = performance.now();
    window.postMessage({ type: 'command', command: '${command}' }, '*');
    while (!app.dataset.exporting) await new Promise((resolve) => setTimeout(resolve));
    // What the editor takes from the file is no longer the diagram's time.
    while (app.dataset.exporting) await new Promise((resolve) => setTimeout(resolve));
    port1.close();
    const file = fakeVsCode.posted.findLast(({ type }) => type === 'saveFile');
    return { ms: performance.now() - start, bytes: file.base64.length * 0.75, silence };
  })()`)) as Omit<ExportFigures, 'format'>;
  return { format, ...found };
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

/** Times from the message with which the extension tells of an edit until the frame that shows it, in milliseconds. */
async function measureEdits(diagram: Diagram, model: DiagramModel): Promise<number[]> {
  let before = model;
  const messages = randomEdits(model, edits).map(({ model: edited }, index): ToDiagram => {
    const change = changeBetween(before, edited);
    before = edited;
    return { type: 'change', change, basedOn: index + 1, revision: index + 2, focus: null, state: { kind: 'ready' } };
  });
  return (await diagram.page.evaluate(`(async () => {
    const app = document.getElementById('app');
    const times = [];
    for (const message of ${JSON.stringify(messages)}) {
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
