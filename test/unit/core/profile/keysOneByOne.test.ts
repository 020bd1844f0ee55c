/** A loop whose keys another loop gives one by one: there are no rows to load anything with before that one is mended. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp } from '../../builders/profiledApp';

const page = {
  sql: 'SELECT DISTINCT "distinctAlias"."Customer_id" AS "ids_Customer_id" FROM (SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE "Customer"."id" = ? AND "Customer"."name" = ?) "distinctAlias" LIMIT 1',
};

/** @param perOrder how many orders each reading of them returns, each with a customer of its own */
function customersOf(readings: number, perOrder: number): Finding | undefined {
  const app = new ProfiledApp();
  app.request('GET /', () => {
    for (let reading = 0; reading < readings; reading++) {
      const orders = Array.from({ length: perOrder }, (_, n) => ({ id: 700 + 10 * reading + n, customerId: 600 + 10 * reading + n }));
      app.find('Order', orders, { at: 'o.ts:10 list' });
      for (const { customerId } of orders)
        app.call(
          'Repository.findOne',
          'Customer',
          [
            { ...page, params: [customerId, 'x'], rows: [{ ids_Customer_id: customerId }] },
            {
              sql: 'SELECT "Customer"."id" AS "Customer_id" FROM "customer" "Customer" WHERE "Customer"."id" IN (?)',
              params: [customerId],
              rows: [{ Customer_id: customerId }],
            },
          ],
          { at: 'o.ts:12 list' },
        );
    }
  });
  return app.findings().find(({ kind }) => kind === 'loop-n-plus-one');
}

describe('a loop whose rows come', () => {
  it('one by one is told to wait for the other loop, though the page of each query would fall away', () => {
    const finding = customersOf(6, 1);
    expect(finding?.count).toBe(12);
    expect(finding?.advice).toMatchObject({ kind: 'none', predictedQueryCount: null });
    expect(finding?.advice.reason).toBe(
      'Its keys come one by one out of another loop (o.ts:10): mend that one first, then there are rows to load this with.',
    );
  });

  it('several at a time asks once for those of each', () => {
    const { kind, currentQueryCount, predictedQueryCount } = customersOf(3, 4)?.advice ?? {};
    expect({ kind, currentQueryCount, predictedQueryCount }).toEqual({ kind: 'batch-in', currentQueryCount: 27, predictedQueryCount: 6 });
  });
});
