/** The probe's compact lines (protocol/probe.ts) → the events that they stand for. */
import type { OperationEndEvent, OperationStartEvent, QueryEvent } from '../protocol/probe';
import type { CompactEnd, CompactLine, CompactQuery, CompactStart } from '../protocol/probeCompact';

export type CallEvent = OperationStartEvent | QueryEvent | OperationEndEvent;

const START_LENGTH = 11;

/** @param line a parsed line; one that is no compact line of ours gives no events */
export function expandLine(line: readonly unknown[]): readonly CallEvent[] {
  const [tag, ...fields] = line as CompactLine;
  switch (tag) {
    case 'o':
      return [startEvent(fields as unknown as CompactStart)];
    case 'q': {
      const [op, scope, source, site, ...query] = fields as unknown as [number, number, number, number, ...CompactQuery];
      return [queryEvent({ op, scope, source, site }, query)];
    }
    case 'e': {
      const [op, ...end] = fields as unknown as [number, ...CompactEnd];
      return [endEvent(op, end)];
    }
    case 'c':
      return callEvents(fields);
    default:
      return [];
  }
}

function callEvents(fields: readonly unknown[]): CallEvent[] {
  const start = startEvent(fields.slice(0, START_LENGTH) as unknown as CompactStart);
  const [end, ...queries] = fields.slice(START_LENGTH) as unknown as [CompactEnd, ...CompactQuery[]];
  const { id: op, scope, source, site } = start;
  return [start, ...queries.map((query) => queryEvent({ op, scope, source, site }, query)), endEvent(op, end)];
}

function startEvent([id, scope, parent, api, entity, relation, site, source, t, ownerOperation, ownerKey]: CompactStart): OperationStartEvent {
  return {
    e: 'op',
    id,
    scope,
    parent,
    api,
    entity,
    relation,
    site,
    source,
    t: milliseconds(t),
    ...(ownerOperation < 0 ? {} : { ownerOperation }),
    ...(ownerKey === null ? {} : { ownerKey }),
  };
}

function queryEvent(
  of: Pick<QueryEvent, 'op' | 'scope' | 'source' | 'site'>,
  [id, sql, params, t, duration, rows, error, values, wait = 0, target]: CompactQuery,
): QueryEvent {
  return {
    e: 'query',
    id,
    ...of,
    sql,
    ...(params === null ? {} : { params }),
    t: milliseconds(t),
    ms: milliseconds(duration),
    ...(wait > 0 ? { waitMs: milliseconds(wait) } : {}),
    ...(target ? { target } : {}),
    rows,
    error,
    ...(values ? { values } : {}),
  };
}

function endEvent(id: number, [t, entities, roots, error]: CompactEnd): OperationEndEvent {
  return { e: 'opEnd', id, t: milliseconds(t), entities, roots, error };
}

function milliseconds(microseconds: number): number {
  return microseconds / 1000;
}
