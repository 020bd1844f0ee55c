import type { SiteFrame } from '../../../protocol/probe';
import { graphPath } from '../../model/graphPath';
import { isEntry } from './missingSpans';
import { firstOf, type TraceSpan } from './traceSpans';

export interface ScopeDescription {
  readonly kind: 'http' | 'graphql' | 'job' | 'custom';
  readonly name: string;
  readonly path: string | null;
  readonly status: number | null;
}

/** What each span of a trace stands for, told from its place in the tree. */
export interface SpanRoles {
  readonly queries: ReadonlySet<TraceSpan>;
  /** TypeORM's calls. */
  readonly operations: ReadonlySet<TraceSpan>;
  /** The request or job that a span belongs to, within its own service; null where it is nobody's. */
  scopeOf(span: TraceSpan): TraceSpan | null;
  operationAround(span: TraceSpan): TraceSpan | null;
  describeScope(span: TraceSpan): ScopeDescription;
  /** Places in the code, innermost first. */
  placesOf(span: TraceSpan): readonly SiteFrame[];
}

/** Parents looked through; a trace whose spans are their own ancestors ends here too. */
const DEEPEST = 256;

export function spanRoles(spans: readonly TraceSpan[]): SpanRoles {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const ancestors = function* (span: TraceSpan): Generator<TraceSpan> {
    let current = byId.get(span.parentId);
    for (let depth = 0; current !== undefined && depth < DEEPEST; depth++) {
      if (current.service !== span.service) return;
      yield current;
      current = byId.get(current.parentId);
    }
  };
  const { queries, operations } = sortOut(spans, ancestors);
  const graphql = graphqlNames(spans, ancestors);
  return {
    queries,
    operations,
    scopeOf: (span) => scopeAbove([span, ...ancestors(span)], queries, operations),
    operationAround: (span) => [...ancestors(span)].find((above) => operations.has(above)) ?? null,
    describeScope: (span) => describeScope(span, graphql.get(span) ?? null),
    placesOf: (span) => [span, ...ancestors(span)].flatMap(placeOf),
  };
}

type Ancestors = (span: TraceSpan) => Iterable<TraceSpan>;

/** A span of TypeORM's query builder repeats the SQL that its driver's span tells: then it is the call around it. */
function sortOut(spans: readonly TraceSpan[], ancestors: Ancestors): { queries: Set<TraceSpan>; operations: Set<TraceSpan> } {
  const statements = spans.filter(hasSql);
  const around = new Set<TraceSpan>();
  for (const span of statements) for (const above of ancestors(span)) around.add(above);
  const isCall = (span: TraceSpan) => isTypeorm(span) && (around.has(span) || !hasSql(span));
  return { queries: new Set(statements.filter((span) => !isCall(span))), operations: new Set(spans.filter(isCall)) };
}

function isTypeorm({ library, attributes }: TraceSpan): boolean {
  return /typeorm/i.test(library) || attributes.has('relation_lens.api');
}

/** Databases that have spans of the same shape, but no SQL. */
const NOT_SQL = /redis|mongo|memcache|elastic|opensearch|dynamo|cassandra|couch|neo4j|hbase|geode/i;
const STARTS_LIKE_SQL =
  /^[\s(]*(?:select|insert|update|delete|with|merge|replace|begin|start|commit|rollback|savepoint|release|set|create|alter|drop|truncate|pragma|values|call|exec|show|explain)\b/i;
const LEADING_COMMENTS = /^(?:\s*\/\*[^]*?\*\/|\s*--[^\n]*\n)+/;

function hasSql(span: TraceSpan): boolean {
  const text = firstOf(span, 'db.query.text', 'db.statement');
  return text !== '' && STARTS_LIKE_SQL.test(text.replace(LEADING_COMMENTS, '')) && !NOT_SQL.test(firstOf(span, 'db.system.name', 'db.system'));
}

/** The nearest entry into the service; without one the outermost span, unless that is the query itself. */
function scopeAbove(path: readonly TraceSpan[], queries: ReadonlySet<TraceSpan>, operations: ReadonlySet<TraceSpan>): TraceSpan | null {
  const entry = path.find(isEntry);
  if (entry) return entry;
  const outermost = path.at(-1);
  return outermost === undefined || queries.has(outermost) || operations.has(outermost) ? null : outermost;
}

/** `@opentelemetry/instrumentation-graphql` notes the operation on a span inside of the request's. */
function graphqlNames(spans: readonly TraceSpan[], ancestors: Ancestors): Map<TraceSpan, string> {
  const names = new Map<TraceSpan, string>();
  for (const span of spans) {
    const type = firstOf(span, 'graphql.operation.type');
    const entry = type === '' ? undefined : [...ancestors(span)].find(({ kind }) => kind === 'server');
    if (entry) names.set(entry, `${type} ${firstOf(span, 'graphql.operation.name') || '(anonymous)'}`);
  }
  return names;
}

function describeScope(span: TraceSpan, graphql: string | null): ScopeDescription {
  const method = firstOf(span, 'http.request.method', 'http.method');
  const path = firstOf(span, 'url.path', 'http.target') || pathOf(firstOf(span, 'url.full', 'http.url'));
  const query = firstOf(span, 'url.query');
  const status = Number(firstOf(span, 'http.response.status_code', 'http.status_code'));
  const known = { path: path === '' ? null : `${path}${query && `?${query}`}`, status: status > 0 ? status : null };
  if (graphql !== null) return { kind: 'graphql', name: graphql, ...known };
  if (method !== '') return { kind: 'http', name: `${method} ${routeOf(span, path)}`, ...known };
  return { kind: span.kind === 'consumer' ? 'job' : 'custom', name: span.name, ...known };
}

function routeOf(span: TraceSpan, path: string): string {
  const named = /^(?:[A-Z]+ )?(\/.*)$/.exec(span.name)?.[1];
  return firstOf(span, 'http.route') || named || path.split('?')[0] || '/';
}

function pathOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+(\/[^#]*)?/i.exec(url)?.[1] ?? '';
}

function placeOf(span: TraceSpan): SiteFrame[] {
  const file = firstOf(span, 'code.file.path', 'code.filepath');
  if (file === '') return [];
  return [
    {
      file: graphPath(file),
      line: Number(firstOf(span, 'code.line.number', 'code.lineno')) || 1,
      column: Number(firstOf(span, 'code.column.number', 'code.column')) || 1,
      function: firstOf(span, 'code.function.name', 'code.function') || null,
      async: false,
    },
  ];
}
