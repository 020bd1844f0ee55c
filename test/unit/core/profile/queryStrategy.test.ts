/** Statements that strategy "query" is predicted to run. Each count was taken from TypeORM 0.3.31 and 1.1.1 on the same entities. */
import { describe, expect, it } from 'vitest';
import type { MetaEntity, MetaRelation } from '../../../../src/protocol/probe';
import { entity, ProfiledApp, rows, toOne } from '../../builders/profiledApp';

const eager = { eager: true, lazy: false };
const anItem = (relations: readonly MetaRelation[]) => entity('Item', ['id', 'shopId', 'brandId'], [toOne('shop', 'Shop', 'items'), ...relations]);
const items = {
  ...toOne('items', 'Item', 'shop'),
  kind: 'one-to-many' as const,
  owner: false,
  joinColumns: [{ column: 'shopId', references: 'id' }],
};

/** Shops whose items are loaded one by one: the count that loading them with the shops is said to come to. */
function predicted(version: string, entities: readonly MetaEntity[], tail = ''): number | null {
  const app = new ProfiledApp({ entities });
  app.send({ e: 'typeorm', version, path: '/app/node_modules/typeorm' });
  app.send({ e: 'metadata', source: 1, driver: 'better-sqlite3', entities });
  app.request('GET /shops', () => {
    const shops = rows(6, (n) => ({ id: 1 + n }));
    const owner = app.find('Shop', shops, { at: 'shops.ts:10 list', tail });
    for (const { id } of shops)
      app.lazy(
        'Shop.items',
        owner,
        id as number,
        rows(3, (n) => ({ id: n })),
        { at: 'shops.ts:11 list' },
      );
  });
  return app.findings()[0]?.advice.predictedQueryCount ?? null;
}

describe('the count predicted for a collection loaded by queries of its own', () => {
  const region = entity('Region', ['id']);
  const plain = [entity('Shop', ['id'], [items]), anItem([toOne('brand', 'Brand', null)]), entity('Brand', ['id']), region];

  it('is three without eager relations: the list, the rows, their keys', () => {
    expect(predicted('1.1.1', plain)).toBe(3);
  });

  const chained = [
    entity('Shop', ['id'], [items]),
    anItem([toOne('brand', 'Brand', null, eager)]),
    entity('Brand', ['id'], [toOne('region', 'Region', null, eager)]),
    region,
  ];

  it('has those of the rows’ eager relations, and of theirs: one where a property holds the key, else two', () => {
    expect(predicted('1.1.1', chained)).toBe(6);
  });

  it('has none of them with 0.3, which joins them', () => {
    expect(predicted('0.3.31', chained)).toBe(3);
  });

  it('ends where eager relations come round', () => {
    const round = [
      entity('Shop', ['id'], [items]),
      anItem([toOne('brand', 'Brand', null, eager)]),
      entity('Brand', ['id'], [toOne('item', 'Item', null, eager)]),
    ];
    expect(predicted('1.1.1', round)).toBe(4);
  });

  it('has the list’s own eager relations, which were joined before', () => {
    const own = [entity('Shop', ['id', 'regionId'], [items, toOne('region', 'Region', null, eager)]), anItem([]), region];
    expect(predicted('1.1.1', own, ' LEFT JOIN "region" "Shop__region" ON "Shop__region"."id"="Shop"."regionId"')).toBe(4);
    // They were not joined (loadEagerRelations: false), and will not be asked for.
    expect(predicted('1.1.1', own)).toBe(3);
  });
});
