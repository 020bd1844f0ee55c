import { isWriteApi } from './detect/apis';
import {
  bounds,
  type Call,
  type CallPattern,
  type CallStack,
  type GroupRecord,
  type OperationRecord,
  type QueryRecord,
  type ScopeEvidence,
  type ScopeRecord,
  type Tally,
} from './evidence';
import type { MetadataIndex } from './metadataIndex';

/** Key-like values by result column. */
type QueryValues = Readonly<Record<string, readonly (string | number)[]>>;

/** Adds a query to everything that counts it: its scope, operations, call and pattern, and its group, which it answers with (null where there are too many). */
export function noteQuery(scope: ScopeRecord, query: QueryRecord, call: Call, values: QueryValues | null): GroupRecord | null {
  count(scope, query);
  scope.waitMs += query.waitMs;
  scope.lastMs = Math.max(scope.lastMs, query.startMs + query.durationMs);
  call.endMs = Math.max(call.endMs, query.startMs + query.durationMs);
  noteInOperations(query, call);
  if (scope.evidence !== null) noteInEvidence(scope.evidence, query, call, values);
  return noteInGroup(scope, query);
}

/** Rows of a stream's query, which come while the app goes through them. */
export function noteStreamed({ call, scope }: OperationRecord, values: QueryValues): void {
  const query = call.queries.at(-1);
  if (query && scope.evidence !== null) noteResult(scope.evidence, query, call, values);
}

function isWrite({ kind }: QueryRecord): boolean {
  return kind === 'insert' || kind === 'update' || kind === 'delete';
}

function count(tally: Tally, query: QueryRecord): void {
  tally.count++;
  tally.rows += query.rows;
  tally.dbTimeMs += query.durationMs;
}

function noteInGroup(scope: ScopeRecord, query: QueryRecord): GroupRecord | null {
  const key = `${query.shapeId}|${query.stack?.id ?? 0}`;
  let group = scope.groups.get(key);
  if (group === undefined) {
    // A scope with endless different shapes keeps its totals, not its groups.
    if (scope.groups.size >= bounds.detailsPerScope) return null;
    group = {
      shapeId: query.shapeId,
      shape: query.shape,
      kind: query.kind,
      stack: query.stack,
      count: 0,
      rows: 0,
      dbTimeMs: 0,
      queryIds: [],
      slowestMs: 0,
      slowestRows: 0,
      longestWaitMs: 0,
      entity: query.operation?.entity ?? null,
      source: query.source,
    };
    scope.groups.set(key, group);
  }
  count(group, query);
  group.longestWaitMs = Math.max(group.longestWaitMs, query.waitMs);
  if (query.durationMs > group.slowestMs) {
    group.slowestMs = query.durationMs;
    group.slowestRows = query.rows;
  }
  return group;
}

function noteInOperations(query: QueryRecord, call: Call): void {
  for (let operation = query.operation; operation !== null && operation.call === call; operation = operation.parent) {
    operation.queryCount++;
    operation.rawRows += query.rows;
    operation.dbTimeMs += query.durationMs;
  }
}

function noteInEvidence(evidence: ScopeEvidence, query: QueryRecord, call: Call, values: QueryValues | null): void {
  if (query.kind === 'transaction') {
    if (evidence.transactions.length < bounds.samplesPerScope) evidence.transactions.push(query);
    return;
  }
  if (query.housekeeping) return noteHousekeeping(evidence, query, call);
  if (query.kind === 'ddl') return;
  if (isWrite(query) && evidence.writes.length < bounds.samplesPerScope) evidence.writes.push(query);
  noteInPattern(evidence, query, call);
  if (!call.isSampled) return;
  noteInCall(query, call);
  if (values !== null) noteResult(evidence, query, call, values);
}

function noteResult({ results }: ScopeEvidence, query: QueryRecord, call: Call, values: QueryValues): void {
  if (results.length >= bounds.samplesPerScope) return;
  results.push({ query, call, values: new Map(Object.entries(values).map(([column, list]) => [column, list.map(String)])) });
}

/** What comes before the first statement of the user's is added when the call joins its pattern, which it may never do. */
function noteHousekeeping(evidence: ScopeEvidence, { source }: QueryRecord, call: Call): void {
  call.housekeeping++;
  if (call.pattern) call.pattern.housekeeping++;
  else noteAnswered(evidence, placeOfCall(asked(call, source)), 1);
}

function noteAnswered({ answeredByCache }: ScopeEvidence, place: string, statements: number): void {
  const sum = (answeredByCache.get(place) ?? 0) + statements;
  if (answeredByCache.has(place) || answeredByCache.size < bounds.samplesPerScope) answeredByCache.set(place, sum);
}

function noteInCall(query: QueryRecord, call: Call): void {
  if (call.queries.length < bounds.queriesPerCall) call.queries.push(query);
  let tally = call.shapes.get(query.shapeId);
  if (tally === undefined) {
    if (call.shapes.size >= bounds.shapesPerCall) return;
    tally = { shape: query.shape, kind: query.kind, first: query, last: query, count: 0, rows: 0, dbTimeMs: 0 };
    call.shapes.set(query.shapeId, tally);
  }
  tally.last = query;
  count(tally, query);
}

function noteInPattern(evidence: ScopeEvidence, query: QueryRecord, call: Call): void {
  const pattern = (call.pattern ??= joinPattern(evidence, query, call));
  count(pattern, query);
  if (isWrite(query)) pattern.writes++;
}

function joinPattern(evidence: ScopeEvidence, query: QueryRecord, call: Call): CallPattern {
  const { operation } = call;
  const what = asked(call, query.source);
  const { api } = what;
  const place = placeOfCall(what);
  if (call.housekeeping > 0) noteAnswered(evidence, place, -call.housekeeping);
  // A lazy load differs in SQL by subclass, a save by what it finds; other calls are told apart by what they ask.
  const sameWhateverSql = api === 'lazy' || (Boolean(operation?.entity) && (isWrite(query) || isWriteApi(api)));
  const base = `${place}\n${sameWhateverSql ? '' : query.shapeId}`;
  const key = `${base}\n${call.stack?.id ?? 0}`;
  let pattern = evidence.patterns.get(key);
  if (pattern === undefined) {
    pattern = {
      key,
      base,
      ...what,
      order: evidence.patterns.size,
      calls: 0,
      housekeeping: 0,
      writes: 0,
      count: 0,
      rows: 0,
      dbTimeMs: 0,
      samples: [],
    };
    if (evidence.patterns.size < bounds.samplesPerScope) evidence.patterns.set(key, pattern);
  }
  pattern.calls++;
  pattern.housekeeping += call.housekeeping;
  if (pattern.samples.length < bounds.samplesPerPattern && evidence.calls.length < bounds.samplesPerScope) {
    call.isSampled = true;
    pattern.samples.push(call);
    evidence.calls.push(call);
  }
  return pattern;
}

type Asked = Pick<CallPattern, 'api' | 'entity' | 'relation' | 'source' | 'stack'>;

function asked({ operation, stack }: Call, source: MetadataIndex | null): Asked {
  return { api: operation?.api ?? 'query', entity: operation?.entity ?? null, relation: operation?.relation ?? null, source, stack };
}

/** The same for calls of the same API for the same thing from the same place, whatever SQL they come to. */
export function placeOfCall({ api, entity, relation, source, stack }: Asked): string {
  return [api, entity, relation, source?.event.source, placeOf(stack)].join('\n');
}

function placeOf(stack: CallStack | null): string {
  return stack === null ? '' : `${stack.site.file}:${stack.site.line}:${stack.site.column}`;
}
