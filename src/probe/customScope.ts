/** Scopes around a function: opened by the app by hand, around a job, around a GraphQL operation. */
import { types } from 'node:util';
import { currentContext, runInContext, type ProbeContext, type ScopeFacts, type ScopeState } from './context';
import type { Recorder } from './recorder';

/**
 * Runs `run` in a scope of its own, ended when its promise settles; passes its answer or error on.
 * @param hashOf what of the answer stands for the response, to be compared with the next run's
 * @param facts what else is known of the scope
 * @param goesOn true where the answer's work is still to come; then it ends the scope by calling `end`
 */
export function runScope<T>(
  recorder: Recorder,
  kind: ScopeState['kind'],
  name: string,
  run: () => T,
  hashOf: (answer: unknown) => string | null = () => null,
  goesOn: (answer: unknown, inside: ProbeContext, end: () => void) => boolean = () => false,
  facts: ScopeFacts = {},
): T {
  if (!recorder.active) return run();
  const context = currentContext();
  const scope = recorder.startScope(kind, name, null, kind === 'graphql' ? { ...facts, within: context?.scope?.id } : facts);
  const inside: ProbeContext = { scope, operation: null, parent: context?.operation ?? context?.parent ?? null };
  let answer: T;
  try {
    answer = runInContext(inside, run);
  } catch (error) {
    recorder.endScope(scope, null, null);
    throw error;
  }
  const end = (value: unknown): void => {
    if (goesOn(value, inside, () => recorder.endScope(scope, null, null))) return;
    recorder.beforeHandBack?.(scope, value, context?.scope ?? null);
    recorder.endScope(scope, null, hashOf(value));
  };
  if (!types.isPromise(answer)) {
    end(answer);
    return answer;
  }
  return answer.then(
    (value) => {
      end(value);
      return value;
    },
    (error: unknown) => {
      recorder.endScope(scope, null, null);
      throw error;
    },
  ) as T;
}
