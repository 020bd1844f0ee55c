/** A scope for every job of pg-boss, Agenda, bee-queue and graphile-worker, and for every action and event of Moleculer's that nothing else of the app's called. */
import { asCalled, asJob, runJob } from './jobs';
import { patchMethod, type Method } from './patch';
import { propertyOf } from './propertyOf';
import type { Recorder } from './recorder';

/** A worker is handed its jobs in lists; so is its function. @param Manager class, or what holds it (pg-boss 12) */
export function hookPgBoss(recorder: Recorder, Manager: unknown): void {
  patchPrototype(Manager, 'work', (original) => {
    return function (this: unknown, ...args) {
      const handler = args.at(-1);
      if (typeof handler !== 'function') return original.apply(this, args);
      return original.call(this, ...args.slice(0, -1), asJob(recorder, `job ${String(args[0])}`, handler as Method));
    };
  });
}

/** @param module exports of agenda/dist/job */
export function hookAgenda(recorder: Recorder, module: unknown): void {
  patchPrototype(propertyOf(module, 'Job'), 'run', (original) => {
    return function (this: unknown, ...args) {
      const name = propertyOf(propertyOf(this, 'attrs'), 'name');
      return runJob(recorder, `job ${String(name)}`, () => original.apply(this, args));
    };
  });
}

/** @param Queue what bee-queue/lib/queue exports */
export function hookBeeQueue(recorder: Recorder, Queue: unknown): void {
  patchPrototype(Queue, '_runJob', (original) => {
    return function (this: unknown, ...args) {
      return runJob(recorder, `job ${String(propertyOf(this, 'name'))}`, () => original.apply(this, args));
    };
  });
}

/**
 * Workers look up a job's task by its name, in a list that may change meanwhile (`--watch`).
 * @param module exports of graphile-worker/dist/worker, from version 0.16 on
 */
export function hookGraphileWorker(recorder: Recorder, module: unknown): void {
  if (typeof module !== 'object' || module === null) return;
  patchMethod(module, 'makeNewWorker', (original) => {
    return function (this: unknown, ...args) {
      const [options, params, ...others] = args;
      const tasks = propertyOf(params, 'tasks');
      if (typeof tasks !== 'object' || tasks === null) return original.apply(this, args);
      return original.call(this, options, { ...(params as object), tasks: asJobs(recorder, tasks) }, ...others);
    };
  });
}

/** The same tasks, each a job; read when it is asked for. */
function asJobs(recorder: Recorder, tasks: object): object {
  return new Proxy(Object.create(tasks) as object, {
    get(_target, name) {
      const task: unknown = Reflect.get(tasks, name);
      return typeof task === 'function' && Object.hasOwn(tasks, name) ? asJob(recorder, `job ${String(name)}`, task as Method) : task;
    },
  });
}

/** @param Service what moleculer/src/service exports */
export function hookMoleculer(recorder: Recorder, Service: unknown): void {
  for (const kind of ['Action', 'Event'] as const) {
    patchPrototype(Service, `_create${kind}`, (original) => {
      return function (this: unknown, ...args) {
        const made = original.apply(this, args) as { name?: unknown; handler?: unknown };
        const handler = made.handler;
        if (typeof handler === 'function') made.handler = asCalled(recorder, `${kind.toLowerCase()} ${String(made.name)}`, handler as Method);
        return made;
      };
    });
  }
}

function patchPrototype(exported: unknown, name: string, wrap: (original: Method) => Method): void {
  if (typeof exported === 'function') patchMethod(exported.prototype as object, name, wrap);
}
