/** What somebody reads, points at or walks through in the panel stays where it is while more requests come in. */
import { describe, expect, test } from 'vitest';
import type { ScopeDetail, ScopeSummary } from '../../src/core/profile/queryProfile';
import { packDetail } from '../../src/protocol/packedDetail';
import { aFinding, aRun, aScope, detailMessage, lazyLoop, reset } from './profilerFixtures';
import { usePanel, type Panel, type PanelSteps } from './profilerHarness';

const withPanel = usePanel();

function withRequests(scopes: readonly ScopeSummary[], steps: PanelSteps): Promise<void> {
  return withPanel({}, async (panel) => {
    await panel.send(reset(scopes));
    await panel.page.waitForSelector(`rl-profiler[data-scope-count="${scopes.length}"]`);
    await steps(panel);
  });
}

/** The n-th request of the run. */
function request(n: number, name: string, overrides: Partial<ScopeSummary> = {}): ScopeSummary {
  return aScope({ id: n, name: `GET /${name}`, path: `/${name}`, startedAtMs: 1_760_000_000_000 + n * 1000, queryCount: n, ...overrides });
}

/** Sends a request that has ended, with its details where they come along, and waits until it counts. */
async function arrives(panel: Panel, scope: ScopeSummary, count: number, detail?: ScopeDetail): Promise<void> {
  const along = detail ? { detail: packDetail(detail) } : {};
  await panel.send({ type: 'scopes', run: aRun(), scopes: [scope], judged: [], ...along, dropped: 0 });
  await panel.page.waitForSelector(`rl-profiler[data-scope-count="${count}"]`);
}

const names = (panel: Panel): Promise<string[]> => panel.page.locator('.list .name').allTextContents();
const counts = (panel: Panel): Promise<string[]> => panel.page.locator('.list .count b').allTextContents();
const showsNames = (panel: Panel, expected: readonly string[]) => expect.poll(() => names(panel)).toEqual(expected);

const three = [request(1, 'a'), request(2, 'b'), request(3, 'c')];

describe('rows of the requests list', () => {
  test('stay under the pointer, count on, and are put in order once it is gone', () =>
    withRequests(three, async (panel) => {
      await showsNames(panel, ['/c', '/b', '/a']);
      await panel.page.hover('[data-scope-name="GET /b"]');
      await arrives(panel, request(4, 'a'), 4);
      await expect.poll(() => counts(panel)).toEqual(['3', '2', '4']);
      await arrives(panel, request(5, 'd'), 5);
      await showsNames(panel, ['/c', '/b', '/a', '/d']);
      expect((await panel.page.textContent('.new-requests'))?.replace(/\s+/g, ' ').trim()).toBe('2 new requests');
      await panel.page.hover('main');
      await showsNames(panel, ['/d', '/a', '/c', '/b']);
      expect(await panel.page.locator('.new-requests').count()).toBe(0);
    }));

  test('move on at once where nobody points at them', () =>
    withRequests(three, async (panel) => {
      await arrives(panel, request(4, 'a'), 4);
      await showsNames(panel, ['/a', '/c', '/b']);
      expect(await panel.page.locator('.new-requests').count()).toBe(0);
    }));

  test('are brought up to date by a click, and stand still again', () =>
    withRequests(three, async (panel) => {
      await panel.page.hover('[data-scope-name="GET /b"]');
      await arrives(panel, request(4, 'a'), 4);
      await panel.page.click('.new-requests');
      await showsNames(panel, ['/a', '/c', '/b']);
      expect(await panel.page.evaluate('document.activeElement.getAttribute("role")')).toBe('tree');
      await arrives(panel, request(5, 'b'), 5);
      await expect.poll(() => counts(panel)).toEqual(['4', '3', '5']);
      await showsNames(panel, ['/a', '/c', '/b']);
    }));

  test('stand still while the keys walk through them, so that the next is the one that is seen next', () =>
    withRequests(three, async (panel) => {
      await panel.page.focus('.list');
      await panel.page.keyboard.press('Home');
      await arrives(panel, request(4, 'a'), 4);
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.waitForSelector('.request.active[data-scope-name="GET /b"]');
      await showsNames(panel, ['/c', '/b', '/a']);
      await panel.page.locator('.filter input').focus();
      await showsNames(panel, ['/a', '/c', '/b']);
    }));

  test('unfold where they stand, and what comes beneath them then waits', () =>
    withRequests([request(1, 'a'), request(2, 'a'), request(3, 'b')], async (panel) => {
      await showsNames(panel, ['/b', '/a']);
      await panel.page.hover('[data-scope-name="GET /a"] .twistie');
      await arrives(panel, request(4, 'a'), 4);
      await panel.page.click('[data-scope-name="GET /a"] .twistie');
      const beneath = () => panel.page.locator('[aria-level="2"]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-scope-id')));
      await expect.poll(beneath).toEqual(['4', '2', '1']);
      await arrives(panel, request(5, 'a'), 5);
      expect(await beneath()).toEqual(['4', '2', '1']);
      await showsNames(panel, ['/b', '/a', '/a', '/a', '/a']);
      await panel.page.hover('main');
      await expect.poll(beneath).toEqual(['5', '4', '2', '1']);
    }));

  test('are those of a new run as soon as it has begun', () =>
    withRequests(three, async (panel) => {
      await panel.page.hover('[data-scope-name="GET /b"]');
      const run = aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 60_000 });
      await panel.send({ type: 'scopes', run, scopes: [request(1, 'z', { runId: 'run-2' })], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.run-row + [data-scope-name="GET /z"]');
    }));

  test('are in the order that is asked for at once', () =>
    withRequests(three, async (panel) => {
      await panel.page.hover('[data-scope-name="GET /b"]');
      await panel.page.selectOption('.order', 'name');
      await showsNames(panel, ['/a', '/b', '/c']);
    }));
});

describe('the request that is open', () => {
  const loop = (n: number, overrides: Partial<ScopeSummary> = {}) => {
    const detail = lazyLoop(request(n, 'authors', { warnings: 1, queryCount: 101, ...overrides }));
    return { ...detail, findings: [aFinding({ id: n * 10, scope: n })] };
  };
  const shows = (panel: Panel, n: number) => panel.page.waitForSelector(`[data-finding-id="${n * 10}"]`);

  /** The first request of a route, with its details there. */
  async function withOpen(steps: (panel: Panel) => Promise<void>): Promise<void> {
    await withRequests([loop(1).scope], async (panel) => {
      await panel.send(detailMessage(loop(1)));
      await shows(panel, 1);
      await steps(panel);
    });
  }

  test('gives way to the next of its route, whose card is the same to the pointer, with what was written as a filter', () =>
    withOpen(async (panel) => {
      await panel.page.locator('.query-filter input').fill('book');
      await panel.page.evaluate('document.querySelector("[data-action=fix]").isTheSame = true');
      await arrives(panel, loop(2).scope, 2, loop(2));
      await shows(panel, 2);
      expect(await panel.page.evaluate('document.querySelector("[data-action=fix]").isTheSame')).toBe(true);
      expect(await panel.page.locator('.query-filter input').inputValue()).toBe('book');
      await panel.page.click('[data-action="fix"]');
      expect(await panel.waitFor('fixFinding')).toMatchObject({ finding: { id: 20 } });
    }));

  test('stays while one of its queries is open, says what has come since, and leads there', () =>
    withOpen(async (panel) => {
      await panel.page.click('[data-group-count="100"] .statement');
      await panel.page.waitForSelector('.query-detail');
      await arrives(panel, loop(2).scope, 2);
      await arrives(panel, loop(3).scope, 3);
      await panel.page.waitForSelector('.request-head .new-requests:has-text("2 newer")');
      expect(await panel.page.locator('.query-detail').count()).toBe(1);
      await panel.page.click('.request-head .new-requests');
      await panel.send(detailMessage(loop(3)));
      await shows(panel, 3);
      expect(await panel.page.locator('.query-detail, .request-head .new-requests').count()).toBe(0);
    }));

  test('stays while rows of it are unfolded', () =>
    withOpen(async (panel) => {
      await panel.page.click('[data-group-count="100"] .twistie');
      await panel.page.waitForSelector('rl-query-table [aria-level="2"]');
      await arrives(panel, loop(2).scope, 2);
      await panel.page.waitForSelector('.request-head .new-requests:has-text("1 newer")');
      expect(await panel.page.locator('rl-query-table [aria-level="2"]').count()).toBe(100);
      await panel.page.click('[data-group-count="100"] .twistie');
      await panel.send(detailMessage(loop(2)));
      await shows(panel, 2);
    }));

  test('gives way to the same route in a new run, whatever of it is open', () =>
    withOpen(async (panel) => {
      await panel.page.click('[data-group-count="100"] .statement');
      await panel.page.waitForSelector('.query-detail');
      const run = aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 60_000 });
      await panel.send({ type: 'scopes', run, scopes: [loop(1, { runId: 'run-2' }).scope], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.request.selected[data-run-id="run-2"]');
    }));
});
