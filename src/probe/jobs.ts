/** A scope for every job: of BullMQ's workers, of the package cron, and of @nestjs/schedule (cron, interval and timeout methods). */
import { currentContext } from './context';
import { runScope } from './customScope';
import { patchMethod, type Method } from './patch';
import type { Recorder } from './recorder';

interface BullJob {
  readonly name?: string;
  readonly queueName?: string;
}

interface CronJobLike {
  readonly name?: string;
  readonly cronTime?: { readonly source?: unknown };
}

/** @param module exports of bullmq/dist/cjs/classes/worker */
export function hookBullmq(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'Worker'),
    'callProcessJob',
    (original) =>
      function (this: unknown, ...args) {
        const { queueName, name } = (args[0] ?? {}) as BullJob;
        return runJob(recorder, `job ${[queueName, name].filter(Boolean).join(' ')}`, () => original.apply(this, args));
      },
  );
}

/** @param module exports of cron/dist/job */
export function hookCron(recorder: Recorder, module: unknown): void {
  patchMethod(
    prototypeIn(module, 'CronJob'),
    'fireOnTick',
    (original) =>
      function (this: unknown, ...args) {
        const { name, cronTime } = this as CronJobLike;
        return runJob(recorder, `cron ${name ?? String(cronTime?.source ?? '')}`, () => original.apply(this, args));
      },
  );
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
        const name = `job ${classOf(args[1])}.${nameOf(args[0])}`;
        return function (this: unknown, ...own: unknown[]) {
          return runJob(recorder, name, () => (scheduled as Method).apply(this, own));
        };
      },
  );
}

/** A cron tick that runs a method of Nest's is one job; the name that says more is kept. */
function runJob<T>(recorder: Recorder, name: string, run: () => T): T {
  const scope = currentContext()?.scope;
  if (scope?.kind !== 'job' || scope.endedAt !== undefined) return runScope(recorder, 'job', name, run);
  recorder.renameScope(scope, name);
  return run();
}

function prototypeIn(module: unknown, name: string): object | undefined {
  const exported: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  return typeof exported === 'function' ? (exported.prototype as object) : undefined;
}

function classOf(instance: unknown): string {
  return typeof instance === 'object' && instance !== null ? instance.constructor.name : '?';
}

function nameOf(method: unknown): string {
  return typeof method === 'function' ? method.name : '?';
}
