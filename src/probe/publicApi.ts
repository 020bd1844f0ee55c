/** What an app may say to the probe by itself: `globalThis[Symbol.for('relation-lens')]?.scope('import books', run)`. */
import { currentContext, runInContext, type ScopeState } from './context';
import type { Recorder } from './recorder';

export interface RelationLensApi {
  /** Runs `run` in a scope of its own, ended when its promise settles; passes its answer or error on. */
  scope<T>(name: string, run: () => T): T;
}

const apiKey = Symbol.for('relation-lens');

export function publishScopes(recorder: Recorder): void {
  const api: RelationLensApi = { scope: (name, run) => runScope(recorder, String(name), run) };
  Object.defineProperty(globalThis, apiKey, { value: api, configurable: true, enumerable: false, writable: true });
}

function runScope<T>(recorder: Recorder, name: string, run: () => T): T {
  const scope = recorder.startScope('custom', name, null);
  const parent = currentContext()?.operation ?? null;
  let answer: T;
  try {
    answer = runInContext({ scope, operation: null, parent }, run);
  } catch (error) {
    end(recorder, scope);
    throw error;
  }
  if (!(answer instanceof Promise)) {
    end(recorder, scope);
    return answer;
  }
  return answer.finally(() => end(recorder, scope)) as T;
}

function end(recorder: Recorder, scope: ScopeState): void {
  recorder.endScope(scope, null, null);
}
