/** A scope for every step of Cucumber's scenarios: five that each ask for a row are no loop. What hooks query is no step's. */
import { currentContext, leaveContext, setContext, type ScopeState } from './context';
import { patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

interface Steps {
  /** Runner of a scenario → the scope of the step that runs. */
  readonly running: WeakMap<object, ScopeState>;
  /** Runner of a scenario → the step that has asked for something last: later ones go on from it. */
  readonly asked: WeakMap<object, ScopeState>;
}

/** @param module exports of @cucumber/cucumber/lib/runtime/test_case_runner */
export function hookCucumber(recorder: Recorder, module: unknown): void {
  const Runner = propertyOf(module, 'default');
  if (typeof Runner !== 'function') return;
  const steps: Steps = { running: new WeakMap(), asked: new WeakMap() };
  patchMethod(
    Runner.prototype as object,
    'invokeStep',
    (original) =>
      function (this: unknown, ...args) {
        // Hooks are steps that the scenario does not name.
        enter(recorder, steps, this as object, args[0]);
        return original.apply(this, args);
      },
  );
  patchMethod(
    Runner.prototype as object,
    'runAttempt',
    (original) =>
      function (this: unknown, ...args) {
        const before = currentContext();
        // A scenario that is tried again begins anew.
        steps.asked.delete(this as object);
        const answer = original.apply(this, args);
        leaveContext(before);
        return answer instanceof Promise ? answer.finally(() => leave(recorder, steps, this as object)) : answer;
      },
  );
}

/** Runs within the runner's own async function, whose context it sets until the next step. @param step undefined for a hook */
function enter(recorder: Recorder, steps: Steps, runner: object, step: unknown): void {
  try {
    leave(recorder, steps, runner);
    if (!recorder.active) return;
    if (!step) return setContext({ scope: null, operation: null, parent: null });
    const scope = recorder.expectScope('test', nameOf(runner, step), null, { follows: steps.asked.get(runner)?.id });
    steps.running.set(runner, scope);
    setContext({ scope, operation: null, parent: null });
  } catch (error) {
    recorder.fault('a scenario of Cucumber', error);
  }
}

/** Of a step that has asked for nothing, nothing is told. */
function leave(recorder: Recorder, { running, asked }: Steps, runner: object): void {
  const scope = running.get(runner);
  running.delete(runner);
  if (!scope || scope.unbegun) return;
  asked.set(runner, scope);
  recorder.endScope(scope, null, null, scope.lastSeen);
}

/** `features/shop.feature › Shop › Buying › two books are in the basket`. */
function nameOf(runner: object, step: unknown): string {
  const pickle = propertyOf(runner, 'pickle');
  const feature = propertyOf(propertyOf(propertyOf(runner, 'gherkinDocument'), 'feature'), 'name');
  const names = [propertyOf(pickle, 'uri'), feature, propertyOf(pickle, 'name'), propertyOf(step, 'text')];
  return names.filter((name) => typeof name === 'string' && name !== '').join(' › ');
}
