/** Scopes that the app opens by hand. */
import { currentContext, runInContext, type ScopeState } from './context';
import type { Recorder } from './recorder';

export function runScope<T>(recorder: Recorder, name: string, run: () => T): T {
  if (!recorder.active) return run();
  const scope = recorder.startScope('custom', name, null);
  const context = currentContext();
  let answer: T;
  try {
    answer = runInContext({ scope, operation: null, parent: context?.operation ?? context?.parent ?? null }, run);
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
