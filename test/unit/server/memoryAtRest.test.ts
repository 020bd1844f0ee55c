import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryAtRest } from '../../../src/server/memoryAtRest';

const MB = 1_024 * 1_024;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A heap that grows by hand, and shrinks to 100 MB when it is collected. */
function heap() {
  let bytes = 200 * MB;
  const collect = vi.fn(() => void (bytes = 100 * MB));
  const memory = createMemoryAtRest(collect as unknown as NodeJS.GCFunction, () => bytes);
  return { memory, collect, grow: (by: number) => void (bytes += by) };
}

describe('the server at rest', () => {
  it('collects its garbage once, when nothing has happened for a second', () => {
    const { memory, collect } = heap();
    memory.worked();
    vi.advanceTimersByTime(900);
    memory.worked();
    vi.advanceTimersByTime(900);
    expect(collect).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(collect).toHaveBeenCalledTimes(1);
  });

  it('leaves a heap alone that has hardly grown since', () => {
    const { memory, collect, grow } = heap();
    const workAndRest = (): void => {
      memory.worked();
      vi.advanceTimersByTime(2_000);
    };
    workAndRest();
    grow(10 * MB);
    workAndRest();
    expect(collect).toHaveBeenCalledTimes(1);
    grow(20 * MB);
    workAndRest();
    expect(collect).toHaveBeenCalledTimes(2);
  });

  it('does nothing after it was stopped', () => {
    const { memory, collect } = heap();
    memory.worked();
    memory.stop();
    vi.advanceTimersByTime(60_000);
    expect(collect).not.toHaveBeenCalled();
  });
});
