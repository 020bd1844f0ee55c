/** The profiler panel in a real browser, with the test in the extension's place. */
import type { Locator } from 'playwright-core';
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import type { Advice, Finding, ScopeDetail, ScopeSummary } from '../../src/core/profile/queryProfile';
import { packDetail } from '../../src/protocol/packedDetail';
import { awaitIn, type WebviewOptions } from './harness';
import {
  aFinding,
  aQuery,
  aRun,
  aScope,
  busyOrder,
  detailMessage,
  folder,
  groupQueries,
  lazyLoop,
  manyRoutes,
  mended,
  reset,
} from './profilerFixtures';
import { usePanel, type Panel } from './profilerHarness';
import type { ThemeName } from './themes';

const withPanel = usePanel({ width: 1400, height: 320 });

/** Sends the requests and answers the panel's question for the details of the one it opens. */
async function show(panel: Panel, scopes: readonly ScopeSummary[], detail: ScopeDetail): Promise<void> {
  await panel.send(reset(scopes));
  await open(panel, detail);
}

async function open(panel: Panel, detail: ScopeDetail): Promise<void> {
  await panel.page.click(`[data-scope-name="${detail.scope.name}"][data-scope-id="${detail.scope.id}"]`);
  await panel.send(detailMessage(detail));
  await panel.page.waitForSelector('rl-query-table .query-row:not(.head)');
}

const scopeOf = (scopes: readonly ScopeSummary[], id: number): ScopeSummary => scopes.find((scope) => scope.id === id) as ScopeSummary;
const textOf = async (panel: Panel, selector: string): Promise<string> =>
  ((await panel.page.textContent(selector)) ?? '').replace(/\s+/g, ' ').trim();

describe('requests', () => {
  test('are grouped by route with the latest count first, and the totals stand above', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      await panel.page.waitForSelector('[data-scope-name="GET /authors"][data-query-count="101"]');
      expect(await textOf(panel, '.totals')).toBe('7 routes · 19 requests · 171 queries');
      expect(await panel.page.locator('[data-scope-count]').getAttribute('data-scope-count')).toBe('19');
      expect(await panel.page.locator('.list [role="treeitem"]').count()).toBe(7);
      expect(await textOf(panel, '[data-run-state]')).toContain('live');
    }));

  test('are told to screen readers with their count, findings and change', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      const label = (name: string): Promise<string | null> => panel.page.locator(`[data-scope-name="${name}"] > .spoken`).first().textContent();
      expect(await label('GET /authors')).toBe('GET /authors, 101 queries, 1 warning, 48 ms in the database');
      expect(await label('GET /books/:id')).toBe(
        'GET /books/:id, 2 queries, 14 queries before, 2 now, response unchanged, 3.1 ms in the database, 13 requests',
      );
      expect(await label('POST /orders')).toContain('status 500');
    }));

  test('turn green only where fewer queries gave the same response', () =>
    withPanel({}, async (panel) => {
      const previous = { queryCount: 14, dbTimeMs: 9, rowCount: 9, durationMs: 20, responseEqual: true };
      await panel.send(
        reset([
          aScope({ id: 1, name: 'GET /proven', queryCount: 2, previous }),
          aScope({ id: 2, name: 'GET /unseen', queryCount: 2, previous: { ...previous, responseEqual: null } }),
          aScope({ id: 3, name: 'GET /changed', queryCount: 2, previous: { ...previous, responseEqual: false } }),
          aScope({ id: 4, name: 'GET /worse', queryCount: 20, previous }),
          aScope({ id: 5, name: 'GET /equal', queryCount: 14, previous }),
        ]),
      );
      const tone = async (name: string): Promise<string | undefined> =>
        /tone-(\w+)/.exec((await panel.page.locator(`[data-scope-name="GET /${name}"]`).getAttribute('class')) ?? '')?.[1];
      expect(await Promise.all(['proven', 'unseen', 'changed', 'worse', 'equal'].map(tone))).toEqual(['better', 'quiet', 'info', 'warning', 'quiet']);
      expect(await textOf(panel, '[data-scope-name="GET /proven"] .count')).toBe('14 → 2');
      expect(await textOf(panel, '[data-scope-name="GET /equal"] .count')).toBe('14');
    }));

  test('of a route unfold into single ones, newest first, and each can be opened', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      await panel.page.click('[data-scope-name="GET /books/:id"] .twistie');
      expect(await panel.page.locator('[aria-level="2"]').count()).toBe(13);
      expect(await textOf(panel, '[aria-level="2"] .name')).toBe('/books/19');
      await panel.page.click('[aria-level="2"][data-scope-id="22"]');
      expect(await panel.waitFor('requestDetail')).toMatchObject({ runId: 'run-1', scope: 22 });
      expect(await textOf(panel, '.request-head')).toContain('/books/10');
    }));

  test('are filtered by text and by findings, and ordered by count', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      const names = (): Promise<string[]> => panel.page.locator('.list .name').allTextContents();
      await panel.page.locator('.filter input').fill('get book');
      expect(await names()).toEqual(['/books/:id']);
      await panel.page.locator('.filter input').fill('nothing like it');
      expect(await textOf(panel, '.list')).toBe('No request matches the filter.');
      await panel.page.locator('.filter input').press('Escape');
      await panel.page.click('vscode-toolbar-button[label="Only requests with findings"]');
      expect(await names()).toEqual(['/authors', '/orders', 'nightly-digest']);
      await panel.page.click('vscode-toolbar-button[label="Only requests with findings"]');
      await panel.page.selectOption('.order', 'queries');
      expect((await names()).slice(0, 3)).toEqual(['/authors', '/orders', 'nightly-digest']);
    }));

  test('arrive live, replace their row, and a better name moves them', () =>
    withPanel({}, async (panel) => {
      const running = aScope({ name: 'GET /authors/7', queryCount: 3, live: true });
      await panel.send(reset([]));
      await panel.send({ type: 'scopes', run: aRun(), scopes: [running], judged: [], dropped: 0 });
      await panel.page.waitForSelector('[data-scope-name="GET /authors/7"][data-query-count="3"]');
      const ended = { ...running, name: 'GET /authors/:id', queryCount: 8, live: false };
      await panel.send({ type: 'scopes', run: aRun(), scopes: [ended], judged: [], dropped: 0 });
      await panel.page.waitForSelector('[data-scope-name="GET /authors/:id"][data-query-count="8"]');
      expect(await panel.page.locator('.list [role="treeitem"]').count()).toBe(1);
      expect(await textOf(panel, '.totals')).toBe('1 route · 1 request · 8 queries');
    }));

  test('of an earlier run fold beneath the newest, and the open route follows into it', () =>
    withPanel({}, async (panel) => {
      const before = aScope({ warnings: 1 });
      await show(panel, [before], lazyLoop(before));
      const after = aScope({
        id: 9,
        runId: 'run-2',
        queryCount: 2,
        isFirst: true,
        previous: { queryCount: 101, dbTimeMs: 48, rowCount: 400, durationMs: 61, responseEqual: true, isFirst: true },
        history: [101],
      });
      await panel.send({ type: 'scopes', run: aRun({ state: 'ended' }), scopes: [], judged: [], dropped: 0 });
      const run = aRun({ id: 'run-2', startedAtMs: 1_760_000_100_000 });
      await panel.send({ type: 'scopes', run, scopes: [after], judged: [], dropped: 0 });
      await panel.page.waitForSelector('[data-scope-name="GET /authors"][data-query-count="2"][data-previous-count="101"]');
      expect(await panel.waitFor('requestDetail')).toEqual({ type: 'requestDetail', runId: 'run-2', scope: 9 });
      await panel.send(detailMessage(mended(after)));
      await panel.page.waitForSelector('[data-verdict="better"]');
      expect(await textOf(panel, '.strip')).toBe(
        'Better 101 before, → 2 queries 48 ms before, → 48 ms in the database 400 before, → 400 rows 61 ms before, → 61 ms in all times: each the first of its run response unchanged',
      );
      expect(await panel.page.locator('.run-row').count()).toBe(2);
      expect(await panel.page.locator('[data-query-count="101"]').count()).toBe(0);
      await panel.page.click('.run-row[data-run-id="run-1"]');
      await panel.page.waitForSelector('[data-query-count="101"]');
    }));

  test('that say more take the place of one that opened by itself, until somebody looks at it', () =>
    withPanel({}, async (panel) => {
      const asset = aScope({ id: 1, name: 'GET /favicon.ico', queryCount: 0, warnings: 0 });
      const plain = aScope({ id: 2, name: 'GET /events', queryCount: 1, warnings: 0 });
      const loop = aScope({ id: 3, name: 'GET /authors', warnings: 1 });
      const arrives = (scope: ScopeSummary) => panel.send({ type: 'scopes', run: aRun(), scopes: [scope], judged: [], dropped: 0 });
      await panel.send(reset([asset]));
      await panel.page.waitForSelector('.request.selected[data-scope-id="1"]');
      await arrives(plain);
      await panel.page.waitForSelector('.request.selected[data-scope-id="2"]');
      await panel.page.click('.request-head h2');
      await arrives(loop);
      await panel.page.waitForSelector('[data-scope-id="3"]');
      expect(await panel.page.locator('.request.selected').getAttribute('data-scope-id')).toBe('2');
    }));

  test('with long routes are told apart by how these end', () =>
    withPanel({ width: 1000, height: 300 }, async (panel) => {
      const named = (id: number, end: string) => aScope({ id, name: `GET /api/v1/organizations/:organizationId/projects/:projectId/${end}` });
      await panel.send(reset([named(1, 'terms'), named(2, 'translations/:locale')]));
      await panel.screenshot('profiler-long-routes');
      for (const end of ['/terms', '/translations/:locale']) {
        const shown = await panel.page.locator('.name-end', { hasText: end }).evaluate(isWhole);
        expect(shown, end).toBe(true);
      }
    }));

  test('are counted without what ran outside of any request, which never counts as running', () =>
    withPanel({}, async (panel) => {
      const outside = aScope({ kind: 'unattributed', name: 'outside of any request', path: null, live: true, queryCount: 151, status: null });
      await panel.send(reset([outside]));
      await panel.page.waitForSelector('[data-state="no-requests"]');
      expect(await panel.page.locator('[data-scope-count]').getAttribute('data-scope-count')).toBe('0');
      expect(await textOf(panel, '.totals')).toBe('151 queries');
      expect(await textOf(panel, '[data-scope-name="outside of any request"] .count')).toBe('151');
      await panel.send({ type: 'scopes', run: aRun(), scopes: [aScope({ id: 2, live: true, queryCount: 3 })], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.selected[data-scope-name="GET /authors"]');
      expect(await textOf(panel, '[data-scope-name="GET /authors"] .count')).toBe('3+');
    }));

  test('are cleared here and in the extension', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      await panel.page.click('vscode-toolbar-button[label="Clear requests"]');
      await panel.waitFor('clear');
      await panel.page.waitForSelector('[data-state="no-requests"]');
      expect(await panel.page.locator('.list [role="treeitem"]').count()).toBe(0);
    }));
});

describe('a finding', () => {
  const scope = aScope({ warnings: 1 });

  test('is told in three steps and fixed by one button', () =>
    withPanel({}, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      const card = '[data-finding-kind="lazy-n-plus-one"][data-proven="true"]';
      const steps = (await panel.page.locator(`${card} .step`).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
      expect(steps).toEqual([
        'fed by · proven Repository<Author>.find() 100 × Author · 1 query src/routes/authors.ts:10 in listAuthors',
        'looped here Author.books 100 queries · 46 ms src/routes/authors.ts:12 in listAuthors',
        'predicted after the fix relations: { books: true } relationLoadStrategy: "query" 101 → 2 queries Two queries rather than a join: 3.0 books for each author would repeat each author three times.',
      ]);
      expect(await textOf(panel, '[data-action="fix"]')).toBe('Fix at line 10…');
      await panel.page.click('[data-action="fix"]');
      expect(await panel.waitFor('fixFinding')).toEqual({ type: 'fixFinding', runId: 'run-1', finding: aFinding() });
    }));

  test('leads to its lines and to the diagram', () =>
    withPanel({}, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      await panel.page.click('.step.cost .place');
      expect(await panel.waitFor('openSite')).toEqual({ type: 'openSite', file: `${folder}/src/routes/authors.ts`, line: 12, column: 28 });
      await panel.page.click('[data-action="pause"]');
      expect(await panel.waitFor('pauseAt')).toEqual({ type: 'pauseAt', file: `${folder}/src/routes/authors.ts`, line: 12, column: 28 });
      await panel.page.click('[data-action="suppress"]');
      expect(await panel.waitFor('suppress')).toEqual({ type: 'suppress', finding: aFinding() });
      await panel.page.click('.step.cost .link.code');
      expect(await panel.waitFor('showInDiagram')).toEqual({ type: 'showInDiagram', entity: 'Author', relation: 'books' });
      await panel.page.click('[data-action="copy-finding"]');
      expect((await panel.waitFor('copy')).text).toContain('fed by (proven): Repository<Author>.find() at src/routes/authors.ts:10');
    }));

  test('that cannot be edited says why, and a guessed parent is called likely', () =>
    withPanel({}, async (panel) => {
      const order = scopeOf(manyRoutes(), 3);
      await show(panel, [order], busyOrder(order));
      expect(await panel.page.locator('[data-finding-kind="loop-n-plus-one"]').getAttribute('data-proven')).toBe('false');
      expect(await textOf(panel, '.step-title')).toBe('fed by · likely');
      expect(await panel.page.locator('[data-action="fix"]').first().getAttribute('disabled')).not.toBeNull();
      expect(await textOf(panel, '.why-not')).toBe('The find is built in a helper that other routes use.');
    }));

  test('beyond the first is folded until it is asked for, or until the extension points at it', () =>
    withPanel({}, async (panel) => {
      const order = scopeOf(manyRoutes(), 3);
      await show(panel, [order], busyOrder(order));
      const hint = '[data-finding-kind="over-fetched-columns"]';
      expect(await panel.page.locator(`${hint} .step`).count()).toBe(0);
      await panel.page.click(`${hint} .finding-head`);
      expect(await panel.page.locator(`${hint} .step`).count()).toBe(2);
      await panel.send({ type: 'select', runId: 'run-1', scope: 3, finding: 2 });
      await panel.page.waitForSelector(`${hint} .finding-head[aria-expanded="true"]`);
    }));
});

describe('a slow query', () => {
  const slow = (overrides: Partial<Finding>): Finding =>
    aFinding({
      kind: 'slow-query',
      relation: null,
      parent: null,
      count: 1,
      dbTimeMs: 324,
      advice: noChange,
      message: 'A query took 324 ms.',
      ...overrides,
    });
  const noChange: Advice = { ...aFinding().advice, kind: 'none', predictedQueryCount: null, editable: false, reason: 'Look at its plan.' };

  test('that is usually quick says so, quietly and without a change', () =>
    withPanel({ height: 500 }, async (panel) => {
      const finding = slow({ severity: 'info', usual: { ms: 1.8, runs: 58 } });
      await show(panel, [aScope({ infos: 1 })], { ...lazyLoop(aScope({ infos: 1 })), findings: [finding] });
      expect(await textOf(panel, '.step.cost [data-usual]')).toBe('usually 1.8 ms · in 58 other runs of it');
      expect(await textOf(panel, '.finding-head')).toContain('Hint:');
      expect(await panel.page.locator('[data-action="fix"]').count()).toBe(0);
      await panel.page.click('[data-action="copy-finding"]');
      expect((await panel.waitFor('copy')).text).toContain('usually 1.8 ms · in 58 other runs of it');
      await panel.screenshot('profiler-usually-quick');
    }));

  test('that is always slow says nothing of a usual time', () =>
    withPanel({ height: 500 }, async (panel) => {
      await show(panel, [aScope({ warnings: 1 })], { ...lazyLoop(aScope({ warnings: 1 })), findings: [slow({})] });
      expect(await textOf(panel, '.finding-head')).toContain('Warning:');
      expect(await panel.page.locator('[data-usual]').count()).toBe(0);
    }));
});

describe('queries', () => {
  const scope = aScope({ warnings: 1 });

  test('that are equal are one row that unfolds', () =>
    withPanel({}, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      expect(await panel.page.locator('rl-query-table .query-row:not(.head)').count()).toBe(2);
      expect(await textOf(panel, '[data-group-count="100"] .statement')).toBe('100 ×SELECT 5 columns FROM book WHERE authorId = ?');
      await panel.page.click('[data-group-count="100"] .twistie');
      expect(await panel.page.locator('rl-query-table [aria-level="2"]').count()).toBe(100);
      expect(await textOf(panel, 'rl-query-table [aria-level="2"] .statement')).toBe('with1');
    }));

  test('open in full, and are copied with their parameters filled in', () =>
    withPanel({ height: 900 }, async (panel) => {
      const order = scopeOf(manyRoutes(), 3);
      await show(panel, [order], busyOrder(order));
      await panel.page.click('[data-query-id="1"]');
      expect(await panel.page.textContent('.query-detail pre')).toContain('\nLEFT JOIN "order_line" "Order__Order_lines"');
      expect(await panel.page.locator('.parameters li').allTextContents()).toEqual(['17', '"it\'s open"']);
      await panel.page.click('[data-action="copy-sql"]');
      expect((await panel.waitFor('copy')).text).toContain(`"Order"."customerId" = 17 AND "Order"."state" = 'it''s open'`);
      await panel.page.click('[data-action="copy-sql-raw"]');
      await expect.poll(async () => (await panel.received()).filter(({ type }) => type === 'copy').length).toBe(2);
      expect((await panel.waitFor('copy')).text).toContain('$1 AND "Order"."state" = $2');
      await panel.page.click('.query-row [class*="place"]');
      expect(await panel.waitFor('openSite')).toMatchObject({ line: 18 });
    }));

  test('that failed say so in words', () =>
    withPanel({ height: 900 }, async (panel) => {
      const order = scopeOf(manyRoutes(), 3);
      await show(panel, [order], busyOrder(order));
      expect(await textOf(panel, '[data-query-id="30"] .statement')).toContain('SqliteError: NOT NULL constraint failed: order_line.bookId');
    }));

  test('stand beneath the operations that ran them, or one by one in time', () =>
    withPanel({ height: 900 }, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      await panel.page.click('[data-view="operations"]');
      expect(await panel.page.locator('[data-operation-count]').count()).toBe(2);
      expect(await textOf(panel, '[data-operation-count="100"] .statement')).toContain('100 ×Author.books');
      await panel.page.click('[data-view="timeline"]');
      await panel.page.waitForSelector('[data-query-id="1"]');
      expect(await panel.page.locator('.query-grid').getAttribute('aria-rowcount')).toBe('102');
      await panel.page.locator('.query-filter input').fill('authors.ts:10');
      await panel.page.waitForSelector('.query-grid[aria-rowcount="2"]');
    }));

  test('stand beneath the lines that asked them, each of which is said once and leads to its source', () =>
    withPanel({ height: 900 }, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      await panel.page.click('[data-view="sites"]');
      const loop = panel.page.locator('[data-site-queries="100"]');
      expect((await loop.innerText()).match(/authors\.ts/g)).toHaveLength(1);
      const [cells, heads] = [loop.getByRole('gridcell'), panel.page.locator('.head').getByRole('columnheader')];
      expect([await cells.count(), await heads.count()]).toEqual([4, 4]);
      const right = async (cell: Locator) => cell.evaluate((element) => element.getBoundingClientRect().right);
      expect(await right(cells.last())).toBeCloseTo(await right(heads.last()), 0);
      await panel.screenshot('profiler-call-sites');
      await loop.locator('.link').click();
      expect(await panel.waitFor('openSite')).toMatchObject({ line: 12 });
    }));

  test('say what they waited for a connection, apart from the time of the database, and who answered', () =>
    withPanel({ height: 620 }, async (panel) => {
      const scope = aScope({ queryCount: 3, dbTimeMs: 6.1, durationMs: 480, waitMs: 412 });
      const queries = [
        aQuery({ id: 1, target: 'replica 10.0.0.7', durationMs: 1.9 }),
        aQuery({ id: 2, target: 'replica 10.0.0.8', durationMs: 2.1, waitMs: 172, offsetMs: 180 }),
        aQuery({ id: 3, target: 'master', durationMs: 2.1, waitMs: 240, offsetMs: 250, sql: 'SELECT 1', shape: 'SELECT 1' }),
      ];
      await show(panel, [scope], { ...lazyLoop(scope), operations: [], findings: [], queries, groups: groupQueries(queries) });
      expect(await textOf(panel, '.measures')).toContain('6.1 ms in the database · 412 ms waiting for connections');
      expect(await panel.page.locator('.waterfall .waits').count()).toBe(2);
      expect(await panel.page.locator('[data-query-id="3"] .cell.bars').getAttribute('title')).toContain('and 240 ms of waiting for a connection');
      await panel.page.click('[data-group-count="2"]');
      expect(await textOf(panel, '.facts')).toContain('waited 172 ms for a connection, before that answered by replica 10.0.0.7, replica 10.0.0.8');
      await panel.page.click('[data-query-id="3"]');
      expect(await textOf(panel, '.facts')).toContain('waited 240 ms for a connection, before that answered by master');
      await panel.screenshot('profiler-waiting');
      await open(panel, { ...lazyLoop(scope), operations: [], findings: [], queries: [aQuery()], groups: groupQueries([aQuery()]) });
      await panel.page.click('[data-query-id="1"]');
      expect(await textOf(panel, '.facts')).not.toMatch(/waited|answered by/);
      expect(await panel.page.locator('.waterfall .waits').count()).toBe(0);
    }));

  test('are explained by their database on request, with what to look at', () =>
    withPanel({ height: 900 }, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      await panel.page.click('[data-group-count="100"]');
      await panel.page.click('[data-action="explain"]');
      expect(await panel.waitFor('explain')).toMatchObject({ runId: 'run-1', scope: 1, query: 2 });
      await panel.page.waitForSelector('[role="status"]:has-text("Asking the database")');
      const ask = { type: 'plan', runId: 'run-1', scope: 1, query: 2 } as const;
      await panel.send({ ...ask, explanation: { whyNot: 'The app is not running any more.' } });
      expect(await textOf(panel, '.plan-ask .why-not')).toBe('The app is not running any more.');
      await panel.page.click('[data-action="explain"]');
      const scan = { depth: 1, text: 'SCAN book', rows: 5000, note: 'Reads every row of book.', severity: 'warning' } as const;
      const root = { depth: 0, text: 'Nested Loop', rows: null, note: null, severity: null } as const;
      await panel.send({ ...ask, explanation: { steps: [root, scan] } });
      expect(await panel.page.locator('.plan').getAttribute('aria-label')).toBe('Plan: 2 steps, 1 of them reads a whole table');
      expect(await textOf(panel, '.plan [data-severity="warning"]')).toBe(
        'level 2: SCAN book · 5,000 rows expected Warning: Reads every row of book.',
      );
      await panel.screenshot('profiler-plan');
    }));

  test('are explained beneath their details, and nothing but these moves for it', () =>
    withPanel({ width: 1040, height: 275 }, async (panel) => {
      const scope = aScope();
      await show(panel, [scope], lazyLoop(scope));
      await panel.page.locator('[data-group-count="100"] .statement').click();
      await panel.page.locator('[data-action="explain"]').click();
      await panel.waitFor('explain');
      const top = (selector: string) => panel.page.locator(selector).boundingBox();
      const before = await top('.request-head');
      const steps = Array.from({ length: 20 }, (_, depth) => ({ depth, text: 'Nested Loop', rows: 1, note: null, severity: null }));
      await panel.send({ type: 'plan', runId: 'run-1', scope: 1, query: 2, explanation: { steps } });
      await panel.page.waitForSelector('.plan [role="listitem"], .plan li');
      const [plan, details] = [await top('.plan'), await top('.query-detail-body')];
      expect(plan && details && plan.y >= details.y - 1 && plan.y < details.y + details.height).toBe(true);
      expect(await top('.request-head')).toEqual(before);
    }));

  test('that write have no plan to ask for, and no rows', () =>
    withPanel({ height: 900 }, async (panel) => {
      const order = scopeOf(manyRoutes(), 3);
      await show(panel, [order], busyOrder(order));
      await panel.page.click('[data-view="timeline"]');
      await panel.page.locator('rl-query-table .query-row:not(.head)', { hasText: 'INSERT' }).first().click();
      await panel.page.waitForSelector('.query-detail');
      expect(await panel.page.locator('[data-action="explain"]').count()).toBe(0);
      expect(await textOf(panel, '.query-detail dt:text-is("rows") + dd')).toBe('–');
    }));

  test('are sorted by their time or rows on request', () =>
    withPanel({}, async (panel) => {
      await show(panel, [scope], lazyLoop(scope));
      const first = (): Promise<string | null> => panel.page.locator('rl-query-table .query-row:not(.head) .ms').first().textContent();
      expect(await first()).toBe('1.9');
      await panel.page.click('.head .ms button');
      expect(await first()).toBe('45.9');
      expect(await panel.page.locator('.head .ms').getAttribute('aria-sort')).toBe('descending');
    }));
});

/** What Chromium hands to a screen reader of everything with this role. */
async function heard(panel: Panel, role: string): Promise<string[]> {
  const session = await panel.page.context().newCDPSession(panel.page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter((node) => node.role?.value === role && !node.ignored).map(({ name }) => String(name?.value));
}

describe('a screen reader', () => {
  test('hears the words of a statement apart', () =>
    withPanel({}, async (panel) => {
      await show(panel, [aScope({ warnings: 1 })], lazyLoop());
      const cells = await heard(panel, 'gridcell');
      expect(cells).toContain('SELECT id, name FROM author');
      expect(cells.filter((cell) => /^100 ×/.test(cell))).toEqual(['100 × SELECT 5 columns FROM book WHERE authorId = ?']);
    }));

  test('hears what a text field filters', () =>
    withPanel({}, async (panel) => {
      await show(panel, [aScope({ warnings: 1 })], lazyLoop());
      expect(await heard(panel, 'textbox')).toEqual(['Filter requests', 'Filter queries']);
    }));
});

describe('the keyboard', () => {
  test('walks from the requests through the queries and back', () =>
    withPanel({}, async (panel) => {
      const scopes = manyRoutes();
      await panel.send(reset(scopes));
      await panel.send(detailMessage(lazyLoop(scopeOf(scopes, 1))));
      const { keyboard } = panel.page;
      const activeRow = async (list: string): Promise<string | null> => {
        const id = await panel.page.locator(list).getAttribute('aria-activedescendant');
        return panel.page.locator(`#${id}`).getAttribute(list === '.list' ? 'data-scope-name' : 'aria-rowindex');
      };
      await panel.page.focus('.list');
      await keyboard.press('Home');
      expect(await activeRow('.list')).toBe('GET /authors');
      await keyboard.press('ArrowDown');
      expect(await activeRow('.list')).toBe('GET /books/:id');
      expect(await panel.waitFor('requestDetail')).toMatchObject({ scope: 2 });
      await keyboard.press('ArrowRight');
      await keyboard.press('ArrowRight');
      expect(await panel.page.locator('.list [aria-level="2"].active').count()).toBe(1);
      await keyboard.press('ArrowLeft');
      await keyboard.press('ArrowLeft');
      expect(await panel.page.locator('.list [aria-level="2"]').count()).toBe(0);
      await keyboard.press('ArrowUp');
      await keyboard.press('Enter');
      expect(await panel.page.evaluate('document.activeElement.className')).toBe('query-grid');
      await keyboard.press('ArrowDown');
      await keyboard.press('ArrowRight');
      await keyboard.press('ArrowDown');
      expect(await activeRow('.query-grid')).toBe('4');
      await keyboard.press('Enter');
      expect(await textOf(panel, '.query-detail h3')).toBe('Query 2 of 101');
      await keyboard.press('ArrowDown');
      expect(await textOf(panel, '.query-detail h3')).toBe('Query 3 of 101');
      await keyboard.press('F12');
      expect(await panel.waitFor('openSite')).toMatchObject({ line: 12 });
      await keyboard.press('Control+c');
      expect((await panel.waitFor('copy')).text).toContain('"Book"."authorId" = 2');
      await keyboard.press('Escape');
      expect(await panel.page.locator('.query-detail').count()).toBe(0);
      await keyboard.press('Escape');
      expect(await panel.page.evaluate('document.activeElement.classList.contains("list")')).toBe(true);
      await keyboard.press('Control+f');
      expect(await panel.page.evaluate('document.activeElement.className')).toBe('filter');
    }));

  test('moves the sashes, and the sizes are kept', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset(manyRoutes()));
      await panel.page.focus('.sash');
      const before = Number(await panel.page.locator('.sash').getAttribute('aria-valuenow'));
      await panel.page.keyboard.press('ArrowRight');
      await panel.page.waitForSelector(`.sash[aria-valuenow="${before + 20}"]`);
      expect(await panel.savedState()).toMatchObject({ listWidth: before + 20 });
      await open(panel, lazyLoop(scopeOf(manyRoutes(), 1)));
      await panel.page.click('[data-group-count="100"] .statement');
      const details = panel.page.locator('.request-split .sash');
      const width = Number(await details.getAttribute('aria-valuenow'));
      await details.press('ArrowLeft');
      await panel.page.waitForSelector(`.request-split .sash[aria-valuenow="${width + 20}"]`);
      expect((await panel.page.locator('.query-detail').boundingBox())?.width).toBe(width + 20);
    }));
});

describe('states', () => {
  test('without a run it says how to start one', () =>
    withPanel({}, async (panel) => {
      await panel.send(reset([], []));
      expect(await textOf(panel, '[data-state="no-run"]')).toContain('Start your app with F5');
      await panel.page.click('[data-command="relationLens.runWithProfiler"]');
      expect(await panel.waitFor('runCommand')).toEqual({ type: 'runCommand', command: 'relationLens.runWithProfiler' });
    }));

  test.each([
    [
      'waiting',
      aRun({ state: 'waiting', typeormVersions: [], drivers: [], startedAtMs: Date.now() + 3_600_000 }),
      'Debug bookshop is starting.',
      'No requests yet.',
    ],
    ['not-connected', aRun({ state: 'waiting', typeormVersions: [], drivers: [] }), 'a script or file sets NODE_OPTIONS anew', 'No requests yet.'],
    ['no-requests', aRun(), 'Connected to Debug bookshop (TypeORM 1.1.1, better-sqlite3).', 'No requests yet.'],
    [
      'ended',
      aRun({ state: 'ended', typeormVersions: [] }),
      'ended before it loaded TypeORM. If it failed, the debug console says why.',
      'No requests in this run.',
    ],
  ])('%s is said in words', (state, run, words, list) =>
    withPanel({}, async (panel) => {
      await panel.send(reset([], [run]));
      expect(await textOf(panel, `[data-state="${state}"]`)).toContain(words);
      expect(await textOf(panel, '.list')).toBe(list);
    }),
  );

  test('an app that has not loaded TypeORM is waited for with patience, and then the user hears why that may be', () =>
    withPanel({}, async (panel) => {
      await panel.page.clock.install({ time: aRun().startedAtMs });
      const run = aRun({ state: 'waiting', typeormVersions: [], drivers: [] });
      await panel.send(reset([], [run]));
      await panel.page.waitForSelector('[data-state="waiting"]');
      await panel.page.clock.runFor(11_000);
      await panel.page.click('[data-state="not-connected"] [data-command="relationLens.copyProfilerEnvironment"]');
      expect(await panel.waitFor('runCommand')).toEqual({ type: 'runCommand', command: 'relationLens.copyProfilerEnvironment' });
    }));

  test('a new run without requests says how it stands while a request of the run before is open, which says of which run it is', () =>
    withPanel({}, async (panel) => {
      await show(panel, [aScope({ warnings: 1 })], lazyLoop());
      expect(await panel.page.locator('.new-run, [data-chip="run"]').count()).toBe(0);
      const crashed = aRun({ id: 'run-2', name: 'Shop', startedAtMs: aRun().startedAtMs + 60_000, state: 'ended', typeormVersions: [] });
      await panel.send({ type: 'scopes', run: crashed, scopes: [], judged: [], dropped: 0 });
      await panel.atRest();
      expect(await textOf(panel, '.new-run p')).toBe('Shop ended before it loaded TypeORM. If it failed, the debug console says why.');
      expect(await textOf(panel, '[data-chip="run"]')).toContain('run of ');
      expect(await textOf(panel, '.request-head h2')).toBe('GET /authors');
      await panel.page.click('.new-run [data-command="workbench.panel.repl.view.focus"]');
      expect(await panel.waitFor('runCommand')).toEqual({ type: 'runCommand', command: 'workbench.panel.repl.view.focus' });
      expect(await seriousFindings(panel)).toEqual([]);
      const outside = aScope({ id: 6, runId: 'run-2', kind: 'unattributed', name: 'outside of any request', path: null, queryCount: 154 });
      const loaded = { ...crashed, typeormVersions: ['1.1.1'] };
      await panel.send({ type: 'scopes', run: loaded, scopes: [outside], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.new-run:has-text("Shop ran 154 queries and ended before its first request.")');
      await panel.send({ type: 'scopes', run: crashed, scopes: [aScope({ id: 7, runId: 'run-2' })], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.new-run', { state: 'detached' });
    }));

  test('an app that is there again is asked again from the note above the request that is open', () =>
    withPanel({}, async (panel) => {
      const asked = aScope({ origin: 'http://127.0.0.1:3000' });
      await show(panel, [asked], lazyLoop(asked));
      const run = aRun({ id: 'run-2', startedAtMs: aRun().startedAtMs + 60_000 });
      await panel.send({ type: 'scopes', run, scopes: [], judged: [], dropped: 0 });
      await panel.atRest();
      expect(await textOf(panel, '[data-action="rerun-here"]')).toBe('Run GET /authors again');
      await panel.page.click('[data-action="rerun-here"]');
      expect(await panel.waitFor('rerun')).toEqual({ type: 'rerun', runId: 'run-1', scope: 1 });
      expect(await panel.page.locator('.new-run').getAttribute('data-state')).toBe('no-requests');
    }));

  test('a script that has ended shows what it asked, though it had no request', () =>
    withPanel({}, async (panel) => {
      const outside = aScope({ kind: 'unattributed', name: 'outside of any request', path: null, status: null, live: true });
      await panel.send(reset([outside]));
      expect(await textOf(panel, '[data-state="no-requests"]')).toContain('101 queries ran outside of any request so far.');
      await panel.send({ type: 'scopes', run: aRun({ state: 'ended' }), scopes: [{ ...outside, live: false }], judged: [], dropped: 0 });
      await panel.page.waitForSelector('.request-head h2:has-text("outside of any request")');
    }));

  test('a request whose queries had to give way says that they are not listed, rather than that it ran none', () =>
    withPanel({}, async (panel) => {
      const detail = lazyLoop();
      await panel.send(reset([detail.scope]));
      await panel.send(detailMessage({ ...detail, queries: [], operations: [], groups: [], droppedQueries: 101 }));
      const words = await textOf(panel, '[data-state="details-gone"]');
      expect(words).toContain('this request’s 101 queries are not listed any more');
      expect(await panel.page.locator('rl-query-table').count()).toBe(0);
      expect(await panel.page.locator('.finding').count()).toBe(1);
      await panel.page.click('[data-command="relationLens.openRecording"]');
      expect(await panel.waitFor('runCommand')).toEqual({ type: 'runCommand', command: 'relationLens.openRecording' });
    }));

  test('dropped details, the run’s own message and lost details are told', () =>
    withPanel({}, async (panel) => {
      const run = aRun({ message: 'TypeORM was bundled into the app; only raw queries are seen.' });
      await panel.send({ type: 'scopes', run, scopes: [aScope()], judged: [], dropped: 1204 });
      await panel.send({ type: 'detail', runId: 'run-1', scope: 1, detail: null });
      await panel.atRest();
      const notes = await textOf(panel, '.notes');
      expect(notes).toContain('TypeORM was bundled into the app');
      expect(notes).toContain('Details of 1,204 events could not be kept. All counts are exact');
      expect(await textOf(panel, '.right .state')).toContain('Details are gone');
    }));

  test.each([false, true])('that details are being read is said only where they let wait, reduced motion %s', (reducedMotion) =>
    withPanel({ reducedMotion }, async (panel) => {
      await panel.send(reset([aScope()]));
      const reading = panel.page.locator('.none.loading');
      await reading.waitFor({ state: 'attached' });
      // Its wait is begun anew: by now the real one may be over.
      const seen = await panel.page.evaluate(`(() => {
        const element = document.querySelector('.none.loading');
        element.style.setProperty('animation', 'none', 'important');
        void element.offsetWidth;
        element.style.removeProperty('animation');
        const [wait] = element.getAnimations();
        if (!wait) return ['at once'];
        return [0, 199, 201].map((at) => {
          wait.currentTime = at;
          return getComputedStyle(element).visibility;
        });
      })()`);
      expect(seen).toEqual(['hidden', 'hidden', 'visible']);
      await expect.poll(() => reading.isVisible()).toBe(true);
      expect(await reading.textContent()).toMatch(/^Reading .* quer(?:y|ies)…$/);
    }),
  );

  test('a recording that is opened says so, and unfolds where it is not the newest', () =>
    withPanel({}, async (panel) => {
      const recorded = aRun({ id: 'recording:a', name: 'Nightly', startedAtMs: 1, state: 'ended', recording: '2026-05-01-nightly.ndjson' });
      const scope = aScope({ runId: recorded.id, name: 'GET /nightly', warnings: 1 });
      await panel.send(reset([aScope()]));
      await panel.send({ type: 'scopes', run: recorded, scopes: [scope], judged: [], dropped: 0 });
      await panel.atRest();
      expect(await textOf(panel, '[data-run-state]')).toContain('live');
      await panel.send({ type: 'select', runId: recorded.id, scope: scope.id, finding: null });
      await panel.page.waitForSelector('.selected[data-scope-name="GET /nightly"]');
      expect(await textOf(panel, '.run-row[data-run-id="recording:a"] .run-label')).toBe('Recording');
      expect(await textOf(panel, '.request-head h2')).toBe('GET /nightly');
      await panel.send(reset([scope], [recorded]));
      await panel.page.waitForSelector('[data-run-state="ended"]:has-text("recording")');
      expect(await panel.page.getAttribute('[data-run-state]', 'title')).toBe('2026-05-01-nightly.ndjson');
    }));

  test('what was chosen survives a reload', () =>
    withPanel({}, async (panel) => {
      const scopes = manyRoutes();
      await show(panel, scopes, lazyLoop(scopeOf(scopes, 1)));
      await panel.page.click('[data-scope-name="GET /books/:id"] .twistie');
      await panel.page.click('[aria-level="2"][data-scope-id="22"]');
      await panel.page.click('[data-view="timeline"]');
      await panel.page.reload();
      await panel.waitFor('ready');
      await panel.send(reset(scopes));
      await panel.page.waitForSelector('.selected[data-scope-id="22"]');
      expect(await panel.page.locator('[data-view="timeline"]').getAttribute('aria-checked')).toBe('true');
      expect(await panel.waitFor('requestDetail')).toMatchObject({ scope: 22 });
    }));

  test('two apps of one name are told apart while both run', () =>
    withPanel({}, async (panel) => {
      const [first, second] = [aRun({ pids: [11] }), aRun({ id: 'run-2', pids: [22], startedAtMs: 1_760_000_100_000 })];
      const names = async (): Promise<string[]> =>
        (await panel.page.locator('.run-name').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
      await panel.send(reset([aScope(), aScope({ runId: 'run-2' })], [first, second]));
      await panel.page.waitForSelector('.run-row');
      expect(await names()).toEqual(['Debug bookshop · pid 22', 'Debug bookshop · pid 11']);
      await panel.send({ type: 'scopes', run: { ...first, state: 'ended' }, scopes: [], judged: [], dropped: 0 });
      await expect.poll(names).toEqual(['Debug bookshop', 'Debug bookshop']);
    }));

  test('findings of a request that still runs are said to be of what was seen so far', () =>
    withPanel({}, async (panel) => {
      const live = aScope({ live: true, warnings: 1 });
      await show(panel, [live], lazyLoop(live));
      expect(await textOf(panel, '.request-body [role="note"]')).toBe('Still running: findings and counts are of what was seen so far.');
      const ended = { ...live, live: false };
      await panel.send({ type: 'scopes', run: aRun(), scopes: [ended], judged: [], dropped: 0 });
      await panel.send(detailMessage(lazyLoop(ended)));
      await panel.page.waitForSelector('.request-body [role="note"]', { state: 'detached' });
    }));

  test('a run that goes on asks again for what is open, one question at a time', () =>
    withPanel({}, async (panel) => {
      const live = aScope({ live: true, queryCount: 1 });
      const asked = async (): Promise<number> => (await panel.received()).filter(({ type }) => type === 'requestDetail').length;
      const update = (queryCount: number): Promise<void> =>
        panel.send({ type: 'scopes', run: aRun(), scopes: [{ ...live, queryCount }], judged: [], dropped: 0 });
      await panel.send(reset([live]));
      await panel.waitFor('requestDetail');
      await update(2);
      await update(3);
      await panel.page.waitForSelector('[data-query-count="3"]');
      expect(await asked()).toBe(1);
      await panel.send(detailMessage(lazyLoop({ ...live, queryCount: 1 })));
      await expect.poll(asked).toBe(2);
    }));

  test('the next request of the route that is open brings its details along, which are asked for once; one that was chosen is not followed', () =>
    withPanel({}, async (panel) => {
      const posted = async (wanted: string) => (await panel.received()).filter(({ type }) => type === wanted);
      const first = aScope({ warnings: 1 });
      await panel.send(reset([first]));
      await panel.waitFor('requestDetail');
      await panel.send(detailMessage(lazyLoop(first)));
      await panel.waitFor('follow');
      expect(await posted('follow')).toEqual([{ type: 'follow', runId: 'run-1', name: first.name, from: 1 }]);
      const second = { ...first, id: 2, startedAtMs: first.startedAtMs + 1 };
      const detail = { ...lazyLoop(second), findings: [aFinding({ id: 7, scope: 2 })] };
      await panel.send({ type: 'scopes', run: aRun(), scopes: [second], judged: [2], detail: packDetail(detail), dropped: 0 });
      await panel.page.waitForSelector('[data-finding-id="7"]');
      expect(await posted('requestDetail')).toHaveLength(1);
      expect((await posted('follow')).at(-1)).toMatchObject({ from: 2 });
      await panel.page.click('.twistie');
      await panel.page.click('[aria-level="2"][data-scope-id="1"]');
      const follows = (await posted('follow')).length;
      await panel.send(detailMessage(lazyLoop(first)));
      await panel.page.waitForSelector('[data-finding-id="1"]');
      expect(await posted('follow')).toHaveLength(follows);
    }));
});

describe('many', () => {
  test('numbers of any size are whole, in rows and in the card', () =>
    withPanel({ width: 900, height: 700 }, async (panel) => {
      const scope = aScope({ queryCount: 1_200_345, warnings: 1, durationMs: 468_000 });
      const { groups, ...detail } = lazyLoop(scope);
      const large = groups.map((group) => ({ ...group, count: 1_200_344, rows: 12_345_678, dbTimeMs: 1_234_567.8 }));
      const advice = { ...(detail.findings[0]?.advice as Advice), currentQueryCount: 1_200_345 };
      await show(panel, [scope], { ...detail, groups: large, findings: [aFinding({ count: 1_200_344, advice })] });
      expect(await textOf(panel, '.query-row:not(.head) .cell.rows')).toBe('12,345,678');
      expect(await textOf(panel, '.step.predicted .step-fact')).toContain('1,200,345 →');
      for (const width of [900, 560, 380]) {
        await panel.page.setViewportSize({ width, height: 700 });
        const cut = await panel.page.evaluate(`[...document.querySelectorAll('.query-row .number, .head .scale, .step-fact')]
          .filter((cell) => cell.offsetParent && cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflow !== 'visible')
          .map(({ className, textContent }) => className + ': ' + textContent.trim())`);
        expect(cut, `at ${width} px`).toEqual([]);
      }
    }));

  test('10,000 requests are a list of which only what is in sight is drawn', () =>
    withPanel({}, async (panel) => {
      const scopes = Array.from({ length: 10_000 }, (_, id) =>
        aScope({ id: id + 1, name: `GET /route/${id + 1}`, queryCount: id + 1, startedAtMs: 1_760_000_000_000 + id }),
      );
      await panel.send(reset(scopes));
      await panel.page.waitForSelector('[data-scope-name="GET /route/10000"]');
      expect(await textOf(panel, '.totals')).toBe('10,000 routes · 10,000 requests · 50,005,000 queries');
      expect(await panel.page.locator('.list [role="treeitem"]').count()).toBeLessThan(300);
      await panel.page.focus('.list');
      await panel.page.keyboard.press('End');
      await panel.page.waitForSelector('.active[data-scope-name="GET /route/1"]');
      await panel.page.locator('.filter input').fill('/route/77');
      await panel.page.waitForSelector('[data-scope-name="GET /route/77"]');
    }));

  test('10,000 requests that arrive live are a bounded page that goes on answering: nodes, renders and questions do not grow with them', () =>
    // Rows that turn without end are drawn anew all the while, which takes a headless browser on a busy machine longer than the page's own work.
    withPanel({ reducedMotion: true }, async (panel) => {
      await panel.send(reset([]));
      const batches = 200;
      // Each batch is what the collector tells at once: 40 new requests, and the ones before, which have ended meanwhile.
      await awaitIn(
        panel.page,
        `(async () => {
        const [run, scope] = [${JSON.stringify(aRun())}, ${JSON.stringify(aScope({ queryCount: 10 }))}];
        let most = 0;
        const routeOf = (id) => 'GET /route/' + (id % 400);
        for (let batch = 0; batch < ${batches}; batch++) {
          const scopes = Array.from({ length: 50 }, (_, index) => batch * 50 + index + 1).flatMap((id) => [
            ...(id > 50 ? [{ ...scope, id: id - 50, name: routeOf(id - 50), startedAtMs: 1000 + id - 50 }] : []),
            { ...scope, id, name: routeOf(id), live: true, startedAtMs: 1000 + id },
          ]);
          window.postMessage({ type: 'scopes', run, scopes, judged: [], dropped: 0 }, '*');
          if (batch % 20 !== 19) continue;
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          most = Math.max(most, document.querySelectorAll('*').length);
        }
        document.body.dataset.most = most;
      })()`,
      );
      await panel.page.waitForSelector('[data-scope-count="10000"]');
      expect(await textOf(panel, '.totals')).toBe('400 routes · 10,000 requests · 100,000 queries');
      expect(Number(await panel.page.getAttribute('body', 'data-most'))).toBeLessThan(3_000);
      // The open route is followed to its latest request: at most one question for the details of each, however often it changed.
      expect((await panel.received()).filter(({ type }) => type === 'requestDetail').length).toBeLessThanOrEqual(25);
      await panel.page.locator('.filter input').fill('route/399');
      await expect.poll(() => panel.page.locator('.list [role=treeitem]').count()).toBe(1);
      await panel.page.click('[data-scope-name="GET /route/399"] .twistie');
      expect(await textOf(panel, '[data-scope-name="GET /route/399"] .times')).toBe('×25');
      expect(await panel.page.locator('.list [aria-level="2"]').count()).toBe(25);
    }));

  test('100,000 queries in one request are a list of which only what is in sight is drawn', () =>
    withPanel({ height: 900 }, async (panel) => {
      const scope = aScope({ queryCount: 100_000, durationMs: 10_000 });
      await panel.send(reset([scope]));
      const queries = Array.from({ length: 100_000 }, (_, index) => aQuery({ id: index + 1, offsetMs: index / 10 }));
      await panel.send(detailMessage({ ...lazyLoop(scope), operations: [], findings: [], groups: groupQueries([aQuery()]), queries }));
      await panel.page.click('[data-view="timeline"]');
      await panel.page.waitForSelector('.query-grid[aria-rowcount="100001"]');
      expect(await panel.page.locator('.query-grid [role="row"]').count()).toBeLessThan(300);
      await panel.page.focus('.query-grid');
      await panel.page.keyboard.press('End');
      await panel.page.waitForSelector('.active[data-query-id="100000"]');
      await panel.page.locator('.query-filter input').fill('authors.ts:10');
      await panel.page.waitForSelector('.query-grid[aria-rowcount="100001"]');
      await panel.page.locator('.query-filter input').fill('no such statement');
      await panel.page.waitForSelector('.query-grid[aria-rowcount="1"]');
      await panel.page.locator('.query-filter input').fill('');
      await panel.page.click('[data-view="operations"]');
      await panel.page.waitForSelector('.query-grid[aria-rowcount="100001"]');
      expect(await panel.page.locator('.query-grid [role="row"]').count()).toBeLessThan(300);
    }));
});

describe('at home in VS Code', () => {
  const sizes = [
    [1400, 320],
    [1000, 900],
    [420, 800],
  ] as const;

  test.each(['dark', 'light', 'hc-dark', 'hc-light'] as const)(
    '%s: no serious accessibility finding, and a picture of each size',
    (theme: ThemeName) =>
      withPanel({ theme }, async (panel) => {
        const scopes = manyRoutes();
        for (const [width, height] of sizes) {
          await panel.page.setViewportSize({ width, height });
          await panel.send(reset([], []));
          await panel.screenshot(`profiler-${theme}-${width}-empty`);
          expect(await seriousFindings(panel)).toEqual([]);
          await show(panel, scopes, lazyLoop(scopeOf(scopes, 1)));
          await panel.screenshot(`profiler-${theme}-${width}-loop`);
          expect(await unseenCode(panel)).toEqual([]);
          await panel.page.click('[data-group-count="100"] .statement');
          await panel.page.waitForSelector('.query-detail');
          await panel.screenshot(`profiler-${theme}-${width}-query`);
          expect(await seriousFindings(panel)).toEqual([]);
          await open(panel, mended(scopeOf(scopes, 2)));
          await panel.screenshot(`profiler-${theme}-${width}-better`);
          await open(panel, busyOrder(scopeOf(scopes, 3)));
          await panel.screenshot(`profiler-${theme}-${width}-worse`);
          expect(await seriousFindings(panel)).toEqual([]);
        }
      }),
  );
});

describe('in little room', () => {
  test.each([
    ['300 px wide', { width: 300, height: 700 }],
    ['at 200 % zoom', { width: 700, height: 300, pixelRatio: 2 }],
    ['300 px wide in a bottom panel', { width: 300, height: 240, theme: 'light' }],
  ] satisfies [string, Partial<WebviewOptions>][])('%s nothing is cut off at the sides, and every part can be reached', (what, options) =>
    withPanel(options, async (panel) => {
      const scopes = manyRoutes();
      await show(panel, scopes, lazyLoop(scopeOf(scopes, 1)));
      await panel.screenshot(`profiler-small ${what.replace(/\W+/g, '-')}`);
      const overflowing = (): Promise<unknown> =>
        panel.page.evaluate(`[...document.querySelectorAll('.request-head, .request-body, .list, .tools, .views, .finding, .finding-head, .story')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1).map(({ className }) => className)`);
      expect(await overflowing()).toEqual([]);
      for (const part of ['.filter', '[data-view="timeline"]', '[data-action="fix"]', '[data-group-count="100"]']) {
        await panel.page.locator(part).first().scrollIntoViewIfNeeded();
        const box = await panel.page.locator(part).first().boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= options.width + 1, part).toBe(true);
      }
      await panel.screenshot(`profiler-small ${what.replace(/\W+/g, '-')}-queries`);
      expect(await seriousFindings(panel)).toEqual([]);
      await open(panel, busyOrder(scopeOf(scopes, 3)));
      await panel.page.locator('.finding-head').first().click();
      await panel.screenshot(`profiler-small ${what.replace(/\W+/g, '-')}-folded`);
      expect(await overflowing()).toEqual([]);
    }),
  );

  test('in a bottom panel as it first opens, the fix is in sight beneath the story, and each place is one line', () =>
    withPanel({ width: 1040, height: 275 }, async (panel) => {
      const scopes = manyRoutes();
      await show(panel, scopes, lazyLoop(scopeOf(scopes, 1)));
      await panel.screenshot('profiler-bottom-panel');
      const box = await panel.page.locator('[data-action="fix"]').first().boundingBox();
      expect(box && box.y + box.height <= 275).toBe(true);
      const place = await panel.page.locator('.step .place').first().boundingBox();
      expect(place && place.height < 25).toBe(true);
    }));

  test('motion is left out where it is not wanted', () =>
    withPanel({ reducedMotion: true }, async (panel) => {
      await panel.send(reset([aScope({ live: true })]));
      await panel.page.waitForSelector('.codicon-modifier-spin');
      const moving = await panel.page.evaluate(`document.getAnimations().filter(({ playState, effect }) =>
        playState === 'running' && effect.getComputedTiming().iterations === Infinity).length`);
      expect(moving).toBe(0);
    }));
});

/** Tests are compiled without the browser's types. */
function isWhole(element: { readonly scrollWidth: number; readonly clientWidth: number }): boolean {
  return element.scrollWidth <= element.clientWidth;
}

/** Code in the colour of what it stands on, which axe-core takes for hidden on purpose. */
function unseenCode({ page }: Panel): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('code')].filter((code) => {
    let ground = code;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    return getComputedStyle(ground ?? document.body).backgroundColor === getComputedStyle(code).color;
  }).map(({ textContent }) => textContent)`);
}

/** Rules of axe-core that are broken at "serious" or above, with the places. */
async function seriousFindings(panel: Panel): Promise<string[]> {
  await panel.page.evaluate(axe.source);
  const { violations } = await awaitIn<axe.AxeResults>(panel.page, 'axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}
