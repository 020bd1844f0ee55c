/** A scope for every call of an AWS Lambda handler by serverless-offline (which has a copy of AWS's runtime client) or by lambda-local. */
import path from 'node:path';
import { runScope } from './customScope';
import { asCalled, isInScope } from './jobs';
import { patchMethod, type Method } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** It loads the handler before each call. @param module exports of serverless-offline/…/aws-lambda-ric/UserFunction */
export function hookLambdaRuntime(recorder: Recorder, module: unknown): void {
  patchExport(module, 'load', (original) => {
    return function (this: unknown, ...args) {
      const name = `lambda ${path.basename(String(args[1]))}`;
      const loaded = original.apply(this, args);
      return loaded instanceof Promise ? loaded.then((handler: unknown) => asHandler(recorder, name, handler)) : asHandler(recorder, name, loaded);
    };
  });
}

/** @param module exports of lambda-local */
export function hookLambdaLocal(recorder: Recorder, module: unknown): void {
  patchExport(module, 'execute', (original) => {
    return function (this: unknown, ...args) {
      const file = propertyOf(args[0], 'lambdaPath');
      const handler = String(propertyOf(args[0], 'lambdaHandler') ?? 'handler');
      const name = typeof file === 'string' ? `${path.basename(file, path.extname(file))}.${handler}` : handler;
      // With a callback it answers nothing that would tell of the end.
      const run = propertyOf(args[0], 'callback') ? original : asCalled(recorder, `lambda ${name}`, original);
      return run.apply(this, args);
    };
  });
}

/** With the handler's own properties: AWS's runtime looks there for whether it streams its answer. */
function asHandler(recorder: Recorder, name: string, handler: unknown): unknown {
  if (typeof handler !== 'function') return handler;
  const run = handler as Method;
  const wrapper: Method = function (...args) {
    return isInScope() ? run.apply(this, args) : runHandler(recorder, name, args, (given) => run.apply(this, given));
  };
  return Object.setPrototypeOf(wrapper, handler);
}

/** Without a promise, it answers with its third argument. */
function runHandler(recorder: Recorder, name: string, args: unknown[], run: (args: unknown[]) => unknown): unknown {
  const [event, context, callback, ...more] = args;
  let isAnswered = false;
  let end: (() => void) | undefined;
  const answer: Method = function (...own) {
    isAnswered = true;
    end?.();
    return (callback as Method).apply(this, own);
  };
  const given = typeof callback === 'function' ? [event, context, answer, ...more] : args;
  return runScope(
    recorder,
    'job',
    name,
    () => run(given),
    undefined,
    (returned, _inside, ended) => {
      if (returned !== undefined || isAnswered || given === args) return false;
      end = ended;
      return true;
    },
  );
}

function patchExport(module: unknown, name: string, wrap: (original: Method) => Method): void {
  if (typeof module === 'object' && module !== null) patchMethod(module, name, wrap);
}
