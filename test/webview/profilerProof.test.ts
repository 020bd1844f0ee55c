/** What speaks for a request over its runs, in the panel: asking again, history, withdrawn advice, suppressed findings, previews. */
import { describe, expect, test } from 'vitest';
import type { ScopeDetail } from '../../src/core/profile/queryProfile';
import { aFinding, anAdvice, aScope, detailMessage, lazyLoop, reset } from './profilerFixtures';
import { usePanel, type PanelSteps } from './profilerHarness';

const withPanel = usePanel();

function withRequest(detail: ScopeDetail, steps: PanelSteps): Promise<void> {
  return withPanel({}, async (panel) => {
    await panel.send(reset([detail.scope]));
    await panel.page.click(`[data-scope-id="${detail.scope.id}"]`);
    await panel.send(detailMessage(detail));
    await panel.page.waitForSelector('rl-query-table .query-row:not(.head)');
    await steps(panel);
  });
}

const scope = aScope({ warnings: 1, origin: 'http://127.0.0.1:3000' });

describe('asking again', () => {
  test('is one button at a read', () =>
    withRequest(lazyLoop(scope), async (panel) => {
      await panel.page.click('[data-action="rerun"]');
      expect(await panel.waitFor('rerun')).toEqual({ type: 'rerun', runId: 'run-1', scope: 1 });
    }));

  test('is not offered while the request runs', () =>
    withRequest(lazyLoop({ ...scope, live: true }), async (panel) => {
      expect(await panel.page.locator('[data-action="rerun"]').count()).toBe(0);
    }));

  test.each([
    ['a read', {}, 'against the running app'],
    ['a write', { name: 'DELETE /orders/1' }, 'may write'],
    ['a body', { name: 'POST /orders', request: { headers: {}, withheld: [], hasBody: true } }, 'body is not recorded'],
    ['a cookie', { request: { headers: {}, withheld: ['cookie'], hasBody: false } }, 'values of cookie'],
  ])('says beforehand what it will ask: %s', (_, fields, hint) =>
    withRequest(lazyLoop({ ...scope, ...fields }), async (panel) => {
      expect(await panel.page.locator('[data-action="rerun"]').getAttribute('title')).toContain(hint);
    }),
  );

  test('is not offered where the app’s address is not known', () =>
    withRequest(lazyLoop(aScope()), async (panel) => {
      expect(await panel.page.locator('[data-action="rerun"]').count()).toBe(0);
    }));
});

test('the route’s runs are listed, the newest first', () => {
  const runs = [
    { atMs: 1_759_000_000_000, queryCount: 120, dbTimeMs: 60, rowCount: 420, durationMs: 80 },
    { atMs: 1_759_500_000_000, queryCount: 110, dbTimeMs: 50, rowCount: 410, durationMs: 70 },
  ];
  return withRequest({ ...lazyLoop(scope), runs }, async (panel) => {
    await panel.page.click('.route-history summary');
    expect(await panel.page.locator('.route-history summary').textContent()).toBe('History · 3 runs');
    const counts = await panel.page.locator('.route-history tbody td:nth-child(2)').allTextContents();
    expect(counts.map((text) => text.trim())).toEqual(['101', '110', '120']);
    await panel.screenshot('profiler-history');
  });
});

test('advice that gained nothing is withdrawn with a next step of its own', () => {
  const disproved = ['Author.books: the next run gained nothing (101 → 103 queries)'];
  return withRequest(lazyLoop({ ...scope, disproved }), async (panel) => {
    const words = (await panel.page.locator('.disproved').innerText()).replace(/\s+/g, ' ');
    expect(words).toContain('Author.books: the next run gained nothing (101 → 103 queries). Undo the edit, or see below what asks now.');
  });
});

test('withdrawn advice offers no edit and says why, where and when it was disproved', () => {
  const withdrawn = 'the response changed (101 → 3 queries)';
  const finding = aFinding({ advice: anAdvice({ editable: false, whyNot: `Withdrawn: when it was followed, ${withdrawn}.`, withdrawn }) });
  const disproved = [`Author.books: ${withdrawn}`];
  return withRequest({ ...lazyLoop({ ...scope, disproved }), findings: [finding] }, async (panel) => {
    expect(await panel.page.locator('.disproved').textContent()).toContain('Advice withdrawn · Author.books: the response changed');
    expect(await panel.page.locator('.why-not').textContent()).toContain('Withdrawn: when it was followed, the response changed');
    expect(await panel.page.locator('[data-action="fix"]').getAttribute('disabled')).not.toBeNull();
    expect(await panel.page.locator('.step.predicted').count()).toBe(0);
    expect(await panel.page.locator('.step.unknown .step-title').textContent()).toBe('predicted, and disproved by a run');
    await panel.screenshot('profiler-withdrawn');
  });
});

test('suppressed findings are counted, and listed with their reasons', () => {
  const suppressed = [
    { finding: aFinding(), by: 'comment' as const, reason: 'at most three authors' },
    { finding: aFinding({ id: 2 }), by: 'comment' as const, reason: null },
  ];
  return withRequest({ ...lazyLoop(scope), findings: [], suppressed }, async (panel) => {
    expect(await panel.page.locator('.suppressed summary').textContent()).toBe('2 suppressed findings');
    await panel.page.click('.suppressed summary');
    expect(await panel.page.locator('.suppressed li').allTextContents()).toEqual([
      expect.stringContaining('Known: at most three authors'),
      expect.stringContaining('No reason is given.'),
    ]);
  });
});
