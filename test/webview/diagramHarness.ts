/** Opens the diagram as VS Code does, shows models in it and reads what it shows through the DOM that screen readers get. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import type { DiagramState, FromDiagram, ToDiagram, ViewsFileText } from '../../src/protocol/diagramPanel';
import { awaitIn, buildWebview, startHarness, type Harness, type Webview, type WebviewOptions } from './harness';

export type Diagram = Webview<ToDiagram, FromDiagram>;

const axeSource = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Call once in a test file: builds the program, starts a browser, and closes after each test what it opened. */
export function useDiagrams(): (options?: Partial<WebviewOptions>) => Promise<Diagram> {
  let harness: Harness;
  let opened: Diagram[] = [];
  beforeAll(async () => {
    await buildWebview('diagram', 'layoutWorker', 'elk');
    harness = await startHarness();
  });
  afterAll(() => harness.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') for (const diagram of opened) await diagram.tellFailure(task.name);
    await Promise.all(opened.map((diagram) => diagram.close()));
    opened = [];
  });
  return async (options = {}) => {
    const diagram = await harness.open<ToDiagram, FromDiagram>({ bundle: 'diagram', reducedMotion: true, ...options });
    opened.push(diagram);
    await diagram.waitFor('ready');
    return diagram;
  };
}

/** Sends a model and waits until it is laid out. */
export async function show(
  diagram: Diagram,
  model: DiagramModel,
  focus: string | null = null,
  state: DiagramState = { kind: 'ready' },
): Promise<void> {
  await diagram.page.evaluate(`document.getElementById('app').dataset.layout = ''`);
  await diagram.send({ type: 'model', model, revision: 1, focus, state });
  if (state.kind === 'ready') await laidOut(diagram);
}

/** Waits until what was asked for is laid out, drawn and mirrored. */
export async function laidOut(diagram: Diagram): Promise<void> {
  await diagram.page.waitForSelector('#app[data-layout=done]');
  await diagram.atRest();
}

/** A `data-` attribute of the diagram's root, as it is now. */
export function data(diagram: Diagram, name: string): Promise<string | undefined> {
  return diagram.page.evaluate(`document.getElementById('app').dataset[${JSON.stringify(name)}]`);
}

/** Names of the mirrored entities, sorted. */
export async function namesShown(diagram: Diagram): Promise<string[]> {
  await laidOut(diagram);
  return (await diagram.page.$$eval('[data-entity]', (nodes) => nodes.map((node) => node.getAttribute('data-name') ?? ''))).sort();
}

/** Corners of the mirrored boxes in the diagram's plane, by name, once nothing moves. */
export async function cornersByName(diagram: Diagram): Promise<Record<string, string>> {
  await diagram.atRest();
  const pairs = await diagram.page.$$eval('[data-entity]', (nodes) =>
    nodes.map((node) => [node.getAttribute('data-name'), `${node.getAttribute('data-x')},${node.getAttribute('data-y')}`]),
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Corners of the mirrored boxes in the diagram's plane, by id, once nothing moves. */
export async function corners(diagram: Diagram): Promise<Map<string, string>> {
  await diagram.atRest();
  const pairs = await diagram.page.$$eval('[data-entity]', (nodes) =>
    nodes.map((node) => [node.getAttribute('data-entity'), `${node.getAttribute('data-x')},${node.getAttribute('data-y')}`]),
  );
  return new Map(pairs as [string, string][]);
}

/** Middle of a box's header on the screen, once nothing moves. */
export async function placeOf(diagram: Diagram, name: string): Promise<{ x: number; y: number }> {
  await diagram.atRest();
  const box = await diagram.page.locator(`[data-name="${name}"]`).boundingBox();
  if (!box) throw new Error(`${name} is not on the screen.`);
  return { x: box.x + box.width / 2, y: box.y + 8 };
}

export async function dragTable(diagram: Diagram, name: string, dx: number, dy: number): Promise<void> {
  const { x, y } = await placeOf(diagram, name);
  await diagram.page.mouse.move(x, y);
  await diagram.page.mouse.down();
  await diagram.page.mouse.move(x + dx, y + dy, { steps: 4 });
  await diagram.page.mouse.up();
  await diagram.atRest();
}

/** Opens a table's context menu by the keyboard and runs one of its commands. */
export async function menuOf(diagram: Diagram, name: string, command: string): Promise<void> {
  await diagram.page.locator(`[data-name="${name}"]`).focus();
  await diagram.page.keyboard.press('Shift+F10');
  await diagram.page.getByRole('menuitem', { name: command }).click();
}

/** Name of the focused table or id of the focused relation, as it is now. */
export function focused(diagram: Diagram): Promise<string | null> {
  return diagram.page.evaluate(`document.activeElement.dataset.name ?? document.activeElement.dataset.edge ?? null`);
}

/** Serious findings of axe-core, as `rule: element`. The page's own policy forbids added scripts, so axe comes in through the debugger. */
export async function seriousFindings(diagram: Diagram): Promise<string[]> {
  await diagram.page.evaluate(axeSource);
  return awaitIn(
    diagram.page,
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`,
  );
}

/** Views files in the extension's place: answers what the diagram writes, as long as it is asked to. */
export class ViewsDisk {
  text: string | null = null;
  keptAside: (string | null)[] = [];
  private answered = 0;

  constructor(
    private readonly diagram: Diagram,
    private readonly folder: string,
  ) {}

  async send(text = this.text): Promise<void> {
    this.text = text;
    const files: ViewsFileText[] = [{ folder: this.folder, name: 'shop', text }];
    await this.diagram.send({ type: 'views', files });
  }

  /** Waits for the next write and answers it: by writing, unless the text it is based on is no longer there. */
  async answer(): Promise<string> {
    for (;;) {
      const writes = (await this.diagram.received()).filter((message) => message.type === 'writeViews');
      const next = writes[this.answered];
      if (!next) {
        await this.diagram.page.waitForTimeout(20);
        continue;
      }
      this.answered++;
      const isStale = next.basedOn !== this.text;
      if (isStale) await this.send();
      else {
        if (next.keepAside) this.keptAside.push(this.text);
        this.text = next.text;
      }
      await this.diagram.send({ type: 'viewsWritten', folder: this.folder, outcome: isStale ? 'stale' : 'written' });
      if (!isStale) return next.text;
    }
  }
}
