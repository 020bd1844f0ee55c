/** A scope for every test of AVA and of tap. What hooks query is not the test's. */
import path from 'node:path';
import { runInContext } from './context';
import { runScope } from './customScope';
import { isInScope } from './jobs';
import { patchMethod, type Method } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** Test's metadata → the file it stands in. */
const avaFiles = new WeakMap<object, string>();

/** @param module what ava/lib/runner.js or ava/lib/test.js declares (or exports: the class) */
export function hookAva(recorder: Recorder, module: unknown): void {
  for (const Class of [propertyOf(module, 'Runner'), propertyOf(module, 'Test'), module]) {
    if (typeof Class !== 'function') continue;
    const prototype = Class.prototype as object;
    patchMethod(prototype, 'runTest', (original) => {
      return function (this: unknown, ...args) {
        const metadata = propertyOf(args[0], 'metadata');
        const file = propertyOf(this, 'file');
        if (isObject(metadata) && typeof file === 'string') avaFiles.set(metadata, file);
        return original.apply(this, args);
      };
    });
    if (Reflect.has(prototype, 'callFn')) patchMethod(prototype, 'run', (original) => runningAva(recorder, original));
  }
}

/** `t.try()` runs tests within a test. */
function runningAva(recorder: Recorder, original: Method): Method {
  return function (this: unknown, ...args) {
    const run = (): unknown => original.apply(this, args);
    const metadata = propertyOf(this, 'metadata');
    if (propertyOf(this, 'isHook') === true || isInScope()) return run();
    const file = isObject(metadata) ? avaFiles.get(metadata) : undefined;
    return runScope(recorder, 'test', [...fileOf(file), String(propertyOf(this, 'title'))].join(' › '), run);
  };
}

/** @param module exports of @tapjs/core/dist/…/test-base.js, or of libtap/lib/test.js: the class of tests, those within others included */
export function hookTap(recorder: Recorder, module: unknown): void {
  const Test = propertyOf(module, 'TestBase') ?? module;
  if (typeof Test !== 'function') return;
  patchMethod(Test.prototype as object, 'main', (original) => {
    return function (this: unknown, ...args) {
      const [done] = args;
      if (!recorder.active || typeof done !== 'function' || typeof propertyOf(this, 'cb') !== 'function') return original.apply(this, args);
      const scope = recorder.startScope('test', [...fileOf(process.argv[1]), ...namesOf(this)].join(' › '), null);
      const ended: Method = function (...own) {
        recorder.endScope(scope, null, null);
        return (done as Method).apply(this, own);
      };
      return runInContext({ scope, operation: null, parent: null }, () => original.call(this, ended, ...args.slice(1)));
    };
  });
}

/** The outermost test is the file. */
function namesOf(test: unknown): string[] {
  const parent = propertyOf(test, 'parent');
  return parent ? [...namesOf(parent), String(propertyOf(test, 'name'))] : [];
}

function fileOf(file: string | undefined): string[] {
  return file === undefined ? [] : [path.relative(process.cwd(), file.replace(/^file:\/\//, ''))];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
