import { expect, it } from 'vitest';
import { repeatedProcedures, trpcRoute } from '../../../src/probe/trpcRoutes';

it('names requests to tRPC by their procedures, however its adapter is mounted', () => {
  for (const route of ['/trpc/:path', '/trpc/*', '/trpc/{*path}', '/trpc/:trpc', '/api/trpc/*splat', '/api/trpc/[trpc]']) {
    expect(trpcRoute('/trpc/author.get?input=3', route)).toBe('/trpc/author.get');
    expect(trpcRoute('/trpc/author.get', route)).toBe('/trpc/author.get');
  }
  expect(trpcRoute('/api/author.get?batch=1&input=%7B%7D', '/api/:path')).toBe('/api/author.get');
});

it('names a procedure that one batch calls several times once', () => {
  expect(trpcRoute('/author.get,author.get,book.list,author.get?batch=1&input=%7B%7D', null)).toBe('/author.get,book.list');
  expect(trpcRoute('/trpc/author.get%2Cauthor.get?input=1&batch=1', '/trpc/:path')).toBe('/trpc/author.get');
  expect(trpcRoute('/trpc/count,all?batch=1', null)).toBe('/trpc/count,all');
});

it('leaves other requests to their route', () => {
  expect(trpcRoute('/author.get?batch=1', null)).toBeNull();
  expect(trpcRoute('/tags/red,red', null)).toBeNull();
  expect(trpcRoute('/tags/red,red?batch=10', null)).toBeNull();
  expect(trpcRoute('/points/1,1?batch=1', null)).toBeNull();
  expect(trpcRoute('/tags/red,red?batch=1', '/tags/:tags')).toBeNull();
  expect(trpcRoute('/files/readme.md', '/files/:path')).toBeNull();
  expect(trpcRoute('/trpc/panel/', '/trpc/*')).toBeNull();
  expect(trpcRoute('/nottrpc/author.get', '/nottrpc/:path')).toBeNull();
});

it('counts what one batch calls several times', () => {
  expect(repeatedProcedures('/trpc/author.get,author.get,book.list?batch=1&input=%7B%7D')).toEqual({ 'author.get': 2 });
  expect(repeatedProcedures('/trpc/author.get%2Cauthor.get?input=1&batch=1')).toEqual({ 'author.get': 2 });
  for (const url of [
    '/author.get,author.get',
    '/author.get,book.list?batch=1',
    '/points/1,1?batch=1',
    '/author.get?batch=1',
    '/tags/red,red?batch=10',
  ])
    expect(repeatedProcedures(url)).toBeUndefined();
});
