/** Advice that changes no loading options: what to do stands in its reason. */
import type { Advice, AdviceKind } from '../queryProfile';

export function noAdvice(reason: string): Advice {
  return plainAdvice('none', null, reason);
}

/** No edit is offered for it; the reason says what to write. */
export function plainAdvice(kind: AdviceKind, predictedQueryCount: number | null, reason: string): Advice {
  return {
    kind,
    relations: [],
    strategy: null,
    predictedQueryCount: predictedQueryCount === null ? null : Math.max(0, Math.round(predictedQueryCount)),
    editable: false,
    whyNot: kind === 'none' ? 'There is nothing to change at the query itself.' : 'This change has to be written by hand.',
    reason,
  };
}
