/**
 * Hono's routes. It answers a web `Request`, which knows nothing of Node's, and its routers replace their own `match`: the one place that every request
 * comes by is where the handler is taken out of its entry, `[handler, route]`.
 */
import { currentContext, type ScopeState } from './context';
import { patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import { setRoute, toldRoute, usualRoute } from './routes';

/** @param module what one of Hono's router modules exports or declares */
export function hookHono(module: unknown): void {
  if (typeof module !== 'object' || module === null) return;
  for (const router of Object.values(module) as unknown[]) {
    if (typeof router !== 'function') continue;
    patchMethod(
      router.prototype as object,
      'add',
      (original) =>
        function (this: unknown, ...args) {
          tellWhenTaken(args[2]);
          return original.apply(this, args);
        },
    );
  }
}

/** Routers hand an entry on to each other: it is prepared once. */
function tellWhenTaken(entry: unknown): void {
  if (!Array.isArray(entry) || Object.getOwnPropertyDescriptor(entry, 0)?.get) return;
  const [handler, route] = entry as readonly unknown[];
  const pattern = propertyOf(route, 'path');
  if (typeof handler !== 'function' || typeof pattern !== 'string' || isMiddleware(pattern, propertyOf(route, 'method'))) return;
  const told = (): string => pattern;
  Object.defineProperty(entry, 0, {
    get() {
      const scope = currentContext()?.scope;
      if (scope && isNews(scope)) setRoute(scope, told);
      return handler;
    },
    set(value: unknown) {
      Object.defineProperty(entry, 0, { value, configurable: true, enumerable: true, writable: true });
    },
    configurable: true,
    enumerable: true,
  });
}

/** What `use('/api/*')` adds says less than the request's own path. */
function isMiddleware(pattern: string, method: unknown): boolean {
  return method === 'ALL' && pattern.endsWith('*');
}

/** Whether a route would say more than what is known: files are looked for (`/*`) before the handler runs, and a handler may ask its own app for something else. */
function isNews(scope: ScopeState): boolean {
  const told = toldRoute(scope);
  return told === null ? scope.kind === 'http' : told.endsWith('*') || usualRoute(told) === null;
}
