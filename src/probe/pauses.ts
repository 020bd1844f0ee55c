/**
 * Pauses the app in its own code when something happens that the user wants to look at, as debuggers do at exceptions. Only where a
 * debugger is attached; once for each place and scope; the time that it takes is no time of the app's.
 */
import inspector from 'node:inspector';
import path from 'node:path';
import { PAUSE_ANNOUNCEMENT, PAUSE_LABELS, type PauseKind, type PauseOn } from '../protocol/pauses';
import { now } from './clock';
import { currentContext, type OperationState, type ScopeState } from './context';
import type * as PauseStatement from './pauseStatement';
import type { Recorder } from './recorder';

/** Calls that no loop makes by mistake. */
const NO_QUERY = /ransaction|initialize|synchronize|Migration|dropDatabase/;
const PLACES_KEPT = 10_000;

/** Of one scope: how often each place called, and the places that have paused. */
type Counts = Map<string, number>;

let on: PauseOn = {};
let isOn = false;
let counts = new WeakMap<ScopeState, Counts>();
let unattributed: Counts = new Map();
/** How many tests had begun when these were counted: what a hook does before each test is no loop. */
let testsBefore = 0;
/** Of our own; what was under way meanwhile has not taken as long as it seems. */
let lastPauseEnd = 0;

export function pauseOn(wanted: PauseOn): void {
  on = wanted;
  isOn = Object.keys(wanted).length > 0;
  counts = new WeakMap();
  unattributed = new Map();
}

/** To be called on the stack of the app's call, before TypeORM gets it. */
export function pauseAtCall(recorder: Recorder, operation: OperationState): void {
  if (!isOn || operation.site === 0 || NO_QUERY.test(operation.start.api)) return;
  const { api } = operation.start;
  if (on.lazyLoad !== undefined && api === 'lazy' && countOf(recorder, operation, 'lazyLoad') === 1) {
    pause(recorder, 'lazyLoad', operation.scope, `${whatIs(operation)} is loaded${scopeOf(operation)}`, null);
  }
  if (on.nPlusOne !== undefined && countOf(recorder, operation, 'nPlusOne') === Math.max(2, on.nPlusOne)) {
    const doing = api === 'lazy' ? 'is loaded' : 'is asked';
    pause(
      recorder,
      'nPlusOne',
      operation.scope,
      `${whatIs(operation)} ${doing} here for the ${ordinal(Math.max(2, on.nPlusOne))} time${scopeOf(operation)}`,
      null,
    );
  }
}

/** To be called when a query is over. The app's line awaits it: debuggers show it behind the await. */
export function pauseAfterQuery(recorder: Recorder, operation: OperationState, sql: string, ms: number, error: string | null): void {
  if (!isOn) return;
  if (error !== null && on.failedQuery !== undefined && countOf(recorder, operation, 'failedQuery') === 1) {
    pause(recorder, 'failedQuery', operation.scope, `${error}${scopeOf(operation)}`, sql);
  }
  if (on.slowQuery !== undefined && ms >= on.slowQuery && now() - ms >= lastPauseEnd && countOf(recorder, operation, 'slowQuery') === 1) {
    pause(recorder, 'slowQuery', operation.scope, `${Math.round(ms)} ms${scopeOf(operation)}`, sql);
  }
}

/** To be called on the stack of the read. */
export function pauseAtUnloadedRead(recorder: Recorder, entity: string, relation: string): void {
  if (on.unloadedRead !== undefined)
    pause(recorder, 'unloadedRead', currentContext()?.scope ?? null, `${entity}.${relation} is read, but was not loaded`, null);
}

function countOf(recorder: Recorder, operation: OperationState, kind: PauseKind): number {
  const { scope, site, start } = operation;
  if (!scope && testsBefore !== recorder.tests) {
    testsBefore = recorder.tests;
    unattributed = new Map();
  }
  const ofScope = scope ? (counts.get(scope) ?? new Map<string, number>()) : unattributed;
  if (scope) counts.set(scope, ofScope);
  const key = `${kind} ${site} ${start.api} ${start.entity} ${start.relation}`;
  const count = (ofScope.get(key) ?? 0) + 1;
  if (count > 1 || ofScope.size < PLACES_KEPT) ofScope.set(key, count);
  return count;
}

function pause(recorder: Recorder, kind: PauseKind, scope: ScopeState | null, what: string, sql: string | null): void {
  // Nobody would ever let the app go on.
  if (inspector.url() === undefined) return;
  const message = `${PAUSE_LABELS[kind]}: ${what}`;
  recorder.detail({ e: 'pause', kind, message, sql, scope: scope?.id ?? 0 });
  recorder.flush();
  announce(sql === null ? message : `${message}\n${sql}`);
  const from = now();
  statement()?.pauseHere(message);
  lastPauseEnd = now();
  recorder.define({ e: 'stoodStill', from, to: lastPauseEnd });
}

/** On the console of the debugger alone: the app's own output stays as it is. */
function announce(message: string): void {
  (inspector.console as Partial<Console> | undefined)?.debug?.(PAUSE_ANNOUNCEMENT + message);
}

/** Undefined where the file does not lie beside the probe's. */
function statement(): typeof PauseStatement | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(path.join(__dirname, 'pause.js')) as typeof PauseStatement;
  } catch {
    return undefined;
  }
}

function whatIs({ start: { api, entity, relation } }: OperationState): string {
  if (api === 'lazy') return `${entity}.${relation}`;
  return entity === null ? api : `${api} of ${entity}`;
}

/** `2nd`, `11th`, `23rd`. */
function ordinal(count: number): string {
  const ending = Math.floor(count / 10) % 10 === 1 ? undefined : ['st', 'nd', 'rd'][(count % 10) - 1];
  return `${count}${ending ?? 'th'}`;
}

function scopeOf({ scope }: OperationState): string {
  return scope ? ` in ${scope.name}` : '';
}
