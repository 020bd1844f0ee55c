import { describe, expect, it } from 'vitest';
import { QueryStore } from '../../../../src/core/typeorm/incremental';
import { seededRandom } from '../../builders/seededRandom';

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

  it('forget a reader that reads others now, however many there are', () => {
    const store = new QueryStore();
    const values = new Map<string, number>(Array.from({ length: 30 }, (_, index) => [String(index), index]));
    const runs: string[] = [];
    const input = store.input((key) => values.get(key) ?? 0);
    const total = store.query(() => input('0') + input('1'), { onCycle: () => 0 });
    const doubled = store.query((key) => (runs.push(key), 2 * (input(key) > 100 ? input(key) : total(''))), { onCycle: () => 0 });
    const keys = [...values.keys()].slice(2);
    expect(keys.map(doubled)).toEqual(keys.map(() => 2));
    for (const key of keys.slice(0, 20)) {
      values.set(key, 200);
      input.changed(key);
    }
    keys.forEach(doubled);
    runs.splice(0);
    values.set('1', 5);
    input.changed('1');
    expect(keys.map(doubled)).toEqual(keys.map((_, index) => (index < 20 ? 400 : 10)));
    expect(runs).toEqual(keys.slice(20));
  });
});

/** Three layers over inputs, of which the second may have firewalls: each cell chooses what it reads by what it has read. */
function layers(read: (key: string) => number, ask: (layer: number) => (key: string) => number) {
  return (layer: number, key: string): number => {
    const below = layer === 0 ? read : ask(layer - 1);
    const first = below(key);
    const second = below(String((Number(key) + first) % 6));
    return layer === 2 && first % 2 === 0 ? first : (first + second) % 5;
  };
}

describe('after any changes', () => {
  it.each([1, 2, 3, 4, 5, 6])('the values are those that a fresh computation gives, series %i', (seed) => {
    const random = seededRandom(seed);
    const values = new Map(Array.from({ length: 6 }, (_, index) => [String(index), random.below(5)]));
    const store = new QueryStore();
    const input = store.input((key) => values.get(key) ?? 0);
    const asked: ((key: string) => number)[] = [];
    const compute = layers(input, (layer) => asked[layer] ?? input);
    for (const layer of [0, 1, 2]) {
      const isFirewall = layer === 1 || (layer === 0 && seed % 2 === 0);
      asked.push(store.query((key) => compute(layer, key), { onCycle: () => 0, ...(isFirewall ? { firewall: true as const } : {}) }));
    }
    const read = (key: string): number => values.get(key) ?? 0;
    const plain = layers(read, (layer) => (key) => plain(layer, key));
    for (let change = 0; change < 300; change++) {
      for (let times = random.below(3); times >= 0; times--) {
        const key = String(random.below(6));
        values.set(key, random.below(5));
        input.changed(key);
      }
      const key = String(random.below(6));
      expect(asked[2]?.(key)).toBe(plain(2, key));
    }
  });
});
