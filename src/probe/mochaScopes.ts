/**
 * A scope for every test of Mocha. Its runner tells of a test, and of each hook around it, in the moment before it calls them and the moment after: that is
 * where contexts change, so that no frame of ours stands in the stack of a failing test. What hooks query is not the test's.
 */
import path from 'node:path';
import { setContext, type ScopeState } from './context';
import { patchMethod } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

interface MochaSuite {
  readonly title: string;
  readonly parent?: MochaSuite;
}

interface MochaTest extends MochaSuite {
  readonly file?: string;
}

/** What is told when a test is over; of one whose hook has failed nothing but the end of its suite. */
const ends: readonly unknown[] = ['test end', 'retry', 'suite end'];

/** Runner → the scope of its test. Tests of one runner run one after the other. */
type Running = WeakMap<object, ScopeState>;

/** @param module exports of mocha/lib/runner: the class, or what holds it */
export function hookMocha(recorder: Recorder, module: unknown): void {
  const Runner: unknown = propertyOf(module, 'Runner') ?? module;
  if (typeof Runner !== 'function') return;
  const running: Running = new WeakMap();
  patchMethod(
    Runner.prototype as object,
    'emit',
    (original) =>
      function (this: unknown, ...args) {
        const answer = original.apply(this, args);
        try {
          see(recorder, running, this as object, args);
        } catch (error) {
          recorder.fault('a test of Mocha', error);
        }
        return answer;
      },
  );
}

function see(recorder: Recorder, running: Running, runner: object, [event, of]: readonly unknown[]): void {
  if (!recorder.active) return;
  const scope = running.get(runner);
  if (event === 'hook') enter(undefined);
  else if (event === 'hook end') {
    // What hooks before it took is no time of the test's.
    if (scope) recorder.restart(scope);
    enter(scope);
  } else if (event === 'test' || ends.includes(event)) {
    if (scope) recorder.endScope(scope, null, null);
    running.delete(runner);
    enter(event === 'test' ? start(recorder, running, runner, of as MochaTest) : undefined);
  }
}

function start(recorder: Recorder, running: Running, runner: object, test: MochaTest): ScopeState {
  const scope = recorder.expectScope('test', nameOf(test));
  running.set(runner, scope);
  return scope;
}

function enter(scope: ScopeState | undefined): void {
  setContext(scope && { scope, operation: null, parent: null });
}

function nameOf({ file, title, parent }: MochaTest): string {
  const names = [title];
  // The outermost suite has no title.
  for (let suite = parent; suite; suite = suite.parent) if (suite.title !== '') names.unshift(suite.title);
  if (file !== undefined) names.unshift(path.relative(process.cwd(), file));
  return names.join(' › ');
}
