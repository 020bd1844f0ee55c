/**
 * A scope for every test of Vitest, whose worker keeps the task that it runs where everybody in the process can see it. Tests marked
 * concurrent share that place: what they query belongs to none of them rather than to the wrong one. Vitest ends its workers by a signal
 * or by `terminate`, of which nothing in them hears: what a test told has to be out as soon as Vitest itself leaves the test.
 */
import type { ScopeState } from './context';
import type { Recorder } from './recorder';

interface VitestTask {
  readonly type?: string;
  readonly name?: string;
  readonly concurrent?: boolean;
  readonly suite?: VitestTask;
  readonly file?: VitestTask;
}

let isVitest: boolean | undefined;
let current: { readonly task: VitestTask; readonly scope: ScopeState } | undefined;
/** Whose place is followed: there is another for every file, where files share a process. */
let followed: object | undefined;

/** The scope of the test that is running; null outside of tests (hooks of a suite, setup files) and outside of Vitest. */
export function vitestScope(recorder: Recorder): ScopeState | null {
  isVitest ??= process.env.VITEST !== undefined;
  if (!isVitest) return null;
  const worker: unknown = Reflect.get(globalThis, '__vitest_worker__');
  if (typeof worker !== 'object' || worker === null) return null;
  if (worker !== followed) follow(worker, recorder);
  const task = Reflect.get(worker, 'current') as VitestTask | undefined;
  if (current && current.task !== task) leaveVitestScope(recorder);
  if (task?.type !== 'test' || task.concurrent) return null;
  current ??= { task, scope: recorder.startScope('test', fullName(task), null) };
  return current.scope;
}

/** Ends the scope of the last test, at the time of the last thing it did. */
export function leaveVitestScope(recorder: Recorder): void {
  const left = current;
  current = undefined;
  if (left) recorder.endScope(left.scope, null, null, left.scope.lastSeen);
}

function follow(worker: object, recorder: Recorder): void {
  followed = worker;
  let task: unknown = Reflect.get(worker, 'current');
  Reflect.defineProperty(worker, 'current', {
    configurable: true,
    enumerable: true,
    get: () => task,
    set(next: unknown) {
      task = next;
      if (current?.task !== next) leaveVitestScope(recorder);
      recorder.flush();
    },
  });
}

function fullName(task: VitestTask): string {
  const names: string[] = [];
  for (let at: VitestTask | undefined = task; at; at = at.suite) if (at.name) names.unshift(at.name);
  if (task.file?.name) names.unshift(task.file.name);
  return names.join(' › ');
}
