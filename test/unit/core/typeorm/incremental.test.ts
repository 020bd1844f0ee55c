import { describe, expect, it } from 'vitest';
import { QueryStore } from '../../../../src/core/typeorm/incremental';

/** Two inputs, their parities, and a sum of the parities; counts how often each query runs. */
function parities() {
  const store = new QueryStore();
  const values = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const runs: string[] = [];
  const input = store.input((key) => values.get(key) ?? 0);
  const parity = store.query((key) => (runs.push(`parity ${key}`), input(key) % 2), { onCycle: () => 0 });
  const sum = store.query(() => (runs.push('sum'), parity('a') + parity('b')), { onCycle: () => 0 });
  const set = (key: string, value: number): void => {
    values.set(key, value);
    input.changed(key);
  };
  const ranSince = (): string[] => runs.splice(0);
  return { sum: () => sum(''), set, ranSince };
}

describe('memoised queries', () => {
  it('are computed once', () => {
    const { sum, ranSince } = parities();
    expect([sum(), sum()]).toEqual([1, 1]);
    expect(ranSince()).toEqual(['sum', 'parity a', 'parity b']);
  });

  it('are computed anew only along the edit', () => {
    const { sum, set, ranSince } = parities();
    sum();
    ranSince();
    set('b', 3);
    expect(sum()).toBe(2);
    expect(ranSince()).toEqual(['parity b', 'sum']);
  });

  it('stop at a value that came out equal', () => {
    const { sum, set, ranSince } = parities();
    sum();
    ranSince();
    set('b', 4);
    expect(sum()).toBe(1);
    expect(ranSince()).toEqual(['parity b']);
  });

  it('are not asked again when an input is read to the same value', () => {
    const { sum, set, ranSince } = parities();
    sum();
    ranSince();
    set('b', 2);
    expect(sum()).toBe(1);
    expect(ranSince()).toEqual([]);
  });

  it('forget what they no longer read', () => {
    const store = new QueryStore();
    const values = new Map<string, number>([
      ['choice', 1],
      ['first', 10],
      ['second', 20],
    ]);
    let runs = 0;
    const input = store.input((key) => values.get(key) ?? 0);
    const chosen = store.query(() => (runs++, input(input('choice') === 1 ? 'first' : 'second')), { onCycle: () => 0 });
    expect(chosen('')).toBe(10);
    values.set('choice', 2);
    input.changed('choice');
    expect(chosen('')).toBe(20);
    values.set('first', 11);
    input.changed('first');
    expect([chosen(''), runs]).toEqual([20, 2]);
  });

  it('behind a firewall are not looked at until it has really changed', () => {
    const store = new QueryStore();
    const values = new Map([['n', 1]]);
    const runs: string[] = [];
    const input = store.input((key) => values.get(key) ?? 0);
    const isOdd = store.query(() => input('n') % 2 === 1, { onCycle: () => false, firewall: true });
    const word = store.query(() => (runs.push('word'), isOdd('') ? 'odd' : 'even'), { onCycle: () => '' });
    const set = (value: number): void => {
      values.set('n', value);
      input.changed('n');
    };
    expect(word('')).toBe('odd');
    set(3);
    expect([word(''), runs.length]).toEqual(['odd', 1]);
    set(4);
    expect([word(''), runs.length]).toEqual(['even', 2]);
  });

  it('answer a circle with what they are told to', () => {
    const store = new QueryStore();
    const circle: (key: string) => number = store.query((key) => 1 + circle(key === 'a' ? 'b' : 'a'), { onCycle: () => 100 });
    expect(circle('a')).toBe(102);
  });
});
