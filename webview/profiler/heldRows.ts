/** The requests list where somebody points at it: what its rows say moves on, their places do not. No DOM in here. */
import type { RequestRow } from './requestRows';

/** Where each row stands, by its key. */
export type Places = ReadonlyMap<string, number>;

export function placesOf(rows: readonly RequestRow[]): Places {
  return new Map(rows.map(({ key }, place) => [key, place]));
}

/**
 * The rows as they are now, at the places of those before. A new route comes last in its run, where it moves nothing; a new request of a route that
 * was unfolded already waits; those of one that has just been unfolded are all there.
 */
export function holdRows(rows: readonly RequestRow[], places: Places): RequestRow[] {
  return splitAt(rows, 'run').flatMap((run) => {
    const head = run.filter(({ kind }) => kind === 'run');
    const routes = splitAt(run.slice(head.length), 'route');
    return [...head, ...inPlace(routes, ([route]) => places.get(route?.key ?? '')).flatMap((route) => holdRequests(route, places))];
  });
}

/** A route's row and those of its requests. */
function holdRequests([route, ...requests]: readonly RequestRow[], places: Places): readonly RequestRow[] {
  const known = requests.filter(({ key }) => places.has(key));
  return [...(route ? [route] : []), ...inPlace(known.length > 0 ? known : requests, ({ key }) => places.get(key))];
}

/** What has no place comes last, in the order that it has. */
function inPlace<T>(items: readonly T[], placeOf: (item: T) => number | undefined): readonly T[] {
  return [...items].sort((a, b) => (placeOf(a) ?? Infinity) - (placeOf(b) ?? Infinity) || 0);
}

/** A part for each row of the kind, with what follows it; what comes before the first is a part too. */
function splitAt(rows: readonly RequestRow[], kind: RequestRow['kind']): readonly (readonly RequestRow[])[] {
  const parts: RequestRow[][] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (!last || row.kind === kind) parts.push([row]);
    else last.push(row);
  }
  return parts;
}

export function isInOrder(rows: readonly RequestRow[], shown: readonly RequestRow[]): boolean {
  return rows.length === shown.length && rows.every(({ key }, index) => key === shown[index]?.key);
}
