/**
 * What the running code belongs to: carried through awaits by AsyncLocalStorage from the entry point (a request, a call of
 * TypeORM's API) to the queries it causes.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ScopeStartEvent } from '../protocol/probe';
import type { CallShape } from './callShapes';
import type { SiteStreak } from './siteStreak';

/** A request, a job, a scope by hand. */
export interface ScopeState {
  readonly id: number;
  readonly kind: 'http' | 'graphql' | 'job' | 'test' | 'custom';
  name: string;
  /** Whether its beginning has been put into words, by the name that it then had. */
  isTold: boolean;
  /** When it ended, in milliseconds of the process's clock; undefined while it lives. */
  endedAt: number | undefined;
  /** Looks for a better name (the route's pattern), which frameworks know only after routing. */
  findName: (() => string | null) | undefined;
  /** True once it has been found. */
  isNamed: boolean;
  /** When an operation last ended in it. */
  lastSeen: number;
  /** What is told with its beginning, as long as it has not begun: some do with the first call in them. */
  unbegun: ScopeBeginning | undefined;
  readonly streak: SiteStreak;
}

export interface ScopeBeginning {
  /** Of a request. */
  readonly path: string | null;
  /** In milliseconds of the process's clock. */
  t: number;
  readonly facts: ScopeFacts;
}

/** What not every kind of scope has. */
export type ScopeFacts = { readonly [Fact in 'origin' | 'request' | 'within' | 'follows' | 'asked']?: ScopeStartEvent[Fact] | undefined };

/** What a call of TypeORM's API is, as far as the hook that sees it can tell. */
export interface OperationStart {
  readonly api: string;
  readonly entity: string | null;
  readonly relation: string | null;
  readonly source: number;
  readonly ownerOperation?: number;
  readonly ownerKey?: readonly unknown[];
  /** Calls of one shape mostly come from one place. */
  readonly shape?: CallShape | undefined;
}

/** A call of TypeORM's API, or a lazy load. */
export interface OperationState {
  readonly id: number;
  readonly start: OperationStart;
  readonly scope: ScopeState | null;
  /** Id of the operation that it runs inside of; 0 for none. */
  readonly parent: number;
  readonly site: number;
  readonly source: number;
  readonly t: number;
  entities: number;
  roots: number;
  /** True once TypeORM has handed back its answer: what runs in this context from then on is the app's own code. */
  returned: boolean;
  /** What defines the getters of lazy relations on the entities that it hydrates (lazyLoads.ts). */
  lazyLoader?: object | undefined;
}

export interface ProbeContext {
  readonly scope: ScopeState | null;
  /** The operation whose own code is running: calls of TypeORM made from here are its internals. */
  readonly operation: OperationState | null;
  /** The operation that called back into the app (transaction callback, listener, subscriber). */
  readonly parent: OperationState | null;
}

const storage = new AsyncLocalStorage<ProbeContext | undefined>();
let disabled = false;

export function currentContext(): ProbeContext | undefined {
  return storage.getStore();
}

/**
 * Enters a context until `leaveContext` is called with the answer, in the same synchronous stretch. Used instead of
 * `AsyncLocalStorage.run` because it adds no stack frame of ours to the app's errors.
 */
export function enterContext(context: ProbeContext): ProbeContext | undefined {
  if (disabled) return undefined;
  const before = storage.getStore();
  storage.enterWith(context);
  return before;
}

export function leaveContext(before: ProbeContext | undefined): void {
  // Entering would switch AsyncLocalStorage's hooks on again.
  if (!disabled) storage.enterWith(before);
}

/** What runs from here on, in the same synchronous stretch and behind its awaits, belongs to the context. */
export function setContext(context: ProbeContext | undefined): void {
  if (!disabled) storage.enterWith(context);
}

export function runInContext<T>(context: ProbeContext, run: () => T): T {
  return disabled ? run() : storage.run(context, run);
}

/** Forgets every context and takes AsyncLocalStorage's hooks off the app's promises. */
export function disableContext(): void {
  disabled = true;
  storage.disable();
}
