/** A scope for every scenario of Cucumber: what its steps query. What hooks query is not the scenario's. */
import { currentContext, leaveContext, setContext, type ScopeState } from './context';
import { patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** Runner of a scenario → its scope, from its first step on. */
type Running = WeakMap<object, ScopeState>;

/** @param module exports of @cucumber/cucumber/lib/runtime/test_case_runner */
export function hookCucumber(recorder: Recorder, module: unknown): void {
  const Runner = propertyOf(module, 'default');
  if (typeof Runner !== 'function') return;
  const running: Running = new WeakMap();
  patchMethod(
    Runner.prototype as object,
    'invokeStep',
    (original) =>
      function (this: unknown, ...args) {
        // Hooks are steps that the scenario does not name.
        enter(recorder, running, this as object, Boolean(args[0]));
        return original.apply(this, args);
      },
  );
  patchMethod(
    Runner.prototype as object,
    'runAttempt',
    (original) =>
      function (this: unknown, ...args) {
        const before = currentContext();
        const answer = original.apply(this, args);
        leaveContext(before);
        return answer instanceof Promise ? answer.finally(() => leave(recorder, running, this as object)) : answer;
      },
  );
}

/** Runs within the runner's own async function, whose context it sets until the next step. */
function enter(recorder: Recorder, running: Running, runner: object, isStep: boolean): void {
  try {
    if (!recorder.active) return;
    if (!isStep) return setContext({ scope: null, operation: null, parent: null });
    let scope = running.get(runner);
    if (!scope) running.set(runner, (scope = recorder.startScope('test', nameOf(runner), null)));
    setContext({ scope, operation: null, parent: null });
  } catch (error) {
    recorder.fault('a scenario of Cucumber', error);
  }
}

function leave(recorder: Recorder, running: Running, runner: object): void {
  const scope = running.get(runner);
  running.delete(runner);
  if (scope) recorder.endScope(scope, null, null, scope.lastSeen);
}

/** `features/shop.feature › Shop › Buying`. */
function nameOf(runner: object): string {
  const pickle = propertyOf(runner, 'pickle');
  const feature = propertyOf(propertyOf(propertyOf(runner, 'gherkinDocument'), 'feature'), 'name');
  return [propertyOf(pickle, 'uri'), feature, propertyOf(pickle, 'name')].filter((name) => typeof name === 'string' && name !== '').join(' › ');
}
