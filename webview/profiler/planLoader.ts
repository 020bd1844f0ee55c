/** Plans that were asked for, by query: asked once, kept while the panel lives. */
import type { Explanation } from '../../src/protocol/collector';

export class PlanLoader {
  private readonly plans = new Map<string, Explanation | 'asked'>();

  constructor(
    private readonly post: (runId: string, scope: number, query: number) => void,
    private readonly changed: () => void,
  ) {}

  /** Undefined where nobody asked. */
  get(runId: string, scope: number, query: number): Explanation | 'asked' | undefined {
    return this.plans.get(keyOf(runId, scope, query));
  }

  /** Asks anew where the last answer was that there is none. */
  ask(runId: string, scope: number, query: number): void {
    const key = keyOf(runId, scope, query);
    const known = this.plans.get(key);
    if (known === 'asked' || (known && 'steps' in known)) return;
    this.plans.set(key, 'asked');
    this.post(runId, scope, query);
    this.changed();
  }

  accept(runId: string, scope: number, query: number, explanation: Explanation): void {
    this.plans.set(keyOf(runId, scope, query), explanation);
    this.changed();
  }

  forget(): void {
    this.plans.clear();
  }
}

function keyOf(runId: string, scope: number, query: number): string {
  return `${runId}/${scope}/${query}`;
}
