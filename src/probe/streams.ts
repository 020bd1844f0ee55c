/**
 * Rows of a stream, seen on their way: whoever makes them hands them to the stream's own `push`, when the app asks for them. Nothing is listened to,
 * nothing is read, and nothing is asked for earlier than without the probe.
 */
import { enterContext, leaveContext, type OperationState } from './context';
import type { Recorder } from './recorder';
import { type ColumnValues, keyLikeValues } from './resultValues';

/** Rows that are looked at; loops over more are known by then. */
const MAX_ROWS = 5_000;

/**
 * Tells the key-like values of the rows that a stream is given from now on. What listens to them (`data`, a pipe) belongs to the scope that asked for the
 * stream: the driver hands rows out in the context of its connection, which another request may have opened.
 * @param stream what TypeORM's query runner answered
 */
export function watchStream(recorder: Recorder, operation: OperationState, stream: unknown, isKeyColumn: (column: string) => boolean): void {
  if (typeof stream !== 'object' || stream === null || Object.hasOwn(stream, 'push') || !Object.isExtensible(stream)) return;
  const { push } = stream as { readonly push?: unknown };
  if (typeof push !== 'function') return;
  const rows = new SeenRows(recorder, operation, isKeyColumn);
  const pushAndSee = {
    push(this: unknown, ...args: unknown[]): unknown {
      if (!recorder.active) return Reflect.apply(push, this, args);
      if (args[0] === null) Reflect.deleteProperty(stream, 'push');
      rows.see(args[0]);
      const before = enterContext({ scope: operation.scope, operation: null, parent: null });
      try {
        return Reflect.apply(push, this, args);
      } finally {
        leaveContext(before);
      }
    },
  }.push;
  Object.defineProperty(pushAndSee, 'length', { value: push.length, configurable: true });
  Object.defineProperty(stream, 'push', { value: pushAndSee, configurable: true, enumerable: false, writable: true });
}

class SeenRows {
  private untold: ColumnValues | undefined;
  private left = MAX_ROWS;

  constructor(
    private readonly recorder: Recorder,
    private readonly operation: OperationState,
    private readonly isKeyColumn: (column: string) => boolean,
  ) {}

  /** Never throws. The row's values are taken at once, for it is the app's to change from here on. */
  see(row: unknown): void {
    if (row === null || --this.left < 0) return;
    try {
      const values = keyLikeValues([row], this.isKeyColumn);
      if (values) this.keep(values);
    } catch (error) {
      this.left = 0;
      this.recorder.fault('a stream', error);
    }
  }

  private keep(values: ColumnValues): void {
    // A driver pushes what it has fetched at one go.
    if (!this.untold) queueMicrotask(() => this.tell());
    this.untold ??= {};
    for (const [column, list] of Object.entries(values)) (this.untold[column] ??= []).push(...list);
  }

  private tell(): void {
    const values = this.untold;
    this.untold = undefined;
    if (values && this.recorder.active) this.recorder.detail({ e: 'streamed', op: this.operation.id, values });
  }
}
