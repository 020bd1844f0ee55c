/**
 * A scope for every job: of BullMQ's workers and Bull's queues, of the packages cron, node-cron, croner and node-schedule, of @nestjs/schedule (cron, interval and timeout
 * methods), and for every message that a microservice or a gateway of Nest's handles.
 */
import { currentContext } from './context';
import { runScope } from './customScope';
import { subscribeInContext } from './observables';
import { patchMethod, type Method } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

interface BullmqJob {
  readonly name?: string;
  readonly queueName?: string;
}

interface BullJob {
  readonly name?: string;
  readonly queue?: { readonly name?: string };
}

interface CronJobLike {
  readonly name?: string;
  readonly cronTime?: { readonly source?: unknown };
  readonly _callbacks?: unknown;
}

/** @param module exports of bullmq/dist/cjs/classes/worker */
export function hookBullmq(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'Worker'),
    'callProcessJob',
    (original) =>
      function (this: unknown, ...args) {
        const { queueName, name } = (args[0] ?? {}) as BullmqJob;
        return runJob(recorder, `job ${[queueName, name].filter(Boolean).join(' ')}`, () => original.apply(this, args));
      },
  );
}

/** Bull's name of a job that has none. */
const UNNAMED = '__default__';

/** @param queue what bull/lib/queue exports */
export function hookBull(recorder: Recorder, queue: unknown): void {
  patchMethod(
    prototypeOf(queue),
    'processJob',
    (original) =>
      function (this: unknown, ...args) {
        if (!args[0]) return original.apply(this, args);
        const { queue, name } = args[0] as BullJob;
        return runJob(recorder, `job ${[queue?.name, name === UNNAMED ? undefined : name].filter(Boolean).join(' ')}`, () =>
          original.apply(this, args),
        );
      },
  );
}

/** A tick does not wait for its callbacks (unless it is told to), so each of them is a job. @param module exports of cron/dist/job */
export function hookCron(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'CronJob'),
    'fireOnTick',
    (original) =>
      function (this: unknown, ...args) {
        const { name, cronTime, _callbacks: callbacks } = this as CronJobLike;
        if (!Array.isArray(callbacks)) return original.apply(this, args);
        const scope = `cron ${name ?? String(cronTime?.source ?? '')}`;
        const own: unknown[] = callbacks;
        const jobs = own.map((callback) => (typeof callback === 'function' ? asJob(recorder, scope, callback as Method) : callback));
        // Read as the tick begins, and the app's own again behind it, with those that a callback adds meanwhile.
        Reflect.set(this as object, '_callbacks', jobs);
        try {
          return original.apply(this, args);
        } finally {
          own.push(...jobs.slice(own.length));
          Reflect.set(this as object, '_callbacks', own);
        }
      },
  );
}

/** @param module exports of node-cron, or what it declares as an ES module */
export function hookNodeCron(recorder: Recorder, module: unknown): void {
  for (const holder of [module, propertyOf(module, 'default'), propertyOf(module, 'nodeCron')]) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const method of ['schedule', 'createTask']) patchMethod(holder, method, (original) => takingJobs(recorder, original));
  }
}

/** @param original takes the times, the task (or its file) and options */
function takingJobs(recorder: Recorder, original: Method): Method {
  return function (this: unknown, ...args) {
    const [times, task, options] = args;
    if (typeof task !== 'function') return original.apply(this, args);
    const name = propertyOf(options, 'name') ?? times;
    return original.call(this, times, asJob(recorder, `cron ${String(name)}`, task as Method), ...args.slice(2));
  };
}

/** @param module exports of node-schedule/lib/Job */
export function hookNodeSchedule(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'Job'),
    'invoke',
    (original) =>
      function (this: unknown, ...args) {
        // `<Anonymous Job 1 2026-11-24T03:00:00.000Z>` where the app gives none: the time is that of its making, another one in each run.
        const name = String(propertyOf(this, 'name') ?? '').replace(/^(<Anonymous Job \d+) .*>$/, '$1>');
        return runJob(recorder, `job ${name}`, () => original.apply(this, args));
      },
  );
}

/** @param module exports of croner (8 is its class itself), or what it declares as an ES module */
export function hookCroner(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'Cron') ?? prototypeOf(module),
    '_trigger',
    (original) =>
      function (this: unknown, ...args) {
        return runJob(recorder, `cron ${cronerName(this)}`, () => original.apply(this, args));
      },
  );
}

/** Its name, or its times. */
function cronerName(job: unknown): string {
  const name = propertyOf(job, 'name') ?? propertyOf(propertyOf(job, 'options'), 'name');
  const pattern = propertyOf(propertyOf(propertyOf(job, '_states'), 'pattern'), 'pattern');
  return typeof name === 'string' && name !== '' ? name : typeof pattern === 'string' ? pattern : 'once';
}

/** Nest wraps the app's method before a timer gets it. @param module exports of @nestjs/schedule/dist/schedule.explorer */
export function hookNestSchedule(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'ScheduleExplorer'),
    'wrapFunctionInTryCatchBlocks',
    (original) =>
      function (this: unknown, ...args) {
        const scheduled = original.apply(this, args);
        if (typeof scheduled !== 'function') return scheduled;
        return asJob(recorder, `job ${classOf(args[1])}.${nameOf(args[0])}`, scheduled as Method);
      },
  );
}

/**
 * Nest makes a handler of each method that has a pattern.
 * @param creator name of the class that does: for microservices or for gateways
 * @param module exports of its file
 */
export function hookNestMessages(recorder: Recorder, creator: 'RpcContextCreator' | 'WsContextCreator', module: unknown): void {
  patchMethod(
    prototypeIn(module, creator),
    'create',
    (original) =>
      function (this: unknown, ...args) {
        const handler = original.apply(this, args);
        if (typeof handler !== 'function') return handler;
        const name = `message ${classOf(args[0])}.${nameOf(args[1])}`;
        // With interceptors, its answer is an Observable that nothing has run of yet.
        return function (this: unknown, ...own: unknown[]) {
          return runScope(recorder, 'job', name, () => (handler as Method).apply(this, own), undefined, subscribeInContext);
        };
      },
  );
}

/** The function with a job's scope around each of its calls; of the same realm, for node-cron asks whether it is a function of its own. */
export function asJob(recorder: Recorder, name: string, run: Method): Method {
  const job: Method = function (...args) {
    return runJob(recorder, name, () => run.apply(this, args));
  };
  Reflect.setPrototypeOf(job, Reflect.getPrototypeOf(run));
  return job;
}

/** As a job, but for what a request or another job calls: that is a part of it. */
export function asCalled(recorder: Recorder, name: string, run: Method): Method {
  const job = asJob(recorder, name, run);
  return function (this: unknown, ...args) {
    return (isInScope() ? run : job).apply(this, args);
  };
}

export function isInScope(): boolean {
  const scope = currentContext()?.scope;
  return scope !== undefined && scope !== null && scope.endedAt === undefined;
}

/** A cron tick that runs a method of Nest's is one job; the name that says more is kept. */
export function runJob<T>(recorder: Recorder, name: string, run: () => T): T {
  const scope = currentContext()?.scope;
  if (scope?.kind !== 'job' || scope.endedAt !== undefined) return runScope(recorder, 'job', name, run);
  recorder.renameScope(scope, name);
  return run();
}

function prototypeIn(module: unknown, name: string): object | undefined {
  return prototypeOf(propertyOf(module, name));
}

function prototypeOf(exported: unknown): object | undefined {
  return typeof exported === 'function' ? (exported.prototype as object) : undefined;
}

function classOf(instance: unknown): string {
  return typeof instance === 'object' && instance !== null ? instance.constructor.name : '?';
}

function nameOf(method: unknown): string {
  return typeof method === 'function' ? method.name : '?';
}
