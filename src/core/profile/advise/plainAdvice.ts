/** Advice that changes no loading options: what to do stands in its reason. */
import type { Advice, AdviceKind, Site } from '../queryProfile';
import { whyNotEditable } from './whyNotEditable';

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

/** Advice that an edit may follow, where the code at the site allows it. */
export function editableAdvice(advice: {
  readonly kind: AdviceKind;
  readonly predictedQueryCount: number;
  readonly currentQueryCount: number;
  readonly reason: string;
  readonly site: Site | null;
  readonly driver: string | null;
}): Advice {
  const { kind, predictedQueryCount, currentQueryCount, reason, site, driver } = advice;
  const whyNot = whyNotEditable(site);
  return {
    ...plainAdvice(kind, predictedQueryCount, reason),
    currentQueryCount,
    editable: whyNot === null,
    whyNot,
    ...(driver === null ? {} : { driver }),
  };
}
