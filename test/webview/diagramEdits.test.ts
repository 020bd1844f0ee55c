/** What an edit changes in the page is what a new page would show, and nothing else is touched. */
import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { changeBetween } from '../../src/protocol/diagramChange';
import { bookshop, generatedModel } from '../unit/core/diagram/models';
import { randomEdits } from '../unit/core/diagram/randomEdits';
import { show, useDiagrams, type Diagram } from './diagramHarness';

const open = useDiagrams();
const shop = bookshop();

/** Sends models one after the other as the extension does: the first whole, then what changes. */
async function follow(diagram: Diagram, first: DiagramModel, models: readonly DiagramModel[]): Promise<void> {
  await show(diagram, first);
  let before = first;
  for (const [index, model] of models.entries()) {
    await diagram.page.evaluate(`document.getElementById('app').dataset.layout = ''`);
    await diagram.send({
      type: 'change',
      change: changeBetween(before, model),
      basedOn: index + 1,
      revision: index + 2,
      focus: null,
      state: { kind: 'ready' },
    });
    await diagram.page.waitForSelector('#app[data-layout=done]');
    before = model;
  }
}

/** Waits until all routes are found and drawn. */
async function rest(diagram: Diagram): Promise<void> {
  await diagram.page.evaluate(grab);
  await expect
    .poll(async () => {
      await diagram.page.evaluate('window.kept = grab()');
      await diagram.atRest();
      return diagram.page.evaluate(differing);
    })
    .toBe(0);
}

const grab = `window.grab = () => {
  const canvas = document.querySelector('canvas.canvas');
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
}`;
const differing = `(() => { const now = grab(); return now.reduce((sum, value, at) => sum + (Math.abs(value - kept[at]) > 16 ? 1 : 0), 0); })()`;

function mirrored(diagram: Diagram): Promise<string> {
  return diagram.page.evaluate(`document.querySelector('.mirror-plane').innerHTML.replaceAll('><', '>\\n<')`);
}

describe.each([
  ['of a whole diagram', { press: '1', edits: 24 }],
  ['close up, with a table selected', { press: '0', edits: 16 }],
])('edits %s', (_, { press, edits }) => {
  const models = randomEdits(shop, edits, 11).map(({ model }) => model);

  it('paint what would be painted anew', async () => {
    const diagram = await open({ width: 1500, height: 900 });
    await show(diagram, shop);
    if (press === '0') await diagram.send({ type: 'select', entity: shop.tables[2]?.id ?? '', property: null, reveal: true });
    await diagram.page.keyboard.press(press);
    await rest(diagram);
    for (let at = 0; at < models.length; at += 8) {
      await follow(diagram, models[at - 1] ?? shop, models.slice(at, at + 8));
      await rest(diagram);
      await diagram.page.evaluate(`document.querySelector('canvas.canvas').dispatchEvent(new Event('contextrestored'))`);
      await diagram.atRest();
      expect(await diagram.page.evaluate(differing)).toBe(0);
    }
    expect(diagram.errors()).toEqual([]);
  });
});

it('tells screen readers what a new page would tell', async () => {
  const models = randomEdits(shop, 24, 4).map(({ model }) => model);
  const diagram = await open({ width: 1500, height: 900 });
  await follow(diagram, shop, models);
  await diagram.page.keyboard.press('1');
  await diagram.atRest();
  const told = await mirrored(diagram);
  await diagram.page.reload();
  await diagram.waitFor('ready');
  await show(diagram, models.at(-1) ?? shop);
  await diagram.page.keyboard.press('1');
  await diagram.atRest();
  expect(told).toBe(await mirrored(diagram));
});

it('keeps the nodes of what did not change, and the focus in them', async () => {
  const diagram = await open({ width: 1500, height: 900 });
  await show(diagram, shop);
  await diagram.page.evaluate(`(() => {
    window.nodes = new Map([...document.querySelectorAll('[data-entity]')].map((node) => [node.dataset.entity, node]));
    nodes.get(${JSON.stringify(shop.tables[8]?.id)}).focus();
  })()`);
  const [edit] = randomEdits(shop, 1);
  await follow(diagram, shop, [edit?.model ?? shop]);
  expect(
    await diagram.page.evaluate(`[...document.querySelectorAll('[data-entity]')].every((node) => nodes.get(node.dataset.entity) === node)`),
  ).toBe(true);
  expect(await diagram.page.evaluate(`document.activeElement.dataset.entity`)).toBe(shop.tables[8]?.id);
});

it('draws no more of the canvas than an edit changes', async () => {
  const model = generatedModel(300);
  const diagram = await open({ width: 1500, height: 900 });
  await show(diagram, model);
  await diagram.page.keyboard.press('1');
  await rest(diagram);
  await diagram.page.evaluate(`(() => {
    window.filled = 0;
    const { prototype } = CanvasRenderingContext2D;
    const { fillRect, drawImage } = prototype;
    const onScreen = ({ canvas }) => canvas.isConnected && canvas.classList.contains('canvas');
    prototype.fillRect = function (x, y, width, height) { if (onScreen(this)) filled += width * height; return fillRect.call(this, x, y, width, height); };
    prototype.drawImage = function (...args) { if (onScreen(this)) filled += args.length > 5 ? args[7] * args[8] : Infinity; return drawImage.apply(this, args); };
  })()`);
  const [edit] = randomEdits(model, 1);
  await follow(diagram, model, [edit?.model ?? model]);
  await diagram.atRest();
  const part = (await diagram.page.evaluate<number>('filled')) / (1500 * 900);
  expect(part).toBeGreaterThan(0);
  expect(part).toBeLessThan(0.35);
});

it('asks for everything when a change does not fit what it has', async () => {
  const diagram = await open();
  await show(diagram, shop);
  await diagram.page.evaluate(`fakeVsCode.posted.length = 0`);
  await diagram.send({
    type: 'change',
    change: { tables: [{ at: 0, removed: 3, added: [] }], edges: [], modules: [], problems: [] },
    basedOn: 77,
    revision: 78,
    focus: null,
    state: { kind: 'ready' },
  });
  await diagram.waitFor('ready');
  expect(await diagram.page.locator('[data-entity]').count()).toBe(shop.tables.length);
});
