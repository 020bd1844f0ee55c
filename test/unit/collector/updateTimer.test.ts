import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpdateTimer } from '../../../src/collector/updateTimer';

describe('updates', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Times of the updates, in milliseconds from now on, and a timer whose updates take `tookMs`. */
  function aTimer(tookMs = 0): { timer: UpdateTimer; at: number[] } {
    const startedAt = performance.now();
    const at: number[] = [];
    const timer = new UpdateTimer(() => {
      at.push(performance.now() - startedAt);
      vi.advanceTimersByTime(tookMs);
    });
    return { timer, at };
  }

  /** So many changes, one each millisecond; `endEvery` of them is the end of a request. */
  function stream(timer: UpdateTimer, changes: number, endEvery = Infinity): void {
    for (let change = 0; change < changes; change++) {
      if (change % endEvery === endEvery - 1) timer.ended();
      else timer.changed();
      vi.advanceTimersByTime(1);
    }
  }

  it('tell of many changes at once', () => {
    const { timer, at } = aTimer();
    stream(timer, 50);
    vi.runAllTimers();
    expect(at).toEqual([100]);
  });

  it('tell of the end of a request at once where none was told of a moment ago, whatever else was', () => {
    const { timer, at } = aTimer();
    stream(timer, 130);
    timer.ended();
    vi.advanceTimersByTime(1);
    expect(at.map(Math.floor)).toEqual([100, 130]);
    vi.runAllTimers();
    expect(at).toHaveLength(2);
  });

  it('are no more where requests end all the time', () => {
    const { timer, at } = aTimer();
    stream(timer, 1_000, 5);
    vi.runAllTimers();
    expect(at).toEqual([4, 104, 204, 304, 404, 504, 604, 704, 804, 904, 1_004]);
  });

  it('leave five times as long for listening as they take', () => {
    const { timer, at } = aTimer(40);
    const pauses = () => at.slice(1).map((time, index) => time - (at[index] ?? 0) - 40);
    stream(timer, 500, 5);
    vi.runAllTimers();
    expect(pauses().length).toBeGreaterThan(2);
    expect(Math.min(...pauses())).toBe(200);
  });

  it('ask for no time that has passed, of which Node.js would warn in the terminal of the app', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.05));
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const { timer } = aTimer();
    timer.ended();
    timer.stop();
    expect(setTimer.mock.calls.map(([, delay]) => delay)).toEqual([0]);
    vi.restoreAllMocks();
  });

  it('are not due any more once they were told, or nobody listens', () => {
    const { timer, at } = aTimer();
    timer.changed();
    timer.fire();
    timer.ended();
    timer.stop();
    vi.runAllTimers();
    expect(at).toEqual([0]);
  });
});
