/**
 * Watches which properties of hydrated entities the app reads: what was loaded and never used, and what was read but never loaded. Only where
 * the launcher asks for it, and only for the first runs of each call path: after that its entities are left as they are.
 */
import { currentContext, type OperationState, type ScopeState } from './context';
import type { Recorder } from './recorder';
import { hookBuiltins } from './readsBuiltins';
import { leaveClasses } from './readsClass';
import { resultsIn } from './readsHandedBack';
import { watchResult, type WatchedResult } from './readsInstall';
import { callPath, type CallPathReads } from './readsPaths';
import { dataSourceOf, type EntityMetadataLike } from './typeormShapes';

/** Results whose scope has not ended; those of no scope wait for the end of the process. */
const MAX_PENDING = 5_000;

/** What they read back is TypeORM's own. */
const WRITES = /\.(save|insert|update|updateAll|upsert|remove|softRemove|recover|delete|deleteAll|softDelete|restore|execute)$/;

/** Called in the frame that reads, before it gets its `undefined`. */
type UnloadedReadListener = (entity: string, relation: string) => void;

let recorder: Recorder | undefined;
let listener: UnloadedReadListener | undefined;
const hydrated = new WeakMap<OperationState, { readonly metadata: EntityMetadataLike; readonly roots: readonly object[] }>();
const pending = new Map<ScopeState | null, Set<WatchedResult>>();
let pendingCount = 0;
/** Paths with untold news. */
const news = new Set<CallPathReads>();

export function watchReads(given: Recorder): void {
  recorder = given;
  given.beforeScopeEnd = (scope) => guarded(() => tell(scope));
  given.beforeHandBack = (scope, answer, outer) => guarded(() => handBack(scope, answer, livingOf(outer)));
  given.beforeBye = () => guarded(() => [null, ...pending.keys()].forEach(tell));
  hookBuiltins();
}

/** Everything that was changed on classes is put back; entities that are still watched become plain as they are met. */
export function leaveReads(): void {
  recorder = undefined;
  pending.clear();
  news.clear();
  leaveClasses();
}

export function onUnloadedRead(given: UnloadedReadListener): void {
  listener = given;
}

/** Rows became root entities. Listeners for loaded entities, which run next, may be the only ones that read them. */
export function noteHydrated(operation: OperationState, metadata: EntityMetadataLike | undefined, roots: readonly unknown[]): void {
  if (!recorder || !metadata || hydrated.has(operation) || WRITES.test(operation.start.api)) return;
  const objects = roots.filter((root) => typeof root === 'object' && root !== null);
  hydrated.set(operation, { metadata, roots: objects });
  if (hasLoadListeners(metadata)) guarded(() => startWatching(operation));
}

/** TypeORM has handed its answer back: relations that it fetched with further queries are in place now, too. */
export function operationReturned(operation: OperationState): void {
  if (!recorder || !hydrated.has(operation)) return;
  guarded(() => startWatching(operation)?.settle());
  hydrated.delete(operation);
}

const results = new WeakMap<OperationState, WatchedResult>();

/** `@AfterLoad` methods and subscribers read what was loaded before the app gets it. */
function hasLoadListeners(metadata: EntityMetadataLike): boolean {
  const source = dataSourceOf(metadata);
  return (
    (source?.subscribers?.length ?? 0) > 0 ||
    (source?.entityMetadatas ?? [metadata]).some(({ afterLoadListeners }) => (afterLoadListeners?.length ?? 0) > 0)
  );
}

function startWatching(operation: OperationState): WatchedResult | undefined {
  const found = hydrated.get(operation);
  if (!found || !recorder?.active || operation.site === 0) return undefined;
  let result = results.get(operation);
  if (!result) {
    const path = callPath(`${operation.site}|${operation.source}|${found.metadata.name}`);
    if (!path || pendingCount >= MAX_PENDING) return undefined;
    path.started++;
    result = watchResult({
      operation,
      path,
      ...found,
      isAtWork,
      isTelling,
      onNews,
      siteOf: (getter) => recorder?.site(getter) ?? 0,
      onUnloaded,
      onGone,
    });
    results.set(operation, result);
    remember(livingOf(operation.scope), result);
  }
  result.install();
  return result;
}

function livingOf(scope: ScopeState | null): ScopeState | null {
  return scope?.endedAt === undefined ? scope : null;
}

function remember(scope: ScopeState | null, result: WatchedResult): void {
  const list = pending.get(scope);
  if (list) list.add(result);
  else pending.set(scope, new Set([result]));
  pendingCount++;
}

/** TypeORM itself reads and writes entities while it works: nothing of that is the app's doing, except what it was told to write. */
function isAtWork(hydratedBy: OperationState): 'hydrating' | 'other' | undefined {
  const current = currentContext()?.operation;
  if (!current || current.returned) return undefined;
  return current === hydratedBy ? 'hydrating' : 'other';
}

function isTelling(hydratedBy: OperationState): boolean {
  return !hydratedBy.returned && currentContext()?.parent === hydratedBy;
}

function onNews(path: CallPathReads): void {
  news.add(path);
}

function onUnloaded(entity: string, relation: string): void {
  listener?.(entity, relation);
}

/** What a scope hands back is read by the code around it, if at all: nothing is said of it before that has ended as well. */
function handBack(scope: ScopeState, answer: unknown, outer: ScopeState | null): void {
  const own = pending.get(scope);
  if (!own) return;
  for (const result of resultsIn(answer, own)) {
    own.delete(result);
    pendingCount--;
    tellUnloaded(result);
    remember(outer, result);
  }
}

/** What belongs to no scope need not wait for the end of the process. */
function onGone(result: WatchedResult): void {
  guarded(() => {
    const rest = pending.get(null);
    if (!rest?.delete(result)) return;
    pendingCount--;
    finish(result);
    tellNews();
  });
}

function tell(scope: ScopeState | null): void {
  const ended = pending.get(scope) ?? new Set();
  pending.delete(scope);
  pendingCount -= ended.size;
  ended.forEach(finish);
  tellNews();
}

function finish(result: WatchedResult): void {
  const { path, operation } = result;
  path.runs++;
  path.lastOperation = operation.id;
  news.add(path);
  tellUnloaded(result);
}

function tellUnloaded(result: WatchedResult): void {
  for (const event of result.takeUnloadedReads()) recorder?.detail({ e: 'unloaded', op: result.operation.id, ...event });
}

function tellNews(): void {
  for (const path of news) {
    const nodes = path.lastOperation > 0 ? path.describe() : [];
    if (nodes.length > 0) recorder?.detail({ e: 'reads', op: path.lastOperation, runs: path.runs, nodes });
  }
  news.clear();
}

function guarded(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    recorder?.fault('property reads', error);
  }
}
