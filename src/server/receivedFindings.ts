/** The findings of the run that a client tells of: all at once, then what changes. */
import { groupBy } from '../core/model/groupBy';
import type { Finding, ScopeFindings } from '../core/profile/queryProfile';
import { FindingsByScope } from '../protocol/findingsByScope';
import type { ProfileParams } from '../protocol/lsp';

export class ReceivedFindings {
  private runId: string | undefined;
  private byScope = new FindingsByScope();

  /** @returns all that are known of the run now */
  take({ runId, findings }: Pick<ProfileParams, 'runId' | 'findings'>, changed: readonly ScopeFindings[]): readonly Finding[] {
    if (findings || runId !== this.runId) this.byScope = new FindingsByScope();
    this.runId = runId;
    for (const [scope, own] of groupBy(findings ?? [], (finding) => finding.scope)) this.byScope.put({ scope, findings: own });
    for (const each of changed) this.byScope.put(each);
    return this.byScope.all;
  }
}
