import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { neighbourhood } from '../../src/core/diagram/graphToDiagram';
import type { DiagramState } from '../../src/protocol/diagramPanel';
import { readSavedState } from '../../webview/diagram/savedState';
import { bookshop, generatedModel } from '../unit/core/diagram/models';
import {
  corners,
  data,
  dragTable,
  focused,
  laidOut,
  menuOf,
  namesShown,
  placeOf,
  seriousFindings,
  show,
  useDiagrams,
  type Diagram,
} from './diagramHarness';
import type { WebviewOptions } from './harness';
import { type ThemeName } from './themes';

const shop = bookshop();
const idOf = (name: string): string => shop.tables.find((table) => table.name === name)?.id ?? '';

const open = useDiagrams();

async function openShop(options: Partial<WebviewOptions> = {}): Promise<Diagram> {
  const diagram = await open(options);
  await show(diagram, shop);
  return diagram;
}

describe('the panel', () => {
  it('mirrors every table and every relation with its sentence', async () => {
    const diagram = await openShop();
    expect([await data(diagram, 'tableCount'), await data(diagram, 'edgeCount'), await data(diagram, 'state')]).toEqual(['12', '13', 'ready']);
    const entities = await diagram.page.$$eval('[data-entity]', (nodes) => nodes.map((node) => node.getAttribute('data-entity')));
    expect(entities.sort()).toEqual(shop.tables.map(({ id }) => id).sort());
    const edges = await diagram.page.$$eval('[data-edge]', (nodes) =>
      nodes.map((node) => [node.getAttribute('data-edge'), node.getAttribute('aria-label')]),
    );
    expect(edges.sort()).toEqual(shop.edges.map(({ id, description }) => [id, description]).sort());
    expect(await diagram.page.getByRole('treeitem', { name: 'Book, table book' }).count()).toBe(1);
    expect(diagram.errors()).toEqual([]);
  });

  it('draws on the canvas, not only in the mirror', async () => {
    const diagram = await openShop();
    const colours = await diagram.page.evaluate(`(() => {
      const canvas = document.querySelector('canvas.canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let index = 0; index < data.length; index += 4 * 97) seen.add(data[index] << 16 | data[index + 1] << 8 | data[index + 2]);
      return seen.size;
    })()`);
    expect(colours).toBeGreaterThan(20);
  });

  it('opens the source of a table on double click and of a column on Ctrl+click', async () => {
    const diagram = await openShop({ width: 1800, height: 1000 });
    const place = await placeOf(diagram, 'Book');
    await diagram.page.mouse.dblclick(place.x, place.y);
    expect(await diagram.waitFor('openSource')).toEqual({ type: 'openSource', ...shop.tables.find(({ name }) => name === 'Book')?.source });
    const box = await diagram.page.locator('[data-name="Book"]').boundingBox();
    const scale = Number((await diagram.page.locator('.toolbar .wide').textContent())?.replace(' %', '')) / 100;
    await diagram.page.keyboard.down('Control');
    await diagram.page.mouse.click(place.x, (box?.y ?? 0) + (30 + 6 + 22 + 11) * scale);
    await diagram.page.keyboard.up('Control');
    const title = shop.tables.find(({ name }) => name === 'Book')?.columns[1];
    expect(await diagram.waitFor('openSource')).toEqual({ type: 'openSource', ...title?.source });
  });

  it('pans by wheel and drag and zooms by Ctrl+wheel, keys and buttons', async () => {
    const diagram = await openShop();
    const start = await placeOf(diagram, 'Book');
    await diagram.page.mouse.move(640, 700);
    await diagram.page.mouse.wheel(30, 50);
    const panned = async (): Promise<number[]> => {
      const { x, y } = await placeOf(diagram, 'Book');
      return [Math.round(start.x - x), Math.round(start.y - y)];
    };
    await expect.poll(panned).toEqual([30, 50]);
    const zoom = async (): Promise<number> => Number((await diagram.page.locator('.toolbar .wide').textContent())?.replace(' %', ''));
    const before = await zoom();
    await diagram.page.keyboard.down('Control');
    await diagram.page.mouse.wheel(0, -60);
    await diagram.page.keyboard.up('Control');
    await expect.poll(zoom).toBeGreaterThan(before);
    await diagram.page.keyboard.press('0');
    await expect.poll(zoom).toBe(100);
    await diagram.page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(zoom).toBe(80);
    await diagram.page.getByRole('button', { name: 'Show everything' }).click();
    await expect.poll(zoom).toBe(before);
  });

  it('shows everything still when it gets narrower, but leaves a place that one went to', async () => {
    const zoomOf = (diagram: Diagram): Promise<string | null> => diagram.page.locator('.toolbar .wide').textContent();
    const whole = await openShop({ width: 1200, height: 800 });
    const before = await zoomOf(whole);
    await whole.page.setViewportSize({ width: 600, height: 800 });
    await expect.poll(() => zoomOf(whole)).not.toBe(before);
    await whole.atRest();
    expect(await whole.page.locator('[data-entity]').count()).toBe(shop.tables.length);

    const part = await openShop({ width: 1200, height: 800 });
    await part.page.keyboard.press('0');
    await expect.poll(() => zoomOf(part)).toBe('100 %');
    await part.page.setViewportSize({ width: 600, height: 800 });
    await expect.poll(() => part.page.evaluate('document.querySelector("canvas.canvas").clientWidth')).toBe(600);
    await part.atRest();
    expect(await zoomOf(part)).toBe('100 %');
  });

  it('keeps the selected table where it is when it is shown at full size', async () => {
    const diagram = await openShop({ width: 900, height: 600 });
    const zoom = diagram.page.locator('.toolbar .wide');
    const middle = async (): Promise<number[]> => {
      await diagram.atRest();
      const box = await diagram.page.locator('[data-name="Tag"]').boundingBox();
      return box ? [box.x + box.width / 2, box.y + box.height / 2] : [];
    };
    await diagram.page.locator('[data-name="Tag"]').focus();
    await diagram.page.keyboard.press('1');
    await expect.poll(() => zoom.textContent()).not.toBe('100 %');
    const [x = NaN, y = NaN] = await middle();
    await diagram.page.keyboard.press('0');
    await expect.poll(() => zoom.textContent()).toBe('100 %');
    const [nowX = NaN, nowY = NaN] = await middle();
    expect(Math.hypot(nowX - x, nowY - y)).toBeLessThan(2);
  });

  it('shows after panning exactly what it would draw anew', async () => {
    const diagram = await openShop({ width: 900, height: 600 });
    await diagram.page.keyboard.press('0');
    for (const [dx, dy] of [
      [40, 0],
      [0, 33],
      [-75, -21],
      [130, 90],
      [-7, 160],
    ] as const) {
      await diagram.page.mouse.move(450, 300);
      await diagram.page.mouse.wheel(dx, dy);
      await diagram.atRest();
    }
    await diagram.page.mouse.move(2, 2);
    await diagram.atRest();
    await diagram.page.evaluate(`window.grab = () => {
      const canvas = document.querySelector('canvas.canvas');
      return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    }; window.panned = grab();`);
    // Antialiasing differs by a shade along the seams; anything missing or misplaced differs by far more.
    const differing = (): Promise<number> =>
      diagram.page.evaluate(
        `(() => { const now = grab(); return now.reduce((count, value, index) => count + (Math.abs(value - panned[index]) > 24 ? 1 : 0), 0); })()`,
      );
    await diagram.setTheme('light');
    await expect.poll(differing).toBeGreaterThan(100_000);
    await diagram.setTheme('dark');
    await expect.poll(differing).toBe(0);
  });

  it('keeps a dragged table where it was put, also after an edit and a reload', async () => {
    const diagram = await openShop();
    const place = await placeOf(diagram, 'Tag');
    await dragTable(diagram, 'Tag', 60, -20);
    const moved = await placeOf(diagram, 'Tag');
    expect([Math.round(moved.x - place.x), Math.round(moved.y - place.y)]).toEqual([60, -20]);
    const before = await corners(diagram);
    await show(diagram, shop);
    expect(await corners(diagram)).toEqual(before);
    await diagram.atRest();
    await diagram.page.reload();
    await show(diagram, shop);
    expect(await corners(diagram)).toEqual(before);
  });

  it('walks along relations with the arrow keys and opens with Enter', async () => {
    const diagram = await openShop();
    await diagram.page.locator('[data-name="Book"]').focus();
    const seen = new Set<string | null>();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowDown']) {
      await diagram.page.keyboard.press(key);
      seen.add(await focused(diagram));
    }
    expect(seen.size).toBeGreaterThan(2);
    expect([...seen].every((name) => shop.tables.some((table) => table.name === name))).toBe(true);
    const name = await focused(diagram);
    await diagram.page.keyboard.press('Enter');
    expect(await diagram.waitFor('openSource')).toEqual({ type: 'openSource', ...shop.tables.find((table) => table.name === name)?.source });
  });

  it('reaches every table by the keyboard alone', async () => {
    const diagram = await openShop();
    const reached = new Set<string | null>();
    const queue: string[] = ['Book'];
    for (const name of queue) {
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        await diagram.page.locator(`[data-name="${name}"]`).focus();
        await diagram.page.keyboard.press(key);
        const next = await focused(diagram);
        if (next === null || reached.has(next)) continue;
        reached.add(next);
        queue.push(next);
      }
    }
    expect([...reached].sort()).toEqual(shop.tables.map(({ name }) => name).sort());
  });

  it('goes through the relations of a table with Shift and arrows', async () => {
    const diagram = await openShop();
    await diagram.page.locator('[data-name="Book"]').focus();
    await diagram.page.keyboard.press('Shift+ArrowDown');
    const first = await focused(diagram);
    await diagram.page.keyboard.press('Shift+ArrowDown');
    const second = await focused(diagram);
    expect(shop.edges.map(({ id }) => id)).toEqual(expect.arrayContaining([first, second]));
    expect(second).not.toBe(first);
    await diagram.page.keyboard.press('Enter');
    expect((await diagram.waitFor('openSource')).type).toBe('openSource');
  });

  it('finds by typing, shows while arrowing and returns on Escape', async () => {
    const diagram = await openShop();
    await diagram.page.keyboard.press('/');
    await diagram.page.keyboard.type('orderl');
    expect(await diagram.page.getByRole('option').first().textContent()).toContain('OrderLine');
    await diagram.page.keyboard.press('Enter');
    expect([await focused(diagram), await data(diagram, 'selected')]).toEqual(['OrderLine', idOf('OrderLine')]);
    await diagram.page.keyboard.press('Control+f');
    await diagram.page.keyboard.type('tag');
    await diagram.page.keyboard.press('ArrowDown');
    await diagram.page.keyboard.press('Escape');
    expect(await diagram.page.locator('.palette').isVisible()).toBe(false);
    expect(await focused(diagram)).toBe('OrderLine');
  });

  it('says so when nothing is found', async () => {
    const diagram = await openShop();
    await diagram.page.keyboard.press('/');
    await diagram.page.keyboard.type('zzz');
    expect(await diagram.page.locator('.palette .none').textContent()).toBe('Nothing in the diagram is called “zzz”.');
  });

  it('moves nothing outside of the module of an edited entity', async () => {
    const diagram = await openShop();
    const before = await corners(diagram);
    const edited: DiagramModel = {
      ...shop,
      tables: shop.tables.map((table) => {
        const extra = table.columns.map((column, index) => ({
          ...column,
          property: `more${index}`,
          column: `more${index}`,
          primary: false,
          foreign: false,
        }));
        return table.name === 'Order' ? { ...table, columns: [...table.columns, ...extra, ...extra] } : table;
      }),
    };
    await show(diagram, edited);
    await diagram.page.keyboard.press('1');
    const after = await corners(diagram);
    const moved = [...before].filter(([id, place]) => after.get(id) !== place).map(([id]) => shop.tables.find((table) => table.id === id)?.module);
    expect(moved.filter((module) => module !== 'src/sales')).toEqual([]);
    expect(after.size).toBe(12);
  });

  it('selects what the editor names and tells the loads that a run measured', async () => {
    const diagram = await openShop();
    await diagram.send({ type: 'select', entity: idOf('Tag'), property: 'slug', reveal: true });
    await diagram.page.waitForSelector(`#app[data-selected="${idOf('Tag')}"]`);
    await diagram.send({ type: 'heat', heat: [{ entity: 'Author', relation: 'books', loads: 100, dbTimeMs: 46, warning: true }] });
    await diagram.page.waitForSelector('[aria-label*="Loaded 100 times, 46 milliseconds"]', { state: 'attached' });
    expect(await diagram.page.locator('[aria-label*="Loaded 100 times"]').getAttribute('data-edge')).toBe(`${idOf('Book')}.author`);
    await diagram.send({ type: 'heat', heat: [] });
    await diagram.page.waitForSelector('[aria-label*="Loaded 100 times"]', { state: 'detached' });
  });

  it('leads from a measured relation to the lines that loaded it', async () => {
    const diagram = await openShop();
    const heat = { entity: 'Category', relation: 'parent', loads: 100, dbTimeMs: 46, warning: true };
    const site = { file: '/app/src/catalog/category.routes.ts', line: 12, column: 22, function: 'list' };
    await diagram.send({ type: 'heat', heat: [{ ...heat, sites: [site, { ...site, line: 40, function: null }] }] });
    await diagram.page.waitForSelector('[aria-label*="Loaded 100 times"]', { state: 'attached' });
    const edge = await diagram.page.locator(`[data-edge="${idOf('Category')}.parent"]`).boundingBox();
    const category = await diagram.page.locator('[data-name="Category"]').boundingBox();
    if (!edge || !category) throw new Error('Category is not on the screen.');
    await diagram.page.mouse.click(category.x + category.width + 10, edge.y + edge.height / 2);
    const items = diagram.page.locator('.menu [role="menuitem"]');
    await items.first().waitFor();
    expect(await items.allTextContents()).toEqual(['Loaded at category.routes.ts:12in list', 'Loaded at category.routes.ts:40']);
    await items.first().click();
    expect(await diagram.waitFor('openSource')).toMatchObject({ file: site.file, line: 12, column: 22 });
  });

  it('says what an edge is when the pointer rests on it', async () => {
    const diagram = await openShop();
    const box = await diagram.page.locator(`[data-edge="${idOf('Category')}.parent"]`).boundingBox();
    const category = await diagram.page.locator('[data-name="Category"]').boundingBox();
    if (!box || !category) throw new Error('Category is not on the screen.');
    await diagram.page.mouse.move(category.x + category.width + 10, box.y + box.height / 2);
    await diagram.page.waitForSelector('.tooltip:not([hidden])');
    expect(await diagram.page.locator('.tooltip').textContent()).toContain('Category');
  });

  it('says what the sign in a header stands for, whosever problem it is', async () => {
    const diagram = await open();
    const message = 'Author.books and Book.author are both eager: no find of either ever ends.';
    const problem = { table: idOf('Author'), property: 'books', severity: 'error', message } as const;
    await show(diagram, { ...shop, problems: [...shop.problems, problem] });
    const author = await diagram.page.locator('[data-name="Author"]').boundingBox();
    if (!author) throw new Error('Author is not on the screen.');
    await diagram.page.mouse.move(author.x + author.width - 8, author.y + 6);
    await diagram.page.waitForSelector('.tooltip:not([hidden])');
    expect(await diagram.page.locator('.tooltip').textContent()).toContain(message);
  });

  it('exports the whole diagram as SVG and PNG', async () => {
    const diagram = await openShop();
    await diagram.send({ type: 'command', command: 'exportSvg' });
    const svg = await diagram.waitFor('saveFile');
    const text = Buffer.from(svg.base64, 'base64').toString('utf8');
    for (const { name } of shop.tables) expect(text).toContain(`>${name}</text>`);
    await diagram.send({ type: 'command', command: 'exportPng' });
    await expect.poll(async () => (await diagram.waitFor('saveFile')).name).toBe('relations.png');
    const png = Buffer.from((await diagram.waitFor('saveFile')).base64, 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
  });

  it('keeps the last good picture while the workspace is read again or fails', async () => {
    const diagram = await openShop();
    const nothing: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };
    await show(diagram, nothing, null, { kind: 'error', message: 'The server stopped.' });
    await diagram.page.waitForSelector('.banner:not([hidden])');
    expect(await data(diagram, 'tableCount')).toBe('12');
    expect(await diagram.page.locator('.page').count()).toBe(0);
  });

  it('arranges without the layout worker and says so when it cannot start', async () => {
    const diagram = await open({ body: { 'data-worker-uri': '/missing.js' } });
    await show(diagram, shop);
    expect(await diagram.page.locator('.banner').textContent()).toContain('layout worker failed');
    expect((await corners(diagram)).size).toBe(12);
  });
});

describe('parts and paths', () => {
  it('shows only the neighbours of a table, farther ones on demand, and everything again as it was', async () => {
    const diagram = await openShop();
    const before = await corners(diagram);
    await menuOf(diagram, 'Tag', 'Show Only Its Neighbours');
    expect(await namesShown(diagram)).toEqual(['Book', 'Tag']);
    await diagram.page.getByRole('button', { name: 'Farther neighbours too' }).click();
    expect(await namesShown(diagram)).toEqual(['Author', 'Book', 'OrderLine', 'PrintedBook', 'Publisher', 'Review', 'Tag']);
    expect(await seriousFindings(diagram)).toEqual([]);
    await diagram.screenshot('diagram-neighbours');
    await diagram.page.locator('.chip').getByRole('button', { name: 'Show everything' }).click();
    expect(await namesShown(diagram)).toHaveLength(12);
    expect(await corners(diagram)).toEqual(before);
  });

  it('shows one module, and goes back when the editor names a table outside of it', async () => {
    const diagram = await openShop();
    await menuOf(diagram, 'Order', 'Show Only Its Module');
    expect(await namesShown(diagram)).toEqual(['BookSales', 'Customer', 'Order', 'OrderLine']);
    await diagram.send({ type: 'select', entity: idOf('Tag'), property: null, reveal: true });
    await diagram.page.waitForSelector(`#app[data-selected="${idOf('Tag')}"]`);
    await laidOut(diagram);
    expect(await data(diagram, 'tableCount')).toBe('12');
  });

  it('lists the ways between two tables with the option that loads them', async () => {
    const diagram = await openShop();
    await menuOf(diagram, 'Order', 'Find Paths to…');
    await diagram.page.keyboard.type('book');
    await diagram.page.keyboard.press('Enter');
    const rows = await diagram.page.locator('.paths .path').allTextContents();
    expect(rows).toEqual([
      'Order → lines → bookrelations: { lines: { book: true } }a join returns each Order once per lines',
      'Order → customer → reviews → bookrelations: { customer: { reviews: { book: true } } }a join returns each Order once per reviews',
    ]);
    expect(await seriousFindings(diagram)).toEqual([]);
    await diagram.screenshot('diagram-paths');
    expect(await diagram.page.getByRole('button', { name: 'Copy as query builder joins' }).count()).toBe(2);
    await diagram.page.keyboard.press('ArrowDown');
    await diagram.page.keyboard.press('Escape');
    expect(await diagram.page.locator('.paths').isVisible()).toBe(false);
  });

  it('puts a dragged table back with Ctrl+Z', async () => {
    const diagram = await openShop();
    const before = await corners(diagram);
    await dragTable(diagram, 'Tag', 50, 30);
    expect(await corners(diagram)).not.toEqual(before);
    await diagram.page.keyboard.press('Control+z');
    expect(await corners(diagram)).toEqual(before);
  });

  it('explains its marks and keys', async () => {
    const diagram = await openShop();
    await diagram.page.keyboard.press('?');
    expect(await diagram.page.locator('.legend').textContent()).toContain('any number');
    for (const meaning of ['deleted with it', 'eager: loaded by every find', 'added'])
      expect(await diagram.page.locator('.legend').textContent()).toContain(meaning);
    expect(await seriousFindings(diagram)).toEqual([]);
    await diagram.screenshot('diagram-legend');
    await diagram.page.keyboard.press('Escape');
    expect(await diagram.page.locator('.legend').isVisible()).toBe(false);
  });
});

/** Of the canvas' outermost pixels on the left and on the right. */
async function coloursOfTheSides(diagram: Diagram): Promise<readonly string[]> {
  return (await diagram.page.evaluate(`(() => {
    const { width, height } = document.querySelector('canvas.canvas');
    const context = document.querySelector('canvas.canvas').getContext('2d');
    const colours = new Set();
    for (const x of [1, width - 2]) {
      const { data } = context.getImageData(x, 0, 1, height);
      for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 4).join());
    }
    return [...colours];
  })()`)) as string[];
}

describe('the sidebar view', () => {
  async function openSidebar(name: string, options: Partial<WebviewOptions> = {}): Promise<Diagram> {
    const diagram = await open({ width: 320, height: 720, body: { 'data-mode': 'sidebar' }, ...options });
    await show(diagram, neighbourhood(shop, idOf(name), 1), idOf(name));
    return diagram;
  }

  it('shows the entity with its neighbours, without a minimap', async () => {
    const diagram = await openSidebar('Review');
    const names = await diagram.page.$$eval('[data-entity]', (nodes) => nodes.map((node) => node.getAttribute('data-name')));
    expect(names.sort()).toEqual(['Book', 'Customer', 'Review']);
    expect(await diagram.page.locator('.minimap').count()).toBe(0);
    const review = await placeOf(diagram, 'Review');
    expect(Math.abs(review.x - 160)).toBeLessThan(100);
  });

  it('follows to another entity', async () => {
    const diagram = await openSidebar('Review');
    await show(diagram, neighbourhood(shop, idOf('Tag'), 1), idOf('Tag'));
    const names = await diagram.page.$$eval('[data-entity]', (nodes) => nodes.map((node) => node.getAttribute('data-name')));
    expect(names.sort()).toEqual(['Book', 'Tag']);
  });

  const heat = [{ entity: 'Author', relation: 'books', loads: 100, dbTimeMs: 46, warning: true }];

  it('shows whole what a run measured, where the picture ends at the line that it stands on', async () => {
    const diagram = await openSidebar('Author', { width: 260 });
    await diagram.send({ type: 'heat', heat });
    await diagram.atRest();
    await diagram.screenshot('diagram-sidebar-heat');
    expect(await coloursOfTheSides(diagram)).toHaveLength(1);
  });

  it('stays where somebody looks when a run measures something', async () => {
    const diagram = await openSidebar('Author', { width: 240 });
    await diagram.page.mouse.move(120, 400);
    const unmoved = await placeOf(diagram, 'Author');
    await diagram.page.mouse.wheel(30, 40);
    await expect.poll(() => placeOf(diagram, 'Author')).not.toEqual(unmoved);
    const before = await placeOf(diagram, 'Author');
    await diagram.send({ type: 'heat', heat });
    expect(await placeOf(diagram, 'Author')).toEqual(before);
  });

  it('opens the full diagram at its entity', async () => {
    const diagram = await openSidebar('Review');
    await diagram.page.getByRole('button', { name: 'Open full diagram' }).click();
    expect(await diagram.waitFor('openPanel')).toEqual({ type: 'openPanel', entity: idOf('Review') });
  });
});

describe('states', () => {
  const cases: readonly (readonly [DiagramState, string, string | null])[] = [
    [{ kind: 'loading', filesRead: 1234 }, '1,234 files read.', null],
    [{ kind: 'no-typeorm' }, 'No folder here depends on TypeORM', 'Open Folder'],
    [{ kind: 'no-entities' }, 'No entities yet', 'Search in Files'],
    [{ kind: 'no-focus' }, 'Put the cursor into an entity class', 'Open the Full Diagram'],
    [{ kind: 'error', message: 'tsconfig.json, line 3: unexpected end.' }, 'tsconfig.json, line 3', 'Restart Language Server'],
  ];

  it.each(cases)('says what is going on and what to do: $kind', async (state, text, button) => {
    const diagram = await open();
    await show(diagram, { tables: [], edges: [], modules: [], problems: [] }, null, state);
    await diagram.page.waitForSelector(`[data-page="${state.kind}"]`);
    expect(await diagram.page.locator('.page').textContent()).toContain(text);
    expect(await data(diagram, 'state')).toBe(state.kind);
    expect(await diagram.page.locator('.page button').count()).toBe(button === null ? 0 : 1);
    if (button === null) return;
    await diagram.page.getByRole('button', { name: button }).click();
    expect((await diagram.received()).length).toBeGreaterThan(1);
    expect(await seriousFindings(diagram)).toEqual([]);
  });
});

describe('themes', () => {
  it.each(['dark', 'light', 'hc-dark', 'hc-light'] satisfies ThemeName[])(
    '%s: no serious finding of axe, also with the search open',
    async (theme) => {
      const diagram = await openShop({ theme, width: 1500, height: 900 });
      await diagram.send({ type: 'heat', heat: [{ entity: 'Author', relation: 'books', loads: 100, dbTimeMs: 46, warning: true }] });
      await diagram.atRest();
      await diagram.screenshot(`diagram-${theme}`);
      expect(await seriousFindings(diagram)).toEqual([]);
      await diagram.page.keyboard.press('/');
      await diagram.page.keyboard.type('book');
      await diagram.atRest();
      await diagram.screenshot(`diagram-search-${theme}`);
      expect(await seriousFindings(diagram)).toEqual([]);
      expect(diagram.errors()).toEqual([]);
    },
  );

  it('repaints when the editor changes its theme', async () => {
    const diagram = await openShop();
    const corner = (): Promise<number[]> =>
      diagram.page.evaluate(`[...document.querySelector('canvas.canvas').getContext('2d').getImageData(2, 300, 1, 1).data]`);
    const dark = await corner();
    await diagram.setTheme('light');
    await expect.poll(corner).toEqual([255, 255, 255, 255]);
    expect(dark).toEqual([31, 31, 31, 255]);
  });
});

describe('scale', () => {
  it.each([3, 30, 300, 1000, 3000])('shows %d entities with a bounded page', async (count) => {
    const diagram = await open({ width: 1600, height: 1000 });
    const model = generatedModel(count);
    await show(diagram, model);
    await diagram.screenshot(`diagram-${count}`);
    expect(await data(diagram, 'tableCount')).toBe(String(count));
    expect(await diagram.page.evaluate(`document.querySelectorAll('*').length`)).toBeLessThan(2000);
    const positionsKept = async (): Promise<number> => readSavedState(await diagram.savedState()).view.positions.size;
    await expect.poll(positionsKept).toBe(count);
    expect(diagram.errors()).toEqual([]);
  });

  it('finds one of a thousand entities and shows it', async () => {
    const diagram = await open();
    const model = generatedModel(1000);
    await show(diagram, model);
    const wanted = model.tables[777];
    await diagram.page.keyboard.press('/');
    await diagram.page.keyboard.type(wanted?.name ?? '');
    await diagram.page.keyboard.press('Enter');
    expect(await focused(diagram)).toBe(wanted?.name);
    expect(await diagram.page.locator(`[data-name="${wanted?.name ?? ''}"]`).boundingBox()).not.toBeNull();
  });
});
