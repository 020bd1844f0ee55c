/** OTLP's spans, flattened and in terms that the rest of the room reads. */
import type { AttributeValue, OtlpAttribute, OtlpResourceSpans, OtlpSpan, OtlpTraces, OtlpValue } from './otlpTypes';

export interface TraceSpan {
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly service: string;
  /** The instrumentation that made it, e.g. `@opentelemetry/instrumentation-pg`. */
  readonly library: string;
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly error: string | null;
}

/** The traces in a parsed JSON document, as exporters write them or as Tempo's API answers; null where there are none. */
export function tracesIn(document: unknown): OtlpTraces | null {
  if (typeof document !== 'object' || document === null) return null;
  const { resourceSpans, batches, trace } = document as { resourceSpans?: unknown; batches?: unknown; trace?: unknown };
  const list = resourceSpans ?? batches;
  return Array.isArray(list) ? { resourceSpans: list as OtlpResourceSpans[] } : tracesIn(trace);
}

/** All spans of a document. Ids are unique over traces: the trace's id is in them. What is no span is passed over. */
export function readSpans({ resourceSpans = [] }: OtlpTraces): TraceSpan[] {
  return present(resourceSpans).flatMap(spansOfResource);
}

/** Lists come from outside, and may be anything. */
function present<T>(list: readonly (T | null)[] | null | undefined): T[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'object' && each !== null) : [];
}

function spansOfResource({ resource, scopeSpans, instrumentationLibrarySpans }: OtlpResourceSpans): TraceSpan[] {
  const about = readAttributes(resource?.attributes);
  const instance = about.get('service.instance.id') ?? about.get('process.pid') ?? '';
  const service = `${textOf(about.get('service.name')) || 'service'}${instance === '' ? '' : ` ${textOf(instance)}`}`;
  return present(scopeSpans ?? instrumentationLibrarySpans).flatMap(({ scope, instrumentationLibrary, spans }) =>
    present(spans).map((span) => readSpan(span, service, scope?.name ?? instrumentationLibrary?.name ?? '')),
  );
}

/** The id of the trace that it is of, which its own begins with. */
export function traceOf({ id }: TraceSpan): string {
  return id.slice(0, id.indexOf(' '));
}

function readSpan(span: OtlpSpan, service: string, library: string): TraceSpan {
  const failed = span.status?.code === 2 || span.status?.code === 'STATUS_CODE_ERROR';
  return {
    id: `${span.traceId} ${span.spanId}`,
    parentId: span.parentSpanId ? `${span.traceId} ${span.parentSpanId}` : '',
    name: span.name,
    kind: kindOf(span.kind),
    service,
    library,
    startMs: millis(span.startTimeUnixNano),
    endMs: millis(span.endTimeUnixNano),
    attributes: readAttributes(span.attributes),
    error: failed ? span.status?.message || 'failed' : null,
  };
}

const KINDS = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

function kindOf(kind: number | string | undefined): TraceSpan['kind'] {
  if (typeof kind === 'string') return KINDS.find((name) => kind.toLowerCase().endsWith(name)) ?? 'internal';
  return KINDS[kind ?? 1] ?? 'internal';
}

function millis(nanos: string | number): number {
  return Number(nanos) / 1e6;
}

function readAttributes(list: readonly OtlpAttribute[] | undefined): Map<string, AttributeValue> {
  return new Map(present(list).map(({ key, value }) => [key, readValue(value)]));
}

function readValue(value: OtlpValue | null | undefined): AttributeValue {
  if (value === undefined || value === null) return '';
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.arrayValue !== undefined) return present(value.arrayValue.values).map(readValue);
  return value.stringValue ?? value.doubleValue ?? value.boolValue ?? '';
}

export function textOf(value: AttributeValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The first of some attributes that is there, as text; empty where none is. */
export function firstOf({ attributes }: TraceSpan, ...names: readonly string[]): string {
  for (const name of names) {
    const value = textOf(attributes.get(name));
    if (value !== '') return value;
  }
  return '';
}
