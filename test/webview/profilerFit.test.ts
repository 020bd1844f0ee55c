/** What stands beside or beneath each other in the panel, where there is little room: nothing touches, and facts break between each other. */
import { expect, test } from 'vitest';
import { aFinding, aScope, detailMessage, lazyLoop, reset } from './profilerFixtures';
import { usePanel, type Panel, type PanelSteps } from './profilerHarness';

const withPanel = usePanel();

function withLoop(width: number, steps: PanelSteps, finding = aFinding()): Promise<void> {
  return withPanel({ width, height: 600 }, async (panel) => {
    const detail = { ...lazyLoop(aScope({ warnings: 1 })), findings: [finding] };
    await panel.send(reset([detail.scope]));
    await panel.send(detailMessage(detail));
    await panel.page.waitForSelector('[data-group-count="100"]');
    await steps(panel);
  });
}

/** Left, right, top and bottom of the first element of each selector. */
async function boxes(panel: Panel, ...selectors: readonly string[]) {
  return Promise.all(
    selectors.map(async (selector) => {
      const { x = 0, y = 0, width = 0, height = 0 } = (await panel.page.locator(selector).first().boundingBox()) ?? {};
      return { left: x, right: x + width, top: y, bottom: y + height };
    }),
  );
}

test('the filter of a request has air beneath it where there is no room for it beside the name', () =>
  withLoop(1000, async (panel) => {
    await expect
      .poll(async () => {
        const [head, name, filter] = await boxes(panel, '.request-head', '.request-head h2', '.query-filter');
        if (!head || !name || !filter) return null;
        return { isBeneath: filter.top >= name.bottom - 4, hasAir: head.bottom - filter.bottom >= 2 };
      })
      .toEqual({ isBeneath: true, hasAir: true });
  }));

test('a mark beside a name does not touch it', () =>
  withLoop(1400, async (panel) => {
    await panel.page.click('[data-group-count="100"] .statement');
    await panel.page.waitForSelector('.facts .chip');
    const [name, chip] = await boxes(panel, '.facts dd:has(.chip) .link', '.facts .chip');
    expect((chip?.left ?? 0) - (name?.right ?? 0)).toBeGreaterThanOrEqual(4);
  }));

test('a call with a long name breaks in the details rather than leave them', () =>
  withPanel({ width: 1150, height: 600 }, async (panel) => {
    const detail = lazyLoop(aScope());
    const operations = detail.operations.map((operation) => ({ ...operation, entity: 'SubscriptionInvoiceLineItemTaxBreakdown' }));
    await panel.send(reset([detail.scope]));
    await panel.send(detailMessage({ ...detail, operations }));
    await panel.page.click('.query-row:not(.head) .statement');
    await panel.page.waitForSelector('.query-detail .link.code');
    const [name, details] = await boxes(panel, '.query-detail .link.code', '.query-detail');
    expect(name?.right).toBeLessThanOrEqual(details?.right ?? 0);
  }));

test('a number stays with its unit in narrow steps, and a name that is longer than its step breaks inside it', () =>
  withLoop(
    1000,
    async (panel) => {
      const facts = await panel.page.locator('.step-fact .unbroken').evaluateAll((all) =>
        all.map((fact) => ({
          text: fact.textContent,
          lines: Math.round(fact.getBoundingClientRect().height / 20),
          isInside: fact.getBoundingClientRect().right <= (fact.closest('.step')?.getBoundingClientRect().right ?? 0),
        })),
      );
      expect(facts.slice(1)).toEqual(['1 query', '100 queries', '46 ms'].map((text) => ({ text, lines: 1, isInside: true })));
      expect(facts[0]).toMatchObject({ lines: expect.toSatisfy((lines: number) => lines > 1) as number, isInside: true });
    },
    aFinding({ parent: { ...aFinding().parent, entity: 'OrganizationMembershipInvitationReminder' } as never }),
  ));

test('a place that is longer than its step loses letters of the file, never its line', () =>
  withLoop(
    900,
    async (panel) => {
      const places = await panel.page.evaluate(`[...document.querySelectorAll('.step-place .file-line')].map((place) => {
        const file = place.querySelector('.file');
        const line = document.createRange();
        line.selectNodeContents(place);
        line.setStartAfter(file);
        const isLineSeen = line.getBoundingClientRect().right <= place.closest('.step').getBoundingClientRect().right;
        return { text: place.textContent, isCut: file.scrollWidth > file.clientWidth, isLineSeen };
      })`);
      expect(places).toContainEqual({ text: 'organization-membership-invitation-reminder.service.ts:128', isCut: true, isLineSeen: true });
    },
    aFinding({
      parent: {
        ...aFinding().parent,
        site: { file: '/app/src/organization-membership-invitation-reminder.service.ts', line: 128, column: 3, function: null },
      } as never,
    }),
  ));
