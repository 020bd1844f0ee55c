/**
 * The first height: calls of TypeORM's API. The outermost call made by the app is one operation, whatever TypeORM calls inside
 * of it; code of the app that TypeORM calls back (transactions, listeners, subscribers) starts operations of its own.
 */
import { takeStack } from './callSite';
import { currentContext, enterContext, leaveContext, setContext, type OperationStart, type OperationState, type ProbeContext } from './context';
import { ownerOf, patchMethod, type Method } from './patch';
import { operationReturned } from './reads';
import { pauseAtCall } from './pauses';
import type { Recorder } from './recorder';
import { isPromise } from './promises';
import { vitestScope } from './vitestScope';

export type DescribeCall = (receiver: unknown, args: readonly unknown[]) => OperationStart;

/** Makes every call of `target[name]` from outside TypeORM an operation. */
export function hookOperation(recorder: Recorder, target: object | undefined, name: string, describe: DescribeCall): void {
  patchMethod(target && ownerOf(target, name), name, (original) => operationWrapper(recorder, original, describe));
}

/** A method that runs `original` as an operation when the app calls it, and as it is when TypeORM does. */
export function operationWrapper(recorder: Recorder, original: Method, describe: DescribeCall): Method {
  const wrapper: Method = function (this: unknown, ...args) {
    const context = currentContext();
    if (!recorder.active || isWithinOperation(context)) return original.apply(this, args);
    return runOperation(recorder, wrapper, context, describe, original, this, args);
  };
  return wrapper;
}

/** Whether what runs is TypeORM's own code. */
function isWithinOperation(context: ProbeContext | undefined): boolean {
  const operation = context?.operation;
  return operation !== undefined && operation !== null && !operation.returned;
}

/** Runs `original` as an operation that was called in `context`, whose site is the caller of `wrapper`. */
export function runOperation(
  recorder: Recorder,
  wrapper: Method,
  context: ProbeContext | undefined,
  describe: DescribeCall,
  original: Method,
  receiver: unknown,
  args: unknown[],
): unknown {
  let operation: OperationState;
  try {
    const scope = context?.scope ?? vitestScope(recorder);
    const start = describe(receiver, args);
    const streak = recorder.streakOf(context);
    let depth = streak.call(start, wrapper, recorder.openingOf(context));
    // Here, as few frames of ours as can be lie beneath (see takeStack).
    while (depth > 0) depth = streak.look(takeStack(wrapper, depth));
    operation = recorder.startOperation(start, scope, context?.operation ?? context?.parent ?? null, recorder.idOf(streak.site));
  } catch (error) {
    recorder.fault('operation', error);
    return original.apply(receiver, args);
  }
  pauseAtCall(recorder, operation);
  setContext({ scope: operation.scope, operation, parent: null });
  let answer: unknown;
  try {
    answer = original.apply(receiver, args);
  } catch (error) {
    finish(recorder, operation, error);
    throw error;
  } finally {
    setContext(context);
  }
  if (isPromise(answer)) return endWith(answer, recorder, operation);
  finish(recorder, operation, undefined);
  return answer;
}

/** Lets the app's own code, called back from within an operation, start operations of its own. */
export function asCallback(callback: Method): Method {
  return function (this: unknown, ...args) {
    const before = enterCallback();
    try {
      return callback.apply(this, args);
    } finally {
      if (before) leaveContext(before);
    }
  };
}

/** @returns the context to leave to; undefined where no operation is running. */
export function enterCallback(): ReturnType<typeof enterContext> {
  const context = currentContext();
  if (!context?.operation) return undefined;
  enterContext({ scope: context.scope, operation: null, parent: context.operation });
  return context;
}

/**
 * A promise that settles as `answer` does, once the end is recorded. The app gets this one, so that a rejection which it does not
 * handle is still unhandled.
 */
function endWith(answer: Promise<unknown>, recorder: Recorder, operation: OperationState): Promise<unknown> {
  return answer.then(
    (value) => {
      finish(recorder, operation, undefined);
      return value;
    },
    (error: unknown) => {
      finish(recorder, operation, error ?? 'rejected');
      throw error;
    },
  );
}

function finish(recorder: Recorder, operation: OperationState, error: unknown): void {
  operation.returned = true;
  operationReturned(operation);
  try {
    recorder.endOperation(operation, error);
  } catch (fault) {
    recorder.fault('operation', fault);
  }
}
