/** Frameworks that do not leave the route's pattern on Node's request: what each says of it by itself. */
import diagnosticsChannel from 'node:diagnostics_channel';
import { patchMethod } from './patch';
import { setRoute } from './routes';

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

/** Koa classes that were loaded, before or after the probe had somebody to talk to. */
const koas = new Set<object>();
let listening = false;

export function listenToFrameworks(): void {
  listening = true;
  for (const [name, onMessage] of channels) diagnosticsChannel.subscribe(name, onMessage);
  for (const koa of koas) hookKoa(koa);
}

export function leaveFrameworks(): void {
  listening = false;
  for (const [name, onMessage] of channels) diagnosticsChannel.unsubscribe(name, onMessage);
}

/** To be told of what a module exports that may be Koa. */
export function noteKoa(exported: unknown): void {
  const prototype: unknown = typeof exported === 'function' ? exported.prototype : undefined;
  if (typeof prototype !== 'object' || prototype === null) return;
  koas.add(prototype);
  if (listening) hookKoa(prototype);
}

/** `@koa/router` puts the matched pattern on the context, which knows the request but is not known by it. */
function hookKoa(prototype: object): void {
  patchMethod(
    prototype,
    'createContext',
    (original) =>
      function (this: unknown, ...args) {
        const context = original.apply(this, args) as KoaContext;
        const [request] = args;
        if (typeof request === 'object' && request !== null) setRoute(request, () => textOf(context._matchedRoute));
        return context;
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
