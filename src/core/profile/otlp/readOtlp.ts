/**
 * A trace of any OpenTelemetry setup as probe events, so that the detectors judge it like a run of our own: entry spans (server, consumer) are
 * scopes, spans with SQL are queries, TypeORM's own are the operations around them. Both generations of attribute names are read
 * (https://opentelemetry.io/docs/specs/semconv/database/database-spans/). What a trace cannot tell stays unknown: the values in a query's
 * result, and mostly its parameters, so a parent is a guess where the statement's text does not hold the keys.
 */
import type { ProbeEvent } from '../../../protocol/probe';
import { groupBy } from '../../model/groupBy';
import { counted } from '../detect/words';
import { standInsFor } from './missingSpans';
import { type SpanRoles, spanRoles } from './spanRoles';
import { firstOf, textOf, type TraceSpan } from './traceSpans';

export interface TraceEvents {
  /** One process for each service (and instance) that sent SQL, with its events in order of time. */
  readonly processes: ReadonlyMap<string, readonly ProbeEvent[]>;
  /** Why there is less in it than there could be, in sentences. */
  readonly notices: readonly string[];
  readonly startedAtMs: number;
}

export function readTrace(told: readonly TraceSpan[]): TraceEvents {
  const standIns = standInsFor(told);
  const spans = [...told, ...standIns];
  const roles = spanRoles(spans);
  const processes = new Map<string, readonly ProbeEvent[]>();
  for (const [service, own] of groupBy(spans, (span) => span.service)) {
    if (own.some((span) => roles.queries.has(span))) processes.set(service, new ServiceReader(own, roles).events());
  }
  const startedAtMs = spans.reduce((earliest, { startMs }) => Math.min(earliest, startMs), Infinity);
  return { processes, notices: noticesOf(roles, standIns), startedAtMs: Number.isFinite(startedAtMs) ? startedAtMs : 0 };
}

function noticesOf({ queries, operations, scopeOf }: SpanRoles, standIns: readonly TraceSpan[]): string[] {
  const scopes = new Set(standIns.length > 0 ? [...queries].map(scopeOf) : []);
  const missing = standIns.filter((standIn) => scopes.has(standIn)).length;
  if (missing > 0) {
    return [
      `The file lacks ${counted(missing, 'span')} that queries are in (sampled away, or sent later): what one of them did is shown together, mostly without the request's name.`,
    ];
  }
  if (queries.size > 0) return [];
  const seen = operations.size > 0 ? `The trace has ${counted(operations.size, 'call')} of TypeORM, but no SQL` : 'The trace has no spans with SQL';
  return [`${seen}: enable the instrumentation of the database driver (for PostgreSQL: @opentelemetry/instrumentation-pg).`];
}

interface TimedEvent {
  readonly at: number;
  readonly event: ProbeEvent;
}

/** Reads the spans of one service. */
class ServiceReader {
  private readonly ids = new Map<TraceSpan, number>();
  private readonly sites = new Map<string, number>();
  private readonly timed: TimedEvent[] = [];

  constructor(
    private readonly spans: readonly TraceSpan[],
    private readonly roles: SpanRoles,
  ) {
    for (const span of spans) this.ids.set(span, this.ids.size + 1);
  }

  events(): ProbeEvent[] {
    const scopes = new Set<TraceSpan>();
    for (const span of this.spans) {
      if (!this.roles.queries.has(span) && !this.roles.operations.has(span)) continue;
      const scope = this.roles.scopeOf(span);
      if (scope !== null) scopes.add(scope);
      if (this.roles.queries.has(span)) this.query(span, scope);
      else this.operation(span, scope);
    }
    for (const scope of scopes) this.scope(scope);
    // Stable: what was noted first goes first where times are equal, and an end follows what began before it.
    return this.timed.sort((a, b) => a.at - b.at || rankOf(a.event) - rankOf(b.event)).map(({ event }) => event);
  }

  private idOf(span: TraceSpan | null): number {
    return span === null ? 0 : (this.ids.get(span) ?? 0);
  }

  private scope(span: TraceSpan): void {
    const id = this.idOf(span);
    const { kind, name, path, status } = this.roles.describeScope(span);
    this.note(span.startMs, { e: 'scope', id, kind, name, path, t: span.startMs });
    this.note(span.endMs, { e: 'scopeEnd', id, t: span.endMs, status, responseHash: null });
  }

  private operation(span: TraceSpan, scope: TraceSpan | null): void {
    const id = this.idOf(span);
    const api = firstOf(span, 'relation_lens.api') || apiOf(firstOf(span, 'db.operation.name', 'db.operation') || span.name);
    const entity = firstOf(span, 'relation_lens.entity', 'db.collection.name', 'db.sql.table') || null;
    const relation = firstOf(span, 'relation_lens.relation') || null;
    const parent = this.idOf(this.roles.operationAround(span));
    this.note(span.startMs, {
      e: 'op',
      id,
      scope: this.idOf(scope),
      parent,
      api,
      entity,
      relation,
      site: this.site(span),
      source: 0,
      t: span.startMs,
    });
    const entities = Number(span.attributes.get('relation_lens.entities') ?? 0);
    this.note(span.endMs, { e: 'opEnd', id, t: span.endMs, entities, roots: entities, error: span.error });
  }

  private query(span: TraceSpan, scope: TraceSpan | null): void {
    const params = parametersOf(span);
    this.note(span.startMs, {
      e: 'query',
      id: this.idOf(span),
      op: this.idOf(this.roles.operationAround(span)),
      scope: this.idOf(scope),
      source: 0,
      sql: firstOf(span, 'db.query.text', 'db.statement'),
      ...(params === null ? {} : { params }),
      site: this.site(span),
      t: span.startMs,
      ms: span.endMs - span.startMs,
      rows: Number(span.attributes.get('db.response.returned_rows') ?? 0),
      error: span.error,
    });
  }

  /** The place in the code, where the span (or one around it) names it. */
  private site(span: TraceSpan): number {
    const frames = this.roles.placesOf(span);
    if (frames.length === 0) return 0;
    const key = JSON.stringify(frames);
    const known = this.sites.get(key);
    if (known !== undefined) return known;
    const id = this.sites.size + 1;
    this.sites.set(key, id);
    this.note(-Infinity, { e: 'site', id, frames });
    return id;
  }

  private note(at: number, event: ProbeEvent): void {
    this.timed.push({ at, event });
  }
}

const ORDER = ['site', 'scope', 'op', 'query', 'opEnd', 'scopeEnd'];

function rankOf({ e }: ProbeEvent): number {
  return ORDER.indexOf(e);
}

/** TypeORM's instrumentation names the method alone. */
function apiOf(operation: string): string {
  if (operation === 'raw query') return 'DataSource.query';
  return /^(save|remove|softRemove|recover|insert|update|delete|softDelete|restore|count|find\w*|increment|decrement)$/.test(operation)
    ? `EntityManager.${operation}`
    : operation;
}

/** In order of their names: `db.query.parameter.0`; or the one list of instrumentation-pg's enhanced reporting. */
function parametersOf({ attributes }: TraceSpan): readonly unknown[] | null {
  const list = attributes.get('db.postgresql.values');
  if (Array.isArray(list)) return list.map(String);
  const named = [...attributes].flatMap(([key, value]) => {
    const name = /^db\.(?:query|operation)\.parameter\.(.+)$/.exec(key)?.[1];
    return name === undefined ? [] : [{ name, value: textOf(value) }];
  });
  if (named.length === 0) return null;
  return named.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true })).map(({ value }) => value);
}
