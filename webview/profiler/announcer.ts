/** Tells screen readers of new requests, at most every few seconds, and of what was just done. */
import type { ScopeSummary } from '../../src/core/profile/queryProfile';
import { countOf, countQueries } from './words';

const quietMs = 3000;

export class Announcer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Map<number, ScopeSummary>();

  constructor(private readonly speak: (text: string) => void) {}

  /** Collects finished requests; one sentence tells of them all. */
  announce(scopes: readonly ScopeSummary[]): void {
    for (const scope of scopes) if (!scope.live) this.waiting.set(scope.id, scope);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => this.flush(), quietMs);
  }

  say(text: string): void {
    this.speak(text);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    const scopes = [...this.waiting.values()];
    this.waiting.clear();
    this.timer = undefined;
    const [only] = scopes;
    const warnings = scopes.reduce((total, scope) => total + scope.warnings, 0);
    const queries = scopes.reduce((total, scope) => total + scope.queryCount, 0);
    const what = scopes.length === 1 && only ? only.name : countOf(scopes.length, 'new request');
    this.speak(`${what}: ${countQueries(queries)}${warnings > 0 ? `, ${countOf(warnings, 'warning')}` : ''}`);
  }
}
