/** How much work one evaluation may do, and what becomes of `throw` in user code. */
import type { Value } from './values';

/** Thrown by `throw` statements of user code, and only caught inside the evaluator. */
export class Thrown {
  constructor(readonly value: Value) {}
}

/** Thrown when one evaluation takes too long (an endless loop in user code); the asker sees `unknown`. */
class OutOfSteps {}

const maxSteps = 20_000;
const maxDepth = 60;

export class Budget {
  private steps = 0;
  private depth = 0;
  /** Calls that are made at this depth or deeper give a value in place of a throw. */
  private containedFrom = Infinity;

  /** Runs something with a fresh budget. Never throws: a throw or an exhausted budget in user code gives `whenStopped`. */
  attempt<T>(run: () => T, whenStopped: (reason: Thrown | null) => T): T {
    const { steps, depth } = this;
    this.steps = 0;
    try {
      return run();
    } catch (error) {
      if (error instanceof Thrown) return whenStopped(error);
      if (error instanceof OutOfSteps) return whenStopped(null);
      throw error;
    } finally {
      this.steps = steps;
      this.depth = depth;
    }
  }

  /**
   * The same, once more after a throw: as the app runs, what throws here does so for want of something that only the running app has. The second
   * time, that alone is unknown.
   */
  attemptContained<T>(run: () => T, whenStopped: (reason: Thrown | null) => T): T {
    return this.attempt(run, (thrown) => (thrown ? this.attempt(() => this.containing(run), whenStopped) : whenStopped(thrown)));
  }

  /** Runs something in which calls that throw give `unknown`, as calls of functions do that ask for what only the running app has. */
  containing<T>(run: () => T): T {
    const outer = this.containedFrom;
    this.containedFrom = this.depth;
    try {
      return run();
    } finally {
      this.containedFrom = outer;
    }
  }

  /** Counts one step of work; loops without expressions must call it. */
  step(): void {
    if (++this.steps > maxSteps) throw new OutOfSteps();
  }

  /** Runs one call of user code. Calls within calls beyond a depth, and contained ones that throw, give `unheld`. */
  call<T>(run: () => T, unheld: T): T {
    if (this.depth < this.containedFrom) return this.deeper(run, unheld);
    const { depth } = this;
    try {
      return this.deeper(run, unheld);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      this.depth = depth;
      return unheld;
    }
  }

  private deeper<T>(run: () => T, unheld: T): T {
    if (++this.depth > maxDepth) {
      this.depth--;
      return unheld;
    }
    const result = run();
    this.depth--;
    return result;
  }
}
