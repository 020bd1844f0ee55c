/**
 * What the language server has to be told of a run's findings: all of them once, then of each scope where they changed. All of a long run's, each time, would hold up the
 * extension host. Knows no vscode.
 */
import type { ScopeFindings } from '../../protocol/collector';
import type { ProfileParams } from '../../protocol/lsp';
import type { ProfileChange, StoredRun } from './profileStore';

export class FindingsToSend {
  /** The run that the server knows; null where it knows none, or may have lost it. */
  private runId: string | null = null;
  private readonly changed = new Set<number>();

  note({ run, findings }: Pick<ProfileChange, 'run'> & { readonly findings: readonly Pick<ScopeFindings, 'scope'>[] }): void {
    if (run.id === this.runId) for (const { scope } of findings) this.changed.add(scope);
  }

  /** The server was started anew, or the runs are gone: it is told all of it next. */
  startAnew(): void {
    this.runId = null;
  }

  /** What is new of this run since the last call. */
  take(run: StoredRun | null): Pick<ProfileParams, 'runId' | 'findings' | 'changedFindings'> {
    const changed = [...this.changed];
    this.changed.clear();
    const isKnown = run !== null && run.info.id === this.runId;
    this.runId = run?.info.id ?? null;
    if (run === null) return { findings: [] };
    if (!isKnown) return { runId: run.info.id, findings: run.findings };
    return { runId: run.info.id, changedFindings: changed.map((scope) => ({ scope, findings: run.findingsOf(scope) })) };
  }
}
