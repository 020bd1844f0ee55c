/** J14: scopes that have not ended (a request under way, a worker that never ends) are judged by what is certain already. */
import { expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp, rows } from '../../builders/profiledApp';

const orders = rows(100, (n) => ({ id: 701 + n, customerId: 601 + n }));
const briefly = ({ kind, severity, count, advice }: Finding) => `${severity} ${kind} ×${count} ${advice.kind}`;

function listOrders(app: ProfiledApp): number {
  const scope = app.openRequest('GET /orders');
  app.find('Order', orders, { at: 'o.ts:3 list' });
  return scope;
}

it('a loop under way is not one over few of the rows', () => {
  const app = new ProfiledApp();
  const scope = listOrders(app);
  for (let key = 601; key < 605; key++) app.findBy('Customer', 'id', key, [{ id: key }], { at: 'o.ts:5 list' });
  expect(app.findings().map(briefly)).toEqual(['warning loop-n-plus-one ×4 load-relations']);
  app.closeRequest(scope);
  expect(app.findings().map(briefly)).toEqual(['info loop-n-plus-one ×4 none']);
});

it('a lazy loop under way is not one over few of the rows', () => {
  const app = new ProfiledApp();
  const scope = app.openRequest('GET /authors');
  const list = app.find(
    'Author',
    rows(100, (n) => ({ id: 101 + n, countryId: 51 })),
    { at: 'a.ts:3 list' },
  );
  for (let key = 101; key < 105; key++) app.lazy('Author.books', list, key, [{ id: key }], { at: 'a.ts:5 list' });
  expect(app.findings().map(briefly)).toEqual(['warning lazy-n-plus-one ×4 load-relations']);
  app.closeRequest(scope);
  expect(app.findings().map(briefly)).toEqual(['info lazy-n-plus-one ×4 none']);
});

it('a loop that just found something has not ended at its first match yet', () => {
  const app = new ProfiledApp();
  const scope = app.openRequest('GET /visits');
  for (let key = 601; key < 606; key++) app.findBy('Customer', 'id', key, key === 605 ? [{ id: key }] : [], { at: 'v.ts:5 find' });
  expect(app.findings().map(briefly)).toEqual(['warning loop-n-plus-one ×5 batch-in']);
  app.closeRequest(scope);
  expect(app.findings().map(briefly)).toEqual(['info loop-n-plus-one ×5 none']);
});

it('silent while it is open as well: one query for each of two things', () => {
  const app = new ProfiledApp();
  listOrders(app);
  app.findBy('Customer', 'id', 601, [{ id: 601 }], { at: 'o.ts:5 list' });
  expect(app.findings()).toEqual([]);
});
