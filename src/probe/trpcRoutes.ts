/** Requests to tRPC: frameworks route them all alike (`/trpc/:path`, `/api/trpc/[trpc]`), or not at all; which procedures are called stands in the path. */

/** As tRPC's adapters for Fastify, Express, Hono and Next.js are mounted by its documentation. */
const mounted = /(?:^|\/)trpc\/(?::\w+|\{?\*\w*\}?)$|\/\[trpc\]$/;

/**
 * @param url as the request came in
 * @param route what its framework tells; null for none
 * @returns the path, with procedures that one batch calls several times named once; null where it is no request to tRPC
 */
export function trpcRoute(url: string, route: string | null): string | null {
  const [path = '', query = ''] = url.split('?', 2);
  const isBatch = /(?:^|&)batch=1(?:&|$)/.test(query);
  const lastAt = path.lastIndexOf('/') + 1;
  const procedures = path.slice(lastAt).split(/,|%2C/i);
  if (!procedures.every(isProcedure)) return null;
  const isKnown = route === null ? isBatch && procedures.length > 1 : mounted.test(route) || (isBatch && route.endsWith('/:path'));
  return isKnown ? path.slice(0, lastAt) + [...new Set(procedures)].join(',') : null;
}

/** `authors.byId`: keys of routers. */
function isProcedure(name: string): boolean {
  return /^[A-Za-z_$][\w$-]*(?:\.[\w$-]+)*$/.test(name);
}
