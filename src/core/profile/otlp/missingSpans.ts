/**
 * Stand-ins for spans that others name as their parent, but that are not in the file: sampled away, lost, or not sent yet, since a span is sent when it
 * ends. What one span did belongs together, whatever it was; a stand-in is as long as what is known of it.
 */
import { groupBy } from '../../model/groupBy';
import { firstOf, traceOf, type TraceSpan } from './traceSpans';

const NAMELESS = 'span not in the file';

export function standInsFor(spans: readonly TraceSpan[]): TraceSpan[] {
  const known = new Set(spans.map(({ id }) => id));
  // An entry's parent is the caller's, in another service.
  const orphans = spans.filter((span) => span.parentId !== '' && !known.has(span.parentId) && !isEntry(span));
  if (orphans.length === 0) return [];
  const entries = groupBy(spans.filter(isEntry), placeOf);
  return [...groupBy(orphans, ({ parentId }) => parentId).values()].map((children) => standIn(children, entries));
}

/** The request or message that a service was asked to handle. */
export function isEntry({ kind }: TraceSpan): boolean {
  return kind === 'server' || kind === 'consumer';
}

/** Where the trace came into the service only once, all that it did there was for that. */
function standIn(children: readonly TraceSpan[], entries: ReadonlyMap<string, readonly TraceSpan[]>): TraceSpan {
  const [first] = children as readonly [TraceSpan, ...TraceSpan[]];
  const [entry, ...others] = entries.get(placeOf(first)) ?? [];
  return {
    id: first.parentId,
    parentId: entry && others.length === 0 ? entry.id : '',
    name: routeOf(children) || NAMELESS,
    kind: 'internal',
    service: first.service,
    library: '',
    startMs: children.reduce((earliest, { startMs }) => Math.min(earliest, startMs), first.startMs),
    endMs: children.reduce((latest, { endMs }) => Math.max(latest, endMs), first.endMs),
    attributes: new Map(),
    error: null,
  };
}

/** The longest, for a router tells where it is mounted. */
function routeOf(children: readonly TraceSpan[]): string {
  return children.map((child) => firstOf(child, 'http.route')).reduce((longest, route) => (route.length > longest.length ? route : longest), '');
}

function placeOf(span: TraceSpan): string {
  return `${traceOf(span)} ${span.service}`;
}
