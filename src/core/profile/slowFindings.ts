/** Findings of slow queries, told anew as the run shows what their statements usually take. */
import { noAdvice } from './advise/plainAdvice';
import { milliseconds, counted } from './detect/words';
import type { Finding, UsualTime } from './queryProfile';
import type { Statement, UsualTimes } from './usualTimes';

interface SlowFinding {
  readonly original: Finding;
  readonly statement: Statement;
}

export class SlowFindings {
  private readonly byScope = new Map<number, Map<number, SlowFinding>>();

  constructor(private readonly times: UsualTimes) {}

  /** The finding as it has to be told now; from here on it is known. */
  note(original: Finding, statement: Statement): Finding {
    let known = this.byScope.get(original.scope);
    if (known === undefined) this.byScope.set(original.scope, (known = new Map()));
    const { shapeId, source } = statement;
    known.set(original.id, { original, statement: { shapeId, source } });
    return tell(original, this.times.of(statement));
  }

  scopes(): readonly number[] {
    return [...this.byScope.keys()];
  }

  /**
   * As it has to be told now; the same object where nothing changed.
   * @param isExact whether the number of runs has to be right; else a change of the verdict matters, and twice as many runs
   */
  retell(finding: Finding, isExact: boolean): Finding {
    const known = this.byScope.get(finding.scope)?.get(finding.id);
    if (known === undefined) return finding;
    const usual = this.times.of(known.statement);
    const before = finding.usual?.runs ?? 0;
    const now = usual?.runs ?? 0;
    const isSame = isExact ? before === now : before === 0 ? now === 0 : now > 0 && now < 2 * before;
    return isSame ? finding : tell(known.original, usual);
  }

  forget(scope: number): void {
    this.byScope.delete(scope);
  }

  clear(): void {
    this.byScope.clear();
  }
}

function tell(finding: Finding, usual: UsualTime | null): Finding {
  if (usual === null) return finding;
  return {
    ...finding,
    severity: 'info',
    relation: null,
    usual,
    advice: noAdvice(
      'Its plan is not to blame: look at what else happened at that moment (a lock, the first use of a connection or a cold cache, a busy machine).',
    ),
    message: `${finding.message.replace(/\.$/, '')}; usually ${milliseconds(usual.ms)}, in ${counted(usual.runs, 'other run')}.`,
  };
}
