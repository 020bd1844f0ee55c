/** A scenario is a scope named by its case; everything it does is judged by itself. */
interface Lens {
  scope<T>(name: string, run: () => T): T;
}

type Scenario = readonly [name: string, run: () => Promise<unknown>];
const all: Scenario[] = [];

export function scenario(name: string, run: () => Promise<unknown>): void {
  all.push([name, run]);
}

export async function runScenarios(): Promise<void> {
  const lens = (globalThis as Record<symbol, unknown>)[Symbol.for('relation-lens')] as Lens;
  for (const [name, run] of all) {
    try {
      await lens.scope(name, run);
    } catch (error) {
      console.error(`${name} failed: ${String(error)}`);
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
