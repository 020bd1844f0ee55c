/**
 * A scope for every test of Node's own runner (`node:test`). Its class `Test` is nobody's to reach but through what it inherits: it calls a test's function, and
 * those of hooks, by `AsyncResource.runInAsyncScope`. Where that is read, a test gets the same method of another resource, which differs by its context alone; so
 * no frame of ours stands in the stack of a failing test, and concurrent tests do not mix. What hooks query is not the test's.
 */
import { AsyncResource } from 'node:async_hooks';
import path from 'node:path';
import { enterContext, leaveContext, type ProbeContext, type ScopeState } from './context';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** `Test` of lib/internal/test_runner/test.js in Node.js 18 to 26; `Suite` and `TestHook` are kinds of it. */
interface NodeTest extends AsyncResource {
  readonly name?: string;
  readonly parent?: NodeTest | null;
  readonly skipped?: boolean;
  readonly loc?: { readonly file?: string };
}

type Read = (this: NodeTest) => unknown;

const RUNNER = 'NativeModule internal/test_runner/test';
const noScope: ProbeContext = { scope: null, operation: null, parent: null };

let isWatching = false;
/** Put back what was there. */
const leaves: (() => void)[] = [];
/** Of tests that are running. */
const running = new WeakMap<NodeTest, ScopeState>();

/** To be called again whenever something begins: whether this process runs tests is known once it has loaded the runner. */
export function watchNodeTests(recorder: Recorder): void {
  if (isWatching || !recorder.active || !runsNodeTests()) return;
  isWatching = true;
  const { prototype } = AsyncResource;
  const original = prototype.runInAsyncScope;
  const leave = defineReads(prototype, 'runInAsyncScope', function () {
    const owner = prototypeOfTest(this);
    if (!owner) return original;
    leave();
    watchTests(recorder, owner, original);
    return Reflect.get(this, 'runInAsyncScope');
  });
  leaves.push(leave);
}

/** Tests run as without the probe from here on. */
export function leaveNodeTests(): void {
  for (const leave of leaves.splice(0)) leave();
}

/** Node tells which of its own modules are loaded; a process that `node --test` has started knows it before. */
function runsNodeTests(): boolean {
  const { moduleLoadList } = process as unknown as { readonly moduleLoadList?: readonly string[] };
  return process.env.NODE_TEST_CONTEXT !== undefined || moduleLoadList?.includes(RUNNER) === true;
}

/** The prototype that all kinds of tests share, if this is one. */
function prototypeOfTest(resource: object): object | undefined {
  let prototype = Reflect.getPrototypeOf(resource);
  while (prototype && Reflect.getPrototypeOf(prototype) !== AsyncResource.prototype) prototype = Reflect.getPrototypeOf(prototype);
  if (prototype?.constructor.name !== 'Test') return undefined;
  return ['run', 'postRun'].every((name) => typeof Reflect.get(prototype, name) === 'function') ? prototype : undefined;
}

function watchTests(recorder: Recorder, prototype: object, runInAsyncScope: AsyncResource['runInAsyncScope']): void {
  const postRun: unknown = Reflect.get(prototype, 'postRun');
  leaves.push(
    defineReads(prototype, 'runInAsyncScope', function () {
      return methodFor(recorder, this, runInAsyncScope);
    }),
    defineReads(prototype, 'postRun', function () {
      endTest(recorder, this);
      return postRun;
    }),
  );
}

/** What runs the function of a test, or of a hook, in its context. */
function methodFor(recorder: Recorder, test: NodeTest, runInAsyncScope: AsyncResource['runInAsyncScope']): unknown {
  try {
    const context = recorder.active ? contextFor(recorder, test) : undefined;
    return context ? inContext(test, context, runInAsyncScope) : runInAsyncScope;
  } catch (error) {
    recorder.fault('a test of node:test', error);
    return runInAsyncScope;
  }
}

function contextFor(recorder: Recorder, test: NodeTest): ProbeContext | undefined {
  const kind = test.constructor.name;
  if (kind === 'TestHook') return noScope;
  // A suite's function declares tests, a skipped test has none, and the runner itself is a test without a parent.
  if (kind !== 'Test' || !test.parent || test.skipped) return undefined;
  const scope = recorder.startScope('test', nameOf(test), null);
  running.set(test, scope);
  return { scope, operation: null, parent: null };
}

/** Made in the test's own context, which it takes over; the runner finds the test by what has triggered it. */
function inContext(test: NodeTest, context: ProbeContext, runInAsyncScope: AsyncResource['runInAsyncScope']): unknown {
  const resource = runInAsyncScope.call(test, () => {
    const before = enterContext(context);
    try {
      return new Test('Test', { triggerAsyncId: test.asyncId() });
    } finally {
      leaveContext(before);
    }
  }) as AsyncResource;
  return runInAsyncScope.bind(resource);
}

/** Bears the name that stacks show. */
class Test extends AsyncResource {}

/** A test was over when it did its last thing: its hooks and subtests came behind. */
function endTest(recorder: Recorder, test: NodeTest): void {
  const scope = running.get(test);
  if (!scope) return;
  running.delete(test);
  try {
    recorder.endScope(scope, null, null, scope.lastSeen);
  } catch (error) {
    recorder.fault('a test of node:test', error);
  }
}

function nameOf(test: NodeTest): string {
  const names: string[] = [];
  // The outermost is the file, or all files.
  for (let at: NodeTest | null | undefined = test; at?.parent; at = at.parent) names.unshift(at.name ?? '');
  const file = propertyOf(test.loc, 'file') ?? process.argv[1];
  if (typeof file === 'string') names.unshift(path.relative(process.cwd(), file.replace(/^file:\/\//, '')));
  return names.join(' › ');
}

/**
 * Lets `read` say what `target[name]` is, as long as nobody sets it.
 * @returns puts back what was there
 */
function defineReads(target: object, name: string, read: Read): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: before?.enumerable ?? false,
    get: read,
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, configurable: true, enumerable: this !== target, writable: true });
    },
  });
  return () => {
    if (Object.getOwnPropertyDescriptor(target, name)?.get !== read) return;
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}
