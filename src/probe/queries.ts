/**
 * The second height: SQL as the driver gets it. `query` is wrapped on the class of the query runner, not on the runner: SQLite
 * drivers hand out one memoised runner again and again, and it must not be counted twice.
 */
import { now } from './clock';
import { answeredSince, hookConnect, sharesConnection, startAsking, stopAsking, targetOf, type Waiting, waitedMs } from './connections';
import { CallShapes } from './callShapes';
import { currentContext, type OperationStart, type OperationState } from './context';
import { hookOperation, operationWrapper, runOperation, type DescribeCall } from './operations';
import { ownerOf, patchMethod, type Method } from './patch';
import { isQuiet } from './quiet';
import { pauseAfterQuery } from './pauses';
import { describeError, type QueryOutcome, type Recorder } from './recorder';
import { isPromise } from './promises';
import { keyColumnOf, keyLikeValues } from './resultValues';
import { isKeyColumnOf, sourceId } from './sources';
import { watchStream } from './streams';
import { dataSourceOf, type DataSourceLike, type HasDataSource } from './typeormShapes';

const TRANSACTION_METHODS = ['startTransaction', 'commitTransaction', 'rollbackTransaction'];

/** Every query runner comes out of `DataSource.createQueryRunner`. */
export function hookQueryRunners(recorder: Recorder, dataSource: object | undefined): void {
  patchMethod(
    dataSource,
    'createQueryRunner',
    (original) =>
      function (this: unknown, ...args) {
        const runner = original.apply(this, args);
        try {
          if (typeof runner === 'object' && runner !== null) hookQueryRunner(recorder, runner);
        } catch (error) {
          recorder.fault('query runner', error);
        }
        return runner;
      },
  );
}

/** Classes of query runners that are hooked. */
const hookedRunners = new WeakSet<object>();

function hookQueryRunner(recorder: Recorder, runner: object): void {
  const prototype = Reflect.getPrototypeOf(runner) ?? runner;
  if (hookedRunners.has(prototype)) return;
  hookedRunners.add(prototype);
  hookConnect(ownerOf(prototype, 'connect'));
  hookQuery(recorder, ownerOf(prototype, 'query'));
  hookStream(recorder, ownerOf(prototype, 'stream'));
  for (const name of TRANSACTION_METHODS) {
    hookOperation(recorder, prototype, name, describeRunnerCall(`QueryRunner.${name}`));
  }
}

function hookQuery(recorder: Recorder, prototype: object | undefined): void {
  patchMethod(prototype, 'query', (original) => {
    // The app's own call: an operation of one query.
    const queryInOperation: Method = function (this: unknown, ...args) {
      const operation = currentContext()?.operation;
      return operation ? runQuery(recorder, operation, original, this, args) : original.apply(this, args);
    };
    const wrapper: Method = function (this: unknown, ...args) {
      const context = currentContext();
      const operation = context?.operation;
      if (!recorder.active || isQuiet(operation)) return original.apply(this, args);
      if (operation && !operation.returned) return runQuery(recorder, operation, original, this, args);
      return runOperation(recorder, wrapper, context, describeQuery, queryInOperation, this, args);
    };
    return wrapper;
  });
}

function runQuery(recorder: Recorder, operation: OperationState, original: Method, runner: unknown, args: unknown[]): unknown {
  const asked: AskedQuery = { operation, runner, args, startedAt: now(), waitMs: 0 };
  startAsking(runner, asked);
  let answer: unknown;
  try {
    answer = original.apply(runner, args);
  } catch (error) {
    recordQuery(recorder, asked, undefined, error);
    throw error;
  } finally {
    stopAsking();
  }
  if (!isPromise(answer)) {
    recordQuery(recorder, asked, answer, undefined);
    return answer;
  }
  return answer.then(
    (result: unknown) => {
      recordQuery(recorder, asked, result, undefined);
      return result;
    },
    (error: unknown) => {
      recordQuery(recorder, asked, undefined, error ?? 'rejected');
      throw error;
    },
  );
}

interface AskedQuery extends Waiting {
  readonly operation: OperationState;
  readonly runner: unknown;
  readonly args: readonly unknown[];
  readonly startedAt: number;
}

function recordQuery(recorder: Recorder, asked: AskedQuery, result: unknown, error: unknown): void {
  const heardAt = now();
  const { operation, runner, args, startedAt } = asked;
  try {
    const isShared = sharesConnection(runner);
    const endedAt = (isShared ? answeredSince(result) : undefined) ?? heardAt;
    const stoodMs = waitedMs(runner, asked, startedAt, endedAt, error === undefined);
    const ms = endedAt - startedAt - stoodMs;
    const sql = String(args[0]);
    const waitMs = isShared ? 0 : stoodMs;
    const outcome = error === undefined ? answered(result, asked, waitMs) : failed(error, runner, waitMs);
    recorder.query(operation, sql, args[1], startedAt + stoodMs, ms, outcome);
    pauseAfterQuery(recorder, operation, sql, ms, outcome.error);
  } catch (fault) {
    recorder.fault('query', fault);
  }
}

/** Calls whose rows are handed on as the statement names their columns. */
const RAW_ROWS = /\.(getRawMany|query)$/;

function answered(result: unknown, { operation, runner, args }: AskedQuery, waitMs: number): QueryOutcome {
  const rows = rowsOf(result);
  const isRawList = rows !== undefined && rows.length > 1 && RAW_ROWS.test(operation.start.api);
  return {
    rows: rows ? rows.length : affectedRows(result),
    values: rows && keyLikeValues(rows, isKeyColumnOf(dataSourceOfRunner(runner)), isRawList ? String(args[0]) : undefined),
    error: null,
    waitMs,
    target: targetOf(runner),
  };
}

function failed(error: unknown, runner: unknown, waitMs: number): QueryOutcome {
  return { rows: 0, values: undefined, error: describeError(error), waitMs, target: targetOf(runner) };
}

/** What a query runner's `stream` answers: a promise of the stream; where it fails, the app is who hears of it. */
function watchAnswer(
  recorder: Recorder,
  operation: OperationState,
  answer: unknown,
  isKeyColumn: (column: string) => boolean,
  sql: unknown,
): unknown {
  if (!isPromise(answer)) return answer;
  return answer.then((stream) => {
    try {
      if (recorder.active) watchStream(recorder, operation, stream, keyColumnOf(isKeyColumn, String(sql)));
    } catch (error) {
      recorder.fault('a stream', error);
    }
    return stream;
  });
}

/** A stream is one query whose rows are not counted: listening to them would start the flow before the app does. */
function hookStream(recorder: Recorder, prototype: object | undefined): void {
  patchMethod(prototype, 'stream', (original) => {
    const streamInOperation: Method = function (this: unknown, ...args) {
      const operation = currentContext()?.operation;
      return operation
        ? watchAnswer(recorder, operation, runQuery(recorder, operation, original, this, args), isKeyColumnOf(dataSourceOfRunner(this)), args[0])
        : original.apply(this, args);
    };
    return operationWrapper(recorder, streamInOperation, describeStream);
  });
}

/**
 * The rows of a result, which TypeORM gives as an array, as a QueryResult (`records`), or, from PostgreSQL for UPDATE and DELETE, as
 * `[rows, affected]`.
 */
function rowsOf(result: unknown): readonly unknown[] | undefined {
  if (Array.isArray(result)) return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number' ? undefined : result;
  const records = typeof result === 'object' && result !== null ? (result as { readonly records?: unknown }).records : undefined;
  return Array.isArray(records) && records.length > 0 ? records : undefined;
}

function affectedRows(result: unknown): number {
  if (Array.isArray(result)) return Number(result[1]) || 0;
  if (typeof result !== 'object' || result === null) return 0;
  for (const name of ['affected', 'affectedRows', 'changes']) {
    const count: unknown = Reflect.get(result, name);
    if (typeof count === 'number') return count;
  }
  return 0;
}

const describeStream = describeRunnerCall('QueryRunner.stream');
const queryShapes = new CallShapes();

function describeQuery(runner: unknown, [sql]: readonly unknown[]): OperationStart {
  const shape = typeof sql === 'string' ? queryShapes.of(sql) : undefined;
  return { api: 'QueryRunner.query', entity: null, relation: null, source: sourceId(dataSourceOfRunner(runner)), shape };
}

function describeRunnerCall(api: string): DescribeCall {
  return (runner) => ({ api, entity: null, relation: null, source: sourceId(dataSourceOfRunner(runner)) });
}

function dataSourceOfRunner(runner: unknown): DataSourceLike | undefined {
  const { driver } = runner as { readonly driver?: HasDataSource };
  return dataSourceOf(runner as HasDataSource) ?? dataSourceOf(driver);
}
