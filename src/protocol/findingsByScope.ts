/** A run's findings as they are told: those of a scope all at once, in place of the ones before. */
import type { Finding, ScopeFindings } from './collector';

export class FindingsByScope {
  private readonly byScope = new Map<number, readonly Finding[]>();
  /** Null until somebody looks after a change. */
  private seen: readonly Finding[] | null = null;

  put({ scope, findings }: ScopeFindings): void {
    this.seen = null;
    if (findings.length > 0) this.byScope.set(scope, findings);
    else this.byScope.delete(scope);
  }

  of(scope: number): readonly Finding[] {
    return this.byScope.get(scope) ?? [];
  }

  /** In the order of their scopes' start; the same list until something changes. */
  get all(): readonly Finding[] {
    this.seen ??= [...this.byScope].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings);
    return this.seen;
  }
}
