/** The sidebar while the cursor goes from entity to entity: every frame shows something, on the canvas and to screen readers. */
import { expect, it } from 'vitest';
import { neighbourhood } from '../../src/core/diagram/graphToDiagram';
import { changeBetween } from '../../src/protocol/diagramChange';
import { bookshop } from '../unit/core/diagram/models';
import { data, show, useDiagrams, type Diagram } from './diagramHarness';

const openDiagram = useDiagrams();
const shop = bookshop();

interface Frame {
  /** Pixels of the canvas, one in sixteen looked at, that are not its ground. */
  readonly painted: number;
  readonly entities: number;
  readonly pages: number;
}

/** Looks at every frame from now on, after the page's own drawing of it. */
async function watchFrames({ page }: Diagram): Promise<void> {
  await page.evaluate(`(() => {
    const canvas = document.querySelector('canvas.canvas');
    const frames = (window.watched = []);
    const look = () => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const ground = data.slice(0, 4).join();
      let painted = 0;
      for (let at = 0; at < data.length; at += 64) if (data.slice(at, at + 4).join() !== ground) painted++;
      const pages = [...document.querySelectorAll('.page')].filter((node) => node.checkVisibility()).length;
      frames.push({ painted, entities: document.querySelectorAll('[data-entity]').length, pages });
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  })()`);
}

it.each(['no-preference', 'reduce'])('never shows an empty frame between two entities (motion: %s)', async (motion) => {
  const diagram = await openDiagram({ body: { 'data-mode': 'sidebar' }, width: 420, height: 640, reducedMotion: motion === 'reduce' });
  const idOf = (name: string): string => shop.tables.find((table) => table.name === name)?.id ?? '';
  const around = (name: string): ReturnType<typeof neighbourhood> => neighbourhood(shop, idOf(name), 1);
  await show(diagram, around('Author'), idOf('Author'));
  await watchFrames(diagram);
  let before = around('Author');
  const framesWatched = (): Promise<number> => diagram.page.evaluate('window.watched.length');
  // What changed is all that the editor sends of a picture after the first.
  for (const [index, name] of ['Book', 'Order', 'Category', 'Customer', 'Tag', 'Author'].entries()) {
    const change = changeBetween(before, around(name));
    before = around(name);
    await diagram.send({ type: 'change', change, basedOn: index + 1, revision: index + 2, focus: idOf(name), state: { kind: 'ready' } });
    await expect.poll(() => diagram.page.locator(`[data-name="${name}"]`).count()).toBe(1);
    await expect.poll(() => data(diagram, 'layout')).toBe('done');
    const count = await framesWatched();
    await expect.poll(framesWatched).toBeGreaterThan(count);
  }
  const frames = (await diagram.page.evaluate('window.watched')) as Frame[];
  expect(frames.length).toBeGreaterThan(5);
  expect(Math.min(...frames.map(({ painted }) => painted))).toBeGreaterThan(50);
  expect(Math.min(...frames.map(({ entities }) => entities))).toBeGreaterThan(0);
  expect(Math.max(...frames.map(({ pages }) => pages))).toBe(0);
  expect(diagram.errors()).toEqual([]);
});
