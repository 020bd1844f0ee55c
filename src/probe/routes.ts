/** The pattern of the route that answers a request, as far as the framework tells it. */
import type { IncomingMessage } from 'node:http';
import { propertyOf } from './propertyOf';

/** Request, or its scope → what its framework's hook said. */
const routes = new WeakMap<object, () => string | null>();

/**
 * For frameworks that keep the pattern on objects of their own.
 * @param of the request; its scope, where the framework does not know Node's request
 */
export function setRoute(of: object, route: () => string | null): void {
  routes.set(of, route);
}

/** What `setRoute` was last given. */
export function toldRoute(of: object): string | null {
  return routes.get(of)?.() ?? null;
}

/** `/authors/:id`, or null while the framework has not routed, or does not tell. */
export function routeOf(request: IncomingMessage): string | null {
  const told = expressRoute(request) ?? toldRoute(request);
  if (usualRoute(told) !== null) return told;
  // What a route for everything leaves as parameters are the path's own segments.
  return nextRoute(request) ?? (told === null ? (feathersRoute(request) ?? parametersRoute(request)) : null);
}

/** The same route; null for one that catches everything, or none. */
export function usualRoute(route: string | null): string | null {
  return route === null || catchesAll(route) ? null : route;
}

/**
 * Whether a route hands everything on to another router (`app.all('*', …)` before React Router, Remix, Next.js): it says less than the request's path.
 * `*` and `/*` (Express 4, Fastify), `/*splat` and `/{*splat}` (Express 5), `(.*)` (Koa), `/{path*}` (hapi), `/:path{.*}` (Hono), and the regular expressions of the same meaning.
 */
function catchesAll(route: string): boolean {
  return /^(?:\/?(?:\*{1,2}|\*\w+|\{\*\w+\}|\(\.\*\)|\{\w+\*\}|:\w+\{\.[*+]\})|\/\^?(?:\.\*|\(\.\*\))\$?\/)$/.test(route);
}

/** Express 4 and 5 (and Nest on it) leave the matched route on the request; `baseUrl` is where its router is mounted. */
function expressRoute(request: object): string | null {
  const { route } = request as { readonly route?: { readonly path?: unknown } | string | null };
  const path = typeof route === 'object' && route !== null ? route.path : undefined;
  if (path === undefined) return null;
  const { baseUrl: base } = request as { readonly baseUrl?: unknown };
  const pattern = Array.isArray(path) ? path.map(String).join('|') : String(path);
  const mount = typeof base === 'string' ? base : '';
  return mount !== '' && pattern === '/' ? mount : mount + pattern;
}

const nextMetaKey: unique symbol = Symbol.for('NextInternalRequestMeta');

/** Next.js keeps what it knows of a request on the request itself; a handler's or page's pattern (`/api/authors/[id]`) once it has matched it. */
function nextRoute(request: object): string | null {
  const meta = (request as { readonly [nextMetaKey]?: unknown })[nextMetaKey];
  if (meta === undefined) return null;
  const match = propertyOf(meta, 'match');
  const pattern = propertyOf(propertyOf(match, 'definition'), 'pathname');
  return typeof pattern === 'string' ? pattern : null;
}

/** Feathers, on Express and on Koa, looks services up by the path: what of it is a parameter is called as in its routes, the record's key `__id`. */
export function feathersRoute(of: object): string | null {
  const { path, lookup } = of as { readonly path?: unknown; readonly lookup?: unknown };
  return typeof path === 'string' && propertyOf(lookup, 'service') !== undefined ? patternOf(path, propertyOf(lookup, 'params')) : null;
}

/** Routers that leave a route's parameters on the request, but not its pattern (Polka). */
function parametersRoute(request: object): string | null {
  const { url, params } = request as { readonly url?: unknown; readonly params?: unknown };
  return typeof url === 'string' ? patternOf(url, params) : null;
}

/** The path with its parameters' names instead of their values; null where a value may stand in another place as well. */
function patternOf(url: string, params: unknown): string | null {
  if (typeof params !== 'object' || params === null) return null;
  const segments = url.replace(/[?#].*/, '').split('/');
  const values = Object.entries(params as Record<string, unknown>).filter(([, value]) => value !== undefined && value !== null);
  if (values.length === 0) return null;
  for (const [name, value] of values) {
    const at = segments.indexOf(encodeURIComponent(String(value)));
    if (at < 0 || segments.lastIndexOf(segments[at] as string) !== at) return null;
    segments[at] = `:${name.replace(/^__/, '')}`;
  }
  return segments.join('/');
}
