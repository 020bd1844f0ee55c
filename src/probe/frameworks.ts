/** Frameworks that do not leave the route's pattern on Node's request: what each says of it by itself. */
import diagnosticsChannel from 'node:diagnostics_channel';
import { patchGetter, patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import { feathersRoute, setRoute } from './routes';

interface FastifyRequest {
  readonly raw?: object;
  readonly routeOptions?: { readonly url?: string };
  readonly routerPath?: string;
}

interface FastifyInstance {
  readonly version?: string;
  addHook?(name: 'onRequest', hook: (request: FastifyRequest, reply: unknown, done: () => void) => void): void;
}

interface KoaContext {
  readonly _matchedRoute?: unknown;
}

const channels: readonly (readonly [name: string, onMessage: (message: unknown) => void])[] = [
  // Fastify 5 publishes every handler's start, Fastify 3 and 4 only their own.
  ['tracing:fastify.request.handler:start', (message) => noteFastifyRequest((message as { request?: FastifyRequest }).request)],
  ['fastify.initialization', (message) => watchOldFastify((message as { fastify?: FastifyInstance }).fastify)],
  ['tracing:adonisjs.http.request:start', noteAdonisRequest],
];

export function listenToFrameworks(): void {
  for (const [name, onMessage] of channels) diagnosticsChannel.subscribe(name, onMessage);
}

export function leaveFrameworks(): void {
  for (const [name, onMessage] of channels) diagnosticsChannel.unsubscribe(name, onMessage);
}

/** `@koa/router` puts the matched pattern on the context, which knows the request but is not known by it. */
export function hookKoa(koa: unknown): void {
  const prototype: unknown = typeof koa === 'function' ? koa.prototype : undefined;
  if (typeof prototype !== 'object' || prototype === null) return;
  patchMethod(
    prototype,
    'createContext',
    (original) =>
      function (this: unknown, ...args) {
        const context = original.apply(this, args) as KoaContext;
        const [request] = args;
        if (typeof request === 'object' && request !== null) setRoute(request, () => textOf(context._matchedRoute) ?? feathersRoute(context));
        return context;
      },
  );
}

interface HapiRequest {
  readonly raw?: { readonly req?: object };
  readonly route?: { readonly path?: unknown; readonly method?: unknown };
}

/** hapi's request knows Node's. @param Request what @hapi/hapi/lib/request exports */
export function hookHapi(Request: unknown): void {
  if (typeof Request !== 'function') return;
  patchMethod(
    Request,
    'generate',
    (original) =>
      function (this: unknown, ...args) {
        const request = original.apply(this, args) as HapiRequest;
        if (request.raw?.req) setRoute(request.raw.req, () => hapiRoute(request));
        return request;
      },
  );
}

/** Until it has routed, and where there is no route, a request has that of hapi's own answers. */
function hapiRoute({ route }: HapiRequest): string | null {
  return route?.method === '_special' ? null : textOf(route?.path);
}

/** LoopBack 4 looks each request's route up. @param module exports of @loopback/rest/dist/router/routing-table */
export function hookLoopback(module: unknown): void {
  const Table = propertyOf(module, 'RoutingTable');
  if (typeof Table !== 'function') return;
  patchMethod(
    Table.prototype as object,
    'find',
    (original) =>
      function (this: unknown, ...args) {
        const found = original.apply(this, args);
        const [request] = args;
        if (typeof request === 'object' && request !== null) setRoute(request, () => textOf(propertyOf(found, 'path')));
        return found;
      },
  );
}

/**
 * h3 (Nitro, Nuxt) keeps the route on its event, which knows Node's request.
 * @param module what h3/dist/index (1), h3 or cache (2, which moves its classes about) exports or declares
 */
export function hookH3(module: unknown): void {
  const [Event, App] = [propertyOf(module, 'H3Event'), propertyOf(module, 'H3Core')];
  // Each router of h3 1 asks the event for its path first; each app of h3 2, mounted ones included, is handed the event.
  if (typeof Event === 'function') {
    patchGetter(
      Event.prototype as object,
      'path',
      (original) =>
        function (this: unknown) {
          noteH3Event(this, propertyOf(this, 'node'));
          return original.call(this);
        },
    );
  }
  if (typeof App !== 'function') return;
  patchMethod(
    App.prototype as object,
    'handler',
    (original) =>
      function (this: unknown, ...args) {
        noteH3Event(args[0], propertyOf(propertyOf(propertyOf(args[0], 'req'), 'runtime'), 'node'));
        return original.apply(this, args);
      },
  );
}

function noteH3Event(event: unknown, node: unknown): void {
  const request = propertyOf(node, 'req');
  if (typeof request === 'object' && request !== null) setRoute(request, () => h3Route(event, request));
}

/** A router under a base (`app.use('/api', router)`, `useBase`) has patterns without it: what the path has more is the base. */
function h3Route(event: unknown, request: object): string | null {
  const route = propertyOf(propertyOf(event, 'context'), 'matchedRoute');
  const pattern = propertyOf(route, 'path') ?? propertyOf(route, 'route');
  const url = propertyOf(request, 'originalUrl') ?? propertyOf(request, 'url');
  if (typeof pattern !== 'string' || typeof url !== 'string') return null;
  const path = segmentsOf(url.replace(/[?#].*/, ''));
  const parts = segmentsOf(pattern);
  // `**` stands for any number of segments: where the pattern begins is not known.
  if (parts.some((part) => part.startsWith('**'))) return parts[0] === path[0] || parts.length === 1 ? pattern : null;
  return `/${[...path.slice(0, Math.max(0, path.length - parts.length)), ...parts].join('/')}`;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function noteFastifyRequest(request: FastifyRequest | undefined): void {
  if (request?.raw) setRoute(request.raw, () => request.routeOptions?.url ?? request.routerPath ?? null);
}

/** AdonisJS publishes every request's context, on which it puts the route once it has matched one. */
function noteAdonisRequest(message: unknown): void {
  const context = propertyOf(message, 'ctx');
  const request = propertyOf(propertyOf(context, 'request'), 'request');
  if (typeof request === 'object' && request !== null) setRoute(request, () => textOf(propertyOf(propertyOf(context, 'route'), 'pattern')));
}

function watchOldFastify(fastify: FastifyInstance | undefined): void {
  if (!/^[34]\./.test(fastify?.version ?? '')) return;
  fastify?.addHook?.('onRequest', (request, _reply, done) => {
    noteFastifyRequest(request);
    done();
  });
}

function textOf(route: unknown): string | null {
  return typeof route === 'string' || route instanceof RegExp ? String(route) : null;
}
