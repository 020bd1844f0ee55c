/** Requests to tRPC: frameworks route them all alike (`/trpc/:path`, `/api/trpc/[trpc]`), or not at all; which procedures are called stands in the path. */

import { repeated } from './askedTimes';

/** As tRPC's adapters for Fastify, Express, Hono and Next.js are mounted by its documentation. */
const mounted = /(?:^|\/)trpc\/(?::\w+|\{?\*\w*\}?)$|\/\[trpc\]$/;

/**
 * @param url as the request came in
 * @param route what its framework tells; null for none
 * @returns the path, with procedures that one batch calls several times named once; null where it is no request to tRPC
 */
export function trpcRoute(url: string, route: string | null): string | null {
  const { mount, procedures, isBatch } = partsOf(url);
  if (!procedures.every(isProcedure)) return null;
  const isKnown = route === null ? isBatch && procedures.length > 1 : mounted.test(route) || (isBatch && route.endsWith('/:path'));
  return isKnown ? mount + [...new Set(procedures)].join(',') : null;
}

/**
 * @param url as the request came in
 * @returns how often a batch calls the procedures that it calls several times; undefined where there are none
 */
export function repeatedProcedures(url: string): Readonly<Record<string, number>> | undefined {
  if (!url.includes('batch=1')) return undefined;
  const { procedures, isBatch } = partsOf(url);
  return isBatch && procedures.every(isProcedure) ? repeated(procedures) : undefined;
}

/** `/trpc/author.get,book.all?batch=1` */
function partsOf(url: string): { readonly mount: string; readonly procedures: readonly string[]; readonly isBatch: boolean } {
  const [path = '', query = ''] = url.split('?', 2);
  const lastAt = path.lastIndexOf('/') + 1;
  return { mount: path.slice(0, lastAt), procedures: path.slice(lastAt).split(/,|%2C/i), isBatch: /(?:^|&)batch=1(?:&|$)/.test(query) };
}

/** `authors.byId`: keys of routers. */
function isProcedure(name: string): boolean {
  return /^[A-Za-z_$][\w$-]*(?:\.[\w$-]+)*$/.test(name);
}
