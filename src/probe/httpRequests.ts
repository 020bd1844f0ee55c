/**
 * A scope for every HTTP request, whatever framework answers it: they all listen to `request` of a server of Node's. Nothing is
 * listened to and no stream is touched; events and body chunks are only seen on their way.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import { currentContext, enterContext, leaveContext, runInContext, type ProbeContext, type ScopeState } from './context';
import { patchMethod, type Method } from './patch';
import type { Recorder } from './recorder';
import { requestFacts } from './requestFacts';
import { ResponseHash } from './responseHash';
import { routeOf, toldRoute, usualRoute } from './routes';
import { repeatedProcedures, trpcRoute } from './trpcRoutes';

/** http, https and http2 servers are all net.Servers, and inherit its `emit`. */
export function hookHttpRequests(recorder: Recorder): void {
  patchMethod(
    net.Server.prototype,
    'emit',
    (original) =>
      function (this: unknown, ...args) {
        if (args[0] !== 'request' || !recorder.active || !isRequest(args[1], args[2])) return original.apply(this, args);
        const context = startRequest(recorder, args[1], args[2] as ServerResponse);
        if (!context) return original.apply(this, args);
        const before = enterContext(context);
        try {
          return original.apply(this, args);
        } finally {
          leaveContext(before);
        }
      },
  );
}

/**
 * An app of Express that no server stands in front of (serverless-http and its like hand it the events of AWS Lambda as requests).
 * @param application exports of express/lib/application: what is mixed into every app
 */
export function hookExpress(recorder: Recorder, application: unknown): void {
  if (typeof application !== 'object' || application === null) return;
  patchMethod(
    application,
    'handle',
    (original) =>
      function (this: unknown, ...args) {
        const [request, response] = args;
        // A mounted app gets its parent's request.
        const isNew = recorder.active && isRequest(request, response) && !started.has(request) && !currentContext()?.scope;
        const context = isNew ? startRequest(recorder, request, response as ServerResponse) : undefined;
        return context ? runInContext(context, () => original.apply(this, args)) : original.apply(this, args);
      },
  );
}

/** Requests that have a scope. */
const started = new WeakSet<object>();

function startRequest(recorder: Recorder, request: IncomingMessage, response: ServerResponse): ProbeContext | undefined {
  try {
    started.add(request);
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const path = pathOf(url);
    const facts = { origin: originOf(request) ?? undefined, request: requestFacts(request), asked: repeatedProcedures(url) };
    const scope = recorder.startScope('http', `${method} ${path}`, url, facts);
    scope.findName = () => nameOf(method, url, request, scope);
    const context: ProbeContext = { scope, operation: null, parent: null };
    // Body and connection events come from the parser, outside of the request's context.
    seeEmits(request, context, () => undefined);
    seeResponse(recorder, response, context, scope);
    return context;
  } catch (error) {
    recorder.fault('http request', error);
    return undefined;
  }
}

/** Without its query, nor a fragment, which clients do not send. */
function pathOf(url: string): string {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const fragmentAt = path.indexOf('#');
  return fragmentAt < 0 ? path : path.slice(0, fragmentAt);
}

type RequestSocket = Partial<IncomingMessage['socket']>;

/** By socket: on one that is kept alive, every request comes in at the same address. */
const origins = new WeakMap<object, string | null>();

/** The address the request came in at; null for one that was made up without a socket. */
function originOf(request: IncomingMessage): string | null {
  const socket = request.socket as RequestSocket | null | undefined;
  if (typeof socket !== 'object' || socket === null) return null;
  let origin = origins.get(socket);
  if (origin === undefined) origins.set(socket, (origin = originOfSocket(socket)));
  return origin;
}

function originOfSocket(socket: RequestSocket): string | null {
  const { localAddress, localPort } = socket;
  if (!localAddress || !localPort) return null;
  const address = localAddress.replace(/^::ffff:/, '');
  return `${'encrypted' in socket ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}

function seeResponse(recorder: Recorder, response: ServerResponse, context: ProbeContext, scope: ScopeState): void {
  const hash = new ResponseHash();
  const begins = (): void => keepName(recorder, scope);
  seeChunks(response, 'write', hash, begins);
  seeChunks(response, 'end', hash, begins);
  seeEmits(response, context, (event) => {
    if ((event !== 'finish' && event !== 'close') || scope.endedAt !== undefined) return;
    const finished = event === 'finish' || response.writableFinished;
    try {
      recorder.endScope(scope, finished ? response.statusCode : null, finished ? hash.digest() : null);
    } catch (error) {
      recorder.fault('http response', error);
    }
  });
}

/** Runs the emitter's listeners in the request's context; what they do after `finish` comes after the end of the scope. */
function seeEmits(emitter: NodeJS.EventEmitter, context: ProbeContext, see: (event: unknown) => void): void {
  const original = Reflect.get(emitter, 'emit') as Method;
  setHidden(emitter, 'emit', function (this: unknown, ...args) {
    see(args[0]);
    if (currentContext() === context) return original.apply(this, args);
    const before = enterContext(context);
    try {
      return original.apply(this, args);
    } finally {
      leaveContext(before);
    }
  });
}

/** The route is that of the handler in which the answer begins; routers may go on to others behind it (routing-controllers). */
function keepName(recorder: Recorder, scope: ScopeState): void {
  try {
    const name = scope.findName?.();
    if (name) scope.findName = () => name;
  } catch (error) {
    recorder.fault('http route', error);
  }
}

function seeChunks(response: ServerResponse, name: 'write' | 'end', hash: ResponseHash, begins: () => void): void {
  const original = Reflect.get(response, name) as Method;
  setHidden(response, name, function (this: unknown, ...args) {
    if (!response.headersSent) begins();
    hash.add(args[0], args[1]);
    return original.apply(this, args);
  });
}

/** As a method that no loop over the object's properties meets, and that the app can replace as it could before. */
function setHidden(target: object, name: string, value: Method): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

function nameOf(method: string, url: string, request: IncomingMessage, scope: ScopeState): string | null {
  const told = routeOf(request) ?? usualRoute(toldRoute(scope));
  const route = trpcRoute(url, told) ?? told;
  return route === null ? null : `${method} ${route}`;
}

function isRequest(request: unknown, response: unknown): request is IncomingMessage {
  return (
    typeof request === 'object' &&
    request !== null &&
    'url' in request &&
    typeof response === 'object' &&
    response !== null &&
    'statusCode' in response
  );
}
