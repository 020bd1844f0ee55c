/** A scenario is a scope named by its case; everything it does is judged by itself. */
interface Lens {
  scope<T>(name: string, run: () => T): T;
}

/** What a scenario answers whose last try says nothing: it is done again, as a scope of its own. */
export const again = Symbol('again');
const TRIES = 100;

interface Scenario {
  readonly name: string;
  readonly run: (turn: number) => Promise<unknown>;
  readonly runs: number;
}
const all: Scenario[] = [];

/** @param runs how often it happens, each time as a scope of its own */
export function scenario(name: string, run: (turn: number) => Promise<unknown>, runs = 1): void {
  all.push({ name, run, runs });
}

export async function runScenarios(): Promise<void> {
  for (const { name, run, runs } of all) {
    for (let turn = 0; turn < runs; turn++) {
      let tries = 1;
      while ((await runOnce(name, () => run(turn))) === again) if (++tries > TRIES) throw new Error(`${name} could not be measured`);
    }
  }
}

async function runOnce(name: string, run: () => Promise<unknown>): Promise<unknown> {
  const lens = (globalThis as Record<symbol, unknown>)[Symbol.for('relation-lens')] as Lens;
  try {
    return await lens.scope(name, run);
  } catch (error) {
    console.error(`${name} failed: ${String(error)}`);
    return undefined;
  }
}
