/** Chance that is the same for the same seed, on every machine. */
export class Dice {
  private taken = 0;
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number that was not given before: 1, 2, … */
  next(): number {
    return ++this.taken;
  }

  int(below: number): number {
    return Math.floor(this.random() * below);
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T;
  }

  /** One to three of them. */
  some<T>(list: readonly T[]): T[] {
    return this.shuffled(list).slice(0, 1 + this.int(Math.min(3, list.length)));
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((item) => [this.random(), item] as const)
      .sort(([left], [right]) => left - right)
      .map(([, item]) => item);
  }

  /** Mulberry32, small and fast: https://gist.github.com/tommyettinger/46a574533244883189143505d203312c */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
