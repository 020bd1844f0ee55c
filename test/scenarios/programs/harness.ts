/** A scenario is a scope named by its case; everything it does is judged by itself. */
interface Lens {
  scope<T>(name: string, run: () => T): T;
}

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
    for (let turn = 0; turn < runs; turn++) await runOnce(name, () => run(turn));
  }
}

async function runOnce(name: string, run: () => Promise<unknown>): Promise<void> {
  const lens = (globalThis as Record<symbol, unknown>)[Symbol.for('relation-lens')] as Lens;
  try {
    await lens.scope(name, run);
  } catch (error) {
    console.error(`${name} failed: ${String(error)}`);
  }
}
