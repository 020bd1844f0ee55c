import { groupBy } from '../../model/groupBy';
import type { Finding, Operation, Query, QueryProfile, ScopeSummary, Site } from '../queryProfile';
import type { AttributeValue, OtlpAttribute, OtlpSpan, OtlpTraces, OtlpValue } from './otlpTypes';

const KIND = { internal: 1, server: 2, client: 3, consumer: 5 } as const;

/**
 * The profile as OTLP/JSON spans, one trace a scope: scope → operation → query, findings as events of the scope's span.
 * Attributes follow OpenTelemetry's semantic conventions for databases, HTTP and code (1.30); what they have no name for is `relation_lens.*`.
 */
export function writeOtlp(profile: QueryProfile): OtlpTraces {
  const operations = groupBy(profile.operations, ({ scope }) => scope);
  const queries = groupBy(profile.queries, ({ scope }) => scope);
  const findings = groupBy(profile.findings, ({ scope }) => scope);
  const system = systemOf(profile.run.drivers[0]);
  const spans = profile.scopes.flatMap((scope) => {
    const trace = traceOf(profile.run.id, scope, operations.get(scope.id) ?? [], system);
    return [
      scopeSpan(trace, findings.get(scope.id) ?? []),
      ...(operations.get(scope.id) ?? []).map((operation) => operationSpan(trace, operation)),
      ...(queries.get(scope.id) ?? []).map((query) => querySpan(trace, query)),
    ];
  });
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'service.name': profile.run.name }) },
        scopeSpans: [{ scope: { name: 'relation-lens' }, spans }],
      },
    ],
  };
}

/** What the spans of one scope have in common. */
interface Trace {
  readonly id: string;
  readonly scope: ScopeSummary;
  readonly rootId: string;
  /** As `db.system.name` has it; null where it is not known. */
  readonly system: string | null;
  readonly spanId: (kind: 'operation' | 'query', id: number) => string;
  /** The span of an operation; the scope's, where that is not listed. */
  readonly parentId: (operation: number | null) => string;
}

function traceOf(runId: string, scope: ScopeSummary, operations: readonly Operation[], system: string | null): Trace {
  const listed = new Set(operations.map(({ id }) => id));
  const rootId = hex(`${runId} scope ${scope.id}`, 16);
  const spanId: Trace['spanId'] = (kind, id) => hex(`${runId} ${kind} ${id}`, 16);
  const parentId: Trace['parentId'] = (operation) => (operation !== null && listed.has(operation) ? spanId('operation', operation) : rootId);
  return { id: hex(`${runId} ${scope.id}`, 32), scope, rootId, system, spanId, parentId };
}

function scopeSpan({ id, scope, rootId }: Trace, findings: readonly Finding[]): OtlpSpan {
  return {
    traceId: id,
    spanId: rootId,
    name: scope.name,
    kind: scope.kind === 'http' ? KIND.server : scope.kind === 'job' ? KIND.consumer : KIND.internal,
    ...timesWithin(scope, 0, scope.durationMs),
    attributes: attributes({ ...httpAttributes(scope), 'relation_lens.scope.kind': scope.kind, 'relation_lens.query.count': scope.queryCount }),
    events: findings.map((finding) => findingEvent(scope, finding)),
  };
}

function operationSpan(trace: Trace, operation: Operation): OtlpSpan {
  return {
    traceId: trace.id,
    spanId: trace.spanId('operation', operation.id),
    parentSpanId: trace.parentId(operation.parent),
    name: [operation.api, [operation.entity, operation.relation].filter(Boolean).join('.')].filter(Boolean).join(' '),
    kind: KIND.internal,
    ...timesWithin(trace.scope, operation.offsetMs, operation.durationMs),
    attributes: attributes({
      'relation_lens.api': operation.api,
      'relation_lens.entity': operation.entity,
      'relation_lens.relation': operation.relation,
      'relation_lens.entities': operation.entities,
      ...codeAttributes(operation.site),
    }),
  };
}

function querySpan(trace: Trace, query: Query): OtlpSpan {
  return {
    traceId: trace.id,
    spanId: trace.spanId('query', query.id),
    parentSpanId: trace.parentId(query.operation),
    name: query.kind.toUpperCase(),
    kind: KIND.client,
    ...timesWithin(trace.scope, query.offsetMs, query.durationMs),
    attributes: attributes({
      'db.system.name': trace.system,
      'db.query.text': query.sql,
      'db.query.summary': query.shape,
      'db.operation.name': query.kind.toUpperCase(),
      'db.response.returned_rows': query.kind === 'select' ? query.rows : null,
      ...parameterAttributes(query),
      ...codeAttributes(query.site),
    }),
    ...(query.error === null ? {} : { status: { code: 2, message: query.error } }),
  };
}

function timesWithin({ startedAtMs }: ScopeSummary, offsetMs: number, durationMs: number): Pick<OtlpSpan, 'startTimeUnixNano' | 'endTimeUnixNano'> {
  return { startTimeUnixNano: nanos(startedAtMs + offsetMs), endTimeUnixNano: nanos(startedAtMs + offsetMs + durationMs) };
}

function httpAttributes({ kind, name, path, status }: ScopeSummary): Record<string, AttributeValue | null> {
  const request = kind === 'http' ? /^([A-Z]+) (\/.*)$/.exec(name) : null;
  if (request === null) return {};
  return {
    'http.request.method': request[1] ?? null,
    'http.route': request[2] ?? null,
    'url.path': path?.split('?')[0] ?? null,
    'url.query': path?.split('?')[1] ?? null,
    'http.response.status_code': status,
  };
}

/** `db.query.parameter.<key>` is text whatever the value. */
function parameterAttributes({ parameters }: Query): Record<string, string> {
  return Object.fromEntries((parameters ?? []).map((value, index) => [`db.query.parameter.${index}`, textOf(value)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}

function codeAttributes(site: Site | null): Record<string, AttributeValue | null> {
  if (site === null) return {};
  return {
    'code.file.path': site.file,
    'code.line.number': site.line,
    'code.column.number': site.column,
    'code.function.name': site.function,
  };
}

function findingEvent(scope: ScopeSummary, finding: Finding): NonNullable<OtlpSpan['events']>[number] {
  const { kind, severity, entity, relation, count, message, parent, site } = finding;
  return {
    name: 'relation_lens.finding',
    timeUnixNano: nanos(scope.startedAtMs + scope.durationMs),
    attributes: attributes({
      'relation_lens.finding.kind': kind,
      'relation_lens.finding.severity': severity,
      'relation_lens.finding.message': message,
      'relation_lens.finding.count': count,
      'relation_lens.finding.parent_proven': parent?.proven ?? null,
      'relation_lens.entity': entity,
      'relation_lens.relation': relation,
      ...codeAttributes(site),
    }),
  };
}

/** Names of the registry of `db.system.name`. */
function systemOf(driver: string | undefined): string | null {
  if (driver === undefined) return null;
  if (/sqlite|sqljs|expo|capacitor|cordova|nativescript|react-native/.test(driver)) return 'sqlite';
  if (/postgres|cockroach/.test(driver)) return driver.startsWith('cockroach') ? 'cockroachdb' : 'postgresql';
  if (driver === 'mssql') return 'microsoft.sql_server';
  if (driver === 'oracle') return 'oracle.db';
  return driver.replace(/^aurora-/, '');
}

function attributes(values: Readonly<Record<string, AttributeValue | null>>): OtlpAttribute[] {
  return Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [{ key, value: valueOf(value) }]));
}

function valueOf(value: AttributeValue): OtlpValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map(valueOf) } };
}

/** Nanoseconds since the epoch do not fit into a number exactly: OTLP/JSON writes them as text. */
function nanos(epochMs: number): string {
  const whole = Math.floor(epochMs);
  return String(BigInt(whole) * 1_000_000n + BigInt(Math.round((epochMs - whole) * 1e6)));
}

/** An id that is the same for the same run: FNV-1a, as often as digits are wanted. */
function hex(text: string, digits: number): string {
  let id = '';
  for (let round = 0; id.length < digits; round++) {
    let hash = 0x811c9dc5;
    for (const char of `${round} ${text}`) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193) >>> 0;
    id += hash.toString(16).padStart(8, '0');
  }
  return id.slice(0, digits);
}
