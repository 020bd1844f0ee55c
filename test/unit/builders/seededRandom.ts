/** Chance that is the same each time: a failing series can be run again by its seed. */
export interface SeededRandom {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
}

/** Marsaglia's xorshift with 32 bits of state. */
export function seededRandom(seed: number): SeededRandom {
  let state = (seed * 0x9e3779b9) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const below = (limit: number): number => next() % limit;
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}
