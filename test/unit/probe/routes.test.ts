import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { routeOf, setRoute, usualRoute } from '../../../src/probe/routes';

const request = (fields: object): IncomingMessage => fields as IncomingMessage;

it.each([
  ['a route', { route: { path: '/authors/:id' }, baseUrl: '' }, '/authors/:id'],
  ['a mounted router', { route: { path: '/:id' }, baseUrl: '/api/authors' }, '/api/authors/:id'],
  ["a router's root", { route: { path: '/' }, baseUrl: '/authors' }, '/authors'],
  ['the root', { route: { path: '/' }, baseUrl: '' }, '/'],
  ['a pattern', { route: { path: /^\/a.c$/ } }, '/^\\/a.c$/'],
  ['several paths', { route: { path: ['/a', '/b'] } }, '/a|/b'],
  ['no route', { baseUrl: '/authors' }, null],
  [
    'a handler of Next.js',
    { [Symbol.for('NextInternalRequestMeta')]: { match: { definition: { pathname: '/api/authors/[id]' } } } },
    '/api/authors/[id]',
  ],
  ['what Next.js has not matched', { [Symbol.for('NextInternalRequestMeta')]: {} }, null],
  ['no framework', {}, null],
])('names %s', (_what, fields, route) => {
  expect(routeOf(request(fields))).toBe(route);
});

it('asks the framework that has told of the request', () => {
  const fastify = request({});
  setRoute(fastify, () => '/told/:id');
  expect(routeOf(fastify)).toBe('/told/:id');
});

it.each(['*', '/*', '/*splat', '/{*splat}', '(.*)', '/{path*}', '/:path{.*}', '/:path{.+}', '/^(.*)$/'])('tells %s as no route', (route) => {
  expect(usualRoute(route)).toBeNull();
});

it.each(['/', '/files/*', '/:path', '/:path{[0-9]+}', '/api/:path{.*}', '/*.js'])('keeps %s', (route) => {
  expect(usualRoute(route)).toBe(route);
});
