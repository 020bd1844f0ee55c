/** Fetches the opened request's details, and fetches them anew when its counts have moved on; what is shown stays until the new ones are here. */
import type { ScopeDetail, ScopeSummary } from '../../src/core/profile/queryProfile';
import { unpackDetail, type PackedDetail } from '../../src/protocol/packedDetail';

/** Details that are kept so that going back and forth between requests is instant. */
const keptDetails = 20;

interface Entry {
  detail: ScopeDetail | null | undefined;
  /** The summary's figures that the last question was asked for. */
  asked: string;
  answered: boolean;
}

export class DetailLoader {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly ask: (runId: string, scope: number) => void,
    private readonly changed: () => void,
  ) {}

  /** The details as they are known: undefined while they are on their way, null where they were not kept. */
  get(scope: ScopeSummary): ScopeDetail | null | undefined {
    const key = keyOf(scope.runId, scope.id);
    const entry = this.entries.get(key) ?? { detail: undefined, asked: '', answered: true };
    this.entries.delete(key);
    this.entries.set(key, entry);
    const figures = figuresOf(scope);
    if (entry.answered && entry.asked !== figures) {
      entry.asked = figures;
      entry.answered = false;
      this.ask(scope.runId, scope.id);
    }
    this.trim();
    // The same object as long as nothing has changed: what shows it need not be made anew.
    if (entry.detail && entry.detail.scope !== scope) entry.detail = { ...entry.detail, scope };
    return entry.detail;
  }

  accept(runId: string, scope: number, detail: PackedDetail | null): void {
    const entry = this.entries.get(keyOf(runId, scope));
    if (!entry) return;
    entry.detail = detail && unpackDetail(detail);
    entry.answered = true;
    this.changed();
  }

  /** Details that came by themselves, along with the summary. */
  take(scope: ScopeSummary, detail: PackedDetail): void {
    this.entries.set(keyOf(scope.runId, scope.id), { detail: unpackDetail(detail), asked: figuresOf(scope), answered: true });
  }

  /** Findings of these scopes have changed: the next look asks again. */
  refresh(runId: string, scopes: readonly number[]): void {
    for (const scope of scopes) {
      const entry = this.entries.get(keyOf(runId, scope));
      if (entry?.answered) entry.asked = '';
    }
  }

  forget(): void {
    this.entries.clear();
  }

  private trim(): void {
    for (const key of this.entries.keys()) {
      if (this.entries.size <= keptDetails) return;
      this.entries.delete(key);
    }
  }
}

function figuresOf({ queryCount, live, warnings, infos, durationMs }: ScopeSummary): string {
  return `${queryCount} ${live} ${warnings} ${infos} ${durationMs}`;
}

function keyOf(runId: string, scope: number): string {
  return `${runId}/${scope}`;
}
