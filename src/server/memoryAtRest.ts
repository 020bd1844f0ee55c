/**
 * Memory goes back to the system when the server rests, as it does most of the time. Reading a workspace leaves as much garbage as it leaves
 * data, and V8 keeps that as room to grow in: it collects when it needs memory, not when others do. Works where the process was started with
 * `--expose-gc` (SERVER_NODE_FLAGS); else V8 decides.
 */
const RESTING_MS = 1_000;
/** A collection stops everything for a moment, so it has to be worth it. */
const WORTH_BYTES = 24 * 1_024 * 1_024;

export interface MemoryAtRest {
  /** Something was done; the rest begins anew. */
  worked(): void;
  stop(): void;
}

/** @param heapBytes how much memory the heap has taken. */
export function createMemoryAtRest(collect = globalThis.gc, heapBytes = () => process.memoryUsage().heapTotal): MemoryAtRest {
  let timer: NodeJS.Timeout | null = null;
  let heapAfter = 0;
  const stop = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const rest = (): void => {
    if (heapBytes() - heapAfter < WORTH_BYTES) return;
    void collect?.();
    heapAfter = heapBytes();
  };
  return {
    worked: () => {
      stop();
      if (collect) timer = setTimeout(rest, RESTING_MS).unref();
    },
    stop,
  };
}
