/** Frameworks that do not leave the route's pattern on Node's request: what each says of it by itself. */
import diagnosticsChannel from 'node:diagnostics_channel';
import { patchMethod } from './patch';
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

function noteFastifyRequest(request: FastifyRequest | undefined): void {
  if (request?.raw) setRoute(request.raw, () => request.routeOptions?.url ?? request.routerPath ?? null);
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
