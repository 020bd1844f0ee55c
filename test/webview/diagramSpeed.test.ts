import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { bookshop, generatedModel } from '../unit/core/diagram/models';
import { corners, data, show, useDiagrams, type Diagram } from './diagramHarness';

const open = useDiagrams();
const shop = bookshop();

function banner(diagram: Diagram): Promise<string | null> {
  return diagram.page.locator('.banner').textContent();
}

/** Sends a model without waiting for its layout. */
async function begin(diagram: Diagram, model: DiagramModel, revision = 1): Promise<void> {
  await diagram.page.evaluate(`document.getElementById('app').dataset.layout = ''`);
  await diagram.send({ type: 'model', model, revision, focus: null, state: { kind: 'ready' } });
}

async function untilDone(diagram: Diagram): Promise<void> {
  await diagram.page.waitForSelector('#app[data-layout=done]');
}

/** Puts a worker in the place of the page's own, whose answers the test decides. `script` is its program. */
async function openWithWorker(script: string): Promise<Diagram> {
  const diagram = await open({ body: { 'data-worker-uri': '/missing.js' } });
  await diagram.page.evaluate(`window.fetch = async () => new Response(${JSON.stringify(script)})`);
  return diagram;
}

describe('a layout worker', () => {
  it('that dies is replaced by the same arrangement, and it is said why', async () => {
    const diagram = await openWithWorker(`onmessage = () => { throw new Error('out of breath'); };`);
    await show(diagram, shop);
    expect((await corners(diagram)).size).toBe(shop.tables.length);
    expect(await banner(diagram)).toContain('out of breath');
    expect(await banner(diagram)).toContain('arranged without it');
  });

  it('that dies once is started again, which is said', async () => {
    const diagram = await open({ body: { 'data-worker-uri': '/missing.js' } });
    await diagram.page.evaluate(`(() => {
      const original = window.fetch;
      let asked = 0;
      window.fetch = (uri) => asked++ === 0 ? Promise.resolve(new Response("onmessage = () => { throw new Error('hiccup'); };")) : original(uri.replace('missing', 'layoutWorker'));
    })()`);
    await show(diagram, shop);
    expect((await corners(diagram)).size).toBe(shop.tables.length);
    expect(await banner(diagram)).toContain('started again');
    expect(await banner(diagram)).toContain('hiccup');
    await show(diagram, shop);
    expect(await diagram.page.locator('.banner').isVisible()).toBe(false);
  });

  it('that is silent can be stopped with Escape, as the empty diagram says: tables stand in rows', async () => {
    const diagram = await openWithWorker(`onmessage = () => {};`);
    await begin(diagram, shop);
    await diagram.page.waitForSelector('#app[data-layout=busy]');
    await diagram.atRest();
    expect(await diagram.page.locator('.summary').textContent()).toBe(`Arranging 0 of ${shop.tables.length} … Escape stops it.`);
    await diagram.page.keyboard.press('Escape');
    await untilDone(diagram);
    expect((await corners(diagram)).size).toBe(shop.tables.length);
    expect(await banner(diagram)).toContain('stopped');
  });

  it('answers the newest of several models', async () => {
    const diagram = await open();
    await begin(diagram, generatedModel(1000), 1);
    await begin(diagram, generatedModel(40), 2);
    await begin(diagram, shop, 3);
    await untilDone(diagram);
    await diagram.page.waitForTimeout(300);
    expect(await data(diagram, 'tableCount')).toBe(String(shop.tables.length));
    expect([...(await corners(diagram)).keys()].sort()).toEqual(shop.tables.map(({ id }) => id).sort());
    expect(diagram.errors()).toEqual([]);
  });

  it('is handed ELK, which runs where relations would cross', async () => {
    const diagram = await open({ body: { 'data-worker-uri': '/missing.js' } });
    await diagram.page.evaluate(`(() => {
      const original = window.fetch;
      window.fetch = async (uri) => {
        const response = await original(uri.replace('missing', 'layoutWorker'));
        return uri.endsWith('elk.js') ? new Response(await response.text() + ';self.elkIs = typeof module.exports.Worker;') : response;
      };
    })()`);
    await show(diagram, generatedModel(300));
    const [worker] = diagram.page.workers();
    expect(await worker?.evaluate(`self.elkIs`)).toBe('function');
  });

  it('is not started for the sidebar', async () => {
    const diagram = await open({ width: 320, body: { 'data-mode': 'sidebar' } });
    await show(diagram, shop, shop.tables[2]?.id ?? null);
    expect(await diagram.page.evaluate(`performance.getEntriesByType('resource').some(({ name }) => name.includes('layoutWorker'))`)).toBe(false);
  });
});

describe('an edit', () => {
  const wide = (name: string, count: number): DiagramModel => ({
    ...shop,
    tables: shop.tables.map((table) => {
      const [first] = table.columns;
      if (table.name !== name || !first) return table;
      const more = Array.from({ length: count }, (_, index) => ({ ...first, property: `more${index}`, column: `more${index}`, primary: false }));
      return { ...table, columns: [...table.columns, ...more] };
    }),
  });

  it('glides to the places where it would jump under reduced motion', async () => {
    const places: Map<string, string>[] = [];
    for (const reducedMotion of [true, false]) {
      const diagram = await open({ reducedMotion });
      await show(diagram, shop);
      await show(diagram, wide('Order', 14));
      await diagram.page.keyboard.press('1');
      places.push(await corners(diagram));
      expect(diagram.errors()).toEqual([]);
    }
    expect(places[0]?.size).toBe(shop.tables.length);
    expect(places[1]).toEqual(places[0]);
  });

  it('puts a new table near what it refers to, and moves nothing of the other modules', async () => {
    const diagram = await open({ width: 1800, height: 1100 });
    await show(diagram, shop);
    const before = await corners(diagram);
    const order = shop.tables.find(({ name }) => name === 'Order');
    const line = shop.edges.find(({ from }) => from.table.endsWith('#OrderLine'));
    if (!order || !line) throw new Error('The shop has orders.');
    const parcel = { ...order, id: order.id.replace('#Order', '#Parcel'), name: 'Parcel', table: 'parcel' };
    const edge = { ...line, id: `${parcel.id}.order`, from: { ...line.from, table: parcel.id } };
    await show(diagram, { ...shop, tables: [...shop.tables, parcel], edges: [...shop.edges, edge] });
    const after = await corners(diagram);
    const moved = [...before].filter(([id, place]) => after.get(id) !== place).map(([id]) => shop.tables.find((table) => table.id === id)?.module);
    expect(moved.filter((module) => module !== order.module)).toEqual([]);
    const [x = NaN, y = NaN] = (after.get(parcel.id) ?? '').split(',').map(Number);
    const [orderX = NaN, orderY = NaN] = (after.get(order.id) ?? '').split(',').map(Number);
    expect(Math.hypot(x - orderX, y - orderY)).toBeLessThan(900);
  });
});

describe('the picture', () => {
  const painted = `(() => {
    const canvas = document.querySelector('canvas.canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let index = 0; index < data.length; index += 4 * 31) seen.add(data[index] << 16 | data[index + 1] << 8 | data[index + 2]);
    return seen.size;
  })()`;

  it('comes to rest crisp after a zoom over hundreds of tables, as if drawn at once', async () => {
    const diagram = await open({ width: 1400, height: 900 });
    await show(diagram, generatedModel(300));
    await diagram.page.evaluate(`window.grab = () => {
      const canvas = document.querySelector('canvas.canvas');
      return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    }; window.kept = grab();`);
    // Antialiasing differs by a shade between tiles; anything blurred, missing or misplaced differs by far more.
    const differing = (): Promise<number> =>
      diagram.page.evaluate(
        `(() => { const now = grab(); return now.reduce((sum, value, at) => sum + (Math.abs(value - kept[at]) > 24 ? 1 : 0), 0); })()`,
      );
    await diagram.page.mouse.move(700, 450);
    await diagram.page.keyboard.down('Control');
    for (let turn = 0; turn < 6; turn++) await diagram.page.mouse.wheel(0, turn < 4 ? -30 : 20);
    await diagram.page.keyboard.up('Control');
    await diagram.page.mouse.move(1, 1);
    await expect.poll(differing).toBeGreaterThan(10_000);
    await expect
      .poll(async () => {
        await diagram.page.evaluate('window.kept = grab()');
        await diagram.atRest();
        return differing();
      })
      .toBe(0);
    await diagram.setTheme('light');
    await expect.poll(differing).toBeGreaterThan(100_000);
    await diagram.setTheme('dark');
    await expect.poll(differing).toBe(0);
  });

  it('is there again after the panel had no size', async () => {
    const diagram = await open();
    await show(diagram, shop);
    await diagram.page.evaluate(`document.getElementById('app').style.display = 'none'`);
    await begin(diagram, { ...shop, tables: shop.tables.slice(1) });
    await expect.poll(() => data(diagram, 'layout')).toBe('done');
    await diagram.page.evaluate(`document.getElementById('app').style.display = ''`);
    await expect.poll(() => diagram.page.evaluate(painted)).toBeGreaterThan(20);
    expect(diagram.errors()).toEqual([]);
  });

  it('is drawn anew when the browser gives a lost canvas back', async () => {
    const diagram = await open();
    await show(diagram, shop);
    await diagram.page.evaluate(`(() => {
      const canvas = document.querySelector('canvas.canvas');
      const context = canvas.getContext('2d');
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = '#000';
      context.fillRect(0, 0, canvas.width, canvas.height);
      canvas.dispatchEvent(new Event('contextrestored'));
    })()`);
    await expect.poll(() => diagram.page.evaluate(painted)).toBeGreaterThan(20);
  });

  it('has a pixel for each of the screen, also after the window moved to a finer one', async () => {
    const diagram = await open({ width: 900, height: 600 });
    await show(diagram, shop);
    const session = await diagram.page.context().newCDPSession(diagram.page);
    await session.send('Emulation.setDeviceMetricsOverride', { width: 900, height: 600, deviceScaleFactor: 2, mobile: false });
    await diagram.page.keyboard.press('0');
    await expect.poll(() => diagram.page.evaluate(`document.querySelector('canvas.canvas').width`)).toBe(1800);
    await expect.poll(() => diagram.page.evaluate(painted)).toBeGreaterThan(20);
  });
});
