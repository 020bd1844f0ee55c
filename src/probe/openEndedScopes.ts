/**
 * Scopes that nobody tells the end of: a message of a socket is handed to listeners, whose promises nobody awaits. They begin with the first call in
 * them, for most messages ask the database nothing, and are over when they have been silent for a while, at the last thing they did.
 */
import { now } from './clock';
import { currentContext, runInContext, type ScopeState } from './context';
import type { Recorder } from './recorder';

/** No timeout of a database is shorter by default; a later call would count as work after the message. */
const SILENCE_MS = 5_000;

const open = new Set<ScopeState>();
let sweep: NodeJS.Timeout | undefined;

/** Runs `run` in a scope of its own; within another of these that has not begun, under the name that says more. */
export function runOpenEnded<T>(recorder: Recorder, name: string, run: () => T): T {
  if (!recorder.active) return run();
  const outer = currentContext()?.scope;
  if (outer && open.has(outer) && outer.unbegun) {
    recorder.renameScope(outer, name);
    return run();
  }
  const scope = recorder.expectScope('job', name);
  open.add(scope);
  sweep ??= setTimeout(sweepOpen, SILENCE_MS, recorder).unref();
  return runInContext({ scope, operation: null, parent: null }, run);
}

/** @param silentSince ends those that have done nothing since then, in milliseconds of the process's clock */
export function endOpenScopes(recorder: Recorder, silentSince = Infinity): void {
  for (const scope of open) {
    if (scope.lastSeen > silentSince) continue;
    open.delete(scope);
    if (!scope.unbegun) recorder.endScope(scope, null, null, scope.lastSeen);
  }
}

function sweepOpen(recorder: Recorder): void {
  sweep = undefined;
  if (!recorder.active) return open.clear();
  endOpenScopes(recorder, now() - SILENCE_MS);
  if (open.size > 0) sweep = setTimeout(sweepOpen, SILENCE_MS, recorder).unref();
}
